"""A mistake in the content, told to its author: what is wrong, where, what was expected, the nearest right name."""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from typing import NamedTuple

from guidance.content.lookalike import in_text
from guidance.content.lookalike import meant
from guidance.content.lookalike import named

MOST = 100
"""Problems that one report lists, and that are looked for in one file. Nobody mends more at a time."""

_WIDTH = 150  # characters of a line that are quoted
_AROUND = 60  # of them before the caret, where the line is longer
_LONGEST_NAME = 100  # characters of a name for which a close one is looked for
_COMPARED = 30  # names that are compared letter by letter
_CONTAINED = 3  # letters of a name that is looked for within others
_LONGEST = 1_000  # characters of a message: it may quote what somebody wrote, and that may be a whole file


class Place(NamedTuple):
    """Where something stands: file relative to the content folder; line and column count from 1.

    `quoted` is the part of the line around the column, without the `cut` characters before it; `quoting` makes it.
    """

    file: str
    line: int = 1
    column: int = 1
    quoted: str = ''
    cut: int = 0

    @classmethod
    def quoting(cls, file: str, line: int, column: int, text: str) -> Place:
        """Return the place with what is to be quoted of its line: only a part, since a line may be as long as a file."""
        indent = len(text) - len(text.lstrip())
        cut = column - _AROUND if column > indent + _WIDTH else min(indent, column - 1)
        part = text[cut : cut + _WIDTH].rstrip()
        if not part.isprintable():
            part = ''.join(c if c.isprintable() else ' ' for c in part)
        return cls(file, line, column, part, cut)

    def __str__(self) -> str:
        return f'{self.file}:{self.line}:{self.column}'


@dataclass(frozen=True)
class Problem:
    """One mistake. An error stops content from being served; a warning does not.

    `passing`: it may be gone at the next look though no file changed. `number`: how many mistakes this one stands for.
    """

    place: Place
    message: str
    expected: str = ''
    severity: Literal['error', 'warning'] = 'error'
    passing: bool = False
    number: int = 1

    def __post_init__(self) -> None:
        for name in ('message', 'expected'):
            text = getattr(self, name)
            if len(text) > _LONGEST:
                object.__setattr__(self, name, f'{text[:_LONGEST]}...')

    def __str__(self) -> str:
        """The problem as `FILE:LINE:COLUMN: message`, the quoted line with a caret, and what was expected."""
        kind = 'warning: ' if self.severity == 'warning' else ''
        lines = [f'{self.place}: {kind}{self.message}', *_pointed(self.place)]
        if self.expected:
            lines.append(f'  expected: {self.expected}')
        return '\n'.join(lines)


def _pointed(place: Place) -> list[str]:
    """Return what is quoted of the line, and a caret under the column."""
    if not place.quoted.strip():
        return []
    return ['    ' + place.quoted, '    ' + ' ' * (place.column - 1 - place.cut) + '^']


class ContentError(Exception):
    """The content cannot be served; `problems` holds every reason found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__('\n'.join(listing(self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems in order of place, each once; what tells how many more there are stands last at its place."""

    def order(problem: Problem) -> tuple[str, int, int, bool, str]:
        place, message = problem.place, problem.message
        return place.file, place.line, place.column, message.startswith('and '), message

    return tuple(sorted(dict.fromkeys(problems), key=order))


def counted(problems: Iterable[Problem]) -> int:
    """Return how many mistakes these are, with those that were found and not looked at one by one."""
    return sum(problem.number for problem in problems)


def listing(problems: Sequence[Problem]) -> list[str]:
    """Return the first problems as text, at most MOST of them, and how many more there are."""
    rest = counted(problems[MOST:])
    return [str(problem) for problem in problems[:MOST]] + ([f'and {rest:,} more'] if rest else [])


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is closest to `name`, if one is close.

    A name of which the other is a large part comes first, one of which it is a small part last.
    """
    name, among = name.lower(), list(known)
    if len(name) > _LONGEST_NAME:
        return None
    if len(among) > _COMPARED:  # to compare a name with each of thousands takes seconds, and there may be as many wrong ones
        wanted = _pairs(name)
        among = heapq.nlargest(_COMPARED, among, key=lambda other: len(wanted & _pairs(other)))
    parts = [other for other in among if min(len(name), len(other)) >= _CONTAINED and (name in other or other in name)]
    parts.sort(key=lambda other: abs(len(other) - len(name)))
    if parts and 2 * min(len(name), len(parts[0])) >= max(len(name), len(parts[0])):
        return parts[0]
    matches = difflib.get_close_matches(name, among, n=3, cutoff=0.6)
    matches.sort(key=lambda match: sorted(match) != sorted(name))  # letters in the wrong order before other letters
    return next(iter([*matches, *parts]), None)


@lru_cache(maxsize=32_768)
def _pairs(name: str) -> frozenset[str]:
    """Return the neighbouring letters of a name; two names that are close share most of them."""
    return frozenset(map(str.__add__, name, name[1:]))


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ` (did you mean `x`?)` for the known name that is closest to `name`, or nothing."""
    known, odd = list(known), named(name[:_LONGEST_NAME])
    wanted = meant(name) if odd else name
    if odd and wanted in known:
        return f' (did you mean `{wanted}`? There is {odd} in it)'
    if match := closest(wanted, known):
        return f' (did you mean `{match}`?)'
    slip = in_text(name)
    return f' ({slip[1]})' if slip else ''


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return names in backquotes, at most `most` of them."""
    names = list(names)
    shown = ', '.join(f'`{name}`' for name in names[:most])
    return shown + (f' and {len(names) - most} more' if len(names) > most else '')
