"""An edition comes at once and whole, or not at all: whoever is killed, whoever publishes too, in whatever order files arrive."""

from __future__ import annotations

import os
import shutil
import signal
from itertools import count
from itertools import permutations

import pytest

from guidance.commands import publish as command
from guidance.content.problem import ContentError
from guidance.content.published import LOG
from guidance.content.published import read_log
from guidance.serving.publish import LOCK
from guidance.serving.publish import publishing
from guidance.serving.store import Store
from tests.support.publications import NAMES
from tests.support.publications import draft_of
from tests.support.publications import name_it
from tests.support.publications import published
from tests.support.publications import served_name
from tests.support.stores import edit
from tests.support.stores import look

STEPS = ('mkdir', 'rename', 'replace', 'unlink', 'rmdir', 'fsync')
"""The functions of `os` that change something on the disk for good; a process is killed before each of their calls."""


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    """Nothing is waited for: no test here pulls the plug."""
    monkeypatch.setattr(os, 'fsync', lambda _: None)


def calls_of(draft, live):
    """The calls of STEPS by which a draft is published, in order; it is published to a copy."""
    calls = []
    copy = live.with_name('counted')
    if live.exists():
        shutil.copytree(live, copy)
    with pytest.MonkeyPatch.context() as patched:
        for name in STEPS:
            function = getattr(os, name)

            def called(*arguments, name=name, function=function, **named):
                calls.append(name)
                return function(*arguments, **named)

            patched.setattr(os, name, called)
        assert published(draft, copy) == 0
    return calls


def killed_at(step, draft, live):
    """Publish in a process that is killed before its call `step` of one of STEPS; return whether there were so many."""
    child = os.fork()
    if child == 0:
        calls = count()

        def before(function):
            def called(*arguments, **named):
                if next(calls) == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*arguments, **named)

            return called

        for name in STEPS:
            setattr(os, name, before(getattr(os, name)))
        command._show_changes = lambda *_: None
        os._exit(published(draft, live))
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


@pytest.fixture
def live(editions):
    """A published folder with one edition, and a draft of the next one beside it."""
    draft, live = editions(1)
    name_it(draft, NAMES[1])
    return live


def assert_whole_whenever_killed(live, draft, steps):
    """Kill a publication at each of these steps: the old edition or the new one is served, and publishing goes on after it."""
    found = []
    for step in steps:
        copy = shutil.copytree(live, live.with_name('killed'))
        assert killed_at(step, draft, copy)
        found.append(served_name(copy))
        (copy / LOCK).unlink(missing_ok=True)
        assert published(draft, copy) == (1 if found[-1] == NAMES[1] else 0)  # what is served already is not published again
        assert served_name(copy) == NAMES[1]
        assert sorted(path.name for path in (copy / 'editions').iterdir()) == ['1', '2']
        shutil.rmtree(copy)
    new = found.index(NAMES[1])
    assert new > 0 and set(found[:new]) == {NAMES[0]} and set(found[new:]) == {NAMES[1]}


