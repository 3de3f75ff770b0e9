"""How many ways there are to the end of the questions, and how long they are, counted without listing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import Condition
from guidance.content.condition import answer
from guidance.content.condition import questions_in
from guidance.content.model import Question
from guidance.proof.branches import LIMIT
from guidance.proof.branches import NotProved
from guidance.proof.branches import branches


@dataclass(frozen=True)
class Paths:
    """All ways to the end of the questions: how many, and the fewest and most questions on one of them."""

    number: int
    shortest: int
    longest: int


def paths(questions: tuple[Question, ...], whens: tuple[Condition, ...], limit: int = LIMIT) -> Paths:
    """Count the ways to answer these questions, asked under the conditions `whens`, which name no others.

    Raises NotProved past `limit` situations.
    """
    counting = _Counting(questions, whens)
    states = {counting.left(0, {}, dict(enumerate(whens))): Paths(1, 0, 0)}
    met = 0
    for number, question in enumerate(questions):
        following: dict[_Left, Paths] = {}
        for (closed, changed), before in states.items():
            if closed >> number & 1:
                _add(following, (closed ^ 1 << number, changed), before)
                continue
            for left, ways in counting.answered(number, question, closed, dict(changed), limit).items():
                _add(following, left, Paths(before.number * ways, before.shortest + 1, before.longest + 1))
                met += 1
            if met > limit:
                raise NotProved
        states = following
    return states[0, frozenset()]


# What is left to ask: the later questions that are closed, one bit each, and the conditions of the open ones where
# answers have changed them.
_Left = tuple[int, frozenset[tuple[int, Condition]]]


class _Counting:
    def __init__(self, questions: tuple[Question, ...], whens: tuple[Condition, ...]) -> None:
        self._questions = questions
        self._whens = whens
        numbers = {question.id: number for number, question in enumerate(questions)}
        self._opens: list[list[int]] = [[] for _ in questions]  # the later questions whose `when` names this one
        for later, when in enumerate(whens):
            for name in questions_in(when):
                self._opens[numbers[name]].append(later)
        self._with = [1 << number for number in range(len(questions))]  # the questions that are closed with this one
        self._partly = 0  # the questions whose closing changes the condition of another one without closing it
        for number in reversed(range(len(questions))):
            for later in self._opens[number]:
                if self._unasked(number, whens[later]) == FALSE:
                    self._with[number] |= self._with[later]
                else:
                    self._partly |= 1 << number

    def _unasked(self, number: int, when: Condition) -> Condition:
        return answer(when, self._questions[number].id, ())

    def answered(self, number: int, question: Question, closed: int, whens: dict[int, Condition], limit: int) -> dict[_Left, int]:
        """Return what is left to ask once the question is answered, each with the number of answers that lead there."""
        whens.pop(number, None)
        depend = [later for later in self._opens[number] if not closed >> later & 1]
        touched = tuple(whens.get(later, self._whens[later]) for later in depend)
        ways: dict[_Left, int] = {}
        for rest, branch in branches(touched, question, TRUE, limit).items():
            left = self.left(closed, whens, dict(zip(depend, rest, strict=True)))
            ways[left] = ways.get(left, 0) + branch.ways
        return ways

    def left(self, closed: int, before: Mapping[int, Condition], changes: Mapping[int, Condition]) -> _Left:
        """Return what is left to ask: a question that is never asked closes what only its answer opens."""
        whens = {**before, **changes}
        stack = [later for later, when in changes.items() if when == FALSE]
        while stack:
            closing = self._with[stack.pop()] & ~closed
            closed |= closing
            closing &= self._partly
            while closing:
                number = closing.bit_length() - 1
                closing ^= 1 << number
                for later in self._opens[number]:
                    if not closed >> later & 1:
                        whens[later] = self._unasked(number, whens.get(later, self._whens[later]))
                        if whens[later] == FALSE:
                            stack.append(later)
        changed = ((later, when) for later, when in whens.items() if when is not self._whens[later])
        return closed, frozenset((later, when) for later, when in changed if not closed >> later & 1)


def _add(states: dict[_Left, Paths], key: _Left, more: Paths) -> None:
    old = states.get(key)
    if old is not None:
        more = Paths(old.number + more.number, min(old.shortest, more.shortest), max(old.longest, more.longest))
    states[key] = more
