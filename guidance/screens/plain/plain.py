"""The plain edition: the same wizard as HTML forms, for a browser without JavaScript or a slow network.

A GET form sends exactly our addresses: one parameter per question, repeated where several answers are chosen.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey import link
from guidance.journey.walk import walk
from guidance.languages.language import preferred
from guidance.screens.site.address import base
from guidance.screens.site.address import shared_link
from guidance.screens.site.paths import shortened
from guidance.screens.site.shell import PLAIN
from guidance.screens.site.shell import icon
from guidance.screens.site.shell import page_of
from guidance.screens.site.shell import redirect
from guidance.screens.titles import title_of
from guidance.screens.titles import titled
from guidance.screens.view import SECTIONS
from guidance.screens.view import WHOLE
from guidance.screens.view import Page
from guidance.screens.view import notices
from guidance.screens.view import shown
from guidance.serving.store import store

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""Nothing is loaded and nothing runs."""
ASKED = 'asked'
"""The parameter by which a form names its question: without it nothing chosen would look like a first visit."""

PART = 'part'
"""The parameter that tells which part of a long result is shown."""

MOST = 30 * 1024
"""Bytes of a page: what passes this takes too long on a slow network, and is given in parts."""

_LINKS = 4 * 1024  # bytes for the addresses of the other parts
_STYLE = Path(__file__).with_name('plain.css')
_log = logging.getLogger(__name__)


def safe(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Make a fault of ours a plain sentence, and log it."""

    @wraps(answer)
    def answered(request: Request) -> Response:
        try:
            return answer(request)
        except Exception:
            _log.exception('%s could not be shown', request.scope['path'])
            content, lang = _in_language(request, None)
            page = Page(content, {}, walk(content, {}), lang, edition='plain')
            return page_of(request.scope, html(page, 'fault.html', title=content.service.name), 500, POLICY)

    return answered


@safe
def plain(request: Request) -> Response:
    """Answer for a page of the plain edition, or for one of its forms."""
    query: bytes = request.scope.get('query_string', b'')
    short = shortened(query, lambda long: link.shorten(store().content(), long))
    if short is not None:
        return redirect(f'./{PLAIN}', short, 303)
    pairs = link.parsed(query.decode(errors='replace'))
    page, reading = opened(request, pairs, 'plain')
    asked = _asked(page.content, pairs)
    if asked is None:
        return page_of(request.scope, drawn(request, page, reading, _last(pairs, PART)), 200, POLICY)
    following = page.journey.next
    if following and following.id == asked:
        return page_of(request.scope, _question(request, page, reading, following, failed=True), 200, POLICY)
    return redirect(f'./{PLAIN}', link.address(page.after(page.given))[1:], 303)


def opened(request: Request, pairs: list[tuple[str, str]], edition: str) -> tuple[Page, link.Reading]:
    """Return the page that an address asks for, and what could be read of the address."""
    reading = link.read(store().content(), pairs)
    content, lang = _in_language(request, reading.lang)
    journey = walk(content, reading.answers)
    shared = reading.shared and edition != 'kept'  # who keeps a result has read whose it is
    page = Page(content, reading.answers, journey, lang, reading.change, reading.seen, shared, edition)
    return page, reading


def html(page: Page, body: str, *, title: str, template: str = 'plain.html', calm: bool = False, **more: Any) -> str:
    """Return a whole page around the template `body`, with its style inside: one request is all that it takes."""
    at = more['places'].get('contacts', '') if body == 'result.html' else None
    given: dict[str, Any] = {
        'notices': [],
        'contacts_at': at,
        'icon': Markup(icon()),
        'style': Markup(_STYLE.read_text(encoding='utf-8')),
    }
    return page.part(template, body=body, title=title, calm=calm, **given | more)


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


def drawn(request: Request, page: Page, reading: link.Reading, part: str | None) -> str:
    """Return the page that an address asks for; of a long result, that part."""
    match shown(page, reading):
        case 'start':
            return html(page, 'start.html', title=titled(page, title_of(page, 'start')), notices=notices(page, reading))
        case 'result':
            return _result(request, page, reading, part)
        case question:
            return _question(request, page, reading, question)


def _result(request: Request, page: Page, reading: link.Reading, part: str | None) -> str:
    """Return the result: on one page if it is small enough, else the part that is asked for."""
    result = page.journey.result
    assert result is not None
    shared = shared_link(base(request), page)
    more: dict[str, Any] = WHOLE | {
        'title': titled(page, title_of(page, 'result')),
        'calm': result.calm,
        'notices': notices(page, reading),
        'back': page.link(change=list(page.journey.answered)[-1]),
        'share': {'link': shared, 'text': '', 'qr': None, 'keep': page.keep()},
    }
    whole = html(page, 'result.html', **more)
    return whole if len(whole.encode()) <= MOST else _part(page, more, part)


def _part(page: Page, more: dict[str, Any], asked: str | None) -> str:
    """Return one part of a result that is too large for one page: whole sections, as many as there is room for."""

    def size(*sections: str) -> int:
        return len(html(page, 'result.html', **more | {'sections': sections}).encode())

    parts: list[list[str]] = [[]]
    room = MOST - size() - _LINKS
    left = room
    for name in SECTIONS:
        needed = size(name) - size()
        if needed > left and parts[-1]:
            parts.append([])
            left = room
        parts[-1].append(name)
        left -= needed
    number = min(int(asked), len(parts)) if asked and re.fullmatch('[1-9]', asked) else 1
    addresses = [page.here(**{PART: str(index)} if index > 1 else {}) for index in range(1, len(parts) + 1)]
    more |= {
        'sections': parts[number - 1],
        'places': {name: addresses[i] for i, names in enumerate(parts) if i != number - 1 for name in names},
        'about_part': page.words('part_of', n=number, all=len(parts)),
        'following': addresses[number] if number < len(parts) else '',
    }
    return html(page, 'result.html', **more)


def _question(request: Request, page: Page, reading: link.Reading, question: Question, *, failed: bool = False) -> str:
    present = page.journey.answered.get(question.id, reading.unread.get(question.id, ()))
    others = {name: chosen for name, chosen in page.given.items() if name != question.id}
    more: dict[str, Any] = page.about(question, shared_link(base(request), page)) | {
        'notices': [] if failed else notices(page, reading),
        'error': _error(page, question, present) if failed else None,
        'question': question,
        'present': present,
        'carried': link.parameters(page.content, others, page.lang) | {ASKED: question.id},
    }
    return html(page, 'plain-question.html', title=titled(page, title_of(page, question), failed=failed), **more)


def _error(page: Page, question: Question, chosen: tuple[str, ...]) -> str:
    alone = next((option.label for option in question.options if option.alone and option.id in chosen), None)
    if alone and len(chosen) > 1:
        return page.words('error_alone', alone=alone)
    return page.words('error_many' if question.many else 'error_one')
