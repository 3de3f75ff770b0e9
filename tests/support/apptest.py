"""The screens without a browser: how a reader answers in Streamlit's own AppTest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1 import local_script_runner

from guidance.content.model import Question
from tests.support.paths import ROOT
from tests.support.waiting import DEADLINE

_looked_for = local_script_runner.require_widgets_deltas


def _ended(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for the end of a page before it is looked for, which is done a thousand times in a second."""
    if runner._script_thread:
        runner._script_thread.join(timeout)
    _looked_for(runner, timeout)


local_script_runner.require_widgets_deltas = _ended


def app_of(script: str | None = None) -> AppTest:
    """A fresh visit to the wizard, or to what a script draws. It does not look through all installed packages for components,
    of which there are none, as Streamlit's own test does at each first page: that takes fifteen times as long as the page."""
    app = AppTest.from_string(script) if script else AppTest.from_file(str(ROOT / 'guidance/screens/app.py'))
    app.default_timeout = DEADLINE
    app._bidi_component_manager = BidiComponentManager()
    return app


class Row(NamedTuple):
    """An answer that a form offers."""

    id: str
    label: str
    chosen: bool


def html_of(app: AppTest) -> str:
    """What stands on the page."""
    assert not app.exception
    return '\n'.join(part.proto.body for part in app.get('html'))


def rows(app: AppTest) -> list[Row]:
    """What the form on the page offers; nothing where there is none."""
    found = re.findall(r'<label class="g-option"[^>]*>(<input.*?)</label>', html_of(app))
    return [Row(re.findall('value="(.*?)"', row)[0], text_of(row), ' checked' in row) for row in found]


def chosen(app: AppTest) -> tuple[str, ...]:
    return tuple(row.id for row in rows(app) if row.chosen)


def text_of(html: str) -> str:
    return unescape(re.sub('<[^>]*>', '', html)).strip()


def error(app: AppTest) -> str:
    """What is said of an answer that is none; '' if nothing is."""
    return ''.join(map(text_of, re.findall(r'<p class="g-wrong"[^>]*>(.*?)</p>', html_of(app))))


def send(app: AppTest, options: Sequence[str]) -> None:
    """Send the form on the page with these options, as `form.js` does."""
    page = html_of(app)
    name = re.findall('<fieldset[^>]* data-name="(.*?)"', page)[0]
    hidden = dict(re.findall('<input type="hidden"[^>]* data-name="(.*?)" value="(.*?)">', page))
    before = {each: app.query_params[each] for each in app.query_params}
    put(app, {key: unescape(value) for key, value in hidden.items()} | ({name: list(options)} if options else {}))
    app.run()
    after = re.findall('data-at="(.*?)"', html_of(app))[0]
    put(app, dict(parse_qsl(unescape(after)[1:])) if after else before)


def put(app: AppTest, query: dict[str, object]) -> None:
    """Make this the address of the browser."""
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = value


def choose(app: AppTest, question: Question, options: Sequence[str]) -> None:
    """Answer the question that stands on the page."""
    assert {row.id for row in rows(app)} <= question.option.keys()
    send(app, options)
