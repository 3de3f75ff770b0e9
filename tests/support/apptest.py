"""The screens without a browser: how a reader answers in Streamlit's own AppTest."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from guidance.content.model import Question


def choose(app: AppTest, question: Question, chosen: Sequence[str]) -> None:
    if question.many:
        for box, option in zip(app.checkbox, question.options, strict=True):
            box.set_value(option.id in chosen)
    else:
        app.radio[0].set_value(chosen[0])
    app.button[0].click().run()
    assert not app.exception
