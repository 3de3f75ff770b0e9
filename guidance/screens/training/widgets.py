"""What the forms of the training pages share that Streamlit draws."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

_MARKDOWN = re.compile(r'([\\`*_{}\[\]<>()#+\-!$:|~])')


def submit(label: str, form: str, act: Callable[[], None]) -> None:
    """Draw the button of a form, the last thing in it. `act` is done once for a click.

    The callback is the normal way; after a lost session only word of the click arrives.
    """
    if st.form_submit_button(label, type='primary', key=f'{form}-GO', on_click=act):
        act()
        st.rerun()


def escape_markdown(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is."""
    return _MARKDOWN.sub(r'\\\1', text)
