"""Pages as whole HTML, drawn by the server: the plain edition, and the full one until Streamlit takes over."""

from __future__ import annotations

import re
from typing import Any
from typing import NamedTuple

from markupsafe import Markup
from markupsafe import escape
from starlette.requests import Request

from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey import link
from guidance.journey.cache import cached_in_content
from guidance.journey.walk import Journey
from guidance.screens import styles
from guidance.screens.scripts import SCRIPT
from guidance.screens.share import message
from guidance.screens.site.address import base
from guidance.screens.site.address import shared_link
from guidance.screens.site.shell import PLAIN
from guidance.screens.site.shell import icon
from guidance.screens.titles import title_of
from guidance.screens.titles import titled
from guidance.screens.view import SECTIONS
from guidance.screens.view import WHOLE
from guidance.screens.view import Page
from guidance.screens.view import emergency_line
from guidance.screens.view import notices
from guidance.screens.view import shown

ASKED = 'asked'
"""The parameter by which a form names its question: without it nothing chosen would look like a first visit."""

PART = 'part'
"""The parameter that tells which part of a long result is shown."""

MOST = 24 * 1024
"""Bytes of a plain page without its style: what passes this takes too long on a slow network, and is given in parts."""

_LINKS = 4 * 1024  # bytes for the addresses of the other parts
_HERE = {'plain': PLAIN, 'full': './', 'training': 'training'}  # where the forms of an edition are sent to
_TITLE, _BODY = '\0title\0', '\0body\0'


class Around(NamedTuple):
    """What stands around title and body of a page, the same for all pages of an edition in a language."""

    before: str
    between: str
    behind: str


def html(page: Page, body: str, *, title: str, template: str = 'page.html', calm: bool = False, **more: Any) -> str:
    """Return a whole page around the template `body`, with its style inside: one request is all that it takes."""
    return document(page, title, _inside(page, body, template=template, calm=calm, **more))


def _inside(page: Page, body: str, *, template: str = 'page.html', calm: bool = False, **more: Any) -> str:
    at = more['places'].get('contacts', '') if body == 'result.html' and page.edition != 'full' else None
    return page.part(
        template, body=body, calm=calm, **{'notices': [], 'contacts_at': at, 'step': body.removesuffix('.html')} | more
    )


def document(page: Page, title: str, body: str) -> str:
    """Return a whole page: this body with everything that stands around it."""
    around = _around(page.content, page.lang, page.edition)
    return f'{around.before}{escape(str.__str__(title))}{around.between}{body}{around.behind}'


def missing(page: Page, start: str) -> str:
    """Return the page for an address that does not exist; `start` is the way to the first page from there."""
    inside = page.part('missing.html', start=start, numbers=emergency_line(page.content))
    return document(page, page.content.service.name, inside)


@cached_in_content(64)
def _around(content: Content, lang: str, edition: str) -> Around:
    page = Page(content, {}, Journey({}, None, {}, None), lang, edition=edition)
    training, runs = edition == 'training', edition in ('full', 'training')
    name, description = content.service.name, content.service.description
    if training:
        words = content.training.words
        name = page.words('part_of_training', part=words.training, title=name)
        description = words.library_lead
    style = styles.SERVER + (styles.STREAMLIT if runs else '') + (styles.TRAINING if training else '')
    more: dict[str, Any] = {
        'room': 'training' if training else '',
        'title': _TITLE,
        'name': name,
        'description': description,
        'icon': Markup(icon()),
        'style': Markup(style),
        'script': runs and Markup(SCRIPT),
        'body': _BODY,
    }
    before, rest = page.part('document.html', **more).split(_TITLE)
    return Around(before, *rest.split(_BODY))


def drawn(request: Request, page: Page, reading: link.Reading, part: str | None) -> str:
    """Return the page that an address asks for; of a long result in the plain edition, that part."""
    match shown(page, reading):
        case 'start':
            return html(page, 'start.html', title=titled(page, title_of(page, 'start')), notices=notices(page, reading))
        case 'result':
            return _result(request, page, reading, part)
        case question:
            return asking(request, page, reading, question)


def _result(request: Request, page: Page, reading: link.Reading, part: str | None) -> str:
    """Return the result; in the plain edition on one page if it is small enough, else the part that is asked for."""
    result = page.journey.result
    assert result is not None
    shared, full = shared_link(base(request), page), page.edition == 'full'
    share = {'link': shared, 'text': message(page, shared) if full else '', 'qr': page.code() if full and shared else None}
    more: dict[str, Any] = WHOLE | {
        'calm': result.calm,
        'notices': notices(page, reading),
        'back': page.link(change=list(page.journey.answered)[-1]),
        'share': share | {'keep': page.keep()},
    }
    whole = _inside(page, 'result.html', **more)
    if not full and len(whole.encode()) > MOST:
        whole = _part(page, more, part)
    return document(page, titled(page, title_of(page, 'result')), whole)


def _part(page: Page, more: dict[str, Any], asked: str | None) -> str:
    """Return one part of a result that is too large for one page: whole sections, as many as there is room for."""

    def size(*sections: str) -> int:
        return len(_inside(page, 'result.html', **more | {'sections': sections}).encode())

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
    return _inside(page, 'result.html', **more)


def asking(request: Request, page: Page, reading: link.Reading, question: Question, *, failed: bool = False) -> str:
    """Return a question as a form; where it `failed`, with what was wrong with the answer that was sent."""
    present = page.journey.answered.get(question.id, reading.unread.get(question.id, ()))
    others = {name: chosen for name, chosen in page.given.items() if name != question.id}
    more: dict[str, Any] = page.about(question, shared_link(base(request), page)) | {
        'notices': [] if failed else notices(page, reading),
        'error': _error(page, question, present) if failed else None,
        'step': question.id,
        'question': question,
        'present': present,
        'form_to': _HERE[page.edition],
        'carried': link.parameters(page.content, others, page.lang) | {ASKED: question.id},
    }
    return html(page, 'question.html', title=titled(page, title_of(page, question), failed=failed), **more)


def _error(page: Page, question: Question, chosen: tuple[str, ...]) -> str:
    alone = next((option.label for option in question.options if option.alone and option.id in chosen), None)
    if alone and len(chosen) > 1:
        return page.words('error_alone', alone=alone)
    return page.words('error_many' if question.many else 'error_one')
