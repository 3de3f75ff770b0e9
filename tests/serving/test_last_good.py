"""The copy of the last good content: a start on bad content serves it and says so; nothing that is wrong with it does harm."""

from __future__ import annotations

import threading
import zipfile
from unittest import TestCase

import pytest

import wizard
from guidance.content.load import content_files
from guidance.content.load import version
from guidance.content.problem import ContentError
from guidance.serving import last_good
from guidance.serving.last_good import copy_of
from guidance.serving.last_good import save
from guidance.serving.last_good import unpacked
from guidance.serving.store import Store
from guidance.serving.store import store
from tests.support.asgi import Client
from tests.support.stores import edit
from tests.support.stores import look
from tests.support.waiting import until


@pytest.fixture
def state(tmp_path):
    return tmp_path / 'state'


def spoil(folder):
    edit(folder, 'name: ', 'nme: ')


def test_a_start_on_bad_content_serves_the_last_good_one_says_so_and_goes_back_by_itself(folder, state):
    target = folder()
    edit(target, 'name: ', 'name: Good ')
    before = Store(target, state).content()
    spoil(target)
    with TestCase().assertLogs(level='ERROR') as log:
        again = Store(target, state)
    assert again.from_copy and again.content().version == before.version
    assert again.content().service == before.service
    assert 'the kept copy of the last good one goes on' in log.output[0] and '`nme` is not a key here' in log.output[0]
    first, *problems = again.told()
    assert first == 'The content on disk is refused, and the kept copy of the last good content is served; problems: 1'
    assert problems == [str(problem) for problem in again.problems] and 'data/service.yaml:1:1' in problems[0]
    look(again)
    assert again.from_copy and again.content().version == before.version
    edit(target, 'nme: Good', 'name: Better')
    look(again)
    assert again.content().service.name == 'Better Island help' and not again.from_copy and not again.told()
    spoil(target)
    assert Store(target, state).content().service.name == 'Better Island help'


def test_each_content_that_passes_while_the_wizard_runs_is_kept_and_no_other(folder, state):
    target = folder()
    running = Store(target, state)
    changes = [lambda: edit(target, 'name: ', 'name: New '), lambda: spoil(target)]
    for act in changes:
        act()
        look(running)
        with unpacked(copy_of(target, state)) as there:
            assert 'name: New Island help' in (there / 'data/service.yaml').read_text()


def test_without_a_copy_or_a_state_folder_bad_content_is_a_clear_failure(folder, state):
    target = folder()
    Store(target)
    spoil(target)
    for kept_in in (None, state):
        with pytest.raises(ContentError, match='^data/service.yaml:1:1: `nme` is not a key here'):
            Store(target, kept_in)


def test_the_copy_has_the_content_files_only_and_is_that_version(folder, state):
    target = folder({'data/notes.txt': 'no', 'flows/.hidden.yaml': 'no', 'wizard.py': 'no'})
    Store(target, state)
    (copy,) = state.iterdir()
    assert copy == copy_of(target, state)
    with zipfile.ZipFile(copy) as archive:
        assert archive.namelist() == [path.relative_to(target).as_posix() for path in content_files(target)]
    with unpacked(copy) as there:
        assert version(there) == version(target)
    assert list(state.iterdir()) == [copy]  # nothing is left of unpacking


def test_contents_that_share_a_state_folder_are_not_confused(folder, tmp_path, state):
    Store(folder(), state)
    folder().rename(tmp_path / 'other')
    target = folder()
    spoil(target)
    spoil(tmp_path / 'other')
    assert Store(target, state).from_copy
    with pytest.raises(ContentError):
        Store(tmp_path / 'other', state)


