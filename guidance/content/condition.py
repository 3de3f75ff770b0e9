"""Conditions as data: what a `when` in YAML means, whether it holds, what remains of it once an answer is known."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from functools import lru_cache
from typing import NamedTuple
from typing import TypeAlias

Answers: TypeAlias = Mapping[str, tuple[str, ...]]


Test: TypeAlias = Callable[[Answers], bool]


# Tests are tuples: a proof compares them and looks for them by the hundred thousand, and tuples do both by themselves.


class _AnswerIs(NamedTuple):
    question: str
    options: frozenset[str]


class AnswerIs(_AnswerIs):
    """The question was answered with at least one of these options."""

    @cached_property
    def questions(self) -> frozenset[str]:
        """The ids of the questions that the condition names."""
        return frozenset([self.question])

    @cached_property
    def test(self) -> Test:
        """The condition as a function, made once: a walk asks hundreds of conditions."""
        question, unlike = self.question, self.options.isdisjoint
        return lambda answers: not unlike(answers.get(question, ()))


class _Not(NamedTuple):
    part: AnswerIs


class Not(_Not):
    """The test does not hold; so also when its question was not asked."""

    @cached_property
    def questions(self) -> frozenset[str]:
        """The ids of the questions that the condition names."""
        return self.part.questions

    @cached_property
    def test(self) -> Test:
        """The condition as a function."""
        question, unlike = self.part.question, self.part.options.isdisjoint
        return lambda answers: unlike(answers.get(question, ()))


@dataclass(frozen=True)
class AllOf:
    """Every part holds; with no part, always."""

    parts: frozenset[Condition]

    def __hash__(self) -> int:
        """Made once: a proof looks for a condition again and again in what it has met."""
        made: int | None = self.__dict__.get('hash')
        if made is None:
            made = self.__dict__['hash'] = hash((AllOf, self.parts))
        return made

    @cached_property
    def questions(self) -> frozenset[str]:
        """The ids of the questions that the condition names."""
        return frozenset().union(*[part.questions for part in self.parts])

    @cached_property
    def test(self) -> Test:
        """The condition as a function."""
        quickest_first = sorted(self.parts, key=lambda part: isinstance(part, AnyOf))
        tests = [part.test for part in quickest_first]
        if len(tests) == 2:
            one, two = tests
            return lambda answers: one(answers) and two(answers)

        def test(answers: Answers) -> bool:
            for each in tests:  # noqa: SIM110 - `all` would take twice the time
                if not each(answers):
                    return False
            return True

        return test


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds; with no part, never."""

    parts: frozenset[Condition]

    def __hash__(self) -> int:
        """Made once, as for `AllOf`."""
        made: int | None = self.__dict__.get('hash')
        if made is None:
            made = self.__dict__['hash'] = hash((AnyOf, self.parts))
        return made

    @cached_property
    def questions(self) -> frozenset[str]:
        """The ids of the questions that the condition names."""
        return frozenset().union(*[part.questions for part in self.parts])

    @cached_property
    def test(self) -> Test:
        """The condition as a function."""
        quickest_first = sorted(self.parts, key=lambda part: isinstance(part, AllOf))
        tests = [part.test for part in quickest_first]

        def test(answers: Answers) -> bool:
            for each in tests:  # noqa: SIM110 - the same of `any`
                if each(answers):
                    return True
            return False

        return test


Condition: TypeAlias = AnswerIs | Not | AllOf | AnyOf
TRUE = AllOf(frozenset())
FALSE = AnyOf(frozenset())


def all_of(parts: Iterable[Condition]) -> Condition:
    """Return the condition that holds when every part does, simplified."""
    parts = [part for part in parts if part is not TRUE]
    if len(parts) < 2:  # as half of them are
        return parts[0] if parts else TRUE
    kept = _simplified(parts, AllOf, AnyOf)
    return FALSE if kept is None else next(iter(kept)) if len(kept) == 1 else AllOf(kept)


def any_of(parts: Iterable[Condition]) -> Condition:
    """Return the condition that holds when at least one part does, simplified."""
    parts = [part for part in parts if part is not FALSE]
    if len(parts) < 2:
        return parts[0] if parts else FALSE
    kept = _simplified(parts, AnyOf, AllOf)
    return TRUE if kept is None else next(iter(kept)) if len(kept) == 1 else AnyOf(kept)


