"""Addresses as they come: which page a damaged path means, and how much of a long query is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from collections.abc import Collection
from typing import NamedTuple

from guidance.journey.repair import undone

MOST = 6_000
"""Bytes of a query that are read; a proxy's default buffer for the whole request line is 8 KB."""

_MOST_PARAMETERS = 200
_END = 400  # bytes, and below it a tenth of the parameters: the language is the last of an address
_NAME = re.compile('[a-z]+')
_LOST = '/&;# '  # what may stand where the question mark was


class Target(NamedTuple):
    """Where an address leads: a page and its query."""

    page: str
    query: str


def meant(path: str, query: str, pages: Collection[str], known: Callable[[str], object]) -> Target | None:
    """Return what a path that leads nowhere was meant to be: one of `pages`, and its query. None if that is not plain.

    Only marks around the name of a page are repaired, a query that got into the path, and capitals; no name is guessed. Where
    the question mark was lost, `known` tells whether the first words there can be read as a query.
    """
    if len(path) > MOST:
        return None
    text = undone(path)
    before, _, inside = text.partition('?')
    page = _page(before, pages)
    if page is not None:
        return Target(page, _together(inside, query))
    glued = text.lstrip(_LOST)
    for page in sorted(pages, key=len, reverse=True):
        rest = glued[len(page) :].lstrip(_LOST)
        first = rest.partition('&')[0]
        if glued.lower().startswith(page) and '=' in first and known(first):
            return Target(page, _together(rest, query))
    return None


def _together(*queries: str) -> str:
    return '&'.join(filter(None, queries))


def _page(text: str, pages: Collection[str]) -> str | None:
    """Return the page whose name is all that stands there beside marks, and beside other writing right behind it."""
    name = _NAME.search(text.lower())
    page = name[0] if name else ''
    around = text.lower().partition(page) if page else (text, '', '')
    clean = all(map(_is_mark, around[0])) and not re.search(r'[a-z0-9]', around[2]) and all(map(_is_text, around[2]))
    return page if page in pages and clean else None


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in 'PSZ' and character != '\ufffd'


def _is_text(character: str) -> bool:
    return unicodedata.category(character)[0] != 'C' and character != '\ufffd'


def shortened(query: bytes, shorten: Callable[[str], str]) -> str | None:
    """Return what an over-long query becomes, or None if it is not too long. No redirect leads to another.

    `shorten` gets its beginning and its end only, since to read all of it would take too long.
    """
    if not _too_long(query):
        return None
    begin, end = query[:MOST], query[MOST:][-_END:]
    if end:  # the words that were cut in two are no words
        begin, end = begin.rpartition(b'&')[0], end.partition(b'&')[2]
    words = [word for part in (begin, end) for word in part.split(b'&') if part]
    if len(words) > _MOST_PARAMETERS:
        words = words[: _MOST_PARAMETERS - _MOST_PARAMETERS // 10] + words[-_MOST_PARAMETERS // 10 :]
    short = shorten(b'&'.join(words).decode(errors='replace'))
    return '' if _too_long(short.encode()) else short


def _too_long(query: bytes) -> bool:
    return len(query) > MOST or query.count(b'&') >= _MOST_PARAMETERS
