"""How many lines a text needs on a telephone, by the widths of its characters and without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from guidance.languages.language import BEGIN_NO_LINE
from guidance.languages.language import width as letters

# Widths in em, of Roboto, which Android draws; other fonts of telephones are near. Bold is a fortieth of an em wider.
_GROUPS = {
    0.2: "',;",
    0.25: ' !.:I[]ijl|',
    0.3: '"-`',
    0.35: '()/frt{}',
    0.4: '\\^*',
    0.5: '<>?_cksvxyz',
    0.6: '#&BRSTYZ',
    0.65: 'ACDKPUVX',
    0.7: 'GHNOQ~',
    0.75: '%w',
    0.87: 'MWm@',
}
_WIDTH = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_OTHER, _WIDE = 0.55, 1.0
_BOLD = 0.025


def lines_of(text: str, column: float, *, bold: bool = False) -> int:
    """Return how many lines a text needs in a column that is so many em wide, broken as browsers break it."""
    lines, used = 1, 0.0
    for piece in _pieces(text.strip()):
        width = width_of(piece, bold=bold)
        if used + width > column and used and not piece.isspace() and piece not in BEGIN_NO_LINE:
            lines, used = lines + 1, 0.0
        used += width if used or not piece.isspace() else 0.0
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts between which a line may be broken: each wide letter, each word, and the spaces between words."""
    for (wide, _), group in groupby(text, lambda letter: (_is_wide(letter), letter.isspace())):
        part = ''.join(group)
        yield from part if wide else (part,)


def width_of(text: str, *, bold: bool = False) -> float:
    """Return the width of a text in em."""
    return sum(_letter(letter) + bold * _BOLD for letter in text)


def _letter(letter: str) -> float:
    return _WIDTH.get(letter, _WIDE if _is_wide(letter) else _OTHER)


def _is_wide(letter: str) -> bool:
    return letters(letter) == 2
