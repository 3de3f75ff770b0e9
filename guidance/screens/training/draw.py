"""Training pages as HTML, for the server and for Streamlit; those with a form of Streamlit's in three parts."""

from __future__ import annotations

import streamlit as st

from guidance.screens.answer import ASKED
from guidance.screens.answer import why_refused
from guidance.screens.browser import mark
from guidance.screens.parts import AnswerForm
from guidance.screens.plain.alike import Live
from guidance.screens.plain.draw import Drawn
from guidance.screens.report import report_link
from guidance.screens.route_names import TRAINING
from guidance.screens.titles import titled
from guidance.screens.training.room import AskedQuestion
from guidance.screens.training.room import CaseRoom
from guidance.screens.training.room import StreamlitForm
from guidance.screens.training.room import TrainingPage

_HTML = '\0html\0'


def drawn(found: TrainingPage, *, failed: bool = False, live: Live | None = None) -> Drawn:
    """Return a training page; where it `failed`, with what was wrong with the answer that was sent."""
    page = found.room.page
    notices = () if failed else found.notices()
    form = _form(found, failed=failed)
    around = found.asks.around if isinstance(found.asks, AskedQuestion) else None
    names = {'shown': found, 'room': found.room, 'form': form, 'around': around, 'back': found.back, 'live': live}
    alone = isinstance(found.asks, StreamlitForm)
    inside = page.render('training-page.html', **names, alone=alone, notices=notices, html=_HTML, report=report_link(page))
    return Drawn(titled(page, found.full_title, failed=failed), inside.replace(_HTML, found.html))


def show(found: TrainingPage, *, failed: bool, live: Live) -> None:
    """Draw a training page with Streamlit.

    One with a form of Streamlit's is three places, the form the second: Streamlit keeps what the page before had in a place until
    something else is drawn there, and two footers at once would be seen and clicked.
    """
    page, whole = found.room.page, drawn(found, failed=failed, live=live)
    st.set_page_config(page_title=whole.title)
    if not isinstance(found.asks, StreamlitForm):
        st.html(whole.body)
        return
    frame = page.render('training-frame.html', room=found.room, back=found.back)
    above = page.render('training-above.html', notices=found.notices(), html=_HTML).replace(_HTML, found.html)
    st.html(mark(lang=page.lang, step=f'{TRAINING} {found.step}', heading=found.title, at=live.at) + frame + above)
    below = page.render('training-below.html', html=_HTML, title=found.title).replace(_HTML, found.asks.draw())
    st.html(below + page.render('training-footer.html', report=report_link(page)) + page.render('line.html'))


def _form(found: TrainingPage, *, failed: bool) -> AnswerForm | None:
    room = found.room
    if not isinstance(found.asks, AskedQuestion) or not isinstance(room, CaseRoom):
        return None
    question = found.asks.question
    others = {name: answer for name, answer in room.page.given.items() if name != question.id}
    carried = room.parameters(room.on_the_way(), others) | {ASKED: question.id}
    chosen = room.page.chosen(question)
    return AnswerForm(question, TRAINING, chosen, carried, why_refused(room.page, question, chosen) if failed else None)
