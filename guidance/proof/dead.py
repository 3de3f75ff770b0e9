"""What stands in a condition and can never matter: an alternative or a key without which the same answers fulfil it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import lru_cache

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AllOf
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import negate
from guidance.content.conditions import WrittenCondition
from guidance.content.model import Content
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.references import Spot
from guidance.proof.branches import NotProved
from guidance.proof.reach import Prover

_MOST = 100  # alternatives of a condition that are compared with each other


def dead_parts(content: Content, written: Iterable[WrittenCondition], prover: Prover) -> Iterator[Problem]:
    """Yield a warning for each alternative, and for each key of one, that can never matter where the condition stands.

    `prover`: that of this content, which knows much of it by then. What is shared (a named condition, a line) is looked at by
    itself, so that a part that matters in one place is never told.
    """
    dead = _Dead(content, prover)
    for condition in written:
        yield from dead.of(condition)


class _Dead:
    def __init__(self, content: Content, prover: Prover) -> None:
        self._prover = prover
        self._many = {question.id for question in content.questions if question.many}
        self._asked = {question.id: question.when for question in content.questions}
        self._applies = {outcome.id: outcome.applies for outcome in content.outcomes if not outcome.otherwise}

    def of(self, written: WrittenCondition) -> Iterator[Problem]:
        """Yield what can never matter in a condition."""
        if len(written.alternatives) > _MOST:
            return
        here = self._here(written.spot)
        alternatives = [all_of(test for _, test in tests) for tests in written.alternatives]
        for n, alternative in enumerate(alternatives):
            others = alternatives[:n] + alternatives[n + 1 :]
            if others and self._adds_nothing([here, alternative], others):
                place = (written.spot / n).place()
                why = self._why_not(here, alternative, others, alternatives)
                yield _problem(place, 'this alternative', why, 'the others alone')
                continue
            for spot, test in written.alternatives[n]:
                rest = [part for other, part in written.alternatives[n] if other != spot]
                if self._adds_nothing([here, *rest, negate(test)], others):
                    why = self._why(here, test, written, n, spot)
                    yield _problem(spot.place(key=True), f'`{spot.path[-1]}`', why, 'the condition without it')

    def _here(self, spot: Spot) -> Condition:
        """Return what holds wherever the condition at `spot` is asked."""
        match spot.path:
            case ('questions', str(name), str(key), *_) if key != 'when':
                return self._asked.get(name, TRUE)
            case ('outcomes', str(name), str(key), *_) if key not in ('when', 'accepts'):
                return self._applies.get(name, TRUE)
        return TRUE

    def _adds_nothing(self, parts: Sequence[Condition], others: Sequence[Condition]) -> bool:
        """Tell whether some other alternative holds wherever all these parts do. Those that never hold with them are left out."""
        chosen = _chosen(all_of(parts))
        near = [other for other in others if not self._apart(chosen, _chosen(other))]
        return self._never([*parts, *map(negate, near)])

    def _apart(self, one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> bool:
        return any(one[name].isdisjoint(other[name]) for name in one.keys() & other.keys() if name not in self._many)

    def _never(self, parts: Sequence[Condition]) -> bool:
        target = all_of(parts)
        try:
            return target == FALSE or not self._prover.possible(target)
        except NotProved:
            return False

    def _why_not(self, here: Condition, alternative: Condition, others: Sequence[Condition], every: Sequence[Condition]) -> str:
        if self._never([here, alternative]):
            return 'no answers that lead here fulfil it'
        for other in others:
            if self._never([here, alternative, negate(other)]):
                return f'alternative {every.index(other) + 1} holds wherever it does'
        return 'the others together hold wherever it does'

    def _why(self, here: Condition, test: Condition, written: WrittenCondition, n: int, spot: Spot) -> str:
        if self._never([here, negate(test)]):
            return 'it holds for all answers that lead here' if here != TRUE else 'it holds always'
        for other, part in written.alternatives[n]:
            if other != spot and self._never([here, part, negate(test)]):
                return f'it follows from `{other.path[-1]}`'
        return 'it follows from the rest'


@lru_cache(10_000)
def _chosen(condition: Condition) -> dict[str, frozenset[str]]:
    """Return the questions to which the condition needs one of some options: question -> options."""
    parts = condition.parts if isinstance(condition, AllOf) else [condition]
    return {part.question: part.options for part in parts if isinstance(part, AnswerIs)}


def _problem(place: Place, part: str, why: str, expected: str) -> Problem:
    return Problem(place, f'{part} can never matter: {why}', expected, 'warning')
