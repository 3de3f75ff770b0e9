"""How many joint journeys there are, and on how many of them something holds: all, and those of people with one situation."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.diff.joint import Joint
from guidance.proof.branches import LIMIT
from guidance.proof.branches import NotProved
from guidance.proof.count import Counting
from guidance.proof.count import paths


@dataclass(frozen=True)
class Number:
    """On how many journeys something holds: of all, and of those with one situation only. None: more than can be counted."""

    all: int | None
    single: int | None

    @property
    def none(self) -> bool:
        """Whether it holds on no journey."""
        return self.all == 0


class Numbers:
    """The numbers of joint journeys: in `total`, and those on which each of some conditions holds."""

    def __init__(self, joint: Joint, targets: Iterable[Condition]) -> None:
        self._parts = {
            target: [all_of([part, joint.legal]) for part in joint.disjoint.apart(target)]
            for target in dict.fromkeys(targets)
        }  # fmt: skip
        self._whens = tuple(question.when for question in joint.questions)
        self.total = self._total(joint)
        self._of = self._counted(joint, list(dict.fromkeys(part for parts in self._parts.values() for part in parts)))

    def of(self, target: Condition) -> int | None:
        """Return on how many journeys one of the conditions holds; None: more than can be counted."""
        found = [self._of[part] for part in self._parts[target]]
        return None if None in found else sum(number for number in found if number)

    def _total(self, joint: Joint) -> int | None:
        try:
            return paths(joint.questions, self._whens, within=joint.legal).number
        except NotProved:
            return None

    def _counted(self, joint: Joint, targets: list[Condition]) -> dict[Condition, int | None]:
        found: dict[Condition, int | None] = dict.fromkeys(targets)
        with suppress(NotProved):
            counting = Counting(joint.questions, self._whens, targets, LIMIT)
            for target in targets:
                found[target] = counting.to(target)
        return found
