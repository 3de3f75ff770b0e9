"""Answers that age: a link opened much later asks for them again."""

import datetime
from dataclasses import replace

import pytest

from guidance.journey.ageing import made
from guidance.journey.ageing import without_aged
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.query import shorten_query
from guidance.journey.walk import walk

DAY = datetime.date(2026, 11, 26)
LINK = 'who=me&happened=hut&hut=shut&lang=en'


@pytest.fixture
def content(folder, resolved):
    hut = (folder() / 'flows/hut.yaml').read_text()
    return resolved({'flows/hut.yaml': hut.replace('    ask: Is', '    ages: 10 days\n    ask: Is')})


def opened(content, query, days=0):
    return without_aged(content, read_query(content, parse_query(query)), DAY + datetime.timedelta(days))


def test_the_address_says_the_day_only_where_an_answer_ages(content):
    reading = opened(content, LINK)
    assert made(content, reading.answers, reading, DAY) == DAY
    assert made(content, {'who': ('me',)}, reading, DAY) is None
    said = parameters(content, reading.answers, 'en', made=DAY, seen='0123abcd')
    assert query_string(said) == f'?{LINK}&made=2026-11-26&seen=0123abcd'


@pytest.mark.parametrize('days, aged', [(0, False), (10, False), (11, True), (400, True)])
def test_an_answer_that_aged_is_asked_again_and_all_others_stay(content, days, aged):
    reading = opened(content, f'{LINK}&made=2026-11-26', days)
    assert reading.aged == (('hut',) if aged else ())
    journey = walk(content, reading.answers)
    assert (journey.next is content.question['hut']) is aged
    assert {'who', 'happened'} <= journey.answered.keys()
    assert not reading.damaged


def test_an_old_link_without_a_day_is_believed(content):
    assert opened(content, LINK, 400).answers['hut'] == ('shut',)


def test_the_day_stays_that_of_the_answer_until_it_is_given_anew(content):
    later = DAY + datetime.timedelta(5)
    reading = opened(content, f'{LINK}&made=2026-11-26', 5)
    assert made(content, {**reading.answers, 'who': ('friend',)}, reading, later) == DAY
    assert made(content, {**reading.answers, 'hut': ('open',)}, reading, later) == later
    aged = opened(content, f'{LINK}&made=2026-11-26', 11)
    assert made(content, {**aged.answers, 'hut': ('shut',)}, aged, later) == later


def test_several_days_in_one_address_are_the_oldest_and_a_day_that_is_none_was_cut(content):
    assert opened(content, f'{LINK}&made=2026-11-26&made=2026-11-20').made == datetime.date(2026, 11, 20)
    cut = opened(content, f'{LINK}&made=2026-1')
    assert (cut.made, cut.cut) == (None, True)
    assert 'made=2026-11-26' in shorten_query(content, f'{LINK}&made=2026-11-26&x={"y" * 9000}')


def test_all_answers_that_age_are_asked_again_together(content):
    questions = tuple(replace(q, ages=30) if q.id == 'happened' else q for q in content.questions)
    content = replace(content, questions=questions)
    reading = opened(content, f'{LINK}&made=2026-11-26', 11)
    assert reading.aged == ('happened', 'hut')
    assert reading.answers == {'who': ('me',)}
