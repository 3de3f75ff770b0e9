"""The pages that the server draws, as HTML forms: what the full edition begins with, and the plain edition, which has no scripts.

A GET form sends exactly our addresses: one parameter per question, repeated where several answers are chosen.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from guidance.content.model import Content
from guidance.journey import link
from guidance.journey.walk import walk
from guidance.languages.language import preferred
from guidance.screens.plain.draw import ASKED
from guidance.screens.plain.draw import PART
from guidance.screens.plain.draw import asking
from guidance.screens.plain.draw import document
from guidance.screens.plain.draw import drawn
from guidance.screens.plain.draw import html
from guidance.screens.plain.draw import missing
from guidance.screens.site.paths import MOST
from guidance.screens.site.paths import shortened
from guidance.screens.site.shell import PLAIN
from guidance.screens.site.shell import TRAINING
from guidance.screens.site.shell import page_of
from guidance.screens.site.shell import redirect
from guidance.screens.view import Page
from guidance.serving.store import store

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""Nothing is loaded and nothing runs."""

_log = logging.getLogger(__name__)


def safe(edition: str, policy: str = '') -> Callable[[Callable[[Request], Response]], Callable[[Request], Response]]:
    """Make a fault of ours a plain sentence in this edition, and log it."""

    def decorate(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
        @wraps(answer)
        def answered(request: Request) -> Response:
            try:
                return answer(request)
            except Exception:
                _log.exception('%s could not be shown', request.scope['path'])
                page = _nowhere(request, edition)
                return page_of(request.scope, html(page, 'fault.html', title=page.content.service.name), 500, policy)

        return answered

    return decorate


@safe('plain', POLICY)
def plain(request: Request) -> Response:
    """Answer for a page of the plain edition, or for one of its forms."""
    return _answer(request, 'plain', PLAIN, POLICY)


@safe('full')
def full(request: Request) -> Response:
    """Answer for a page of the full edition, or for one of its forms: it works before, and without, Streamlit behind it."""
    return _answer(request, 'full', '', '')


def training(request: Request) -> Response:
    """Answer for a training page, which Streamlit draws."""
    query: bytes = request.scope.get('query_string', b'')
    short = shortened(query, lambda long: link.shorten(store().content(), long))
    if short is not None:
        return redirect(f'./{TRAINING}', short, 303)
    page, _ = opened(request, link.parsed(query.decode(errors='replace')), 'training')
    words = page.content.training.words
    name = page.words('part_of_training', part=words.training, title=page.content.service.name)
    response = page_of(request.scope, document(page, name, ''), 200)
    response.headers['X-Robots-Tag'] = 'noindex'
    return response


def not_found(request: Request, start: str) -> str:
    """Return the page for an address that does not exist; `start` is the way to the first page from there."""
    query: bytes = request.scope.get('query_string', b'')[:MOST]
    pairs = link.parsed(query.decode(errors='replace'))
    return missing(_nowhere(request, 'plain', link.read(store().content(), pairs).lang), start)


def _answer(request: Request, edition: str, place: str, policy: str) -> Response:
    query: bytes = request.scope.get('query_string', b'')
    short = shortened(query, lambda long: link.shorten(store().content(), long))
    if short is not None:
        return redirect(f'./{place}', short, 303)
    pairs = link.parsed(query.decode(errors='replace'))
    page, reading = opened(request, pairs, edition)
    asked = _asked(page.content, pairs)
    if asked is None:
        return page_of(request.scope, drawn(request, page, reading, _last(pairs, PART)), 200, policy)
    following = page.journey.next
    if following and following.id == asked:
        return page_of(request.scope, asking(request, page, reading, following, failed=True), 200, policy)
    return redirect(f'./{place}', link.address(page.after(page.given))[1:], 303)


def opened(request: Request, pairs: list[tuple[str, str]], edition: str) -> tuple[Page, link.Reading]:
    """Return the page that an address asks for, and what could be read of the address."""
    reading = link.read(store().content(), pairs)
    content, lang = _in_language(request, reading.lang)
    journey = walk(content, reading.answers)
    shared = reading.shared and edition != 'kept'  # who keeps a result has read whose it is
    page = Page(content, reading.answers, journey, lang, reading.change, reading.seen, shared, edition)
    return page, reading


def _nowhere(request: Request, edition: str, lang: str | None = None) -> Page:
    content, lang = _in_language(request, lang)
    return Page(content, {}, walk(content, {}), lang, edition=edition)


def _in_language(request: Request, lang: str | None) -> tuple[Content, str]:
    accepted = request.headers.get('accept-language', '')
    lang = lang or preferred(accepted, store().content().service.languages)
    return store().content(lang), lang


def _asked(content: Content, pairs: list[tuple[str, str]]) -> str | None:
    """Return the question whose form was sent, or None."""
    name = _last(pairs, ASKED)
    return None if name is None else content.renamed.get(name, name)


def _last(pairs: list[tuple[str, str]], name: str) -> str | None:
    return next((value.strip().lower() for key, value in reversed(pairs) if key.strip().lower() == name), None)