def _simplified(
    parts: Iterable[Condition], outer: type[AllOf | AnyOf], inner: type[AllOf | AnyOf]
) -> frozenset[Condition] | None:
    """Return the parts, those of the kind `outer` opened, without those of the kind `inner` that another part makes needless.

    None where two exclude each other. It is called for each condition of a proof: loops, where `any` and comprehensions would
    take half as long again.
    """
    flat: set[Condition] = set()
    for part in parts:
        if isinstance(part, outer):
            flat |= part.parts
        else:
            flat.add(part)
    needless = []
    for part in flat:
        if isinstance(part, Not):
            if part.part in flat:
                return None
        elif isinstance(part, inner):
            if not part.parts:
                return None
            if not part.parts.isdisjoint(flat):
                needless.append(part)
    return frozenset(flat.difference(needless) if needless else flat)


@lru_cache(maxsize=100_000)
def negate(condition: Condition) -> Condition:
    """Return the condition that holds exactly when this one does not."""
    match condition:
        case AnswerIs():
            return Not(condition)
        case Not(part):
            return part
        case AllOf(parts):
            return any_of(negate(part) for part in parts)
        case AnyOf(parts):
            return all_of(negate(part) for part in parts)


def holds(condition: Condition, answers: Answers) -> bool:
    """Tell whether the condition holds for these answers; a question without an answer matches nothing."""
    return condition.test(answers)


def open_to(condition: Condition, question: str, answers: Answers) -> bool:
    """Tell whether another answer to `question`, all others the same, could make the condition go the other way."""
    return _with_open(condition, question, answers) is None


def _with_open(condition: Condition, question: str, answers: Answers) -> bool | None:
    """Return what the condition is whatever the answer to `question`, or None if that depends on it."""
    match condition:
        case AnswerIs():
            return None if condition.question == question else holds(condition, answers)
        case Not(part):
            return None if part.question == question else holds(condition, answers)
    decisive = isinstance(condition, AnyOf)
    verdicts = [_with_open(part, question, answers) for part in condition.parts]
    return decisive if decisive in verdicts else None if None in verdicts else not decisive


@lru_cache(maxsize=100_000)
def tests_in(condition: Condition) -> frozenset[AnswerIs]:
    """Return every test on an answer that occurs in the condition."""
    match condition:
        case AnswerIs():
            return frozenset([condition])
        case Not(part):
            return frozenset([part])
        case AllOf(parts) | AnyOf(parts):
            return frozenset().union(*map(tests_in, parts))


def questions_in(condition: Condition) -> frozenset[str]:
    """Return the ids of the questions that the condition names."""
    return condition.questions


def replace(condition: Condition, question: str, by: Callable[[AnswerIs], Condition]) -> Condition:
    """Return the condition with every test on `question` replaced by what `by` gives for it, simplified."""
    match condition:
        case AnswerIs():
            return by(condition) if condition.question == question else condition
        case Not(part):
            return negate(by(part)) if part.question == question else condition
    touched = frozenset([part for part in condition.parts if question in part.questions])
    if not touched:
        return condition
    parts = {replace(part, question, by) for part in touched}
    neutral, decisive = (TRUE, FALSE) if isinstance(condition, AllOf) else (FALSE, TRUE)
    if decisive in parts:
        return decisive
    rest = condition.parts - touched
    if parts <= {neutral}:  # nothing new to simplify with: a condition of thousands of parts is not gone through again
        return next(iter(rest)) if len(rest) == 1 else type(condition)(rest)
    return all_of([*rest, *parts]) if isinstance(condition, AllOf) else any_of([*rest, *parts])


def answer(condition: Condition, question: str, chosen: Iterable[str]) -> Condition:
    """Return what remains of the condition when `question` is answered with the options `chosen` (none: not asked)."""
    options = frozenset(chosen)
    return replace(condition, question, lambda test: FALSE if test.options.isdisjoint(options) else TRUE)


def reduced(condition: Condition, known: Answers) -> Condition:
    """Return what remains of the condition when these questions are answered (no options: not asked)."""
    for name in questions_in(condition) & known.keys():
        condition = answer(condition, name, known[name])
    return condition
