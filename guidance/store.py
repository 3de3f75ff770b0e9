"""The content that is being served: checked before it is, followed when it changes on disk, kept when the change is bad."""

from __future__ import annotations

import logging
import os
import threading
import time
import weakref
from functools import cache
from pathlib import Path

from .check import check
from .load import content_files
from .model import Content
from .problem import ContentError
from .problem import Problem
from .translate import lost

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
        self._watcher: threading.Thread | None = None
        self._state = self._signature()
        report = check(folder)
        if report.content is None:
            raise ContentError(report.errors)
        self._contents = report.contents

    def content(self, lang: str = '') -> Content:
        """Return the content that is served, in a language.

        Without a language, or with one that the content does not have, the language it is written in.
        """
        return self._contents.get(lang) or next(iter(self._contents.values()))

    def watch(self, seconds: float = 1.0) -> None:
        """Follow the disk from now on, with a look at it every so many seconds, beside the work for visitors."""
        if self._watcher is None:
            self._watcher = threading.Thread(target=_watch, args=(weakref.ref(self), seconds), name='content', daemon=True)
            self._watcher.start()

    def follow(self) -> None:
        """Serve what stands on disk now, if it has changed and is good; otherwise tell in the log why it is not served."""
        state = self._signature()
        if state == self._state:
            return
        self._state = state
        report = check(self.folder)
        self.problems = report.errors or lost(self._contents, report.contents)
        if report.content is not None and not self.problems:
            self._contents = report.contents
            _log.info('content %s is served', report.content.version)
        else:
            told = '\n'.join(map(str, self.problems))
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
                found.append((str(path), stat.st_ctime_ns, stat.st_size))
        return tuple(found)


def _watch(watched: weakref.ref[Store], seconds: float) -> None:
    """Look at the disk again and again, as long as somebody has the store."""
    while True:
        time.sleep(seconds)
        store = watched()
        if store is None:
            return
        try:
            store.follow()
        except Exception:
            _log.exception('the content on disk could not be looked at')
        del store
