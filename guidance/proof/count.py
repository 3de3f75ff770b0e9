"""How many ways there are to the end of the questions, and how long they are, counted without listing them."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import questions_in
from guidance.content.condition import reduced
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.proof.branches import LIMIT
from guidance.proof.branches import NotProved
from guidance.proof.situations import Situation
from guidance.proof.situations import Step
from guidance.proof.situations import Steps

_MORE = 4  # times `limit`: the situations that may be met for all targets together, most of them known by then


@dataclass(frozen=True)
class Paths:
    """All ways to the end of the questions: how many, and the fewest and most questions on one of them."""

    number: int
    shortest: int
    longest: int


def paths(questions: tuple[Question, ...], whens: tuple[Condition, ...], limit: int = LIMIT, within: Condition = TRUE) -> Paths:
    """Count the ways to answer these questions, asked under the conditions `whens`, which name no others.

    Only the ways that make the condition `within` true count. Raises NotProved past `limit` situations.
    """
    return Counting(questions, whens, limit=limit, within=within).paths


@dataclass(frozen=True)
class Counts:
    """The ways to the end of a content, and those of them on which each outcome applies; None: more than can be counted."""

    paths: Paths | None
    to: Mapping[str, int | None]


def counts(content: Content) -> Counts:
    """Count the ways through the content, and to each of its outcomes, in their order."""
    whens = tuple(question.when for question in content.questions)
    offered = all_of(question.only_where_offered for question in content.questions)
    targets = {outcome.id: all_of([outcome.applies, offered]) for outcome in content.outcomes}
    try:
        counting = Counting(content.questions, whens, targets.values(), LIMIT)
        every = counting.paths if offered == TRUE else paths(content.questions, whens, within=offered)
    except NotProved:
        return Counts(None, dict.fromkeys(targets))
    return Counts(every, {name: _counted(counting, target) for name, target in targets.items()})


def number_of_paths(content: Content, target: Condition) -> int | None:
    """Return on how many ways through the content the target holds; None: more than can be counted."""
    whens = tuple(question.when for question in content.questions)
    try:
        return Counting(content.questions, whens, [target], LIMIT).to(target)
    except NotProved:
        return None


def _counted(counting: Counting, target: Condition) -> int | None:
    try:
        return counting.to(target)
    except NotProved:
        return None


class Counting:
    """The ways to answer these questions: all of them, or those `within` a condition (`paths`), and those to one of the
    `targets`, for which there is no other condition.

    The ways are the same for every target up to its first question, and again from where it is decided. Only what is between
    is gone through for each of them.
    """

    def __init__(
        self,
        questions: tuple[Question, ...],
        whens: tuple[Condition, ...],
        targets: Iterable[Condition] = (),
        limit: int = LIMIT,
        within: Condition = TRUE,
    ) -> None:
        targets = tuple(targets)
        self._limit = limit
        self._more = _MORE * limit
        self._end = len(questions)
        self._within = within
        self._steps = Steps(questions, whens, [*targets, within])
        self._after: dict[Situation, dict[Step, int]] = {}
        self._before: dict[int, list[tuple[Situation, int]]] = {self._first(target): [] for target in targets}
        self._without = {self._first(target) for target in targets if self._holds_without_first(target)}
        ends = self._forward()
        self.paths = next(iter(ends.values()), Paths(0, 0, 0))  # with no way at all, there is no end
        self._onward = dict.fromkeys(ends, 1)
        for situation in reversed(self._after):
            ways = self._after[situation].items()
            self._onward[situation] = sum(number * self._onward[left] for (left, _), number in ways)

    def _first(self, target: Condition) -> int:
        return min((self._steps.number[name] for name in questions_in(target)), default=0)

    def _holds_without_first(self, target: Condition) -> bool:
        """Tell whether the target may hold though the first of its questions is not asked."""
        first = self._first(target)
        names = [name for name in questions_in(target) if self._steps.number[name] == first]
        return reduced(target, dict.fromkeys(names, ())) != FALSE

    def _forward(self) -> dict[Situation, Paths]:
        """Count the ways to each situation, question after question; return those to the end, of which there is one."""
        waiting: dict[int, dict[Situation, Paths]] = {}
        for situation, number in self._steps.start(self._within):
            _add(waiting, situation, Paths(number, 0, 0))
        met = 0
        for at in range(self._end):
            if at in self._before:
                among = waiting.values() if at in self._without else [waiting.get(at, {})]
                self._before[at] = [(each, ways.number) for later in among for each, ways in later.items()]
            for situation, before in waiting.pop(at, {}).items():
                steps = self._steps.after(situation)
                if self._before:
                    self._after[situation] = steps
                for (left, asked), number in steps.items():
                    _add(waiting, left, Paths(before.number * number, before.shortest + asked, before.longest + asked))
                met += len(steps)
            if met > self._limit:
                raise NotProved
        ends: dict[int, dict[Situation, Paths]] = {self._end: {}}
        for situation, before in waiting.get(self._end, {}).items():
            for (left, _), number in self._steps.after(situation).items():
                _add(ends, left, Paths(before.number * number, before.shortest, before.longest))
        return ends[self._end]

    def to(self, target: Condition) -> int:
        """Return how many ways make the target true, one of those given.

        Raises NotProved once all of them together have met far more than `limit` situations.
        """
        first = self._first(target)
        waiting: dict[int, dict[Situation, int]] = {}
        for situation, ways in self._before[first]:
            aimed = self._steps.aimed(situation, target, first)
            waiting.setdefault(aimed.at, {})[aimed] = ways
        found = 0
        while waiting:
            for situation, ways in waiting.pop(min(waiting)).items():
                onward = self._onward_of(situation)
                if onward is not None:
                    found += ways * onward
                    continue
                for left, number in self._toward(situation):
                    later = waiting.setdefault(left.at, {})
                    later[left] = later.get(left, 0) + ways * number
                    self._more -= 1
            if self._more < 0:
                raise NotProved
        return found

    def _onward_of(self, here: Situation) -> int | None:
        """Return the number of ways to the end, all of which fulfil the target or none; None if that is not known."""
        if here.target == FALSE:
            return 0
        if here.target != TRUE:
            return None
        return self._onward.get(here)

    def _toward(self, here: Situation) -> Iterator[tuple[Situation, int]]:
        """Return what may be left after the next question, with the target; the same for all targets it does not touch."""
        plain = here._replace(target=TRUE)
        steps = self._after.get(plain)
        if steps is None and not self._steps.asks(here):
            steps = self._after[plain] = self._steps.after(plain)
        if steps is None or self._steps.touch(here, steps):
            yield from ((left, number) for (left, _), number in self._steps.after(here).items())
        else:
            yield from ((self._steps.aimed(left, here.target, here.at), number) for (left, _), number in steps.items())


def _add(waiting: dict[int, dict[Situation, Paths]], situation: Situation, more: Paths) -> None:
    same = waiting.setdefault(situation.at, {})
    old = same.get(situation)
    if old is not None:
        more = Paths(old.number + more.number, min(old.shortest, more.shortest), max(old.longest, more.longest))
    same[situation] = more
