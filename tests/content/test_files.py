"""The files of a content, each in its field and of its shape; and a name for each shape that no other class has."""

import inspect
from dataclasses import fields

from guidance.content import case_format
from guidance.content import flow_format
from guidance.content import format
from guidance.content import model
from guidance.content import training_words
from guidance.content import ui_texts
from guidance.content.fields import Shape
from guidance.content.load import content_files
from guidance.content.load import read
from guidance.content.loaded import Files
from guidance.content.loaded import Loaded
from tests.support.small import own_words

FORMATS = (case_format, flow_format, format, training_words, ui_texts)


def names_in(module):
    return {name for name, value in vars(module).items() if inspect.isclass(value) and value.__module__ == module.__name__}


def test_every_file_is_read_once_flows_from_main_on_first(folder):
    target = folder(own_words() | {'data/lists/islands.yaml': 'rows: {north: {label: North}}\n'})
    every = list(read(target).every())
    names = [loaded.file.name for loaded in every]
    absent = {'data/conditions.yaml', 'data/lines.yaml'}  # what a content has none of is read as empty
    assert {loaded.file.name for loaded in every if not loaded.value} == absent
    assert sorted({*names} - absent) == [path.relative_to(target).as_posix() for path in sorted(content_files(target, '*.yaml'))]
    assert names[0] == 'flows/main.yaml' and names[-1].startswith('data/cases/')


def test_tables_are_all_the_files_of_entries(folder):
    files = read(folder())
    parts = {field.name: getattr(files, field.name) for field in fields(Files)}
    single = {name: part for name, part in parts.items() if isinstance(part, Loaded) and not isinstance(part.value, Shape)}
    assert files.tables == single


def test_no_name_stands_for_what_is_written_and_for_what_is_walked():
    written = {name for module in FORMATS for name in names_in(module)}
    assert written & names_in(model) == set()
    shapes = [name for name in names_in(flow_format) if issubclass(getattr(flow_format, name), Shape)]
    assert shapes and [name for name in shapes if not name.endswith('Spec')] == []
