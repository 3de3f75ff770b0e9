"""Journeys that are known already, to see at once that a condition is possible: one of them may fulfil it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence

from guidance.content.condition import AnswerIs
from guidance.content.condition import AnyOf
from guidance.content.condition import Condition
from guidance.content.condition import Not
from guidance.content.condition import holds
from guidance.content.condition import questions_in
from guidance.content.model import Question

_MOST = 500  # journeys; then it begins anew, since what is proved next is like what was proved just before
_LONGEST = 100  # questions of one: those of a long chain cost more than they save


class Witnesses:
    """Journeys, one bit each. Each is known for some of the questions, and for all those that these depend on."""

    def __init__(self, questions: Sequence[Question], position: Mapping[str, int]) -> None:
        self._questions = questions
        self._position = position
        self._forget()

    def _forget(self) -> None:
        self._journeys: list[Mapping[str, tuple[str, ...]]] = []
        self._known: dict[str, int] = {}  # question -> the journeys of which it is known whether it is asked
        self._chose: dict[tuple[str, str], int] = {}  # question and option -> the journeys that chose it

    def one(self, condition: Condition) -> Mapping[str, tuple[str, ...]] | None:
        """Return the answers of a journey that is known to fulfil the condition. If none is, others still may."""
        found = self._those(condition)
        return self._journeys[found.bit_length() - 1] if found else None

    def takes(self, chosen: Mapping[str, tuple[str, ...]]) -> bool:
        """Tell whether these answers are few enough for a journey to be taken in."""
        return len(chosen) <= _LONGEST

    def _those(self, condition: Condition) -> int:
        """Return the journeys that are known to fulfil the condition."""
        if isinstance(condition, AnswerIs):
            return self._chosen(condition)
        if isinstance(condition, Not):
            return self._known.get(condition.part.question, 0) & ~self._chosen(condition.part)
        if isinstance(condition, AnyOf):
            some = 0
            for part in condition.parts:
                some |= self._those(part)
            return some
        every = (1 << len(self._journeys)) - 1
        for part in condition.parts:
            every &= self._those(part)
            if not every:
                break
        return every

    def _chosen(self, test: AnswerIs) -> int:
        found = 0
        for option in test.options:
            found |= self._chose.get((test.question, option), 0)
        return found

    def add(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        """Take in the journeys that answer these questions so, where they are asked: one of them, known as far as it takes."""
        needed = self._needed(chosen)
        if len(needed) > _LONGEST:
            return
        if len(self._journeys) == _MOST:
            self._forget()
        answers: dict[str, tuple[str, ...]] = {}
        bit = 1 << len(self._journeys)
        for number in sorted(needed):
            question = self._questions[number]
            self._known[question.id] = self._known.get(question.id, 0) | bit
            if holds(question.when, answers):
                answers[question.id] = chosen.get(question.id) or (question.options[0].id,)
                for option in answers[question.id]:
                    self._chose[question.id, option] = self._chose.get((question.id, option), 0) | bit
        self._journeys.append(answers)

    def _needed(self, names: Iterable[str]) -> set[int]:
        """Return the numbers of these questions and of all that they depend on, or more than _LONGEST."""
        needed: set[int] = set()
        stack = [self._position[name] for name in names]
        while stack and len(needed) <= _LONGEST:
            number = stack.pop()
            if number not in needed:
                needed.add(number)
                stack += [self._position[name] for name in questions_in(self._questions[number].when)]
        return needed
