"""Read the files of a content folder into the shapes of `format`, with a place for every problem."""

from __future__ import annotations

import datetime
import hashlib
import os
import stat
import types
import typing
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic import TypeAdapter
from pydantic import ValidationError

from guidance.content import format
from guidance.content.disk import Signature
from guidance.content.disk import Unreadable
from guidance.content.disk import below
from guidance.content.disk import cannot_be_read
from guidance.content.disk import read_bytes
from guidance.content.disk import signature
from guidance.content.fields import Id
from guidance.content.fields import Map
from guidance.content.interface import Interface
from guidance.content.interface import Training
from guidance.content.lookalike import named
from guidance.content.problem import MOST
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import closest
from guidance.content.problem import listed
from guidance.content.problem import nearest
from guidance.content.yamlfile import YamlFile

_TABLES: dict[str, tuple[str, Any]] = {
    'service': ('data/service.yaml', format.Service),
    'interface': ('data/interface.yaml', Interface),
    'training': ('data/training.yaml', Training),
    'assistance': ('data/assistance.yaml', Map[Id, format.Assistance]),
    'limitations': ('data/limitations.yaml', Map[Id, format.Limitation]),
    'steps': ('data/steps.yaml', Map[Id, format.Step]),
    'contacts': ('data/contacts.yaml', Map[Id, format.Contact]),
    'sources': ('data/sources.yaml', Map[Id, format.Source]),
}
_FOLDERS: dict[str, tuple[str, Any]] = {
    'flows': ('flows', format.FlowFile),
    'lists': ('data/lists', format.ListFile),
    'scenarios': ('data/scenarios', format.Scenario),
}
TRANSLATIONS = 'data/translations'
"""Where the catalogues stand."""

_SHAPES = {kind: shape for kind, (_, shape) in (_TABLES | _FOLDERS).items()}
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


@dataclass(frozen=True)
class Parts:
    """The shapes of all files, each with the file it came from."""

    tables: dict[str, tuple[YamlFile, Any]]
    folders: dict[str, dict[str, tuple[YamlFile, Any]]]


def read(folder: Path) -> Parts:
    """Return the shapes of all content files of `folder`. Raises ContentError with every problem of shape."""
    parts, problems = _read(folder)
    if problems:
        raise ContentError(problems)
    return parts


def content_files(folder: Path, *patterns: str) -> list[Path]:
    """Return every file that is part of the content: those of these patterns, else YAML and translations."""
    return _of(below(_tops(folder))[0], *(patterns or ('*.yaml', '*.po')))


def state(folder: Path) -> Signature:
    """Return what changes whenever a content file is written, comes or goes, or a folder of them can or cannot be read."""
    found, unread = below(_tops(folder))
    return signature([folder, *_of(found, '*.y*ml', '*.po')]) + tuple((str(path), error.errno) for path, error in unread.items())


def version(folder: Path) -> str:
    """Return a short hash of all content files."""
    return version_of(raw_files(folder))


