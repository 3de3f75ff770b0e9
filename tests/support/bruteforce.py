"""Every journey through some questions, listed one by one: what the proofs are compared with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from collections.abc import Sequence

from guidance.content.condition import Answers
from guidance.content.condition import holds
from guidance.content.model import Question


def answers_to(asked: Question, before: Answers) -> Iterator[tuple[str, ...]]:
    """Every answer to a question that may be given after those `before`."""
    offered = [option for option in asked.options if holds(option.when, before)]
    together = [option.id for option in offered if not option.alone]
    yield from ((option.id,) for option in offered if option.alone or not asked.many)
    if asked.many:
        for size in range(1, len(together) + 1):
            yield from itertools.combinations(together, size)


def journeys(questions: Sequence[Question], most: int | None = None) -> list[Answers] | None:
    """The answers of every journey; None if there are more than `most`."""
    found: list[Answers] = [{}]
    for asked in questions:
        found = [
            {**journey, asked.id: chosen} if chosen else journey
            for journey in found
            for chosen in (answers_to(asked, journey) if holds(asked.when, journey) else [()])
        ]
        if most is not None and len(found) > most:
            return None
    return found
