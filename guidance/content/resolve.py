"""From all files to one Content: includes expanded, references followed, conditions read."""

from __future__ import annotations

from types import MappingProxyType

from guidance.content.condition import Condition
from guidance.content.conditions import Conditions
from guidance.content.exclusive import read_exclusive
from guidance.content.include import expand
from guidance.content.loaded import Files
from guidance.content.model import Content
from guidance.content.model import EmergencyGroup
from guidance.content.outcomes import read_outcomes
from guidance.content.problem import ContentError
from guidance.content.questions import questions_gone
from guidance.content.questions import read_questions
from guidance.content.references import References
from guidance.content.references import Spot
from guidance.content.references import refer_from_data
from guidance.content.unused import unused


def resolve(files: Files, version: str) -> Content:
    """Return the content that these files make. Raises ContentError with every reference that leads nowhere."""
    references = References(files)
    flows = expand(references)
    conditions = Conditions(references, flows)
    questions = read_questions(conditions, flows.questions)
    gone = questions_gone(references, questions)
    outcomes = read_outcomes(conditions, flows)
    exclusive = tuple(read_exclusive(references, flows.outcomes))
    refer_from_data(references)
    on_request_of = _on_request_of(conditions)
    emergency = _emergency(conditions)
    if not references.problems:
        references.problems += unused(files, conditions.questions, references.used)
    if references.problems:
        raise ContentError(references.problems)
    return Content(
        service=files.service.value,
        ui_texts=files.ui_texts.value,
        training=files.training.value,
        emergency=emergency,
        questions=questions,
        outcomes=outcomes,
        assistance=files.assistance.value,
        on_request_of=MappingProxyType(on_request_of),
        limitations=files.limitations.value,
        contacts=files.contacts.value,
        sources=files.sources.value,
        lists=MappingProxyType(references.lists),
        cases=MappingProxyType({name: loaded.value for name, loaded in files.cases.items()}),
        flows=len(files.flows),
        version=version,
        gone=MappingProxyType(gone),
        exclusive=exclusive,
    )


def _on_request_of(conditions: Conditions) -> dict[str, Condition]:
    """Return who may ask for each assistance."""
    assistance = conditions.references.files.assistance
    top = Spot(assistance.file)
    return {
        identity: conditions.when(top / identity / 'on-request-of', entry.on_request_of)
        for identity, entry in assistance.value.items()
    }


def _emergency(conditions: Conditions) -> tuple[EmergencyGroup, ...]:
    service = conditions.references.files.service
    top = Spot(service.file) / 'emergency'
    return tuple(
        EmergencyGroup(
            group.title,
            group.contacts,
            conditions.when(top / index / 'when', group.when) if group.when else None,
            (top / index).place(),
        )
        for index, group in enumerate(service.value.emergency)
    )
