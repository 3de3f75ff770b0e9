"""Translations: gettext catalogues in `data/translations/`, one per language; the English text is the message id.

So a changed English text has no translation until somebody looks again, and stands in English, marked as such.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError
from babel.messages.pofile import read_po
from babel.messages.pofile import write_po

from .format import Service
from .load import Parts
from .load import read
from .problem import Place
from .problem import Problem
from .texts import Found
from .texts import replaced
from .texts import texts
from .words import Words
from .yamlfile import YamlFile

FOLDER = 'data/translations'
_MONTHS = (
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
)
# The name of a month, as Chinese writes it; but `May`, which is a verb, too, only beside a number.
_MONTH = re.compile(rf'\b(?!May\b)({"|".join(_MONTHS)})\b|\bMay\b(?=\s\d)|(?<=\d\s)May\b')
_FIXED = datetime(2026, 11, 22, tzinfo=UTC)  # a date that changed at each run would hide what really changed
_PLACEHOLDER = re.compile(r'\{\w+\}')


class Message(NamedTuple):
    """A text to translate: its kind is the context, its file and place are for messages and for translators."""

    found: Found
    file: YamlFile


def messages(parts: Parts) -> Iterator[Message]:
    """Yield every text that readers see, in the order of the files; the cases for staff come last."""
    flows = parts.folders['flows']
    files = [
        flows['main'],
        *(flows[name] for name in flows if name != 'main'),
        *parts.tables.values(),
        *parts.folders['lists'].values(),
        *parts.folders['scenarios'].values(),
    ]
    for file, value in files:
        yield from (Message(found, file) for found in texts(value))


def languages(parts: Parts) -> tuple[str, ...]:
    """Return the languages of the content; the first is the one that the content is written in."""
    service: Service = parts.tables['service'][1]
    return tuple(service.languages)


def read_catalogue(folder: Path, lang: str) -> tuple[Catalog, list[Problem]]:
    """Return the catalogue of a language, empty if there is none or it cannot be read, and what is wrong with it."""
    name = f'{FOLDER}/{lang}.po'
    path = folder / name
    if not path.exists():
        return _empty(lang), [
            Problem(Place(name), f'there is no translation into {lang}', 'python -m guidance translate', 'warning')
        ]
    try:
        return read_po(io.BytesIO(path.read_bytes()), locale=_locale(lang), abort_invalid=True), []
    except (PoFileError, UnicodeDecodeError, ValueError, OSError) as error:
        line = getattr(error, 'lineno', 1) or 1
        return _empty(lang), [Problem(Place(name, line), f'this catalogue cannot be read: {error}', '', 'warning')]


def localised(parts: Parts, catalogue: Catalog, lang: str) -> Parts:
    """Return the content in a language; a text without a usable translation stays English, marked as such."""
    source = languages(parts)[0]

    def by(found: Found) -> str:
        said = _translation(catalogue, found)
        if said and not _unfit(found.text, said):
            return Words(said, found.text, lang)
        return Words(found.text, found.text, source, foreign=lang != source)

    def both(entry: tuple[YamlFile, Any]) -> tuple[YamlFile, Any]:
        return entry[0], replaced(entry[1], by)

    tables = {kind: both(entry) for kind, entry in parts.tables.items()}
    folders = {kind: {name: both(entry) for name, entry in files.items()} for kind, files in parts.folders.items()}
    return Parts(tables, folders)


def differences(parts: Parts, catalogue: Catalog, lang: str) -> Iterator[Problem]:
    """Report every text without a translation, with a stale one, or with one that lost a placeholder or a number."""
    seen: set[tuple[str, str]] = set()
    for found, file in messages(parts):
        if (found.kind, found.text) in seen:
            continue
        seen.add((found.kind, found.text))
        said = _translation(catalogue, found)
        entry = catalogue.get(found.text, found.kind)
        if said:
            what = _unfit(found.text, said)
        elif entry is not None and entry.fuzzy:
            what = 'is of an earlier text'
        else:
            what = 'is missing'
        if what:
            message = f'the translation into {lang} {what}: "{_short(found.text)}"'
            yield Problem(file.place(found.path), message, f'a translation in {FOLDER}/{lang}.po', 'warning')


def updated(parts: Parts, folder: Path, lang: str) -> str:
    """Return the catalogue of a language with every present text in it, as it should stand on disk.

    What was translated stays; a changed text keeps its old translation as fuzzy, which is never shown.
    """
    template = Catalog(fuzzy=False)
    for found, file in messages(parts):
        note = '.'.join(str(part) for part in found.path)
        template.add(found.text, context=found.kind, locations=[(file.name, 0)], auto_comments=[note])
    catalogue = read_catalogue(folder, lang)[0]
    catalogue.update(template, update_creation_date=False)
    catalogue.obsolete.clear()
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue().decode()


def update(folder: Path) -> list[Path]:
    """Bring every catalogue of the content up to date; return their paths. Raises ContentError for content of wrong shape."""
    parts = read(folder)
    (folder / FOLDER).mkdir(exist_ok=True)
    paths = []
    for lang in languages(parts)[1:]:
        path = folder / FOLDER / f'{lang}.po'
        path.write_text(updated(parts, folder, lang), encoding='utf-8')
        paths.append(path)
    return paths


def _empty(lang: str) -> Catalog:
    return Catalog(
        locale=_locale(lang), fuzzy=False, creation_date=_FIXED, revision_date=_FIXED,
        header_comment='# Translations of the guidance wizard. Updated by `python -m guidance translate`.',
    )  # fmt: skip


def _locale(lang: str) -> str:
    return lang.replace('-', '_')


def _translation(catalogue: Catalog, found: Found) -> str:
    entry = catalogue.get(found.text, found.kind)
    return entry.string if entry is not None and isinstance(entry.string, str) and not entry.fuzzy else ''


def _unfit(text: str, said: str) -> str:
    """Return why a translation must not be shown, or nothing."""
    if Counter(_PLACEHOLDER.findall(text)) != Counter(_PLACEHOLDER.findall(said)):
        return 'has other {placeholders}'
    if _numbers(text) != _numbers(said):
        return 'has other numbers'
    return ''


@lru_cache(maxsize=16_384)
def _numbers(text: str) -> Counter[str]:
    """Return the numbers in a text; the name of a month counts as its number, as Chinese writes it."""
    text = _MONTH.sub(lambda month: f' {_MONTHS.index(month[0]) + 1} ', text)
    return Counter(re.findall(r'\d+', re.sub(r'(?<=\d),(?=\d{3})', '', text)))


def _short(text: str) -> str:
    return text if len(text) <= 70 else f'{text[:67]}...'
