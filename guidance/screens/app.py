"""The script that Streamlit runs for every page: the address decides what it shows."""

from __future__ import annotations

import logging
import re
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from guidance import link
from guidance.condition import Answers
from guidance.language import preferred
from guidance.model import Content
from guidance.model import Option
from guidance.model import Question
from guidance.screens.address import public_url
from guidance.screens.address import shared_link
from guidance.screens.browser import browser
from guidance.screens.share import message
from guidance.screens.share import qr
from guidance.screens.view import WHOLE
from guidance.screens.view import Page
from guidance.screens.view import before
from guidance.screens.view import notices
from guidance.screens.view import shown
from guidance.store import store
from guidance.walk import accepted
from guidance.walk import walk

_MARKDOWN = re.compile(r'([\\`*_{}\[\]<>()#+\-!$:|~])')
_log = logging.getLogger(__name__)


def show() -> None:
    """Show the page that the address asks for; a fault of ours becomes a plain sentence, and is logged."""
    content = store().content()
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    reading = link.read(content, pairs)
    lang = reading.lang or _browser_language(content)
    content = store().content(lang)
    page = Page(content, reading.answers, walk(content, reading.answers), lang, reading.change, reading.seen, reading.shared)
    match shown(page, reading):
        case 'start':
            _start(page, reading)
        case 'result':
            _result(page, reading)
        case question:
            _question(page, reading, question)
    st.html(page.part('footer.html'))


def _browser_language(content: Content) -> str:
    return preferred(st.context.headers.get('Accept-Language', ''), content.service.languages)


def _open(page: Page, title: str, step: str, reading: link.Reading, *, calm: bool = False) -> AbstractContextManager[Any]:
    """Begin a page: its title, the strip that stands on every page, and what there is to say about the address.

    Returns the place for the rest. Each page has the same places in the same order: Streamlit keeps what the page before
    had in a place until something else is drawn there, and two footers or buttons at once would be seen and clicked.
    """
    name = page.content.service.name
    st.set_page_config(page_title=f'{title} – {name}' if title != name else name)
    st.html(page.part('frame.html', calm=calm))
    browser(lang=page.lang, step=step, heading=title)
    with st.container():
        for notice in notices(page, reading):
            st.html(page.part('notice.html', notice=notice))
    return st.container()


def _start(page: Page, reading: link.Reading) -> None:
    with _open(page, page.words('start_title'), 'start', reading):
        st.html(page.part('start.html'))


def _result(page: Page, reading: link.Reading) -> None:
    result = page.journey.result
    assert result is not None
    last = list(page.journey.answered)[-1]
    shared = shared_link(_base(), page)
    share = {'link': shared, 'text': message(page, shared), 'qr': qr(shared), 'keep': page.keep()}
    with _open(page, result.parts[0].title, 'result', reading, calm=result.calm):
        st.html(page.part('result.html', **WHOLE | {'back': page.link(change=last), 'share': share}))


def _base() -> str:
    return public_url(st.context.url or '')


def _question(page: Page, reading: link.Reading, question: Question) -> None:
    heading = page.ask(question.id)
    present = page.journey.answered.get(question.id, reading.unread.get(question.id, ()))
    answered = page.journey.answered
    previous = before(page.journey, question)
    start = None if answered else page.start()
    hint = question.hint.for_(answered) if question.hint else None
    back = page.link(change=previous) if previous else start
    more = {
        'ahead': page.ahead() if page.journey.next is question else '',
        'keep': page.link() if question.id in answered else None,
        'why': question.why.for_(answered) if question.why else None,
        'later': shared_link(_base(), page) if answered else None,
    }
    with _open(page, heading, question.id, reading):
        st.html(page.part('heading.html', heading=heading, hint=hint, back=back, many=question.many))
        _form(page, question, present)
        st.html(page.part('below.html', **more))


def _form(page: Page, question: Question, present: tuple[str, ...]) -> None:
    """Ask the question. The callback is the normal way; after a lost session only the returned click arrives."""
    key = f'answer-{question.id}-{"-".join(present)}'
    with st.form(f'form-{question.id}', border=False):
        message = st.empty()
        with st.container():  # so that the button keeps its place, whatever the number of widgets was on the page before
            chosen = _many(question, present, key) if question.many else _one(question, present, key, page.ask(question.id))
        done = st.form_submit_button(page.words('next'), type='primary', on_click=lambda: _go(page, question, key))
    if done:
        if _answer(page, question, chosen):
            st.rerun()
        message.error(_error(page, question, chosen))


def _one(question: Question, present: tuple[str, ...], key: str, heading: str) -> tuple[str, ...]:
    ids = list(question.option)
    chosen = st.radio(
        _plain(heading),
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


def _go(page: Page, question: Question, key: str) -> None:
    state = st.session_state
    if question.many:
        chosen = tuple(option.id for option in question.options if state.get(f'{key}-{option.id}'))
    else:
        chosen = (state[key],) if state.get(key) else ()
    _answer(page, question, chosen)


def _answer(page: Page, question: Question, chosen: tuple[str, ...]) -> bool:
    """Put the answer into the address, as one entry of the browser's history; tell whether it was an answer."""
    if not accepted(question, chosen):
        return False
    given: Answers = {**page.given, question.id: chosen}
    result = walk(page.content, given).result
    seen = result.fingerprint if result else None
    st.query_params.from_dict(link.parameters(page.content, given, page.lang, seen=seen))
    return True


def _error(page: Page, question: Question, chosen: tuple[str, ...]) -> str:
    if not chosen:
        return page.words('error_many' if question.many else 'error_one')
    alone = next(option.label for option in question.options if option.alone and option.id in chosen)
    return page.words('error_alone', alone=_plain(alone))


def _label(option: Option) -> str:
    return _plain(option.label) + (f' :small[{_plain(option.hint)}]' if option.hint else '')


def _plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is."""
    return _MARKDOWN.sub(r'\\\1', text)


def _fault() -> None:
    _log.exception('a page could not be shown')
    lang = _browser_language(store().content())
    content = store().content(lang)
    page = Page(content, {}, walk(content, {}), lang)
    st.html(page.part('fault.html'))


try:
    show()
except Exception:
    _fault()
