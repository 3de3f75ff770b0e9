"""The numbers of the paragraphs: the same as long as a paragraph is, whatever is put before it or taken away.

They stand in a file beside the content, number -> what it is the number of. What is new stands behind what it follows, with a
letter: after 4.3 comes 4.3a; at an end, the next number. A number that was given is never given again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import count
from pathlib import Path
from string import ascii_lowercase

from guidance.content.disk import Unreadable
from guidance.content.disk import read_text
from guidance.content.files import replace
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import Outcome
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem

PARAGRAPHS = 'data/paragraphs.json'
"""Where the numbers stand. `book` writes and reads them; a person only keeps the file with the content."""

_GONE = 'gone '
_PART = re.compile(r'([0-9]*)([A-Z]?)([a-z]*)')
_EXPECTED = 'the file as `book` wrote it'

Numbers = Mapping[str, str]
"""Number -> what it is the number of: `flow NAME`, `question ID`, `outcome ID`, `line DIGEST`, `assistance ID`, ..."""


def read_numbers(folder: Path) -> dict[str, str]:
    """Return the numbers that were given in a content folder. Raises ContentError if their file cannot be read."""
    path = folder / PARAGRAPHS
    if not path.exists():
        return {}
    try:
        written = json.loads(read_text(path, PARAGRAPHS))
    except Unreadable as error:
        raise ContentError([error.problem]) from None
    except json.JSONDecodeError as error:
        problem = Problem(Place(PARAGRAPHS, error.lineno, error.colno), f'this is no JSON: {error.msg}', _EXPECTED)
        raise ContentError([problem]) from None
    texts = isinstance(written, dict) and all(isinstance(each, str) for each in written.values())
    if not texts or not all(_is_number(number) for number in written):
        raise ContentError([Problem(Place(PARAGRAPHS), 'this is no file of paragraph numbers', _EXPECTED)])
    return dict(written)


def write_numbers(folder: Path, numbers: Numbers) -> None:
    """Write the numbers, in their order. Raises OSError."""
    ordered = {number: numbers[number] for number in sorted(numbers, key=order)}
    replace(folder / PARAGRAPHS, f'{json.dumps(ordered, indent=0, ensure_ascii=False)}\n'.encode())


def order(number: str) -> tuple[tuple[str, int, int, str], ...]:
    """Return what numbers are put into order by: 4.3, 4.3a, 4.3aa, 4.10; A.1 after all figures."""
    parts = (_PART.fullmatch(part) for part in number.split('.'))
    return tuple((found[2], int(found[1] or 0), len(found[3]), found[3]) for found in parts if found)


def numbered(content: Content, flows: Mapping[str, Sequence[str]], given: Numbers) -> dict[str, str]:
    """Return all numbers: those that were given, and one for each paragraph of the content that has none.

    `flows` are the chapters in order: name of the flow's file -> its questions and outcomes, as `question ID` and `outcome ID`.
    """
    renamed = {f'question {old}': f'question {new}' for old, new in content.renamed.items()}
    found = {number: renamed.get(name, name) for number, name in given.items()}
    found = added(found, '', [f'flow {name}' for name in flows])
    at = {name: number for number, name in found.items()}
    for flow, names in flows.items():
        chapter = f'{at[f"flow {flow}"]}.'  # what came from another chapter keeps the number that it had there
        found = added(found, chapter, [name for name in names if at.get(name, chapter).startswith(chapter)])
    at = {name: number for number, name in found.items()}
    for outcome in content.outcomes:
        lines = [digest for _, digest in lines_of(outcome)]
        found = added(found, f'{at[f"outcome {outcome.id}"]}.', lines, pairing=True)
    for letter, kind, named in (
        ('A', 'assistance', content.assistance),
        ('L', 'limitation', content.limitations),
        ('C', 'contact', content.contacts),
        ('S', 'source', content.sources),
    ):
        found = added(found, f'{letter}.', [f'{kind} {name}' for name in named])
    return found


def lines_of(outcome: Outcome) -> Iterator[tuple[Line, str]]:
    """Yield the lines of an outcome in the order of the book, each with what its number is kept by: its words as written."""
    seen: dict[str, int] = {}
    for line in outcome.lines:
        words = str.__str__(getattr(line.say, 'original', line.say))
        seen[words] = again = seen.get(words, 0) + 1
        yield line, f'line {sha256(f"{words} {again}".encode()).hexdigest()[:12]}'


def added(given: Numbers, before: str, names: Sequence[str], *, pairing: bool = False) -> dict[str, str]:
    """Return the numbers that were given, and one that begins with `before` for each of `names` that has none.

    `pairing`: what stands where something was taken away is the same in other words, and keeps its number. What went keeps
    its own, too, and has it again if it comes back.
    """
    found = dict(given)
    mine = sorted((number for number in found if _is_below(number, before)), key=order)
    if pairing:
        found |= _paired(mine, names, found)
    at = {found[number].removeprefix(_GONE): number for number in mine}
    last = max((_whole(number.removeprefix(before)) for number in mine), default=0)
    behind = f'{before}0'
    for position, name in enumerate(names):
        if name not in at:
            if any(later in at for later in names[position + 1 :]):
                number = next(each for each in _lettered(behind) if each not in found)
            else:
                last += 1
                number = f'{before}{last}'
            found[number] = name
            at[name] = number
        behind = at[name]
    return found


def _paired(numbers: Sequence[str], names: Sequence[str], found: Numbers) -> dict[str, str]:
    """Return what these numbers are of now: the same, in other words, or gone."""
    was = [found[number].removeprefix(_GONE) for number in numbers]
    now = {number: name if name in names else f'{_GONE}{name}' for number, name in zip(numbers, was, strict=True)}
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, was, names, autojunk=False).get_opcodes():
        if kind == 'replace':
            here = [number for number in numbers[i1:i2] if now[number].startswith(_GONE) and not found[number].startswith(_GONE)]
            now |= zip(here, [name for name in names[j1:j2] if name not in was], strict=False)
    return now


def _lettered(number: str) -> Iterator[str]:
    """Yield what may stand behind a number: 4.3a, 4.3b, ..., and behind 4.3z 4.3aa."""
    stem = number.rstrip(ascii_lowercase)
    for size in count(1):
        for at in range(26**size):
            yield stem + ''.join(ascii_lowercase[at // 26**power % 26] for power in reversed(range(size)))


def _is_below(number: str, before: str) -> bool:
    rest = number.removeprefix(before)
    return number.startswith(before) and '.' not in rest and (bool(before) or rest[:1].isdigit())


def _is_number(text: str) -> bool:
    return all(part and _PART.fullmatch(part) for part in text.split('.'))


def _whole(part: str) -> int:
    """Return the figures of a part of a number: 3 of 3a."""
    return int(part.rstrip(ascii_lowercase))
