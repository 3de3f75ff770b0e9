"""Exact answers about all journeys at once, without listing them.

One target (a condition over answers) at a time. Questions are taken from the last to the first: a test on the
last question's answer becomes, for each answer that the target can tell apart, either "that question was asked" or
false. What remains is a condition over earlier questions; equal remainders are one situation. So the cost follows the
number of distinct situations, not of combinations. The worst case stays exponential: past `LIMIT` situations NotProved
is raised, never a guess.
"""

from __future__ import annotations

import dataclasses
import heapq
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TypeVar

from .condition import FALSE
from .condition import TRUE
from .condition import All
from .condition import Condition
from .condition import Is
from .condition import all_of
from .condition import answer
from .condition import questions_in
from .condition import reduced
from .condition import replace
from .condition import tests_in
from .model import Question

LIMIT = 50_000  # situations in one proof; the shipped content needs a few hundred

Conditions = tuple[Condition, ...]
_NONE: frozenset[Is] = frozenset()
_MANY = 8  # parts of a target from which on it is worth while to look for some that have nothing in common
K = TypeVar('K')


class NotProved(Exception):
    """A proof was given up: it met more than LIMIT situations."""


@dataclass(frozen=True)
class Branch:
    """The answers to one question that lead to one situation: the fewest options that do, and how many answers do."""

    chosen: tuple[str, ...]
    ways: int


@dataclass(frozen=True)
class Paths:
    """All ways to the end of the questions: how many, and the fewest and most questions on one of them."""

    number: int
    shortest: int
    longest: int


def branches(conditions: Conditions, question: Question, asked: Condition, limit: int | None = None) -> dict[Conditions, Branch]:
    """Return every distinct remainder of the conditions once `question` is answered.

    `asked` replaces a test that the answer passes; a test that it fails becomes false. Raises NotProved past `limit`.
    """
    found: dict[Conditions, Branch] = {}
    ordinary: dict[frozenset[Is], list[str]] = {}  # options that no condition tells apart, each to be chosen with others
    single: dict[frozenset[Is], list[str]] = {}  # likewise, each to be chosen alone
    tests = frozenset(t for c in conditions for t in tests_in(c) if t.question == question.id)
    named = frozenset().union(*(test.options for test in tests))
    for option in question.options:
        passed = frozenset(test for test in tests if option.id in test.options) if option.id in named else _NONE
        (ordinary if question.many and not option.alone else single).setdefault(passed, []).append(option.id)
    for passed, alike in single.items():
        rest = _replaced(conditions, question.id, lambda test: asked if test in passed else FALSE)  # noqa: B023
        _keep(found, rest, Branch((alike[0],), len(alike)))
    for (rest, some), branch in _choices(conditions, question, asked, ordinary, limit or LIMIT).items():
        if some:
            _keep(found, rest, branch)
    return found


def _choices(
    conditions: Conditions, question: Question, asked: Condition, ordinary: dict[frozenset[Is], list[str]], limit: int
) -> dict[tuple[Conditions, bool], Branch]:
    """Decide the groups of like options of a `choose: many` one after the other: some of the group, or none of it."""
    states = {(conditions, False): Branch((), 1)}
    for options in ordinary.values():
        group = frozenset(options)
        following: dict[tuple[Conditions, bool], Branch] = {}
        for (rest, some), branch in states.items():
            without = _replaced(rest, question.id, lambda test: _narrowed(test, group))  # noqa: B023
            _keep(following, (without, some), branch)
            taken = _replaced(rest, question.id, lambda test: asked if test.options & group else test)  # noqa: B023
            more = Branch((*branch.chosen, options[0]), branch.ways * (2 ** len(options) - 1))
            _keep(following, (taken, True), more)
        states = following
        if len(states) > limit:
            raise NotProved
    none_left: dict[tuple[Conditions, bool], Branch] = {}
    for (rest, some), branch in states.items():
        _keep(none_left, (_replaced(rest, question.id, lambda _: FALSE), some), branch)
    return none_left


