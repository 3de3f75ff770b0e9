"""What follows from the answers: the questions asked so far, the next one or the result. Pure: same in, same out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from typing import ClassVar
from typing import TypeAlias

from guidance.content.condition import AllOf
from guidance.content.condition import AnswerIs
from guidance.content.condition import Answers
from guidance.content.condition import holds
from guidance.content.local_text import original
from guidance.content.model import ContactLine
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.model import Question
from guidance.content.model import RowContact
from guidance.journey.cache import cached_in_content

Steps: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True)
class ResultItem:
    """An assistance or limitation in a result, with what it means in each situation.

    `lines` is empty for a limitation that holds in general only, `titles` names the situation of each of them. `may_ask` is
    false where this reader is only told who can ask for the assistance.
    """

    id: str
    lines: tuple[Line, ...]
    may_ask: bool = True
    titles: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[tuple[str, Line], ...]:
        """The lines but those that are questions to ask, each with the title of its situation."""
        return tuple((title, line) for title, line in zip(self.titles, self.lines, strict=True) if not line.unknown)


@dataclass(frozen=True)
class ResultPart:
    """One outcome in a result: its headings and the steps that stand under it. `advice` is None where the outcome has none."""

    outcome: Outcome
    title: str
    advice: str | None
    summary: str | None
    do_now: tuple[Line, ...]
    later: tuple[Line, ...]
    no_assistance: str | None

    @property
    def heading(self) -> str:
        """What heads this part: what to do, or where that is not said in one sentence, what the situation is called."""
        return self.advice or self.title


@dataclass(frozen=True)
class Result:
    """All outcomes that apply, merged, most urgent first; ids of contacts in order.

    `calm` tells that it is no emergency, or none of this service.
    """

    parts: tuple[ResultPart, ...]
    can: tuple[ResultItem, ...]
    cannot: tuple[ResultItem, ...]
    other_limits: tuple[ResultItem, ...]
    contacts: tuple[str, ...]
    calm: bool
    fingerprint: str

    @property
    def steps(self) -> tuple[Line, ...]:
        """All steps in the order in which they stand: those of now, then those of later."""
        now = tuple(step for part in self.parts for step in part.do_now)
        return now + tuple(step for part in self.parts for step in part.later)

    @property
    def unknown(self) -> tuple[Line, ...]:
        """What is not known of what can be done, as questions to ask."""
        return tuple(line for item in self.can for line in item.lines if line.unknown)

    @property
    def heading(self) -> str:
        """What heads the result: the advice of the most urgent outcome, or its title."""
        return self.parts[0].heading

    @property
    def in_scope(self) -> bool:
        """Whether the service has anything to offer here; false where every outcome says plainly that there is none."""
        return not self.parts or bool(self.can) or any(part.no_assistance is None for part in self.parts)


@dataclass(frozen=True)
class Asking:
    """Answers that lead to the question `next`.

    `answered` are the answers that count, by question, in order; `idle` those that were given but do not count at present.
    """

    answered: Answers
    idle: Answers
    next: Question
    result: ClassVar[None] = None


@dataclass(frozen=True)
class Arrived:
    """Answers that lead to a result; `answered` and `idle` as in `Asking`."""

    answered: Answers
    idle: Answers
    result: Result
    next: ClassVar[None] = None


Journey: TypeAlias = Asking | Arrived
"""Where answers lead."""


def walk(content: Content, answers: Answers) -> Journey:
    """Return the journey for these answers.

    An answer to a question that is not asked does not count, nor one with an unknown option or one that is not offered, with
    several options for `choose: one`, or with an option that stands `alone` beside others.
    """
    answered: dict[str, tuple[str, ...]] = {}
    for question in content.questions:
        if holds(question.when, answered):
            chosen = accepted(question, answers.get(question.id, ()), answered)
            if not chosen:
                return Asking(answered, _idle(answers, answered), question)
            answered[question.id] = chosen
    return Arrived(answered, _idle(answers, answered), result(content, answered))


def _idle(answers: Answers, answered: Answers) -> Answers:
    return {name: tuple(chosen) for name, chosen in answers.items() if name not in answered and chosen}


def accepted(question: Question, chosen: Iterable[str], before: Answers | None = None) -> tuple[str, ...]:
    """Return the chosen options in the order of the question, or nothing if this is not an answer to it.

    `before` are the answers to the questions before, which decide what is offered; without them, everything is.
    """
    names = set(chosen)
    options = question.options if before is None else question.offered(before)
    known = tuple(option for option in options if option.id in names)
    if len(known) != len(names) or (len(names) > 1 and (not question.many or any(option.alone for option in known))):
        return ()
    return tuple(option.id for option in known)


def leaves(content: Content, answered: Answers, outcomes: Iterable[Outcome]) -> bool:
    """Tell whether pages can be left quickly from these answers on, to which these outcomes apply."""
    return any(content.question[name].leave for name in answered) or any(outcome.leave for outcome in outcomes)


def before(journey: Journey, question: Question) -> str | None:
    """Return the question that was answered before this one, or None at the first."""
    answered = list(journey.answered)
    position = answered.index(question.id) if question.id in answered else len(answered)
    return answered[position - 1] if position else None


def applying(content: Content, answers: Answers) -> tuple[Outcome, ...]:
    """Return the outcomes that apply, most urgent first, then in the order of the content."""
    by_answer, outcomes = _by_answer(content), content.by_urgency
    places = set(by_answer[None])
    for question, chosen in answers.items():
        for option in chosen:
            places |= by_answer.get((question, option), frozenset())
    return tuple(outcomes[place] for place in sorted(places) if outcomes[place].applies.test(answers))


@cached_in_content(1)
def _by_answer(content: Content) -> Mapping[tuple[str, str] | None, frozenset[int]]:
    """Return for each answer the places in `by_urgency` of outcomes that need it, or one like it; None: those that need none.

    Each stands where the fewest journeys come by: at the test of the fewest options among the most.
    """
    found: dict[tuple[str, str] | None, set[int]] = {None: set()}
    for place, outcome in enumerate(content.by_urgency):
        parts = outcome.applies.parts if isinstance(outcome.applies, AllOf) else (outcome.applies,)
        needed = [part for part in parts if isinstance(part, AnswerIs)]
        test = min(needed, key=lambda each: len(each.options) / len(content.question[each.question].options), default=None)
        for answer in [(test.question, option) for option in test.options] if test else [None]:
            found.setdefault(answer, set()).add(place)
    return {answer: frozenset(places) for answer, places in found.items()}


def result(content: Content, answers: Answers) -> Result:
    """Return everything there is to say for a complete set of answers."""
    outcomes = applying(content, answers)
    parts = _parts(outcomes, answers)
    titles = [part.title for part in parts]
    can = _items(zip(titles, (outcome.can for outcome in outcomes), strict=True), answers, content.assistance)
    cannot = _items(zip(titles, (outcome.cannot for outcome in outcomes), strict=True), answers, content.limitations)
    shown = {item.id for item in cannot}
    calm = {name for name, urgency in content.service.urgencies.items() if urgency.calm}
    contacts = contacts_for(content, outcomes, answers)
    made = Result(
        parts=parts,
        can=can,
        cannot=cannot,
        other_limits=tuple(
            ResultItem(identity, ())
            for identity, limit in content.limitations.items()
            if identity not in shown and limit.general is not False
        ),
        contacts=contacts,
        calm=bool(outcomes) and all(outcome.urgency in calm for outcome in outcomes),
        fingerprint='',
    )
    return replace(made, calm=made.calm or not made.in_scope, fingerprint=_fingerprint(content, made))


def _parts(outcomes: Iterable[Outcome], answers: Answers) -> tuple[ResultPart, ...]:
    outcomes = tuple(outcomes)
    now, later = _steps([(outcome.do_now, outcome.later) for outcome in outcomes], answers)
    parts = []
    for number, outcome in enumerate(outcomes):
        offered = any(holds(line.when, answers) for lines in outcome.can.values() for line in lines)
        parts.append(
            ResultPart(
                outcome,
                outcome.title.for_(answers),
                outcome.advice.for_(answers) if outcome.advice else None,
                outcome.summary.for_(answers) if outcome.summary else None,
                now[number],
                later[number],
                outcome.no_assistance.for_(answers) if outcome.no_assistance and not offered else None,
            )
        )
    return tuple(parts)


def _steps(lists: list[tuple[Steps, Steps]], answers: Answers) -> tuple[list[Steps], list[Steps]]:
    """Return what each outcome has people do now, and later. No step stands twice, nor in other words: the first one stays."""
    shown: set[str] = set()

    def fresh(steps: Steps) -> Steps:
        found = []
        for step in steps:
            names = {step.id, step.same_as or step.id}
            if holds(step.when, answers) and shown.isdisjoint(names):
                shown.update(names)
                found.append(step.told(answers))
        return tuple(found)

    every_now, every_later = zip(*lists, strict=True) if lists else ((), ())
    return [fresh(steps) for steps in every_now], [fresh(steps) for steps in every_later]


def _items(
    told: Iterable[tuple[str, Mapping[str, tuple[Line, ...]]]], answers: Answers, order: Iterable[str]
) -> tuple[ResultItem, ...]:
    """Merge what the outcomes say, each with its title: each assistance or limitation once, in the order of the source page."""
    found: dict[str, dict[str, tuple[Line, str]]] = {}  # assistance or limitation -> sentence -> the first to say so, of what
    for title, by_identity in told:
        for identity, guarded in by_identity.items():
            for line in guarded:
                if holds(line.when, answers):
                    said = line.told(answers)
                    found.setdefault(identity, {}).setdefault(original(said.say), (said, title))
    items = []
    for identity in order:
        if identity in found:
            lines, titles = zip(*found[identity].values(), strict=True)
            items.append(ResultItem(identity, lines, not all(line.whom_to_ask for line in lines), titles))
    return tuple(items)


def contacts_for(content: Content, outcomes: Iterable[Outcome], answers: Answers) -> tuple[str, ...]:
    """Return whom to contact, each once: the service's help first, unless all leave it out, then what they name."""
    outcomes = tuple(outcomes)
    helps = any(outcome.help for outcome in outcomes) or not outcomes
    contacts = [content.service.help] if content.service.help and helps else []
    for outcome in outcomes:
        for line in outcome.contacts:
            if holds(line.when, answers):
                contacts += _contacts(content, line, answers)
    return tuple(dict.fromkeys(contacts))


