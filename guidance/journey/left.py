"""How many questions may follow on a journey."""

from __future__ import annotations

from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import questions_in
from guidance.content.condition import reduced
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey.cache import cached_in_content
from guidance.journey.walk import Arrived
from guidance.journey.walk import Journey
from guidance.proof.branches import NotProved
from guidance.proof.count import Paths
from guidance.proof.count import paths

_PROGRESS_LIMIT = 50  # situations: beyond, the ways differ by far more than a page would name


def questions_left(content: Content, journey: Journey) -> Paths | None:
    """Return how many questions may follow on the journey, the next one included; None where that is not worth counting."""
    if isinstance(journey, Arrived):
        return Paths(1, 0, 0)
    at = content.questions.index(journey.next)
    return _left(content, at, tuple((name, journey.answered.get(name, ())) for name in _decisive(content, at)))


@cached_in_content(64)
def _decisive(content: Content, at: int) -> tuple[str, ...]:
    """Return the questions before the one of this number whose answers decide what is asked from that one on."""
    conditions = [each for question in content.questions[at:] for each in (question.when, question.only_where_offered)]
    named = frozenset().union(*map(questions_in, conditions))
    return tuple(question.id for question in content.questions[:at] if question.id in named)


@cached_in_content(1024)
def _left(content: Content, at: int, known: tuple[tuple[str, tuple[str, ...]], ...]) -> Paths | None:
    rest, given = content.questions[at:], dict(known)
    offered = all_of(reduced(question.only_where_offered, given) for question in rest)
    return _count(content, rest, tuple(reduced(question.when, given) for question in rest), offered)


@cached_in_content(256)
def _count(content: Content, questions: tuple[Question, ...], whens: tuple[Condition, ...], offered: Condition) -> Paths | None:
    try:
        return paths(questions, whens, limit=_PROGRESS_LIMIT, within=offered)
    except NotProved:
        return None
