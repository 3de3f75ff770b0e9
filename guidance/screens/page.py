"""One page: the content and an address, and all that follows from them. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from typing import Literal

from markupsafe import Markup

from guidance.content.condition import Answers
from guidance.content.condition import questions_in
from guidance.content.days import today
from guidance.content.format import Source
from guidance.content.local_text import spelled
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import Option
from guidance.content.model import Outcome
from guidance.content.model import Question
from guidance.journey.ageing import without_aged
from guidance.journey.cache import cached_in_content
from guidance.journey.code import grouped
from guidance.journey.decided import decided_by
from guidance.journey.query import Reading
from guidance.journey.query import read_query
from guidance.journey.walk import Arrived
from guidance.journey.walk import Journey
from guidance.journey.walk import Result
from guidance.journey.walk import ResultPart
from guidance.journey.walk import applying
from guidance.journey.walk import before
from guidance.journey.walk import contacts_for
from guidance.journey.walk import leaves
from guidance.journey.walk import walk
from guidance.languages.language import preferred
from guidance.languages.language import width
from guidance.screens.contacts import ContactCard
from guidance.screens.contacts import contact_card
from guidance.screens.contacts import emergency
from guidance.screens.contacts import link
from guidance.screens.contacts import near
from guidance.screens.contacts import strip
from guidance.screens.contacts import unknown
from guidance.screens.dialled import dialled
from guidance.screens.dialled import first_call
from guidance.screens.dialled import is_alarm
from guidance.screens.dialled import out_of_reach
from guidance.screens.links import Edition
from guidance.screens.links import Links
from guidance.screens.parts import MOST_UNGROUPED
from guidance.screens.parts import AroundQuestion
from guidance.screens.parts import OptionGroup
from guidance.screens.parts import Summary
from guidance.screens.parts import ahead
from guidance.screens.parts import filled
from guidance.screens.parts import option_groups
from guidance.screens.render import html_of
from guidance.screens.sources import caveat
from guidance.screens.sources import legend
from guidance.screens.sources import published
from guidance.screens.sources import sources_of
from guidance.screens.summary import summary
from guidance.screens.texts import ScreenTexts
from guidance.serving.counters import counting
from guidance.serving.store import is_preview
from guidance.serving.store import store

LEAD = 40  # Latin letters, of which a line on a phone takes so many
_ADDRESS = '\0address\0'


@dataclass(frozen=True)
class Page(ScreenTexts):
    """A page of a content, in the language `lang`; `more` are parameters of a training page, which all its addresses keep."""

    reading: Reading
    edition: Edition = 'full'
    more: Mapping[str, str] = field(default_factory=dict)
    wizard_url: str = ''  # the address of the wizard as the browser sees it; '' where it is not known

    @classmethod
    def open(
        cls, pairs: Iterable[tuple[str, str]], headers: Mapping[str, str], edition: Edition = 'full', wizard_url: str = ''
    ) -> Page:
        """Return the page that an address asks for, in its language, else in the one that the browser prefers.

        `pairs` are the names and values of the address, `headers` are those of the browser, whatever the case of their names.
        """
        content = store().content()
        reading = without_aged(content, read_query(content, pairs), today(content.service))
        lang = reading.lang or preferred(headers.get('accept-language', ''), content.service.languages)
        if edition in ('kept', 'training'):  # who keeps a result has read whose it is
            reading = replace(reading, shared=False)
        return cls(store().content(lang), lang, reading, edition, wizard_url=wizard_url)

    @property
    def given(self) -> Answers:
        """Every answer in the address, those that do not count included."""
        return self.reading.answers

    @cached_property
    def journey(self) -> Journey:
        """Where the answers lead."""
        return walk(self.content, self.given)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that apply to the answers so far."""
        result = self.journey.result
        return tuple(part.outcome for part in result.parts) if result else applying(self.content, self.journey.answered)

    @cached_property
    def links(self) -> Links:
        """The addresses that stand on the page."""
        return Links(self.content, self.reading, self.journey, self.lang, self.edition, self.more, self.wizard_url)

    @property
    def counts(self) -> bool:
        """Whether what is done with this page is counted."""
        return self.edition in ('full', 'plain') and counting() and not is_preview()

    def code(self) -> str:
        """Return the code of this result as it is read out; '' where there is none, and in training."""
        return '' if self.edition == 'training' else grouped(self.links.read_out)

    def answering(self, answers: Answers) -> Page:
        """Return the same page with these answers."""
        return replace(self, reading=replace(self.reading, answers=answers))

    def led_to(self) -> Page:
        """Return the page to which the answers lead, one of which was just sent: the same journey, with an address of ours."""
        page = replace(self, reading=self.links.after())
        vars(page)['journey'] = self.journey  # which need not be walked again
        return page

    def shown(self) -> Literal['start'] | Question | Arrived:
        """Return what the address shows: the start page, a question (that of `change`, else the next one), or the result."""
        said = self.reading
        if not (said.answers or said.change or said.unread):
            return 'start'
        if said.change and said.change in self.journey.answered:
            return self.content.question[said.change]
        return self.journey if isinstance(self.journey, Arrived) else self.journey.next

    def render(self, template: str, **data: object) -> str:
        """Return the HTML of one template, with everything escaped that is not HTML itself."""
        names = {'page': self, 'content': self.content, 't': self.words, **data}
        return html_of(template, names, self.lang, self.content.service.languages)

    def fixed(self, template: str, name: str = '') -> Markup:
        """Return the HTML of a template that is the same on all pages of this edition, for the thing that the name names.

        It is drawn once per content: it may say nothing of the answers, nor of the address.
        """
        return _fixed(self.content, self.lang, self.edition, template, name)

    def ask(self, question: str) -> str:
        """Return how the question reads with the answers that count."""
        return self.content.question[question].ask.for_(self.journey.answered)

    def answered(self, question: str) -> Markup:
        """Return how a question was answered as it stands in a list, with the way to change that."""
        asked, chosen = self.ask(question), self.journey.answered[question]
        drawn = _answered(self.content, self.lang, self.edition, question, chosen, asked, spelled(asked))
        return drawn.replace(_ADDRESS, self.links.change(question))

    def labels(self, question: str, chosen: Iterable[str]) -> str:
        """Return the labels of these options of a question."""
        options = self.content.question[question].option
        return self.joined(options[option].label for option in chosen)

    def chosen(self, question: Question) -> tuple[str, ...]:
        """Return the options of a question that the address has and that are offered, also where they are no whole answer."""
        if question.id in self.journey.answered:
            return self.journey.answered[question.id]
        named = self.given.get(question.id, ()) if question.many else ()
        named = named or self.reading.unread.get(question.id, ())
        return tuple(option.id for option in self.offered(question) if option.id in named)

    def offered(self, question: Question) -> tuple[Option, ...]:
        """Return the options of a question that can be chosen with the answers that count."""
        return question.offered(self.journey.answered)

    def situations(self) -> tuple[tuple[str, str], ...]:
        """Return label and address of each option of the question that the start page asks, if it asks one."""
        name = self.content.service.start_with
        question = self.content.question.get(name) if name else None
        if question is None:
            return ()
        return tuple((option.label, self.links.begun(question.id, option.id)) for option in question.offered({}))

    def is_long(self, question: Question) -> bool:
        """Tell whether more can be chosen than is seen as a whole."""
        return len(self.offered(question)) > MOST_UNGROUPED

    def option_groups(self, question: Question) -> tuple[OptionGroup, ...]:
        """Return what can be chosen, a long list in groups."""
        return option_groups(self.offered(question))

    def around(self, question: Question) -> AroundQuestion:
        """Return what stands above and below a question."""
        answered = self.journey.answered
        previous = before(self.journey, question)
        can_wait = bool(answered) and self.edition != 'training'
        return AroundQuestion(
            heading=self.ask(question.id),
            hint=question.hint.for_(answered) if question.hint else None,
            many=question.many,
            back=self.links.change(previous) if previous else None if answered else self.links.start(),
            ahead=ahead(self, self.journey) if self.journey.next is question else '',
            keep=self.links.this_journey if question.id in answered else None,
            why=question.why.for_(answered) if question.why else None,
            can_wait=can_wait,
            later=self.links.shared() if can_wait else '',
        )

    def numbers(self) -> Markup:
        """Return the emergency numbers of all places as they stand on a page."""
        return _numbers(self.content, self.lang, self.edition, near(self.content, self.journey.answered))

    def strip(self, calm: bool, contacts_at: str | None, wide: bool) -> Markup:
        """Return the strip of every page, `wide` where danger comes first.

        `contacts_at` is where the page itself has the contacts, if it has them.
        """
        groups = near(self.content, self.journey.answered)
        contacts = contacts_for(self.content, self.outcomes, self.journey.answered)
        return _strip(self.content, self.lang, self.edition, calm, wide, groups, contacts, contacts_at)

    def contact(self, identity: str) -> ContactCard:
        """Return a contact as it is shown."""
        return contact_card(self, identity)

    def unknown(self, contacts: Iterable[str]) -> tuple[str, ...]:
        """Return what is not known of some contacts, as questions to ask."""
        return unknown(self.content, contacts)

    def sources(self, result: Result) -> tuple[str, ...]:
        """Return the names of the sources of everything that the result shows, each once."""
        return sources_of(self.content, result)

    def filled(self, result: Result) -> tuple[str, ...]:
        """Return the sections of a result that have something in them; the others are left out, with the way to them."""
        return filled(self.content, result)

    def source(self, source: Source) -> str:
        """Return who published a page, when it was made and looked up, and whether that was confirmed."""
        return published(self, source)

    def caveat(self, source: str) -> str:
        """Return what has to be said beside a line that rests on this source: nothing for an official page."""
        return caveat(self, self.content.sources[source])

    @cached_property
    def far(self) -> frozenset[str] | None:
        """The contacts whose numbers the reader cannot dial; None in training, where nobody is called."""
        return None if self.edition == 'training' else out_of_reach(self.content, self.journey.answered)

    def dialled(self, text: str) -> Markup:
        """Return a text in which the numbers that the reader can dial are links."""
        return _sentence(self.content, self.lang, self.far, text, spelled(text), None, '')

    def said(self, line: Line) -> Markup:
        """Return a line of a result, with its link and what has to be said beside it."""
        return _sentence(self.content, self.lang, self.far, line.say, spelled(line.say), line.link, line.source)

    def first_call(self, result: Result) -> tuple[str, str] | None:
        """Return the number to call before anything else and its `tel:` address, if there is one; in training there is none."""
        return None if self.far is None else first_call(self.content, result, self.far)

    def can_dial(self, contact: str) -> bool:
        """Return whether the reader can dial the numbers of a contact."""
        return self.far is not None and contact not in self.far

    def is_alarm(self, part: ResultPart) -> bool:
        """Return whether a part of a result is marked in the colour of alarm."""
        return is_alarm(self.content, part)

    def is_short(self, text: str) -> bool:
        """Return whether a text may stand before the steps of a result: a longer one would push the first out of sight."""
        return width(text) <= LEAD

    def summary(self, result: Result) -> Summary:
        """Return the result in a few words."""
        return summary(self, result)

    def link(self, name: str) -> tuple[str, str] | None:
        """Return address and words of the link to a contact or a source, if the reader can use it."""
        return None if self.far is None else link(self.content, name, self.far)

    def legend(self, result: Result) -> tuple[str, ...]:
        """Return what the caveats beside the lines of a result mean, each once."""
        return legend(self, result)

    def decided_by(self) -> tuple[str, ...]:
        """Return the questions whose answers decided the result."""
        return decided_by(self.content, self.journey.answered)

    @cached_property
    def may_leave(self) -> bool:
        """Whether the content marks this page, or an answer or outcome that led here, as one to leave quickly."""
        shown = self.shown()
        asked = isinstance(shown, Question) and shown.leave
        return bool(self.content.service.leave_to) and (asked or leaves(self.content, self.journey.answered, self.outcomes))

    def tells_of_leaving(self) -> bool:
        """Return whether this is the first page on the reader's way that can be left quickly: there it is said how."""
        if self.edition not in ('full', 'plain') or not self.may_leave:
            return False
        shown = self.shown()
        last = shown.id if isinstance(shown, Question) else next(reversed(list(self.journey.answered)), '')
        before = dict(takewhile(lambda answer: answer[0] != last, self.journey.answered.items()))
        return self.reading.shared or not leaves(self.content, before, applying(self.content, before))

    def private(self, part: ResultPart) -> bool:
        """Return whether a part of the result follows from the answer to a question marked `sensitive`."""
        outcome = part.outcome
        told_by = outcome.within if outcome.otherwise else outcome.applies  # that nothing else applies tells nothing
        return any(self.content.question[name].sensitive for name in questions_in(told_by))


