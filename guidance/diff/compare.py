"""Where two editions show something else, as one condition: what stands in one only, and what both have in another order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from guidance.content.condition import FALSE
from guidance.content.condition import AllOf
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.diff.disjoint import terms
from guidance.diff.joint import Joint
from guidance.diff.pairs import Side
from guidance.diff.shown import Piece
from guidance.diff.shown import PieceKey

Placed = tuple[PieceKey, Condition]
"""What is shown, and where, in the joint journeys; in the order in which it stands."""


def differing(joint: Joint, old: Sequence[Piece], new: Sequence[Piece]) -> Condition:
    """Return where the results of two editions differ, which can show these pieces."""
    orders = _orders(joint, old, new)
    once = absorbed(term for order in orders for found in order.in_one_only() for term in terms(found))
    known = _Known(once)
    return any_of(absorbed([*once, *(term for order in orders for _, found in order.moved(known) for term in terms(found))]))


def moved(joint: Joint, old: Sequence[Piece], new: Sequence[Piece]) -> dict[PieceKey, Condition]:
    """Return what both editions show and one of them in another place, by its key, each with where it is so."""
    found: dict[PieceKey, list[Condition]] = defaultdict(list)
    for order in _orders(joint, old, new):
        for key, condition in order.moved(_Known()):
            found[key].append(condition)
    return {key: any_of(each) for key, each in found.items()}


def _orders(joint: Joint, old: Sequence[Piece], new: Sequence[Piece]) -> list[_Order]:
    by_section: dict[str, tuple[list[Placed], list[Placed]]] = defaultdict(lambda: ([], []))
    editions: tuple[tuple[Side, Sequence[Piece]], ...] = (('old', old), ('new', new))
    for number, (side, pieces) in enumerate(editions):
        for piece in pieces:
            when = joint.of(side, piece.when)
            if when != FALSE:
                by_section[piece.section][number].append((piece.key, when))
    return [_Order(joint, *both) for both in by_section.values()]


def absorbed(terms: Iterable[Condition]) -> list[Condition]:
    """Return the alternatives without those that hold only where another one does, so far as that is seen by their parts."""
    every = {_parts(term): term for term in terms if term != FALSE}
    kept: list[Condition] = []
    known = _Known()
    for parts in sorted(every, key=len):
        if not known.covers_parts(parts):
            known.add(parts)
            kept.append(every[parts])
    return kept


class _Known:
    """Alternatives in which the results are known to differ: what holds only in one of them need not be looked at again."""

    def __init__(self, alternatives: Iterable[Condition] = ()) -> None:
        self._by_part: dict[Condition, list[frozenset[Condition]]] = defaultdict(list)
        self._always = False
        for each in alternatives:
            self.add(_parts(each))

    def add(self, parts: frozenset[Condition]) -> None:
        """Know one more alternative, by its parts; one without any always holds."""
        if parts:
            self._by_part[next(iter(parts))].append(parts)
        else:
            self._always = True

    def covers(self, *together: Condition) -> bool:
        """Tell whether one of the alternatives holds wherever all of these hold, so far as that is seen by their parts."""
        return self.covers_parts(frozenset[Condition]().union(*map(_parts, together)))

    def covers_parts(self, parts: frozenset[Condition]) -> bool:
        """Tell the same of what has these parts."""
        return self._always or any(known <= parts for part in parts for known in self._by_part.get(part, ()))


def _parts(condition: Condition) -> frozenset[Condition]:
    return condition.parts if isinstance(condition, AllOf) else frozenset([condition])


class _Order:
    """Two lists in which each thing is shown once, where it stands first.

    Things that stand in both in the same order and under the same condition are `fixed`: most of them, as a rule. Only the
    others, which are loose, can make a difference.
    """

    def __init__(self, joint: Joint, old: Sequence[Placed], new: Sequence[Placed]) -> None:
        self._lists = (old, new)
        self._joint = joint
        numbers: dict[Placed, int] = {}
        one, other = ([numbers.setdefault(each, len(numbers)) for each in placed] for placed in self._lists)
        blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        self._fixed = [(a + step, b + step) for a, b, size in blocks for step in range(size)]
        self._places: list[dict[PieceKey, list[int]]] = []
        for placed in self._lists:
            by_key: dict[PieceKey, list[int]] = {}
            for at, (key, _) in enumerate(placed):
                by_key.setdefault(key, []).append(at)
            self._places.append(by_key)
        self._is_fixed = (frozenset(a for a, _ in self._fixed), frozenset(b for _, b in self._fixed))
        self._firsts: dict[tuple[int, int], Condition] = {}

        self._loose = [
            (side, at) for side, placed in enumerate(self._lists) for at in range(len(placed)) if at not in self._is_fixed[side]
        ]

    def in_one_only(self) -> Iterator[Condition]:
        """Return alternatives: in each of them one of the lists shows something that the other does not."""
        for side, at in self._loose:
            yield self._in_one_only(side, at)

    def moved(self, known: _Known) -> Iterator[tuple[PieceKey, Condition]]:
        """Return what stands in another order, and where: both lists show it then. What is `known` to differ may be left out."""
        yield from self._moved({self._lists[side][at][0]: None for side, at in self._loose}, known)

    def _when(self, side: int, at: int) -> Condition:
        return self._lists[side][at][1]

    def _in_one_only(self, side: int, at: int) -> Condition:
        """Return where one list shows what stands in this place, and the other list shows it nowhere."""
        key, when = self._lists[side][at]
        return self._joint.disjoint.without(when, [self._when(1 - side, other) for other in self._places[1 - side].get(key, ())])

    def _first(self, side: int, at: int) -> Condition:
        """Return where this place is the first that shows what stands in it."""
        if (side, at) not in self._firsts:
            key, when = self._lists[side][at]
            earlier = [self._when(side, other) for other in self._places[side][key] if other < at]
            self._firsts[side, at] = self._joint.disjoint.without(when, earlier) if earlier else when
        return self._firsts[side, at]

    def _both(self, a: int, b: int) -> Condition:
        """Return where the old list shows something in one place, and the new list the same in another."""
        return all_of([self._first(0, a), self._first(1, b)])

    def _moved(self, keys: Iterable[PieceKey], known: _Known) -> Iterator[tuple[PieceKey, Condition]]:
        """Return where two things stand in another order, of which one has a loose place.

        Two fixed places that are no partners are never both the first: the partner of one of them would be.
        """
        fixed_in_old, fixed_in_new = self._is_fixed
        loose = [
            (a, b)
            for key in keys
            for a in self._places[0].get(key, ())
            for b in self._places[1].get(key, ())
            if not (a in fixed_in_old and b in fixed_in_new)
            and not self._joint.disjoint.exclusive(self._when(0, a), self._when(1, b))
            and self._both(a, b) != FALSE
            and not known.covers(self._both(a, b))
        ]
        firsts, seconds = [a for a, _ in self._fixed], [b for _, b in self._fixed]
        for a, b in loose:
            both = self._both(a, b)
            lower, upper = sorted((bisect_left(firsts, a), bisect_left(seconds, b)))
            crossed = [
                self._both(*fixed)
                for fixed in self._fixed[lower:upper]
                if self._crosses((a, b), fixed)
                and not known.covers(both, self._first(0, fixed[0]), self._first(1, fixed[1]))
                and not self._joint.disjoint.exclusive(both, self._when(0, fixed[0]))
            ]
            if crossed:
                yield self._lists[0][a][0], all_of([both, any_of(absorbed(crossed))])
        for one, other in combinations(loose, 2):
            if (
                self._crosses(one, other)
                and not known.covers(self._both(*one), self._both(*other))
                and not self._joint.disjoint.exclusive(self._both(*one), self._both(*other))
            ):
                yield self._lists[0][one[0]][0], all_of([self._both(*one), self._both(*other)])

    def _crosses(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        if self._lists[0][one[0]][0] == self._lists[0][other[0]][0]:
            return False
        return (one[0] < other[0]) != (one[1] < other[1])
