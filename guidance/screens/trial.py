"""Draws some pages of a content before it is served: what would fail for every visitor fails here, where nobody sees it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping

from starlette.requests import Request

from guidance.content.condition import Answers
from guidance.content.load import TRANSLATIONS
from guidance.content.model import Content
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.journey.link import Reading
from guidance.journey.walk import walk
from guidance.screens.plain.draw import document
from guidance.screens.plain.draw import drawn
from guidance.screens.plain.draw import html
from guidance.screens.plain.draw import missing
from guidance.screens.plain.keep import kept
from guidance.screens.view import Page

_log = logging.getLogger(__name__)


def trial(contents: Mapping[str, Content]) -> Iterator[Problem]:
    """Draw the start page, a question, a result, the page for a fault and that for what is not there, in each language.

    Yields what cannot be drawn.
    """
    source = next(iter(contents.values()))
    for lang, content in contents.items():
        pages: dict[str, Callable[[Content, str], object]] = {
            'the start page': _start,
            'the first question': _question,
            'a result': _result,
            'the page for a fault': _fault,
            'the page for what is not there': _missing,
        }
        for name, draw in pages.items():
            try:
                draw(content, lang)
            except Exception as error:
                _log.exception('%s cannot be drawn in %s', name, lang)
                message = f'{name} cannot be drawn in {lang}: {type(error).__name__}: {error}'
                file = 'data/interface.yaml' if content is source else f'{TRANSLATIONS}/{lang}.po'
                yield Problem(Place(file), message, 'texts whose braces are filled in there')


def _start(content: Content, lang: str) -> None:
    _drawn(content, lang, {}, Reading({}))
    document(_page(content, lang, {}, 'training'), content.service.name, '')


def _question(content: Content, lang: str) -> None:
    first = content.questions[0].id  # no content is without a question
    _drawn(content, lang, {}, Reading({}, unread={first: ()}))


def _result(content: Content, lang: str) -> None:
    given: dict[str, tuple[str, ...]] = {}
    while following := walk(content, given).next:
        given[following.id] = (following.options[-1].id,)  # the last one is the way out, where there is one
    _drawn(content, lang, given, Reading(given))
    kept(_page(content, lang, given, 'kept'), Reading(given), 'https://example.org/')


def _fault(content: Content, lang: str) -> None:
    for edition in _EDITIONS:
        html(_page(content, lang, {}, edition), 'fault.html', title=content.service.name)


def _missing(content: Content, lang: str) -> None:
    missing(_page(content, lang, {}, 'plain'), './')


def _drawn(content: Content, lang: str, given: Answers, reading: Reading) -> None:
    for edition in _EDITIONS:
        drawn(_REQUEST, _page(content, lang, given, edition), reading, None)
    _page(content, lang, given, 'full').part('line.html')


def _page(content: Content, lang: str, given: Answers, edition: str) -> Page:
    return Page(content, given, walk(content, given), lang, edition=edition)


_EDITIONS = ('plain', 'full')
_REQUEST = Request(
    {'type': 'http', 'method': 'GET', 'scheme': 'http', 'server': ('127.0.0.1', 80), 'root_path': '', 'path': '/plain'}
    | {'query_string': b'', 'headers': [(b'host', b'127.0.0.1')]}
)
