"""The shortest answers that reach a question or an outcome, and their address: "try from here"."""

from __future__ import annotations

from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.condition import holds
from guidance.content.model import Content
from guidance.content.model import Outcome
from guidance.content.model import Question
from guidance.journey.cache import cached_in_content
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import Arrived
from guidance.journey.walk import walk
from guidance.proof.branches import NotProved
from guidance.proof.reach import Prover


@cached_in_content(1)
def ways(content: Content) -> dict[str, Answers]:
    """Return `question ID` or `outcome ID` -> the answers after which it is asked, or is shown. Nothing of what was not proved.

    The fewest answers that decide it come from the proof; what else is asked on the way is answered so that the way ends soon.
    """
    prover = Prover(content.questions)
    found: dict[str, Answers] = {}
    for question in content.questions:
        way = _way(content, prover, question.when, question)
        if way is not None:
            found[f'question {question.id}'] = way
    for outcome in content.outcomes:
        way = _way(content, prover, outcome.applies, outcome)
        if way is not None:
            found[f'outcome {outcome.id}'] = way
    return found


def address(content: Content, answers: Answers, lang: str) -> str:
    """Return the address of the wizard with these answers, relative to where it stands."""
    return f'./{query_string(parameters(content, answers, lang))}'


def _way(content: Content, prover: Prover, target: Condition, to: Question | Outcome) -> Answers | None:
    try:
        shortest = prover.shortest(target)
    except NotProved:
        return None
    if shortest is None:
        return None
    answers = dict(shortest)
    while not isinstance(journey := walk(content, answers), Arrived):
        if journey.next.id == to.id and isinstance(to, Question):
            return dict(journey.answered)
        offered = journey.next.offered(journey.answered)
        tried = sorted(offered, key=lambda option: not option.alone)  # "none of these" and "I don't know" ask no more
        answers[journey.next.id] = (tried[0].id,)
    return dict(journey.answered) if isinstance(to, Outcome) and holds(to.applies, journey.answered) else None
