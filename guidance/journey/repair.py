"""Addresses as chat and mail programs hand them on: cut, doubled, escaped twice, with marks that were no part of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

_DASHES = str.maketrans(dict.fromkeys('\u2010\u2011\u2012\u2013\u2014\u2015\u2212', '-'))  # that no normal form makes one
_INVISIBLE = re.compile('[\u00ad\u200b-\u200d\u2060\ufeff]|[\r\n\t]\\s*')  # those that change no direction, and line ends
_ESCAPED = re.compile(r'(?:(?<=&)|^)(?:(?:amp|#38|#x26);)+', re.IGNORECASE)
_CODED = (  # marks as other writings have them: JSON, HTML, e-mail; a fingerprint may begin with `3D`, too
    (re.compile(r'\\u0026|&#(?:38|x26);', re.IGNORECASE), '&'),
    (re.compile(r'\\u003d|&#(?:61|x3d);', re.IGNORECASE), '='),
    (re.compile(r'\\u003f|&#(?:63|x3f);', re.IGNORECASE), '?'),
    (re.compile(r'=3D(?![0-9A-F]{6}(?![0-9A-F]))', re.IGNORECASE), '='),
    (re.compile(r';(?=[\w-]+=)'), '&'),
)
_MOST_ESCAPED = 3  # times beside the one that the server has undone already
_ANOTHER = re.compile(r'https?:/+[^?&=]{0,300}\?|\?', re.IGNORECASE)  # where a second address begins
_NAME = re.compile(r'[\w.~-]+', re.ASCII)
_WORD = re.compile(r'[a-z0-9]+(?:-[a-z0-9]+)*', re.IGNORECASE)
_AROUND = ' .,;:!?)]}>*~"\'`…”’»」』】）］》。，；：！？、'  # what stands after a link in running text
_MAX_TORN = 1_000  # characters of an answer that are kept to show what was chosen: joining without end would take time
_FREE = ('label', 'c')  # whose letters are as somebody typed them
_CODES = (
    'lang',
    'made',
    'seen',
    'shared',
    'cut',
)  # one word each, last in a link: what follows is no part of it
_CODE = '|'.join(_CODES)
_WHOLE = re.compile(
    rf'(?!(?:{_CODE})=)[a-z][a-z0-9-]*=(?!3d)[a-z0-9]+(?:[.-][a-z0-9]+)*'
    r'|lang=[A-Za-z]+(?:-[A-Za-z0-9]+)*'
    rf'|(?:{_CODE})=(?!3d)[a-z0-9]+(?:-[a-z0-9]+)*'
)
"""A parameter to which nothing was done: an answer, or one of the codes, of which only the language has capitals."""


@dataclass(frozen=True)
class Repaired:
    """The pairs of an address as they were meant.

    `last` is the last name that is ours, where an address that was cut ends. `lost`: there is only a part of a name of
    ours, or a value without a name; or nothing is ours and something is no name that others add, either.
    """

    pairs: tuple[tuple[str, str], ...]
    changed: bool = False
    doubled: bool = False
    last: str | None = None
    lost: bool = False


def repair(pairs: Iterable[tuple[str, str]], own: Collection[str]) -> Repaired:
    """Return the pairs as they were meant. `own` are the names of ours; parameters that others add stay as they are.

    Only marks between words are repaired; a word is never guessed, completed, or put together from two.
    """
    given = list(pairs)
    if all(_WHOLE.fullmatch(f'{name}={value}') for name, value in given):  # as of almost all
        return Repaired(tuple(given), last=next((name for name, _ in reversed(given) if name in own), None))
    found, doubled = _pieces(given, own)
    named = [(key if (key := name.strip().lower()) in own else name, value) for name, value in found]
    repaired = [(name, _word(value) if name in _CODES else value) for name, value in named]
    at = max((index for index, (name, _) in enumerate(repaired) if name in own), default=None)
    last = None if at is None else repaired[at][0]
    if at is not None and last not in _CODES:
        repaired[at] = (repaired[at][0], repaired[at][1].rstrip(_AROUND))
    lost = any(not name or (not value and _begins_one(name, own)) for name, value in repaired)
    lost = lost or repaired[-1:] == [
        ('c', '')
    ]  # a name of which the rest was cut; in a form that was sent empty it is not the last
    words = [(name, value) for name, value in repaired if name in own and name not in _FREE]
    ours = {(name, value if name == 'lang' else ''.join(value.lower().split())) for name, value in words}
    return Repaired(
        pairs=tuple(repaired),
        changed=not ours <= set(given),
        doubled=doubled,
        last=last,
        lost=lost or (at is None and any(not _NAME.fullmatch(name) for name, _ in repaired)),
    )


def _pieces(given: Iterable[tuple[str, str]], own: Collection[str]) -> tuple[list[tuple[str, str]], bool]:
    """Return the pairs that stand in the pairs, and whether there is more than one address among them."""
    doubled = False
    found: list[tuple[str, str]] = []
    for name, value in given:
        if _foreign(name, value, own):
            found.append((name, value))
            continue
        text = _plain(f'{name}={value}' if value else name, free=name.strip().lower() in _FREE)
        doubled = doubled or bool(_ANOTHER.search(text))
        for piece in filter(None, _ANOTHER.sub('&', text).split('&')):
            key, sign, rest = piece.partition('=')
            if found and not sign and (key.startswith('.') or found[-1][1].endswith('.')):
                found[-1] = _torn(found[-1], key)
            else:
                found.append((key, rest))
    return _joined(found, own), doubled


def _joined(found: list[tuple[str, str]], own: Collection[str]) -> list[tuple[str, str]]:
    """Join a name without a value to the answer before it, a part of which it can have been. At the end it may be cut."""
    joined: list[tuple[str, str]] = []
    for index, (name, value) in enumerate(found):
        before = joined[-1][0].strip().lower() if joined else ''
        if not value and before in own and before not in _CODES and index < len(found) - 1:
            joined[-1] = _torn(joined[-1], name)
        else:
            joined.append((name, value))
    return joined


def _torn(pair: tuple[str, str], rest: str) -> tuple[str, str]:
    """Return an answer with the rest of it that was torn off, so that it is no answer, and asked again."""
    return pair[0], f'{pair[1][:_MAX_TORN]}.&.{rest[:_MAX_TORN]}'


def _foreign(name: str, value: str, own: Collection[str]) -> bool:
    """Tell whether others added this: a name of theirs, with any value, an address among them."""
    return bool(value) and re.fullmatch(r'[\w.~-]+', name) is not None and _same_letters(name).lower() not in own


def _plain(text: str, *, free: bool) -> str:
    """Undo what was done to the text as a whole; of a `free` one only its escapes and what cannot be seen."""
    text = _INVISIBLE.sub('', unquote(text, errors='replace')) if free else undone(text)
    return _ESCAPED.sub('', text.strip().lstrip('?&'))


def undone(text: str) -> str:
    """Return an address without what was done to it as a whole: escaped again and again, with marks and letters that look
    like those of an address, or as they are written in JSON, HTML or e-mail."""
    for _ in range(_MOST_ESCAPED):
        before = text
        text = _ESCAPED.sub('', _INVISIBLE.sub('', _same_letters(unquote(text, errors='replace'))))
        for coded, mark in _CODED:
            text = coded.sub(mark, text)
        if text == before:
            break
    return text


def _same_letters(text: str) -> str:
    """Return the text in the letters and marks of an address, which may have come wide or bold."""
    return text if text.isascii() else unicodedata.normalize('NFKC', text).translate(_DASHES)


def _word(value: str) -> str:
    found = _WORD.match(value.strip())
    return found.group() if found else ''


def _begins_one(name: str, own: Collection[str]) -> bool:
    """Tell whether a name was cut; the cut may lie within an escape."""
    start = re.sub(r'(?:%.?|\ufffd)$', '', name).lower()
    return bool(start) and start not in own and any(each.startswith(start) for each in own)
