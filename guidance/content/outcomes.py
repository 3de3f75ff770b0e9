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
    references.known(spot / 'urgency', 'urgency', spec.urgency, references.service.urgencies)
    return Outcome(
        id=identity,
        applies=conditions.when(spot / 'when', spec.when),
        otherwise=spec.otherwise,
        accepts=MappingProxyType({n: conditions.when(spot / 'accepts' / n, when) for n, when in spec.accepts.items()}),
        urgency=spec.urgency,
        title=conditions.wording(spot / 'title', spec.title),
        advice=conditions.optional_wording(spot / 'advice', spec.advice),
        summary=conditions.optional_wording(spot / 'summary', spec.summary),
        do_now=tuple(_step(conditions, spot / 'do-now' / n, f'{identity}.{n}', step) for n, step in enumerate(spec.do_now)),
        later=tuple(_step(conditions, spot / 'later' / n, f'{identity}.later.{n}', step) for n, step in enumerate(spec.later)),
        can=_lines(conditions, spot / 'can', 'assistance', files.assistance.value, spec.can),
        cannot=_lines(conditions, spot / 'cannot', 'limitations', files.limitations.value, spec.cannot),
        no_assistance=conditions.optional_wording(spot / 'no-assistance', spec.no_assistance),
        contacts=tuple(_contact(conditions, spot / 'contacts' / n, line) for n, line in enumerate(spec.contacts)),
        place=spot.place(key=True),
    )


def _step(conditions: Conditions, spot: Spot, name: str, spec: StepLineSpec) -> Line:
    references = conditions.references
    when, place, days = conditions.when(spot / 'when', spec.when), spot.place(), references.days(spot, spec)
    references.link(spot, spec.link)
    if spec.same_as:
        references.known(spot / 'same-as', 'step', spec.same_as, references.files.steps.value)
    match spec.meant():
        case OwnStep(say, source):
            references.refer(spot / 'source', 'sources', source)
            days = days.and_(references.days_of_source(source))
            return Line(name, say, when, source, place, by_others=spec.by_others, days=days, link=spec.link, same_as=spec.same_as)
        case SharedStep(identity):
            if not references.refer(spot / 'step', 'steps', identity):
                return Line(name, '', when, '', place)
            step = references.files.steps.value[identity]
            days = days.and_(step.days).and_(references.days_of_source(step.source))
            by_others, same_as, link = spec.by_others or step.by_others, spec.same_as or step.same_as, spec.link or step.link
            return Line(identity, step.say, when, step.source, place, by_others=by_others, days=days, link=link, same_as=same_as)


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
        by_others=spec.by_others,
        link=references.link(spot, spec.link),
        days=references.days(spot, spec).and_(references.days_of_source(spec.source or about.source)),
    )


def _contact(conditions: Conditions, spot: Spot, spec: ContactLineSpec) -> ContactLine:
    when, days = conditions.when(spot / 'when', spec.when), conditions.references.days(spot, spec)
    match spec.meant():
        case ContactById(contact):
            conditions.references.refer(spot / 'contact', 'contacts', contact)
            return NamedContact(contact, when, spot.place(), spec.by_others, days)
        case ContactOfRow(question, field):
            _check_row_of(conditions, spot, question, field)
            return RowContact(question, field, when, spot.place(), spec.by_others, days)


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
