"""Every address that a page leads to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from typing import TypeAlias

from guidance.content.condition import Answers
from guidance.content.days import today
from guidance.content.model import Content
from guidance.journey.ageing import made
from guidance.journey.code import code
from guidance.journey.query import CODE
from guidance.journey.query import Reading
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import Arrived
from guidance.journey.walk import Journey
from guidance.screens.route_names import CARD
from guidance.screens.route_names import CHANGES
from guidance.screens.route_names import COUNT
from guidance.screens.route_names import COUNT_PLAIN
from guidance.screens.route_names import KEEP
from guidance.screens.route_names import PLAIN
from guidance.screens.route_names import QR

Edition: TypeAlias = Literal['full', 'plain', 'kept', 'training']
"""`plain` has no JavaScript; `kept` is a file, whose relative links lead nowhere."""

COUNT_AT: Mapping[Edition, str] = {'full': COUNT, 'plain': COUNT_PLAIN}
"""Where it is counted what a reader says of a result, beside the pages, in the editions that ask for it."""


@dataclass(frozen=True)
class LanguageLink:
    """A language, with its own name and the address of the page in it."""

    code: str
    name: str
    link: str


@dataclass(frozen=True)
class Links:
    """The addresses of one page; none of them changes anything.

    `more` are parameters that all of them keep. `wizard_url` is what a whole address begins with, '' where it is not known.
    """

    content: Content
    reading: Reading
    journey: Journey
    lang: str
    edition: Edition
    more: Mapping[str, str]
    wizard_url: str

    @cached_property
    def this_journey(self) -> str:
        """The address of this journey: its next question, or its result."""
        return query_string(self._parameters(self.reading.answers, more=self.more))

    def change(self, question: str) -> str:
        """Return the address at which a question of this journey is asked again."""
        return f'{self.this_journey}&change={question}'

    def back_from_result(self) -> str | None:
        """Return the address of the last question before the result; a receiver has none behind them, and goes nowhere back."""
        return None if self.reading.shared else self.change(list(self.journey.answered)[-1])

    def start(self) -> str:
        """Return the address of the start page, in this language; in training, of the beginning of the case."""
        return query_string({**self.more, 'lang': self.lang})

    def begun(self, question: str, option: str) -> str:
        """Return the address of the first question that is open where this one is answered so beforehand."""
        return query_string(self._parameters({question: (option,)}))

    def fields(self) -> dict[str, str]:
        """Return the parameters of this journey, for a form that sends them all."""
        return self._parameters(self.reading.answers)

    def others(self, question: str) -> dict[str, str]:
        """Return the parameters of this journey without the answer to a question, for a form that asks it."""
        return self._parameters({name: chosen for name, chosen in self.reading.answers.items() if name != question})

    @cached_property
    def this_page(self) -> Mapping[str, str]:
        """The parameters of this very page."""
        said = self.reading
        here = self._parameters(said.answers, change=said.change, seen=said.seen, shared=said.shared)
        return {**self.more, **here}

    def here(self, **more: str) -> str:
        """Return the address of this very page, with more parameters."""
        return query_string({**self.this_page, **more})

    def twin(self) -> str:
        """Return the address of this page in the other edition, the one without JavaScript or the full one."""
        return ('./' if self.edition == 'plain' else PLAIN) + self.here()

    def form(self) -> str:
        """Return where a form of this edition is sent, which has the answers in it."""
        return PLAIN if self.edition == 'plain' else './'

    def changes(self) -> str:
        """Return the address of the page that tells what has changed."""
        return CHANGES + query_string({'lang': self.lang})

    def keep(self) -> str:
        """Return the address of this result as one file; as in a shared link, only the answers that count."""
        return KEEP + query_string(self._parameters(self.journey.answered))

    def card(self) -> str:
        """Return the address of the numbers of this result as one file, for the contacts of a telephone."""
        return CARD + query_string(self._parameters(self.journey.answered))

    def qr(self) -> str:
        """Return the address of the picture of this journey's link, for another telephone to scan."""
        return QR + query_string(self._parameters(self.journey.answered))

    def count(self) -> str:
        """Return where it leads what a reader says of this result, without the answers, which a form adds."""
        return COUNT_AT[self.edition]

    def languages(self) -> tuple[LanguageLink, ...]:
        """Return the languages, each with the address of this page in it."""
        names = self.content.service.languages
        return tuple(LanguageLink(code, name, self.here(lang=code)) for code, name in names.items())

    def after(self) -> Reading:
        """Return what the address says to which the answers of this one lead, one of which was just sent."""
        said = self.reading
        shared = said.shared and said.change is None  # only what the link left open was answered
        day = self._day(said.answers)
        return Reading(said.answers, lang=self.lang, seen=_seen(self.journey), shared=shared, made=day)

    def shared(self) -> str:
        """Return the link that brings back this page for anybody: the answers that count, the language, the fingerprint.

        An answer that does not count stays out of it: a person may have taken it back. The same result has the same link. That of
        a result has a code in place of the answers: nobody reads them in a chat or over a shoulder.
        Without the address of the wizard there is no link, which is ''.
        """
        if not self.wizard_url:
            return ''
        seen, code = _seen(self.journey), self.read_out
        if code:
            day = self._day(self.journey.answered)
            said = parameters(self.content, {}, self.lang, made=day, seen=seen, more={CODE: code})
            return self.wizard_url + query_string(said)
        return self.wizard_url + query_string(self._parameters(self.journey.answered, seen=seen, shared=seen is not None))

    @cached_property
    def read_out(self) -> str:
        """The code of this result, for somebody to type in; '' where there is none."""
        return code(self.content, self.journey.answered) if isinstance(self.journey, Arrived) else ''

    def _day(self, answers: Answers) -> datetime.date | None:
        return made(self.content, answers, self.reading, today(self.content.service))

    def _parameters(
        self,
        answers: Answers,
        *,
        change: str | None = None,
        seen: str | None = None,
        shared: bool = False,
        more: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """Return the parameters of an address with these answers, in the language of the page."""
        day = self._day(answers)
        return parameters(self.content, answers, self.lang, change=change, made=day, seen=seen, shared=shared, more=more)


def _seen(journey: Journey) -> str | None:
    return journey.result.fingerprint if isinstance(journey, Arrived) else None
