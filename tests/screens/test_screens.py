"""The screens without a browser: Streamlit's own AppTest walks every flow and every case."""

from __future__ import annotations

import pytest

from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.walk import walk
from guidance.serving.store import store
from tests.support.apptest import app_of
from tests.support.apptest import choose
from tests.support.apptest import chosen
from tests.support.apptest import error
from tests.support.apptest import rows
from tests.support.apptest import send
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED
from tests.support.small import small_content

CONTENT = SHIPPED.contents['en']


def opened(app, **query):
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return shown(app)


def shown(app):
    return '\n'.join(part.proto.body for part in app.get('html'))


def given(app):
    pairs = {name: app.query_params[name] for name in app.query_params}
    flat = {name: value[0] if isinstance(value, list) else value for name, value in pairs.items()}
    return {name: tuple(value.split('.')) for name, value in flat.items() if name in CONTENT.question}


def answers_of(name):
    return current_answers(CONTENT, CONTENT.cases[name].answers)[0]


@pytest.mark.parametrize('name', sampled(CONTENT.cases, 13, 2))
def test_every_case_is_answered_from_the_first_question_to_its_result(app, name):
    answers = answers_of(name)
    opened(app, change=CONTENT.questions[0].id)
    while (question := walk(CONTENT, given(app)).next) is not None:
        choose(app, question, answers[question.id])
    journey = walk(CONTENT, answers)
    assert given(app) == dict(journey.answered)
    assert journey.result.fingerprint in app.query_params['seen']
    page = shown(app)
    texts = CONTENT.ui_texts
    scope = (texts.can, texts.cannot) if journey.result.in_scope else ()
    headings = (texts.do_now, *scope, texts.contacts, texts.why_result, texts.sources)
    order = [page.index('class="g-call'), page.index('class="g-share"'), *(page.index(f'<h2>{text}</h2>') for text in headings)]
    assert order == sorted(order)


@pytest.mark.parametrize('name', sampled(CONTENT.cases, 13, 3))
def test_the_questions_of_a_case_can_be_shown_again_with_its_answer(app, name):
    answers = answers_of(name)
    for question in list(walk(CONTENT, answers).answered)[::3]:
        opened(app, **parameters(CONTENT, answers, 'en', change=question))
        assert chosen(app) == answers[question]
        assert given(app) == answers


def test_without_answers_the_start_page_stands_there(app):
    page = opened(app)
    assert CONTENT.ui_texts.start_without in page and not rows(app)
    assert CONTENT.service.disclaimer in page.replace('&#39;', "'")


def test_a_result_whose_link_no_code_can_hold_stands_without_one(app, monkeypatch):
    parts = parameters(CONTENT, answers_of('s06'), 'en')
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://help.example/')
    assert 'class="g-qr"' in opened(app, **parts)
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', f'https://help.example/{"a" * 2_400}/')
    page = opened(app, **parts)
    assert CONTENT.ui_texts.keep_how in page and 'a' * 2_400 in page and 'g-qr' not in page


def test_nothing_is_preselected_on_a_question_not_answered_before(app):
    opened(app, change='who')
    assert rows(app) and chosen(app) == ()


def test_continue_without_an_answer_is_an_error_in_words(app):
    opened(app, change='who')
    send(app, ())
    assert error(app) == CONTENT.ui_texts.error_one
    assert given(app) == {}


def test_the_error_is_said_of_no_other_question_than_its_own(app):
    """The reader who continues without an answer may be on the way to another page already."""
    opened(app, who='me')
    for query in ({'asked': 'resident', 'who': 'me'}, {'who': 'me'}):
        opened(app, **query)
        assert not error(app)


@pytest.mark.parametrize('option', sampled(['go', 'form', 'who'], 3))
def test_an_option_may_have_any_name(folder, serving, option):
    main = small_content()['flows/main.yaml'].replace('      other: {', f'      {option}: So be it\n      other: {{', 1)
    serving(folder({'flows/main.yaml': main}))
    app = app_of()
    opened(app, who=option, change='who')
    assert chosen(app) == (option,)
    send(app, [option])
    assert app.query_params['who'] == option and not error(app)


def test_an_exclusive_answer_beside_others_is_an_error_in_words(app):
    answers = {name: chosen for name, chosen in answers_of('s02').items() if name not in ('happened',)}
    order = list(answers_of('s02'))
    opened(app, **parameters(CONTENT, {n: answers[n] for n in order[: order.index('happened')]}, 'en'))
    question = CONTENT.question['happened']
    alone = next(option for option in question.options if option.alone)
    choose(app, question, (alone.id, question.options[0].id))
    assert alone.label in error(app)
    assert 'happened' not in given(app)


def test_every_page_has_the_emergency_numbers_and_whom_to_contact(app):
    answers = answers_of('s02')
    for query in ({}, {'change': 'who'}, {'who': 'me'}, parameters(CONTENT, answers, 'en')):
        page = opened(app, **query)
        assert 'href="tel:110"' in page and 'href="tel:+8521868"' in page and 'href="tel:999"' in page
        assert CONTENT.ui_texts.contact_now in page


def test_the_numbers_of_the_place_where_the_asker_is_stand_first(app):
    in_hong_kong = opened(app, who='relative', **{'asker-place': 'hong-kong'})
    in_the_mainland = opened(app, who='relative', **{'asker-place': 'mainland'})
    assert in_hong_kong.index('tel:999') < in_hong_kong.index('tel:110')
    assert in_the_mainland.index('tel:110') < in_the_mainland.index('tel:999')


def test_an_answer_that_cannot_be_read_is_asked_again_and_said(app):
    page = opened(app, who='relatve')
    question = CONTENT.question['who'].ask.for_({})
    assert CONTENT.ui_texts.notice_unread.format(question=question) in page
    assert rows(app) and chosen(app) == ()


def test_a_parameter_near_a_question_is_said_and_others_are_not(app):
    assert CONTENT.ui_texts.notice_damaged in opened(app, hapened='custody')
    assert CONTENT.ui_texts.notice_damaged not in opened(app, fbclid='x', utm_source='y')


def test_a_changed_result_is_said_and_an_unchanged_one_is_not(app):
    answers = answers_of('s02')
    same = walk(CONTENT, answers).result.fingerprint
    assert CONTENT.ui_texts.notice_changed not in opened(app, **parameters(CONTENT, answers, 'en', seen=same))
    assert CONTENT.ui_texts.notice_changed in opened(app, **parameters(CONTENT, answers, 'en', seen='00000000'))


def test_markup_in_an_address_never_reaches_the_page(app):
    page = opened(app, who='<img src=x onerror=alert(1)>', change='<script>', lang='"><b>')
    assert '<img' not in page and '<script' not in page and '"><b>"' not in page


def test_a_fault_of_ours_is_a_plain_sentence_and_keeps_the_answers(app, monkeypatch):
    monkeypatch.setattr('guidance.journey.walk.result', lambda *_: 1 / 0)
    page = opened(app, **parameters(CONTENT, answers_of('s02'), 'en'))
    assert CONTENT.ui_texts.fault_title in page and 'ZeroDivision' not in page and 'data-step="fault"' in page
    assert given(app) == answers_of('s02')


def test_the_screens_serve_the_content_beside_them():
    assert store().content().version == CONTENT.version
