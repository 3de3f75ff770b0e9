"""Content that changes while the wizard runs: good content is taken over, bad content never interrupts."""

from __future__ import annotations

import gc
import itertools
import os
import random
import weakref
from pathlib import Path
from unittest import TestCase

import pytest

import guidance.serving.store
import wizard
from guidance.content.load import content_files
from guidance.content.load import version
from guidance.content.problem import ContentError
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.serving.check import check
from guidance.serving.store import Store
from guidance.training.case import expected
from tests.support.asgi import Client
from tests.support.stores import edit
from tests.support.stores import look
from tests.support.waiting import until


def test_changed_content_is_served_without_a_restart(folder):
    target = folder()
    store = Store(target)
    before = store.content()
    edit(target, f'name: {before.service.name}', 'name: Another name')
    look(store)
    assert store.content().service.name == 'Another name'
    assert store.content().version != before.version


@pytest.mark.server  # it watches the disk, and looks through all that there is for what is given up
def test_a_watched_folder_is_followed_and_one_that_fails_is_followed_again(folder, monkeypatch):
    target = folder()
    store = Store(target)
    store.watch(0.001)
    edit(target, 'name: ', 'name: New ')
    until(lambda: store.content().service.name.startswith('New '))
    tried = []
    with TestCase().assertLogs(level='ERROR') as log, monkeypatch.context() as broken:
        broken.setattr(store, '_signature', lambda: tried.append(1) or 1 / 0)
        until(lambda: len(tried) > 2)  # the third begins when two are over, of which only the first is told
        problems = store.problems  # later it is looked at again, and there are none
    assert 'ZeroDivisionError' in log.output[0] and 'could not be looked at: ZeroDivisionError' in problems[0].message
    assert len(log.output) == 2  # once, however often it was tried
    edit(target, 'name: ', 'name: Very ')
    until(lambda: store.content().service.name.startswith('Very New '))


@pytest.mark.server  # it watches the disk, and looks through all that there is for what is given up
def test_what_is_served_is_gone_through_by_no_search_for_garbage_and_what_was_served_before_goes(folder):
    gc.unfreeze()
    target = folder()
    store = Store(target)
    before = weakref.ref(store.content())
    store.watch(0.001)
    until(gc.get_freeze_count)
    edit(target, 'name: ', 'name: New ')
    until(lambda: before() is None)
    until(gc.get_freeze_count)
    gc.unfreeze()


def test_what_changes_is_read_once_two_looks_saw_the_same(folder):
    target = folder()
    store = Store(target)
    for letter in 'abcde':  # half of a checkout after the other, each of them good content
        edit(target, 'name: ', f'name: {letter} ')
        store.follow()
        assert store.content().service.name == 'Island help'
    store.follow()
    assert store.content().service.name == 'e d c b a Island help'


def test_what_changed_while_it_was_read_is_not_served(folder, monkeypatch):
    target = folder()
    store = Store(target)
    before = store.content()
    edit(target, 'name: ', 'name: New ')
    store.follow()

    def check_while_it_changes(folder):
        report = check(folder)
        edit(target, 'owner: ', 'owner: New ')
        return report

    with monkeypatch.context() as slow:
        slow.setattr(guidance.serving.store, 'check', check_while_it_changes)
        store.follow()
    assert store.content() is before and not store.problems
    look(store)
    assert store.content().version == version(target)
    assert store.content().service.owner.startswith('New ')


def test_however_often_a_checkout_switches_between_two_versions_only_those_are_served(folder, thorough):
    target = folder()
    store = Store(target)
    files = {path: path.read_text() for path in content_files(target)}
    other = {path: f'# other\n{text}' for path, text in files.items()}
    versions = {'': version(target)}
    served = set()
    rng = random.Random(1)
    for turn in range(12 if thorough else 6):
        for path, text in rng.sample(sorted((other if turn % 2 == 0 else files).items()), len(files)):
            path.write_text(text)
            if rng.random() < 0.7:
                store.follow()
                served.add(store.content().version)
        look(store)
        versions[turn % 2] = store.content().version
        assert store.content().version == version(target)
    assert len(set(versions.values())) == 2 and served <= set(versions.values())


def test_the_content_is_read_at_the_start_as_it_stands_still(folder, monkeypatch):
    target = folder()
    changes = iter('abc')

    def check_while_it_changes(folder):
        report = check(folder)
        for letter in changes:
            edit(target, 'name: ', f'name: {letter} ')
            break
        return report

    monkeypatch.setattr(guidance.serving.store, 'check', check_while_it_changes)
    monkeypatch.setattr(guidance.serving.store, '_PAUSE', 0)
    store = Store(target)
    assert store.content().service.name == 'c b a Island help' and store.content().version == version(target)
    changes = itertools.repeat('a')
    with pytest.raises(ContentError, match='the files change all the time'):
        Store(target)


