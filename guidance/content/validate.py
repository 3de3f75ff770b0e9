"""From what stands in a file to a value of its shape; what pydantic finds wrong is said in an author's words."""

from __future__ import annotations

import datetime
import re
import types
import typing
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic import TypeAdapter
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from guidance.content.fields import ID
from guidance.content.flow_format import TAGS
from guidance.content.lookalike import named
from guidance.content.problem import MOST
from guidance.content.problem import Problem
from guidance.content.problem import closest
from guidance.content.problem import listed
from guidance.content.problem import nearest
from guidance.content.yamlfile import COLON_IN_TEXT
from guidance.content.yamlfile import YamlFile

_EXPECTED = {
    'string_type': 'text',
    'bool_type': 'true or false',
    'int_type': 'a number',
    'date_type': 'a date, YEAR-MONTH-DAY, without quotes',
    'tuple_type': 'a list',
    'mapping_type': 'a map (key: value)',
    'dict_type': 'a map (key: value)',
    'model_type': 'a map (key: value)',
}

Location = tuple[str | int, ...]
"""A path as pydantic gives it: with the tags of a choice between shapes, which are in no file."""


def validate(file: YamlFile, shape: Any, data: Any) -> Any:
    """Return `data`, what stands in the file, as a value of `shape`, an annotation; else None, and the file has the problems."""
    if data is None:
        return None
    try:
        return _adapter(shape).validate_python(data)
    except ValidationError as error:
        _add_problems(file, shape, error)
        return None


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _add_problems(file: YamlFile, shape: Any, error: ValidationError) -> None:
    """Add the first things that are wrong with the shape of a file, and how many there are beyond them."""
    mistakes = [_Mistake(file, shape, details) for details in error.errors(include_url=False)]
    for mistake in mistakes:
        mistake.tell_of_word()
    mistakes = [mistake for mistake in mistakes if not mistake.is_reported()]
    file.more += len(mistakes[MOST:])
    file.problems.extend(_problems(mistakes[:MOST]))


def _problems(mistakes: Sequence[_Mistake]) -> Iterator[Problem]:
    misspelt = {mistake.meant() for mistake in mistakes if mistake.kind == 'extra_forbidden'}
    texts = {mistake.location[:-1] for mistake in mistakes if mistake.kind == 'extra_forbidden' and mistake.is_text()}
    for mistake in mistakes:
        if mistake.kind != 'missing' or (mistake.location not in misspelt and mistake.location[:-1] not in texts):
            yield mistake.slip() or mistake.problem()


