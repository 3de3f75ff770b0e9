"""The two editions that are compared: content folders, or revisions of the repository that holds the content."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import ExitStack
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from guidance.content.model import Content
from guidance.content.problem import ContentError
from guidance.content.problem import Problem
from guidance.content.published import served
from guidance.serving.check import check

_PARTS = ('flows', 'data')


class NoEdition(Exception):
    """There is no such edition; the message says why, in a sentence."""


@dataclass(frozen=True)
class ComparedEdition:
    """An edition: what it was called, its content in each language as of the day of the comparison, what is wrong with it."""

    name: str
    contents: Mapping[str, Content]
    errors: Sequence[Problem] = ()

    @property
    def content(self) -> Content:
        """The content in the language it is written in. Only of an edition that can be served."""
        return next(iter(self.contents.values()))


@contextmanager
def folders(names: tuple[str, str], near: Path) -> Iterator[tuple[Path, Path]]:
    """Give the folders of two editions: each as it is named, else the content folder `near` in that revision of its repository.

    Raises NoEdition if there is no such folder and no such revision.
    """
    with ExitStack() as stack:
        one, other = (_folder(name, near, stack) for name in names)
        yield one, other


def checked_edition(name: str, folder: Path, today: datetime.date | None) -> ComparedEdition:
    """Return an edition as of `today`; it cannot be served where it has errors."""
    report = check(folder, today)
    return ComparedEdition(name, report.contents, report.errors)


def _folder(name: str, near: Path, stack: ExitStack) -> Path:
    path = Path(name)
    if path.is_dir():
        path = _served(path)
        if not any((path / part).is_dir() for part in _PARTS):
            raise NoEdition(f'{name} has no content: a content has flows/ and data/')
        return path
    target = Path(stack.enter_context(TemporaryDirectory(prefix='guidance-')))
    revision, colon, inside = name.partition(':')
    repository = _Repository(near, name)
    packed = repository.packed(revision, inside.strip('/') if colon else repository.inside())
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(target, filter='data')
    return target


def _served(folder: Path) -> Path:
    """Return of a published folder the edition that is served, any other folder as it is."""
    try:
        return served(folder).folder
    except ContentError as error:
        raise NoEdition(str(error)) from None


class _Repository:
    """The repository that holds the folder `near`, asked for the edition that is called `name`."""

    def __init__(self, near: Path, name: str) -> None:
        self._near = near
        self._name = name

    def inside(self) -> str:
        """Return where the folder stands in the repository."""
        return self._git('rev-parse', '--show-prefix').strip().rstrip('/')

    def packed(self, revision: str, inside: str) -> bytes:
        """Return `flows` and `data` of a folder in a revision, as an archive."""
        if not revision or revision.startswith('-'):
            raise NoEdition(f'{self._name} is neither a folder nor a revision')
        commit = self._git('rev-parse', '--verify', '--quiet', '--end-of-options', f'{revision}^{{commit}}').strip()
        tree = f'{commit}:{inside}'
        there = self._git('ls-tree', '--full-tree', '--name-only', tree, why=f'{revision} has no folder {inside}').split('\n')
        parts = [part for part in _PARTS if part in there]
        if not parts:
            where = inside or 'its top folder'
            raise NoEdition(f'{self._name} has no content: there is neither flows/ nor data/ in {where}')
        top = Path(self._git('rev-parse', '--show-toplevel').strip())
        return self._run(top, 'archive', '--format=tar', tree, *parts)

    def _git(self, *arguments: str, why: str = '') -> str:
        return self._run(self._near, *arguments, why=why).decode(errors='surrogateescape')

    def _run(self, folder: Path, *arguments: str, why: str = '') -> bytes:
        program = shutil.which('git')
        if program is None:
            raise NoEdition(f'{self._name} is no folder, and git, which knows revisions, is not installed')
        done = subprocess.run([program, '-C', str(folder), *arguments], capture_output=True)
        if done.returncode:
            raise NoEdition(why or f'{self._name} is neither a folder nor a revision of the repository of {self._near}')
        return done.stdout
