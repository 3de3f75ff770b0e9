"""Tells the browser what page is drawn; what it does then stands in the scripts beside it, loaded once."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from pathlib import Path

SCRIPT = b''.join(Path(__file__).with_name(name).read_bytes() for name in ('browser.js', 'taps.js', 'choices.js', 'acts.js'))
"""One file for the browser: on a bad line each request more is one that may be lost."""
NAME = 'browser.js'
ADDRESS = f'{NAME}?v={sha256(SCRIPT).hexdigest()[:10]}'
"""Where the script stands, beside the pages. A new script has a new address, so it can be kept for ever."""


def mark(*, lang: str, step: str, heading: str, refused: str = '') -> str:
    """Return the HTML, unseen, that tells the browser what page this is.

    The browser sets the language of the page. When `step` or `lang` is not what it was before, it scrolls to the top and moves
    the focus to the page's `h1`, whose text is `heading`. When `refused` is not what it was before, what is said of that click
    gets the focus.
    """
    of_click = f' data-refused="{escape(refused)}"' if refused else ''
    return f'<div hidden lang="{escape(lang)}" data-step="{escape(step)}" data-heading="{escape(heading)}"{of_click}></div>'
