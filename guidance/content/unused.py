"""What stands in the content and nothing refers to: most often a slip, such as an id that was mistyped somewhere else."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from guidance.content.format import ListFile
from guidance.content.model import Question
from guidance.content.problem import Problem
from guidance.content.yamlfile import YamlFile

_KINDS = ('assistance', 'limitations', 'steps', 'contacts', 'sources')


def unused(
    files: Mapping[str, YamlFile],
    tables: Mapping[str, Any],
    folders: Mapping[str, Mapping[str, tuple[YamlFile, Any]]],
    questions: Mapping[str, Question],
    used: Mapping[str, set[str]],
) -> Iterator[Problem]:
    """Yield every entry of a table, question, list, group or field that is not in `used`: kind -> ids that are referred to."""
    for kind in _KINDS:
        for identity in tables[kind]:
            if identity not in used.get(kind, ()):
                place = files[kind].place((identity,), key=True)
                yield Problem(place, f'nothing uses the {kind.removesuffix("s")} `{identity}`', 'a use, or no entry')
    for identity, question in questions.items():
        if identity not in used.get('questions', ()):
            message = f'nothing depends on the question `{identity}`'
            yield Problem(question.place, message, 'a condition or `row-of` that names it')
    lists = {question.list for question in questions.values()}
    for name, (file, shape) in folders['lists'].items():
        if name not in lists:
            yield Problem(file.place(()), f'nothing uses the list `{name}`', '`options-from` in a question')
        else:
            yield from _of_list(name, file, shape, used)


def _of_list(name: str, file: YamlFile, shape: ListFile, used: Mapping[str, set[str]]) -> Iterator[Problem]:
    for group in shape.groups:
        if f'{name}.{group}' not in used.get('groups', ()):
            place = file.place(('groups', group), key=True)
            yield Problem(place, f'nothing uses the group `{group}`', f'a condition with `group:{group}`, or no group')
    for row, entry in shape.rows.items():
        for field in entry.fields:
            if f'{name}.{field}' not in used.get('fields', ()):
                place = file.place(('rows', row, 'fields', field), key=True)
                yield Problem(place, f'nothing uses the field `{field}`', f'`row-of` with `field: {field}`, or no field')