@cached_in_content(128)
def _strip(
    content: Content,
    lang: str,
    edition: Edition,
    calm: bool,
    wide: bool,
    near: tuple[bool, ...],
    contacts: tuple[str, ...],
    at: str | None,
) -> Markup:
    """Return the strip, which is the same for all who are in the same place and need the same contacts."""
    page = Page(content, lang, Reading({}), edition)
    shown = strip(page, near, calm=calm, wide=wide, contacts=contacts, contacts_at=at)
    return Markup(page.render('strip.html', strip=shown))


@cached_in_content(64)
def _numbers(content: Content, lang: str, edition: Edition, near: tuple[bool, ...]) -> Markup:
    """Return the numbers, which are the same for all who are in the same place."""
    page = Page(content, lang, Reading({}), edition)
    return Markup(page.render('numbers.html', groups=emergency(page, near)))


@cached_in_content(1024)
def _fixed(content: Content, lang: str, edition: Edition, template: str, name: str) -> Markup:
    page = Page(content, lang, Reading({}), edition)
    return Markup(page.render(template, name=name))


@cached_in_content(1024)
def _answered(
    content: Content, lang: str, edition: Edition, question: str, chosen: tuple[str, ...], asked: str, _spelled: tuple[str, str]
) -> Markup:
    """Return an answer, which is the same for all who gave it, with `_ADDRESS` for the address at which it is changed."""
    page = Page(content, lang, Reading({}), edition)
    answer = page.labels(question, chosen)
    return Markup(page.render('answered.html', name=question, asked=asked, answer=answer, change=_ADDRESS))


@cached_in_content(4096)
def _sentence(
    content: Content, lang: str, far: frozenset[str] | None, text: str, _spelled: tuple[str, str], to: str | None, source: str
) -> Markup:
    """Return a text, which is the same for all who can dial the same numbers; with the caveat of a line, if it has a `source`."""
    page = Page(content, lang, Reading({}))
    linked = link(content, to, far) if to and far is not None else None
    return Markup(page.render('sentence.html', said=dialled(content, text, far), to=linked, source=source))
