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
from guidance.screens.view import Page
from guidance.screens.view import form_name

_MARKDOWN = re.compile(r'([\\`*_{}\[\]<>()#+\-!$:|~])')

_NONE = ('', '', '')
_REFUSED = 'refused'  # the key of what is said of a click that gave no answer: question, sentence, and a name for the click

Place = Callable[[Answers], dict[str, str]]
"""Returns the parameters of the address that these answers lead to."""


def ask(page: Page, question: Question, present: tuple[str, ...], place: Place) -> None:
    """Ask the question, with the present answer chosen. `place` is where an answer leads, with all other answers.

    The callback is the normal way; after a lost session only the returned click arrives. All keys begin with the name that the
    heading gives as `data-form`: by that `browser.js` tells this form from the one of the page before.
    """
    form = form_name(question)
    key = f'{form}-{"-".join(present)}'
    with st.form(form, border=False):
        of, refused, _ = st.session_state.pop(_REFUSED, _NONE)
        if of == question.id:
            st.error(refused)
        chosen = _many(question, present, key) if question.many else _one(question, present, key, page.ask(question.id))
        clicked = st.form_submit_button(
            page.words('next'), type='primary', key=f'{form}-GO', on_click=lambda: _go(page, question, key, place)
        )
    if clicked and of != question.id:
        _answer(page, question, chosen, place)
        st.rerun()


def refusal(question: Question) -> str:
    """Return a name for the click on this question's form that gave no answer and of which `ask` will say so; '' if none did."""
    of, _, click = st.session_state.get(_REFUSED, _NONE)
    return click if of == question.id else ''


def _one(question: Question, present: tuple[str, ...], key: str, heading: str) -> tuple[str, ...]:
    ids = list(question.option)
    chosen = st.radio(
        plain(heading),
        ids,
        index=ids.index(present[0]) if present else None,
        key=key,
        format_func=lambda option: _label(question.option[option]),
        label_visibility='collapsed',
    )
    return (chosen,) if chosen else ()


def _many(question: Question, present: tuple[str, ...], key: str) -> tuple[str, ...]:
    chosen = []
    for option in question.options:
        if st.checkbox(_label(option), value=option.id in present, key=f'{key}-{option.id}'):
            chosen.append(option.id)
    return tuple(chosen)


def _go(page: Page, question: Question, key: str, place: Place) -> None:
    state = st.session_state
    if question.many:
        chosen = tuple(option.id for option in question.options if state.get(f'{key}-{option.id}'))
    else:
        chosen = (state[key],) if state.get(key) else ()
    _answer(page, question, chosen, place)


def _answer(page: Page, question: Question, chosen: tuple[str, ...], place: Place) -> None:
    """Put the answer into the address; if it is none, the next run says so."""
    if accepted(question, chosen):
        st.query_params.from_dict(place({**page.given, question.id: chosen}))
    else:
        st.session_state[_REFUSED] = (question.id, _error(page, question, chosen), str(time.time_ns()))


def _error(page: Page, question: Question, chosen: tuple[str, ...]) -> str:
    if not chosen:
        return page.words('error_many' if question.many else 'error_one')
    alone = next(option.label for option in question.options if option.alone and option.id in chosen)
    return page.words('error_alone', alone=plain(alone))


def _label(option: Option) -> str:
    """Return the label as Markdown, each text in an element of its own.

    A browser that translates the page puts its own elements around each text. Where a text shares its element with another,
    Streamlit would then go on to change one that is not in the page any more: the label would stay as it was.
    """
    return f':small[{plain(option.label)}] :small[{plain(option.hint)}]' if option.hint else plain(option.label)


def plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is."""
    return _MARKDOWN.sub(r'\\\1', text)
