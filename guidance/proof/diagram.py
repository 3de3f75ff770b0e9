"""Conditions as decision diagrams: equal ones become one number, however they are put together.

A node of a diagram asks for the value of one variable and leads on to another node for each value. All diagrams ask for variables
in one order, no node is made twice, and none whose ways all lead to the same one; so equal conditions are equal nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

NEVER, ALWAYS = 0, 1
"""The nodes that ask for nothing: the condition does not hold, or it does."""


class Diagrams:
    """The diagrams over variables, of which each has so many values, numbered from 0."""

    def __init__(self, values: Sequence[int]) -> None:
        self._values = values
        self._asks = [len(values), len(values)]  # node -> the variable that it asks for
        self._ways: list[tuple[int, ...]] = [(), ()]  # node -> the node that each value leads to
        self.variables = [0, 0]
        """Node -> the variables on which it depends, one bit each."""
        self._made: dict[tuple[int, tuple[int, ...]], int] = {}
        self._joined: dict[tuple[int, int, int], int] = {}
        self._fixed: dict[tuple[int, int, int], int] = {}

    def test(self, variable: int, passed: frozenset[int]) -> int:
        """Return the node that holds where a variable has one of some values."""
        return self._node(variable, tuple(int(value in passed) for value in range(self._values[variable])))

    def all_of(self, nodes: Sequence[int]) -> int:
        """Return where all of these hold."""
        return self._join(nodes, NEVER, ALWAYS)

    def any_of(self, nodes: Sequence[int]) -> int:
        """Return where one of these holds."""
        return self._join(nodes, ALWAYS, NEVER)

    def fixed(self, node: int, variable: int, value: int) -> int:
        """Return what is left of a node once a variable has this value."""
        if not self.variables[node] >> variable & 1:
            return node
        if self._asks[node] == variable:
            return self._ways[node][value]
        key = (node, variable, value)
        if key not in self._fixed:
            self._fixed[key] = self._node(self._asks[node], tuple([self.fixed(way, variable, value) for way in self._ways[node]]))
        return self._fixed[key]

    def _node(self, variable: int, ways: tuple[int, ...]) -> int:
        if ways.count(ways[0]) == len(ways):
            return ways[0]
        key = (variable, ways)
        node = self._made.get(key)
        if node is None:
            node = self._made[key] = len(self._ways)
            self._asks.append(variable)
            self._ways.append(ways)
            below = 1 << variable
            for way in ways:
                below |= self.variables[way]
            self.variables.append(below)
        return node

    def _join(self, nodes: Sequence[int], decisive: int, neutral: int) -> int:
        found = neutral
        for node in sorted(nodes, key=lambda each: self._asks[each], reverse=True):  # the last first: it stays as it is
            soon = _soon(found, node, decisive)
            found = self._pair(found, node, decisive) if soon is None else soon
        return found

    def _pair(self, one: int, other: int, decisive: int) -> int:
        key = (one, other, decisive) if one < other else (other, one, decisive)
        found = self._joined.get(key)
        if found is None:
            first, second = self._asks[one], self._asks[other]
            variable = min(first, second)
            ways = []
            for value in range(self._values[variable]):
                a = self._ways[one][value] if first == variable else one
                b = self._ways[other][value] if second == variable else other
                soon = _soon(a, b, decisive)
                ways.append(self._pair(a, b, decisive) if soon is None else soon)
            found = self._joined[key] = self._node(variable, tuple(ways))
        return found


def _soon(one: int, other: int, decisive: int) -> int | None:
    """Return what two nodes are together where that is seen at once; `decisive` is what decides, whatever the other is."""
    if one == decisive or other == decisive:
        return decisive
    if one == other or other <= ALWAYS:
        return one
    return other if one <= ALWAYS else None
