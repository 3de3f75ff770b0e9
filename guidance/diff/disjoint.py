"""Conditions that never hold together, soon seen: what keeps the conditions of two editions short, and their numbers apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AllOf
from guidance.content.condition import AnswerIs
from guidance.content.condition import AnyOf
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.condition import questions_in
from guidance.content.model import Question
from guidance.proof.branches import LIMIT
from guidance.proof.situations import Steps

Needs = Mapping[str, frozenset[str]]
"""Questions of one answer -> the options of which one has to be chosen."""


class Disjoint:
    """Tells what never holds together in journeys through some questions, to which more may be added later."""

    def __init__(self, questions: dict[str, Question]) -> None:
        self._made = questions
        self._needs: dict[Condition, Needs] = {}

    def exclusive(self, one: Condition, other: Condition) -> bool:
        """Tell whether two conditions are soon seen never to hold together: they need different answers to one question."""
        others = self._needed(other)
        for name, options in self._needed(one).items():
            if (needed := others.get(name)) is not None and options.isdisjoint(needed):
                return True
        return False

    def without(self, one: Condition, others: Iterable[Condition]) -> Condition:
        """Return where one condition holds and none of the others; short, since what cannot meet is left out."""
        against = {term: None for other in others for term in terms(other)}
        near = self._index(list(against))
        return any_of(self._alone(term, near(term)) for term in terms(one) if term not in against)

    def _alone(self, term: Condition, against: Iterable[Condition]) -> Condition:
        parts = _parts(term)
        return all_of([term, *(negate(all_of(_parts(each) - parts)) for each in against if not self.exclusive(term, each))])

    def _index(self, against: list[Condition]) -> Callable[[Condition], Iterable[Condition]]:
        """Return what gives for a condition those that it may meet, without looking at each: by the question most need first."""
        first = Counter(next(iter(self._needed(each)), '') for each in against)
        question = max(first, key=lambda name: first[name] if name else 0, default='')
        by_option: dict[str, dict[Condition, None]] = {}
        rest: dict[Condition, None] = {}
        for each in against:
            options = self._needed(each).get(question)
            for option in options or ():
                by_option.setdefault(option, {})[each] = None
            if options is None:
                rest[each] = None

        def near(condition: Condition) -> Iterable[Condition]:
            options = self._needed(condition).get(question)
            if options is None:
                return against
            return dict.fromkeys(each for group in (rest, *(by_option.get(option, {}) for option in options)) for each in group)

        return near

    def possible(self, condition: Condition) -> bool:
        """Tell whether some journey makes it true; also where that cannot be decided."""
        if condition == FALSE or not all(self._needed(condition).values()):
            return False
        asked = set(questions_in(condition))
        for question in reversed(self._made.values()):
            if question.id in asked:
                asked |= questions_in(question.when)
        questions = tuple(question for question in self._made.values() if question.id in asked)
        steps = Steps(questions, tuple(question.when for question in questions), [condition])
        open_ = [situation for situation, _ in steps.start(condition)]
        met = set(open_)
        while open_ and len(met) <= LIMIT:
            here = open_.pop()
            if here.target == TRUE:
                return True
            following = {left for left, _ in steps.after(here)} - met
            met |= following
            open_ += following
        return bool(open_)

    def _needed(self, condition: Condition) -> Needs:
        """Return the questions that a condition needs answered, each with one of some options, so far as that is soon seen."""
        known = self._needs.get(condition)
        if known is None:
            known = self._needs[condition] = self._look_for_needs(condition)
        return known

    def _look_for_needs(self, condition: Condition) -> Needs:
        match condition:
            case AnswerIs(question, options):
                asked = self._made[question]
                return self._needed(asked.when) if asked.many else {**self._needed(asked.when), question: options}
            case AllOf(parts):
                found: dict[str, frozenset[str]] = {}
                for part in parts:
                    for name, options in self._needed(part).items():
                        found[name] = found.get(name, options) & options
                return found
            case AnyOf(parts) if parts:
                each = [self._needed(part) for part in parts]
                common = set(each[0]).intersection(*each[1:])
                return {name: frozenset().union(*(needs[name] for needs in each)) for name in common}
        return {}


def terms(condition: Condition) -> list[Condition]:
    """Return the alternatives of a condition: itself, if it has none."""
    return list(condition.parts) if isinstance(condition, AnyOf) else [condition]


def _parts(condition: Condition) -> frozenset[Condition]:
    return condition.parts if isinstance(condition, AllOf) else frozenset([condition])
