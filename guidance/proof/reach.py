"""Exact answers about all journeys at once, without listing them: can a target be reached, and with which fewest answers?

One target (a condition over answers) at a time. Questions are taken from the last to the first: a test on the
last question's answer becomes, for each answer that the target can tell apart, either "that question was asked" or
false. What remains is a condition over earlier questions; equal remainders are one situation. So the cost follows the
number of distinct situations, not of combinations. The worst case stays exponential: past `LIMIT` situations NotProved
is raised, never a guess.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cached_property
from itertools import count
from typing import TypeAlias

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AllOf
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import questions_in
from guidance.content.model import Question
from guidance.proof.branches import LIMIT
from guidance.proof.branches import NotProved
from guidance.proof.branches import branches
from guidance.proof.branches import likeliest
from guidance.proof.split import split
from guidance.proof.witnesses import Witnesses

_Step: TypeAlias = tuple[Condition, str, tuple[str, ...]]
"""How a condition was come to: from the one before, by this answer to a question."""

_Way: TypeAlias = tuple[Mapping[str, tuple[str, ...]], Condition]
"""How a condition is fulfilled: by these answers, once the condition is fulfilled that they leave."""

_SEVERAL = 4  # parts of a target from which on those are taken along that do not name a question
_LONG = 6  # conditions met in a search from which on what it found is kept: short ones are quicker than a look at the witnesses
_MANY = 8  # parts of a target from which on it is worth while to look for some that have nothing in common


class Prover:
    """Decides targets over the journeys that these questions allow, and remembers what it decided."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._questions = tuple(questions)
        self._position = {question.id: index for index, question in enumerate(self._questions)}
        self._possible: dict[Condition, bool] = {TRUE: True, FALSE: False}
        self._ways: dict[Condition, _Way] = {}
        self._witnesses = Witnesses(self._questions, self._position)

    def _last(self, target: Condition) -> Question:
        return self._questions[max(map(self._position.__getitem__, questions_in(target)))]

    def possible(self, target: Condition) -> bool:
        """Tell whether some journey makes the target true. Raises NotProved past LIMIT situations."""
        return self._decide(self._offered(target))

    @cached_property
    def _limits(self) -> Mapping[str, frozenset[Condition]]:
        """For each question, what the answers hold to that it depends on, its own included: what is offered to whom.

        Only for those of which something is offered only to some.
        """
        limits: dict[str, frozenset[Condition]] = {}
        for question in self._questions:
            own = question.only_where_offered
            before = (questions_in(question.when) | questions_in(own)) & limits.keys()
            if before or own != TRUE:
                limits[question.id] = frozenset([own] if own != TRUE else []).union(*(limits[name] for name in before))
        return limits

    def _offered(self, target: Condition) -> Condition:
        """Return the target with all that is offered only to some, where the target depends on it: no other answer counts.

        What it does not depend on needs no regard, since some option is always offered.
        """
        limited = questions_in(target) & self._limits.keys() if self._limits else ()
        return all_of([target, *frozenset[Condition]().union(*(self._limits[name] for name in limited))]) if limited else target

    def _decide(self, target: Condition) -> bool:
        """Tell whether the target is possible. Of many parts, it is first taken apart: the time grows with the content."""
        if target not in self._possible and isinstance(target, AllOf) and len(target.parts) > _MANY:
            groups = self._apart(target)
            if len(groups) > 1:
                self._possible[target] = all(self._decide(all_of(group)) for group in groups)
            elif split := self._split(target):
                self._possible[target] = any(prover._decide(rest) for prover, rest in split)
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

    def _apart(self, target: AllOf) -> list[list[Condition]]:
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

    def _split(self, target: AllOf) -> list[tuple[Prover, Condition]]:
        """Return what is left to prove after each answer to the first question, with the questions that are left then.

        Nothing where the answers do not share the parts of the target among them, as the areas of a large content do.
        """
        first = self._questions[min(self._position[name] for name in self._roots_of(target))]
        if first.many or first.when == FALSE:
            return []
        return [(Prover(questions), rest) for questions, rest in split(self._questions, target, first)]

    def _search(self, target: Condition) -> bool:
        came_from: dict[Condition, _Step | None] = {target: None}
        stack = [target]
        while stack:
            here = stack.pop()
            known = self._possible.get(here)
            if known or (known is None and self._is_witnessed(here)):
                self._remember(here, came_from)
                return True
            if known is None:
                question = self._last(here)
                for rest, chosen in self._rests(here, question):
                    if rest not in came_from:
                        came_from[rest] = here, question.id, chosen
                        stack.append(rest)
            if len(came_from) > LIMIT:
                raise NotProved
        self._possible.update(dict.fromkeys(came_from, False))
        return False

    def _is_witnessed(self, condition: Condition) -> bool:
        journey = self._witnesses.one(condition)
        if journey is not None:
            self._ways[condition] = journey, TRUE
        return journey is not None

    def _rests(self, here: Condition, question: Question) -> Iterator[tuple[Condition, tuple[str, ...]]]:
        """Yield what each answer to the last question leaves. Parts that do not name it are taken along, not gone through."""
        if not isinstance(here, AllOf) or len(here.parts) < _SEVERAL:
            yield from likeliest(here, question, question.when)
            return
        touched = frozenset([part for part in here.parts if question.id in part.questions])
        others = here.parts - touched
        for rest, chosen in likeliest(all_of(touched), question, question.when):
            yield all_of([rest, *others]), chosen

    def _remember(self, reached: Condition, came_from: Mapping[Condition, _Step | None]) -> None:
        """Remember that all conditions on the way to the one that was reached are possible, and how."""
        self._possible[reached] = True
        then, step = reached, came_from[reached]
        while step is not None:
            before, question, chosen = step
            self._possible[before] = True
            self._ways[before] = {question: chosen}, then
            then, step = before, came_from[before]
        if len(came_from) > _LONG:
            self._witness(then)

    def _witness(self, then: Condition) -> None:
        """Take a journey that fulfils a condition to the witnesses, if it is known whole."""
        chosen: dict[str, tuple[str, ...]] = {}
        while then != TRUE and then in self._ways and self._witnesses.takes(chosen):
            answers, then = self._ways[then]
            chosen = {**answers, **chosen}
        if then == TRUE:
            self._witnesses.add(chosen)

    def shortest(self, target: Condition) -> dict[str, tuple[str, ...]] | None:
        """Return the fewest answers that make the target true whatever else is answered; None if nothing does.

        Every question in it is asked when they are given. Fewest questions first, then fewest options, then the
        earliest options. Raises NotProved past LIMIT situations.
        """
        order = count()
        target = self._offered(target)
        queue: list[tuple[int, int, int, Condition, tuple[tuple[str, tuple[str, ...]], ...]]] = [(0, 0, 0, target, ())]
        done: set[Condition] = set()
        while queue:
            asked, options, _, here, answered = heapq.heappop(queue)
            if here == TRUE:
                return dict(answered)
            if here in done or here == FALSE:
                continue
            done.add(here)
            if len(done) > LIMIT:
                raise NotProved
            question = self._last(here)
            remainders = branches((here,), question, question.when)
            whatever = all_of(rest for (rest,) in remainders)
            heapq.heappush(queue, (asked, options, next(order), whatever, answered))
            for (rest,), branch in remainders.items():
                entry = ((question.id, branch.chosen), *answered)
                left = all_of([rest, question.when])
                heapq.heappush(queue, (asked + 1, options + len(branch.chosen), next(order), left, entry))
        return None
