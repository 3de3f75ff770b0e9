"""What is left to ask after some answers, and what each next answer leaves: the steps by which journeys are counted.

The options of a `choose: many` are not answered together: each is decided where something first asks for it, and forgotten
where nothing does any more. So a further option costs as much as a further question, not twice as much as all before it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from functools import reduce
from operator import or_
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
from guidance.proof.branches import replaced


class Situation(NamedTuple):
    """What is left to ask. Equal situations have equal ways to go on."""

    at: int  # the next question, unless an undecided option turns out to close it
    closed: int  # the later questions that are not asked, one bit each
    changed: frozenset[tuple[int, Condition]]  # the conditions of the others from here on that answers have changed
    undecided: int  # the groups of options that may yet turn out to be chosen, one bit each
    empty: int  # the questions of which nothing is chosen so far, one bit each
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
        self._names = [self._named(when) for when in whens] if self._groups else []
        self._kept = 0  # the groups that are told apart to the end, though nothing asks for them any more

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
            bits = (1 << len(self._groups)) - (1 << first)
            self._several[number] = _Several(bits, dataclasses.replace(question, many=False, options=alone))

    def _groups_in(self, condition: Condition) -> int:
        """Return the groups of which the condition names options."""
        found = 0
        for test in tests_in(condition):
            several = self._several.get(self.number[test.question])
            for group in bits(several.groups if several else 0):
                if not test.options.isdisjoint(self._groups[group].options):
                    found |= 1 << group
        return found

    def start(self, target: Condition) -> list[tuple[Situation, int]]:
        """Return what is left to ask before the first answer of a journey that has to fulfil the target."""
        return list(self._left(Situation(0, 0, frozenset(), 0, 0, target), 0, dict(enumerate(self._whens))))

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

    def asks(self, here: Situation) -> int:
        """Return the undecided groups that the target asks for."""
        return self._named(here.target) & here.undecided

    def touch(self, here: Situation, steps: Iterable[Step]) -> bool:
        """Tell whether these steps, made without regard to the target, answer or decide something that it asks for."""
        if here.at == len(self._whens) or any(self.number[name] == here.at for name in questions_in(here.target)):
            return True
        asked_for = self.asks(here)
        return any(asked_for & ~left.undecided for left, _ in steps)

    def aimed(self, here: Situation, target: Condition, since: int) -> Situation:
        """Return the situation with this target, of whose questions from `since` on none has been asked so far."""
        for name in questions_in(target):
            number = self.number[name]
            if since <= number and (number < here.at or here.closed >> number & 1):
                target = answer(target, name, ())
        return here._replace(target=target)

    def _settled(self, here: Situation) -> dict[Situation, int]:
        """Decide as much as it takes to know whether the next question is asked, or to be done with the target."""
        settled: dict[Situation, int] = {}
        open_ = {here: 1}
        while open_:
            situation, ways = open_.popitem()
            needed = self._needed_now(situation) if situation.at == here.at else 0
            if not needed:
                settled[situation] = settled.get(situation, 0) + ways
                continue
            for following, more in self._split(situation, needed):
                open_[following] = open_.get(following, 0) + ways * more
        return settled

    def _needed_now(self, here: Situation) -> int:
        """Return the groups to decide first for the next question, or for a target that names no question from there on."""
        if not here.undecided:
            return 0
        if here.at < len(self._whens):
            when = dict(here.changed).get(here.at, self._whens[here.at])
            if self._named(when) & here.undecided:
                again = self._named(here.target) | self._asked_for(here, here.at + 1) | self._kept
                return self._first_of(when, here.undecided, again)
        if here.target != TRUE and all(self.number[name] < here.at for name in questions_in(here.target)):
            return self._first_of(here.target, here.undecided, self._asked_for(here, here.at))
        return 0

    def _first_of(self, condition: Condition, undecided: int, asked_again: int) -> int:
        """Return the groups to decide first for the condition: one that is asked for again, else all those of one test."""
        tests = [groups for test in tests_in(condition) if (groups := self._named(test) & undecided)]
        first = min(tests)
        tests.remove(first)
        again = first & reduce(or_, tests, asked_again)
        return again & -again or first

    def _split(self, here: Situation, groups: int) -> Iterator[tuple[Situation, int]]:
        """Return what is left where no option of these groups is chosen, and where some are, no matter which."""
        number = self._groups[groups.bit_length() - 1].question
        yield from self._chosen(here, here.at, number, none=groups)
        ways = self._choices(groups) - 1
        for left, more in self._chosen(here, here.at, number, some=groups):
            yield left, ways * more

    def _choices(self, groups: int) -> int:
        return 1 << sum(len(self._groups[group].options) for group in bits(groups))

    def _answered(self, here: Situation) -> Iterator[tuple[Situation, int]]:
        """Return what is left after each answer to the next question, which is asked."""
        several = self._several.get(here.at)
        question = several.alone if several else self._questions[here.at]
        depend, conditions = self._depending(here, here.at + 1, here.at)
        for (target, *rest), branch in branches((here.target, *conditions), question, TRUE).items():
            for left, more in self._left(here._replace(target=target), here.at + 1, dict(zip(depend, rest, strict=True))):
                yield left, branch.ways * more
        if several and several.groups:
            undecided = here._replace(undecided=here.undecided | several.groups, empty=here.empty | 1 << here.at)
            yield from self._chosen(undecided, here.at + 1, here.at)

    def _chosen(self, here: Situation, at: int, number: int, some: int = 0, none: int = 0) -> Iterator[tuple[Situation, int]]:
        """Return what is left from the question `at` on, once options of the groups `some` are chosen, and none of `none`."""
        empty = here.empty & ~(1 << number) if some else here.empty
        undecided = here.undecided & ~some & ~none
        open_ = undecided & self._several[number].groups
        last = open_ if empty >> number & 1 else -1  # of these one is chosen
        if not last:
            return

        def left(test: AnswerIs) -> Condition:
            groups = self._named(test)
            if groups & some or last & ~groups == 0:
                return TRUE
            options = [self._groups[group].options for group in bits(groups & open_)]
            return AnswerIs(test.question, frozenset().union(*options)) if options else FALSE

        depend, conditions = self._depending(here, at, number)
        target, *rest = replaced((here.target, *conditions), self._questions[number].id, left)
        decided = here._replace(undecided=undecided, empty=empty, target=target)
        yield from self._left(decided, at, dict(zip(depend, rest, strict=True)))

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
        """Decide the options that nothing asks for any more, so that what differs in them only is one situation."""
        free = here.undecided & ~self._kept
        free &= ~(self._asked_for(here, here.at) | self._named(here.target)) if free else 0
        if not free:
            yield here, 1
            return
        number = self._groups[free.bit_length() - 1].question
        groups = free & self._several[number].groups
        ways = self._choices(groups)
        if here.empty >> number & 1:
            yield from self._chosen(here, here.at, number, none=groups)
            ways -= 1
        rest = here._replace(undecided=here.undecided ^ groups, empty=here.empty & ~(1 << number))
        for left, more in self._forgotten(rest):
            yield left, ways * more

    def _asked_for(self, here: Situation, at: int) -> int:
        """Return the groups of options that a question from `at` on still asks for."""
        found = 0
        changed = {later: self._named(when) for later, when in here.changed}
        for number, several in self._several.items():
            if here.undecided & several.groups:
                for later in self._opens[number]:
                    if later >= at and not here.closed >> later & 1:
                        found |= changed.get(later, self._names[later])
        return found


def bits(mask: int) -> Iterator[int]:
    """Return the numbers of the bits that are set."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1
