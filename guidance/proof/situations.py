"""What is left to ask after some answers, and what each next answer leaves: the steps by which journeys are counted.

The options of a `choose: many` are not answered together: each is decided where something first asks for it, and forgotten
where nothing does any more. So a further option costs as much as a further question, not twice as much as all before it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import answer
from guidance.content.condition import questions_in
from guidance.content.condition import tests_in
from guidance.content.model import Question
from guidance.proof.branches import branches
from guidance.proof.branches import narrowed
from guidance.proof.branches import replaced


class Situation(NamedTuple):
    """What is left to ask. Equal situations have equal ways to go on."""

    at: int  # the next question, unless an undecided option turns out to close it
    closed: int  # the later questions that are not asked, one bit each
    changed: frozenset[tuple[int, Condition]]  # the conditions of the others from here on that answers have changed
    undecided: int  # the groups of options that may yet turn out to be chosen, one bit each
    empty: int  # the questions of which no option has been chosen so far, one bit each
    target: Condition  # what is left of a condition that the whole journey has to fulfil


Step = tuple[Situation, bool]  # what is left then, and whether the question before it was asked


@dataclasses.dataclass(frozen=True)
class _Group:
    """Options of a `choose: many` that can be chosen together and that no condition tells apart."""

    question: int
    options: frozenset[str]


@dataclasses.dataclass(frozen=True)
class _Several:
    """A `choose: many`: the groups of its options, one bit each, and the options that are chosen alone, as a question."""

    groups: int
    together: frozenset[str]
    alone: Question


class Steps:
    """The steps through these questions, asked under the conditions `whens`, with regard to any of the `targets`."""

    def __init__(self, questions: tuple[Question, ...], whens: tuple[Condition, ...], targets: Iterable[Condition] = ()) -> None:
        self.number = {question.id: number for number, question in enumerate(questions)}
        self._questions = questions
        self._whens = whens
        self._opens: list[list[int]] = [[] for _ in questions]  # the later questions whose `when` names this one
        for later, when in enumerate(whens):
            for name in questions_in(when):
                self._opens[self.number[name]].append(later)
        self._with = [1 << number for number in range(len(questions))]  # the questions that are closed with this one
        self._partly = 0  # the questions whose closing changes the condition of another one without closing it
        for number in reversed(range(len(questions))):
            for later in self._opens[number]:
                if self._unasked(number, whens[later]) == FALSE:
                    self._with[number] |= self._with[later]
                else:
                    self._partly |= 1 << number
        self._groups: list[_Group] = []
        self._several: dict[int, _Several] = {}
        self._group_options([*whens, *targets])
        self._named = cache(self._groups_in)

    def _group_options(self, conditions: Iterable[Condition]) -> None:
        tests: dict[str, set[AnswerIs]] = {question.id: set() for question in self._questions if question.many}
        for condition in conditions if tests else ():
            for test in tests_in(condition):
                if test.question in tests:
                    tests[test.question].add(test)
        for name, naming in tests.items():
            number = self.number[name]
            question = self._questions[number]
            alike: dict[frozenset[AnswerIs], list[str]] = {}
            for option in question.options:
                if not option.alone:
                    alike.setdefault(frozenset(test for test in naming if option.id in test.options), []).append(option.id)
            first = len(self._groups)
            self._groups += [_Group(number, frozenset(options)) for options in alike.values()]
            alone = tuple(option for option in question.options if option.alone)
            together = frozenset(option.id for option in question.options if not option.alone)
            bits = (1 << len(self._groups)) - (1 << first)
            self._several[number] = _Several(bits, together, dataclasses.replace(question, many=False, options=alone))

    def _groups_in(self, condition: Condition) -> int:
        """Return the groups of which the condition names options."""
        found = 0
        for test in tests_in(condition):
            several = self._several.get(self.number[test.question])
            for group in _bits(several.groups if several else 0):
                if not test.options.isdisjoint(self._groups[group].options):
                    found |= 1 << group
        return found

    def start(self) -> list[tuple[Situation, int]]:
        """Return what is left to ask before the first answer."""
        return list(self._left(Situation(0, 0, frozenset(), 0, 0, TRUE), 0, dict(enumerate(self._whens))))

    def after(self, here: Situation) -> dict[Step, int]:
        """Return what may be left after the next question, and for each the number of answers that lead there."""
        found: dict[Step, int] = {}
        for settled, ways in self._settled(here).items():
            if settled.at > here.at or here.at == len(self._whens):
                found[settled, False] = found.get((settled, False), 0) + ways
                continue
            for following, more in self._answered(settled):
                found[following, True] = found.get((following, True), 0) + ways * more
        return found

    def concerns(self, here: Situation) -> bool:
        """Tell whether the target asks for the next question, or for an option that is undecided."""
        named = questions_in(here.target)
        return any(self.number[name] == here.at for name in named) or bool(self._named(here.target) & here.undecided)

    def aimed(self, here: Situation, target: Condition, since: int) -> Situation:
        """Return the situation with this target, of whose questions from `since` on none has been asked so far."""
        for name in questions_in(target):
            number = self.number[name]
            if since <= number and (number < here.at or here.closed >> number & 1):
                target = answer(target, name, ())
        return here._replace(target=target)

    def _settled(self, here: Situation) -> dict[Situation, int]:
        """Decide as many options as it takes to know whether the next question is asked, or to be done with the target."""
        settled: dict[Situation, int] = {}
        open_ = {here: 1}
        while open_:
            situation, ways = open_.popitem()
            needed = self._needed_now(situation) if situation.at == here.at else 0
            if not needed:
                settled[situation] = settled.get(situation, 0) + ways
                continue
            for following, more in self._decided(situation, (needed & -needed).bit_length() - 1):
                open_[following] = open_.get(following, 0) + ways * more
        return settled

    def _needed_now(self, here: Situation) -> int:
        """Return the groups to decide before the next question; those of the target if it names no question from there on."""
        needed = 0
        if here.at < len(self._whens):
            needed = self._named(dict(here.changed).get(here.at, self._whens[here.at])) & here.undecided
        if not needed and here.target != TRUE and all(self.number[name] < here.at for name in questions_in(here.target)):
            needed = self._named(here.target)
        return needed

    def _decided(self, here: Situation, number: int) -> Iterator[tuple[Situation, int]]:
        """Return what is left where no option of the group is chosen, and where some are."""
        group = self._groups[number]
        bit = 1 << group.question
        undecided = here.undecided ^ 1 << number
        if not here.empty & bit or undecided & self._several[group.question].groups:
            none = here._replace(undecided=undecided)
            yield from self._with_tests(none, here.at, group.question, lambda test: narrowed(test, group.options))
        some = here._replace(undecided=undecided, empty=here.empty & ~bit)
        ways = (1 << len(group.options)) - 1
        for left, more in self._with_tests(
            some, here.at, group.question, lambda test: TRUE if test.options & group.options else test
        ):
            yield left, ways * more

    def _answered(self, here: Situation) -> Iterator[tuple[Situation, int]]:
        """Return what is left after each answer to the next question, which is asked."""
        several = self._several.get(here.at)
        question = several.alone if several else self._questions[here.at]
        depend, conditions = self._depending(here, here.at + 1, here.at)
        for (target, *rest), branch in branches((here.target, *conditions), question, TRUE).items():
            for left, more in self._left(here._replace(target=target), here.at + 1, dict(zip(depend, rest, strict=True))):
                yield left, branch.ways * more
        if several and several.together:
            undecided = here._replace(undecided=here.undecided | several.groups, empty=here.empty | 1 << here.at)
            alone = frozenset(several.alone.option)
            yield from self._with_tests(undecided, here.at + 1, here.at, lambda test: narrowed(test, alone))

    def _with_tests(
        self, here: Situation, at: int, number: int, by: Callable[[AnswerIs], Condition]
    ) -> Iterator[tuple[Situation, int]]:
        """Return what is left from the question `at` on, with each test on the question `number` replaced."""
        depend, conditions = self._depending(here, at, number)
        target, *rest = replaced((here.target, *conditions), self._questions[number].id, by)
        return self._left(here._replace(target=target), at, dict(zip(depend, rest, strict=True)))

    def _depending(self, here: Situation, at: int, number: int) -> tuple[list[int], list[Condition]]:
        """Return the open questions from `at` on whose condition names the question `number`, and what is left of those."""
        depend = [later for later in self._opens[number] if later >= at and not here.closed >> later & 1]
        whens = dict(here.changed)
        return depend, [whens.get(later, self._whens[later]) for later in depend]

    def _left(self, here: Situation, at: int, changes: Mapping[int, Condition]) -> Iterator[tuple[Situation, int]]:
        """Return what is left to ask from `at` on once these conditions have become others; nothing where the target is missed.

        A question that is never asked closes what only its answer opens.
        """
        whens = {**dict(here.changed), **changes}
        closed = self._closing(here.closed, whens, [later for later, when in changes.items() if when == FALSE])
        target = here.target
        for name in questions_in(target):
            if closed >> self.number[name] & 1:
                target = answer(target, name, ())
        if target == FALSE:
            return
        beyond = closed >> at
        at += (~beyond & beyond + 1).bit_length() - 1
        closed = closed >> at << at
        changed = frozenset(
            (later, when)
            for later, when in whens.items()
            if later >= at and when is not self._whens[later] and not closed >> later & 1
        )
        yield from self._forgotten(Situation(at, closed, changed, here.undecided, here.empty, target))

    def _closing(self, closed: int, whens: dict[int, Condition], stack: list[int]) -> int:
        """Return which questions are closed with those on the stack; `whens` becomes what that leaves of the others."""
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
        return closed

    def _unasked(self, number: int, when: Condition) -> Condition:
        return answer(when, self._questions[number].id, ())

    def _forgotten(self, here: Situation) -> Iterator[tuple[Situation, int]]:
        """Decide at once the options that nothing asks for any more: all their combinations lead to one situation.

        Only a question of which nothing is chosen so far makes two of them.
        """
        free = here.undecided & ~self._asked_for(here) if here.undecided else 0
        if not free:
            yield here, 1
            return
        number = self._groups[free.bit_length() - 1].question
        groups = self._several[number].groups
        every = 1 << sum(len(self._groups[group].options) for group in _bits(free & groups))
        rest = here._replace(undecided=here.undecided & ~(free & groups))
        if not here.empty >> number & 1:
            choices = [(rest, every)]
        else:
            choices = [(rest._replace(empty=here.empty ^ 1 << number), every - 1)]
            if rest.undecided & groups:
                choices.append((rest, 1))
        for choice, ways in choices:
            for left, more in self._forgotten(choice):
                yield left, ways * more

    def _asked_for(self, here: Situation) -> int:
        """Return the groups of options that a question from here on, or the target, still asks for."""
        found = self._named(here.target)
        whens = dict(here.changed)
        for number, several in self._several.items():
            if here.undecided & several.groups:
                for later in self._opens[number]:
                    if later >= here.at and not here.closed >> later & 1:
                        found |= self._named(whens.get(later, self._whens[later]))
        return found


def _bits(mask: int) -> Iterator[int]:
    """Return the numbers of the bits that are set."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1
