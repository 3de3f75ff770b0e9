"""Which question of one edition is which of the other, and an order in which both editions can be walked at once."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Literal
from typing import TypeVar

from guidance.content.condition import TRUE
from guidance.content.condition import questions_in
from guidance.content.model import Content
from guidance.content.model import Question

T = TypeVar('T')

Side = Literal['old', 'new']
SIDES: tuple[Side, Side] = ('old', 'new')


def newest(of: Mapping[Side, T]) -> T:
    """Return what the new edition has; what the old one has where only that one has it."""
    return of['new'] if 'new' in of else of['old']


@dataclass(frozen=True, eq=False)
class Pair:
    """A question as both editions have it, or one of them, by its name in the new one. `renamed`: old option -> option."""

    name: str
    questions: Mapping[Side, Question]
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_both(self) -> bool:
        """Whether both editions have it."""
        return len(self.questions) == len(SIDES)

    def option(self, side: Side, option: str) -> str:
        """Return the common name of an option of an edition."""
        return self.renamed.get(option, option) if side == 'old' else option

    def options(self, side: Side) -> dict[str, str]:
        """Return the options that an edition has, in order: common name -> id in that edition."""
        question = self.questions.get(side)
        return {self.option(side, option.id): option.id for option in question.options} if question else {}

    def alone(self, side: Side) -> frozenset[str]:
        """Return the options that an edition takes alone only."""
        question = self.questions.get(side)
        if question is None:
            return frozenset()
        return frozenset(self.option(side, option.id) for option in question.options if option.alone or not question.many)

    @property
    def takes_the_same(self) -> bool:
        """Whether both editions ask it and take the same answers, whoever answers."""
        if not self.in_both or self.alone('old') != self.alone('new'):
            return False
        if any(option.when != TRUE for asked in self.questions.values() for option in asked.options):
            return False
        return self.options('old').keys() == self.options('new').keys()


@dataclass(frozen=True)
class Paired:
    """The questions of two editions, each once, in an order in which both can be asked.

    `ahead` are questions of which the editions reverse the dependence: they stand before what some edition asks before them.
    """

    pairs: tuple[Pair, ...]
    ahead: frozenset[str]
    names: Mapping[Side, Mapping[str, str]]  # of each edition: id -> name


def paired(old: Content, new: Content) -> Paired:
    """Return which question is which, with what was renamed, in a common order."""
    pairs, names = _pairs(old, new, _present(old, new))
    by_name = {pair.name: pair for pair in pairs}
    before = {side: _before(content, names[side], by_name) for side, content in zip(SIDES, (old, new), strict=True)}
    ahead: set[str] = set()
    while True:
        order, circle = _ordered(list(by_name), before)
        if not circle:
            return Paired(tuple(by_name[name] for name in order), frozenset(ahead), names)
        ahead.add(_taken_ahead([name for name in circle if by_name[name].in_both], before))


def _present(old: Content, new: Content) -> dict[str, str]:
    """Return the present name of each old question."""
    renamed = {before: now for before, now in new.renamed.items() if before not in new.question and now not in old.question}
    return {question.id: renamed.get(question.id, question.id) for question in old.questions}


def _pairs(old: Content, new: Content, present: Mapping[str, str]) -> tuple[list[Pair], dict[Side, Mapping[str, str]]]:
    """Return the pairs: in the order of the new edition, each that only the old one has after the one before it there."""
    names: dict[Side, Mapping[str, str]] = {'old': present, 'new': {name: name for name in new.question}}
    of_old = {present[question.id]: question for question in old.questions}
    pairs = [_pair(name, of_old.get(name), question) for name, question in new.question.items()]
    at = 0
    for name, question in of_old.items():
        found = next((number for number, pair in enumerate(pairs) if pair.name == name), None)
        if found is None:
            pairs.insert(at, Pair(name, {'old': question}))
        at = (at if found is None else found) + 1
    return pairs, names


def _pair(name: str, old: Question | None, new: Question) -> Pair:
    if old is None:
        return Pair(name, {'new': new})
    renamed = {was: option.id for option in new.options for was in option.was if was in old.option and was not in new.option}
    return Pair(name, {'old': old, 'new': new}, {was: now for was, now in renamed.items() if now not in old.option})


Before = dict[str, set[str]]
"""Question -> those that an edition has to have asked before it."""


def _before(content: Content, names: Mapping[str, str], pairs: Mapping[str, Pair]) -> Before:
    """Return for each question those before it in an edition: those it depends on, and those that may end the way."""
    before: Before = {name: set() for name in pairs}
    ends: set[str] = set()
    for question in content.questions:
        name = names[question.id]
        conditions = [question.when, *(option.when for option in question.options)]
        before[name] |= {names[each] for condition in conditions for each in questions_in(condition)} | ends
        pair = pairs[name]
        if pair.in_both and not pair.takes_the_same:
            ends.add(name)
    return before


def _ordered(names: Sequence[str], before: Mapping[Side, Before]) -> tuple[list[str], list[str]]:
    """Return the names in an order that keeps to `before`, near to the given one, and those of circles, which have none."""
    position = {name: number for number, name in enumerate(names)}
    after: dict[str, list[str]] = {name: [] for name in names}
    waits = dict.fromkeys(names, 0)
    for name in names:
        for each in before['old'][name] | before['new'][name]:
            after[each].append(name)
            waits[name] += 1
    ready = [position[name] for name, number in waits.items() if not number]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        name = names[heapq.heappop(ready)]
        order.append(name)
        for later in after[name]:
            waits[later] -= 1
            if not waits[later]:
                heapq.heappush(ready, position[later])
    left = set(names) - set(order)
    while ends := {name for name in left if not left.intersection(after[name])}:
        left -= ends
    return order, [name for name in names if name in left]


def _taken_ahead(circle: Sequence[str], before: Mapping[Side, Before]) -> str:
    """Choose a question of circles, through which most of them lead, and let it wait for none of them.

    What an edition asks after it still waits for all that the edition asks before it.
    """
    inside = frozenset(circle)

    def leading(name: str) -> int:
        into = len(inside & (before['old'][name] | before['new'][name]))
        return into * sum(name in before['old'][other] | before['new'][other] for other in circle)

    chosen = max(circle, key=leading)
    for of_side in before.values():
        for waiting in of_side.values():
            if chosen in waiting:
                waiting |= of_side[chosen]
        of_side[chosen] -= inside
    return chosen


def one_at_a_time(content: Content) -> Content:
    """Return the content for people with one situation only: one answer to each question, also where several can be given."""
    questions = tuple(replace(question, many=False) if question.many else question for question in content.questions)
    return replace(content, questions=questions)
