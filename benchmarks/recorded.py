"""The pages of one journey through the wizard, as it drew them: the floor draws the same, so that the ratio is true.

A question is its text, then its answers in a form of Streamlit's own with its widgets, then what stands below.

They are recorded anew in each run of the benchmarks: a page that changes, changes the floor with it.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

from benchmarks import load
from benchmarks.servers import Server
from benchmarks.visitor import Visitor

_TAG = re.compile('<[^>]*>')
_LABEL = re.compile('<label.*?</label>', re.DOTALL)
_FILE = 'FLOOR_PAGES'
"""The variable of the environment that tells the floor where they are."""


class Drawn(NamedTuple):
    """One element: HTML, or a widget of a form with its label. `options` are those of a `radio`."""

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
        while visitor.asked:
            await load.answer(visitor)
            found.append(_page(visitor))
    return found


def _page(visitor: Visitor) -> list[Drawn]:
    """Return what stands on the page, with the form as Streamlit would draw it."""
    (element,) = visitor.of('html')
    above, form, below = element.body.partition('<form class="g-form"')
    if not form:
        return [Drawn('html', above, [], False)]
    inside, _, below = below.partition('</form>')
    labels = [unescape(_TAG.sub(' ', label)).strip() for label in _LABEL.findall(inside)]
    one, many = [Drawn('radio', 'answer', labels, True)], [Drawn('checkbox', label, [], True) for label in labels]
    widgets = many if visitor.many else one
    return [Drawn('html', above, [], False), *widgets, Drawn('button', 'Continue', [], True), Drawn('html', below, [], False)]
