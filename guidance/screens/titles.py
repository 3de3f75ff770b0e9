"""The title of each page: by it people find their way in tabs, in the history and with a screen reader. None tells an answer."""

from __future__ import annotations

from itertools import takewhile
from typing import Literal

from guidance.content.model import Question
from guidance.screens.view import Page


def title_of(page: Page, what: Question | Literal['start', 'result']) -> str:
    """Return what the page is, in words that anybody may see over a shoulder.

    A question is named by its number where it, or a question answered before it, is marked `sensitive`: what is asked next
    tells what was answered. For the same reason all results have one title.
    """
    if what == 'start':
        return page.words('start_title')
    if what == 'result':
        return page.words('do_now')
    before = tuple(takewhile(lambda name: name != what.id, page.journey.answered))
    if page.sensitive().isdisjoint((*before, what.id)):
        return page.ask(what.id)
    return page.words('question_title', n=len(before) + 1)


def titled(page: Page, title: str, *, failed: bool = False) -> str:
    """Return a title with the name of the service behind it, and word of an error on the page before it."""
    named = f'{title} – {page.content.service.name}'
    return page.words('error_title', title=named) if failed else named
