"""Draws some pages of a content before it is served: what would fail for every visitor fails here, where nobody sees it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace

from guidance.content.load import TRANSLATIONS
from guidance.content.model import Content
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.journey.query import Reading
from guidance.journey.walk import Asking
from guidance.journey.walk import walk
from guidance.screens.page import Page
from guidance.screens.plain.keep import kept
from guidance.screens.plain.plain import drawn
from guidance.screens.plain.plain import html
from guidance.screens.share import message

_PLACE = 'https://example.org/'
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
    page = Page(content, lang, Reading({}), 'plain')
    drawn(page, _PLACE)
    _full(page, 'start.html')


def _question(content: Content, lang: str) -> None:
    first = content.questions[0]
    page = Page(content, lang, Reading({}, unread={first.id: ()}), 'plain')
    drawn(page, _PLACE)
    around = page.around(first, _PLACE)
    page.render('heading.html', around=around)
    page.render('below.html', around=around)


def _result(content: Content, lang: str) -> None:
    given: dict[str, tuple[str, ...]] = {}
    while isinstance(journey := walk(content, given), Asking):
        given[journey.next.id] = (journey.next.offered(given)[-1].id,)  # the last one is the way out, where there is one
    page = Page(content, lang, Reading(given), 'plain')
    drawn(page, _PLACE)
    kept(page, journey.result, _PLACE)
    message(page, journey.result, _PLACE)


def _fault(content: Content, lang: str) -> None:
    page = Page(content, lang, Reading({}), 'plain')
    html(page, 'fault.html', title=content.service.name)
    _full(page, 'fault.html')


def _full(page: Page, body: str) -> None:
    full = replace(page, edition='full')
    full.render('frame.html', calm=False, contacts_at=None)
    full.render(body)
    full.render('footer.html')
