"""Steps and lines as authors write them, shared or in words of their own, into those that are walked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal
from typing import TypeAlias

from guidance.content.condition import TRUE
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import negate
from guidance.content.conditions import Conditions
from guidance.content.conditions import WrittenVariant
from guidance.content.fields import Days
from guidance.content.flow_format import LineSpec
from guidance.content.flow_format import OutcomeVariantSpec
from guidance.content.flow_format import OwnLine
from guidance.content.flow_format import OwnStep
from guidance.content.flow_format import OwnWords
from guidance.content.flow_format import SharedLine
from guidance.content.flow_format import SharedStep
from guidance.content.flow_format import StepLineSpec
from guidance.content.flow_format import VariantSpec
from guidance.content.format import Assistance
from guidance.content.format import Limitation
from guidance.content.format import StepSpec
from guidance.content.model import Line
from guidance.content.model import Variant
from guidance.content.model import Wording
from guidance.content.problem import Place
from guidance.content.references import Spot

_CanOrCannot: TypeAlias = Literal['assistance', 'limitations']
_Entries: TypeAlias = Mapping[str, Assistance | Limitation]


class SharedWords:
    """Makes the lines of outcomes; the words of `data/steps.yaml` and `data/lines.yaml` are read once, and used by id."""

    def __init__(self, conditions: Conditions) -> None:
        """`conditions` know every question by now."""
        self._conditions = conditions
        self._references = conditions.references
        files = self._references.files
        top = Spot(files.steps.file)
        self._steps = {name: tuple(self._shared_step(top / name, name, step)) for name, step in files.steps.value.items()}
        self._lines = {name: tuple(self._shared(name, specs)) for name, specs in files.lines.value.items()}

    def steps(self, spot: Spot, name: str, specs: tuple[StepLineSpec, ...], source: str | None) -> tuple[Line, ...]:
        """Return the steps that are listed at `spot`, called by `name` and a number; `source` is that of the head."""
        return tuple(line for n, spec in enumerate(specs) for line in self._step(spot / n, f'{name}.{n}', spec, source))

    def lines(self, spot: Spot, table: _CanOrCannot, specs: Mapping[str, tuple[LineSpec, ...]]) -> Mapping[str, tuple[Line, ...]]:
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
        return self._conditions.wording(spot, [self._variant(spot / n, each) for n, each in enumerate(variants)])

    def _variant(self, spot: Spot, spec: OutcomeVariantSpec) -> WrittenVariant:
        """Return a variant in its own words or in those of a shared line."""
        match spec.meant():
            case OwnWords(words):
                return WrittenVariant(words, spec.when, spec.by_others, 'Variant.say')
            case SharedLine(identity):
                return WrittenVariant(self._words(spot / 'line', identity), spec.when, spec.by_others, 'Line.say')

    def _words(self, spot: Spot, identity: str) -> str:
        """Return the words of the one line that `spot` names; none, with a problem, where it is not one that always holds."""
        if not self._references.refer(spot, 'lines', identity):
            return ''
        lines = self._lines[identity]
        if len(lines) > 1 or any(line != Line(line.id, line.say, TRUE, '', line.place) for line in lines):
            message = f'`{identity}` says more than one text that always holds, which is all that has room here'
            self._references.wrong(spot.place(), message, 'a line with nothing but `say`')
        return lines[0].say if lines else ''

    def _use(self, spot: Spot, spec: StepLineSpec | LineSpec) -> _Use:
        same_as = spec.same_as if isinstance(spec, StepLineSpec) else None
        if same_as:
            self._references.known(spot / 'same-as', 'step', same_as, self._references.files.steps.value)
        when = self._conditions.when(spot / 'when', spec.when)
        link, days = self._references.link(spot, spec.link), self._references.days(spot, spec)
        return _Use(when, days, link, same_as, spec.by_others)

    def _shared_step(self, spot: Spot, name: str, spec: StepSpec) -> Iterator[Line]:
        return self._said(spot, name, _Use(TRUE, spec.days, spec.link, spec.same_as, spec.by_others), spec.source, spec.say)

    def _step(self, spot: Spot, name: str, spec: StepLineSpec, default: str | None) -> Iterator[Line]:
        use = self._use(spot, spec)
        match spec.meant():
            case OwnStep(say, source):
                if source:
                    self._references.refer(spot / 'source', 'sources', source)
                elif not default:
                    expected = 'the id of a source in data/sources.yaml, here or at the head'
                    self._references.wrong(spot.place(), 'this step has no `source`', expected)
                yield from self._said(spot, name, use, source or default or '', say)
            case SharedStep(identity):
                if self._references.refer(spot / 'step', 'steps', identity):
                    was = self._references.files.steps.value[identity].was
                    former = next((old for old in was if old.rpartition('.')[0] == name.rpartition('.')[0]), '')
                    here = spot.place()
                    for line in self._steps[identity]:
                        yield use.of(line, here, line.source, line.days, former)

    def _line(self, spot: Spot, table: _CanOrCannot, spec: LineSpec, source: str) -> Iterator[Line]:
        made: Iterable[Line] = ()
        match spec.meant():
            case OwnLine(say):
                made = self._own(spot, '.'.join(str(part) for part in spot.path[1:]), spec, say, source)
            case SharedLine(identity):
                use = self._use(spot, spec)
                if self._references.refer(spot / 'line', 'lines', identity):
                    here = spot.place()
                    made = [self._shared_line(line, use, here, line.source or source) for line in self._lines[identity]]
        for line in made:
            for key, is_set in (('whom-to-ask', line.whom_to_ask), ('unknown', line.unknown)):
                if is_set and table == 'limitations':
                    place = (spot / 'line' if line.used else spot / key).place(key=True)
                    self._references.wrong(place, f'`{key}` belongs to assistance', f'no `{key}`')
            yield line

    def _shared_line(self, line: Line, use: _Use, used: Place, source: str) -> Line:
        return use.of(line, used, source, line.days.and_(self._references.days_of_source(source)))

    def _shared(self, name: str, specs: tuple[LineSpec, ...]) -> Iterator[Line]:
        top = Spot(self._references.files.lines.file) / name
        for n, spec in enumerate(specs):
            match spec.meant():
                case OwnLine(say):
                    yield from self._own(top / n, name if len(specs) == 1 else f'{name}.{n}', spec, say)
                case SharedLine():
                    message = 'a shared line names no other one'
                    self._references.wrong((top / n / 'line').place(), message, '`say`, with the words')

    def _own(self, spot: Spot, name: str, spec: LineSpec, say: tuple[VariantSpec, ...], source: str = '') -> Iterator[Line]:
        if spec.source:
            self._references.refer(spot / 'source', 'sources', spec.source)
        use = self._use(spot, spec)
        yield from self._said(spot, name, use, spec.source or source, say, spec.whom_to_ask, spec.unknown)

    def _said(
        self,
        spot: Spot,
        name: str,
        use: _Use,
        source: str,
        say: tuple[VariantSpec, ...],
        whom_to_ask: bool = False,
        unknown: bool = False,
    ) -> Iterator[Line]:
        """Yield the line that stands at `spot` in each of its wordings; it is over when its source is.

        Each is made once, with all that is known of it: to change the line of before takes twice the time.
        """
        days = use.days.and_(self._references.days_of_source(source))
        for variant in _wordings(self._conditions, spot / 'say', say):
            yield Line(
                name,
                variant.say,
                all_of([use.when, variant.when]),
                source,
                variant.place,
                whom_to_ask,
                unknown,
                by_others=use.by_others or variant.by_others,
                days=days,
                link=use.link,
                same_as=use.same_as,
                kind=variant.kind,
            )


@dataclass(frozen=True)
class _Use:
    """What is stated where a line stands, besides its words."""

    when: Condition
    days: Days
    link: str | None
    same_as: str | None
    by_others: bool

    def of(self, line: Line, used: Place, source: str, days: Days, former_id: str = '') -> Line:
        """Return a shared line, of this source and these days, as it is used at `used`; what is not stated stays as it was."""
        return dataclasses.replace(
            line,
            when=all_of([line.when, self.when]),
            source=source,
            used=used,
            former_id=former_id,
            by_others=self.by_others or line.by_others,
            days=days.and_(self.days),
            link=self.link or line.link,
            same_as=self.same_as or line.same_as,
        )


def _wordings(conditions: Conditions, spot: Spot, say: tuple[VariantSpec, ...]) -> Iterator[Variant]:
    """Yield the wordings that stand at `spot`, with conditions of which exactly one holds."""
    if len(say) == 1 and say[0].when is None:  # most lines
        yield Variant(say[0].say, TRUE, spot.place(), say[0].by_others, kind=f'{say[0].context}.say')
        return
    others: Condition = TRUE
    for variant in conditions.written_wording(spot, say).variants:
        yield dataclasses.replace(variant, when=all_of([others, variant.when]))
        others = all_of([others, negate(variant.when)])
