"""What is left of conditions once a question is answered: the one step that every proof is made of."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from guidance.content.condition import FALSE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import Not
from guidance.content.condition import replace
from guidance.content.condition import tests_in
from guidance.content.model import Question

LIMIT = 50_000  # situations in one proof; the shipped content needs a few hundred

Remainder = tuple[Condition, ...]  # what is left of several conditions, in their order
_Tests = frozenset[AnswerIs]
_Options = dict[_Tests, list[str]]  # those that no condition tells apart, by the tests that they pass
_NONE: _Tests = frozenset()
K = TypeVar('K')


class NotProved(Exception):
    """A proof was given up: it met more than LIMIT situations."""


@dataclass(frozen=True)
class Branch:
    """The answers to one question that lead to one situation: the fewest options that do, and how many answers do."""

    chosen: tuple[str, ...]
    ways: int


def branches(conditions: Remainder, question: Question, asked: Condition) -> dict[Remainder, Branch]:
    """Return every distinct remainder of the conditions once `question` is answered.

    `asked` replaces a test that the answer passes; a test that it fails becomes false. Raises NotProved past `LIMIT`.
    """
    remainders: dict[Remainder, Branch] = {}
    ordinary, single = _alike(question, frozenset(t for c in conditions for t in tests_in(c) if t.question == question.id))
    for passed, alike in single.items():
        rest = replaced(conditions, question.id, lambda test: asked if test in passed else FALSE)  # noqa: B023
        _keep(remainders, rest, Branch((alike[0],), len(alike)))
    for (rest, some), branch in _choices(conditions, question, asked, ordinary).items() if ordinary else ():
        if some:
            _keep(remainders, rest, branch)
    return remainders


def likeliest(condition: Condition, question: Question, asked: Condition) -> Iterator[tuple[Condition, tuple[str, ...]]]:
    """Yield remainders of the condition once `question` is answered, of which one is possible if any remainder is.

    Each with an answer that leads there. An answer that passes fewer of the tests that are to be passed, and more of those that
    are not, needs no look. Raises NotProved past `LIMIT`.
    """
    wanted: set[AnswerIs] = set()
    unwanted: set[AnswerIs] = set()
    _sort(condition, question.id, wanted, unwanted)
    if not question.many and (best := _best(question, wanted, unwanted)):
        yield replace(condition, question.id, lambda test: asked if test in wanted else FALSE), (best,)
        return
    ordinary, single = _alike(question, wanted | unwanted)
    if ordinary:
        taken = [passed for passed in ordinary if unwanted.isdisjoint(passed)]  # these do no harm
        harmful = {passed: alike for passed, alike in ordinary.items() if wanted.isdisjoint(passed) and passed not in taken}
        either = {passed: alike for passed, alike in ordinary.items() if passed not in taken and passed not in harmful}
        single |= {} if taken else harmful  # one of which is chosen only where nothing else is
        yield from _together(condition, question, asked, {passed: ordinary[passed] for passed in taken}, either)
    for passed in single:
        if not any(_outdoes(other, passed, wanted, unwanted) for other in single):
            yield replace(condition, question.id, lambda test: asked if test in passed else FALSE), (single[passed][0],)  # noqa: B023


def _together(
    condition: Condition, question: Question, asked: Condition, taken: _Options, either: _Options
) -> Iterator[tuple[Condition, tuple[str, ...]]]:
    """Yield what is left where the options `taken` are chosen, and some or none of each of the others; where any are."""
    passed = frozenset().union(*taken)
    start = replace(condition, question.id, lambda test: asked if test in passed else test) if passed else condition
    chosen = tuple(alike[0] for alike in taken.values())
    for ((rest,), some), branch in _choices((start,), question, asked, either).items() if taken or either else ():
        if some or taken:
            yield rest, (*chosen, *branch.chosen)


def _sort(condition: Condition, question: str, wanted: set[AnswerIs], unwanted: set[AnswerIs]) -> None:
    """Add the tests on the question to those that help to fulfil the condition when passed, and when not."""
    if isinstance(condition, AnswerIs):
        if condition.question == question:
            wanted.add(condition)
    elif isinstance(condition, Not):
        if condition.part.question == question:
            unwanted.add(condition.part)
    elif question in condition.questions:
        for part in condition.parts:
            _sort(part, question, wanted, unwanted)


def _best(question: Question, wanted: Iterable[AnswerIs], unwanted: Iterable[AnswerIs]) -> str | None:
    """Return the first option that passes all tests that are to be passed, and no other, if there is one: it outdoes the rest."""
    possible = set(question.option).intersection(*(test.options for test in wanted))
    possible.difference_update(*(test.options for test in unwanted))
    return next((option.id for option in question.options if option.id in possible), None) if possible else None


def _outdoes(other: _Tests, one: _Tests, wanted: set[AnswerIs], unwanted: set[AnswerIs]) -> bool:
    """Tell whether an answer that passes the tests `other` makes one needless that passes `one`; never both of each other."""
    return other != one and one & wanted <= other & wanted and other & unwanted <= one & unwanted


def _alike(question: Question, tests: Collection[AnswerIs]) -> tuple[_Options, _Options]:
    """Return the options that none of the tests tells apart, by those that they pass: to be chosen with others, and alone."""
    ordinary: _Options = {}
    single: _Options = {}
    named = frozenset().union(*(test.options for test in tests))
    for option in question.options:
        passed = frozenset(test for test in tests if option.id in test.options) if option.id in named else _NONE
        (ordinary if question.many and not option.alone else single).setdefault(passed, []).append(option.id)
    return ordinary, single


def _choices(
    conditions: Remainder, question: Question, asked: Condition, ordinary: _Options
) -> dict[tuple[Remainder, bool], Branch]:
    """Decide the groups of like options of a `choose: many` one after the other: some of the group, or none of it."""
    states = {(conditions, False): Branch((), 1)}
    for options in ordinary.values():
        group = frozenset(options)
        following: dict[tuple[Remainder, bool], Branch] = {}
        for (rest, some), branch in states.items():
            without = replaced(rest, question.id, lambda test: _narrowed(test, group))  # noqa: B023
            _keep(following, (without, some), branch)
            taken = replaced(rest, question.id, lambda test: asked if test.options & group else test)  # noqa: B023
            grown = Branch((*branch.chosen, options[0]), branch.ways * (2 ** len(options) - 1))
            _keep(following, (taken, True), grown)
        states = following
        if len(states) > LIMIT:
            raise NotProved
    none_left: dict[tuple[Remainder, bool], Branch] = {}
    for (rest, some), branch in states.items():
        _keep(none_left, (replaced(rest, question.id, lambda _: FALSE), some), branch)
    return none_left


def _narrowed(test: AnswerIs, without: frozenset[str]) -> Condition:
    left = test.options - without
    return AnswerIs(test.question, left) if left else FALSE


def replaced(conditions: Remainder, question: str, by: Callable[[AnswerIs], Condition]) -> Remainder:
    """Return the conditions with every test on `question` replaced by what `by` gives for it."""
    return tuple(replace(condition, question, by) for condition in conditions)


def _keep(kept: dict[K, Branch], key: K, branch: Branch) -> None:
    """Remember the branch under its remainder, with the fewest options and the ways of both where one is there."""
    old = kept.get(key)
    if old is None:
        kept[key] = branch
    else:
        fewest = min(old.chosen, branch.chosen, key=len)
        kept[key] = Branch(fewest, old.ways + branch.ways)
