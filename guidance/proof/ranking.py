"""The journeys of an edition in one order, counted without listing them: the number of each, and the journey of each number.

Journeys of fewer situations come first (a situation is an option chosen at the first `choose: many` that is asked), then they
are in the order of their decisions. What is left after some decisions, and how many journeys that holds, is worked out once for
all journeys that come to it.

Numbers are given out in codes that are read for years: no change, here or of the order of decisions, may give a journey of a
recorded edition another one. `tests/proof/test_ranking.py` holds some of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from guidance.content.condition import Answers
from guidance.content.edition import Questions
from guidance.proof.branches import NotProved
from guidance.proof.deciding import Deciding
from guidance.proof.deciding import Decision
from guidance.proof.deciding import State

_LIMIT = 100_000  # states of an edition, with all that is in them; the shipped content has some thousand


class _Node(NamedTuple):
    """A state, worked out: what is decided, the ways to, and how many journeys there are by the number of situations to come."""

    decision: Decision
    ways: tuple[_Way, ...]
    numbers: tuple[int, ...]


class _End(NamedTuple):
    """The state in which nothing is left to decide: one journey, with no situation to come."""

    numbers: tuple[int, ...] = (1,)


class _Way(NamedTuple):
    """A way to decide, what is left then, and the situations that it adds."""

    chosen: str | bool
    left: _Node | _End
    adds: int

    def count(self, situations: int) -> int:
        """Return how many journeys go this way and have so many situations to come, with what it adds."""
        numbers, after = self.left.numbers, situations - self.adds
        return numbers[after] if 0 <= after < len(numbers) else 0


@lru_cache(maxsize=16)
def ranking(questions: Questions) -> Ranking | None:
    """Return the ranking of the journeys through these questions; None if there are too many situations to count them."""
    try:
        return Ranking(questions)
    except NotProved:
        return None


class Ranking:
    """The order of all journeys through these questions. Raises NotProved past a limit of states."""

    def __init__(self, questions: Questions) -> None:
        self._options = {question.id: tuple(option.id for option in question.options) for question in questions}
        self._begin = _worked_out(Deciding(questions))

    @property
    def numbers(self) -> tuple[int, ...]:
        """How many journeys there are, by their number of situations."""
        return self._begin.numbers

    def number(self, answers: Answers) -> int:
        """Return the number of a journey that `walk` accepts, from 0. Raises ValueError if an answer is missing, or is none."""
        node, passed = self._begin, []
        while isinstance(node, _Node):
            chosen = _chosen(node, answers)
            way = next((way for way in node.ways if way.chosen == chosen), None)
            if way is None:
                raise ValueError(f'there is no answer to `{node.decision.question}`')
            passed.append((node, way))
            node = way.left
        situations = sum(way.adds for _, way in passed)
        number = sum(self.numbers[:situations])
        for node, taken in passed:
            before = node.ways[: node.ways.index(taken)]
            number += sum(way.count(situations) for way in before)
            situations -= taken.adds
        return number

    def journey(self, number: int) -> dict[str, tuple[str, ...]]:
        """Return the answers of the journey with this number. Raises ValueError if there is none."""
        if not 0 <= number < sum(self.numbers):
            raise ValueError('there is no journey with this number')
        situations = 0
        while number >= self.numbers[situations]:
            number -= self.numbers[situations]
            situations += 1
        chosen: dict[str, set[str]] = {}
        node = self._begin
        while isinstance(node, _Node):
            for way in node.ways:
                count = way.count(situations)
                if number < count:
                    break
                number -= count
            question, option = node.decision
            found = way.chosen if option is None else option if way.chosen else ''
            if found:
                chosen.setdefault(question, set()).add(str(found))
            node, situations = way.left, situations - way.adds
        return {name: tuple(filter(chosen[name].__contains__, every)) for name, every in self._options.items() if name in chosen}


def _chosen(node: _Node, answers: Answers) -> str | bool:
    """Return how a decision was made: the way that it has this name."""
    question, option = node.decision
    options = answers.get(question, ())
    if option is not None:
        return option in options
    one = options[0] if len(options) == 1 else ''
    return one if any(way.chosen == one for way in node.ways) else ''


def _worked_out(deciding: Deciding) -> _Node | _End:
    """Work out all states, each after those that it leads to; return the first one."""
    begin = deciding.begin()
    nodes: dict[State, _Node | _End] = {}
    size = 0
    waiting = [(begin, deciding.ways(begin))]
    while waiting:
        state, (decision, ways) = waiting.pop()
        if state in nodes:
            continue
        missing = list(dict.fromkeys(way.left for way in ways if way.left not in nodes))
        if missing:
            waiting.append((state, (decision, ways)))
            waiting += [(left, deciding.ways(left)) for left in missing]
            size += sum(1 + len(left.changed) for left in missing)
            if size > _LIMIT:
                raise NotProved
            continue
        made = tuple(_Way(chosen, nodes[left], adds) for chosen, left, adds in ways)
        nodes[state] = _Node(decision, made, _numbers(made)) if decision else _End()
    return nodes[begin]


def _numbers(ways: Iterable[_Way]) -> tuple[int, ...]:
    shifted = ((*(0,) * way.adds, *way.left.numbers) for way in ways)
    return tuple(map(sum, zip_longest(*shifted, fillvalue=0)))
