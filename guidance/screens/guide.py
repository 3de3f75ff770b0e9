"""The pages for travellers, in Streamlit: the address decides what is shown."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from .. import link
from ..language import preferred
from ..model import Content
from ..model import Question
from ..store import store
from ..walk import walk
from .address import public_url
from .address import shared_link
from .browser import browser
from .form import ask
from .share import message
from .share import qr
from .view import WHOLE
from .view import Page
from .view import notices
from .view import shown


def show() -> None:
    """Show the page that the address asks for."""
    reading = link.read(store().content(), address_pairs())
    lang = reading.lang or browser_language(store().content())
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


def address_pairs() -> list[tuple[str, str]]:
    """Return the names and values of the browser's address."""
    return [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]


def browser_language(content: Content) -> str:
    """Return the language of the content that the browser prefers."""
    return preferred(st.context.headers.get('Accept-Language', ''), content.service.languages)


def open_page(title: str, heading: str, step: str, page: Page, frame: str, told: list[str]) -> AbstractContextManager[Any]:
    """Begin a page: its title, the frame that stands on every page, and what there is to say about the address.

    Returns the place for the rest. Each page has the same places in the same order: Streamlit keeps what the page before
    had in a place until something else is drawn there, and two footers or buttons at once would be seen and clicked.
    """
    name = page.content.service.name
    st.set_page_config(page_title=f'{title} – {name}' if title != name else name)
    st.html(frame)
    browser(lang=page.lang, step=step, heading=heading)
    with st.container():
        for notice in told:
            st.html(page.part('notice.html', notice=notice))
    return st.container()


def _open(page: Page, title: str, step: str, reading: link.Reading, *, calm: bool = False) -> AbstractContextManager[Any]:
    return open_page(title, title, step, page, page.part('frame.html', calm=calm), notices(page, reading))


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
    about = page.about(question, shared_link(_base(), page))
    present = page.journey.answered.get(question.id, reading.unread.get(question.id, ()))

    with _open(page, about['heading'], question.id, reading):
        st.html(page.part('heading.html', **about))
        ask(page, question, present, page.after)
        st.html(page.part('below.html', **about))
