"""The pages of one journey through the wizard, as it drew them: the floor draws the same, so that the ratio is true.

They are recorded anew in each run of the benchmarks: a page that changes, changes the floor with it.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from typing import NamedTuple

from benchmarks import load
from benchmarks.servers import Server
from benchmarks.visitor import Visitor

_FILE = 'FLOOR_PAGES'
"""The variable of the environment that tells the floor where they are."""


class Drawn(NamedTuple):
    """One element: HTML, or a widget of the form with its label. `options` are those of a `radio`."""

    kind: str
    text: str
    options: list[str]
    in_form: bool


@contextmanager
def recording() -> Iterator[int]:
    """Record the pages, and let the servers that are started meanwhile find them. Yields how many there are."""
    with Server('wizard') as wizard:
        found = asyncio.run(_journey(wizard.url))
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        json.dump(found, file)
        file.flush()
        os.environ[_FILE] = file.name
        try:
            yield len(found)
        finally:
            del os.environ[_FILE]


@cache
def pages() -> list[list[Drawn]]:
    """Return the pages, the first question first and the result last."""
    return [[Drawn(*each) for each in page] for page in json.loads(Path(os.environ[_FILE]).read_text())]


async def _journey(url: str) -> list[list[Drawn]]:
    async with Visitor(url, load.FIRST['wizard']) as visitor:
        found = [_page(visitor)]
        while visitor.of('button'):
            await load.answer(visitor)
            found.append(_page(visitor))
    return found


def _page(visitor: Visitor) -> list[Drawn]:
    """Return what stands on the page; an element of the form stands a step deeper than the others."""
    return [_drawn(element, len(place) > 2) for place, element in sorted(visitor.elements.items())]


def _drawn(element: Any, in_form: bool) -> Drawn:
    kind = element.WhichOneof('type')
    if kind == 'html':
        return Drawn(kind, element.html.body, [], in_form)
    if kind not in ('radio', 'checkbox', 'button'):
        raise ValueError(f'the floor cannot draw a {kind}')
    widget = getattr(element, kind)
    return Drawn(kind, widget.label, list(widget.options) if kind == 'radio' else [], in_form)
