"""The format of every content file as one JSON Schema, by which an editor completes, explains and underlines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from guidance.content.defaults import defaults
from guidance.content.fields import CONDITION
from guidance.content.load import PARTS

PATH = 'flows/schema.json'
"""Where a content has it."""

_OPTION = {'type': 'string', 'minLength': 1}
_OPTIONS = {'anyOf': [_OPTION, {'type': 'array', 'items': _OPTION, 'minItems': 1}]}
_HERE = {'$ref': '#/$defs/condition'}
_NOT_SAID = ('title', 'default')  # of a schema: names and values that pydantic makes up, which tell an author nothing


@cache
def json_schema() -> str:
    """Return the schema as it stands in a content: as a whole, of a flow; `#/$defs/contacts` of it, of `data/contacts.yaml`."""
    shapes: list[Any] = [(part.name, 'validation', TypeAdapter(part.shape)) for part in PARTS]
    made, shared = TypeAdapter.json_schemas(shapes, ref_template='#/$defs/{model}')
    files = {part.name: made[part.name, 'validation'] for part in PARTS}
    kinds = {name: _tidy(schema) for name, schema in (files | shared['$defs']).items()}
    _of_words(kinds)
    whole = {'$schema': 'http://json-schema.org/draft-07/schema#', '$ref': '#/$defs/flows'}
    return json.dumps(whole | {'$defs': kinds | {'condition': _condition()}}, ensure_ascii=False, indent=1) + '\n'


def modeline(path: str) -> str:
    """Return the first line of the content file at `path`, by which editors find the schema."""
    part = next(part for part in PARTS if path == part.path or path.startswith(f'{part.path}/'))
    name = 'schema.json' if part.name == 'flows' else '../' * path.count('/') + f'{PATH}#/$defs/{part.name}'
    return f'# yaml-language-server: $schema={name}\n'


def _tidy(schema: Any) -> Any:
    """Return a schema as pydantic makes it, without what tells nothing, with conditions, and closed to keys that are no ids."""
    if isinstance(schema, list):
        return [_tidy(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if CONDITION.items() <= schema.items():
        said = schema.get('description')
        return {'allOf': [_HERE]} | ({'description': said} if said else {})
    tidy = {
        key: _tidy_keys(value) if key in ('properties', 'patternProperties') else _tidy(value) for key, value in schema.items()
    }
    tidy = {key: value for key, value in tidy.items() if key not in _NOT_SAID}
    if 'patternProperties' in tidy:
        tidy['additionalProperties'] = False
    if tidy.get('type') == 'array' and 'minLength' in tidy:
        tidy['minItems'] = tidy.pop('minLength')
    return tidy


def _tidy_keys(schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _tidy(schema) for key, schema in schemas.items()}


def _of_words(kinds: Mapping[str, Any]) -> None:
    """Say of each word of the screens what the program says, and that a content needs none."""
    for kind, file, path in (('UiTexts', 'data/interface.yaml', ()), ('TrainingWords', 'data/training.yaml', ('words',))):
        own = defaults(file)
        words = own.data if own else {}
        for key in path:
            words = words[key]
        for key, schema in kinds[kind]['properties'].items():
            said = words[key] if isinstance(words[key], str) else words[key]['other']
            schema['description'] = f'the program says: {said}'
    for kind in ('UiTexts', 'TrainingWords', 'Training'):
        kinds[kind].pop('required', None)


def _condition() -> dict[str, Any]:
    """Return the schema of a condition; what `fields` takes for one."""
    number = {'type': 'integer', 'minimum': 1}
    tests = [
        _OPTIONS,
        _only(**{'not': _OPTIONS}),
        _only(all=_OPTIONS),
        _only(**{'at-least': number}),
        _only(**{'at-least': number, 'of': _OPTIONS}),
    ]
    tested = {
        'type': 'object',
        'minProperties': 1,
        'properties': {'not': _HERE, 'is': _OPTIONS},
        'additionalProperties': {'anyOf': tests},
    }
    return {
        'description': '{question: option}, or a list of such maps of which one holds',
        'anyOf': [tested, {'type': 'array', 'items': tested, 'minItems': 1}],
    }


def _only(**properties: Any) -> dict[str, Any]:
    """Return the schema of a map with these keys and no others."""
    return {'type': 'object', 'properties': properties, 'required': [*properties], 'additionalProperties': False}