def _narrowed(test: Is, without: frozenset[str]) -> Condition:
    left = test.options - without
    return Is(test.question, left) if left else FALSE


def _replaced(conditions: Conditions, question: str, by: Callable[[Is], Condition]) -> Conditions:
    return tuple(replace(condition, question, by) for condition in conditions)


def _keep(found: dict[K, Branch], key: K, branch: Branch) -> None:
    """Remember the branch under its remainder, with the fewest options and the ways of both where one is there."""
    old = found.get(key)
    if old is None:
        found[key] = branch
    else:
        fewest = min(old.chosen, branch.chosen, key=len)
        found[key] = Branch(fewest, old.ways + branch.ways)


class Prover:
    """Decides targets over the journeys that these questions allow, and remembers what it decided."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._questions = tuple(questions)
        self._position = {question.id: index for index, question in enumerate(self._questions)}
        self._possible: dict[Condition, bool] = {TRUE: True, FALSE: False}

    def _last(self, target: Condition) -> Question:
        return self._questions[max(self._position[test.question] for test in tests_in(target))]

    def possible(self, target: Condition) -> bool:
        """Tell whether some journey makes the target true. Raises NotProved past LIMIT situations.

        A target of many parts is first taken apart, so that the time grows with the size of the content and no faster.
        """
        if target not in self._possible and isinstance(target, All) and len(target.parts) > _MANY:
            groups = self._apart(target)
            if len(groups) > 1:
                self._possible[target] = all(self.possible(all_of(group)) for group in groups)
            elif split := self._split(target):
                self._possible[target] = any(prover.possible(rest) for prover, rest in split)
        return self._search(target)

    @cached_property
    def _roots(self) -> Mapping[str, frozenset[str]]:
        """For each question, those always asked on which it depends, itself if it is one."""
        roots: dict[str, frozenset[str]] = {}
        for question in self._questions:
            before = questions_in(question.when)
            roots[question.id] = frozenset().union(*(roots[name] for name in before)) if before else frozenset([question.id])
        return roots

    def _roots_of(self, condition: Condition) -> frozenset[str]:
        return frozenset().union(*(self._roots[name] for name in questions_in(condition)))

    def _apart(self, target: All) -> list[list[Condition]]:
        """Return the parts of the target in groups that depend on no question in common: each is decided by itself."""
        leader: dict[str, str] = {}

        def find(name: str) -> str:
            while leader.setdefault(name, name) != name:
                leader[name] = name = leader[leader[name]]
            return name

        named = {part: self._roots_of(part) for part in target.parts}
        for first, *others in named.values():
            for other in others:
                leader[find(other)] = find(first)
        groups: dict[str, list[Condition]] = {}
        for part, names in named.items():
            groups.setdefault(find(next(iter(names))), []).append(part)
        return list(groups.values())

    def _split(self, target: All) -> list[tuple[Prover, Condition]]:
        """Return what is left to prove after each answer to the first question, with the questions that are left then.

        Nothing where the answers do not share the parts of the target among them, as the areas of a large content do.
        """
        first = self._questions[min(self._position[name] for name in self._roots_of(target))]
        found: list[tuple[Prover, Condition]] = []
        parts = 0
        if first.many or first.when == FALSE:
            return []
        for option in first.options:
            questions, rest = self._given(target, first, option.id)
            parts += len(rest.parts) if isinstance(rest, All) else 0
            if parts > len(target.parts):  # or the work would grow with each answer
                return []
            found.append((Prover(questions), rest))
        return found

    def _given(self, target: All, first: Question, option: str) -> tuple[list[Question], Condition]:
        """Return the questions that can still be asked after this answer, and the target, with what is left of each."""
        known: dict[str, tuple[str, ...]] = {first.id: (option,)}
        questions: list[Question] = []
        for question in self._questions:
            when = reduced(question.when, known)
            if question is not first and when == FALSE:
                known[question.id] = ()
            elif question is not first:
                questions.append(question if when is question.when else dataclasses.replace(question, when=when))
        rest = all_of(reduced(part, known) for part in target.parts)
        needed = set(questions_in(rest))
        for question in reversed(questions):
            if question.id in needed:
                needed |= questions_in(question.when)
        return [question for question in questions if question.id in needed], rest

    def _search(self, target: Condition) -> bool:
        came_from: dict[Condition, Condition | None] = {target: None}
        stack = [target]
        while stack:
            here = stack.pop()
            known = self._possible.get(here)
            if known:
                self._remember(here, came_from)
                return True
            if known is None:
                question = self._last(here)
                for (rest,) in branches((here,), question, question.when):
                    if rest not in came_from:
                        came_from[rest] = here
                        stack.append(rest)
            if len(came_from) > LIMIT:
                raise NotProved
        self._possible.update(dict.fromkeys(came_from, False))
        return False

    def _remember(self, found: Condition, came_from: dict[Condition, Condition | None]) -> None:
        step: Condition | None = found
        while step is not None:
            self._possible[step] = True
            step = came_from[step]

    def shortest(self, target: Condition) -> dict[str, tuple[str, ...]] | None:
        """Return the fewest answers that make the target true whatever else is answered; None if nothing does.

        Every question in it is asked when they are given. Fewest questions first, then fewest options, then the
        earliest options. Raises NotProved past LIMIT situations.
        """
        order = count()
        queue: list[tuple[int, int, int, Condition, tuple[tuple[str, tuple[str, ...]], ...]]] = [(0, 0, 0, target, ())]
        done: set[Condition] = set()
        while queue:
            asked, options, _, here, given = heapq.heappop(queue)
            if here == TRUE:
                return dict(given)
            if here in done or here == FALSE:
                continue
            done.add(here)
            if len(done) > LIMIT:
                raise NotProved
            question = self._last(here)
            found = branches((here,), question, question.when)
            whatever = all_of(rest for (rest,) in found)
            heapq.heappush(queue, (asked, options, next(order), whatever, given))
            for (rest,), branch in found.items():
                entry = ((question.id, branch.chosen), *given)
                more = all_of([rest, question.when])
                heapq.heappush(queue, (asked + 1, options + len(branch.chosen), next(order), more, entry))
        return None


def paths(questions: tuple[Question, ...], whens: Conditions, limit: int | None = None) -> Paths:
    """Count the ways to answer these questions, asked under the conditions `whens`, which name no others.

    Raises NotProved past `limit` situations.
    """
    counting = _Counting(questions, whens)
    states = {counting.left(0, {}, dict(enumerate(whens))): Paths(1, 0, 0)}
    most, met = limit or LIMIT, 0
    for number, question in enumerate(questions):
        following: dict[_Left, Paths] = {}
        for (closed, changed), before in states.items():
            if closed >> number & 1:
                _add(following, (closed ^ 1 << number, changed), before)
                continue
            for left, ways in counting.answered(number, question, closed, dict(changed), most).items():
                _add(following, left, Paths(before.number * ways, before.shortest + 1, before.longest + 1))
                met += 1
            if met > most:
                raise NotProved
        states = following
    return states[0, frozenset()]


# What is left to ask: the later questions that are closed, one bit each, and the conditions of the open ones where
# answers have changed them.
_Left = tuple[int, frozenset[tuple[int, Condition]]]


class _Counting:
    def __init__(self, questions: tuple[Question, ...], whens: Conditions) -> None:
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
        found: dict[_Left, int] = {}
        for rest, branch in branches(touched, question, TRUE, limit).items():
            left = self.left(closed, whens, dict(zip(depend, rest, strict=True)))
            found[left] = found.get(left, 0) + branch.ways
        return found

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
