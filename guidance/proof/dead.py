"""What stands in a condition and can never matter: an alternative or a key without which the same answers fulfil it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import negate
from guidance.content.conditions import Written
from guidance.content.model import Content
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.references import Spot
from guidance.proof.branches import NotProved
from guidance.proof.reach import Prover


def dead_parts(content: Content, written: Iterable[Written]) -> Iterator[Problem]:
    """Yield a warning for each alternative, and for each key of one, that can never matter where the condition stands.

    What is shared (a named condition, a line) is looked at by itself, so that a part that matters in one place is never told.
    """
    dead = _Dead(content)
    for condition in written:
        yield from dead.of(condition)


class _Dead:
    def __init__(self, content: Content) -> None:
        self._prover = Prover(content.questions)
        self._asked = {question.id: question.when for question in content.questions}
        self._applies = {outcome.id: outcome.applies for outcome in content.outcomes if not outcome.otherwise}

    def of(self, written: Written) -> Iterator[Problem]:
        """Yield what can never matter in a condition."""
        here = self._here(written.spot)
        alternatives = [all_of(tests.values()) for tests in written.alternatives]
        for n, alternative in enumerate(alternatives):
            others = alternatives[:n] + alternatives[n + 1 :]
            if others and self._never([here, alternative, *map(negate, others)]):
                place = (written.spot / n).place()
                why = self._why_not(here, alternative, others, alternatives)
                yield _problem(place, 'this alternative', why, 'the others alone')
                continue
            for spot, test in written.alternatives[n].items():
                rest = [part for other, part in written.alternatives[n].items() if other != spot]
                if self._never([here, *rest, negate(test), *map(negate, others)]):
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

    def _why(self, here: Condition, test: Condition, written: Written, n: int, spot: Spot) -> str:
        if self._never([here, negate(test)]):
            return 'it holds for all answers that lead here' if here != TRUE else 'it holds always'
        for other, part in written.alternatives[n].items():
            if other != spot and self._never([here, part, negate(test)]):
                return f'it follows from `{other.path[-1]}`'
        return 'it follows from the rest'


def _problem(place: Place, part: str, why: str, expected: str) -> Problem:
    return Problem(place, f'{part} can never matter: {why}', expected, 'warning')
