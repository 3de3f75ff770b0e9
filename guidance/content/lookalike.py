"""Characters that look like those of YAML, or like nothing, and other slips of the hand: what was typed, and what was meant.

Who types Chinese has full-width signs and spaces under the same keys; who copies from a page or a chat copies unseen characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import islice
from itertools import takewhile
from typing import NamedTuple

_UNSEEN = '\u00a0\u00ad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\u3164\ufeff\uffa0'
_HIDDEN_RUN = re.compile(f'[{_UNSEEN}]+')
_MOST = 1_000  # slips that are looked for in one file
_MOST_NAMED = 5  # odd characters that one message names
_SPACES = re.compile('[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0]')
_HIDDEN = re.compile(f'[{_UNSEEN}]')
_COLONS = '：﹕︰∶꞉ː'
_SIGNS = str.maketrans(
    '‐‑‒–—―−﹣－﹘' + '“”„‟″「」『』' + '‘’‚‛′' + '，、﹐' + _COLONS, '-' * 10 + '"' * 9 + "'" * 5 + ',' * 3 + ':' * 6
)
_KEY = '[A-Za-z_][A-Za-z0-9_.-]*'
_ENTRY = rf'\s*(?:- +)*["\']?{_KEY}["\']?'  # the key that begins a line
_MERGE = re.compile(r'(<{7}|={7}|>{7}|\|{7})(?=\s|$)')
_INDENT = re.compile(rf'[ \t]*(?:- +)*([{_UNSEEN}])')
_WIDE_COLON = re.compile(rf'{_ENTRY}[ {_UNSEEN}]*([{_COLONS}])')
_TIGHT_COLON = re.compile(rf'(?:{_ENTRY}|.*?[{{,] *{_KEY})(:)(?=[^ \t/:])')
_WIDE_BRACKET = re.compile(r'.*?(?::|-|\{|\[|,) +([｛［【〔])')
_WIDE_QUOTE = re.compile(r'.*?(?::|-|\{|\[|,) +([“”„‟「『‘’＂＇])')
_WIDE_COMMA = re.compile(rf'.*([，、﹐；])\s*{_KEY}\s*$')
_COMMENT = re.compile(r'.*? (#)')

_SPACE_AFTER = 'a colon and a space, `: `'
_IN_TEXT = (
    (_WIDE_COLON, '{} is no colon of YAML', _SPACE_AFTER),
    (_TIGHT_COLON, 'a space is missing after this colon', _SPACE_AFTER),
    (re.compile('([｛［【〔])'), '{} is no bracket of YAML', 'one of `{`, `}`, `[`, `]`'),
    (re.compile('([‐‑‒–—―−﹣－﹘•·])'), '{} begins no item of a list', 'a hyphen and a space, `- `'),
    (re.compile(r'(-)(?=[^\s-])'), 'a space is missing after this hyphen', 'a hyphen and a space, `- `'),
)


class Slip(NamedTuple):
    """What was typed at a line and column, both from 0, and what was meant."""

    line: int
    column: int
    message: str
    expected: str


def unseen(text: str) -> re.Match[str] | None:
    """Return the first character of a text that nobody sees, or that looks like an ordinary space and is none."""
    return _HIDDEN.search(text)


def edge(text: str) -> tuple[bool, str]:
    """Return the unseen characters that a text begins or ends with, and whether it begins with them."""
    if begin := _HIDDEN_RUN.match(text):
        return True, begin[0]
    return False, ''.join(takewhile(_HIDDEN.match, reversed(text)))


def meant(name: str) -> str:
    """Return a name as it would have been typed with the characters that it seems to have."""
    seen = _HIDDEN.sub('', _SPACES.sub(' ', name))
    return unicodedata.normalize('NFKC', seen.translate(_SIGNS)).strip()


def named(text: str) -> str:
    """Return the names of the characters that are not what they seem, such as `U+200B ZERO WIDTH SPACE`; of none, nothing."""
    if text.isascii():
        return ''
    odd = _odd(text)
    rest = f' and {len(odd) - _MOST_NAMED} more' if len(odd) > _MOST_NAMED else ''
    return ', '.join(f'U+{ord(c):04X} {unicodedata.name(c, "")}'.strip() for c in odd[:_MOST_NAMED]) + rest


def first_odd(text: str) -> int:
    """Return where the first character stands that is not what it seems; 0 if there is none."""
    odd = _odd(text)
    return next((place for place, c in enumerate(text) if c in odd), 0)


def _odd(text: str) -> list[str]:
    return [c for c in dict.fromkeys(text) if not c.isascii() and (_HIDDEN.match(c) or meant(c) != c)]


def slips(lines: Sequence[str], first: int, last: int, column: int, flow: bool) -> list[Slip]:
    """Return what was mistyped in a file that is not YAML, if that can be why; `last` and `column` are where YAML noticed it.

    It began at the line `first`; `flow`: within brackets. What is certain is told for the whole file; what is only likely, once.
    """
    certain = list(islice(_certain(lines), _MOST))
    if any(first <= slip.line <= last for slip in certain):
        return certain
    return sorted(_likely(lines[: last + 1], first, column, flow))[:1]


def merges(lines: Sequence[str]) -> list[Slip]:
    """Return the marks that a merge of two versions has left."""
    return list(islice(_merges(lines), _MOST))


def _merges(lines: Sequence[str]) -> Iterator[Slip]:
    for number, line in enumerate(lines):
        if line[:1] in ('<', '=', '>', '|') and (match := _MERGE.match(line)):
            message = f'`{match[1]}` was left here by a merge of two versions'
            yield Slip(number, 0, message, 'one of the two versions, without the lines of `<`, `=` and `>`')


def in_text(text: str) -> tuple[int, str, str] | None:
    """Return why a text may stand where a map or a list was meant: place in the text, message, what is expected."""
    for pattern, message, expected in _IN_TEXT:
        if match := pattern.match(text):
            return match.start(1), message.format(f'`{match[1]}` ({named(match[1])})'), expected
    return None


def is_cut(text: str, line: str, end: int) -> bool:
    """Tell whether the rest of the line, from `end` on, is a comment that may have been meant as part of the text before it.

    Two spaces before a comment tell that it is one; so does a single word before it, as an id is, with `# ` behind.
    """
    return line.startswith(' #', end) and bool(' ' in text or line[end + 2 : end + 3].strip())


def _certain(lines: Sequence[str]) -> Iterator[Slip]:
    yield from _merges(lines)
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        if match := _INDENT.match(line):
            yield Slip(number, match.start(1), f'{named(match[1])} stands where spaces belong', 'ordinary spaces')
        elif match := _WIDE_COLON.match(line):
            yield Slip(number, match.start(1), f'`{match[1]}` ({named(match[1])}) is no colon of YAML', _SPACE_AFTER)


def _likely(lines: Sequence[str], first: int, column: int, flow: bool) -> Iterator[Slip]:
    for number, line in enumerate(lines[first:], first):
        if match := _TIGHT_COLON.match(line):
            odd = unseen(line[match.end(1) : match.end(1) + 1])
            message = f'{named(odd[0])} stands after this colon' if odd else 'a space is missing after this colon'
            yield Slip(number, match.start(1), message, _SPACE_AFTER)
        if flow and (match := _COMMENT.match(line)):
            yield Slip(
                number, match.start(1), '` #` begins a comment: what follows is not read', 'quotes around a text with ` #`'
            )
    noticed = lines[-1] if lines else ''
    for pattern, line, what, expected in (
        (_WIDE_BRACKET, noticed, 'bracket', 'one of `{`, `}`, `[`, `]`'),
        (_WIDE_QUOTE, noticed, 'quote', '\' or " around the text'),
        (_WIDE_COMMA, noticed[:column], 'comma', 'a comma and a space, `, `'),
    ):
        if match := pattern.match(line):
            yield Slip(len(lines) - 1, match.start(1), f'`{match[1]}` ({named(match[1])}) is no {what} of YAML', expected)
