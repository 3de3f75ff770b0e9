"""Content as the engine walks it: includes expanded, references resolved, conditions read. Nothing in it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from guidance.content.braces import fill
from guidance.content.case_format import Case
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.content.edition import Edition
from guidance.content.fields import ALWAYS
from guidance.content.fields import Days
from guidance.content.format import Assistance
from guidance.content.format import Contact
from guidance.content.format import Limitation
from guidance.content.format import ListFile
from guidance.content.format import Service
from guidance.content.format import Source
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.published import Log
from guidance.content.training_words import Training
from guidance.content.ui_texts import UiTexts


@dataclass(frozen=True, eq=False)
class NamedAnswer:
    """An answer that a text names in braces: `name` as it stands there, and what is put in its place for each option."""

    name: str
    question: str
    texts: Mapping[str, str]

    def text(self, answers: Answers) -> str:
        """Return what is put there; dots where the question was not answered, as staff may look at a text."""
        return next((self.texts[option] for option in answers.get(self.question, ()) if option in self.texts), '…')


def _said(text: str, named: tuple[NamedAnswer, ...], answers: Answers) -> str:
    return fill(text, {each.name: each.text(answers) for each in named}) if named else text


@dataclass(frozen=True)
class Variant:
    """One way to say something, and the condition under which it is said so."""

    say: str
    when: Condition
    place: Place
    by_others: bool = False
    named: tuple[NamedAnswer, ...] = ()
    kind: str = 'Variant.say'  # of text that the words are, for their translation


@dataclass(frozen=True)
class Wording:
    """What to say, by situation; the last variant holds always."""

    variants: tuple[Variant, ...]

    def for_(self, answers: Answers) -> str:
        """Return the first variant that holds for these answers, with what it names of them."""
        said = self.variant(answers)
        return _said(said.say, said.named, answers)

    def variant(self, answers: Answers) -> Variant:
        """Return the first variant that holds for these answers, as it is written."""
        return next(variant for variant in self.variants if holds(variant.when, answers))


@dataclass(frozen=True)
class Option:
    """One possible answer, offered where `when` holds; it names only questions that stand earlier."""

    id: str
    label: str
    hint: str | None = None
    alone: bool = False
    was: tuple[str, ...] = ()
    days: Days = ALWAYS
    when: Condition = TRUE
    place: Place | None = None  # of one that has a condition
    group: str | None = None  # the heading that it stands under in a long list
    kind: str = 'Option'  # of shape that the label is written in: that of an option, or of a row
    also: tuple[str, ...] = ()  # by what else a reader may look for it there: other names, and those in other languages


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
    leave: bool = False  # from here on, pages can be left quickly
    gone: Mapping[str, str] = field(default_factory=dict)  # options that are not offered any more -> label
    ages: int | None = None  # days after which an answer may no longer hold

    @cached_property
    def option(self) -> Mapping[str, Option]:
        """The options by id."""
        return {option.id: option for option in self.options}

    def offered(self, answers: Answers) -> tuple[Option, ...]:
        """Return the options that can be chosen, where the questions before were answered like this."""
        return tuple(option for option in self.options if option.when is TRUE or holds(option.when, answers))

    @cached_property
    def only_where_offered(self) -> Condition:
        """What holds of every answer: each chosen option is offered. Without an option that has a condition, always."""
        by_condition: dict[Condition, set[str]] = {}
        for option in self.options:
            if option.when != TRUE:
                by_condition.setdefault(option.when, set()).add(option.id)
        return all_of(any_of([when, negate(AnswerIs(self.id, frozenset(options)))]) for when, options in by_condition.items())


@dataclass(frozen=True)
class Line:
    """One guarded sentence: a step, or what an assistance or limitation means in a situation.

    `id` is the same as long as the line is: that of a shared step or line, else a name made from the outcome's. `place` is
    where the words stand, `used` where an outcome takes them over, if they are shared. `former_id` is what a shared step was
    called as a step of this outcome alone, in fingerprints of that time.
    """

    id: str
    say: str
    when: Condition
    source: str
    place: Place
    whom_to_ask: bool = False
    unknown: bool = False  # the words are a question to ask
    used: Place | None = None
    former_id: str = ''
    by_others: bool = False
    days: Days = ALWAYS
    link: str | None = None  # a contact or a source
    same_as: str | None = None  # the id of a step that says the same in other words
    named: tuple[NamedAnswer, ...] = ()
    kind: str = 'Line.say'  # of text that the words are, for their translation

    def told(self, answers: Answers) -> Line:
        """Return the line with what it names of these answers."""
        return replace(self, say=_said(self.say, self.named, answers), named=()) if self.named else self


@dataclass(frozen=True)
class NamedContact:
    """Whom to contact: always the same."""

    contact: str
    when: Condition
    place: Place
    by_others: bool = False
    days: Days = ALWAYS


@dataclass(frozen=True)
class RowContact:
    """Whom to contact: the one that `field` of the row names which was chosen at `question`."""

    question: str
    field: str
    when: Condition
    place: Place
    by_others: bool = False
    days: Days = ALWAYS


ContactLine: TypeAlias = NamedContact | RowContact


@dataclass(frozen=True, eq=False)
class Outcome:
    """A situation that was recognised. `applies` has the condition spelt out for `otherwise` too.

    `within` is the condition under which the flow that it stands in is walked at all; it is part of `applies`.
    """

    id: str
    applies: Condition
    otherwise: bool
    accepts: Mapping[str, Condition]
    urgency: str
    title: Wording
    advice: Wording | None
    summary: Wording | None
    do_now: tuple[Line, ...]
    later: tuple[Line, ...]
    can: Mapping[str, tuple[Line, ...]]
    cannot: Mapping[str, tuple[Line, ...]]
    no_assistance: Wording | None
    contacts: tuple[ContactLine, ...]
    place: Place
    any_order: bool = False
    within: Condition = TRUE
    help: bool = True  # whether the contact that stands first in every result stands here, too
    leave: bool = False  # where it applies, pages can be left quickly

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every guarded sentence of it, in the order of a result."""
        items = (*self.can.values(), *self.cannot.values())
        return (*self.do_now, *self.later, *(line for lines in items for line in lines))


