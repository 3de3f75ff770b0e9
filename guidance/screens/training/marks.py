"""The marks of an assessed case: a form for what the trainee offers and states."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from html import escape

import streamlit as st

from guidance.content.format import Assistance
from guidance.content.format import Limitation
from guidance.screens.training.debrief import rule
from guidance.screens.training.room import CaseRoom
from guidance.screens.training.room import StreamlitForm
from guidance.screens.training.room import TrainingPage
from guidance.screens.training.widgets import escape_markdown
from guidance.screens.training.widgets import submit
from guidance.training.record import MAX_LABEL
from guidance.training.record import clean_label

_FORM = 'marks-FORM'  # with which all keys in it begin: by them `browser.js` tells it from another
_LABEL = f'{_FORM}-LABEL'

Markable = Mapping[str, Assistance] | Mapping[str, Limitation]
"""What can be marked: id -> what it is."""


@dataclass(frozen=True)
class MarksHead:
    """What stands above the marks: the name of the form, the address of the question before, the scoring rule in words."""

    form: str
    back: str
    rule: str


def ask_marks(room: CaseRoom) -> TrainingPage:
    """Return the page that asks what the trainee offers and states."""
    page = room.page
    head = MarksHead(_FORM, room.here(change=list(page.journey.answered)[-1]), rule(page))
    above = page.render('training-marks.html', room=room, head=head, heard=room.heard(), open=False)
    return TrainingPage(room, page.words('marks_title'), f'marks {room.name}', above, StreamlitForm(lambda: _draw(room)))


def _draw(room: CaseRoom) -> str:
    page, record, content = room.page, room.record, room.page.content
    with st.form(_FORM, border=False):
        _boxes(page.words('marks_offer'), content.assistance, record.offered)
        _boxes(page.words('marks_limits'), content.limitations, record.stated)
        st.text_input(page.words('marks_label'), record.label, max_chars=MAX_LABEL, key=_LABEL)
        st.html(f'<p class="g-hint">{escape(page.words("marks_label_how"))}</p>')
        submit(page.words('marks_done'), _FORM, lambda: _finish(room))
    return ''


def _boxes(title: str, choices: Markable, marked: Iterable[str]) -> None:
    st.html(f'<h2>{escape(title)}</h2>')
    for name, choice in choices.items():
        st.checkbox(escape_markdown(choice.title), name in marked, key=_key(name))


def _key(name: str) -> str:
    return f'{_FORM}-{name}'


def _finish(room: CaseRoom) -> None:
    content, state = room.page.content, st.session_state
    offered = tuple(name for name in content.assistance if state.get(_key(name)))
    stated = tuple(name for name in content.limitations if state.get(_key(name)))
    label = clean_label(state.get(_LABEL, ''))
    record = replace(room.counted().record, offered=offered, stated=stated, label=label)
    st.query_params.from_dict(room.finished(record))
