"""The title of each page: by it people find their way in tabs, in the history and with a screen reader. None tells an answer."""

from __future__ import annotations

from itertools import takewhile
from typing import Literal

from guidance.content.model import Question
from guidance.journey.walk import Arrived
from guidance.screens.page import Page


def title_of(page: Page, shown: Literal['start'] | Question | Arrived) -> str:
    """Return what the page is that shows this, in words that anybody may see over a shoulder.

    A question is named by its number where it, or a question answered before it, is marked `sensitive`: what is asked next
    tells what was answered. For the same reason all results have one title.
    """
    match shown:
        case 'start':
            return page.words('start_title')
        case Arrived():
            return page.words('do_now')
        case question:
            return _title_of_question(page, question)


def _title_of_question(page: Page, question: Question) -> str:
    before = tuple(takewhile(lambda name: name != question.id, page.journey.answered))
    if page.content.sensitive.isdisjoint((*before, question.id)):
        return page.ask(question.id)
    return page.words('question_title', n=len(before) + 1)


def titled(page: Page, title: str, *, failed: bool = False) -> str:
    """Return a title with the name of the service behind it, and word of an error on the page before it."""
    named = f'{title} – {page.content.service.name}'
    return page.words('error_title', title=named) if failed else named
