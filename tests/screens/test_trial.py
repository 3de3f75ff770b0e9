"""Pages are drawn before content is served: what cannot be drawn is refused like any mistake, and nobody meets it."""

from __future__ import annotations

import dataclasses
import itertools
from unittest import TestCase

import pytest

import guidance.serving.store
import wizard
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.screens.trial import trial
from guidance.serving import counters
from guidance.serving.store import Store
from tests.support.asgi import Client
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED
from tests.support.stores import edit
from tests.support.stores import look

PAGES = {
    'not_found_title': ['the page for what is not there'],
    'start_title': ['the start page'],
    'next': ['the first question'],
    'do_now': ['a result'],
    'share_whole': ['a result'],
    'fault': ['the page for a fault'],
    'content_version': ['the start page', 'the first question', 'a result', 'the page for a fault'],
}


def broken(content, key):
    """The content with a text that no page can be made with."""
    return dataclasses.replace(content, ui_texts=content.ui_texts.model_copy(update={key: 5}))


@pytest.mark.parametrize('key, lang', sampled(itertools.product(PAGES, SHIPPED.contents), 7))
def test_a_text_that_breaks_a_page_is_told_with_page_and_language(key, lang):
    contents = {**SHIPPED.contents, lang: broken(SHIPPED.contents[lang], key)}
    with TestCase().assertLogs(level='ERROR') as log:
        problems = list(trial(contents))
    assert [problem.message.partition(':')[0] for problem in problems] == [
        f'{page} cannot be drawn in {lang}' for page in PAGES[key]
    ]
    assert {problem.place.file for problem in problems} == {
        'data/interface.yaml' if lang == 'en' else f'data/translations/{lang}.po'
    }
    assert len(log.output) == len(problems) and 'Traceback' in log.output[0]


def test_what_is_shipped_is_drawn_and_nothing_of_it_is_counted(monkeypatch, quick):
    monkeypatch.setenv('GUIDANCE_COUNT', 'on')
    before = counters.counted()
    with quick(0.5):
        assert not list(trial(SHIPPED.contents))
    assert counters.counted() == before


def test_content_of_which_no_page_can_be_drawn_is_refused_and_the_last_good_one_goes_on(folder, serving, monkeypatch):
    monkeypatch.setattr(guidance.serving.store, 'trials', {trial})
    target = folder()
    store = serving(target)
    before = store.content()
    spoilt = []

    def missing(page, start):
        if page.content.service.name.startswith('New'):
            spoilt.append(page.content)
            raise KeyError('version')

    monkeypatch.setattr('guidance.screens.trial.missing', missing)
    edit(target, 'name: ', 'name: New ')
    with TestCase().assertLogs(level='ERROR'):
        look(store)
    assert spoilt and store.content() is before
    (problem,) = store.problems
    assert problem.message == "the page for what is not there cannot be drawn in en: KeyError: 'version'"
    client = Client(wizard.app)
    monkeypatch.setenv('GUIDANCE_DESK', 'on')
    assert 'cannot be drawn' in client.get('/status', {'Host': 'help.example'}).text
    assert client.get('/', {'Host': 'help.example'}).status_code == 200
    with TestCase().assertLogs(level='ERROR'), pytest.raises(ContentError, match='cannot be drawn'):
        Store(target)
    edit(target, 'name: New ', 'name: Very new ')
    look(store)
    assert store.content().service.name == 'Very new Island help' and not store.problems


def test_every_trial_is_asked_once_the_check_has_passed(folder, monkeypatch):
    asked = []
    monkeypatch.setattr(guidance.serving.store, 'trials', {lambda contents: asked.append(1) or [Problem(Place('x'), 'no')]})
    target = folder()
    with pytest.raises(ContentError, match='^x:1:1: no$'):
        Store(target)
    edit(target, 'name: ', 'nme: ')
    with pytest.raises(ContentError, match='`nme` is not a key here'):
        Store(target)
    assert asked == [1]


def test_a_content_without_any_fault_gives_no_problem(content):
    assert not list(trial({'en': content}))
