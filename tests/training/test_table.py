"""The table of records: links are found in any text, and none takes long."""

from __future__ import annotations

import random
from urllib.parse import quote

import pytest

from guidance.training.table import MAX_TEXT
from guidance.training.table import Scored
from guidance.training.table import record_table
from tests.support.answers import complete
from tests.support.records import CASES
from tests.support.records import CONTENT
from tests.support.records import COSTLY
from tests.support.records import made
from tests.support.records import right
from tests.support.sampling import sampled


def test_reading_many_records_takes_little_time_and_shows_what_they_have_in_common(quick):
    rng = random.Random(1)
    links = []
    for number in range(200):
        name = CASES[number % len(CASES)]
        answers = right(name) if number % 3 else {**right(name), 'asker-place': ('elsewhere',)}
        offered = tuple(sorted(rng.sample(list(CONTENT.assistance), rng.randint(0, 7)), key=list(CONTENT.assistance).index))
        links.append(made(name, complete(CONTENT, rng, answers), offered=offered, label=f'T{number}'))
    with quick(2):
        found = record_table(CONTENT, '\n'.join(['Here are the links:', *links, *links[:10]]))
    assert len(found.rows) == 200
    assert [mean for _, mean, _ in found.topics] == sorted(mean for _, mean, _ in found.topics)
    assert sum(number for _, _, number in found.topics) == len([row for row in found.rows if isinstance(row, Scored)])
    worst, times = found.turns[0]
    assert (worst.question, worst.chosen) == ('asker-place', ('elsewhere',)) and times > 20


def test_links_are_found_however_people_set_them_together():
    one, two = made(label='A'), made('s07', label='B')
    wrapped = f'https://eur01.safelinks.protection.outlook.com/?url={quote(one, safe="")}&data=05%7C01%7C&reserved=0'
    ways = (f'{one},{two}', f'A，{one}，B：{two}。', f'"{one}"、"{two}"', f'{one}{two}', f'<{one}>;<{two}>', f'{wrapped} {two}')
    for text in ways:
        found = record_table(CONTENT, text)
        assert [(row.record.label, row.score.percent) for row in found.rows] == [('A', 100), ('B', 100)], text
        assert (found.skipped, found.equal) == (0, 0)


def test_what_is_left_out_of_the_table_is_counted():
    record = made()
    found = record_table(CONTENT, f'{record} {record}&practised=s01 {made(label="")} https://help.example/?who=me')
    assert [row.record.label for row in found.rows] == ['AB', '']
    assert (found.equal, found.skipped) == (1, 1)


def test_a_text_without_records_has_no_rows():
    assert record_table(CONTENT, '').rows == ()
    assert record_table(CONTENT, 'Good morning! https://help.example/?who=me').rows == ()
    (row,) = record_table(CONTENT, 'https://help.example/training?case=s99&mode=assess&done=1').rows
    assert row.why == 'no-case'


def test_too_many_records_are_not_read_without_end():
    found = record_table(CONTENT, ' '.join(f'?case=x{number}' for number in range(700)))
    assert (found.beyond, found.cut) == (400, False)


def test_of_a_text_that_is_too_long_the_end_is_left_out_and_this_is_said():
    first, last = made(label='A'), made(label='B')
    between = ' x' * (MAX_TEXT // 2)
    for text in (first + between, f'{first} {last[:20]}{between}', first + between[: -len(last) // 2] + last):
        found = record_table(CONTENT, text)
        assert [row.record.label for row in found.rows] == ['A'] and found.cut
    assert not record_table(CONTENT, (first + between)[: MAX_TEXT - 1]).cut
    smile = first + ' \U0001f600' * (MAX_TEXT // 3)
    assert len(smile) < MAX_TEXT and record_table(CONTENT, smile).cut  # the browser's field cut it there
    assert not record_table(CONTENT, smile[: MAX_TEXT // 2]).cut


@pytest.mark.parametrize('text', sampled(COSTLY, 2))
def test_no_text_takes_long_to_read(text, quick):
    pasted = COSTLY[text]()
    with quick(1):
        record_table(CONTENT, pasted)