def raw_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each content file: its name relative to the folder, and what stands in it."""
    for path in content_files(folder):
        name = path.relative_to(folder).as_posix()
        with suppress(Unreadable):  # reported where it is read for what stands in it
            yield name, read_bytes(path, name)


def version_of(files: Iterable[tuple[str, bytes]]) -> str:
    """Return a short hash of content files, given in order."""
    digest = hashlib.sha256()
    for name, raw in files:
        digest.update(name.encode(errors='surrogateescape') + b'\0' + raw + b'\0')
    return digest.hexdigest()[:10]


def _tops(folder: Path) -> list[Path]:
    """Return the folders with content. Those that are read as a folder may each be a link to one."""
    return [folder / name for name in ('flows', 'data', *(name for name, _ in _FOLDERS.values()), TRANSLATIONS)]


def _of(paths: Iterable[Path], *patterns: str) -> list[Path]:
    return [path for path in paths if any(fnmatchcase(path.name, pattern) for pattern in patterns)]


def _read(folder: Path) -> tuple[Parts, list[Problem]]:
    parts = Parts({}, {})
    try:
        if not stat.S_ISDIR(os.stat(f'{folder}/.').st_mode):  # which also asks for the right to look into it
            raise NotADirectoryError
    except (FileNotFoundError, NotADirectoryError):
        return parts, [Problem(Place(str(folder)), 'there is no such content folder', 'a folder with flows/ and data/')]
    except OSError as error:
        return parts, [cannot_be_read(str(folder), 'folder', error)]
    found, unread = below(_tops(folder))
    problems = [
        cannot_be_read(path.relative_to(folder).as_posix(), 'folder', error)
        for path, error in unread.items()
        if path.parent not in unread
    ]
    for kind, (name, _) in _TABLES.items():
        if (folder / name).parent in unread:
            continue
        if _is_missing(folder / name):
            problems.append(Problem(Place(name), 'this file is missing', 'every content has it'))
        else:
            parts.tables[kind] = _shaped(folder, name, kind, problems)
    files = _of(found, '*.yaml')
    for kind, (name, _) in _FOLDERS.items():
        here = {path.stem: path.name for path in files if path.parent == folder / name}
        if kind == 'flows' and 'main' not in here and folder / name not in unread:
            problems.append(_no_main(folder / name))
        parts.folders[kind] = {stem: _shaped(folder, f'{name}/{file}', kind, problems) for stem, file in here.items()}
    problems.extend(_strays(folder, _of(found, '*.y*ml')))
    return parts, problems


def _is_missing(path: Path) -> bool:
    """Tell whether there is no such file. Of one that may not be looked at, it is told when it is read."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _no_main(flows: Path) -> Problem:
    if os.path.isdir(flows):
        return Problem(Place(f'{flows.name}/main.yaml'), 'this file is missing', 'the flow that is walked')
    return Problem(Place(flows.name), 'this folder is missing', 'flows/main.yaml')


def _strays(folder: Path, files: Iterable[Path]) -> Iterator[Problem]:
    """Report files that look like content but that nothing reads."""
    tables = {name for name, _ in _TABLES.values()}
    folders = {name for name, _ in _FOLDERS.values()}
    for path in files:
        name, parent = path.relative_to(folder).as_posix(), path.parent.relative_to(folder).as_posix()
        if path.suffix != '.yaml':
            yield Problem(Place(name), 'nothing reads this file', f'{path.stem}.yaml')
        elif name not in tables and parent not in folders:
            yield Problem(Place(name), f'nothing reads this file{nearest(name, tables)}', listed(sorted(tables | folders)))


def _shaped(folder: Path, name: str, kind: str, problems: list[Problem]) -> tuple[YamlFile, Any]:
    file = YamlFile.read(folder / name, name)
    value = None
    if file.data is not None:
        try:
            value = _adapter(kind).validate_python(file.data)
        except ValidationError as error:
            _add_shape_problems(file, _SHAPES[kind], error)
    problems += [*file.problems, *file.rest()]
    return file, value


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_SHAPES[kind])


def _add_shape_problems(file: YamlFile, shape: Any, error: ValidationError) -> None:
    """Add the first things that are wrong with the shape of a file, and how many there are beyond them."""
    errors = [each for each in error.errors(include_url=False) if not _told(file, _path(each))]
    file.problems.extend(_shape_problems(file, shape, errors[:MOST]))
    file.more += len(errors[MOST:])


def _path(error: Any) -> tuple[str | int, ...]:
    return tuple(part for part in error['loc'] if part not in format.TAGS)


def _told(file: YamlFile, path: tuple[str | int, ...]) -> bool:
    return any(path[:depth] in file.trouble for depth in range(1, len(path) + 1))


