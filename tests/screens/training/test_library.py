"""The library of cases, and what holds on every training page."""

from __future__ import annotations

import pytest

from guidance.journey.query import parameters
from guidance.screens.training.library import is_open
from guidance.training.record import MODES
from guidance.training.record import Record
from tests.support.apptest import app_of
from tests.support.apptest import rows
from tests.support.training_pages import CASES
from tests.support.training_pages import CONTENT
from tests.support.training_pages import CONTENTS
from tests.support.training_pages import WORDS
from tests.support.training_pages import address
from tests.support.training_pages import links
from tests.support.training_pages import opened
from tests.support.training_pages import right


def test_the_library_has_every_case_and_says_who_calls(app):
    page = opened(app, {'lang': 'en'})
    for case in CONTENT.cases.values():
        assert case.title in page and case.caller in page
    assert WORDS.training_banner in page


def test_the_library_can_be_narrowed_to_a_topic_and_to_what_is_practised(app):
    page = opened(app, {'topic': 'custody', 'lang': 'en'})
    titles = {name: case.title in page for name, case in CONTENT.cases.items()}
    assert titles == {name: case.topic == 'custody' for name, case in CONTENT.cases.items()}
    page = opened(app, {'practises': 'no-shielding', 'lang': 'en'})
    titles = {name: case.title in page for name, case in CONTENT.cases.items()}
    assert titles == {name: 'no-shielding' in case.limits for name, case in CONTENT.cases.items()}


def test_progress_stands_in_the_address_alone_and_every_link_keeps_it(app):
    page = opened(app, {'practised': 's01.s06', 'lang': 'en'})
    assert WORDS.progress_cases.format(done=2, all=len(CASES)) in page
    inside = [href for href in links(page) if href.startswith('?')]
    assert inside and all('practised=s01.s06' in href for href in inside)
    assert WORDS.progress_none in opened(app, {'lang': 'en'})


def test_a_case_is_opened_with_three_ways_and_nothing_of_its_solution(app):
    for name in CASES:
        page = opened(app, address(name))
        case = CONTENT.cases[name]
        for mode in MODES:
            assert f'?case={name}&mode={mode}&lang=en' in links(page)
        hidden = (case.debrief, *case.never_say, *(turn.because for turn in case.turns.values()))
        assert not [text for text in hidden if text in page]


@pytest.mark.parametrize(
    'query',
    ['case=s99', 'case=<b>', 'mode=assess', 'case=s06&mode=x', 'case=s06&mode=show&step=-3', 'case=s06&mode=practise&wrong=who',
     'case=s06&mode=practise&wrong=who&who=relative', 'case=S06&mode=PRACTISE&who=RELATIVE', 'case=s06&mode=assess&done=1',
     'case=s06&mode=assess&offer=<script>alert(1)</script>&label=<img src=x>', 'case=s06&case=s07&mode=assess',
     'practised=s99.s01',
     'topic=x&practises=y', 'case=s06&mode=assess&change=province&who=relative', '%00=%00', 'case=s06&mode=practise&who=nobody'],
)  # fmt: skip
def test_any_address_gives_a_training_page(app, query):
    page = opened(app, query)
    assert WORDS.training_banner in page and '<h1' in page
    assert '<script' not in page and '<img src=x' not in page


@pytest.mark.parametrize('lang', [code for code in CONTENTS if code != 'en'])
def test_the_pages_speak_the_readers_language(app, lang):
    said = CONTENTS[lang]
    case = said.cases['s06']
    page = opened(app, address('s06', lang=lang))
    assert said.training.words.training_banner in page and case.title in page
    half = dict(list(right('s06').items())[:6])
    page = opened(app, address('s06', half, said, lang, mode='practise'))
    assert case.turns['custody-kind'].tells in page
    page = opened(app, address('s06', right('s06'), said, lang, mode='assess', offered=('entry-permit',), done=True))
    assert said.training.words.over_means in page and case.debrief in page


def test_a_case_under_revision_is_shown_as_such_and_neither_taught_nor_scored(folder, serving, app):
    flow = (folder() / 'flows/ticket.yaml').read_text()
    content = serving(folder({'flows/ticket.yaml': flow.replace('ticket-kind: season', 'ticket-kind: day')})).content()
    words, case = content.training.words, content.cases['lost-season-ticket']
    answers = {name: turn.answer for name, turn in case.turns.items()}
    assert words.case_revision in opened(app, {'lang': 'en'})
    for mode in MODES:
        more = Record(case='lost-season-ticket', mode=mode, done=True).parameters()
        page = opened(app, parameters(content, answers, 'en', more=more))
        assert words.case_revision_why in page
        assert case.debrief not in page and not rows(app) and not app.checkbox


def test_a_content_without_cases_has_an_empty_library(folder, serving, app, fresh):
    content = serving(folder({'data/cases/lost-season-ticket.yaml': None})).content()
    assert content.training.words.progress_none in opened(app, {'lang': 'en'})
    assert content.training.words.table_lead in opened(fresh, {'mode': 'table', 'lang': 'en'})


def test_a_content_without_training_has_no_such_page(folder, serving, app):
    content = serving(folder({'data/cases/lost-season-ticket.yaml': None, 'data/training.yaml': None})).content()
    page = opened(app, {'lang': 'en'})
    assert content.ui_texts.not_found_title in page and content.training.words.progress_none not in page


def test_staff_pages_can_be_switched_off(monkeypatch):
    assert is_open()
    monkeypatch.setenv('GUIDANCE_STAFF', 'off')
    assert not is_open()


def test_travellers_meet_no_link_to_the_training_pages():
    app = app_of()
    for query in ({}, {'change': 'who'}, parameters(CONTENT, right('s06'), 'en')):
        page = opened(app, query)
        assert not [href for href in links(page) if 'training' in href]
