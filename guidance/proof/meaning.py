"""The third stage of the checks: does everything that can be answered lead where it should? Exact, see `reach`."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.condition import questions_in
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import Outcome
from guidance.content.model import Wording
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.proof.branches import NotProved
from guidance.proof.reach import Prover

_MOST = 10  # gaps listed at once; an author mends them one by one


def told(answers: Answers) -> str:
    """Return answers in one line, as an address has them."""
    return '&'.join(f'{name}={".".join(chosen)}' for name, chosen in answers.items()) or 'any answers'


@dataclass
class Meaning:
    """The proof of one content: `problems` lists every target that is not as it should be."""

    content: Content
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._prover = Prover(self.content.questions)
        self._unasked: set[str] = set()  # questions that are never asked; what follows from that is left out

    def check(self) -> list[Problem]:
        """Prove everything about the content and return what is wrong."""
        for question in self.content.questions:
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
        self._gaps()
        return self.problems

    def _outcome(self, outcome: Outcome) -> None:
        nothing_offered = all_of([outcome.applies, *(negate(line.when) for lines in outcome.can.values() for line in lines)])
        for wording in (outcome.title, outcome.summary):
            self._variants(wording, outcome.applies)
        self._variants(outcome.no_assistance, nothing_offered)
        said = (*outcome.can.values(), *outcome.cannot.values())
        lines = [*outcome.do_now, *(line for sentences in said for line in sentences)]
        for line in lines:
            self._reached(line.place, 'this line is never shown', all_of([outcome.applies, line.when]))
        for contact in outcome.contacts:
            self._reached(contact.place, 'this contact is never shown', all_of([outcome.applies, contact.when]))
        if outcome.no_assistance is None and self.content.assistance:
            message = f'the outcome `{outcome.id}` shows no assistance for {{}}'
            expected = 'an assistance in every situation, or `no-assistance` with the plain statement that there is none'
            self._never(outcome.place, message, expected, nothing_offered)
        for identity, sentences in outcome.can.items():
            for line in sentences:
                self._request(outcome, identity, line)

    def _request(self, outcome: Outcome, identity: str, line: Line) -> None:
        """An assistance is offered only to those who may ask for it, and only the others are told whom to ask."""
        may_ask = self.content.on_request_of[identity]
        shown = all_of([outcome.applies, line.when])
        if line.whom_to_ask:
            message = f'`{identity}`: told whom to ask, though they may ask themselves, with {{}}'
            self._never(line.place, message, 'a `when` that leaves out those who may ask', all_of([shown, may_ask]))
        else:
            message = f'`{identity}` is offered to somebody who may not ask for it, with {{}}'
            expected = 'a `when` within its `on-request-of`, or `whom-to-ask: true` and words that tell who can ask'
            self._never(line.place, message, expected, all_of([shown, negate(may_ask)]))

    def _variants(self, wording: Wording | None, shown: Condition) -> None:
        for variant in wording.variants if wording else ():
            self._reached(variant.place, 'this text is never shown', all_of([shown, variant.when]))
            shown = all_of([shown, negate(variant.when)])

    def _gaps(self) -> None:
        """List the shortest answers that reach no outcome, or only an `otherwise` one that does not accept them."""
        last = next((outcome for outcome in self.content.outcomes if outcome.otherwise), None)
        covered = any_of(outcome.applies for outcome in self.content.outcomes if not outcome.otherwise)
        gap = negate(covered)
        for name, accepted in last.accepts.items() if last else ():
            message = f'`accepts: {name}` accepts nothing: those answers reach another outcome, or nobody can give them'
            self._reached(last.place if last else Place(''), message, all_of([accepted, negate(covered)]))
            gap = all_of([gap, negate(accepted)])
        message = f'only the outcome `{last.id}` applies to {{}}' if last else 'no outcome applies to {}'
        expected = 'an outcome for this situation' + (', or an entry under `accepts` that names it' if last else '')
        place = last.place if last else self.content.questions[0].place
        for _ in range(_MOST):
            answers = self._never(place, message, expected, gap)
            if answers is None:
                return
            gap = all_of([gap, negate(as_condition(self.content, answers))])

    def _never(self, place: Place, message: str, expected: str, target: Condition) -> Answers | None:
        """Report the shortest answers that make the target true, and return them; None if nothing does."""
        try:
            if target == FALSE or not self._prover.possible(target):
                return None
            answers = self._prover.shortest(target) or {}
        except NotProved:
            self._not_proved(place, message.format('some answers'))
            return None
        self.problems.append(Problem(place, message.format(told(answers)), expected))
        return answers

    def _reached(self, place: Place, message: str, target: Condition) -> bool:
        try:
            possible = self._prover.possible(target)
        except NotProved:
            self._not_proved(place, message)
            return False
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
