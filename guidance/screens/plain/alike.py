"""What many pages have in common is drawn once, from the same templates, with blanks for what each has of its own.

A page is then its blanks filled in: most of it is not put together, escaped and searched for foreign letters at each answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup
from markupsafe import escape

from guidance.content.local_text import spelled
from guidance.content.model import Content
from guidance.journey.cache import cached_in_content
from guidance.journey.query import Reading
from guidance.journey.walk import Asking
from guidance.journey.walk import Journey
from guidance.journey.walk import walk
from guidance.screens.links import Edition
from guidance.screens.links import Links
from guidance.screens.page import Page
from guidance.screens.parts import AnswerForm
from guidance.screens.parts import AroundQuestion

_EDGE = '\0'  # what stands between two is the name of a blank; no text and no address has one
_OF_STRIP = ('calm', 'contacts_at', 'wide')  # of no use where the strip itself is a blank


class Live(NamedTuple):
    """What a page that Streamlit draws tells the browser of the answer that it follows.

    `at` is the address that it led to. `refused` names the click that gave none.
    """

    at: str = ''
    refused: str = ''


class Frame(NamedTuple):
    """What a page needs beside its main part, to be drawn around that.

    `step` is its name for the browser, `asks` tells whether it is a question, `told` is said above it; `back` is the way back,
    `report` that to report a mistake, `calm` says that it is no emergency, `wide` that danger comes first, and `contacts_at`
    where the page has the contacts, if it has them.
    """

    step: str
    asks: bool = False
    told: str = ''
    back: str | None = None
    report: str = ''
    calm: bool = False
    wide: bool = False
    contacts_at: str | None = None
    live: Live | None = None


class _Kind(NamedTuple):
    """What makes the frame of a page another than that of another page, beside what is left blank in it."""

    asks: bool
    back: bool
    report: bool
    live: bool
    leaves: bool
    counts: bool


class _Asked(NamedTuple):
    """What makes a question another than it is on another page: how it is said, and how many parameters and answers it has.

    `spelled` tells texts apart that have the same letters.
    """

    question: str
    around: AroundQuestion
    spelled: tuple[tuple[str, str], ...]
    to: str
    carried: int
    fields: int
    answers: int


class _Pattern:
    """HTML with blanks in it."""

    def __init__(self, html: Markup) -> None:
        self._pieces: list[str] = [*html.split(_EDGE)]

    def filled(self, own: Mapping[str, str | None]) -> Markup:
        """Return the HTML with this in place of the blanks, escaped where it is no HTML itself."""
        pieces = self._pieces.copy()
        pieces[1::2] = [own[name] or '' for name in pieces[1::2]]
        return Markup('').join(pieces)


def framed(page: Page, main: Markup, frame: Frame) -> str:
    """Return the body of a page around its main part."""
    live, links = frame.live, page.links
    kind = _Kind(frame.asks, frame.back is not None, bool(frame.report), live is not None, page.may_leave, page.counts)
    own = {'step': frame.step, 'told': frame.told, 'main': main, 'back': frame.back, 'report': frame.report}
    own |= live._asdict() if live else {}
    own |= {f'here {lang}': links.here(lang=lang) for lang in page.content.service.languages}
    own |= {'this journey': links.this_journey, 'here': links.here()}
    own |= {'strip': page.strip(frame.calm, frame.contacts_at, frame.wide), 'numbers': page.numbers().rstrip()}
    return _frame(page.content, page.lang, page.edition, kind).filled(own)


def asked(page: Page, around: AroundQuestion, form: AnswerForm) -> Markup:
    """Return a question with its answers as a form. One of which something was chosen, or refused, is drawn by itself."""
    if form.chosen or form.varies or form.error:
        return Markup(page.render('question.html', around=around, form=form))
    question, answered, links = form.question, page.journey.answered, page.links
    fields = links.fields() if page.edition == 'plain' else {}
    texts = (around.heading, around.hint or '', around.ahead, around.why or '')
    with_blanks = replace(around, back=None, keep=around.keep and _blank('keep'), later=around.later and _blank('later'))
    like = _Asked(
        question.id,
        with_blanks,
        tuple(map(spelled, texts)),
        form.to,
        len(form.carried),
        len(fields),
        len(answered),
    )
    own = {'keep': around.keep, 'later': around.later, 'qr': links.qr() if around.later else ''}
    own |= _numbered('carried', form.carried) | _numbered('field', fields)
    own |= {f'answer {number}': page.answered(name) for number, name in enumerate(answered)}
    return _question(page.content, page.lang, page.edition, like).filled(own)


@cached_in_content(64)
def _frame(content: Content, lang: str, edition: Edition, kind: _Kind) -> _Pattern:
    page = _Alike(content, lang, Reading({}), edition, leaves=kind.leaves)
    live = Live(_blank('at'), _blank('refused')) if kind.live else None
    given = {'step': True, 'told': True, 'main': True, 'back': kind.back, 'report': kind.report}
    own = {name: _blank(name) if has else None for name, has in given.items()}
    return _Pattern(Markup(page.render('page.html', asks=kind.asks, live=live, **dict.fromkeys(_OF_STRIP), **own)))


@cached_in_content(256)
def _question(content: Content, lang: str, edition: Edition, like: _Asked) -> _Pattern:
    page = _Alike(content, lang, Reading({}), edition, like=like)
    form = AnswerForm(content.question[like.question], like.to, (), _blanks('carried', like.carried), None)
    return _Pattern(Markup(page.render('question.html', around=like.around, form=form)))


@dataclass(frozen=True)
class _Alike(Page):
    """Stands for all pages that look alike: in place of what differs between them it has blanks.

    It `leaves` if they can be left quickly. `like` is what they ask; None for the frame, which is around any main part.
    """

    leaves: bool = False
    like: _Asked | None = None

    @cached_property
    def journey(self) -> Journey:
        """As many answers as those pages have, whatever they are, before the question."""
        if self.like is None:
            return walk(self.content, {})
        return Asking({str(number): () for number in range(self.like.answers)}, {}, self.content.question[self.like.question])

    @cached_property
    def links(self) -> Links:
        """Blanks."""
        number = self.like.fields if self.like else 0
        return _Addresses(self.content, self.reading, self.journey, self.lang, self.edition, {}, '', number)

    @cached_property
    def may_leave(self) -> bool:
        """As it is for all of them."""
        return self.leaves

    def strip(self, calm: bool, contacts_at: str | None, wide: bool) -> Markup:  # noqa: ARG002 - as of a page
        """Return a blank."""
        return _blank('strip')

    def numbers(self) -> Markup:
        """Return a blank."""
        return _blank('numbers')

    def answered(self, question: str) -> Markup:
        """Return a blank."""
        return _blank(f'answer {question}')


@dataclass(frozen=True)
class _Addresses(Links):
    """Stands for the addresses of such a page. `number` is that of the parameters of its journey."""

    number: int = 0

    @cached_property
    def this_journey(self) -> str:
        """A blank."""
        return _blank('this journey')

    def here(self, **more: str) -> str:
        """Return a blank."""
        return _blank(' '.join(('here', *more.values())))

    def fields(self) -> dict[str, str]:
        """Return blanks."""
        return _blanks('field', self.number)

    def qr(self) -> str:
        """Return a blank."""
        return _blank('qr')


def _blank(name: str) -> Markup:
    return escape(f'{_EDGE}{name}{_EDGE}')


def _blanks(kind: str, number: int) -> dict[str, str]:
    """Return blanks for so many parameters, which `_numbered` fills."""
    return {_blank(f'{kind} {each} name'): _blank(f'{kind} {each}') for each in range(number)}


def _numbered(kind: str, parameters: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for number, (name, value) in enumerate(parameters.items()):
        found[f'{kind} {number} name'], found[f'{kind} {number}'] = name, value
    return found
