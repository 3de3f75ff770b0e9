"""Paragraph numbers: the same while a paragraph is there, whatever comes before it or goes; none is given twice."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.book.book import Book
from guidance.book.numbers import PARAGRAPHS
from guidance.book.numbers import added
from guidance.book.numbers import order
from guidance.book.numbers import read_numbers
from guidance.book.numbers import write_numbers
from guidance.content.problem import ContentError
from guidance.serving.check import check
from tests.support.small import small_content


def numbers_after(*editions, pairing=False):
    """The numbers of the last of these editions, each a text with one letter for each paragraph; and all that were given."""
    found = {}
    for edition in editions:
        found = added(found, '4.', list(edition), pairing=pairing)
    at = {name: number for number, name in found.items()}
    return ' '.join(at[name] for name in editions[-1]), found


@pytest.mark.parametrize(
    ('editions', 'numbers'),
    [
        (['abc'], '4.1 4.2 4.3'),
        (['abc', 'abcd'], '4.1 4.2 4.3 4.4'),
        (['abc', 'axbc'], '4.1 4.1a 4.2 4.3'),
        (['abc', 'axybc'], '4.1 4.1a 4.1b 4.2 4.3'),
        (['abc', 'axbc', 'axzbc'], '4.1 4.1a 4.1b 4.2 4.3'),
        (['abc', 'axbc', 'azxbc'], '4.1 4.1b 4.1a 4.2 4.3'),  # 4.1a is given already
        (['abc', 'xabc'], '4.0a 4.1 4.2 4.3'),
        (['abc', 'ac'], '4.1 4.3'),
        (['abc', 'ab', 'abd'], '4.1 4.2 4.4'),  # 4.3 was another's
        (['abc', 'ac', 'abc'], '4.1 4.2 4.3'),  # what comes back has its number again
        (['abc', 'cab'], '4.3 4.1 4.2'),
    ],
)
def test_what_is_there_keeps_its_number_and_what_is_new_stands_behind_it(editions, numbers):
    assert numbers_after(*editions)[0] == numbers


def test_a_line_in_other_words_keeps_its_number_and_one_that_went_does_not_give_its_own_away():
    assert numbers_after('abc', 'axc', pairing=True)[0] == '4.1 4.2 4.3'
    assert numbers_after('abc', 'ac', 'axc', pairing=True)[0] == '4.1 4.1a 4.3'
    assert numbers_after('abc', 'ac', 'abc', pairing=True)[0] == '4.1 4.2 4.3'


def test_letters_go_on_behind_z():
    names = [f'n{each}' for each in range(30)]
    found = added(added({}, '4.', ['a', 'b']), '4.', ['a', *names, 'b'])
    in_order = [found[number] for number in sorted(found, key=order)]
    assert in_order == ['a', *names, 'b'] and '4.1aa' in found


@given(st.lists(st.lists(st.sampled_from('abcdefgh'), unique=True).map(''.join), max_size=6))
def test_no_number_changes_hands(editions):
    owner = {}
    found = {}
    for edition in editions:
        found = added(found, '4.', list(edition))
        assert set(edition) <= set(found.values())
        for number, name in found.items():
            assert owner.setdefault(number, name) == name
    assert len(set(found.values())) == len(found)


def book_of(folder, given=None):
    report = check(folder)
    assert report.content, report.errors
    return Book(report.contents, (report.content.service.language,), report.confirmed, given or {})


WEATHER = """  weather:
    ask: Is it wet?
    options: {wet: Wet, dry: Dry}
  happened:
"""
WET = """outcomes:
  wet:
    when: {weather: wet}
    urgency: other
    title: It is wet
    no-assistance: Nothing is done.
"""


def test_an_inserted_question_and_outcome_change_no_other_number(folder):
    before = book_of(folder())
    main = small_content()['flows/main.yaml'].replace('  happened:\n', WEATHER, 1).replace('outcomes:\n', WET, 1)
    case = small_content()['data/cases/lost-season-ticket.yaml']
    assert 'weather' not in case
    after = book_of(folder({'flows/main.yaml': main}), before.numbers)
    assert {name: after.number[name] for name in before.number} == dict(before.number)
    assert before.number.keys() < after.number.keys() and set(before.numbers.items()) < set(after.numbers.items())
    assert after.number['question weather'] == f'{before.number["question who"]}a'
    assert after.number['outcome wet'].rstrip('a') == before.number['question place']


def test_a_renamed_question_keeps_its_number(folder):
    before = book_of(folder())
    files = {name: re.sub(r'\bplace:', 'spot:', text) for name, text in small_content().items()}
    files['flows/main.yaml'] = files['flows/main.yaml'].replace('  spot:\n', '  spot:\n    was: [place]\n', 1)
    files = {name: text.replace('row-of: place', 'row-of: spot') for name, text in files.items()}
    after = book_of(folder(files), before.numbers)
    assert after.number['question spot'] == before.number['question place'] and len(after.number) == len(before.number)


def test_numbers_are_written_in_order_and_read_again(folder):
    target = folder()
    numbers = book_of(target).numbers
    write_numbers(target, numbers)
    assert read_numbers(target) == numbers
    written = list(json.loads((target / PARAGRAPHS).read_text()))
    assert all(order(one) < order(two) for one, two in itertools.pairwise(written))
    assert check(target).errors == ()


@pytest.mark.parametrize('text', ['{', '[]', '{"1": 2}', '{"one two": "flow x"}', '{"": "x"}'])
def test_a_damaged_file_is_told_with_its_name(folder, text):
    target = folder({PARAGRAPHS: text})
    with pytest.raises(ContentError) as error:
        read_numbers(target)
    assert PARAGRAPHS in str(error.value)
