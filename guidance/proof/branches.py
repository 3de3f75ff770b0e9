"""What is left of conditions once a question is answered: the one step that every proof is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from guidance.content.condition import FALSE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import replace
from guidance.content.condition import tests_in
from guidance.content.model import Question

LIMIT = 50_000  # situations in one proof; the shipped content needs a few hundred

Remainder = tuple[Condition, ...]  # what is left of several conditions, in their order
_NONE: frozenset[AnswerIs] = frozenset()
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
    ordinary: dict[frozenset[AnswerIs], list[str]] = {}  # options that no condition tells apart, each to be chosen with others
    single: dict[frozenset[AnswerIs], list[str]] = {}  # likewise, each to be chosen alone
    tests = frozenset(t for c in conditions for t in tests_in(c) if t.question == question.id)
    named = frozenset().union(*(test.options for test in tests))
    for option in question.options:
        passed = frozenset(test for test in tests if option.id in test.options) if option.id in named else _NONE
        (ordinary if question.many and not option.alone else single).setdefault(passed, []).append(option.id)
    for passed, alike in single.items():
        rest = replaced(conditions, question.id, lambda test: asked if test in passed else FALSE)  # noqa: B023
        _keep(remainders, rest, Branch((alike[0],), len(alike)))
    for (rest, some), branch in _choices(conditions, question, asked, ordinary).items() if ordinary else ():
        if some:
            _keep(remainders, rest, branch)
    return remainders


def _choices(
    conditions: Remainder, question: Question, asked: Condition, ordinary: dict[frozenset[AnswerIs], list[str]]
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
