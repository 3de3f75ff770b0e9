"""Content as the engine walks it: includes expanded, references resolved, conditions read. Nothing in it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import TypeAlias

from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.condition import holds
from guidance.content.format import Assistance
from guidance.content.format import Case
from guidance.content.format import Contact
from guidance.content.format import Limitation
from guidance.content.format import ListFile
from guidance.content.format import Service
from guidance.content.format import Source
from guidance.content.problem import Place
from guidance.content.ui_texts import Training
from guidance.content.ui_texts import UiTexts


@dataclass(frozen=True)
class Variant:
    """One way to say something, and the condition under which it is said so."""

    say: str
    when: Condition
    place: Place


@dataclass(frozen=True)
class Wording:
    """What to say, by situation; the last variant holds always."""

    variants: tuple[Variant, ...]

    def for_(self, answers: Answers) -> str:
        """Return the first variant that holds for these answers."""
        return next(variant.say for variant in self.variants if holds(variant.when, answers))


@dataclass(frozen=True)
class Option:
    """One possible answer."""

    id: str
    label: str
    hint: str | None = None
    alone: bool = False
    was: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Question:
    """Asked when `when` holds."""

    id: str
    ask: Wording
    hint: Wording | None
    why: Wording | None
    many: bool
    when: Condition
    options: tuple[Option, ...]
    list: str | None  # the list that gives its options, if any
    was: tuple[str, ...]
    place: Place
    sensitive: bool = False
    gone: Mapping[str, str] = field(default_factory=dict)  # options that are not offered any more -> label

    @cached_property
    def option(self) -> Mapping[str, Option]:
        """The options by id."""
        return {option.id: option for option in self.options}


@dataclass(frozen=True)
class Line:
    """One guarded sentence: a step, or what an assistance or limitation means in a situation.

    `id` is the same as long as the line is: a shared step's id, else a name made from the outcome's.
    """

    id: str
    say: str
    when: Condition
    source: str
    place: Place
    whom_to_ask: bool = False


@dataclass(frozen=True)
class NamedContact:
    """Whom to contact: always the same."""

    contact: str
    when: Condition
    place: Place


@dataclass(frozen=True)
class RowContact:
    """Whom to contact: the one that `field` of the row names which was chosen at `question`."""

    question: str
    field: str
    when: Condition
    place: Place


ContactLine: TypeAlias = NamedContact | RowContact


@dataclass(frozen=True, eq=False)
class Outcome:
    """A situation that was recognised. `applies` has the condition spelt out for `otherwise` too."""

    id: str
    applies: Condition
    otherwise: bool
    accepts: Mapping[str, Condition]
    urgency: str
    title: Wording
    summary: Wording | None
    do_now: tuple[Line, ...]
    can: Mapping[str, tuple[Line, ...]]
    cannot: Mapping[str, tuple[Line, ...]]
    no_assistance: Wording | None
    contacts: tuple[ContactLine, ...]
    place: Place
    help: bool = True  # whether the contact that stands first in every result stands here, too


@dataclass(frozen=True)
class EmergencyGroup:
    """The emergency numbers for one place; `when` is None where the group has no condition."""

    title: str
    contacts: tuple[str, ...]
    when: Condition | None
    place: Place


@dataclass(frozen=True, eq=False)
class Content:
    """Everything that is specific to a service. `version` changes with every change of a file."""

    service: Service
    ui_texts: UiTexts
    training: Training
    emergency: tuple[EmergencyGroup, ...]
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    assistance: Mapping[str, Assistance]
    on_request_of: Mapping[str, Condition]
    limitations: Mapping[str, Limitation]
    contacts: Mapping[str, Contact]
    sources: Mapping[str, Source]
    lists: Mapping[str, ListFile]
    cases: Mapping[str, Case]
    flows: int
    version: str = ''
    translated: float = 1.0  # the share of its texts that stand in its language; the others stand in that of the files
    gone: Mapping[str, str] = field(default_factory=dict)  # questions that are not asked any more -> how it read
    cache: dict[object, object] = field(default_factory=dict, init=False, repr=False)  # of `cached_in_content`

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """The questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The questions marked `sensitive`."""
        return frozenset(question.id for question in self.questions if question.sensitive)

    @cached_property
    def by_urgency(self) -> tuple[Outcome, ...]:
        """The outcomes, most urgent first, then in the order of the content."""
        order = {name: number for number, name in enumerate(self.service.urgencies)}
        return tuple(sorted(self.outcomes, key=lambda outcome: order.get(outcome.urgency, 0)))

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """Earlier question id -> present id."""
        return {old: question.id for question in self.questions for old in question.was}

    @cached_property
    def _rows(self) -> Mapping[str, ListFile]:
        """The lists that give questions their options, by question."""
        return {question.id: self.lists[question.list] for question in self.questions if question.list is not None}

    def row_contact(self, question: str, option: str, field: str) -> str | None:
        """Return the contact that `field` of the row `option` names, or the list's fallback where it names none.

        An option that is no row (such as "I don't know") has the fallback, too. None where there is no fallback.
        """
        rows = self._rows[question]
        row = rows.rows.get(option)
        return (row.fields.get(field) if row else None) or rows.fallback.get(field)