def _contacts(content: Content, line: ContactLine, answers: Answers) -> list[str]:
    match line:
        case NamedContact():
            return [line.contact]
        case RowContact():
            rows = answers.get(line.question, ())
            return [contact for row in rows if (contact := content.row_contact(line.question, row, line.field))]


def is_as_seen(content: Content, result: Result, seen: str) -> bool:
    """Tell whether a result shows what that of the fingerprint `seen` did, by the rule of its time."""
    return seen in (result.fingerprint, former_fingerprint(content, result))


def _fingerprint(content: Content, result: Result) -> str:
    """Hash the words that are shown, as written, and contact values, in order; not ids, dates, sources or the language.

    The first sign tells the rule: `w`, for words. One without is of the rule before.
    """
    shown: list[str] = []
    for part in result.parts:
        shown += [part.title, *([part.advice] if part.advice else []), part.summary or '', part.no_assistance or '']
        shown += [step.say for step in (*part.do_now, *part.later)]
    for item in result.can:
        about = content.assistance[item.id]
        shown += [about.title, *(line.say for line in item.lines), about.who_may_ask or '', about.how_to_ask or '']
    for item in result.cannot:
        shown += [content.limitations[item.id].title, *(line.say for line in item.lines)]
    shown += [link for identity in _links(result) for link in _shown_of_link(content, identity)]
    shown += [content.limitations[item.id].say for item in result.other_limits]
    for identity in result.contacts:
        shown += _shown_of_contact(content, identity)
    return f'w{_hashed(shown)}'


