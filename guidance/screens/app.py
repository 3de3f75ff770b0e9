"""The script that Streamlit runs for every page: which pages there are, and what is said when one fails."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from guidance.journey.walk import walk
from guidance.screens import guide
from guidance.screens.browser import mark
from guidance.screens.training import library as training
from guidance.screens.training.room import PATH
from guidance.screens.view import Page
from guidance.serving.store import store

_log = logging.getLogger(__name__)


def safely(show: Callable[[], None]) -> None:
    """Show a page; a fault of ours becomes a plain sentence, and is logged."""
    try:
        show()
    except Exception:
        _log.exception('a page could not be shown')
        lang = guide.browser_language(store().content())
        content = store().content(lang)
        page = Page(content, {}, walk(content, {}), lang)
        st.html(
            mark(lang=lang, step='fault', heading=page.words('fault_title')) + page.part('fault.html') + page.part('line.html')
        )


def guide_page() -> None:
    """Show the wizard."""
    safely(guide.show)


def training_page() -> None:
    """Show the training pages."""
    safely(training.show)


pages = [st.Page(guide_page, title=store().content().service.name, default=True)]
if training.is_open():
    pages.append(st.Page(training_page, title=store().content().training.words.training, url_path=PATH))
st.navigation(pages, position='hidden').run()