@pytest.mark.server
def test_whoever_is_killed_while_publishing_leaves_the_old_edition_or_the_new_one_whole(live, tmp_path, monkeypatch):
    monkeypatch.setattr(command, '_show_changes', lambda *_: None)
    draft = tmp_path / 'draft'
    number = len(calls_of(draft, live))
    assert number > 30
    assert_whole_whenever_killed(live, draft, [1, number // 2, *range(number - 7, number)])


@pytest.mark.long
def test_whoever_is_killed_at_any_step_leaves_the_old_edition_or_the_new_one_whole(live, tmp_path, monkeypatch):
    monkeypatch.setattr(command, '_show_changes', lambda *_: None)
    draft = tmp_path / 'draft'
    assert_whole_whenever_killed(live, draft, range(len(calls_of(draft, live))))


@pytest.mark.server
def test_the_first_publication_that_was_broken_off_can_be_done_again(tmp_path):
    draft, live = draft_of(tmp_path), tmp_path / 'live'
    calls = calls_of(draft, live)
    step = max(at for at, name in enumerate(calls) if name == 'rename') + 1
    assert killed_at(step, draft, live) and (live / 'editions/1').exists() and not (live / LOG).exists()
    (live / LOCK).unlink()
    assert published(draft, live) == 0
    assert served_name(live) == NAMES[0]


def test_of_two_who_publish_at_once_one_is_told(live, tmp_path, capsys):
    with publishing(live, 'Bea'):
        assert published(tmp_path / 'draft', live, by='Ann') == 2
    told = capsys.readouterr().err
    assert 'Somebody else publishes here at the moment: Bea, since ' in told and f'remove {live / LOCK}' in told
    assert served_name(live) == NAMES[0] and len(read_log(live)) == 1
    assert published(tmp_path / 'draft', live) == 0
    assert not (live / LOCK).exists()


def test_what_is_written_into_the_draft_while_it_is_published_is_not_published(live, tmp_path, monkeypatch):
    draft = tmp_path / 'draft'
    monkeypatch.setattr(command, '_show_changes', lambda *_: edit(draft, NAMES[1], NAMES[2]))
    assert published(draft, live) == 0
    assert served_name(live) == NAMES[1]


def test_a_running_store_takes_an_edition_over_with_its_log(live, tmp_path):
    store = Store(live)
    assert [entry.edition for entry in store.content().published] == [1]
    assert published(tmp_path / 'draft', live) == 0
    look(store)
    assert store.content().service.name == NAMES[1] and not store.problems
    assert [entry.edition for entry in store.content().published] == [2, 1]


def test_a_copy_serves_the_old_edition_until_all_of_the_new_one_is_there_in_whatever_order_it_comes(live, tmp_path):
    replicas = [shutil.copytree(live, tmp_path / f'replica-{number}') for number in range(6)]
    stores = [Store(replica) for replica in replicas]
    assert published(tmp_path / 'draft', live) == 0
    parts = (LOG, 'editions/2/flows', 'editions/2/data')
    for replica, store, order in zip(replicas, stores, permutations(parts), strict=True):
        for name in order:
            assert store.content().service.name == NAMES[0]
            whole = live / name
            (replica / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(whole, replica / name) if whole.is_file() else shutil.copytree(whole, replica / name)
            look(store)
        assert store.content().service.name == NAMES[1] and not store.problems


@pytest.mark.parametrize('share', [0, 0.2, 0.5, 0.9])
def test_a_log_of_which_only_a_part_has_come_changes_nothing(live, tmp_path, share):
    store = Store(live)
    assert published(tmp_path / 'draft', live) == 0
    raw = (live / LOG).read_bytes()
    (live / LOG).write_bytes(raw[: int(len(raw) * share)])
    look(store)
    assert store.content().service.name == NAMES[0] and len(store.content().published) == 1
    (live / LOG).write_bytes(raw)
    look(store)
    assert store.content().service.name == NAMES[1]


def test_an_edition_that_was_changed_after_it_was_published_is_not_served(live):
    store = Store(live)
    edit(live / 'editions/1', NAMES[0], 'Pirates')
    look(store)
    assert store.content().service.name == NAMES[0]
    assert 'edition 1 are not all here yet, or were changed' in store.problems[0].message
    with pytest.raises(ContentError, match='were changed after it was published'):
        Store(live)


def test_the_kept_copy_is_that_of_the_edition(live, tmp_path):
    Store(live, tmp_path / 'state')
    shutil.rmtree(live / 'editions')
    store = Store(live, tmp_path / 'state')
    assert store.from_copy and store.content().service.name == NAMES[0]


def test_all_editions_stay(editions):
    _, live = editions(3)
    names = [(live / f'editions/{number}/data/service.yaml').read_text().splitlines()[0] for number in (1, 2, 3)]
    assert names == [f'name: {name}' for name in NAMES]
    assert [entry.edition for entry in read_log(live)] == [3, 2, 1]
