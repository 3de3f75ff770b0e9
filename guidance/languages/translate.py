"""Translations: gettext catalogues in `data/translations/`, one per language; the English text is the message id.

So a changed English text has no translation until somebody looks again, and stands in English, marked as such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import NamedTuple

from guidance.content.braces import Fault
from guidance.content.braces import faults
from guidance.content.braces import names
from guidance.content.format import Service
from guidance.content.interface import placeholders
from guidance.content.load import Parts
from guidance.content.model import Content
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import nearest
from guidance.content.texts import Found
from guidance.content.texts import replaced
from guidance.content.texts import texts
from guidance.content.words import Words
from guidance.content.yamlfile import YamlFile
from guidance.languages import catalogue as po
from guidance.languages.catalogue import Catalogue
from guidance.languages.catalogue import Entry
from guidance.languages.catalogue import Key
from guidance.languages.language import script

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
_FEW = 0.1  # with less than this share of its texts, a language is not there at all, or a catalogue is of something else
_MOST_ABSENT = 0.25  # a correction never brings more new texts than this; a file that was cut lacks more
_MOST_LOST = 0.5  # of what is being served in a language, in one change
_UPDATE = 'python -m guidance translate'


class Message(NamedTuple):
    """A text to translate: its kind is the context, its file and place are for messages and for translators."""

    found: Found
    file: YamlFile


Texts = Mapping[Key, Message]
"""The texts of a content, each once."""


class NoCatalogue(ContentError):
    """A language of the content has no catalogue yet, or not any more."""


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


def distinct(parts: Parts) -> Texts:
    """Return every text once, as `messages` yields it first."""
    found: dict[Key, Message] = {}
    for message in messages(parts):
        found.setdefault((message.found.kind, message.found.text), message)
    return found


def languages(parts: Parts) -> tuple[str, ...]:
    """Return the languages of the content; the first is the one that the content is written in."""
    service: Service = parts.tables['service'][1]
    return tuple(service.languages)


def read_catalogue(parts: Parts, every: Texts, folder: Path, lang: str) -> Catalogue:
    """Return the catalogue of a language, for the content whose texts are `every`.

    Raises NoCatalogue if there is none, ContentError if it cannot be read or is of another language or content.
    """
    name = f'{FOLDER}/{lang}.po'
    path = folder / name
    try:
        path.lstat()
    except FileNotFoundError:
        others = nearest(path.name, (each.name for each in path.parent.glob('*.po') if each.stem not in languages(parts)))
        expected = f'the catalogue; `{_UPDATE}` makes one for a new language'
        raise NoCatalogue([Problem(Place(name), f'there is no translation into {lang}{others}', expected)]) from None
    except OSError:
        pass  # told where it is read
    found = po.read(path, name)
    told = found.told('Language')
    if told and (told.replace('_', '-') in set(languages(parts)) - {lang} or script(told) != script(lang)):
        message = f'this catalogue says that it is in `{told}`'
        raise ContentError([Problem(_in_header(found, 'Language:'), message, f'a catalogue in `{lang}`')])
    charset = re.search(r'charset=([\w-]*)', found.told('Content-Type'))
    if charset and charset[1].lower() not in ('utf-8', 'utf8'):
        message = f'this catalogue says that it is written in `{charset[1]}`'
        raise ContentError([Problem(_in_header(found, 'charset='), message, 'charset=UTF-8, and the file saved as that')])
    ours = {text for _, text in every}
    known = sum(text in ours for _, text in found.entries)
    if known < _FEW * len(found.entries):
        message = f'this catalogue is of another content: {known:,} of its {len(found.entries):,} texts stand in this one'
        raise ContentError([Problem(Place(name), message, f'a catalogue of the texts of this content, as `{_UPDATE}` makes it')])
    return found


def _in_header(found: Catalogue, part: str) -> Place:
    """Return where a line of the header stands."""
    lines = enumerate(found.lines, 1)
    number = next((number for number, line in lines if part.lower() in line.lower() and not line.startswith('#')), 1)
    line = found.lines[number - 1]
    return Place(found.name, number, max(0, line.lower().find(part.lower())) + 1, line)


def catalogues(parts: Parts, every: Texts, folder: Path) -> tuple[dict[str, Catalogue], list[Problem]]:
    """Return the catalogues of the content by language, and every reason for which a language cannot be served."""
    found: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    for lang in languages(parts)[1:]:
        try:
            found[lang] = read_catalogue(parts, every, folder, lang)
        except ContentError as error:
            problems += error.problems
        else:
            problems += _too_little(every, found[lang], lang)
    return found, problems


def _too_little(every: Texts, catalogue: Catalogue, lang: str) -> Iterator[Problem]:
    """Report a catalogue that has too little of this content to be served at all."""
    absent = len(every.keys() - catalogue.entries.keys())
    if absent > _MOST_ABSENT * len(every):
        message = f'{absent:,} of {len(every):,} texts do not stand in this catalogue: it was cut, or not brought up to date'
        yield Problem(Place(catalogue.name), message, f'the whole catalogue; if it is whole, `{_UPDATE}`')
        return
    usable = sum(1 for found, _ in every.values() if _usable(catalogue, found)[0])
    if usable < _FEW * len(every):
        message = f'only {usable:,} of {len(every):,} texts have a translation into {lang}: whoever chooses it reads English'
        expected = f'translations, or `{lang}` taken out of `languages` in data/service.yaml until they are there'
        yield Problem(Place(catalogue.name), message, expected)


def lost(before: Mapping[str, Content], after: Mapping[str, Content]) -> tuple[Problem, ...]:
    """Return each language that has lost most of its texts against `before`, the contents being served, by language.

    For a running wizard, which has something better to serve; a language that the content does not offer any more is not
    lost, but was taken away.
    """
    return tuple(
        Problem(
            Place(f'{FOLDER}/{lang}.po'),
            f'the translation into {lang} has lost most of its texts: '
            f'{new.translated:.0%} of all texts are translated, {before[lang].translated:.0%} in what is being served',
            'the translations that were there; if they are to go, start the wizard anew',
        )
        for lang, new in after.items()
        if lang in before and new.translated < (1 - _MOST_LOST) * before[lang].translated
    )


def localised(parts: Parts, catalogue: Catalogue, lang: str) -> tuple[Parts, float]:
    """Return the content in a language, and the share of its texts that are in it.

    A text without a usable translation stays English, marked as such.
    """
    source = languages(parts)[0]
    seen: Counter[bool] = Counter()

    def by(found: Found) -> str:
        said, _ = _usable(catalogue, found)
        seen[bool(said)] += 1
        if said:
            return Words(said, found.text, lang)
        return Words(found.text, found.text, source, foreign=lang != source)

    def both(entry: tuple[YamlFile, Any]) -> tuple[YamlFile, Any]:
        return entry[0], replaced(entry[1], by)

    tables = {kind: both(entry) for kind, entry in parts.tables.items()}
    folders = {kind: {name: both(entry) for name, entry in files.items()} for kind, files in parts.folders.items()}
    return Parts(tables, folders), seen[True] / max(1, seen.total())


def differences(every: Texts, catalogue: Catalogue, lang: str) -> Iterator[Problem]:
    """Report every text without a translation, and with one that is stale, lost a number, or has braces of its own."""
    expected = f'a translation in {catalogue.name}'
    for key, (found, file) in every.items():
        said, unfit = _usable(catalogue, found)
        if said:
            continue
        entry = catalogue.entries.get(key, Entry())
        about = f': "{_short(found.text)}"'
        if unfit:
            message = f'this translation into {lang} is not used: {unfit.message}{about}'
            yield Problem(catalogue.place(entry, unfit.part), message, unfit.expected, 'warning')
        else:
            message = f'the translation into {lang} is {"of an earlier text" if entry.string else "missing"}{about}'
            yield Problem(file.place(found.path), message, expected, 'warning')


def bad_braces(every: Texts) -> Iterator[Problem]:
    """Report each brace in a text of the content that the screens do not fill in: it would stand on the page as it is."""
    for found, file in every.values():
        for fault in faults(found.text, placeholders().get(found.kind, ())):
            place = file.place(found.path)
            at = place.quoted.find(fault.part, place.column - 1 - place.cut)
            place = replace(place, column=at + place.cut + 1) if at >= 0 else place
            yield Problem(place, fault.message, fault.expected)


def _usable(catalogue: Catalogue, found: Found) -> tuple[str, Fault | None]:
    """Return the translation of a text, if it may be shown; else nothing, and why not if there is one of this very text."""
    entry = catalogue.entries.get((found.kind, found.text))
    if entry is None or not entry.string or entry.fuzzy:
        return '', None
    unfit = _unfit(found.text, entry.string, placeholders().get(found.kind, ()))
    return ('', unfit) if unfit else (entry.string, None)


def _unfit(text: str, said: str, known: tuple[str, ...] = ()) -> Fault | None:
    """Return why a translation must not be shown, or nothing; `known` are the names that are filled in."""
    if '{' in said or '}' in said or '{' in text:
        fault = next(faults(said, known), None)
        if fault:
            return fault
        if names(text) != names(said):
            told = ', '.join(f'`{{{name}}}`' for name in names(text)) or 'no braces'
            return Fault('{', 'it has other braces than the text', told)
    if _numbers(text) != _numbers(said):
        return Fault('', 'it has other numbers than the text', 'the same numbers')
    return None


@lru_cache(maxsize=16_384)
def _numbers(text: str) -> Counter[str]:
    """Return the numbers in a text; the name of a month counts as its number, as Chinese writes it."""
    text = _MONTH.sub(lambda month: f' {_MONTHS.index(month[0]) + 1} ', text)
    return Counter(re.findall(r'\d+', re.sub(r'(?<=\d),(?=\d{3})', '', text)))


def _short(text: str) -> str:
    return text if len(text) <= 70 else f'{text[:67]}...'
