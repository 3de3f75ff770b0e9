"""Draws some pages of a content before it is served: what would fail for every visitor fails here, where nobody sees it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping

from guidance.content.load import TRANSLATIONS
from guidance.content.model import Content
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.journey.query import Reading
from guidance.journey.walk import Asking
from guidance.journey.walk import walk
from guidance.screens.links import Edition
from guidance.screens.page import Page
from guidance.screens.plain.alike import Live
from guidance.screens.plain.draw import document
from guidance.screens.plain.draw import drawn
from guidance.screens.plain.draw import html
from guidance.screens.plain.draw import missing
from guidance.screens.plain.keep import kept

_WIZARD_URL = 'https://example.org/'
_EDITIONS: tuple[Edition, ...] = ('plain', 'full')
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
    _drawn(content, lang, Reading({}))
    document(Page(content, lang, Reading({}), 'training'), content.service.name, '')


def _question(content: Content, lang: str) -> None:
    _drawn(content, lang, Reading({}, unread={content.questions[0].id: ()}))


def _result(content: Content, lang: str) -> None:
    given: dict[str, tuple[str, ...]] = {}
    while isinstance(journey := walk(content, given), Asking):
        given[journey.next.id] = (journey.next.offered(given)[-1].id,)  # the last one is the way out, where there is one
    _drawn(content, lang, Reading(given))
    kept(Page(content, lang, Reading(given), 'kept', wizard_url=_WIZARD_URL), journey.result)


def _fault(content: Content, lang: str) -> None:
    for edition in _EDITIONS:
        html(Page(content, lang, Reading({}), edition), 'fault.html', title=content.service.name, step='fault')


def _missing(content: Content, lang: str) -> None:
    missing(Page(content, lang, Reading({}), 'plain'), './')


def _drawn(content: Content, lang: str, reading: Reading) -> None:
    for edition in _EDITIONS:
        drawn(Page(content, lang, reading, edition, wizard_url=_WIZARD_URL))
    drawn(Page(content, lang, reading, wizard_url=_WIZARD_URL), live=Live())
