"""Outcomes as authors write them, into those that are walked: steps, lines and contacts with what they refer to."""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType

from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.conditions import Conditions
from guidance.content.flow_format import ContactById
from guidance.content.flow_format import ContactLineSpec
from guidance.content.flow_format import ContactOfRow
from guidance.content.flow_format import OutcomeSpec
from guidance.content.include import Flows
from guidance.content.leaving import check_leave
from guidance.content.lines import SharedWords
from guidance.content.model import ContactLine
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.model import RowContact
from guidance.content.named import Naming
from guidance.content.otherwise import spelt_out
from guidance.content.references import References
from guidance.content.references import Spot


def read_outcomes(conditions: Conditions, flows: Flows) -> tuple[Outcome, ...]:
    """Return the outcomes; one with `otherwise` applies where no other one does, of the whole content or of its flow."""
    shared = SharedWords(conditions)
    _check_steps_renamed(conditions.references, flows.outcomes)
    outcomes = [_outcome(conditions, shared, spot, identity, spec) for identity, (spot, spec) in flows.outcomes.items()]
    areas = {identity: flows.area(spot.file.name) for identity, (spot, _) in flows.outcomes.items()}
    naming = Naming(conditions)
    return spelt_out(conditions.references, map(naming.outcome, outcomes), areas)


def _check_steps_renamed(references: References, outcomes: Collection[str]) -> None:
    """Report earlier places of a step in outcomes that there are not."""
    steps = references.files.steps
    for identity, step in steps.value.items():
        for n, was in enumerate(step.was):
            references.known(Spot(steps.file) / identity / 'was' / n, 'outcome', was.rpartition('.')[0], outcomes)


def _outcome(conditions: Conditions, shared: SharedWords, spot: Spot, identity: str, spec: OutcomeSpec) -> Outcome:
    within = conditions.within(spot)
    check_leave(conditions.references, spot, spec.leave)
    return Outcome(
        id=identity,
        applies=all_of([within, conditions.when(spot / 'when', spec.when)]),
        within=within,
        otherwise=spec.otherwise,
        accepts=MappingProxyType({n: conditions.when(spot / 'accepts' / n, when) for n, when in spec.accepts.items()}),
        urgency=spec.urgency or '',  # none, where the content has none; one that is missing has been told
        title=conditions.written_wording(spot / 'title', spec.title),
        advice=shared.wording(spot / 'advice', spec.advice),
        summary=shared.wording(spot / 'summary', spec.summary),
        do_now=shared.steps(spot / 'do-now', identity, spec.do_now, spec.source),
        later=shared.steps(spot / 'later', f'{identity}.later', spec.later, spec.source),
        can=shared.lines(spot / 'can', 'assistance', spec.can),
        cannot=shared.lines(spot / 'cannot', 'limitations', spec.cannot),
        no_assistance=shared.wording(spot / 'no-assistance', spec.no_assistance),
        contacts=tuple(_contact(conditions, spot / 'contacts' / n, line) for n, line in enumerate(spec.contacts)),
        place=spot.place(key=True),
        any_order=spec.any_order,
        help=spec.help,
        leave=spec.leave,
    )


def _contact(conditions: Conditions, spot: Spot, spec: ContactLineSpec) -> ContactLine:
    when, days = conditions.when(spot / 'when', spec.when), conditions.references.days(spot, spec)
    match spec.meant():
        case ContactById(contact):
            conditions.references.refer(spot / 'contact', 'contacts', contact)
            return NamedContact(contact, when, spot.place(), spec.by_others, days)
        case ContactOfRow(question, field):
            when = all_of([when, _named_by_row(conditions, spot, question, field)])
            return RowContact(question, field, when, spot.place(), spec.by_others, days)


def _named_by_row(conditions: Conditions, spot: Spot, name: str, field: str) -> Condition:
    """Return where the row chosen at the question `name` names a contact in `field`, or a fallback stands in: else nothing
    is shown."""
    references = conditions.references
    question = conditions.questions.get(name)
    if question is None:
        conditions.no_question(spot / 'row-of', name, key=False)
        return TRUE
    references.use('questions', name)
    if name in conditions.broken:
        return TRUE
    if question.list is None:
        message = f'the options of `{name}` come from no list'
        references.wrong((spot / 'row-of').place(), message, 'a question with `options-from`')
        return TRUE
    rows = references.lists[question.list]
    fields = {field for row in rows.rows.values() for field in row.fields} | set(rows.fallback)
    if not references.known(spot / 'field', 'field', field, fields, of=f' of the list `{question.list}`'):
        return TRUE
    references.use('fields', f'{question.list}.{field}')
    references.contact_fields.add((question.list, field))
    if field in rows.fallback:
        return TRUE
    return AnswerIs(name, frozenset(row for row in rows.rows if row in question.option and rows.rows[row].fields.get(field)))
