"""The JSON Schema is the format: no false alarm on a file that is good, and what it can express of a mistake is underlined."""

from __future__ import annotations

import datetime
import json

import jsonschema
import pytest

from guidance.content.json_schema import PATH
from guidance.content.json_schema import json_schema
from guidance.content.json_schema import modeline
from guidance.content.yamlfile import YamlFile
from tests.support.paths import ROOT
from tests.support.paths import TESTS
from tests.support.sampling import sampled
from tests.support.small import small_content

SCHEMA = json.loads((ROOT / PATH).read_text())
FILES = [path for top in ('flows', 'data') for path in sorted((ROOT / top).rglob('*.yaml'))]
SHIPPED = {path.relative_to(ROOT).as_posix(): path.read_text() for path in FILES}
EXAMPLES = sorted((ROOT / 'examples').rglob('*.yaml'))
BAD = sorted((TESTS / 'bad').glob('shape-*.yaml'))
BEYOND = {
    'shape-date-in-quotes': 'to an editor every date is text',
    'shape-day-is-no-date': 'to an editor every date is text',
    'shape-time-zone': 'to an editor every name may be that of a time zone',
}
"""Mistakes of shape that a schema cannot express, and why."""


def plain(value):
    """What an editor sees: every date is text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def underlined(name, text):
    """What the schema finds wrong in a content file."""
    part = modeline(name).strip().rpartition('/')[2]
    top = {**SCHEMA, '$ref': f'#/$defs/{part if part != "schema.json" and "=" not in part else "flows"}'}
    validator = jsonschema.Draft7Validator(top, format_checker=jsonschema.FormatChecker())
    return [f'{list(error.path)}: {error.message}' for error in validator.iter_errors(plain(YamlFile(name, text).data))]


def test_the_schema_that_is_shipped_is_that_of_the_format():
    assert (ROOT / PATH).read_text() == json_schema()
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize('name', sampled(SHIPPED, 4))
def test_a_shipped_file_names_its_schema_and_is_not_underlined(name):
    assert SHIPPED[name].startswith(modeline(name))
    assert underlined(name, SHIPPED[name]) == []


@pytest.mark.parametrize('path', EXAMPLES, ids=lambda path: '/'.join(path.parts[-3:]))
def test_a_file_of_an_example_names_the_schema_of_the_project_and_is_not_underlined(path):
    text, name = path.read_text(), '/'.join(path.relative_to(ROOT / 'examples').parts[1:])
    address, _, part = text.partition('\n')[0].partition('$schema=')[2].partition('#')
    assert (path.parent / address).resolve() == ROOT / PATH
    assert part == modeline(name).strip().partition('$schema=')[2].partition('#')[2]
    assert underlined(name, text) == []


@pytest.mark.parametrize('name', list(small_content()))
def test_a_file_of_the_small_content_is_not_underlined(name):
    assert underlined(name, small_content()[name]) == []


@pytest.mark.parametrize('path', BAD, ids=lambda path: path.stem)
def test_a_mistake_of_shape_is_underlined(path):
    text = path.read_text()
    found = underlined(text.splitlines()[0].removeprefix('# replaces: '), text)
    assert (found == []) == (path.stem in BEYOND), found


@pytest.mark.parametrize(
    'name, first',
    [
        ('flows/hut.yaml', '# yaml-language-server: $schema=schema.json\n'),
        ('data/contacts.yaml', '# yaml-language-server: $schema=../flows/schema.json#/$defs/contacts\n'),
        ('data/lists/places.yaml', '# yaml-language-server: $schema=../../flows/schema.json#/$defs/lists\n'),
    ],
)
def test_a_file_names_the_schema_of_its_kind(name, first):
    assert modeline(name) == first


def test_a_word_of_the_screens_is_explained_by_what_the_program_says():
    assert SCHEMA['$defs']['UiTexts']['properties']['back']['description'] == 'the program says: Back'
