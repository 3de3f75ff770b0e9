"""Reading files that others write: only real files, of a size that a person writes, and no failure is silent."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem

MAX_BYTES = 4_000_000
"""A file larger than this is not something a person wrote."""

Signature = tuple[tuple[object, ...], ...]
"""What stands for the state of files on disk: the same as long as nothing was written."""

_KINDS = {stat.S_IFDIR: 'folder', stat.S_IFIFO: 'pipe', stat.S_IFSOCK: 'socket', stat.S_IFCHR: 'device', stat.S_IFBLK: 'device'}


class Unreadable(ContentError):
    """A file or folder that cannot be read; `problem` says which, where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__([problem])
        (self.problem,) = self.problems


def read_bytes(path: Path, name: str) -> bytes:
    """Return what stands in a file, also through links; a problem calls it `name`.

    Never waits, as for a pipe that nobody writes to. Raises Unreadable: no regular file, larger than MAX_BYTES, not to be read.
    """
    try:
        kind = _KINDS.get(stat.S_IFMT(os.stat(path).st_mode))
        if kind:  # asked before it is opened: to open a pipe or a device can itself do something
            raise Unreadable(Problem(Place(name), f'this is a {kind}, not a file', 'a file with text'))
        with open(path, 'rb', opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(cannot_be_read(name, 'file', error)) from error
    if len(raw) > MAX_BYTES:
        raise Unreadable(Problem(Place(name), 'this file is too large', f'at most {MAX_BYTES:,} bytes'))
    return raw


def read_text(path: Path, name: str) -> str:
    """Return the text of a file, without a byte order mark. Raises Unreadable, as `read_bytes`, and for what is not UTF-8."""
    raw = read_bytes(path, name)
    try:
        return raw.decode('utf-8-sig')
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        place = Place(name, before.count(b'\n') + 1, error.start - before.rfind(b'\n'))
        raise Unreadable(Problem(place, 'this file is not UTF-8 text', 'save it as UTF-8')) from error


def cannot_be_read(name: str, what: str, error: OSError) -> Problem:
    """Return the problem of a file or folder that the system does not let us read; it may be gone at the next look."""
    return Problem(Place(name), f'this {what} cannot be read: {error.strerror}', passing=True)


def below(folders: Iterable[Path]) -> tuple[list[Path], dict[Path, OSError]]:
    """Return all that stands in these folders and below them, in order, and the folders that could not be read.

    A folder that is not there has nothing. What is hidden (a name that begins with a dot) is no content: an editor's lock,
    or the real files behind the links of a ConfigMap. These folders may be links; links to folders below them are not followed.
    """
    paths: set[Path] = set()
    unread: dict[Path, OSError] = {}

    def failed(error: OSError) -> None:
        if error.errno != errno.ENOENT:
            unread[Path(error.filename)] = error

    for top in folders:
        for parent, inside, files in os.walk(top, onerror=failed):
            inside[:] = [name for name in inside if not name.startswith('.')]
            paths.update(Path(parent, name) for name in (*inside, *files) if not name.startswith('.'))
    return sorted(paths), unread


def signature(paths: Iterable[Path]) -> Signature:
    """Return what changes whenever one of these files is written, replaced, renamed, or may be read by others than before."""
    states: list[tuple[object, ...]] = []
    for path in paths:
        try:
            at = os.stat(path)
        except OSError as error:
            states.append((str(path), error.errno))
        else:
            states.append((str(path), at.st_dev, at.st_ino, at.st_mode, at.st_size, at.st_mtime_ns, at.st_ctime_ns))
    return tuple(states)
