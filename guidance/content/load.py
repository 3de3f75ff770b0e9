"""Read a content folder: each file of it as a value of its shape, with a place for every problem."""

from __future__ import annotations

import hashlib
import os
import stat
import typing
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import NamedTuple

from guidance.content.defaults import completed
from guidance.content.defaults import defaults
from guidance.content.defaults import without_former
from guidance.content.disk import Signature
from guidance.content.disk import Unreadable
from guidance.content.disk import below
from guidance.content.disk import cannot_be_read
from guidance.content.disk import read_bytes
from guidance.content.disk import read_text
from guidance.content.disk import signature
from guidance.content.loaded import Files
from guidance.content.loaded import Loaded
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import listed
from guidance.content.problem import nearest
from guidance.content.validate import validate
from guidance.content.yamlfile import YamlFile

FORMER_FOLDERS = {'data/scenarios': 'data/cases'}  # old name -> name
"""Folders that had another name once. A content of then is read on, and `check` tells the new name."""

TRANSLATIONS = 'data/translations'
"""Where the catalogues stand."""

_NO_YAML = ('*.po', '[1-9]*.json', 'confirmations.json')  # the other files: catalogues, the ledger, what was confirmed
FILES = ('*.y*ml', *_NO_YAML, 'paragraphs.json')
"""The patterns of all that is part of a content, and of what looks like it."""

_LARGE = 100_000  # letters: a file of more is not kept for the next time


class Part(NamedTuple):
    """A field of `Files`: a file, or a folder of files, and the annotation that each is validated by."""

    name: str
    path: str
    is_folder: bool
    shape: Any


def _parts() -> Iterator[Part]:
    annotations = typing.get_type_hints(Files, include_extras=True)
    for field in fields(Files):
        annotation = annotations[field.name]
        is_folder = typing.get_origin(annotation) is not Loaded
        loaded = typing.get_args(annotation)[-1] if is_folder else annotation
        yield Part(field.name, field.metadata['path'], is_folder, typing.get_args(loaded)[0])


PARTS = tuple(_parts())
"""Every file and folder of a content, in order."""

_FILES = [part.path for part in PARTS if not part.is_folder]
_FOLDERS = [part.path for part in PARTS if part.is_folder]
NEEDED = ('data/service.yaml',)
"""What every content has, and flows/main.yaml; what a content has none of needs no file."""


def read(folder: Path) -> Files:
    """Return all content files of `folder`, read and validated. Raises ContentError with every problem of shape."""
    _look_into(folder)
    reading = _FolderReader(folder)
    values: dict[str, Any] = {part.name: reading.folder_of(part) if part.is_folder else reading.file(part) for part in PARTS}
    problems = [*reading.problems, *_strays(folder, _of(reading.paths, '*.y*ml'))]
    if problems:
        raise ContentError(problems)
    return Files(**values)


def content_files(folder: Path, *patterns: str) -> list[Path]:
    """Return every file that is part of the content: those of these patterns, else YAML, translations and the ledger."""
    return _of(below(_tops(folder))[0], *(patterns or ('*.yaml', *_NO_YAML)))


def state(folder: Path) -> Signature:
    """Return what changes whenever a content file is written, comes or goes, or a folder of them can or cannot be read."""
    paths, unread = below(_tops(folder))
    files = _of(paths, *FILES)
    return signature([folder, *files]) + tuple((str(path), error.errno) for path, error in unread.items())


def version(folder: Path) -> str:
    """Return a short hash of all content files."""
    return version_of(raw_files(folder))


