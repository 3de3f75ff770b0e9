"""How many joint journeys there are, and on how many of them something holds: all, and those of people with one situation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidance.content.condition import TRUE
from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.diff.joint import NOT_ASKED
from guidance.diff.joint import Joint
from guidance.proof.branches import NotProved
from guidance.proof.tally import Tally


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
        self._tally = Tally(joint.questions, targets, joint.legal)
        self.total = self.of(TRUE)

    def shortest(self, target: Condition) -> Answers | None:
        """Return the joint journey with the fewest answers on which one of the conditions holds; None if none is found."""
        try:
            return self._tally.shortest(target, NOT_ASKED)
        except NotProved:
            return None

    def of(self, target: Condition) -> int | None:
        """Return on how many journeys one of the conditions holds; None: more than can be counted."""
        try:
            return self._tally.number(target)
        except NotProved:
            return None