def _shape_problems(file: YamlFile, shape: Any, errors: Sequence[Any]) -> Iterator[Problem]:
    misspelt = {
        (*each['loc'][:-1], closest(str(each['loc'][-1]), _keys_at(shape, each['loc'][:-1])))
        for each in errors
        if each['type'] == 'extra_forbidden'
    }
    for each in errors:
        loc, path = each['loc'], _path(each)
        kind, context = each['type'], each.get('ctx', {})
        if isinstance(each['input'], str) and (slip := file.slip(path)):
            yield slip
            continue
        key = next((part for part in reversed(path) if isinstance(part, str)), file.name)
        if kind == 'guidance':
            is_key = path[-1:] == ('[key]',)
            path = path[:-1] if is_key else path
            odd = named(str(each['input'])) if isinstance(each['input'], str) else ''
            message = f'{context["message"]}; there is {odd} in it' if odd else context['message']
            yield Problem(file.place(path, key=is_key), message, context['expected'])
        elif kind == 'extra_forbidden':
            allowed = _keys_at(shape, loc[:-1])
            message = f'`{key}` is not a key here{nearest(key, allowed)}'
            yield Problem(file.place(path, key=True), message, listed(allowed, most=20))
        elif kind == 'missing':
            if loc not in misspelt:
                yield Problem(file.place(path[:-1]), f'`{key}` is missing', f'{key}: {_describe(shape, loc) or "a value"}')
        elif kind == 'literal_error':
            possible = context['expected'].replace("'", '`')
            yield Problem(file.place(path), f'`{file.typed(path) or key}` is not possible here', possible)
        elif each['input'] is None:
            yield Problem(
                file.place(path, key=True), f'`{key}` has no value', _describe(shape, loc) or _EXPECTED.get(kind, 'a value')
            )
        elif kind == 'string_type' and not isinstance(each['input'], (list, dict)):
            typed = file.typed(path)
            message = f'`{typed}` without quotes is read as {_what(each["input"])} by YAML'
            yield Problem(file.place(path), message, f"'{typed}' in quotes")
        elif kind in _EXPECTED:
            yield Problem(file.place(path), f'this is {_what(each["input"])}', _EXPECTED[kind])
        elif kind == 'too_short':
            yield Problem(file.place(path), f'`{key}` is empty', 'at least one entry')
        elif kind == 'string_pattern_mismatch':
            yield Problem(file.place(path), f'`{each["input"]}` is not an address', 'https://...')
        else:
            yield Problem(file.place(path), each['msg'][0].lower() + each['msg'][1:])


def _what(value: Any) -> str:
    if isinstance(value, bool):
        return 'true or false'
    names = {
        int: 'a number', float: 'a number', list: 'a list', dict: 'a map (key: value)', str: 'text',
        datetime.datetime: 'a date with a time',
    }  # fmt: skip
    return names.get(type(value), 'a date')


def _shape_at(shape: Any, path: tuple[str | int, ...]) -> Any:
    """Return the annotation that stands at `path` below `shape`, or None."""
    for part in path:
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
        return next((found for a in arguments if (found := _next(a, part)) is not None), None)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return next((f.annotation for n, f in shape.model_fields.items() if part in (f.alias, n)), None)
    if isinstance(part, int) or origin is not tuple:
        return arguments[-1 if origin is not tuple else 0] if arguments else None
    return None


def _keys_at(shape: Any, path: tuple[str | int, ...]) -> list[str]:
    found = _shape_at(shape, path)
    while typing.get_origin(found) is not None:
        found = next(a for a in typing.get_args(found) if a is not type(None))
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _describe(shape: Any, path: tuple[str | int, ...]) -> str:
    found = _shape_at(shape, path[:-1])
    while typing.get_origin(found) is not None:
        found = typing.get_args(found)[0]
    fields = found.model_fields if isinstance(found, type) and issubclass(found, BaseModel) else {}
    return next((f.description or '' for n, f in fields.items() if path[-1] in (f.alias, n)), '')
