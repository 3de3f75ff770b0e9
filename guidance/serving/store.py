"""The content that is being served: checked before it is, followed when it changes on disk, kept when the change is bad."""

from __future__ import annotations

import datetime
import gc
import logging
import os
import threading
import time
import weakref
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from pathlib import Path

from guidance.content.days import as_of
from guidance.content.days import today
from guidance.content.disk import Signature
from guidance.content.model import Content
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import counted
from guidance.content.problem import in_order
from guidance.content.problem import listing
from guidance.content.published import Log
from guidance.content.published import Served
from guidance.content.published import not_whole
from guidance.content.published import served
from guidance.content.published import signature_of
from guidance.languages.translate import lost
from guidance.serving.check import check
from guidance.serving.last_good import copy_of
from guidance.serving.last_good import save
from guidance.serving.last_good import unpacked

Contents = Mapping[str, Content]
"""A content in each of its languages; the first is the one that it is written in."""

_ATTEMPTS = 10  # to read the content at the start while its files change
_PAUSE = 0.2  # seconds between them
_LONGEST_REST = 60  # looks between two attempts to read what cannot be read
_log = logging.getLogger(__name__)

_answering: ContextVar[Store | None] = ContextVar('answering', default=None)
trials: set[Callable[[Contents], Iterable[Problem]]] = set()
"""What content must stand before it is served, beside the check. The screens add theirs: they draw some pages of it."""


def _lost_cases(before: Contents, after: Contents) -> Iterator[Problem]:
    """A folder that is not there at the moment looks like one without cases."""
    if _source(before).cases and not _source(after).cases:
        yield Problem(Place('data/cases'), 'all cases for training are gone', 'a case; none is served after a new start')


comparisons: tuple[Callable[[Contents, Contents], Iterable[Problem]], ...] = (_lost_cases, lost)
"""What content must stand beside the one that is served. Where the loss is meant, a new start serves it.

What was published is whole, and its loss was meant: it stands no comparison.
"""


def content_folder() -> Path:
    """Return the content folder: `GUIDANCE_CONTENT`, else the one that stands beside this package, else where one works."""
    name = os.environ.get('GUIDANCE_CONTENT')
    return Path(name) if name else _beside() or Path.cwd()


@cache
def _beside() -> Path | None:
    beside = Path(__file__).parents[2]
    return beside if (beside / 'flows').is_dir() else None


def state_folder() -> Path | None:
    """Return the folder in which the last good content is kept: `GUIDANCE_STATE`, else none."""
    name = os.environ.get('GUIDANCE_STATE')
    return Path(name) if name else None


def store() -> Store:
    """Return the one store of the content folder; within `answering_from`, the one that it was given.

    Raises ContentError if there is nothing that can be served.
    """
    return _answering.get() or _store(content_folder(), state_folder())


@contextmanager
def answering_from(other: Store) -> Iterator[None]:
    """Let this request, and nothing else, be answered from another store than that of the content folder."""
    before = _answering.set(other)
    try:
        yield
    finally:
        _answering.reset(before)


def is_preview() -> bool:
    """Tell whether this request is answered from another store than that of the content folder."""
    return _answering.get() is not None


@cache
def _store(folder: Path, kept_in: Path | None) -> Store:
    return Store(folder, kept_in)


