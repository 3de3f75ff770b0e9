"""Draws some pages of a content before it is served: what would fail for every visitor fails here, where nobody sees it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping

from starlette.requests import Request

from guidance.content.load import TRANSLATIONS
from guidance.content.model import Content
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.journey.link import Reading
from guidance.journey.walk import walk
from guidance.screens.plain.keep import kept
from guidance.screens.plain.plain import drawn
from guidance.screens.plain.plain import html
from guidance.screens.share import message
from guidance.screens.view import Page

_log = logging.getLogger(__name__)


def trial(contents: Mapping[str, Content], around: Callable[[Content, str], object]) -> Iterator[Problem]:
    """Draw the start page, a question, a result and the page for a fault, in each language; yield what cannot be drawn.

    `around` makes what stands around all pages.
    """
    source = next(iter(contents.values()))
    for lang, content in contents.items():
        pages: dict[str, Callable[[Content, str], object]] = {
            'what stands around the pages': around,
            'the start page': _start,
            'the first question': _question,
            'a result': _result,
            'the page for a fault': _fault,
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
    page = _page(content, lang)
    drawn(_REQUEST, page, Reading({}), None)
    _full(page, 'start.html')


def _question(content: Content, lang: str) -> None:
    page = _page(content, lang)
    assert page.journey.next is not None  # no content is without a question
    drawn(_REQUEST, page, Reading({}, unread={page.journey.next.id: ()}), None)
    about = page.about(page.journey.next, 'https://example.org/')
    page.part('heading.html', **about)
    page.part('below.html', **about)


def _result(content: Content, lang: str) -> None:
    page = _page(content, lang)
    while page.journey.next:
        option = page.journey.next.options[-1].id  # the last one is the way out, where there is one
        page = _page(content, lang, {**page.given, page.journey.next.id: (option,)})
    drawn(_REQUEST, page, Reading(page.given), None)
    kept(page, Reading(page.given), 'https://example.org/')
    message(page, 'https://example.org/')


def _fault(content: Content, lang: str) -> None:
    page = _page(content, lang)
    html(page, 'fault.html', title=content.service.name)
    _full(page, 'fault.html')


def _full(page: Page, body: str) -> None:
    full = _page(page.content, page.lang, edition='full')
    full.part('frame.html', calm=False, contacts_at=None)
    full.part(body)
    full.part('footer.html')


def _page(content: Content, lang: str, given: Mapping[str, tuple[str, ...]] | None = None, edition: str = 'plain') -> Page:
    given = given or {}
    return Page(content, given, walk(content, given), lang, edition=edition)


_REQUEST = Request(
    {'type': 'http', 'method': 'GET', 'scheme': 'http', 'server': ('127.0.0.1', 80), 'root_path': '', 'path': '/plain'}
    | {'query_string': b'', 'headers': [(b'host', b'127.0.0.1')]}
)
