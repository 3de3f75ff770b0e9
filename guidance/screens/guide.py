"""The pages for travellers, in Streamlit: the address decides what is shown."""

from __future__ import annotations

import time
from collections.abc import Mapping

import streamlit as st

from guidance.screens.answer import LedOn
from guidance.screens.answer import Refused
from guidance.screens.answer import sent
from guidance.screens.counting import count_answer
from guidance.screens.counting import count_shown
from guidance.screens.counting import is_visit
from guidance.screens.page import Page
from guidance.screens.plain.alike import Live
from guidance.screens.plain.draw import Drawn
from guidance.screens.plain.draw import asking
from guidance.screens.plain.draw import drawn
from guidance.screens.site.address import wizard_url_seen

_BEGAN = 'began'


def show() -> None:
    """Show the page that the address asks for, as one element: nothing of the page before can stand beside it."""
    headers = st.context.headers
    found = _found(wizard_url_seen(st.context.url, headers), headers)
    st.set_page_config(page_title=found.title)
    st.html(found)


def goes_on() -> bool:
    """Tell whether this session has shown a page of the wizard."""
    return _BEGAN in st.session_state


def _found(wizard_url: str, headers: Mapping[str, str]) -> Drawn:
    """Return the page of the browser's address, which may be an answer."""
    pairs = pairs_of_browser()
    page = Page.open(pairs, headers, wizard_url=wizard_url)
    drawn_by_server, visit = not goes_on(), is_visit('GET', headers)
    if drawn_by_server:
        st.session_state[_BEGAN] = True
    match sent(page, pairs):
        case 'nothing':
            if visit and not drawn_by_server:  # which counted it
                count_shown(page)
            return drawn(page, live=Live())
        case Refused(question):
            return asking(page, question, failed=True, live=Live(refused=click()))
        case LedOn(asked):
            led_to = page.led_to()
            if visit:
                count_answer(page, asked)
                count_shown(led_to)
            return drawn(led_to, live=Live(at=led_to.links.here()))


def click() -> str:
    """Return a name for the click that is being answered."""
    return str(time.time_ns())


def pairs_of_browser() -> list[tuple[str, str]]:
    """Return the names and values of the browser's address."""
    return [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
