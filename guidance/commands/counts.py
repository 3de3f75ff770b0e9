"""`counts`: what people met, summed over all days and replicas whose files stand in some folders."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

from guidance.serving.counters import EVENTS
from guidance.serving.counters import FEWEST
from guidance.serving.counters import FILE
from guidance.serving.counters import Event
from guidance.serving.counters import counts_in
from guidance.serving.counters import shown

_LEFT = 'left'
_MOST = 1_000_000  # bytes of a file that is read; one of a large content has some thousand


def run(folders: Iterable[Path], *, since: datetime.date | None) -> int:
    """Print the sums from a day on. Return the exit code: 0, 1 if some file cannot be read, 2 if there is nothing to be read."""
    every = list(folders)
    missing = [folder for folder in every if not folder.is_dir()]
    if missing:
        print('\n'.join(f'There is no folder {folder}' for folder in missing), file=sys.stderr)
        return 2
    files = sorted((day, path) for folder in every for day, path in _files(folder) if since is None or day >= since)
    if not files:
        print(f'There are no counts{f" since {since}" if since else ""} in {", ".join(map(str, every))}', file=sys.stderr)
        return 2
    numbers, bad = Counter[Event](), 0
    for _, path in files:
        try:
            numbers += _read(path)
        except (OSError, ValueError) as error:
            print(f'{path} is left out: {error}', file=sys.stderr)
            bad += 1
    print(f'{files[0][0]} to {files[-1][0]}, rounded down to tens')
    for kind in sorted({event.kind for event in numbers}, reverse=True):  # questions first
        print('', *_table(kind, numbers), sep='\n')
    print(f'\n{_LEFT}: shown, and neither answered nor gone back from; about, since a page that is loaded anew is shown again')
    return 1 if bad else 0


def _files(folder: Path) -> Iterator[tuple[datetime.date, Path]]:
    """Yield the files of counts in a folder, each with its day."""
    for path in folder.iterdir():
        if (found := FILE.fullmatch(path.name)) and path.is_file():
            try:
                yield datetime.date.fromisoformat(found[1]), path
            except ValueError:  # no day of the calendar
                continue


def _read(path: Path) -> Counter[Event]:
    if path.stat().st_size > _MOST:
        raise ValueError('it is too large for a file of counts')
    return counts_in(path.read_bytes())


def _table(kind: str, numbers: Counter[Event]) -> Iterator[str]:
    """Yield the lines of one table: a thing in each, those that most happened to first."""
    things: dict[str, dict[str, int]] = {}
    for event, number in numbers.items():
        if event.kind == kind:
            things.setdefault(event.id, {})[event.what] = number
    whats = next(events for name, events in EVENTS.items() if name == kind)
    if kind == 'question':
        whats += (_LEFT,)
        for found in things.values():
            found[_LEFT] = max(0, found.get('shown', 0) - found.get('answered', 0) - found.get('back', 0))
    rows = [[name, *(_told(things[name].get(what, 0)) for what in whats)] for name in _by_number(things)]
    widths = [max(map(len, column)) for column in zip([kind, *whats], *rows, strict=True)]
    for first, *rest in ([kind, *whats], *rows):
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        yield '  '.join([first.ljust(widths[0]), *cells])


def _by_number(things: dict[str, dict[str, int]]) -> list[str]:
    """Return the things by their largest number as it is shown, then by name: the order tells no more than the numbers."""
    return sorted(things, key=lambda name: (-shown(max(things[name].values())), name))


def _told(number: int) -> str:
    return str(shown(number)) if number >= FEWEST or number == 0 else f'<{FEWEST}'
