"""Tells the browser what page is drawn; what it does then stands in the scripts of `scripts.py`."""

from __future__ import annotations

from html import escape


def mark(*, lang: str, step: str, heading: str, at: str = '') -> str:
    """Return the HTML, unseen, that tells the browser what page this is; a page of one piece says so itself, in `page.html`.

    The browser sets the language of the page. When `step` or `lang` is not what it was before, it scrolls to the top and moves
    the focus to the page's `h1`, whose text is `heading`. `at` is the address of the page where an answer has just led to it.
    """
    names = {'lang': lang, 'data-step': step, 'data-heading': heading, 'data-at': at}
    given = ' '.join(f'{name}="{escape(value)}"' for name, value in names.items())
    return f'<div hidden {given}></div>'
