"""What people meet, as totals of a day: nobody, no address, no time finer than a day, and nothing that ties two numbers together.

`GUIDANCE_COUNT` names the folder in which they are kept; without it nothing is counted. Each process writes files of its own, one
for each day, under a name that tells nothing, so that none waits for another, and none reads what another wrote.
"""

from __future__ import annotations

import atexit
import datetime
import json
import logging
import os
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal
from typing import NamedTuple
from typing import TypeAlias

from guidance.content.files import UNFINISHED
from guidance.content.files import replace

Kind: TypeAlias = Literal['question', 'outcome']

EVENTS: Mapping[Kind, tuple[str, ...]] = {
    'question': ('shown', 'answered', 'unknown', 'back'),
    'outcome': ('reached', 'shared', 'printed', 'kept', 'useful', 'not-useful', 'wrong'),
}
"""What is counted of each kind of thing."""

FEWEST = 10
"""Smaller numbers are not shown, and larger ones change by as many: one person is never seen in them."""

FILE = re.compile(r'counts-(\d{4}-\d\d-\d\d)-[0-9a-f]{8}\.json')
"""The name of a file: its day, and what tells it from those of other processes."""

_PAUSE = 5  # seconds from one writing to the next: what a process that is killed loses at most
_STALE = 3_600  # seconds after which a file that is not whole was left by a process that was killed
_log = logging.getLogger(__name__)
_every: dict[str, Counters] = {}  # by what was asked for: one of each
_one = threading.Lock()


class Event(NamedTuple):
    """Something that happens to a question or an outcome: one of `EVENTS`."""

    kind: Kind
    id: str
    what: str


class _Day:
    """The numbers of one day, in a file whose name tells nothing; `written` is false while the file has not all of them."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(4)
        self.numbers: Counter[Event] = Counter()
        self.written = True


class Counters:
    """The numbers of this process, kept in `folder` if there is one. For any number of threads."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._days: dict[datetime.date, _Day] = {}
        self._all: Counter[Event] = Counter()
        self._lock = threading.Lock()  # of the numbers
        self._writing = threading.Lock()
        self._failing = False
        self._thread: threading.Thread | None = None

    def add(self, events: Iterable[Event], day: datetime.date) -> None:
        """Add one to the number of each event on a day."""
        found = list(events)
        with self._lock:
            self._all.update(found)
            if self._folder and found:
                of_day = self._days.setdefault(day, _Day())
                of_day.numbers.update(found)
                of_day.written = False
                self._begin(self._folder)

    def since_start(self) -> Counter[Event]:
        """Return all numbers since this process began."""
        with self._lock:
            return Counter(self._all)

    def write(self) -> None:
        """Write what is not written yet, each file as a whole. What cannot be written stays, is told once, and is tried again."""
        if self._folder is None:
            return
        with self._writing:
            for day in sorted(self._days):
                try:
                    self._write(self._folder, day)
                except OSError as error:
                    self._days[day].written = False
                    if not self._failing:
                        _log.warning('the counts cannot be written, and are tried again: %s', error)
                    self._failing = True
                else:
                    self._failing = False
            self._forget()

    def _write(self, folder: Path, day: datetime.date) -> None:
        with self._lock:
            of_day = self._days[day]
            if of_day.written:
                return
            raw, of_day.written = _as_json(of_day.numbers), True
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f'counts-{day}-{of_day.name}.json'
        replace(path, raw)
        midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp()
        os.utime(path, (midnight, midnight))  # which would tell when somebody was here last

    def _forget(self) -> None:
        """Drop the days before the last one, once they are written; who is late for one begins another file."""
        with self._lock:
            for day in sorted(self._days)[:-1]:
                if self._days[day].written:
                    del self._days[day]

    def _begin(self, folder: Path) -> None:
        """Write from now on, every few seconds and at the end."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, args=(folder,), name='counts', daemon=True)
            self._thread.start()
            atexit.register(self.write)

    def _run(self, folder: Path) -> None:
        _tidy(folder)
        while True:
            time.sleep(_PAUSE)
            self.write()


def counting() -> bool:
    """Tell whether anything is counted. Nothing is, unless whoever runs the wizard asks for it."""
    return _asked() not in ('', 'off')


def count(events: Iterable[Event], day: datetime.date) -> None:
    """Add one to the number of each event, where it is asked for."""
    if counting():
        _counters(_asked()).add(events, day)


def counted() -> Counter[Event]:
    """Return how often each event was counted since this process began."""
    return _counters(_asked()).since_start()


def begin() -> None:
    """Tell whoever runs the wizard what is wrong with how they asked for counts, if something is."""
    asked = _asked()
    if asked == 'on':
        _log.warning('GUIDANCE_COUNT=on keeps no counts; name a folder for them. The next release takes `on` for the name of one')
    elif counting():
        try:
            Path(asked).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            _log.warning('GUIDANCE_COUNT: there is no such folder, and it cannot be made: %s', error)


def finish() -> None:
    """Write what is counted and not written yet."""
    if counting():
        _counters(_asked()).write()


def _asked() -> str:
    said = os.environ.get('GUIDANCE_COUNT', '').strip()
    return said.lower() if said.lower() in ('on', 'off') else said


def _counters(asked: str) -> Counters:
    with _one:
        return _every.setdefault(asked, Counters(None if asked in ('', 'on', 'off') else Path(asked)))


def _as_json(numbers: Counter[Event]) -> bytes:
    found: dict[str, dict[str, dict[str, int]]] = {}
    for event, number in sorted(numbers.items()):
        found.setdefault(event.kind, {}).setdefault(event.id, {})[event.what] = number
    return json.dumps(found, indent=1).encode()


def counts_in(raw: bytes) -> Counter[Event]:
    """Return the numbers in a file of counts. Raises ValueError if it is none."""
    numbers: Counter[Event] = Counter()
    try:
        for kind, things in json.loads(raw).items():
            for name, whats in things.items():
                for what, number in whats.items():
                    if what not in EVENTS[kind] or type(number) is not int or number < 0:
                        raise ValueError
                    numbers[Event(kind, name, what)] = number
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise ValueError('this is no file of counts') from None
    return numbers


def shown(number: int) -> int:
    """Return a number as it is shown: rounded down, so that small ones are none, and no one person changes one."""
    return number // FEWEST * FEWEST


def _tidy(folder: Path) -> None:
    """Take away what processes left that were killed while they wrote."""
    for path in folder.glob(f'.counts-*{UNFINISHED}'):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _STALE:
                path.unlink()