class _Mistake:
    """One thing that pydantic found wrong in a file, to be said in an author's words."""

    def __init__(self, file: YamlFile, shape: Any, details: ErrorDetails) -> None:
        self.kind = details['type']
        self.location: Location = details['loc']
        self._file, self._shape, self._details = file, shape, details
        self._value = details['input']
        self._path = tuple(part for part in self.location if part not in TAGS)
        self._key = next((part for part in reversed(self._path) if isinstance(part, str)), file.name)

    def is_reported(self) -> bool:
        """Tell whether this follows from a problem of the file that is known already."""
        if self.kind == 'guidance' and isinstance(self._value, dict):  # what is missing in a map may be what could not be read
            return any(path[: len(self._path)] == self._path for path in self._file.trouble) or self._is_below_trouble()
        return self._is_below_trouble()

    def _is_below_trouble(self) -> bool:
        return any(self._path[:depth] in self._file.trouble for depth in range(1, len(self._path) + 1))

    def meant(self) -> Location:
        """Return where a key that is none would stand with the name that is closest to it."""
        near = closest(str(self.location[-1]), self._allowed())
        return self.location if near is None else (*self.location[:-1], near)

    def is_text(self) -> bool:
        """Tell whether a key that is none begins a text with `: ` in it, which needs quotes."""
        return not ID.fullmatch(self._key) and isinstance(self._value, str) and self._is_only_key()

    def _is_only_key(self) -> bool:
        there: Any = self._file.data
        for part in self._path[:-1]:
            if isinstance(there, dict):
                there = there.get(part, there)
            elif isinstance(there, list) and isinstance(part, int):
                there = there[part]
        return isinstance(there, dict) and len(there) == 1

    def tell_of_word(self) -> None:
        """Say of a word that YAML reads as true or false what is expected where it stands, if it is no text there."""
        if problem := self._file.words.get(self._path):
            at = self._file.problems.index(problem)
            self._file.problems[at] = replace(problem, expected=self.problem().expected)

    def slip(self) -> Problem | None:
        """Return the slip of the hand that led to this, if it was one."""
        return self._file.slip(self._path) if isinstance(self._value, str) else None

    def problem(self) -> Problem:
        """Return what is wrong, where, and what was expected."""
        match self.kind:
            case 'guidance':
                return self._of_ours()
            case 'extra_forbidden':
                return self._unknown_key()
            case 'missing':
                expected = f'{self._key}: {self._description() or "a value"}'
                return Problem(self._file.place(self._path[:-1]), f'`{self._key}` is missing', expected)
            case 'literal_error':
                return self._impossible()
        if self._value is None:
            expected = self._description() or _EXPECTED.get(self.kind, 'a value')
            return Problem(self._file.place(self._path, key=True), f'`{self._key}` has no value', expected)
        return self._wrong_value()

    def _wrong_value(self) -> Problem:
        place = self._file.place(self._path)
        if self.kind == 'string_type' and not isinstance(self._value, (list, dict)):
            typed = self._file.typed(self._path)
            message = f'`{typed}` without quotes is read as {_what(self._value)} by YAML'
            return Problem(place, message, f"'{typed}' in quotes")
        if self.kind in _EXPECTED:
            keys = list(self._value) if isinstance(self._value, dict) and self.kind == 'string_type' else ()
            is_sentence = len(keys) == 1 and not ID.fullmatch(keys[0])
            expected = f'{_EXPECTED[self.kind]}; {COLON_IN_TEXT}' if is_sentence else _EXPECTED[self.kind]
            if '->' in self._description():
                expected = f'{expected}: {self._description()}'
            return Problem(place, f'this is {_what(self._value)}', expected)
        if self.kind == 'too_short':
            return Problem(place, f'`{self._key}` is empty', 'at least one entry')
        if self.kind == 'string_pattern_mismatch':
            return Problem(place, f'`{self._value}` is not an address', 'https://...')
        message = self._details['msg']
        return Problem(place, message[0].lower() + message[1:])

    def _of_ours(self) -> Problem:
        """Return what one of our own validators says; see `fields.fail`."""
        context = self._details['ctx']
        is_key = self._path[-1:] == ('[key]',)
        place = self._file.place(self._path[:-1] if is_key else self._path, key=is_key)
        odd = named(str(self._value)) if isinstance(self._value, str) else ''
        message = f'{context["message"]}; there is {odd} in it' if odd else context['message']
        if context['kind'] == 'id' and not (is_key or odd or re.fullmatch(r'[\w-]+', self._value)):
            described = self._description()
            expected = f'an id: {described}' if described else context['expected']
            return Problem(place, f'here stands an id, not a text: {message}', expected)
        return Problem(place, message, context['expected'])

    def _unknown_key(self) -> Problem:
        allowed = self._allowed()
        if self.is_text():
            return Problem(self._file.place(self._path, key=True), f'`{self._key}` is not a key here', COLON_IN_TEXT)
        message = f'`{self._key}` is not a key here{nearest(self._key, allowed)}'
        return Problem(self._file.place(self._path, key=True), message, listed(allowed, most=20))

    def _impossible(self) -> Problem:
        possible = self._details['ctx']['expected'].replace("'", '`')
        written = self._file.typed(self._path) or self._key
        return Problem(self._file.place(self._path), f'`{written}` is not possible here', possible)

    def _allowed(self) -> Collection[str]:
        return _keys_at(self._shape, self.location[:-1])

    def _description(self) -> str:
        return _describe(self._shape, self.location) if self.location else ''


def _what(value: Any) -> str:
    if isinstance(value, bool):
        return 'true or false'
    names = {
        int: 'a number', float: 'a number', list: 'a list', dict: 'a map (key: value)', str: 'text',
        datetime.datetime: 'a date with a time',
    }  # fmt: skip
    return names.get(type(value), 'a date')


def _shape_at(shape: Any, location: Location) -> Any:
    """Return the annotation that stands at `location` below `shape`, or None."""
    for part in location:
        shape = _next(shape, part)
    return shape


def _next(shape: Any, part: str | int) -> Any:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if origin is typing.Annotated:
        return _next(arguments[0], part)
    if origin in (typing.Union, types.UnionType):
        tagged = [a for a in arguments if any(getattr(m, 'tag', None) == part for m in getattr(a, '__metadata__', ()))]
        if tagged:
            return tagged[0]
        return next((below for a in arguments if (below := _next(a, part)) is not None), None)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return next((f.annotation for n, f in shape.model_fields.items() if part in (f.alias, n)), None)
    if isinstance(part, int) or origin is not tuple:
        return arguments[-1 if origin is not tuple else 0] if arguments else None
    return None


def _keys_at(shape: Any, location: Location) -> list[str]:
    there = _shape_at(shape, location)
    while typing.get_origin(there) is not None:
        there = next(a for a in typing.get_args(there) if a is not type(None))
    return [field.alias or name for name, field in there.model_fields.items()] if there else []


def _describe(shape: Any, location: Location) -> str:
    there = _shape_at(shape, location[:-1])
    while typing.get_origin(there) is not None:
        there = typing.get_args(there)[0]
    fields = there.model_fields if isinstance(there, type) and issubclass(there, BaseModel) else {}
    return next((f.description or '' for n, f in fields.items() if location[-1] in (f.alias, n)), '')
