"""Answers to the questions of a content: random ones, all of them, and those that may not matter."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

from guidance.content.condition import Answers
from guidance.content.condition import holds
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey.decided import decided_by
from guidance.journey.walk import result
from guidance.journey.walk import walk


def some_answer(question: Question, rng: Random, before: Answers | None = None) -> tuple[str, ...]:
    """A random answer that the question accepts, where those before are as given."""
    options = question.options if before is None else question.offered(before)
    together = [option.id for option in options if not option.alone]
    if not question.many or not together or rng.random() < 0.3:
        return (rng.choice(options).id,)
    chosen = set(rng.sample(together, rng.randint(1, len(together))))
    return tuple(option.id for option in question.options if option.id in chosen)


def complete(content: Content, rng: Random, given: Answers | None = None) -> dict[str, tuple[str, ...]]:
    """Random answers to every question that is asked; those of `given` are kept."""
    answers: dict[str, tuple[str, ...]] = {}
    for question in content.questions:
        if holds(question.when, answers):
            answers[question.id] = (given or {}).get(question.id) or some_answer(question, rng, answers)
    return answers


def every_answer(question: Question) -> Iterator[tuple[str, ...]]:
    """Every answer that the question accepts (with choose-many: one or two options)."""
    yield from ((option.id,) for option in question.options)
    if question.many:
        together = [option.id for option in question.options if not option.alone]
        yield from itertools.combinations(together, 2)


def assert_answers_not_listed_do_not_matter(content: Content, answers: dict[str, tuple[str, ...]]) -> None:
    """Change each answer that `decided_by` does not list to every other one: the result stays the same."""
    before = result(content, answers)
    for name in answers.keys() - set(decided_by(content, answers)):
        for other in every_answer(content.question[name]):
            journey = walk(content, answers | {name: other})
            assert journey.result is not None, (name, other)
            assert journey.answered.keys() == answers.keys()
            assert journey.result == before, (name, other)
