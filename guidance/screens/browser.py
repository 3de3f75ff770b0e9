"""Tells the browser what page is drawn; what it does then stands in `browser.js`, which is loaded once with the page."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import streamlit as st

KEY = 'browser'
CSS = f'.st-key-{KEY} {{ display: none }}'
"""Keeps the component out of the layout; belongs in the head of the page, so that nothing ever jumps."""

SCRIPT = Path(__file__).with_name('browser.js').read_bytes()
NAME = 'browser.js'
ADDRESS = f'{NAME}?v={sha256(SCRIPT).hexdigest()[:10]}'
"""Where the script stands, beside the pages. A new script has a new address, so it can be kept for ever."""

# A component is sent anew with each answer, so this one only hands its data on.
_CALL = 'export default ({ data }) => { window.guidanceWaits = data; if (window.guidance) window.guidance(data) }'


def browser(*, lang: str, step: str, heading: str) -> None:
    """Tell the browser what page this is, once per run.

    It sets the language of the page. When `step` or `lang` is not what it was in the last run, it scrolls to the top and
    moves the focus to the page's `h1`, whose text is `heading`.
    """
    component = st.components.v2.component('browser', js=_CALL)
    component(data={'lang': lang, 'step': step, 'heading': heading}, key=KEY)
