"""One journey as an example of a change: few answers, and both results side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.diff.joint import Joint
from guidance.diff.pairs import SIDES
from guidance.diff.pairs import Side
from guidance.diff.shown import MAY_ASK
from guidance.diff.shown import said
from guidance.journey.walk import Asking
from guidance.journey.walk import walk

ExampleRow = tuple[str, str, str]
"""A line of both results: ' ' the same, '-' in the old one only, '+' in the new one only, '~' another in its place; old; new."""


@dataclass(frozen=True)
class Example:
    """Answers that a change makes a difference to, and what both editions show for them."""

    answers: tuple[tuple[str, str], ...]
    rows: tuple[ExampleRow, ...]


def side_by_side(joint: Joint, given: Answers, editions: Mapping[Side, Content]) -> tuple[ExampleRow, ...]:
    """Return what both editions show for the answers, in the language of the contents that are given."""
    one, other = (_lines(editions[side], joint.answers(side, given)) for side in SIDES)
    rows: list[ExampleRow] = []
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