def former_fingerprint(content: Content, result: Result) -> str:
    """Return the fingerprint by the rule of the first edition, which hashed ids too. For links and records of its time."""
    shown: list[str] = []
    for part in result.parts:
        shown += [part.outcome.id, part.title, part.summary or '', part.no_assistance or '']
        shown += [part.advice] if part.advice else []
        shown += [text for step in (*part.do_now, *part.later) for text in (step.former_id or step.id, step.say)]
    for item in result.can + result.cannot:
        shown += [item.id, *(line.say for line in item.lines)]
    shown += _links(result)
    for identity in result.contacts:
        shown += [identity, *_shown_of_contact(content, identity)]
    return _hashed(shown)


def _links(result: Result) -> list[str]:
    lines = (line for item in (*result.can, *result.cannot) for line in item.lines)
    return [line.link for line in (*result.steps, *lines) if line.link]


def _shown_of_contact(content: Content, identity: str) -> list[str]:
    contact = content.contacts[identity]
    return [contact.name, contact.hours or '', *(channel.name or channel.value for channel in contact.channels)]


def _shown_of_link(content: Content, identity: str) -> list[str]:
    contact = content.contacts.get(identity)
    return _shown_of_contact(content, identity) if contact else [content.sources[identity].title]


def _hashed(shown: Iterable[str]) -> str:
    return hashlib.sha256('\0'.join(map(original, shown)).encode()).hexdigest()[:8]