def test_a_check_that_fails_is_told_once_and_tried_again_until_it_works(folder, monkeypatch):
    target = folder()
    store = Store(target)
    before = store.content()
    edit(target, 'name: ', 'name: New ')
    tried = []
    with TestCase().assertLogs(level='ERROR') as log, monkeypatch.context() as broken:
        broken.setattr(guidance.serving.store, 'check', lambda folder: tried.append(1) or 1 / 0)
        for _ in range(40):
            store.follow()
    assert store.content() is before
    (problem,) = store.problems
    assert problem.message == 'the content could not be looked at: ZeroDivisionError: division by zero'
    assert 'ZeroDivisionError' in '\n'.join(store.told())
    assert len(log.output) == 2 and 'Traceback' in log.output[0] and before.version in log.output[1]
    assert 5 <= len(tried) <= 7  # at once, then after 2, 4, 8, ... looks
    for _ in range(60):
        store.follow()
    assert store.content().service.name.startswith('New ') and not store.problems and not store.told()


@pytest.mark.parametrize('name', ['', 'data', 'flows', 'data/cases'])
def test_a_folder_that_cannot_be_read_is_told_and_read_as_soon_as_it_can_be(folder, monkeypatch, name):
    target = folder()
    store = Store(target)
    before = store.content()
    with monkeypatch.context() as denied:

        def refuse(call):
            def refused(path, *more, **options):
                if Path(path) == target / name or not name:
                    raise PermissionError(13, 'Permission denied', str(path))
                return call(path, *more, **options)

            return refused

        denied.setattr(os, 'scandir', refuse(os.scandir))
        if not name:
            denied.setattr(os, 'stat', refuse(os.stat))
        look(store)
        assert store.content() is before
        assert str(store.problems[0]) == f'{name or target}:1:1: this folder cannot be read: Permission denied'
    look(store)
    assert not store.problems and store.content().version == before.version


def test_cases_that_are_gone_altogether_are_refused_until_a_new_start(folder):
    target = folder()
    store = Store(target)
    before = store.content()
    (case,) = (target / 'data/cases').iterdir()
    case.unlink()
    look(store)
    assert store.content() is before
    assert [str(problem).splitlines()[0] for problem in store.problems] == ['data/cases:1:1: all cases for training are gone']
    assert not Store(target).content().cases


def test_content_that_did_not_change_is_the_same_object(folder):
    store = Store(folder())
    before = store.content()
    look(store)
    assert store.content() is before


def test_bad_content_is_refused_logged_and_the_last_good_one_goes_on(folder):
    target = folder()
    store = Store(target)
    before = store.content()
    edit(target, 'name: ', 'nme: ')
    with TestCase().assertLogs(level='ERROR') as log:
        look(store)
    assert store.content() is before
    assert 'data/service.yaml' in log.output[0] and before.version in log.output[0]
    assert [problem.place.file for problem in store.problems] == ['data/service.yaml']


def test_mended_content_is_served_again(folder):
    target = folder()
    store = Store(target)
    edit(target, 'name: ', 'nme: ')
    look(store)
    assert store.content() and store.problems
    edit(target, 'nme: ', 'name: ')
    look(store)
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
    look(store)
    assert store.content() is before
    assert [problem.place.file for problem in store.problems] == ['flows/main.yaml']
    assert len(version(target)) == 10
    if lose == 'open':
        monkeypatch.undo()  # no file changes by that
        look(store)
        assert store.content().service.name.startswith('New ') and not store.problems


def test_a_content_that_is_not_served_any_more_is_forgotten(serving, folder, monkeypatch):
    gc.freeze()  # what all the other tests left need not be looked through, nor does a check bring it back
    for name in ('freeze', 'unfreeze'):
        monkeypatch.setattr(gc, name, lambda: None)
    target = folder()
    store = serving(target)
    client = Client(wizard.app)
    old = weakref.ref(store.content())
    case = next(iter(old().cases))
    answers = query_string(parameters(old(), expected(old(), old().cases[case]), 'en'))
    for page in ('/', '/training', '/plain', f'/plain{answers}', f'/keep{answers}'):
        assert client.get(page, {'Host': 'help.example'}).status_code == 200
    assert old().cache
    edit(target, 'name: ', 'name: New ')
    look(store)
    gc.collect()
    assert old() is None


def test_without_good_content_the_store_does_not_open(folder):
    with pytest.raises(ContentError, match='`nme` is not a key here'):
        target = folder()
        edit(target, 'name: ', 'nme: ')
        Store(target)