DAMAGE = {
    'cut': lambda raw: raw[: len(raw) // 2],
    'empty': lambda raw: b'',
    'no archive': lambda raw: b'flows' * 100,
    'another byte': lambda raw: raw[:200] + bytes([raw[200] ^ 1]) + raw[201:],
}


@pytest.mark.parametrize('damage', DAMAGE)
def test_a_damaged_copy_is_not_served_but_told_and_replaced_by_the_next_good_content(folder, state, damage):
    target = folder()
    Store(target, state)
    copy = copy_of(target, state)
    whole = copy.read_bytes()
    copy.write_bytes(DAMAGE[damage](whole))
    spoil(target)
    with pytest.raises(ContentError) as raised:
        Store(target, state)
    assert [problem.place.file for problem in raised.value.problems] == [str(copy), 'data/service.yaml']
    assert 'this copy of the last good content cannot be read' in str(raised.value)
    edit(target, 'nme: ', 'name: ')
    Store(target, state)
    spoil(target)
    assert Store(target, state).from_copy


def test_a_copy_that_this_version_of_the_program_refuses_is_told(folder, state):
    target = folder()
    spoil(target)
    save(target, copy_of(target, state), version(target))
    with pytest.raises(ContentError, match='does not pass either: data/service.yaml:1:1: `nme` is not a key here'):
        Store(target, state)


OUTSIDE = ['../x.yaml', 'flows/../../x.yaml', '/etc/x.yaml', 'wizard.py', 'flows/x.py', 'flows\\..\\x.yaml']


@pytest.mark.parametrize('name', OUTSIDE)
def test_nothing_but_content_files_is_unpacked(state, name):
    state.mkdir()
    with zipfile.ZipFile(state / 'x.zip', 'w') as archive:
        archive.writestr(name, 'a: b')
    with pytest.raises(ContentError, match='is no file of a content'), unpacked(state / 'x.zip'):
        pass
    assert [path.name for path in state.iterdir()] == ['x.zip']


def test_a_copy_is_of_a_sane_size(folder, state, monkeypatch):
    target = folder()
    monkeypatch.setattr(last_good, '_MOST_BYTES', 100_000_000)
    state.mkdir()
    with zipfile.ZipFile(state / 'x.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('flows/x.yaml', '#' * 5_000_000)
    monkeypatch.setattr(last_good, '_MOST_BYTES', 1_000)
    with pytest.raises(ContentError, match='more than 1,000 bytes'), unpacked(state / 'x.zip'):
        pass
    with pytest.raises(OSError, match='more than 1,000 bytes'):
        save(target, copy_of(target, state), version(target))


def test_what_is_not_that_version_any_more_is_not_kept(folder, state):
    target = folder()
    before = version(target)
    edit(target, 'name: ', 'name: New ')
    save(target, copy_of(target, state), before)
    assert not state.exists()


def test_a_copy_that_cannot_be_written_is_told_in_the_log_and_the_wizard_serves(folder, state):
    state.write_text('a file')
    with TestCase().assertLogs(level='ERROR') as log:
        assert Store(folder(), state).content()
    assert f'could be kept in {state}' in log.output[0]


def test_replicas_may_write_and_read_the_same_copy(folder, state):
    target = folder()
    copy = copy_of(target, state)
    known, found, failed = set(), [], []

    def write(text):
        edit(target, 'name: ', f'name: {text}')
        known.add(version(target))
        threads = [threading.Thread(target=save, args=(target, copy, version(target))) for _ in range(4)]
        for thread in threads:
            thread.start()
        return threads

    done = threading.Event()

    def read():
        while not done.is_set():
            try:
                with unpacked(copy) as there:
                    found.append(version(there))
            except Exception as error:
                failed.append(error)

    for thread in write('a'):
        thread.join()
    reader = threading.Thread(target=read)
    reader.start()
    for letter in 'bcdef':
        threads, before = write(letter), len(found)
        until(lambda before=before: failed or len(found) > before)  # however slow it is, it reads in each round
        for thread in threads:
            thread.join()
    done.set()
    reader.join()
    assert not failed and set(found) <= known and len(known) == 6
    with unpacked(copy) as there:
        assert version(there) == version(target)


def test_the_setting_is_read_and_the_status_tells_of_a_copy(folder, state, monkeypatch):
    monkeypatch.setenv('GUIDANCE_DESK', 'on')
    target = folder()
    monkeypatch.setenv('GUIDANCE_STATE', str(state))
    Store(target, state)
    spoil(target)
    monkeypatch.setenv('GUIDANCE_CONTENT', str(target))
    assert store().from_copy
    text = Client(wizard.app).get('/status', {'Host': 'help.example'}).text
    assert text.startswith(f'ok, content {store().content().version}\n')
    assert 'the kept copy of the last good content is served' in text and 'data/service.yaml:1:1' in text
