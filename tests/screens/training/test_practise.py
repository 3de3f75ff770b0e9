"""A case is practised: each turn is judged at once."""

from __future__ import annotations

import re

import pytest

from guidance.journey.walk import walk
from guidance.training.case import live_result
from tests.support.sampling import sampled
from tests.support.training_pages import CASES
from tests.support.training_pages import CONTENT
from tests.support.training_pages import WORDS
from tests.support.training_pages import address
from tests.support.training_pages import answered
from tests.support.training_pages import chosen
from tests.support.training_pages import given
from tests.support.training_pages import link_named
from tests.support.training_pages import links
from tests.support.training_pages import next_of
from tests.support.training_pages import opened
from tests.support.training_pages import right


@pytest.mark.parametrize('name', sampled(CASES, 15, 1))
def test_a_case_is_practised_to_its_end(app, name):
    case, answers = CONTENT.cases[name], right(name)
    page = opened(app, address(name, mode='practise'))
    assert case.story in page
    while question := next_of(app):
        turn = case.turns[question.id]
        assert (turn.tells or WORDS.caller_said) in page
        later = [t.tells for q, t in case.turns.items() if t.tells and q not in answered(app) and q != question.id]
        assert not [text for text in later if text in page]  # it comes out only when it is asked
        page = chosen(app, question, answers[question.id])
        assert 'wrong' not in given(app)
    assert WORDS.end_right in page and case.debrief in page
    for said in live_result(CONTENT, case).can:
        assert all(line.say in page for line in said.lines)
    inside = [href for href in links(page) if href.startswith('?')]
    assert inside and all(f'practised={name}' in href for href in inside)


@pytest.mark.parametrize('name', sampled(['s01', 's06', 's07', 's10'], 4, 1))
def test_each_named_mistake_is_met_with_what_speaks_against_it_and_both_ways_on_are_open(app, name):
    case, answers = CONTENT.cases[name], right(name)
    asked = list(answers)
    for question, turn in case.turns.items():
        before = {each: answers[each] for each in asked[: asked.index(question)]}
        for option, against in list(turn.wrong.items())[:1]:
            opened(app, address(name, before, mode='practise'))
            page = chosen(app, CONTENT.question[question], (option,))
            assert given(app)['wrong'] == question
            assert against in page and turn.because not in page
            after = page
            page = opened(app, link_named(after, WORDS.wrong_again))
            assert given(app)['change'] == question and WORDS.wrong_title not in page
            page = opened(app, link_named(after, WORDS.wrong_on))
            assert 'wrong' not in given(app) and walk(CONTENT, answered(app)).answered[question] == (option,)


def test_what_fits_is_said_with_its_question_and_back_from_the_first_leads_to_the_case(app):
    answers = right('s06')
    first, second = list(answers)[:2]
    page = opened(app, address('s06', mode='practise'))
    assert re.search(r'class="g-back"><a href="([^"]*)"', page)[1] == '?' + 'case=s06&lang=en'
    page = opened(app, address('s06', {first: answers[first], second: answers[second]}, mode='practise'))
    said = re.search(r'class="g-fits".*?</div>', page)[0]
    assert CONTENT.question[second].ask.for_(answers) in said and CONTENT.cases['s06'].turns[second].because in said


def test_a_way_that_was_wrong_ends_with_where_it_led_and_where_it_should_have(app):
    answers = {**right('s06'), 'custody-kind': ('administrative',)}
    page = opened(app, address('s06', answers, mode='practise'))
    assert WORDS.end_other in page and WORDS.path_wrong in page
    assert WORDS.leads_lost.format(names=CONTENT.assistance['notify-arrest'].title) in page
