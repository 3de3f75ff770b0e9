"""Outcomes of which at most one may apply, as the flows say it under `exclusive`; `meaning` proves it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator

from guidance.content.model import Exclusive
from guidance.content.references import References
from guidance.content.references import Spot


def read_exclusive(references: References, outcomes: Collection[str]) -> Iterator[Exclusive]:
    """Yield each group of outcomes of which at most one may apply; `outcomes` are the ids that there are."""
    for loaded in references.files.flows.values():
        for number, names in enumerate(loaded.value.exclusive):
            spot = Spot(loaded.file) / 'exclusive' / number
            for index, name in enumerate(names):
                references.known(spot / index, 'outcome', name, outcomes)
            if len(set(names)) < max(2, len(names)):
                references.wrong(spot.place(), 'these are not several outcomes', 'two outcomes or more, each once')
            yield Exclusive(names, spot.place())
