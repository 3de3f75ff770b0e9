"""The pages that the server draws, as HTML forms: what the full edition begins with, and the plain edition, which has no scripts.

A GET form sends exactly our addresses: one parameter per question, repeated where several answers are chosen.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from guidance.journey.query import parse_query
from guidance.screens.answer import LedOn
from guidance.screens.answer import Refused
from guidance.screens.answer import last
from guidance.screens.answer import sent
from guidance.screens.counting import count_answer
from guidance.screens.counting import count_shown
from guidance.screens.counting import is_visit
from guidance.screens.links import Edition
from guidance.screens.page import Page
from guidance.screens.plain.draw import PART
from guidance.screens.plain.draw import asking
from guidance.screens.plain.draw import document
from guidance.screens.plain.draw import drawn
from guidance.screens.plain.draw import html
from guidance.screens.plain.draw import missing
from guidance.screens.route_names import PLAIN
from guidance.screens.site.address import wizard_url_of
from guidance.screens.site.paths import MOST
from guidance.screens.site.shell import page_of
from guidance.screens.site.shell import redirect

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""Nothing is loaded and nothing runs."""

_log = logging.getLogger(__name__)


def safe(edition: Edition, policy: str = '') -> Callable[[Callable[[Request], Response]], Callable[[Request], Response]]:
    """Make a fault of ours a plain sentence in this edition, and log it."""

    def decorate(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
        @wraps(answer)
        def answered(request: Request) -> Response:
            try:
                return answer(request)
            except Exception:
                _log.exception('%s could not be shown', request.scope['path'])
                page = Page.open((), request.headers, edition)  # nothing of the address: it may have failed of it
                said = html(page, 'fault.html', title=page.content.service.name, step='fault')
                return page_of(request.scope, said, 500, policy)

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


def not_found(request: Request, start: str) -> str:
    """Return the page for an address that does not exist; `start` is the way to the first page from there."""
    return missing(Page.open(pairs_of(request), request.headers, 'plain'), start)


def pairs_of(request: Request) -> list[tuple[str, str]]:
    """Return the names and values of the address of a request, as far as it is read."""
    query: bytes = request.scope.get('query_string', b'')
    return parse_query(query[:MOST].decode(errors='replace'))


def _answer(request: Request, edition: Edition, route: str, policy: str) -> Response:
    pairs = pairs_of(request)
    page = Page.open(pairs, request.headers, edition, wizard_url_of(request))
    visit = is_visit(request.method, request.headers)
    match sent(page, pairs):
        case 'nothing':
            if visit:
                count_shown(page)
            found = drawn(page, last(pairs, PART))
        case Refused(question):
            found = asking(page, question, failed=True)
        case LedOn(asked):
            if visit:
                count_answer(page, asked)
            return redirect(f'./{route}', page.led_to().links.here()[1:], 303)
    return page_of(request.scope, document(page, *found), 200, policy)
