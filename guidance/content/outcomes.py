"""Outcomes as authors write them, into those that are walked: steps, lines and contacts with what they refer to."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.conditions import Conditions
from guidance.content.flow_format import ContactById
from guidance.content.flow_format import ContactLineSpec
from guidance.content.flow_format import ContactOfRow
from guidance.content.flow_format import LineSpec
from guidance.content.flow_format import OutcomeSpec
from guidance.content.flow_format import OwnStep
from guidance.content.flow_format import SharedStep
from guidance.content.flow_format import StepLineSpec
from guidance.content.format import Assistance
from guidance.content.format import Limitation
from guidance.content.model import ContactLine
from guidance.content.model import Line
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.model import RowContact
from guidance.content.problem import listed
from guidance.content.references import References
from guidance.content.references import Spot


def read_outcomes(conditions: Conditions, written: Mapping[str, tuple[Spot, OutcomeSpec]]) -> tuple[Outcome, ...]:
    """Return the outcomes; that with `otherwise` applies where no other one does."""
    outcomes = [_outcome(conditions, spot, identity, spec) for identity, (spot, spec) in written.items()]
    nothing_else = negate(any_of(outcome.applies for outcome in outcomes if not outcome.otherwise))
    for outcome in [outcome for outcome in outcomes if outcome.otherwise][1:]:
        message = f'`{outcome.id}` is a second outcome with `otherwise`'
        conditions.references.wrong(outcome.place, message, 'one for the whole content')
    return tuple(dataclasses.replace(outcome, applies=nothing_else) if outcome.otherwise else outcome for outcome in outcomes)


def _outcome(conditions: Conditions, spot: Spot, identity: str, spec: OutcomeSpec) -> Outcome:
    references, files = conditions.references, conditions.references.files
    urgencies = references.service.urgencies
    if spec.urgency:
        references.known(spot / 'urgency', 'urgency', spec.urgency, urgencies)
    elif urgencies:
        references.wrong(spot.place(), '`urgency` is missing', f'urgency: one of {listed(urgencies)}')
    return Outcome(
        id=identity,
        applies=conditions.when(spot / 'when', spec.when),
        otherwise=spec.otherwise,
        accepts=MappingProxyType({n: conditions.when(spot / 'accepts' / n, when) for n, when in spec.accepts.items()}),
        urgency=spec.urgency or '',
        title=conditions.wording(spot / 'title', spec.title),
        summary=conditions.optional_wording(spot / 'summary', spec.summary),
        do_now=tuple(_step(conditions, spot / 'do-now' / n, f'{identity}.{n}', step) for n, step in enumerate(spec.do_now)),
        can=_lines(conditions, spot / 'can', 'assistance', files.assistance.value, spec.can),
        cannot=_lines(conditions, spot / 'cannot', 'limitations', files.limitations.value, spec.cannot),
        no_assistance=conditions.optional_wording(spot / 'no-assistance', spec.no_assistance),
        contacts=tuple(_contact(conditions, spot / 'contacts' / n, line) for n, line in enumerate(spec.contacts)),
        place=spot.place(key=True),
        help=spec.help,
    )


def _step(conditions: Conditions, spot: Spot, name: str, spec: StepLineSpec) -> Line:
    references = conditions.references
    when, place = conditions.when(spot / 'when', spec.when), spot.place()
    match spec.meant():
        case OwnStep(say, source):
            references.refer(spot / 'source', 'sources', source)
            return Line(name, say, when, source, place)
        case SharedStep(identity):
            if not references.refer(spot / 'step', 'steps', identity):
                return Line(name, '', when, '', place)
            step = references.files.steps.value[identity]
            return Line(identity, step.say, when, step.source, place)


def _lines(
    conditions: Conditions,
    spot: Spot,
    table: Literal['assistance', 'limitations'],
    entries: Mapping[str, Assistance | Limitation],
    specs: Mapping[str, tuple[LineSpec, ...]],
) -> Mapping[str, tuple[Line, ...]]:
    references = conditions.references
    lines: dict[str, tuple[Line, ...]] = {}
    for identity, sentences in specs.items():
        here = spot / identity
        if references.known(here, table.removesuffix('s'), identity, entries, key=True):
            references.use(table, identity)
            entry = entries[identity]
            lines[identity] = tuple(_line(conditions, here / n, entry, sentence) for n, sentence in enumerate(sentences))
    return MappingProxyType(lines)


def _line(conditions: Conditions, spot: Spot, about: Assistance | Limitation, spec: LineSpec) -> Line:
    references = conditions.references
    if spec.source:
        references.refer(spot / 'source', 'sources', spec.source)
    if spec.whom_to_ask and isinstance(about, Limitation):
        place = (spot / 'whom-to-ask').place(key=True)
        references.wrong(place, '`whom-to-ask` belongs to assistance', 'no `whom-to-ask`')
    return Line(
        id='.'.join(str(part) for part in spot.path[1:]),
        say=spec.say,
        when=conditions.when(spot / 'when', spec.when),
        source=spec.source or about.source,
        place=(spot / 'say').place(),
        whom_to_ask=spec.whom_to_ask,
    )


def _contact(conditions: Conditions, spot: Spot, spec: ContactLineSpec) -> ContactLine:
    when = conditions.when(spot / 'when', spec.when)
    match spec.meant():
        case ContactById(contact):
            conditions.references.refer(spot / 'contact', 'contacts', contact)
            return NamedContact(contact, when, spot.place())
        case ContactOfRow(question, field):
            _check_row_of(conditions, spot, question, field)
            return RowContact(question, field, when, spot.place())


def _check_row_of(conditions: Conditions, spot: Spot, name: str, field: str) -> None:
    """Check that every option of the question `name` leads to a contact, in `field` of its row or as the fallback."""
    references = conditions.references
    question = conditions.questions.get(name)
    if question is None:
        conditions.no_question(spot / 'row-of', name, key=False)
        return
    references.use('questions', name)
    if name in conditions.broken:
        return
    if question.list is None:
        message = f'the options of `{name}` come from no list'
        references.wrong((spot / 'row-of').place(), message, 'a question with `options-from`')
        return
    _check_field(references, spot / 'field', question.list, field)


def _check_field(references: References, spot: Spot, name: str, field: str) -> None:
    rows = references.lists[name]
    fields = {field for row in rows.rows.values() for field in row.fields} | set(rows.fallback)
    if references.known(spot, 'field', field, fields, of=f' of the list `{name}`'):
        references.use('fields', f'{name}.{field}')
        if field not in rows.fallback:
            message = f'the list `{name}` has no fallback for `{field}`'
            references.wrong(spot.place(), message, '`fallback` in that list')