@dataclass(frozen=True)
class Exclusive:
    """Outcomes of which at most one may apply."""

    outcomes: tuple[str, ...]
    place: Place


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
    reach: Mapping[str, Condition]  # of contacts that cannot be dialled by everybody
    sources: Mapping[str, Source]
    lists: Mapping[str, ListFile]
    cases: Mapping[str, Case]
    flows: int
    version: str = ''
    unused: tuple[Problem, ...] = ()  # what stands in the files and nothing refers to: it is not served
    outcomes_at: Mapping[str, Place] = field(default_factory=dict)  # name of a flow's file -> where its outcomes stand
    translated: float = 1.0  # the share of its texts that stand in its language; the others stand in that of the files
    whole: Content | None = field(default=None, repr=False)  # of all days, where this is the content as of one
    turned: int = 0  # how often it has become another by then
    gone: Mapping[str, str] = field(default_factory=dict)  # questions that are not asked any more -> how it read
    exclusive: tuple[Exclusive, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)  # name of a flow's file -> what the flow is called, for authors
    ledger: tuple[Edition, ...] = ()  # the recorded editions, from number 1 on
    published: Log = ()  # of the published folder that it is served from
    cache: dict[object, object] = field(default_factory=dict, init=False, repr=False)  # of `cached_in_content`

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """The questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def help_number(self) -> str:
        """The number of the contact that always stands first, for `{help}` in texts; '' if there is none."""
        return self.contacts[self.service.help].number if self.service.help else ''

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
        found = row.fields.get(field) if row else None
        return found.id if found else rows.fallback.get(field)
