"""Outcomes with `otherwise`, with their conditions spelt out: what applies where nothing else does, in all or in one flow."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from collections.abc import Mapping

from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.model import Outcome
from guidance.content.references import References

Area = tuple[str, ...]
"""The flows with a `when` at their include in which something stands, from the outermost on; of main.yaml none."""


def spelt_out(references: References, outcomes: Iterable[Outcome], areas: Mapping[str, Area]) -> tuple[Outcome, ...]:
    """Return the outcomes in their order, each with `otherwise` applying where its flow is walked and no other of it applies.

    `areas` has the area of each outcome. One that stands in an area within the area of another is one of its others.
    """
    done = {outcome.id: outcome for outcome in outcomes}
    known = {outcome.id for outcome in done.values() if not outcome.otherwise}
    ended: set[Area] = set()
    for outcome in sorted(done.values(), key=lambda outcome: -len(areas[outcome.id])):
        if outcome.otherwise:
            area = areas[outcome.id]
            if area in ended:
                message = f'`{outcome.id}` is a second outcome with `otherwise`'
                expected = 'one for the whole content, and one for each flow with a `when` at its include'
                references.wrong(outcome.place, message, expected)
            others = any_of(done[name].applies for name in areas if name in known and areas[name][: len(area)] == area)
            done[outcome.id] = dataclasses.replace(outcome, applies=all_of([outcome.within, negate(others)]))
            ended.add(area)
            known.add(outcome.id)
    return tuple(done.values())
