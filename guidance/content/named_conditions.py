"""Conditions that have a name: written once, in a flow or in `data/conditions.yaml`, and used wherever one stands."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterator
from typing import Any

from guidance.content.condition import FALSE
from guidance.content.condition import Condition
from guidance.content.problem import Problem
from guidance.content.references import References
from guidance.content.references import Spot
from guidance.content.references import each_of


class NamedConditions:
    """Reads each named condition once, at its first use, and reports those that nothing uses, or that use themselves."""

    def __init__(self, references: References, every: Collection[str]) -> None:
        """`every`: the questions of the whole content."""
        self._references = references
        self._every = every
        self._written = dict(_written(references))
        self._conditions: dict[str, Condition] = {}
        self._within: list[str] = []  # those that are being read, from the outermost on

    def read(self, spot: Spot, name: str, asked: Collection[str], when: Callable[[Spot, Any], Condition]) -> Condition:
        """Return the condition `name`, which stands at `spot`, where the questions `asked` stand earlier; `when` reads one."""
        if not self._references.known(spot, 'condition', name, self._written):
            return FALSE
        self._references.use('conditions', name)
        if name in self._within:
            circle = ' > '.join([*self._within[self._within.index(name) :], name])
            self._references.wrong(spot.place(), f'a circle of conditions: {circle}', 'a condition that does not use itself')
            return FALSE
        later = [question for question in _questions(self._written, name, set()) if question in self._every]
        if later := [question for question in later if question not in asked]:
            message = f'`{name}` needs the answer to `{later[0]}`, which is not asked yet at this point'
            self._references.wrong(spot.place(), message, 'a condition on questions that stand earlier')
            return FALSE
        return self._read(name, when)

    def read_rest(self, when: Callable[[Spot, Any], Condition]) -> None:
        """Read what nothing uses, for what is wrong in it."""
        for name in self._written:
            self._read(name, when)

    def unused(self) -> Iterator[Problem]:
        """Yield each condition of a flow that nothing uses; those of `data/` are told with the other tables."""
        used, table = self._references.used.get('conditions', ()), self._references.files.conditions.file
        for name, (spot, _) in self._written.items():
            if name not in used and spot.file is not table:
                yield Problem(spot.place(key=True), f'nothing uses the condition `{name}`', 'a use, or no entry')

    def _read(self, name: str, when: Callable[[Spot, Any], Condition]) -> Condition:
        if name not in self._conditions:
            self._within.append(name)
            self._conditions[name] = when(*self._written[name])
            self._within.pop()
        return self._conditions[name]


def _written(references: References) -> Iterator[tuple[str, tuple[Spot, Any]]]:
    """Yield every named condition with where it stands, and report those that have a name of another."""
    files = references.files
    tables = [(Spot(files.conditions.file), files.conditions.value)]
    tables += [(Spot(flow.file) / 'conditions', flow.value.conditions) for flow in files.flows.values()]
    seen: dict[str, str] = {}
    for top, conditions in tables:
        for name, written in conditions.items():
            spot = top / name
            if name in seen:
                references.wrong(spot.place(key=True), f'the condition `{name}` stands in {seen[name]} too', 'each name once')
                continue
            seen[name] = spot.file.name
            yield name, (spot, written)


def _questions(written: dict[str, tuple[Spot, Any]], name: str, seen: set[str]) -> Iterator[str]:
    """Yield the questions that a named condition names, itself or by another one."""
    if name in seen or name not in written:
        return
    seen.add(name)
    spot, condition = written[name]
    for key, test in _tests(condition):
        if key == 'is':
            for _, other in each_of(spot, test):
                yield from _questions(written, other, seen)
        else:
            yield key


def _tests(condition: Any) -> Iterator[tuple[str, Any]]:
    for tests in condition if isinstance(condition, list) else [condition]:
        for key, test in tests.items():
            if key == 'not':
                yield from _tests(test)
            else:
                yield key, test
