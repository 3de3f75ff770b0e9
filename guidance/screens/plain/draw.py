"""Pages as whole HTML, drawn by the server: the plain edition, and the full one until Streamlit takes over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from markupsafe import Markup
from markupsafe import escape

from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey.cache import cached_in_content
from guidance.journey.query import Reading
from guidance.journey.walk import Arrived
from guidance.screens import styles
from guidance.screens.answer import ASKED
from guidance.screens.answer import why_refused
from guidance.screens.contacts import emergency_lines
from guidance.screens.links import Edition
from guidance.screens.notices import notices
from guidance.screens.page import Page
from guidance.screens.parts import AnswerForm
from guidance.screens.parts import ResultPage
from guidance.screens.parts import Share
from guidance.screens.plain.alike import Frame
from guidance.screens.plain.alike import Live
from guidance.screens.plain.alike import asked
from guidance.screens.plain.alike import framed
from guidance.screens.report import report_link
from guidance.screens.scripts import SCRIPT
from guidance.screens.share import share
from guidance.screens.site.shell import icon
from guidance.screens.titles import title_of
from guidance.screens.titles import titled

PART = 'part'
"""The parameter that tells which part of a long result is shown."""

MOST = 27 * 1024
"""Bytes of a plain page without its style: what passes this takes too long on a slow network, and is given in parts."""

_LINKS = 4 * 1024  # bytes for the addresses of the other parts
_TITLE, _BODY = '\0title\0', '\0body\0'


class Drawn(NamedTuple):
    """A page: its title, and what is in its body."""

    title: str
    body: str

    def _repr_html_(self) -> str:
        """Return the body for `st.html`, which takes it from here as it is: a text it would search for indents, for 0.1 ms."""
        return self.body


class Around(NamedTuple):
    """What stands around title and body of a page, the same for all pages of an edition in a language."""

    before: str
    between: str
    behind: str


def html(page: Page, body: str, *, title: str, step: str, **data: object) -> str:
    """Return a whole page around the template `body`; `data` is what that needs. `step` is the page's name for the browser."""
    return document(page, title, _inside(page, Markup(page.render(body, **data)), Frame(step)))


def document(page: Page, title: str, body: str) -> str:
    """Return a whole page: this body with everything that stands around it, its style too: one request is all that it takes."""
    around = _around(page.content, page.lang, page.edition)
    return f'{around.before}{escape(str.__str__(title))}{around.between}{body}{around.behind}'


def missing(page: Page, start: str) -> str:
    """Return the page for an address that does not exist; `start` is the way to the first page from there."""
    body = page.render('missing.html', start=start, numbers=emergency_lines(page))
    return document(page, page.content.service.name, body)


@cached_in_content(64)
def _around(content: Content, lang: str, edition: Edition) -> Around:
    page = Page(content, lang, Reading({}), edition)
    training, runs = edition == 'training', edition in ('full', 'training')
    name, description = content.service.name, content.service.description
    if training:
        words = content.training.words
        name = page.words('part_of_training', part=words.training, title=name)
        description = words.library_lead
    style = styles.SERVER + (styles.STREAMLIT if runs else '') + (styles.TRAINING if training else '')
    whole = page.render(
        'document.html',
        room='training' if training else '',
        title=_TITLE,
        name=name,
        description=description,
        icon=Markup(icon()),
        style=Markup(style),
        script=runs and Markup(SCRIPT),
        body=_BODY,
    )
    before, rest = whole.split(_TITLE)
    return Around(before, *rest.split(_BODY))


def _inside(page: Page, main: Markup, frame: Frame, notices: Iterable[str] = ()) -> str:
    """Return what the body of a page is, around its main part."""
    return framed(page, main, frame._replace(told=told(page, notices), report=report_link(page)))


def told(page: Page, notices: Iterable[str]) -> Markup:
    """Return what is said above the heading of a page: of the way to leave it, and of the address."""
    return Markup(page.render('told.html', notices=notices)) if notices or page.tells_of_leaving() else Markup('')


def drawn(page: Page, part: str | None = None, *, live: Live | None = None) -> Drawn:
    """Return the page that an address asks for.

    A long result of the plain edition comes in parts; then this is the one that is asked for.
    """
    match page.shown():
        case 'start':
            inside = _inside(page, Markup(page.render('start.html')), Frame('start', wide=True, live=live), notices(page))
            return Drawn(titled(page, title_of(page, 'start')), inside)
        case Arrived() as arrived:
            return Drawn(titled(page, title_of(page, arrived)), _result(page, arrived, part, live))
        case question:
            return asking(page, question, live=live)


def _result(page: Page, arrived: Arrived, part: str | None, live: Live | None) -> str:
    back = page.links.back_from_result()
    if page.edition == 'full':
        shown = ResultPage(arrived.result, back, share(page, arrived.result, drawn=live is not None))
        return _result_page(page, arrived, shown, live)
    whole = ResultPage(arrived.result, back, Share(page.links.shared(), page.links.keep(), page.links.card()))
    found = _result_page(page, arrived, whole)
    return found if len(found.encode()) <= MOST else _result_page(page, arrived, _part(page, arrived, whole, part))


def _result_page(page: Page, arrived: Arrived, shown: ResultPage, live: Live | None = None) -> str:
    at = shown.elsewhere.get('contacts', '') if 'contacts' in page.filled(arrived.result) else None
    frame = Frame('result', back=shown.back, calm=arrived.result.calm, contacts_at=at, live=live)
    return _inside(page, Markup(page.render('result.html', shown=shown)), frame, notices(page))


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
        elsewhere={name: addresses[i] for i, names in enumerate(parts) if i != number - 1 for name in names},
        part_of=page.words('part_of', n=number, all=len(parts)),
        following=addresses[number] if number < len(parts) else '',
    )


def asking(page: Page, question: Question, *, failed: bool = False, live: Live | None = None) -> Drawn:
    """Return a question as a form; where it `failed`, with what was wrong with the answer that was sent."""
    chosen = page.chosen(question)
    form = AnswerForm(
        question=question,
        to=page.links.form(),
        chosen=chosen,
        carried=page.links.others(question.id) | {ASKED: question.id},
        error=why_refused(page, question, chosen) if failed else None,
    )
    around = page.around(question)
    frame = Frame(question.id, asks=True, back=around.back, live=live)
    inside = _inside(page, asked(page, around, form), frame, () if failed else notices(page))
    return Drawn(titled(page, title_of(page, question), failed=failed), inside)
