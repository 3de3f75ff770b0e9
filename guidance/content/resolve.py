"""From all files to one Content: includes expanded, references followed, conditions read."""

from __future__ import annotations

from types import MappingProxyType

from guidance.content.condition import Condition
from guidance.content.conditions import Conditions
from guidance.content.conditions import WrittenCondition
from guidance.content.exclusive import read_exclusive
from guidance.content.include import expand
from guidance.content.loaded import Files
from guidance.content.model import Content
from guidance.content.model import EmergencyGroup
from guidance.content.outcomes import read_outcomes
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.questions import questions_gone
from guidance.content.questions import read_questions
from guidance.content.references import References
from guidance.content.references import Spot
from guidance.content.references import refer_from_data
from guidance.content.unused import unused


def resolve(files: Files, version: str, written: list[WrittenCondition] | None = None) -> Content:
    """Return the content that these files make, and add its conditions, as they are written, to `written`.

    Raises ContentError with every reference that leads nowhere.
    """
    references = References(files)
    flows = expand(references)
    conditions = Conditions(references, flows)
    questions = read_questions(conditions, flows.questions)
    gone = questions_gone(references, questions)
    outcomes = read_outcomes(conditions, flows)
    exclusive = tuple(read_exclusive(references, flows.outcomes))
    refer_from_data(references)
    on_request_of = _on_request_of(conditions)
    reach = _reach(conditions)
    emergency = _emergency(conditions)
    _finish(conditions, written)
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
        reach=MappingProxyType(reach),
        sources=files.sources.value,
        lists=MappingProxyType(references.lists),
        cases=MappingProxyType({name: loaded.value for name, loaded in files.cases.items()}),
        flows=len(files.flows),
        version=version,
        gone=MappingProxyType(gone),
        unused=(*unused(files, conditions.questions, references.used), *conditions.named.unused()),
        outcomes_at=MappingProxyType(_outcomes_at(files)),
        exclusive=exclusive,
        titles=MappingProxyType({flow.file.name: flow.value.title for flow in files.flows.values()}),
    )


def _finish(conditions: Conditions, written: list[WrittenCondition] | None) -> None:
    """Raise every problem that was found on the way; without one, add the conditions to `written`."""
    conditions.named.read_rest(conditions.when)
    if conditions.references.problems:
        raise ContentError(conditions.references.problems)
    if written is not None:
        written += conditions.written


def _outcomes_at(files: Files) -> dict[str, Place]:
    """Return where the outcomes of each flow begin, by the name of its file."""
    return {flow.file.name: flow.file.place(('outcomes',), key=True) for flow in files.flows.values() if flow.value.outcomes}


def _on_request_of(conditions: Conditions) -> dict[str, Condition]:
    """Return who may ask for each assistance."""
    assistance = conditions.references.files.assistance
    top = Spot(assistance.file)
    return {
        identity: conditions.when(top / identity / 'on-request-of', entry.on_request_of)
        for identity, entry in assistance.value.items()
    }


def _reach(conditions: Conditions) -> dict[str, Condition]:
    """Return who can dial the numbers of each contact that not everybody can dial."""
    contacts = conditions.references.files.contacts
    top = Spot(contacts.file)
    return {
        identity: conditions.when(top / identity / 'reach', contact.reach)
        for identity, contact in contacts.value.items()
        if contact.reach
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
