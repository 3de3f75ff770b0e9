"""The names that an option of a long list has in other languages: who reads one language may look for it in another."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import replace

from guidance.content.model import Content
from guidance.content.model import Option
from guidance.content.model import Question


def with_names(contents: Mapping[str, Content]) -> dict[str, Content]:
    """Return the contents, which are one in several languages; the rows of lists know their labels in all of these."""
    return {lang: replace(content, questions=_questions(content, contents.values())) for lang, content in contents.items()}


def _questions(content: Content, contents: Iterable[Content]) -> tuple[Question, ...]:
    return tuple(_question(asked, [each.question[asked.id] for each in contents]) for asked in content.questions)


def _question(question: Question, everywhere: list[Question]) -> Question:
    if question.list is None:
        return question
    return replace(
        question, options=tuple(_option(option, [each.option[option.id] for each in everywhere]) for option in question.options)
    )


def _option(option: Option, everywhere: list[Option]) -> Option:
    labels = dict.fromkeys(each.label for each in everywhere if each.label not in option.label)
    return replace(option, also=(*labels, *option.also))
