"""The script that Streamlit runs for every page: which pages there are, and what is said when one fails."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from guidance.screens import guide
from guidance.screens.browser import mark
from guidance.screens.page import Page
from guidance.screens.route_names import TRAINING
from guidance.screens.training import library as training
from guidance.serving.store import store

_log = logging.getLogger(__name__)


def safely(show: Callable[[], None]) -> None:
    """Show a page; a fault of ours becomes a plain sentence, and is logged."""
    try:
        show()
    except Exception:
        _log.exception('a page could not be shown')
        page = Page.open((), st.context.headers)  # nothing of the address, which may be what it failed of
        said = mark(lang=page.lang, step='fault', heading=page.words('fault_title'))
        st.html(f'{said}<main>{page.render("fault.html")}</main>' + page.render('line.html'))


def guide_page() -> None:
    """Show the wizard."""
    safely(guide.show)


def training_page() -> None:
    """Show the training pages."""
    safely(training.show)


if guide.goes_on():  # an open page of the wizard stays one: to name the pages again takes 0.2 ms
    guide_page()
else:
    pages = [st.Page(guide_page, title=store().content().service.name, default=True)]
    if training.is_open():
        pages.append(st.Page(training_page, title=store().content().training.words.training, url_path=TRAINING))
    st.navigation(pages, position='hidden').run()
