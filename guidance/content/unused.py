"""What stands in the content and nothing refers to: most often a slip, such as an id that was mistyped somewhere else."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping

from guidance.content.format import Limitation
from guidance.content.format import ListFile
from guidance.content.loaded import Files
from guidance.content.loaded import Loaded
from guidance.content.model import Question
from guidance.content.problem import Problem


def unused(files: Files, questions: Mapping[str, Question], used: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Yield every entry of a table, question, list, group or field that is not in `used`: kind -> ids that are referred to."""
    for table, loaded in files.tables.items():
        for identity, entry in loaded.value.items():
            if identity not in used.get(table, ()) and not (isinstance(entry, Limitation) and entry.general):
                place = loaded.file.place((identity,), key=True)
                yield Problem(place, f'nothing uses the {table.removesuffix("s")} `{identity}`', 'a use, or no entry')
    for identity, question in questions.items():
        if identity not in used.get('questions', ()):
            message = f'nothing depends on the question `{identity}`'
            yield Problem(question.place, message, 'a condition or `row-of` that names it')
    lists = {question.list for question in questions.values()}
    for name, list_file in files.lists.items():
        if name not in lists:
            yield Problem(list_file.file.place(()), f'nothing uses the list `{name}`', '`options-from` in a question')
        else:
            yield from _of_list(name, list_file, used)


def _of_list(name: str, loaded: Loaded[ListFile], used: Mapping[str, set[str]]) -> Iterator[Problem]:
    for group, spec in loaded.value.groups.items():
        if not spec.label and f'{name}.{group}' not in used.get('groups', ()):
            place = loaded.file.place(('groups', group), key=True)
            yield Problem(place, f'nothing uses the group `{group}`', f'a condition with `group:{group}`, or no group')
    for row, entry in loaded.value.rows.items():
        for field in entry.fields:
            if f'{name}.{field}' not in used.get('fields', ()):
                place = loaded.file.place(('rows', row, 'fields', field), key=True)
                yield Problem(place, f'nothing uses the field `{field}`', f'`row-of` with `field: {field}`, or no field')
