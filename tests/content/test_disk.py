"""What may stand on disk where content is expected: nothing is waited for, nothing that cannot be read counts as empty."""

from __future__ import annotations

import os
import socket
import threading

import pytest

from guidance.content.disk import MAX_BYTES
from guidance.content.disk import Unreadable
from guidance.content.disk import read_bytes
from guidance.content.disk import read_text
from guidance.content.load import content_files
from guidance.content.load import state
from guidance.content.load import version
from guidance.serving.check import check
from tests.support.waiting import DEADLINE
from tests.support.waiting import until


def in_time(act, seconds=DEADLINE):
    """What `act` returns, or why nothing could be read; a failure if it waits for something that never comes."""
    found = []

    def run():
        try:
            found.append(act())
        except Unreadable as error:
            found.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert found, 'it waits for ever'
    return found[0]


def told(folder):
    return [str(problem).splitlines()[0] for problem in in_time(lambda: check(folder)).errors]


ANYWHERE = ['flows/extra.yaml', 'data/steps.yaml', 'data/lists/extra.yaml', 'data/translations/xx.po']


@pytest.mark.parametrize(
    ('kind', 'name'), [('pipe', name) for name in ANYWHERE] + [(kind, ANYWHERE[0]) for kind in ('socket', 'device', 'folder')]
)
def test_what_is_no_file_is_told_and_never_waited_for(folder, kind, name, monkeypatch):
    target = folder()
    path = target / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    monkeypatch.chdir(path.parent)  # the address of a socket must be short
    if kind == 'pipe':
        os.mkfifo(path)
    elif kind == 'socket':
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    elif kind == 'device':
        path.symlink_to('/dev/zero')
    else:
        path.mkdir()
    assert str(in_time(lambda: read_bytes(path, name))) == (
        f'{name}:1:1: this is a {kind}, not a file\n  expected: a file with text'
    )
    if path.suffix == '.yaml':
        assert told(target) == [f'{name}:1:1: this is a {kind}, not a file']
    assert len(in_time(lambda: version(target))) == 10
    assert in_time(lambda: state(target))


def test_a_file_of_any_size_is_read_up_to_the_limit_only(tmp_path, quick):
    huge = tmp_path / 'huge.po'
    with huge.open('wb') as file:
        file.truncate(50_000_000_000)  # takes no room on disk
    with quick(1), pytest.raises(Unreadable, match='this file is too large\n  expected: at most 4,000,000 bytes'):
        read_bytes(huge, 'huge.po')
    os.truncate(huge, MAX_BYTES)
    assert len(read_bytes(huge, 'huge.po')) == MAX_BYTES


def test_text_is_utf_8_with_or_without_a_byte_order_mark(tmp_path):
    path = tmp_path / 'x.po'
    path.write_bytes(b'\xef\xbb\xbfa: \xe9\xa6\x99')
    assert read_text(path, 'x.po') == 'a: 香'
    path.write_bytes(b'a\nb: \xe9')
    with pytest.raises(Unreadable, match='^x.po:2:4: this file is not UTF-8 text'):
        read_text(path, 'x.po')


@pytest.mark.parametrize('name', ['flows', 'data', 'data/lists', 'data/cases'])
def test_a_folder_that_cannot_be_read_is_an_error_and_nothing_is_said_of_what_it_holds(folder, monkeypatch, name):
    target = folder()
    before = state(target)
    scan = os.scandir

    def denied(path):
        if str(path) == str(target / name):
            raise PermissionError(13, 'Permission denied', str(path))
        return scan(path)

    monkeypatch.setattr(os, 'scandir', denied)
    errors = check(target).errors
    assert str(errors[0]) == f'{name}:1:1: this folder cannot be read: Permission denied' and errors[0].passing
    assert not [problem for problem in errors[1:] if problem.place.file.startswith(name)]
    assert state(target) != before


@pytest.mark.parametrize('name', ['', 'data'])
def test_a_folder_whose_files_may_not_be_looked_at_is_told(folder, monkeypatch, name):
    """As one with the right to read it and none to look into it."""
    target = folder()

    def refuse(call):
        def refused(path, *more, **options):
            if str(path).startswith(f'{target / name}/'):
                raise PermissionError(13, 'Permission denied', str(path))
            return call(path, *more, **options)

        return refused

    for call in (os.stat, os.lstat, os.open):
        monkeypatch.setattr(os, call.__name__, refuse(call))
    errors = check(target).errors
    assert {problem.message.split(' ', 2)[2] for problem in errors} == {'cannot be read: Permission denied'}
    assert all(problem.passing for problem in errors) and errors[0].place.file.startswith(name or str(target))


