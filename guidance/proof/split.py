"""What is left to prove after each answer to one question, found in one pass over all questions for all answers together."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from collections.abc import Sequence

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AllOf
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import questions_in
from guidance.content.condition import reduced
from guidance.content.model import Question


def split(questions: Iterable[Question], target: AllOf, first: Question) -> list[tuple[list[Question], Condition]]:
    """Return, for each answer to the `choose: one` question `first`, which is always asked, the questions that the target then
    depends on, and what is left of it.

    Nothing where the answers do not share the parts of the target among them, as the areas of a large content do.
    """
    splitting = _Splitting(first)
    for question in questions:
        if question is not first:
            splitting.add(question)
    rests = splitting.rests(target.parts)
    if sum(len(rest.parts) for rest in rests if isinstance(rest, AllOf)) > len(target.parts):  # the work would grow with each
        return []
    return [(_needed(left, rest), rest) for left, rest in zip(splitting.left.values(), rests, strict=True)]


class _Splitting:
    """What each answer to `first` leaves. A question is looked at only with those answers with which it may be asked."""

    def __init__(self, first: Question) -> None:
        self._first = first.id
        self._answers = [option.id for option in first.options]
        self._with: dict[str, list[str]] = {}  # question -> the answers with which it may be asked
        self.left: dict[str, list[Question]] = {answer: [] for answer in self._answers}

    def add(self, question: Question) -> None:
        """Go on to the next question."""
        asked = self._with[question.id] = []
        otherwise, touched = self._touched(question.when)
        for answer in self._answers if otherwise != FALSE else touched:
            when = self._after(question.when, answer) if answer in touched else otherwise
            if when != FALSE:
                asked.append(answer)
                same = when is question.when
                self.left[answer].append(question if same else dataclasses.replace(question, when=when))

    def rests(self, parts: Iterable[Condition]) -> list[Condition]:
        """Return what each answer leaves of a condition that has these parts."""
        rests: dict[str, list[Condition]] = {answer: [] for answer in self._answers}
        for part in parts:
            otherwise, touched = self._touched(part)
            for answer in self._answers if otherwise != TRUE else touched:
                rests[answer].append(self._after(part, answer) if answer in touched else otherwise)
        return [all_of(rest) for rest in rests.values()]

    def _touched(self, condition: Condition) -> tuple[Condition, Sequence[str]]:
        """Return what is left of the condition where none of its questions is asked, and the answers with which one may be."""
        names = questions_in(condition)
        if self._first in names:
            return TRUE, self._answers
        touched = dict.fromkeys(answer for name in names for answer in self._with[name])
        return reduced(condition, dict.fromkeys(names, ())), list(touched)

    def _after(self, condition: Condition, answer: str) -> Condition:
        known: dict[str, tuple[str, ...]] = {}
        for name in questions_in(condition):
            if name == self._first:
                known[name] = (answer,)
            elif answer not in self._with[name]:
                known[name] = ()
        return reduced(condition, known)


def _needed(questions: Sequence[Question], target: Condition) -> list[Question]:
    """Return those of the questions that the target depends on."""
    needed = set(questions_in(target))
    for question in reversed(questions):
        if question.id in needed:
            needed |= questions_in(question.when)
    return [question for question in questions if question.id in needed]