def raw_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each content file: its name relative to the folder, and what stands in it."""
    for path in content_files(folder):
        name = path.relative_to(folder).as_posix()
        with suppress(Unreadable):  # reported where it is read for what stands in it
            yield name, read_bytes(path, name)


def version_of(files: Iterable[tuple[str, bytes]]) -> str:
    """Return a short hash of content files, given in order."""
    digest = hashlib.sha256()
    for name, raw in files:
        digest.update(name.encode(errors='surrogateescape') + b'\0' + raw + b'\0')
    return digest.hexdigest()[:10]


def _tops(folder: Path) -> list[Path]:
    """Return the folders with content. Those that are read as a folder may each be a link to one."""
    return [folder / name for name in ('flows', 'data', *_FOLDERS, *FORMER_FOLDERS, TRANSLATIONS)]


def _of(paths: Iterable[Path], *patterns: str) -> list[Path]:
    return [path for path in paths if any(fnmatchcase(path.name, pattern) for pattern in patterns)]


def _look_into(folder: Path) -> None:
    """Raise ContentError if there is no such folder, or none that may be looked into."""
    try:
        if not stat.S_ISDIR(os.stat(f'{folder}/.').st_mode):  # which also asks for the right to look into it
            raise NotADirectoryError
    except (FileNotFoundError, NotADirectoryError):
        problem = Problem(Place(str(folder)), 'there is no such content folder', 'a folder with flows/ and data/')
        raise ContentError([problem]) from None
    except OSError as error:
        raise ContentError([cannot_be_read(str(folder), 'folder', error)]) from None


class _FolderReader:
    """Reads the parts of a content folder one by one; `problems` are those found on the way."""

    def __init__(self, folder: Path) -> None:
        self.paths, self._unread = below(_tops(folder))
        self.problems = [
            cannot_be_read(path.relative_to(folder).as_posix(), 'folder', error)
            for path, error in self._unread.items()
            if path.parent not in self._unread
        ]
        self._folder = folder

    def file(self, part: Part) -> Loaded[Any] | None:
        """Return the file that a part is; None, and a problem, if there is none."""
        path = self._folder / part.path
        if path.parent in self._unread:
            return None
        if not _is_missing(path):
            return self._loaded(part.path, part)
        if part.path not in NEEDED:
            return loaded_once(part.path, '{}', part.path)  # nothing, or the program's own words
        self.problems.append(Problem(Place(part.path), 'this file is missing', 'every content has it'))
        return None

    def folder_of(self, part: Part) -> dict[str, Loaded[Any]]:
        """Return the files of a folder, also under its old name, by their names without `.yaml`."""
        folder = self._folder / part.path
        former = [self._folder / old for old, present in FORMER_FOLDERS.items() if present == part.path]
        names = {path.stem: path for here in (*former, folder) for path in _of(self.paths, '*.yaml') if path.parent == here}
        if part.name == 'flows' and 'main' not in names and folder not in self._unread:
            self.problems.append(_no_main(folder))
        return {stem: self._loaded(path.relative_to(self._folder).as_posix(), part) for stem, path in names.items()}

    def _loaded(self, name: str, part: Part) -> Loaded[Any]:
        try:
            text = read_text(self._folder / name, name)
            loaded = loaded_once(name, text, part.path) if len(text) < _LARGE else _value(YamlFile(name, text), part.shape)
        except Unreadable:
            loaded = _value(YamlFile.read(self._folder / name, name), part.shape)
        self.problems += [*loaded.file.problems, *loaded.file.rest()]
        return loaded


@lru_cache(256)
def loaded_once(name: str, text: str, path: str) -> Loaded[Any]:
    """Return what a file says, of the part of a content that stands at `path`.

    A content is read again when a file of it has changed, and most are as they were.
    """
    return _value(YamlFile(name, text), next(part.shape for part in PARTS if part.path == path))


def _value(file: YamlFile, shape: Any) -> Loaded[Any]:
    own = defaults(file.name)
    data = without_former(file.name, file.data)
    return Loaded(file, validate(file, shape, completed(data, own.data) if own else data), own)


def _is_missing(path: Path) -> bool:
    """Tell whether there is no such file. Of one that may not be looked at, it is told when it is read."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _no_main(flows: Path) -> Problem:
    if os.path.isdir(flows):
        return Problem(Place(f'{flows.name}/main.yaml'), 'this file is missing', 'the flow that is walked')
    return Problem(Place(flows.name), 'this folder is missing', 'flows/main.yaml')


def _strays(folder: Path, paths: Iterable[Path]) -> Iterator[Problem]:
    """Report files that look like content but that nothing reads."""
    for path in paths:
        name, parent = path.relative_to(folder).as_posix(), path.parent.relative_to(folder).as_posix()
        if path.suffix != '.yaml':
            yield Problem(Place(name), 'nothing reads this file', f'{path.stem}.yaml')
        elif parent in FORMER_FOLDERS and (folder / (present := f'{FORMER_FOLDERS[parent]}/{path.name}')).exists():
            yield Problem(Place(name), 'nothing reads this file', f'another name: there is {present}')
        elif name not in _FILES and parent not in (*_FOLDERS, *FORMER_FOLDERS):
            message = f'nothing reads this file{nearest(name, _FILES)}'
            yield Problem(Place(name), message, listed(sorted([*_FILES, *_FOLDERS])))
