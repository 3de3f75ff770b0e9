"""What stands at the head of a flow and holds for the outcomes in it."""

from __future__ import annotations

from guidance.content.flow_format import FlowSpec
from guidance.content.flow_format import OutcomeSpec
from guidance.content.flow_format import OwnStep
from guidance.content.problem import listed
from guidance.content.references import References
from guidance.content.references import Spot


def with_head(flow: FlowSpec, outcome: OutcomeSpec) -> OutcomeSpec:
    """Return the outcome with what it takes from the head of its flow."""
    return outcome.model_copy(update={'urgency': outcome.urgency or flow.urgency, 'source': outcome.source or flow.source})


def check_head(references: References, top: Spot, flow: FlowSpec) -> None:
    """Follow what the head of a flow refers to, and what its outcomes have instead; report what is missing, or not taken."""
    _check_urgencies(references, top, flow)
    if flow.source:
        references.refer(top / 'source', 'sources', flow.source)
    takers = [outcome for outcome in flow.outcomes.values() if outcome.source is None and _takes_source(outcome)]
    if flow.source and not takers:
        references.wrong((top / 'source').place(key=True), 'no step takes its source from here', 'no `source` at the head')
    for identity, outcome in flow.outcomes.items():
        spot = top / 'outcomes' / identity / 'source'
        if outcome.source:
            references.refer(spot, 'sources', outcome.source)
            if not _takes_source(outcome):
                references.wrong(spot.place(key=True), 'no step takes its source from here', 'no `source` of the outcome')


def _check_urgencies(references: References, top: Spot, flow: FlowSpec) -> None:
    urgencies = references.service.urgencies
    if flow.urgency:
        references.known(top / 'urgency', 'urgency', flow.urgency, urgencies)
        if all(outcome.urgency for outcome in flow.outcomes.values()):
            message = 'every outcome has an urgency of its own' if flow.outcomes else 'there is no outcome here'
            references.wrong((top / 'urgency').place(key=True), message, 'no `urgency` at the head')
    for identity, outcome in flow.outcomes.items():
        spot = top / 'outcomes' / identity
        if outcome.urgency:
            references.known(spot / 'urgency', 'urgency', outcome.urgency, urgencies)
        elif urgencies and not flow.urgency:
            expected = f'{listed(urgencies)}, here or at the head of the flow'
            references.wrong(spot.place(), '`urgency` is missing', expected)


def _takes_source(outcome: OutcomeSpec) -> bool:
    """Tell whether a step in own words names no source."""
    steps = (step.meant() for step in (*outcome.do_now, *outcome.later))
    return any(isinstance(step, OwnStep) and step.source is None for step in steps)
