"""How many lines a text needs on a telephone, by the widths of its characters and without a browser."""

from __future__ import annotations

import re

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
_WIDTH = {ord(letter): width for width, letters in _GROUPS.items() for letter in letters}
_OTHER, _WIDE = 0.55, 1.0
_BOLD = 0.025
_PIECE = re.compile(r'[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+')
_HANGS = '，。、；：？！）」』》”'  # they begin no line


def lines_of(text: str, column: float, *, bold: bool = False) -> int:
    """Return how many lines a text needs in a column that is so many em wide, broken as browsers break it."""
    lines, used = 1, 0.0
    for piece in _PIECE.findall(text.strip()):
        width = width_of(piece, bold=bold)
        if used + width > column and used and not piece.isspace() and piece not in _HANGS:
            lines, used = lines + 1, 0.0
        used += width if used or not piece.isspace() else 0.0
    return lines


def width_of(text: str, *, bold: bool = False) -> float:
    """Return the width of a text in em."""
    return sum(_letter(ord(letter)) + bold * _BOLD for letter in text)


def _letter(code: int) -> float:
    return _WIDTH.get(code, _WIDE if code >= 0x2E80 else _OTHER)
