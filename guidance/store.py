"""The content that is being served: checked before it is, followed when it changes on disk, kept when the change is bad."""

from __future__ import annotations

import logging
import os
import threading
import time
from functools import cache
from pathlib import Path

from .check import check
from .load import content_files
from .model import Content
from .problem import ContentError
from .problem import Problem

_LOOK_EVERY = 1.0  # seconds between two looks at the disk
_log = logging.getLogger(__name__)


def content_folder() -> Path:
    """Return the content folder: `GUIDANCE_CONTENT`, else the one that stands beside this package."""
    return Path(os.environ.get('GUIDANCE_CONTENT') or Path(__file__).parent.parent)


def store() -> Store:
    """Return the one store of the content folder. Raises ContentError if the content cannot be served."""
    return _store(content_folder())


@cache
def _store(folder: Path) -> Store:
    return Store(folder)


class Store:
    """Serves the last good content of a folder; `problems` are those of a newer, refused state."""

    def __init__(self, folder: Path) -> None:
        """Check the content of `folder`. Raises ContentError if it cannot be served."""
        self.folder = folder
        self.problems: tuple[Problem, ...] = ()
        self._lock = threading.Lock()
        self._state = self._signature()
        self._looked = time.monotonic()
        report = check(folder)
        if report.content is None:
            raise ContentError(report.errors)
        self._contents = report.contents

    def content(self, lang: str = '') -> Content:
        """Return the content in a language, as it stands on disk now, or as it last was when good.

        Without a language, or with one that the content does not have, the language it is written in.
        """
        if time.monotonic() - self._looked > _LOOK_EVERY and self._lock.acquire(blocking=False):
            try:
                self._follow()
            finally:
                self._lock.release()
        return self._contents.get(lang) or next(iter(self._contents.values()))

    def _follow(self) -> None:
        self._looked = time.monotonic()
        state = self._signature()
        if state == self._state:
            return
        self._state = state
        report = check(self.folder)
        self.problems = report.errors
        if report.content is not None:
            self._contents = report.contents
            _log.info('content %s is served', report.content.version)
        else:
            told = '\n'.join(map(str, report.errors))
            version = next(iter(self._contents.values())).version
            _log.error('changed content is refused; version %s goes on:\n%s', version, told)

    def _signature(self) -> tuple[tuple[str, int, int], ...]:
        found = []
        for path in content_files(self.folder):
            try:
                stat = path.stat()
            except OSError:
                found.append((str(path), 0, 0))
            else:
                found.append((str(path), stat.st_mtime_ns, stat.st_size))
        return tuple(found)
