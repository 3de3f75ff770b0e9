"""The pages of one journey through the wizard, as it drew them: the servers that are compared draw the same.

The bare one draws each as the wizard does, as one element. For the floor, a question is its text, then its answers in a form of
Streamlit's own with its widgets, then what stands below.

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


class Recorded(NamedTuple):
    """A page: the HTML that the wizard drew, the question whose form is in it, '' at the end, and the elements of the floor."""

    body: str
    asks: str
    elements: list[Drawn]


@contextmanager
def recording() -> Iterator[list[Recorded]]:
    """Record the pages, the first question first and the result last; the servers that are started meanwhile find them."""
    with Server('wizard') as wizard:
        found = asyncio.run(_journey(wizard.url))
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        json.dump(found, file)
        file.flush()
        os.environ[_FILE] = file.name
        try:
            yield found
        finally:
            del os.environ[_FILE]


@cache
def pages() -> list[Recorded]:
    """Return the pages that were recorded."""
    found = json.loads(Path(os.environ[_FILE]).read_text())
    return [Recorded(body, asks, [Drawn(*each) for each in elements]) for body, asks, elements in found]


async def _journey(url: str) -> list[Recorded]:
    async with Visitor(url, load.FIRST['wizard']) as visitor:
        found = [_page(visitor)]
        while visitor.asked:
            await load.answer(visitor)
            found.append(_page(visitor))
    return found


def _page(visitor: Visitor) -> Recorded:
    (element,) = visitor.of('html')
    return Recorded(element.body, visitor.form.name if visitor.form else '', _elements(element.body, visitor.many))


def _elements(body: str, many: bool) -> list[Drawn]:
    """Return what stands on the page, with the form as Streamlit would draw it."""
    above, form, below = body.partition('<form class="g-form"')
    if not form:
        return [Drawn('html', above, [], False)]
    inside, _, below = below.partition('</form>')
    labels = [unescape(_TAG.sub(' ', label)).strip() for label in _LABEL.findall(inside)]
    one, boxes = [Drawn('radio', 'answer', labels, True)], [Drawn('checkbox', label, [], True) for label in labels]
    widgets = boxes if many else one
    return [Drawn('html', above, [], False), *widgets, Drawn('button', 'Continue', [], True), Drawn('html', below, [], False)]
