"""An answer that somebody sends, in any edition: whether it is taken, and what is said of one that is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from typing import TypeAlias

from guidance.content.model import Question
from guidance.screens.page import Page

ASKED = 'asked'
"""The parameter by which a form names its question: without it nothing chosen would look like a first visit."""


@dataclass(frozen=True)
class Refused:
    """What was sent is no answer to this question, which is asked again."""

    question: Question


@dataclass(frozen=True)
class LedOn:
    """The form of the question `asked` was sent, and the journey goes on."""

    asked: str


Sent: TypeAlias = Literal['nothing'] | Refused | LedOn
"""What comes with an address: nothing where it only opens a page, or the form of a question."""


def sent(page: Page, pairs: Iterable[tuple[str, str]]) -> Sent:
    """Return what was sent with the names and values of the address of this page."""
    name = last(pairs, ASKED)
    if name is None:
        return 'nothing'
    asked, following = page.content.renamed.get(name, name), page.journey.next
    return Refused(following) if following and following.id == asked else LedOn(asked)


def last(pairs: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the last value of a parameter, in small letters; None without one."""
    found = [value for key, value in pairs if key.strip().lower() == name]
    return found[-1].strip().lower() if found else None


def why_refused(page: Page, question: Question, chosen: tuple[str, ...]) -> str:
    """Return what is said of a choice that is no answer to the question."""
    alone = next((option.label for option in question.options if option.alone and option.id in chosen), None)
    if alone and len(chosen) > 1:
        return page.words('error_alone', alone=alone)
    return page.words('error_many' if question.many else 'error_one')
