"""A mistake in the content, told to its author: what is wrong, where, what was expected, the nearest right name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_WIDTH = 150  # characters of a line that are quoted
_AROUND = 60  # of them before the caret, where the line is longer


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: file relative to the content folder; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1
    quoted: str = ''

    def __str__(self) -> str:
        return f'{self.file}:{self.line}:{self.column}'


@dataclass(frozen=True)
class Problem:
    """One mistake. An error stops content from being served; a warning does not."""

    place: Place
    message: str
    expected: str = ''
    severity: Literal['error', 'warning'] = 'error'

    def __str__(self) -> str:
        """The problem as `FILE:LINE:COLUMN: message`, the quoted line with a caret, and what was expected."""
        kind = 'warning: ' if self.severity == 'warning' else ''
        lines = [f'{self.place}: {kind}{self.message}', *_pointed(self.place)]
        if self.expected:
            lines.append(f'  expected: {self.expected}')
        return '\n'.join(lines)


def _pointed(place: Place) -> list[str]:
    """Return the quoted line and a caret under its column; of a long line, the part around the column."""
    if not place.quoted.strip():
        return []
    indent = len(place.quoted) - len(place.quoted.lstrip())
    cut = place.column - _AROUND if place.column > indent + _WIDTH else indent
    line = place.quoted[cut : cut + _WIDTH].rstrip()
    return ['    ' + line, '    ' + ' ' * max(0, place.column - 1 - cut) + '^']


class ContentError(Exception):
    """The content cannot be served; `problems` holds every reason found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__('\n'.join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems in order of place, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place.file, p.place.line, p.place.column, p.message)))


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is closest to `name`, if one is close."""
    matches = difflib.get_close_matches(name.lower(), list(known), n=3, cutoff=0.6)
    matches.sort(key=lambda match: sorted(match) != sorted(name.lower()))  # letters in the wrong order before other letters
    return matches[0] if matches else None


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ` (did you mean `x`?)` for the known name that is closest to `name`, or nothing."""
    match = closest(name, known)
    return f' (did you mean `{match}`?)' if match else ''


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return names in backquotes, at most `most` of them."""
    names = list(names)
    shown = ', '.join(f'`{name}`' for name in names[:most])
    return shown + (f' and {len(names) - most} more' if len(names) > most else '')
