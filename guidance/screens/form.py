"""A question as a form of Streamlit: the answer goes into the address, as one entry of the browser's history."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import streamlit as st

from guidance.content.condition import Answers
from guidance.content.model import Option
from guidance.content.model import Question
from guidance.journey.walk import accepted
from guidance.screens.answer import count_reached
from guidance.screens.answer import refused
from guidance.screens.page import Page
from guidance.screens.page import form_name

_MARKDOWN = re.compile(r'([\\`*_{}\[\]<>()#+\-!$:|~])')

_NONE = ('', '', '')
_REFUSED = 'refused'  # the key of what is said of a click that gave no answer: question, sentence, and a name for the click

Target = Callable[[Answers], dict[str, str]]
"""Returns the parameters of the address that these answers lead to."""


def ask(page: Page, question: Question, target: Target) -> None:
    """Ask the question, with the present answer chosen. `target` is where an answer leads, with all other answers.

    All keys begin with the name that the heading gives as `data-form`: by that `browser.js` tells this form from the one of the
    page before.
    """
    form, present = form_name(question), page.chosen(question)
    key = f'{form}-{"-".join(present)}'
    with st.form(form, border=False):
        of, sentence, _ = st.session_state.pop(_REFUSED, _NONE)
        if of == question.id:
            st.error(escape_markdown(sentence))
        if question.many:
            _boxes(page, question, present, key)
        else:
            _choice(page, question, present, key)
        submit(page.words('next'), form, lambda: _answer(page, question, key, target), done=of == question.id)


def submit(label: str, form: str, act: Callable[[], None], *, done: bool = False) -> None:
    """Draw the button of a form, the last thing in it. `act` is done once for a click.

    The callback is the normal way; after a lost session only word of the click arrives. `done` says that the callback has acted
    and that this run shows what came of it.
    """
    clicked = st.form_submit_button(label, type='primary', key=f'{form}-GO', on_click=act)
    if clicked and not done:
        act()
        st.rerun()


def refusal(question: Question) -> str:
    """Return a name for the click on this question's form that gave no answer and of which `ask` will say so; '' if none did."""
    of, _, click = st.session_state.get(_REFUSED, _NONE)
    return click if of == question.id else ''


def _choice(page: Page, question: Question, present: tuple[str, ...], key: str) -> None:
    ids = [option.id for option in page.offered(question)]
    st.radio(
        escape_markdown(page.ask(question.id)),
        ids,
        index=ids.index(present[0]) if present else None,
        key=key,
        format_func=lambda option: _label(question.option[option]),
        label_visibility='collapsed',
    )


def _boxes(page: Page, question: Question, present: tuple[str, ...], key: str) -> None:
    for option in page.offered(question):
        st.checkbox(_label(option), value=option.id in present, key=f'{key}-{option.id}')


def _chosen(question: Question, key: str) -> tuple[str, ...]:
    state = st.session_state
    if question.many:
        return tuple(option.id for option in question.options if state.get(f'{key}-{option.id}'))
    return (state[key],) if state.get(key) else ()


def _answer(page: Page, question: Question, key: str, target: Target) -> None:
    """Put the answer into the address; if it is none, the next run says so."""
    chosen = _chosen(question, key)
    if accepted(question, chosen, page.journey.answered):
        given = {**page.given, question.id: chosen}
        count_reached(page, given)
        st.query_params.from_dict(target(given))
    else:
        st.session_state[_REFUSED] = (question.id, refused(page, question, chosen), str(time.time_ns()))


def _label(option: Option) -> str:
    """Return the label as Markdown, each text in an element of its own.

    A browser that translates the page puts its own elements around each text. Where a text shares its element with another,
    Streamlit would then go on to change one that is not in the page any more: the label would stay as it was.
    """
    label = escape_markdown(option.label)
    return f':small[{label}] :small[{escape_markdown(option.hint)}]' if option.hint else label


def escape_markdown(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is."""
    return _MARKDOWN.sub(r'\\\1', text)
