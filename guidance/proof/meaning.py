"""The third stage of the checks: does everything that can be answered lead where it should? Exact, see `reach`."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from itertools import combinations
from typing import TypeAlias

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.condition import questions_in
from guidance.content.days import turns
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import Outcome
from guidance.content.model import Question
from guidance.content.model import Variant
from guidance.content.model import Wording
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.proof.branches import NotProved
from guidance.proof.count import number_of_paths
from guidance.proof.dialling import dialling
from guidance.proof.reach import Prover

_NEVER_SHOWN = 'this line is never shown'
_MOST = 10  # gaps listed at once; an author mends them one by one

_Uses: TypeAlias = dict[tuple[str, Place], list[tuple[Place, Condition]]]
"""Outcome and place where it uses shared words -> where each of them stands, and when it is shown."""


def told(answers: Answers) -> str:
    """Return answers in one line, as an address has them."""
    return '&'.join(f'{name}={".".join(chosen)}' for name, chosen in answers.items()) or 'any answers'


@dataclass
class Meaning:
    """The proof of one content, on `today` and each later day: `problems` lists every target that is not as it should be."""

    content: Content
    today: datetime.date = datetime.date.min
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.prover = Prover(self.content.questions)
        self._days = (self.today, *(day for day in turns(self.content) if day > self.today))
        self._unasked: set[str] = set()  # questions that are never asked; what follows from that is left out
        self._uses: _Uses = {}

    def check(self) -> list[Problem]:
        """Prove everything about the content and return what is wrong."""
        for question in self.content.questions:
            self._options(question)
            if self._reached(question.place, f'the question `{question.id}` is never asked', question.when):
                for wording in (question.ask, question.hint, question.why):
                    self._variants(wording, question.when)
            else:
                self._unasked.add(question.id)
        for outcome in self.content.outcomes:
            if self._reached(outcome.place, f'the outcome `{outcome.id}` never applies', outcome.applies):
                self._outcome(outcome)
        for group in self.content.emergency:
            self._reached(group.place, f'the emergency group `{group.title}` never stands first', group.when or TRUE)
        self._shared()
        for never in dialling(self.content):
            self._never(never.place, never.message, never.expected, never.target)
        self._exclusive()
        self._gaps()
        return self.problems

    def _options(self, question: Question) -> None:
        """Each option is offered to somebody, and something to everybody who is asked, on every day."""
        for option in question.options:
            if option.when != TRUE:
                message = f'the option `{option.id}` of `{question.id}` is never offered'
                self._reached(option.place or question.place, message, all_of([question.when, option.when]))
        none_offered: set[Condition] = set()
        for day in self._days:
            offered = [option.when for option in question.options if option.days.have(day)]
            if not offered:
                message = f'the question `{question.id}` has no option from {day} on'
                self.problems.append(Problem(question.place, message, 'an option on every day'))
                return
            if TRUE not in offered:
                none_offered.add(all_of([question.when, *map(negate, offered)]))
        message = f'`{question.id}` offers no option to {{}}'
        for target in none_offered:
            self._never(question.place, message, 'an option without `when`, or one for these answers', target)

    def _outcome(self, outcome: Outcome) -> None:
        nothing_offered = self._nothing_offered(outcome)
        for wording in (outcome.title, outcome.advice, outcome.summary):
            self._variants(wording, outcome.applies)
        self._variants(outcome.no_assistance, any_of(nothing_offered))
        for line in outcome.lines:
            shown = FALSE if line.days.none else all_of([outcome.applies, line.when])
            self._named(line, shown)
            if line.used is None:
                self._reached(line.place, _NEVER_SHOWN, shown)
            else:
                self._uses.setdefault((outcome.id, line.used), []).append((line.place, shown))
        for contact in outcome.contacts:
            self._reached(contact.place, 'this contact is never shown', all_of([outcome.applies, contact.when]))
        if outcome.no_assistance is None and self.content.assistance:
            message = f'the outcome `{outcome.id}` shows no assistance for {{}}'
            expected = 'an assistance in every situation, or `no-assistance` with the plain statement that there is none'
            for target, day in nothing_offered.items():
                since = '' if day == self.today else f' from {day} on'
                self._never(outcome.place, message + since, expected, target)
        for identity, sentences in outcome.can.items():
            for line in sentences:
                self._request(identity, line, all_of([outcome.applies, line.when]))

    def _shared(self) -> None:
        """Each use of shared words shows some of them to somebody, and each of the words is shown by some use."""
        reached: set[Place] = set()
        missed: dict[Place, list[Condition]] = {}
        for (_, used), lines in self._uses.items():
            verdicts = [self._possible(place, _NEVER_SHOWN, shown) for place, shown in lines]
            if any(verdicts):
                for (place, shown), possible in zip(lines, verdicts, strict=True):
                    reached |= {place} if possible else set()
                    missed.setdefault(place, []).append(shown)
            else:
                self._reached(used, _NEVER_SHOWN, any_of(shown for _, shown in lines))
        for place in missed.keys() - reached:
            self._reached(place, _NEVER_SHOWN, any_of(missed[place]))

    def _nothing_offered(self, outcome: Outcome) -> dict[Condition, datetime.date]:
        """Return where the outcome offers no assistance, with the first day of which that is so."""
        lines = [line for lines in outcome.can.values() for line in lines]
        found: dict[Condition, datetime.date] = {}
        for day in self._days:
            offered = (negate(line.when) for line in lines if line.days.have(day))
            found.setdefault(all_of([outcome.applies, *offered]), day)
        return found

    def _request(self, identity: str, line: Line, shown: Condition) -> None:
        """An assistance is offered only to those who may ask for it, and only the others are told whom to ask."""
        may_ask = self.content.on_request_of[identity]
        if line.whom_to_ask:
            message = f'`{identity}`: told whom to ask, though they may ask themselves, with {{}}'
            expected = 'a `when` that leaves out those who may ask'
            self._never(line.used or line.place, message, expected, all_of([shown, may_ask]))
        else:
            message = f'`{identity}` is offered to somebody who may not ask for it, with {{}}'
            expected = 'a `when` within its `on-request-of`, or `whom-to-ask: true` and words that tell who can ask'
            self._never(line.used or line.place, message, expected, all_of([shown, negate(may_ask)]))

    def _variants(self, wording: Wording | None, shown: Condition) -> None:
        for variant in wording.variants if wording else ():
            here = all_of([shown, variant.when])
            self._reached(variant.place, 'this text is never shown', here)
            self._named(variant, here)
            shown = all_of([shown, negate(variant.when)])

    def _named(self, text: Line | Variant, shown: Condition) -> None:
        """What a text names of the answers is there wherever the text is shown."""
        for named in text.named:
            message = f'`{{{{{named.name}}}}}` has nothing to stand there with {{}}'
            expected = f'a `when` under which `{named.question}` has an answer that gives it'
            missing = negate(AnswerIs(named.question, frozenset(named.texts)))
            place = text.used or text.place if isinstance(text, Line) else text.place
            self._never(place, message, expected, all_of([shown, missing]))

    def _exclusive(self) -> None:
        applies = {outcome.id: outcome.applies for outcome in self.content.outcomes}
        for exclusive in self.content.exclusive:
            for one, other in combinations(exclusive.outcomes, 2):
                message = f'`{one}` and `{other}` both apply to {{}}'
                expected = 'conditions of which never both hold, or no `exclusive` for these two'
                self._never(exclusive.place, message, expected, all_of([applies[one], applies[other]]))

    def _gaps(self) -> None:
        """List the shortest answers that reach no outcome, or only an `otherwise` one that does not accept them."""
        every = self.content.outcomes
        for last in (outcome for outcome in every if outcome.otherwise):
            for name, accepted in last.accepts.items():
                message = f'`accepts: {name}` accepts nothing: those answers reach another outcome, or nobody can give them'
                self._reached(last.place, message, all_of([accepted, last.applies]))
            self._all_accepted(last)
            gap = all_of([last.applies, *map(negate, last.accepts.values())])
            expected = 'an outcome for this situation, or an entry under `accepts` that names it'
            self._gap(last.place, f'only the outcome `{last.id}` applies to {{}}', expected, gap)
        if not any(outcome.otherwise and outcome.within == TRUE for outcome in every):
            gap = negate(any_of(outcome.applies for outcome in every))
            self._gap(self._flow_of, 'no outcome applies to {}', 'an outcome for this situation', gap)

    def _gap(self, place: Place | Callable[[Answers], Place], message: str, expected: str, gap: Condition) -> None:
        before = len(self.problems)
        for _ in range(_MOST):
            answers = self._never(place, message, expected, gap)
            if answers is None:
                return
            gap = all_of([gap, negate(as_condition(self.content, answers))])
        more = number_of_paths(self.content, gap)
        if more != 0:
            number = 'more answer paths than can be counted' if more is None else f'{more:,} more answer paths'
            self.problems.append(Problem(max(p.place for p in self.problems[before:]), f'and {number} like these'))

    def _all_accepted(self, last: Outcome) -> None:
        """Warn where `accepts` accepts everything, so that no gap can be found."""
        if not last.accepts:
            return
        with suppress(NotProved):
            if self.prover.possible(all_of([last.within, *map(negate, last.accepts.values())])):
                return
            message = '`accepts` accepts all answers, so that no gap can be found any more'
            self.problems.append(
                Problem(last.place, message, 'the situations known to reach nothing else, and no others', 'warning')
            )

    def _flow_of(self, answers: Answers) -> Place:
        """Return where the outcomes stand of the flow in which these answers end."""
        places = self.content.outcomes_at
        files = [self.content.question[name].place.file for name in reversed(list(answers))]
        return next((places[file] for file in files if file in places), self.content.questions[0].place)

    def _never(self, place: Place | Callable[[Answers], Place], message: str, expected: str, target: Condition) -> Answers | None:
        """Report the shortest answers that make the target true, and return them; None if nothing does."""
        try:
            if target == FALSE or not self.prover.possible(target):
                return None
            answers = self.prover.shortest(target) or {}
        except NotProved:
            self._not_proved(place({}) if callable(place) else place, message.format('some answers'))
            return None
        self.problems.append(Problem(place(answers) if callable(place) else place, message.format(told(answers)), expected))
        return answers

    def _possible(self, place: Place, message: str, target: Condition) -> bool:
        try:
            return self.prover.possible(target)
        except NotProved:
            self._not_proved(place, message)
            return False

    def _reached(self, place: Place, message: str, target: Condition) -> bool:
        before = len(self.problems)
        possible = self._possible(place, message, target)
        if len(self.problems) > before:
            return possible
        if not possible and questions_in(target).isdisjoint(self._unasked):
            self.problems.append(Problem(place, message, 'a `when` that some answers fulfil'))
        return possible

    def _not_proved(self, place: Place, target: str) -> None:
        self.problems.append(Problem(place, f'not proved: whether {target}', 'fewer situations that this depends on'))


def as_condition(content: Content, answers: Answers) -> Condition:
    """Return the condition that holds exactly for these answers (an option of `choose: many` not named is not chosen)."""
    parts: list[Condition] = []
    for name, chosen in answers.items():
        parts += [AnswerIs(name, frozenset([option])) for option in chosen]
        rest = frozenset(content.question[name].option) - set(chosen)
        parts += [negate(AnswerIs(name, rest))] if rest else []
    return all_of(parts)
