"""Records that anybody may have touched: read, scored anew, and doubted aloud."""

from __future__ import annotations

import random
import re
from urllib.parse import urlencode

import pytest

from guidance.content.format import TRAINING_IDS
from guidance.journey.query import read_query
from guidance.serving.check import check
from guidance.training.record import clean_label
from guidance.training.record import read_record
from guidance.training.table import Unscored
from guidance.training.table import record_table
from tests.support.records import CASES
from tests.support.records import CONTENT
from tests.support.records import case_of
from tests.support.records import made
from tests.support.records import read
from tests.support.records import right
from tests.support.sampling import sampled
from tests.support.small import CASE


@pytest.mark.parametrize('name', sampled(CASES, 5))
def test_a_record_survives_its_link(name):
    address = made(name)
    reading, record = read(address)
    assert reading.answers == right(name)
    assert (record.case, record.mode, record.done, record.label) == (name, 'assess', True, 'AB')
    assert (record.offered, record.stated) == (case_of(name).offer, case_of(name).limits)
    (row,) = record_table(CONTENT, address).rows
    assert (row.score.percent, row.doubt) == (100, '')


def test_the_score_is_not_in_the_link_and_a_forged_one_changes_nothing():
    address = made(offered=('entry-permit',), stated=())
    forged = address + '&score=100&percent=100&passed=1&done=2&done=1'
    assert 'score' not in address and '100' not in address
    assert record_table(CONTENT, address).rows[0].score.percent == 0
    (row,) = record_table(CONTENT, forged).rows
    assert isinstance(row, Unscored) or row.score.percent == 0


@pytest.mark.parametrize(
    'more',
    ['&offer=advice', '&limits=no-payment', '&case=s01', '&mode=practise', '&done=0', '&label=Other', '&OFFER=advice'],
)
def test_a_record_that_says_two_things_has_no_score(more):
    (row,) = record_table(CONTENT, made() + more).rows
    assert isinstance(row, Unscored)


def test_marks_that_do_not_exist_are_left_out():
    (row,) = record_table(CONTENT, made(offered=('advice', 'free-flight'), stated=('no-rain',))).rows
    assert (row.record.offered, row.record.stated) == (('advice',), ())


@pytest.mark.parametrize('cut', ['custody-kind=criminal&', 'province=guangdong&', 'done=1&', 'mode=assess&'])
def test_a_record_without_a_part_of_it_is_not_finished(cut):
    assert cut in made()
    (row,) = record_table(CONTENT, made().replace(cut, '')).rows
    assert isinstance(row, Unscored) and row.why == 'unfinished'


def test_a_record_that_was_changed_on_its_way_is_read_all_the_same():
    address = made()
    for changed in (address.upper(), address.replace('&', '&amp;'), f'{address} {address}', f'<{address}>', f'{address}&gclid=x'):
        (row,) = record_table(CONTENT, changed).rows
        assert row.score.percent == 100


def test_a_record_of_other_content_is_scored_anew_and_that_is_said(folder):
    content = check(folder()).content
    address = made('lost-season-ticket', content=content)
    assert not record_table(content, address).rows[0].doubt
    steps = (folder() / 'data/steps.yaml').read_text().replace('say: ', 'say: Please. ')
    other = check(folder({'data/steps.yaml': steps})).content
    (row,) = record_table(other, address).rows
    assert (row.doubt, row.score.percent) == ('changed', 100)
    case = (folder() / CASE).read_text().replace('limits: [no-money, no-flight]', 'limits: [no-money]')
    (row,) = record_table(check(folder({CASE: case})).content, address).rows
    assert (row.doubt, row.score.percent) == ('changed', 100)
    rule = (folder() / 'data/training.yaml').read_text().replace('passed: ', 'passed: 1')
    (row,) = record_table(check(folder({'data/training.yaml': rule})).content, address).rows
    assert row.doubt == 'changed'  # what it takes to pass is a part of the score


def test_a_record_with_a_fingerprint_of_the_former_rule_is_what_was_made(folder):
    content = check(folder()).content
    address = re.sub('seen=w[0-9a-f]{8}', 'seen=37cfafc5', made('lost-season-ticket', content=content))
    assert 'seen=37cfafc5' in address
    assert not record_table(content, address).rows[0].doubt
    assert record_table(content, address.replace('seen=3', 'seen=4')).rows[0].doubt == 'changed'


@pytest.mark.parametrize('damage', [('&seen=', '&sen='), ('notify-arrest', 'notify-arest'), ('no-shielding', 'no-shield')])
def test_a_record_whose_marks_or_fingerprint_were_damaged_is_said_to_be(damage):
    address = made()
    assert damage[0] in address
    (row,) = record_table(CONTENT, address.replace(*damage)).rows
    assert row.doubt == 'damaged'
    (row,) = record_table(CONTENT, address.replace('.', '.%20')).rows
    assert (row.doubt, row.score.percent) == ('', 100)  # spaces are no damage


@pytest.mark.parametrize(
    ('given', 'kept'),
    [('AB', 'AB'), ('陳大文', '陳大文'), ('=SUM(A1)', 'SUM A1'), ('-2+3', '2 3'), ('@x', 'x'), ('<b>x</b>', 'b x b'),
     ('a' * 99, 'a' * 20), ('\u202eab', 'ab'), ('', ''), ('J.-P.', 'J.-P'), ('a_b', 'a b')],
)  # fmt: skip
def test_a_label_is_a_few_letters_no_markup_and_no_formula(given, kept):
    assert clean_label(given) == kept
    assert read(made(label=given))[1].label == kept


def test_any_address_is_a_record():
    rng = random.Random(4)
    names = [*TRAINING_IDS, 'who', 'lang', 'seen']
    values = ['s06', 'S06', 'assess', 'x', '', '1', '-1', '9' * 40, 'advice.lawyers', 'no-payment', '<b>', '\0', 'me', '%', '..']
    for _ in range(500):
        pairs = [(rng.choice(names), rng.choice(values)) for _ in range(rng.randint(0, 8))]
        reading = read_query(CONTENT, pairs)
        record = read_record(CONTENT, reading)
        assert read_record(CONTENT, read_query(CONTENT, list(record.parameters().items()))) == record
        record_table(CONTENT, f'https://a.example/training?{urlencode(pairs)}')
