"""Content that changes while the wizard runs: good content is taken over, bad content never interrupts."""

from __future__ import annotations

from unittest import TestCase

import pytest

from guidance.problem import ContentError
from guidance.store import Store


@pytest.fixture(autouse=True)
def look_at_once(monkeypatch):
    monkeypatch.setattr('guidance.store._LOOK_EVERY', -1)


def edit(folder, old, new):
    path = folder / 'data/service.yaml'
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_changed_content_is_served_without_a_restart(folder):
    target = folder()
    store = Store(target)
    before = store.content()
    edit(target, f'name: {before.service.name}', 'name: Another name')
    assert store.content().service.name == 'Another name'
    assert store.content().version != before.version


def test_content_that_did_not_change_is_the_same_object(folder):
    store = Store(folder())
    assert store.content() is store.content()


def test_bad_content_is_refused_logged_and_the_last_good_one_goes_on(folder):
    target = folder()
    store = Store(target)
    before = store.content()
    edit(target, 'name: ', 'nme: ')
    with TestCase().assertLogs(level='ERROR') as log:
        assert store.content() is before
    assert 'data/service.yaml' in log.output[0] and before.version in log.output[0]
    assert [problem.place.file for problem in store.problems] == ['data/service.yaml']


def test_mended_content_is_served_again(folder):
    target = folder()
    store = Store(target)
    edit(target, 'name: ', 'nme: ')
    assert store.content() and store.problems
    edit(target, 'nme: ', 'name: ')
    assert store.content() and not store.problems


def test_a_file_that_goes_away_changes_nothing_for_readers(folder):
    target = folder()
    store = Store(target)
    before = store.content()
    (target / 'flows/main.yaml').unlink()
    assert store.content() is before and store.problems


def test_without_good_content_the_store_does_not_open(folder):
    with pytest.raises(ContentError, match='`nme` is not a key here'):
        target = folder()
        edit(target, 'name: ', 'nme: ')
        Store(target)
