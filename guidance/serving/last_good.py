"""A copy of the last content that passed, for a start at which the content on disk does not pass any more.

One file, so that it takes the place of the one before at once, and any number of replicas may write and read it. What is in it is
checked like any content before it is served.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from guidance.content.disk import MAX_BYTES
from guidance.content.disk import Unreadable
from guidance.content.files import UNFINISHED
from guidance.content.files import replace
from guidance.content.load import raw_files
from guidance.content.load import version_of
from guidance.content.problem import Place
from guidance.content.problem import Problem

_MOST_BYTES = 64_000_000  # of a copy, packed or not; the shipped content has one million
_NAME = re.compile(r'(flows|data)(/[^/\\\0]+)+\.(yaml|po|json)')
_NEW = '.new-'  # begins what is not yet, or not any more, in use
_STALE = 3_600  # seconds after which such a thing was left by a process that was killed


def copy_of(folder: Path, state: Path) -> Path:
    """Return where the copy of a content folder stands in a state folder, which other content may use, too."""
    return state / f'content-{sha256(str(folder.absolute()).encode(errors="surrogateescape")).hexdigest()[:10]}.zip'


def save(folder: Path, copy: Path, version: str) -> None:
    """Make `copy` hold the content files of `folder`, unless it does, or the files are not those of this version any more.

    Raises OSError if it cannot be written or is too large.
    """
    if _holds(copy, version):
        return
    files: dict[str, bytes] = {}
    left = _MOST_BYTES
    for name, raw in raw_files(folder):
        files[name] = raw
        left -= len(raw)
        if left < 0:
            raise OSError(f'more than {_MOST_BYTES:,} bytes of content')
    if version_of(files.items()) != version:
        return  # changed meanwhile; what comes of it is kept once it has passed
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.comment = version.encode()
        for name, raw in files.items():
            archive.writestr(name, raw)
    copy.parent.mkdir(parents=True, exist_ok=True)
    _tidy(copy.parent)
    replace(copy, packed.getvalue())


@contextmanager
def unpacked(copy: Path) -> Iterator[Path]:
    """Give a folder with the content of a copy, for as long as the block lasts. Raises Unreadable for what is no sound copy."""
    try:
        files = _files(copy)
        with tempfile.TemporaryDirectory(prefix=_NEW, dir=copy.parent) as name:
            folder = Path(name)
            for file_name, raw in files.items():
                (folder / file_name).parent.mkdir(parents=True, exist_ok=True)
                (folder / file_name).write_bytes(raw)
            yield folder
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise Unreadable(Problem(Place(str(copy)), f'this copy of the last good content cannot be read: {error}')) from error


def _files(copy: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = _MOST_BYTES
    with zipfile.ZipFile(copy) as archive:
        for entry in archive.infolist():
            if not _NAME.fullmatch(entry.filename) or '..' in entry.filename.split('/'):
                raise ValueError(f'{entry.filename!r} is no file of a content')
            with archive.open(entry) as file:
                files[entry.filename] = file.read(min(MAX_BYTES, left) + 1)
            left -= len(files[entry.filename])
            if left < 0:
                raise ValueError(f'more than {_MOST_BYTES:,} bytes of content')
    return files


def _holds(copy: Path, version: str) -> bool:
    try:
        files = _files(copy)
        return version_of((name, files[name]) for name in sorted(files, key=Path)) == version
    except Exception:  # there is none, or it is damaged in one of many ways: it is written anew
        return False


def _tidy(state: Path) -> None:
    """Take away what processes left that were killed while they wrote or read."""
    for path in (*state.glob(f'{_NEW}*'), *state.glob(f'.*{UNFINISHED}')):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _STALE:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
