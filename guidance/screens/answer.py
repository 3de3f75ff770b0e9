"""An answer that somebody sends, in any edition: whether it is one, and what is said of one that is none."""

from __future__ import annotations

from collections.abc import Iterable

from guidance.content.model import Content
from guidance.content.model import Question
from guidance.screens.page import Page

ASKED = 'asked'
"""The parameter by which a form names its question: without it nothing chosen would look like a first visit."""


def asked_question(content: Content, pairs: Iterable[tuple[str, str]]) -> str | None:
    """Return the question whose form was sent with these names and values, or None."""
    name = last(pairs, ASKED)
    return None if name is None else content.renamed.get(name, name)


def last(pairs: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the last value of a parameter, in small letters; None without one."""
    found = [value for key, value in pairs if key.strip().lower() == name]
    return found[-1].strip().lower() if found else None


def refused(page: Page, question: Question, chosen: tuple[str, ...]) -> str:
    """Return what is said of a choice that is no answer to the question."""
    alone = next((option.label for option in question.options if option.alone and option.id in chosen), None)
    if alone and len(chosen) > 1:
        return page.words('error_alone', alone=alone)
    return page.words('error_many' if question.many else 'error_one')
