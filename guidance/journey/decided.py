"""Which answers decided a result: those worth changing, and worth telling."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import TypeAlias

from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.condition import holds
from guidance.content.condition import open_to
from guidance.content.condition import questions_in
from guidance.content.model import Content
from guidance.content.model import NamedAnswer
from guidance.content.model import Outcome
from guidance.content.model import RowContact
from guidance.journey.cache import cached_in_content
from guidance.journey.walk import applying


def decided_by(content: Content, answers: Answers) -> tuple[str, ...]:
    """Return the answered questions that decided the result of these answers, in order.

    A question decided it if its answer occurs in a condition that made a shown line appear or a question be asked, or
    if another answer to it, all others the same, could change what is shown or asked.
    """
    outcomes = applying(content, answers)
    every = dict(_always(content))
    for name in answers:
        every |= _of_options(content, name)
    for outcome in outcomes:
        every |= _of_outcome(content, outcome)
    contacts = (line for outcome in outcomes for line in outcome.contacts if holds(line.when, answers))
    decisive = {line.question for line in contacts if isinstance(line, RowContact)}
    decisive |= {named.question for outcome in outcomes for named in _named(outcome, answers)}
    not_held = []
    for condition, questions in every.items():
        if condition.test(answers):
            decisive |= questions
        else:
            not_held.append((condition, questions))
    for condition, questions in not_held:  # of which few have to be looked at more closely
        left = questions - decisive
        decisive |= {name for name in left if name in answers and open_to(condition, name, answers)}
    return tuple(question.id for question in content.questions if question.id in decisive and question.id in answers)


_Conditions: TypeAlias = Mapping[Condition, frozenset[str]]
"""Conditions, each with the questions that it names."""


def _with_questions(conditions: Iterable[Condition]) -> _Conditions:
    return {condition: questions_in(condition) for condition in conditions}


@cached_in_content(1)
def _always(content: Content) -> _Conditions:
    """Return on what it depends what is asked, and which outcomes apply."""
    asked = (question.when for question in content.questions)
    return _with_questions((*asked, *(outcome.applies for outcome in content.outcomes)))


@cached_in_content(1024)
def _of_options(content: Content, question: str) -> _Conditions:
    """Return on what it depends which options a question offers."""
    return _with_questions(option.when for option in content.question[question].options)


@cached_in_content(1024)
def _of_outcome(_content: Content, outcome: Outcome) -> _Conditions:
    """Return on what it depends what an outcome that applies says."""
    wordings = (outcome.title, outcome.advice, outcome.summary, outcome.no_assistance)
    variants = (variant.when for wording in wordings if wording for variant in wording.variants)
    return _with_questions((*variants, *(line.when for line in (*outcome.lines, *outcome.contacts))))


def _named(outcome: Outcome, answers: Answers) -> Iterable[NamedAnswer]:
    """Yield the answers that the texts of an outcome name, of those that are shown."""
    for wording in (outcome.title, outcome.advice, outcome.summary, outcome.no_assistance):
        yield from wording.variant(answers).named if wording else ()
    for line in outcome.lines:
        yield from line.named if line.named and holds(line.when, answers) else ()
