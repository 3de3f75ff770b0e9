"""Links and cases of the old edition, opened with the new one: where they lead now."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from guidance.content.condition import Condition
from guidance.content.condition import any_of
from guidance.content.model import Content
from guidance.diff.compare import differing
from guidance.diff.joint import Joint
from guidance.diff.numbers import Numbers
from guidance.diff.pairs import SIDES
from guidance.diff.pairs import Side
from guidance.diff.shown import PieceKey
from guidance.diff.shown import said
from guidance.diff.shown import shown
from guidance.journey.query import current_answers
from guidance.journey.walk import Arrived
from guidance.journey.walk import walk


@dataclass(frozen=True)
class OldLinks:
    """How many links to results of the old edition there can be, and what the new one does with them.

    `asked`: a question comes first, one more or one again. `elsewhere`: the result has other situations. `changed`: the reader is
    told that the guidance has changed since; those that lead elsewhere, too. None: more than can be counted.
    """

    all: int | None
    asked: int | None
    elsewhere: int | None
    changed: int | None


def old_links(old: Content, new: Content) -> OldLinks:
    """Count what becomes of the links that were made with the old edition."""
    joint = Joint(old, new, links=True)
    asked = any_of([joint.again, joint.more])
    elsewhere = joint.disjoint.without(_other_outcomes(joint, old, new), [asked])
    changed = joint.disjoint.without(differing(joint, shown([old], as_seen=True), shown([new], as_seen=True)), [asked])
    numbers = Numbers(joint, [asked, elsewhere, changed])
    return OldLinks(numbers.total, *(numbers.of(each) for each in (asked, elsewhere, changed)))


def _other_outcomes(joint: Joint, old: Content, new: Content) -> Condition:
    """Return where other outcomes apply. One that has another id and the same title is the same one."""
    applies = [_by_name(joint, side, content) for side, content in zip(SIDES, (old, new), strict=True)]
    renamed = _same_titles(old, new)
    before = {renamed.get(identity, identity): when for identity, when in applies[0].items()}
    found: list[Condition] = []
    for name in before.keys() | applies[1].keys():
        one, other = before.get(name, any_of([])), applies[1].get(name, any_of([]))
        found += [joint.disjoint.without(one, [other]), joint.disjoint.without(other, [one])]
    return any_of(found)


def _by_name(joint: Joint, side: Side, content: Content) -> Mapping[str, Condition]:
    return {outcome.id: joint.of(side, outcome.applies) for outcome in content.outcomes}


def _same_titles(old: Content, new: Content) -> dict[str, str]:
    known = {outcome.id for outcome in old.outcomes} & {outcome.id for outcome in new.outcomes}
    titles = {outcome.title.variants[-1].say: outcome.id for outcome in new.outcomes if outcome.id not in known}
    return {
        outcome.id: titles[title]
        for outcome in old.outcomes
        if outcome.id not in known and (title := outcome.title.variants[-1].say) in titles
    }


def cases(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[str, str]]:
    """Return the cases for training that walk otherwise: name and title, and what is different. Given in each language."""
    found = []
    for name, case in new[0].cases.items():
        before = old[0].cases.get(name)
        given = (before or case).answers
        what = _walked_otherwise(old, new, given)
        if what:
            found.append((f'{name}, “{case.title}”', what))
    found += [(f'{name}, “{case.title}”', 'the case is gone') for name, case in old[0].cases.items() if name not in new[0].cases]
    return found


def _walked_otherwise(old: Sequence[Content], new: Sequence[Content], given: Mapping[str, Sequence[str]]) -> str:
    one, other = (walk(content, current_answers(content, given)[0]) for content in (old[0], new[0]))
    if not isinstance(one, Arrived):
        return ''
    if not isinstance(other, Arrived):
        return f'“{other.next.ask.for_(other.answered)}” is asked, which it has no answer to'
    titles = [[part.title for part in journey.result.parts] for journey in (one, other)]
    if titles[0] != titles[1]:
        return f'it leads to {_quoted(titles[1])}; before, to {_quoted(titles[0])}'
    pairs = [(_shown(before, given), _shown(after, given)) for before, after in zip(old, new, strict=True)]
    number = max(len(before ^ after) for before, after in pairs)
    return f'it reads differently: {number} texts' if number else ''


def _shown(content: Content, given: Mapping[str, Sequence[str]]) -> frozenset[PieceKey]:
    journey = walk(content, current_answers(content, given)[0])
    return frozenset(key for *_, key in said(content, journey.result)) if isinstance(journey, Arrived) else frozenset()


def _quoted(titles: Sequence[str]) -> str:
    return ' and '.join(f'“{title}”' for title in titles) or 'no result'