class Store:
    """Serves the last good content of a folder; `problems` are those of a newer, refused state.

    `from_copy`: what is served comes from the copy in the state folder, since at the start nothing else passed.
    """

    def __init__(self, folder: Path, kept_in: Path | None = None) -> None:
        """Check the content of `folder`, or else the copy in `kept_in`. Raises ContentError if neither can be served."""
        self.folder = folder
        self.problems: tuple[Problem, ...] = ()
        self.from_copy = False
        self._copy = copy_of(folder, kept_in) if kept_in else None
        self._contents: Contents = {}
        self._day: datetime.date | None = None  # as of which they are; None: as of that of their check
        self._turning = threading.Lock()
        self._watcher: threading.Thread | None = None
        self._state: Signature = ()  # of the files when they were read
        self._looked: Signature = ()  # at the last look
        self._rest = self._rests = 0  # looks to wait before what could not be read is tried again; how often it was
        self._open()

    def content(self, lang: str = '') -> Content:
        """Return the content that is served, in a language.

        Without a language, or with one that the content does not have, the language it is written in.
        """
        contents = self._of_today()
        return contents.get(lang) or _source(contents)

    def _of_today(self) -> Contents:
        """Return the contents as of today: at midnight they are others, if their days make them so."""
        day = today(_source(self._contents).service)
        if day != self._day:
            with self._turning:
                self._contents, self._day = {lang: as_of(each, day) for lang, each in self._contents.items()}, day
        return self._contents

    def told(self) -> list[str]:
        """Return what there is to tell whoever runs the wizard: one paragraph, and one for each problem; none if all is well."""
        if not self.problems:
            return []
        served = 'the kept copy of the last good content is served' if self.from_copy else 'the content before it is served'
        number = counted(self.problems)
        return [f'The content on disk is refused, and {served}; problems: {number:,}', *listing(self.problems)]

    def watch(self, seconds: float = 0.5) -> None:
        """Follow the disk from now on, with a look at it every so many seconds, beside the work for visitors.

        A change is served after two looks that saw the same, and a check during which nothing changed.
        """
        if self._watcher is None:
            self._watcher = threading.Thread(target=_watch, args=(weakref.ref(self), seconds), name='content', daemon=True)
            self._watcher.start()

    def follow(self) -> None:
        """Look at the disk: serve what stands there if it has changed, stands still and is good; else tell why it is not served.

        Never raises: what could not be looked at is a problem like others, and is tried again.
        """
        try:
            self._look()
        except Exception as error:
            self._refuse((self._failed(error),))

    def read(self) -> tuple[Signature, int]:
        """Return what has changed when content was read, or has become that of another day."""
        return self._state, self.content().turned

    def _look(self) -> None:
        state = self._signature()
        if state != self._looked:  # it changes just now: half a checkout, or half a file, may be as valid as the whole
            self._looked, self._rest, self._rests = state, 0, 0
            return
        if state == self._state and not self._try_again():
            return
        contents, problems = self._on_disk()
        if self._signature() != state:
            return  # what was read may be a mixture
        self._state = state
        if contents:
            self._serve(contents)
        else:
            self._refuse(problems)

    def _try_again(self) -> bool:
        """Tell whether it is time to read again what could not be read: at once, then after longer and longer rests."""
        if not any(problem.passing for problem in self.problems):
            return False
        self._rest -= 1
        if self._rest > 0:
            return False
        self._rests += 1
        self._rest = min(2**self._rests, _LONGEST_REST)
        return True

    def _open(self) -> None:
        for _ in range(_ATTEMPTS):
            self._state = self._looked = self._signature()
            contents, problems = self._on_disk()
            if self._signature() == self._state:
                break
            time.sleep(_PAUSE)
        else:
            what = 'the files change all the time'
            contents, problems = {}, (Problem(Place(str(self.folder)), what, 'files that stand still', passing=True),)
        if contents:
            self._serve(contents)
            return
        self._contents, problems_of_copy = self._last_good()
        if not self._contents:
            raise ContentError([*problems, *problems_of_copy])
        self.from_copy = True
        self._refuse(problems)

    def _last_good(self) -> tuple[Contents, tuple[Problem, ...]]:
        if self._copy is None or not self._copy.exists():
            return {}, ()
        try:
            with unpacked(self._copy) as folder:
                contents, problems = self._examined(Served(folder, ()))
        except ContentError as error:
            return {}, error.problems
        if contents:
            return contents, ()
        what = f'the kept copy of the last good content does not pass either: {problems[0].place}: {problems[0].message}'
        return {}, (Problem(Place(str(self._copy)), what, 'a copy made by this version of the program'),)

    def _on_disk(self) -> tuple[Contents, tuple[Problem, ...]]:
        """Return what stands on the disk if it may be served, or nothing and why not."""
        try:
            found = served(self.folder)
            partial = not_whole(found)
        except ContentError as error:
            return {}, error.problems
        return ({}, (partial,)) if partial else self._examined(found)

    def _examined(self, found: Served) -> tuple[Contents, tuple[Problem, ...]]:
        """Return the content of a folder if it may be served, or nothing and why not."""
        try:
            report = check(found.folder)
            problems = list(report.errors)
            contents = {lang: _published(content, found.log) for lang, content in report.contents.items()}
            for trial in trials if not problems else ():
                problems += trial(contents)
            for comparison in comparisons if self._contents and not found.log and not problems else ():
                problems += comparison(self._contents, contents)
        except Exception as error:
            problems = [self._failed(error)]
        return ({}, in_order(problems)) if problems else (contents, ())

    def _failed(self, error: Exception) -> Problem:
        message = f'the content could not be looked at: {type(error).__name__}: {error}'
        problem = Problem(Place(str(self.folder)), message, 'see the log of the program', passing=True)
        if problem not in self.problems:
            _log.exception('the content on disk could not be looked at')
        return problem

    def _serve(self, contents: Contents) -> None:
        with self._turning:
            self._contents, self._day = contents, None
        self.problems, self.from_copy = (), False
        version = self.content().version
        _log.info('content %s is served', version)
        if self._copy:
            try:
                save(served(self.folder).folder, self._copy, version)
            except (OSError, ValueError, ContentError) as error:
                _log.error('no copy of content %s could be kept in %s: %s', version, self._copy.parent, error)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        before, self.problems = self.problems, problems
        if problems != before:
            served = 'the kept copy of the last good one' if self.from_copy else f'version {self.content().version}'
            _log.error('the content on disk is refused; %s goes on:\n%s', served, '\n'.join(listing(problems)))

    def _signature(self) -> Signature:
        return signature_of(self.folder)


def _published(content: Content, log: Log) -> Content:
    whole = replace(content.whole, published=log) if content.whole else None
    return replace(content, published=log, whole=whole) if log else content


def _source(contents: Contents) -> Content:
    return next(iter(contents.values()))


def _watch(watched: weakref.ref[Store], seconds: float) -> None:
    """Look at the disk again and again, as long as somebody has the store."""
    settled: tuple[Signature, int] | None = None
    while True:
        time.sleep(seconds)
        store = watched()
        if store is None:
            return
        store.follow()
        now = store.read()
        if now != settled:
            settled = now
            _settle()
        del store


def _settle() -> None:
    """Let no search for garbage go through what there is now, most of which is content: each took 0.1 s, in which all waited.

    What of it is given up later, such as the content before, is found when the next one is served.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
