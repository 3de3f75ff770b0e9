"""The plain edition: the same wizard as HTML forms, for a browser without JavaScript or a slow network.

A GET form sends exactly our addresses: one parameter per question, repeated where several answers are chosen.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import replace
from functools import wraps
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey.query import parameter
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import query_string
from guidance.journey.walk import Arrived
from guidance.screens.answer import count_reached
from guidance.screens.answer import refused
from guidance.screens.notices import notices
from guidance.screens.page import Page
from guidance.screens.parts import PlainForm
from guidance.screens.parts import ResultPage
from guidance.screens.parts import Share
from guidance.screens.site.address import base
from guidance.screens.site.shell import PLAIN
from guidance.screens.site.shell import icon
from guidance.screens.site.shell import page_of
from guidance.screens.site.shell import redirect
from guidance.screens.titles import title_of
from guidance.screens.titles import titled

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
            page = Page.open((), accepted_languages(request), 'plain')  # nothing of the address, which may be what it failed of
            return page_of(request.scope, html(page, 'fault.html', title=page.content.service.name), 500, POLICY)

    return answered


@safe
def plain(request: Request) -> Response:
    """Answer for a page of the plain edition, or for one of its forms."""
    query: bytes = request.scope.get('query_string', b'')
    pairs = parse_query(query.decode(errors='replace'))
    page = Page.open(pairs, accepted_languages(request), 'plain')
    asked = _asked(page.content, pairs)
    if asked is None:
        return page_of(request.scope, drawn(page, base(request), _last(pairs, PART)), 200, POLICY)
    following = page.journey.next
    if following and following.id == asked:
        return page_of(request.scope, _question(page, following, base(request), failed=True), 200, POLICY)
    count_reached(page, page.given)
    return redirect(f'./{PLAIN}', query_string(page.links.after(page.given))[1:], 303)


def accepted_languages(request: Request) -> str:
    """Return what the browser says of the languages that its reader prefers."""
    return request.headers.get('accept-language', '')


def html(
    page: Page,
    body: str,
    *,
    title: str,
    template: str = 'plain.html',
    calm: bool = False,
    contacts_at: str | None = None,
    notices: Iterable[str] = (),
    **data: object,
) -> str:
    """Return a whole page around the template `body`, with its style inside: one request is all that it takes.

    `contacts_at` is where the page has the contacts, if it has them; `data` is what the body needs.
    """
    style = Markup(_STYLE.read_text(encoding='utf-8'))
    frame = {'title': title, 'calm': calm, 'contacts_at': contacts_at, 'notices': notices, 'icon': Markup(icon()), 'style': style}
    return page.render(template, body=body, **frame, **data)


def _asked(content: Content, pairs: list[tuple[str, str]]) -> str | None:
    """Return the question whose form was sent, or None."""
    name = _last(pairs, ASKED)
    return None if name is None else content.renamed.get(name, name)


def _last(pairs: list[tuple[str, str]], name: str) -> str | None:
    return next((value.strip().lower() for key, value in reversed(pairs) if key.strip().lower() == name), None)


def drawn(page: Page, place: str, part: str | None = None) -> str:
    """Return the page that an address asks for; of a long result, that part. `place` is the address of the wizard, or ''."""
    match page.shown():
        case 'start':
            return html(page, 'start.html', title=titled(page, title_of(page, 'start')), notices=notices(page))
        case Arrived() as arrived:
            return _result(page, arrived, place, part)
        case question:
            return _question(page, question, place)


def _result(page: Page, arrived: Arrived, place: str, part: str | None) -> str:
    """Return the result: on one page if it is small enough, else the part that is asked for."""
    share = Share(page.links.shared(place), keep=page.links.keep())
    whole = ResultPage(arrived.result, page.links.change(list(arrived.answered)[-1]), share)
    found = _result_page(page, arrived, whole)
    return found if len(found.encode()) <= MOST else _result_page(page, arrived, _part(page, arrived, whole, part))


def _result_page(page: Page, arrived: Arrived, shown: ResultPage) -> str:
    return html(
        page,
        'result.html',
        title=titled(page, title_of(page, arrived)),
        calm=arrived.result.calm,
        contacts_at=shown.places.get('contacts', ''),
        notices=notices(page),
        shown=shown,
    )


def _part(page: Page, arrived: Arrived, whole: ResultPage, asked: str | None) -> ResultPage:
    """Return one part of a result that is too large for one page: whole sections, as many as there is room for."""

    def size(*sections: str) -> int:
        return len(_result_page(page, arrived, replace(whole, sections=sections)).encode())

    parts: list[tuple[str, ...]] = [()]
    room = MOST - size() - _LINKS
    left = room
    for name in whole.sections:
        needed = size(name) - size()
        if needed > left and parts[-1]:
            parts.append(())
            left = room
        parts[-1] += (name,)
        left -= needed
    number = min(int(asked), len(parts)) if asked and re.fullmatch('[1-9]', asked) else 1
    addresses = [page.links.here(**{PART: str(index)} if index > 1 else {}) for index in range(1, len(parts) + 1)]
    return replace(
        whole,
        sections=parts[number - 1],
        places={name: addresses[i] for i, names in enumerate(parts) if i != number - 1 for name in names},
        part_of=page.words('part_of', n=number, all=len(parts)),
        following=addresses[number] if number < len(parts) else '',
    )


def _question(page: Page, question: Question, place: str, *, failed: bool = False) -> str:
    others = {name: chosen for name, chosen in page.given.items() if name != question.id}
    chosen = page.chosen(question)
    form = PlainForm(
        question=question,
        name=parameter(question.id),
        chosen=chosen,
        carried=parameters(page.content, others, page.lang) | {ASKED: question.id},
        error=refused(page, question, chosen) if failed else None,
    )
    return html(
        page,
        'plain-question.html',
        title=titled(page, title_of(page, question), failed=failed),
        notices=() if failed else notices(page),
        around=page.around(question, page.links.shared(place)),
        form=form,
    )
