"""`watch-sources`: whether the pages that the content rests on still answer and still say the same."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from guidance.commands.ends import ends
from guidance.content.days import today
from guidance.content.files import replace
from guidance.serving.check import checked
from guidance.watch.due import calendar
from guidance.watch.pages import fetch
from guidance.watch.watching import Finding
from guidance.watch.watching import Watched
from guidance.watch.watching import remember
from guidance.watch.watching import remembered
from guidance.watch.watching import watch

_AT_MOST = 5  # sentences named of a finding


@ends(2, undone='No page was looked at.', unwritten='This cannot be written')
def run(folder: Path, *, state: Path, ics: Path | None, seconds: float, day: datetime.date | None) -> int:
    """Look at every page; print a report that can be sent as a letter. Return 0: all the same, 1: look at some, 2: not done.

    `state` remembers the pages from one time to the next; `ics` is where a calendar of due dates is written; `seconds` is what a
    page may take.
    """
    content = checked(folder, day)
    try:
        before = remembered(state)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    on = day or today(content.service)
    found = watch(content, before, partial(fetch, seconds=seconds, languages=tuple(content.service.languages)), on)
    remember(state, found.remembered)
    if ics:
        replace(ics, calendar(content, datetime.datetime.combine(on, datetime.time(), datetime.UTC)))
    print('\n'.join(_letter(content.service.name, on, found)))
    return 1 if found.findings else 0


def _letter(service: str, on: datetime.date, found: Watched) -> Iterator[str]:
    number = len(found.findings)
    yield f'{service}: the pages that it rests on, {on}'
    yield ''
    yield f'{found.same} as before, {found.new} seen for the first time, {number} to look at'
    for each in found.findings:
        yield from _told(each)
    if found.findings:
        yield ''
        yield 'Whoever has read a page again sets `looked-up` of its source to that day; it is then taken as it is.'


def _told(found: Finding) -> Iterator[str]:
    yield ''
    yield f'{found.source}: {found.title}'
    yield f'  {found.address}'
    yield f'  {found.why}'
    yield from (f'  rests on it: {sentence}' for sentence in found.resting[:_AT_MOST])
    if len(found.resting) > _AT_MOST:
        yield f'  and {len(found.resting) - _AT_MOST} more'
