"""Outcomes as authors write them, into those that are walked: steps, lines and contacts with what they refer to."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from collections.abc import Mapping
from types import MappingProxyType

from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.conditions import Conditions
from guidance.content.flow_format import ContactById
from guidance.content.flow_format import ContactLineSpec
from guidance.content.flow_format import ContactOfRow
from guidance.content.flow_format import OutcomeSpec
from guidance.content.lines import SharedWords
from guidance.content.model import ContactLine
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.model import RowContact
from guidance.content.references import References
from guidance.content.references import Spot


def read_outcomes(conditions: Conditions, written: Mapping[str, tuple[Spot, OutcomeSpec]]) -> tuple[Outcome, ...]:
    """Return the outcomes; that with `otherwise` applies where no other one does."""
    shared = SharedWords(conditions)
    _check_steps_renamed(conditions.references, written)
    outcomes = [_outcome(conditions, shared, spot, identity, spec) for identity, (spot, spec) in written.items()]
    nothing_else = negate(any_of(outcome.applies for outcome in outcomes if not outcome.otherwise))
    for outcome in [outcome for outcome in outcomes if outcome.otherwise][1:]:
        message = f'`{outcome.id}` is a second outcome with `otherwise`'
        conditions.references.wrong(outcome.place, message, 'one for the whole content')
    return tuple(dataclasses.replace(outcome, applies=nothing_else) if outcome.otherwise else outcome for outcome in outcomes)


def _check_steps_renamed(references: References, outcomes: Collection[str]) -> None:
    """Report earlier places of a step in outcomes that there are not."""
    steps = references.files.steps
    for identity, step in steps.value.items():
        for n, was in enumerate(step.was):
            references.known(Spot(steps.file) / identity / 'was' / n, 'outcome', was.rpartition('.')[0], outcomes)


def _outcome(conditions: Conditions, shared: SharedWords, spot: Spot, identity: str, spec: OutcomeSpec) -> Outcome:
    return Outcome(
        id=identity,
        applies=conditions.when(spot / 'when', spec.when),
        otherwise=spec.otherwise,
        accepts=MappingProxyType({n: conditions.when(spot / 'accepts' / n, when) for n, when in spec.accepts.items()}),
        urgency=spec.urgency or '',  # one that is missing has been told
        title=conditions.written_wording(spot / 'title', spec.title),
        advice=conditions.optional_wording(spot / 'advice', spec.advice),
        summary=shared.wording(spot / 'summary', spec.summary),
        do_now=shared.steps(spot / 'do-now', identity, spec.do_now, spec.source),
        later=shared.steps(spot / 'later', f'{identity}.later', spec.later, spec.source),
        can=shared.lines(spot / 'can', 'assistance', spec.can),
        cannot=shared.lines(spot / 'cannot', 'limitations', spec.cannot),
        no_assistance=shared.wording(spot / 'no-assistance', spec.no_assistance),
        contacts=tuple(_contact(conditions, spot / 'contacts' / n, line) for n, line in enumerate(spec.contacts)),
        place=spot.place(key=True),
        any_order=spec.any_order,
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
