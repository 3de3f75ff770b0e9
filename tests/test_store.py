"""Content that changes while the wizard runs: good content is taken over, bad content never interrupts."""

from __future__ import annotations

import gc
import os
import time
import weakref
from unittest import TestCase

import pytest
from test_shell import Client

import wizard
from guidance import link
from guidance.load import version
from guidance.problem import ContentError
from guidance.scenario import expected
from guidance.store import Store


def edit(folder, old, new):
    path = folder / 'data/service.yaml'
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def until(holds):
    for _ in range(500):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError('it never came')


def test_changed_content_is_served_without_a_restart(folder):
    target = folder()
    store = Store(target)
    before = store.content()
    edit(target, f'name: {before.service.name}', 'name: Another name')
    store.follow()
    assert store.content().service.name == 'Another name'
    assert store.content().version != before.version


def test_a_watched_folder_is_followed_and_one_that_fails_is_followed_again(folder, monkeypatch):
    target = folder()
    store = Store(target)
    store.watch(0.001)
    edit(target, 'name: ', 'name: New ')
    until(lambda: store.content().service.name.startswith('New '))
    with TestCase().assertLogs(level='ERROR') as log, monkeypatch.context() as broken:
        broken.setattr(store, '_signature', lambda: 1 / 0)
        until(lambda: log.output)
    edit(target, 'name: ', 'name: Very ')
    until(lambda: store.content().service.name.startswith('Very New '))


def test_content_that_did_not_change_is_the_same_object(folder):
    store = Store(folder())
    before = store.content()
    store.follow()
    assert store.content() is before


def test_bad_content_is_refused_logged_and_the_last_good_one_goes_on(folder):
    target = folder()
    store = Store(target)
    before = store.content()
    edit(target, 'name: ', 'nme: ')
    with TestCase().assertLogs(level='ERROR') as log:
        store.follow()
    assert store.content() is before
    assert 'data/service.yaml' in log.output[0] and before.version in log.output[0]
    assert [problem.place.file for problem in store.problems] == ['data/service.yaml']


def test_mended_content_is_served_again(folder):
    target = folder()
    store = Store(target)
    edit(target, 'name: ', 'nme: ')
    store.follow()
    assert store.content() and store.problems
    edit(target, 'nme: ', 'name: ')
    store.follow()
    assert store.content() and not store.problems


@pytest.mark.parametrize('lose', ['unlink', 'open'])
def test_a_file_that_goes_away_or_cannot_be_read_changes_nothing_for_readers(folder, monkeypatch, lose):
    target = folder()
    store = Store(target)
    before = store.content()
    main = target / 'flows/main.yaml'
    if lose == 'unlink':
        main.unlink()
    else:  # as for a user without the right to it; root may read everything
        edit(target, 'name: ', 'name: New ')
        opened = os.open

        def denied(path, flags):
            if path == str(main):
                raise PermissionError(13, 'Permission denied')
            return opened(path, flags)

        monkeypatch.setattr(os, 'open', denied)
    store.follow()
    assert store.content() is before
    assert [problem.place.file for problem in store.problems] == ['flows/main.yaml']
    assert len(version(target)) == 10


def test_a_content_that_is_not_served_any_more_is_forgotten(serving, folder):
    target = folder()
    store = serving(target)
    client = Client(wizard.app)
    old = weakref.ref(store.content())
    case = next(iter(old().scenarios))
    answers = link.address(link.parameters(old(), expected(old(), old().scenarios[case]), 'en'))
    for page in ('/', '/training', '/plain', f'/plain{answers}', f'/keep{answers}'):
        assert client.get(page, {'Host': 'help.example'}).status_code == 200
    assert old().remembered
    edit(target, 'name: ', 'name: New ')
    store.follow()
    gc.collect()
    assert old() is None


def test_without_good_content_the_store_does_not_open(folder):
    with pytest.raises(ContentError, match='`nme` is not a key here'):
        target = folder()
        edit(target, 'name: ', 'nme: ')
        Store(target)
