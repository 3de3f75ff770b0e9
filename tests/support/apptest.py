"""The screens without a browser: how a reader answers in Streamlit's own AppTest."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from guidance.content.model import Question
from tests.support.paths import ROOT


def app_of(script: str | None = None) -> AppTest:
    """A fresh visit to the wizard, or to what a script draws. It does not look through all installed packages for components,
    of which there are none, as Streamlit's own test does at each first page: that takes fifteen times as long as the page."""
    app = AppTest.from_string(script) if script else AppTest.from_file(str(ROOT / 'guidance/screens/app.py'))
    app.default_timeout = 20
    app._bidi_component_manager = BidiComponentManager()
    return app


def choose(app: AppTest, question: Question, chosen: Sequence[str]) -> None:
    if question.many:
        for box, option in zip(app.checkbox, question.options, strict=True):
            box.set_value(option.id in chosen)
    else:
        app.radio[0].set_value(chosen[0])
    app.button[0].click().run()
    assert not app.exception