def test_a_file_in_the_place_of_a_folder_is_told(folder):
    target = folder({'data/cases/lost-season-ticket.yaml': None})
    (target / 'data/cases').write_text('')
    assert told(target) == ['data/cases:1:1: this folder cannot be read: Not a directory']


def test_links_that_lead_in_a_circle_are_told(folder):
    target = folder({'data/cases/lost-season-ticket.yaml': None})
    (target / 'data/cases').symlink_to('cases')
    (target / 'flows/round.yaml').symlink_to('round.yaml')
    assert told(target) == [
        'data/cases:1:1: this folder cannot be read: Too many levels of symbolic links',
        'flows/round.yaml:1:1: this file cannot be read: Too many levels of symbolic links',
    ]


def test_content_may_come_as_links_into_a_hidden_folder_as_kubernetes_mounts_it(folder):
    """Each folder is a ConfigMap: `name -> ..data/name`, `..data -> ..2026_11_26`, which is replaced at once."""
    target = folder()
    as_files = version(target)
    for here in {path.parent for path in content_files(target)}:
        real = here / '..2026_11_26'
        real.mkdir()
        for path in [path for path in here.iterdir() if path.is_file()]:
            path.rename(real / path.name)
            path.symlink_to(f'..data/{path.name}')
        (here / '..data').symlink_to(real.name)
    assert check(target).content is not None and version(target) == as_files
    before = state(target)
    flows = target / 'flows'
    (flows / '..new').mkdir()
    for path in (flows / '..2026_11_26').iterdir():
        (flows / '..new' / path.name).write_bytes(path.read_bytes())
    (flows / '..tmp').symlink_to('..new')
    (flows / '..tmp').rename(flows / '..data')
    assert state(target) != before and version(target) == as_files


@pytest.mark.parametrize('name', ['', 'flows', 'data', 'data/lists', 'data/cases', 'flows/hut.yaml'])
def test_any_folder_or_file_may_be_a_link_and_what_is_behind_it_is_followed(folder, tmp_path, name):
    target = folder()
    as_files = version(target)
    (target / name).rename(tmp_path / 'elsewhere.yaml')
    (target / name).symlink_to(tmp_path / 'elsewhere.yaml')
    assert check(target).content is not None and version(target) == as_files
    before = state(target)
    for path in content_files(target):
        path.write_bytes(path.read_bytes())
    assert state(target) != before


def test_hidden_files_are_nobodys_content(folder):
    target = folder({'flows/.git/x.yaml': 'no', 'flows/._hut.yaml': b'\0\5\x16\7', 'data/.hut.yaml.swp': b'\0'})
    as_before = version(target)
    (target / 'flows/.#hut.yaml').symlink_to('me@here.1234:1')  # as Emacs does while somebody writes
    assert check(target).content is not None and version(target) == as_before


def a_tick_after(path):
    """Wait until the clock by which files are stamped has gone on, which on many systems it does every few milliseconds only."""
    probe = path.parents[2] / 'probe'

    def ticked():
        probe.write_text('')
        return probe.stat().st_ctime_ns > path.stat().st_ctime_ns

    until(ticked)


@pytest.mark.parametrize('change', ['text', 'same size and time', 'rename', 'mode', 'gone', 'new', 'unread kind'])
def test_the_state_on_disk_changes_with_whatever_may_change_the_content(folder, change):
    target = folder()
    before = state(target)
    assert state(target) == before
    path = target / 'flows/hut.yaml'
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    match change:
        case 'text':
            path.write_text('title: no\n')
        case 'same size and time':
            a_tick_after(path)
            path.write_bytes(path.read_bytes().swapcase())
            os.utime(path, ns=times)
        case 'rename':
            other = path.with_suffix('.new')
            other.write_bytes(path.read_bytes())
            os.utime(other, ns=times)
            other.rename(path)
        case 'mode':
            path.chmod(0o600)
        case 'gone':
            path.unlink()
        case 'new':
            path.with_name('new.yaml').write_text('')
        case 'unread kind':
            path.with_name('new.yml').write_text('')
    assert state(target) != before
