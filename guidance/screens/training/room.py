"""A training page: its case, its addresses, and how it begins."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from functools import cached_property
from itertools import takewhile

from guidance.content.case_format import Case
from guidance.content.case_format import Turn
from guidance.content.condition import Answers
from guidance.content.model import Question
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.screens.notices import notices
from guidance.screens.page import Page
from guidance.screens.parts import AroundQuestion
from guidance.screens.route_names import TRAINING
from guidance.training.case import expected
from guidance.training.case import present_turns
from guidance.training.record import Mode
from guidance.training.record import Record
from guidance.training.record import fingerprint
from guidance.training.score import ComparedAnswer
from guidance.training.score import Verdict
from guidance.training.score import compare
from guidance.training.score import judge


@dataclass(frozen=True)
class Room:
    """What every training page is made from: a page of the wizard, and what its address says beside the answers."""

    page: Page
    record: Record

    def kept(self, address: str) -> str:
        """Return an address of the training pages as a whole link to keep; '' where none can be made."""
        return self.page.wizard_url and self.page.wizard_url + TRAINING + address

    def library(self, *, topic: str | None = None, practises: str | None = None) -> str:
        """Return the address of all cases, or of those of one topic or that practise one assistance or limitation."""
        return self._address(Record(topic=topic, practises=practises, practised=self.record.practised), {})

    def table(self) -> str:
        """Return the address of the table of many records."""
        return self._address(Record(mode='table', practised=self.record.practised), {})

    def link_to(self, name: str, mode: Mode = 'choose', step: int = 0) -> str:
        """Return the address of a case from its beginning."""
        return self._address(Record(case=name, mode=mode, step=step, practised=self.record.practised), {})

    def _address(self, record: Record, answers: Answers, change: str | None = None) -> str:
        more = record.parameters()
        return query_string(parameters(self.page.content, answers, self.page.lang, change=change, more=more))


@dataclass(frozen=True)
class HeardAnswer:
    """What came out at a question: how it reads, and what the caller says to it."""

    ask: str
    says: str


@dataclass(frozen=True)
class CaseRoom(Room):
    """What a training page about one case is made from; comparisons with the guidance hold only where it is not being revised."""

    name: str
    case: Case

    @cached_property
    def expected(self) -> Answers:
        """The expected answers, in the order of the questions."""
        return expected(self.page.content, self.case)

    @cached_property
    def turns(self) -> Mapping[str, Turn]:
        """What happens at each question, under its present id."""
        return present_turns(self.page.content, self.case)

    @cached_property
    def path(self) -> tuple[ComparedAnswer, ...]:
        """The trainee's way beside the expected one."""
        return compare(self.page.content, self.case, self.page.journey)

    def verdict(self, question: str) -> Verdict:
        """Tell what the trainee's answer to this question is worth."""
        return judge(self.page.content, self.case, question, self.page.journey.answered[question])

    def heard(self, until: str = '') -> tuple[HeardAnswer, ...]:
        """Return what came out at each question that was answered, up to this one; without one, at all."""
        before = takewhile(lambda name: name != until, self.page.journey.answered)
        tells = [(name, self.turns[name].tells) for name in before if name in self.turns]
        return tuple(HeardAnswer(self.page.ask(name), says) for name, says in tells if says)

    def link(self, mode: Mode = 'choose', step: int = 0) -> str:
        """Return the address of this case from its beginning."""
        return self.link_to(self.name, mode, step)

    def here(self, *, change: str | None = None, wrong: str | None = None) -> str:
        """Return the address of this page, all answers kept; `wrong` is the answer that is being talked about."""
        return self._address(replace(self.record, wrong=wrong), self.page.given, change)

    def on_the_way(self) -> Record:
        """Return the record while a question is being answered: nothing is done, and no wrong answer is talked about."""
        return replace(self.record, wrong=None, done=False)

    def counted(self) -> CaseRoom:
        """Return the page with its case as one that was practised."""
        practised = tuple(name for name in self.page.content.cases if name in {*self.record.practised, self.name})
        record = replace(self.record, practised=practised)
        return replace(self, record=record, page=replace(self.page, more=record.parameters()))

    def parameters(self, record: Record, answers: Answers) -> dict[str, str]:
        """Return the parameters of the address of this record and these answers."""
        return parameters(self.page.content, answers, self.page.lang, more=record.parameters())

    def finished(self, record: Record, seen: str | None = None) -> dict[str, str]:
        """Return the parameters of a finished record: the answers that count, the marks, what it was first scored against."""
        content, answers = self.page.content, self.page.journey.answered
        more = replace(record, done=True, wrong=None).parameters()
        seen = seen or fingerprint(content, self.case)
        return parameters(content, answers, self.page.lang, seen=seen, more=more)


@dataclass(frozen=True)
class AskedQuestion:
    """One of the wizard's questions on a training page, with what stands around it."""

    question: Question
    around: AroundQuestion


@dataclass(frozen=True)
class StreamlitForm:
    """A form of Streamlit's on a training page: `draw` draws it, and returns the HTML that stands below."""

    draw: Callable[[], str]


@dataclass(frozen=True)
class TrainingPage:
    """A training page as it is shown: its title, its name for the browser, what stands on it as HTML, and what it asks."""

    room: Room
    title: str
    step: str
    html: str
    asks: AskedQuestion | StreamlitForm | None = None

    @property
    def full_title(self) -> str:
        """The title, with word that this is training."""
        return self.room.page.words('part_of_training', part=self.room.page.words('training'), title=self.title)

    @property
    def back(self) -> str | None:
        """Where the answer before is changed; None on a page that asks none of the wizard's questions."""
        return self.asks.around.back if isinstance(self.asks, AskedQuestion) else None

    def notices(self) -> list[str]:
        """Return what there is to say about the address; nothing where no answers are given."""
        record = self.room.record
        working = record.mode in ('practise', 'assess') and not record.done
        return notices(self.room.page) if working else []
