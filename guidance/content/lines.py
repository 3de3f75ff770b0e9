"""Steps and lines as authors write them, shared or in words of their own, into those that are walked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal
from typing import TypeAlias

from guidance.content.condition import TRUE
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import negate
from guidance.content.conditions import Conditions
from guidance.content.flow_format import LineSpec
from guidance.content.flow_format import OutcomeSpec
from guidance.content.flow_format import OutcomeVariantSpec
from guidance.content.flow_format import OwnLine
from guidance.content.flow_format import OwnStep
from guidance.content.flow_format import SharedLine
from guidance.content.flow_format import SharedStep
from guidance.content.flow_format import StepLineSpec
from guidance.content.flow_format import VariantSpec
from guidance.content.format import Assistance
from guidance.content.format import Limitation
from guidance.content.model import Line
from guidance.content.model import Wording
from guidance.content.references import Spot

Table: TypeAlias = Literal['assistance', 'limitations']
_Entries: TypeAlias = Mapping[str, Assistance | Limitation]


class SharedWords:
    """Makes the lines of outcomes; the words of `data/steps.yaml` and `data/lines.yaml` are read once, and used by id."""

    def __init__(self, conditions: Conditions) -> None:
        """`conditions` know every question by now."""
        self._conditions = conditions
        self._references = conditions.references
        files = self._references.files
        top = Spot(files.steps.file)
        self._steps = {
            name: tuple(_said(conditions, top / name, name, step.say, TRUE, step.source))
            for name, step in files.steps.value.items()
        }
        self._lines = {name: tuple(self._shared(name, specs)) for name, specs in files.lines.value.items()}

    def steps(self, spot: Spot, identity: str, outcome: OutcomeSpec) -> tuple[Line, ...]:
        """Return the steps of the outcome `identity`, whose list of them stands at `spot`."""
        steps = enumerate(outcome.do_now)
        return tuple(line for n, step in steps for line in self._step(spot / n, f'{identity}.{n}', step, outcome.source))

    def lines(self, spot: Spot, table: Table, specs: Mapping[str, tuple[LineSpec, ...]]) -> Mapping[str, tuple[Line, ...]]:
        """Return what an outcome says about each assistance or limitation of `table`, which stands at `spot`."""
        files = self._references.files
        entries: _Entries = files.assistance.value if table == 'assistance' else files.limitations.value
        lines: dict[str, tuple[Line, ...]] = {}
        for identity, sentences in specs.items():
            here = spot / identity
            if self._references.known(here, table.removesuffix('s'), identity, entries, key=True):
                self._references.use(table, identity)
                source = entries[identity].source
                made = [line for n, spec in enumerate(sentences) for line in self._line(here / n, table, spec, source)]
                lines[identity] = tuple(made)
        return MappingProxyType(lines)

    def wording(self, spot: Spot, variants: tuple[OutcomeVariantSpec, ...] | None) -> Wording | None:
        """Return a text of an outcome in its variants, some in the words of shared lines; None where there is none."""
        if not variants:
            return None
        return self._conditions.wording(spot, [(self._words(spot / n, each), each.when) for n, each in enumerate(variants)])

    def _words(self, spot: Spot, spec: OutcomeVariantSpec) -> str:
        """Return the words of a variant, its own or those of a shared line."""
        if spec.line is None or not self._references.refer(spot / 'line', 'lines', spec.line):
            return spec.say or ''
        lines = self._lines[spec.line]
        if len(lines) > 1 or any(line.when != TRUE or line.source or line.whom_to_ask for line in lines):
            message = f'`{spec.line}` says more than one text that always holds, which is all that has room here'
            self._references.wrong((spot / 'line').place(), message, 'a line with nothing but `say`')
        return lines[0].say if lines else ''

    def _step(self, spot: Spot, name: str, spec: StepLineSpec, default: str | None) -> Iterator[Line]:
        when = self._conditions.when(spot / 'when', spec.when)
        match spec.meant():
            case OwnStep(say, source):
                if source:
                    self._references.refer(spot / 'source', 'sources', source)
                elif not default:
                    expected = 'the id of a source in data/sources.yaml, here or at the head'
                    self._references.wrong(spot.place(), 'this step has no `source`', expected)
                yield from _said(self._conditions, spot, name, say, when, source or default or '')
            case SharedStep(identity):
                if self._references.refer(spot / 'step', 'steps', identity):
                    was = self._references.files.steps.value[identity].was
                    former = next((old for old in was if old.rpartition('.')[0] == name.rpartition('.')[0]), '')
                    yield from _used(self._steps[identity], spot, when, former)

    def _line(self, spot: Spot, table: Table, spec: LineSpec, source: str) -> Iterator[Line]:
        made: Iterable[Line] = ()
        match spec.meant():
            case OwnLine():
                made = self._own(spot, '.'.join(str(part) for part in spot.path[1:]), spec, source)
            case SharedLine(identity):
                when = self._conditions.when(spot / 'when', spec.when)
                if self._references.refer(spot / 'line', 'lines', identity):
                    made = _used(self._lines[identity], spot, when, source=source)
        for line in made:
            if line.whom_to_ask and table == 'limitations':
                place = (spot / 'line' if line.used else spot / 'whom-to-ask').place(key=True)
                self._references.wrong(place, '`whom-to-ask` belongs to assistance', 'no `whom-to-ask`')
            yield line

    def _shared(self, name: str, specs: tuple[LineSpec, ...]) -> Iterator[Line]:
        top = Spot(self._references.files.lines.file) / name
        for n, spec in enumerate(specs):
            if spec.line is not None:
                message = 'a shared line names no other one'
                self._references.wrong((top / n / 'line').place(), message, '`say`, with the words')
            else:
                yield from self._own(top / n, name if len(specs) == 1 else f'{name}.{n}', spec)

    def _own(self, spot: Spot, name: str, spec: LineSpec, source: str = '') -> Iterator[Line]:
        if spec.source:
            self._references.refer(spot / 'source', 'sources', spec.source)
        when = self._conditions.when(spot / 'when', spec.when)
        yield from _said(self._conditions, spot, name, spec.say or (), when, spec.source or source, spec.whom_to_ask)


def _said(
    conditions: Conditions,
    spot: Spot,
    name: str,
    say: tuple[VariantSpec, ...],
    when: Condition,
    source: str,
    whom_to_ask: bool = False,
) -> Iterator[Line]:
    """Yield the line `name` in each of its wordings, of which exactly one is shown where `when` holds."""
    if len(say) == 1 and say[0].when is None:  # most lines, and quicker by a third
        yield Line(name, say[0].say, when, source, (spot / 'say').place(), whom_to_ask)
        return
    for variant in conditions.written_wording(spot / 'say', say).variants:
        yield Line(name, variant.say, all_of([when, variant.when]), source, variant.place, whom_to_ask)
        when = all_of([when, negate(variant.when)])


def _used(shared: Iterable[Line], spot: Spot, when: Condition, former: str = '', source: str = '') -> Iterator[Line]:
    """Yield shared lines as they are used at `spot`, where one had the id `former`; `source` is that of those without."""
    used = spot.place()
    for line in shared:
        when_used = all_of([line.when, when])
        yield dataclasses.replace(line, when=when_used, source=line.source or source, used=used, former_id=former)
