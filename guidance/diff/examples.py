"""One journey as an example of a change: few answers, and both results side by side."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from guidance.content.condition import FALSE
from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import holds
from guidance.content.condition import questions_in
from guidance.content.condition import reduced
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.diff.disjoint import terms
from guidance.diff.joint import Joint
from guidance.diff.pairs import SIDES
from guidance.diff.pairs import Side
from guidance.diff.shown import MAY_ASK
from guidance.diff.shown import said
from guidance.journey.walk import Asking
from guidance.journey.walk import walk
from guidance.proof.branches import NotProved

Row = tuple[str, str, str]
"""A line of both results: ' ' the same, '-' in the old one only, '+' in the new one only, '~' another in its place; old; new."""


@dataclass(frozen=True)
class Example:
    """Answers that a change makes a difference to, and what both editions show for them."""

    answers: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


_TRIED = 3  # alternatives of a condition that an example is looked for in, those with the fewest parts; more where none has one


def shortest(joint: Joint, condition: Condition, situations: Sequence[Condition]) -> Answers | None:
    """Return the answers of a joint journey on which the condition holds; None if none is found.

    Few answers are needed for the condition. All others are those that open the fewest questions, and of them those that lead
    to the fewest of the `situations`.
    """
    found: list[Answers] = []
    for tried, term in enumerate(sorted(terms(condition), key=lambda term: len(questions_in(term)))):
        if tried >= _TRIED and found:
            break
        if (answers := _needed(joint, term)) is not None:
            found.append(answers)
    if not found:
        return None
    needed = min(found, key=len)
    given: dict[str, tuple[str, ...]] = {}
    for question in joint.questions:
        if holds(question.when, given):
            given[question.id] = needed.get(question.id) or _answer(joint, question, given, situations)
    return given


def _needed(joint: Joint, condition: Condition) -> Answers | None:
    try:
        return joint.prover.shortest(all_of([condition, joint.legal]))
    except NotProved:
        return None


def _answer(joint: Joint, question: Question, given: Answers, situations: Sequence[Condition]) -> tuple[str, ...]:
    opened = joint.opened(question.id)
    reached = [when for when in situations if question.id in questions_in(when)]

    def costs(option: str) -> tuple[int, ...]:
        known = {**given, question.id: (option,)}
        illegal = reduced(joint.legal, known) == FALSE
        return illegal, *(sum(reduced(when, known) != FALSE for when in whens) for whens in (opened, reached))

    return (min((option.id for option in question.options), key=costs),)


def side_by_side(joint: Joint, given: Answers, editions: Mapping[Side, Content]) -> tuple[Row, ...]:
    """Return what both editions show for the answers, in the language of the contents that are given."""
    one, other = (_lines(editions[side], joint.answers(side, given)) for side in SIDES)
    rows: list[Row] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == 'equal':
            rows += [(' ', line, line) for line in one[a:b]]
            continue
        before, after = one[a:b], other[c:d]
        both = min(len(before), len(after))
        rows += [('~', old, new) for old, new in zip(before, after, strict=False)]
        rows += [('-', line, '') for line in before[both:]] + [('+', '', line) for line in after[both:]]
    return tuple(rows)


def _lines(content: Content, given: Answers) -> list[str]:
    """Return what a content shows for the answers, line by line, each with the section that it stands in."""
    journey = walk(content, given)
    if isinstance(journey, Asking):
        return [f'Asks: {journey.next.ask.for_(journey.answered)}']
    lines = []
    for section, _, (_, under, texts) in said(content, journey.result):
        if texts[0] == MAY_ASK:
            lines.append(f'{under[0]}: the reader may ask')
        else:
            lines.append(texts[0].replace('\n', ' · ') if section != 'limits' else f'Also: {texts[0]}')
    return lines
