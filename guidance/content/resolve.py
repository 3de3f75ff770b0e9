"""From the shapes of all files to one Content: includes expanded, references followed, conditions read."""

from __future__ import annotations

from types import MappingProxyType

from guidance.content.condition import Condition
from guidance.content.conditions import Conditions
from guidance.content.format import Service
from guidance.content.include import expand
from guidance.content.model import Content
from guidance.content.model import EmergencyGroup
from guidance.content.outcomes import read_outcomes
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.questions import questions_gone
from guidance.content.questions import read_questions
from guidance.content.references import Folders
from guidance.content.references import References
from guidance.content.references import Spot
from guidance.content.references import Tables
from guidance.content.references import refer_from_data
from guidance.content.unused import unused


def resolve(tables: Tables, folders: Folders, version: str) -> Content:
    """Return the content that these files make. Raises ContentError with every reference that leads nowhere."""
    references = References(tables, folders)
    flows = expand(references)
    conditions = Conditions(references, flows.questions)
    questions = read_questions(conditions, flows.questions)
    gone = questions_gone(references, questions)
    outcomes = read_outcomes(conditions, flows.outcomes)
    refer_from_data(references)
    on_request_of = _on_request_of(conditions)
    emergency = _emergency(conditions)
    if not references.problems:
        references.problems += unused(references.files, references.tables, folders, conditions.questions, references.used)
    if references.problems:
        raise ContentError(references.problems)
    return Content(
        service=references.tables['service'],
        interface=references.tables['interface'],
        training=references.tables['training'],
        emergency=emergency,
        questions=questions,
        outcomes=outcomes,
        assistance=references.tables['assistance'],
        on_request_of=MappingProxyType(on_request_of),
        limitations=references.tables['limitations'],
        contacts=references.tables['contacts'],
        sources=references.tables['sources'],
        lists=MappingProxyType(references.lists),
        scenarios=MappingProxyType({name: value for name, (_, value) in folders['scenarios'].items()}),
        flows=len(folders['flows']),
        version=version,
        places=MappingProxyType(_places(references)),
        gone=MappingProxyType(gone),
    )


def _on_request_of(conditions: Conditions) -> dict[str, Condition]:
    """Return who may ask for each assistance."""
    references = conditions.references
    top = Spot(references.files['assistance'])
    return {
        identity: conditions.when(top / identity / 'on-request-of', entry.on_request_of)
        for identity, entry in references.tables['assistance'].items()
    }


def _emergency(conditions: Conditions) -> tuple[EmergencyGroup, ...]:
    service: Service = conditions.references.tables['service']
    top = Spot(conditions.references.files['service']) / 'emergency'
    return tuple(
        EmergencyGroup(
            group.title,
            group.contacts,
            conditions.when(top / index / 'when', group.when) if group.when else None,
            (top / index).place(),
        )
        for index, group in enumerate(service.emergency)
    )


def _places(references: References) -> dict[tuple[str, str], Place]:
    """Return where each entry of a table, case and list stands, by its kind and id."""
    places = {
        (kind, identity): file.place((identity,), key=True)
        for kind, file in references.files.items()
        if kind not in ('service', 'interface', 'training')
        for identity in references.tables[kind]
    }
    for kind in ('scenarios', 'lists'):
        places |= {(kind, name): file.place(()) for name, (file, _) in references.folders[kind].items()}
    return places
