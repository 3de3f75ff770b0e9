"""A journey as decisions, one after the other: which comes next after those before, and what each way to decide leaves to decide.

The options of a `choose: many` are not decided together, but each as soon as something asks for it, or nothing does any more.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import answer
from guidance.content.condition import questions_in
from guidance.content.condition import replace
from guidance.content.condition import tests_in
from guidance.content.edition import Asked
from guidance.content.edition import Choice
from guidance.content.edition import Questions

_NEAR = 16  # questions between one and those behind it that it closes, in most contents


class Open(NamedTuple):
    """A `choose: many` that is answered, and of which some options are undecided."""

    question: int
    options: tuple[str, ...]  # the undecided ones, in order
    chosen: bool  # whether one of the others is chosen
    counts: bool  # whether its options are situations


class State(NamedTuple):
    """What is left to decide. Equal states have equal ways to go on."""

    at: int  # the next question
    closed: int  # the questions from there on that are not asked, one bit each
    doomed: int  # these, and those that will not be asked since these are not; it follows from `closed`
    changed: tuple[tuple[int, Condition], ...]  # the other conditions from there on that answers have changed
    open: tuple[Open, ...]
    first: bool  # whether no `choose: many` has been asked


class Decision(NamedTuple):
    """What is decided: which option of a question, or with an `option`, whether that one is among those chosen."""

    question: str
    option: str | None = None


class Way(NamedTuple):
    """A way to decide: the option chosen, '' for several together, or whether it is chosen; what is left; situations added."""

    chosen: str | bool
    left: State
    adds: int


class _Left(NamedTuple):
    """The conditions that are left: see `State`."""

    closed: int
    doomed: int
    changed: Mapping[int, Condition]


class Deciding:
    """The decisions of the journeys through these questions."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._conditions = [question.when for question in questions]  # then those of the options that have one
        self._stands = list(range(len(questions)))  # the question of each condition
        self._offers: list[dict[str, int]] = [{} for _ in questions]  # question -> option -> number of its condition
        for number, question in enumerate(questions):
            for option in question.options:
                if option.when != TRUE:
                    self._offers[number][option.id] = len(self._conditions)
                    self._conditions.append(option.when)
                    self._stands.append(number)
        position = {question.id: number for number, question in enumerate(questions)}
        self._naming: list[list[int]] = [[] for _ in questions]  # the conditions that name each question
        for number, condition in enumerate(self._conditions):
            for name in questions_in(condition):
                self._naming[position[name]].append(number)
        self._prepare_closing()

    def _prepare_closing(self) -> None:
        """Find out what closes with each question, so that no content has to be gone through again and again for it."""
        self._closes = [0] * len(self._questions)  # the questions that are not asked if this one is not
        self._dooms = [1 << number for number in range(len(self._questions))]  # itself and all that follows from that
        self._partly = 0  # the questions that change other conditions by not being asked
        self._far = 0  # those that close some question that stands far behind them
        for number in reversed(range(len(self._questions))):
            for condition in self._naming[number]:
                if condition < len(self._questions) and self._unasked(self._conditions[condition], number) == FALSE:
                    self._closes[number] |= 1 << condition
                    self._dooms[number] |= self._dooms[condition]
                else:
                    self._partly |= 1 << number
            if self._closes[number] >> number + _NEAR:
                self._far |= 1 << number

    def _unasked(self, condition: Condition, number: int) -> Condition:
        return answer(condition, self._questions[number].id, ())

    def begin(self) -> State:
        """Return what is to be decided on a journey."""
        never = [number for number in range(len(self._questions)) if self._conditions[number] == FALSE]
        closed = sum(1 << number for number in never)
        doomed = reduce(or_, (self._dooms[number] for number in never), 0)
        return self._settled(0, _Left(closed, doomed, {}), (), True)

    def ways(self, state: State) -> tuple[Decision | None, list[Way]]:
        """Return what is decided next, and the ways to; no decision at the end."""
        left = _Left(state.closed, state.doomed, dict(state.changed))
        for open_ in state.open:
            asked_for = self._asked_for(open_, state.at, left)
            for option in open_.options:
                if option not in asked_for:
                    return self._whether(state, left, open_, option)
        if state.at == len(self._questions):
            return None, []
        question, offers = self._questions[state.at], self._offers[state.at]
        for number in (state.at, *offers.values()):
            condition = self._now(left, number)
            if condition not in (TRUE, FALSE):
                return self._whether(state, left, *self._wanted(state, condition))
        offered = [option for option in question.options if option.id not in offers or self._now(left, offers[option.id]) == TRUE]
        return Decision(question.id), list(self._which(state, left, question, offered))

    def _now(self, left: _Left, number: int) -> Condition:
        """Return what is left of a condition of a question that may still be asked."""
        return left.changed.get(number, self._conditions[number])

    def _asked_for(self, open_: Open, at: int, left: _Left) -> set[str]:
        """Return the options that a condition from the question `at` on still names."""
        name = self._questions[open_.question].id
        still = [n for n in self._naming[open_.question] if self._stands[n] >= at and not left.closed >> self._stands[n] & 1]
        tests = [test for n in still for test in tests_in(self._now(left, n)) if test.question == name]
        return {option for test in tests for option in test.options}

    def _wanted(self, state: State, condition: Condition) -> tuple[Open, str]:
        """Return the first undecided option that the condition names; it names nothing that is decided."""
        named = {(test.question, option) for test in tests_in(condition) for option in test.options}
        every = ((open_, option) for open_ in state.open for option in open_.options)
        return next((open_, option) for open_, option in every if (self._questions[open_.question].id, option) in named)

    def _which(self, state: State, left: _Left, question: Asked, offered: Iterable[Choice]) -> Iterator[Way]:
        """Return the ways to answer the next question, which is asked: one option, or several together."""
        after, adds = state.at + 1, int(question.many and state.first)
        first = state.first and not question.many
        for option in offered:
            if option.alone or not question.many:
                then = self._replaced(left, after, state.at, lambda each: answer(each, question.id, [option.id]))  # noqa: B023
                yield Way(option.id, self._settled(after, then, state.open, first), adds)
        together = tuple(option.id for option in offered if not option.alone)
        if question.many and together:
            opened = Open(state.at, together, False, state.first)
            then = self._replaced(left, after, state.at, lambda each: _narrowed(each, question.id, opened))
            yield Way('', self._settled(after, then, (*state.open, opened), first), 0)

    def _whether(self, state: State, left: _Left, open_: Open, option: str) -> tuple[Decision, list[Way]]:
        """Return the ways to decide whether an option is chosen; the last one is, where no other one was."""
        name = self._questions[open_.question].id
        rest = tuple(other for other in open_.options if other != option)
        ways = []
        for chosen in (True, False) if rest or open_.chosen else (True,):
            now = open_._replace(options=rest, chosen=open_.chosen or chosen)
            if chosen:
                then = self._replaced(left, state.at, open_.question, lambda each: _chosen(each, name, option))
            else:
                then = self._replaced(left, state.at, open_.question, lambda each: _narrowed(each, name, now))  # noqa: B023
            others = tuple(now if each is open_ else each for each in state.open if each is not open_ or rest)
            ways.append(Way(chosen, self._settled(state.at, then, others, state.first), int(chosen and open_.counts)))
        return Decision(name, option), ways

    def _replaced(self, left: _Left, at: int, question: int, by: Callable[[Condition], Condition]) -> _Left:
        """Return what is left once those conditions are replaced that name a question, of those from the question `at` on."""
        closed, doomed, changed = left.closed, left.doomed, dict(left.changed)
        for number in self._naming[question]:
            if self._stands[number] >= at and not closed >> self._stands[number] & 1:
                changed[number] = by(self._now(left, number))
                if changed[number] == FALSE and number < len(self._questions):
                    closed |= 1 << number
                    doomed |= self._dooms[number]
        return _Left(closed, doomed, changed)

    def _settled(self, at: int, left: _Left, open_: tuple[Open, ...], first: bool) -> State:
        """Return what is left from the question `at` on, without the questions that are not asked."""
        while end := _ones(left.doomed >> at):
            passed, at = ((1 << end) - 1) << at, at + end
            for number in _bits(passed & (self._far | self._partly | ((1 << _NEAR) - 1) << max(0, at - _NEAR))):
                left = left._replace(closed=left.closed | self._closes[number])
                if self._partly >> number & 1:
                    left = self._replaced(left, at, number, lambda each: self._unasked(each, number))  # noqa: B023
        stands, closed = self._stands, left.closed >> at << at
        kept = sorted(number for number in left.changed if stands[number] >= at and not closed >> stands[number] & 1)
        changed = tuple((number, left.changed[number]) for number in kept)
        return State(at, closed, left.doomed >> at << at, changed, open_, first)


def _ones(bits: int) -> int:
    """Return how many bits are set from the lowest on without a gap."""
    return (~bits & bits + 1).bit_length() - 1


def _bits(mask: int) -> Iterator[int]:
    """Return the numbers of the bits that are set."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


def _chosen(condition: Condition, question: str, option: str) -> Condition:
    """Return what remains of a condition once this option is one of those chosen."""
    return replace(condition, question, lambda test: TRUE if option in test.options else test)


def _narrowed(condition: Condition, question: str, open_: Open) -> Condition:
    """Return what remains of a condition where only the undecided options can still be chosen, and one is if none was."""

    def left(test: AnswerIs) -> Condition:
        options = test.options.intersection(open_.options)
        if len(options) == len(open_.options) and not open_.chosen:
            return TRUE
        return AnswerIs(question, options) if options else FALSE

    return replace(condition, question, left)
