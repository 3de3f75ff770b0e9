"""A case is assessed: nothing is said on the way, and everything at the end."""

from __future__ import annotations

import re

import pytest

from guidance.training.case import live_result
from guidance.training.table import record_table
from tests.support.apptest import app_of
from tests.support.apptest import rows
from tests.support.sampling import sampled
from tests.support.training_pages import CASES
from tests.support.training_pages import CONTENT
from tests.support.training_pages import PAGE
from tests.support.training_pages import WORDS
from tests.support.training_pages import address
from tests.support.training_pages import chosen
from tests.support.training_pages import given
from tests.support.training_pages import links
from tests.support.training_pages import next_of
from tests.support.training_pages import opened
from tests.support.training_pages import right
from tests.support.training_pages import shown


@pytest.mark.parametrize('name', sampled(CASES, 15, 2))
def test_a_case_is_assessed_without_a_word_on_the_way_and_scored_at_the_end(app, name):
    case, answers = CONTENT.cases[name], right(name)
    page = opened(app, address(name, mode='assess'))
    while question := next_of(app):
        assert WORDS.turn_fits not in page
        page = chosen(app, question, answers[question.id])
    assert WORDS.marks_title in page
    assert not [line for said in live_result(CONTENT, case).can for line in said.lines if line.say in page]
    for box in app.checkbox:
        box.set_value(box.key.removeprefix('marks-FORM-') in (*case.offer, *case.limits))
    app.text_input[0].set_value('AB')
    app.button[0].click().run()
    page = shown(app)
    assert (given(app)['done'], given(app)['label']) == ('1', 'AB')
    assert f'<h1>{WORDS.score.format(percent=100)}</h1>' in page and WORDS.score_passed in page
    assert case.debrief in page and WORDS.over_means not in page
    record = re.search(r'<code>([^<]*)</code>', page)[1]
    (row,) = record_table(CONTENT, record).rows
    assert row.score.percent == 100 and 'practised' not in record
    assert all(f'practised={name}' in href for href in links(page) if href.startswith('?'))


def test_a_wrong_answer_in_an_assessment_gets_no_feedback(app):
    before = {name: right('s06')[name] for name in list(right('s06'))[:6]}
    opened(app, address('s06', before, mode='assess'))
    page = chosen(app, CONTENT.question['custody-kind'], ('administrative',))
    assert 'wrong' not in given(app) and WORDS.wrong_title not in page
    assert next_of(app).id == 'province'


def test_an_over_promise_is_named_first_and_as_the_gravest_mistake(app):
    page = opened(app, address('s07', right('s07'), mode='assess', offered=('notify-arrest', 'enquire-case'), done=True))
    title = CONTENT.assistance['notify-arrest'].title
    assert page.index(WORDS.over_title) < page.index(WORDS.offer_title)
    assert WORDS.score_over in page and title in page[page.index(WORDS.over_title) : page.index(WORDS.offer_title)]
    assert 'role="alert"' in page


def test_nothing_marked_is_a_record_too(app):
    opened(app, address('s14', right('s14'), mode='assess'))
    app.button[0].click().run()
    assert given(app)['done'] == '1' and WORDS.score.format(percent=0) in shown(app)


def test_the_marks_that_were_made_stand_there_again(app):
    opened(app, address('s14', right('s14'), mode='assess', offered=('lawyers',), stated=('no-payment',), label='AB'))
    assert {box.key for box in app.checkbox if box.value} == {'marks-FORM-lawyers', 'marks-FORM-no-payment'}
    assert app.text_input[0].value == 'AB'


def test_a_record_without_its_end_leads_nobody_into_it(app):
    answers = dict(list(right('s06').items())[:-1])
    page = opened(app, address('s06', answers, mode='assess', offered=('lawyers',), label='AB', done=True))
    assert WORDS.record_unfinished in page and not rows(app) and not app.checkbox and not app.text_input


def test_an_old_record_stays_one_when_it_is_passed_on(app):
    page = opened(app, {**address('s06', right('s06'), mode='assess', offered=('lawyers',), done=True), 'seen': '0' * 8})
    assert WORDS.record_changed in page and 'seen=00000000' in re.search(r'<code>([^<]*)</code>', page)[1]
    page = opened(app, address('s06', right('s06'), mode='assess', offered=('lawyers',), done=True))
    assert WORDS.record_damaged in page


def test_the_debrief_says_why_with_the_source(app):
    page = opened(app, address('s06', right('s06'), mode='assess', offered=('entry-permit', 'lawyers'), done=True))
    entry, line = CONTENT.assistance['entry-permit'], CONTENT.cases['s06']
    over = page[page.index(WORDS.over_title) : page.index(WORDS.offer_title)]
    assert entry.say in over and f'{WORDS.over_who} {entry.who_may_ask}' in over
    offers = page[page.index(WORDS.offer_title) : page.index(WORDS.limits_title)]
    for said in live_result(CONTENT, line).can:
        if said.id in line.offer:
            assert all(each.say in offers and CONTENT.sources[each.source].title in offers for each in said.lines)


def test_an_answer_that_is_just_as_good_is_said_to_be(app):
    (name, turn), *_ = [(n, t) for n, t in CONTENT.cases['s12'].turns.items() if t.or_]
    page = opened(app, address('s12', {**right('s12'), name: turn.or_[0]}, mode='assess', done=True))
    assert WORDS.path_accepted in page


def test_a_trainer_sees_the_same_debrief_by_the_link_alone(app):
    record = address('s06', right('s06'), mode='assess', offered=('lawyers',), stated=(), label='AB', done=True)
    first = opened(app, record)
    second = opened(app_of(PAGE), record)
    assert first == second and '15 %' in first  # 3 of 20
