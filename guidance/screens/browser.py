"""Tells the browser what page is drawn; what it does then stands in the scripts of `scripts.py`."""

from __future__ import annotations

from html import escape


def mark(*, lang: str, step: str, heading: str, refused: str = '') -> str:
    """Return the HTML, unseen, that tells the browser what page this is.

    The browser sets the language of the page. When `step` or `lang` is not what it was before, it scrolls to the top and moves
    the focus to the page's `h1`, whose text is `heading`. When `refused` is not what it was before, what is said of that click
    gets the focus.
    """
    of_click = f' data-refused="{escape(refused)}"' if refused else ''
    return f'<div hidden lang="{escape(lang)}" data-step="{escape(step)}" data-heading="{escape(heading)}"{of_click}></div>'
