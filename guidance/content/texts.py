"""The texts of loaded values: every field that `format` marks as words for a reader, found and replaced in one way."""

from __future__ import annotations

import typing
from collections.abc import Callable
from functools import cache
from types import MappingProxyType
from typing import Any
from typing import TypeVar

from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.yamlfile import KeyPath

T = TypeVar('T')


class PlacedText(typing.NamedTuple):
    """A text, where it stands in its file, and what kind of text it is, such as `Question.ask`."""

    path: KeyPath
    kind: str
    text: str


def texts(value: object) -> list[PlacedText]:
    """Return every text below a loaded value, in the order of the file."""
    found: list[PlacedText] = []
    _collect(value, (), '', found)
    return found


def _collect(value: Any, path: KeyPath, kind: str, found: list[PlacedText]) -> None:
    if isinstance(value, str):
        if kind:
            found.append(PlacedText(path, kind, value))
    elif isinstance(value, Shape):
        for name, key, here in _fields(type(value)):
            if (part := getattr(value, name)) is not None:
                _collect(part, (*path, key), here, found)
    elif isinstance(value, MappingProxyType):  # a plain dict is a condition, which has no words
        for key, part in value.items():
            _collect(part, (*path, key), kind, found)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            _collect(part, (*path, index), kind, found)


def kinds(shape: type[Shape]) -> list[str]:
    """Return the kinds of text that a shape has itself, such as `Question.ask`."""
    return [kind for _, _, kind in _fields(shape) if kind]


def replaced(value: T, by: Callable[[PlacedText], str]) -> T:
    """Return the loaded value with every text replaced by what `by` gives for it."""
    return typing.cast(T, _replaced(value, by, (), ''))


def _replaced(value: Any, by: Callable[[PlacedText], str], path: KeyPath, kind: str) -> Any:
    if isinstance(value, Shape):
        fields = _fields(type(value))
        return value.model_copy(
            update={name: _replaced(getattr(value, name), by, (*path, key), here) for name, key, here in fields}
        )
    if isinstance(value, MappingProxyType):  # a plain dict is a condition, which has no words
        return MappingProxyType({key: _replaced(part, by, (*path, key), kind) for key, part in value.items()})
    if isinstance(value, tuple):
        return tuple(_replaced(part, by, (*path, index), kind) for index, part in enumerate(value))
    return by(PlacedText(path, kind, value)) if kind and isinstance(value, str) else value


@cache
def _fields(shape: type[Shape]) -> tuple[tuple[str, str, str], ...]:
    """Return the fields of a shape below which there can be text: name, key in the file, and the kind of text, if it is text."""
    return tuple(
        (
            name,
            key := field.alias or name,
            f'{shape.context}.{key}' if _is_text(field.annotation) or _has_text(field.metadata) else '',
        )
        for name, field in shape.model_fields.items()
        if _has_text(field.metadata) or _can_have_text(field.annotation, frozenset())
    )


def _can_have_text(annotation: Any, above: frozenset[Any]) -> bool:
    """Tell whether there can be a text anywhere below a field with this annotation, which stands within the shapes `above`."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        fields = annotation.model_fields.values() if annotation not in above else ()
        above |= {annotation}
        return any(_has_text(field.metadata) or _can_have_text(field.annotation, above) for field in fields)
    return _is_text(annotation) or any(_can_have_text(part, above) for part in typing.get_args(annotation))


def _has_text(metadata: typing.Iterable[Any]) -> bool:
    return any(mark in typing.get_args(Text) for mark in metadata)


def _is_text(annotation: Any) -> bool:
    """Tell whether the annotation is `Text`, or a choice or list of it; the texts of a map inside are its own."""
    if typing.get_origin(annotation) is typing.Annotated and _has_text(annotation.__metadata__):
        return True
    return any(_is_text(part) for part in typing.get_args(annotation))
