"""Translations: gettext catalogues in `data/translations/`, one per language; the text of the content files is the message id.

So a changed text has no translation until somebody looks again, and stands as it was written, marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from guidance.content.braces import Fault
from guidance.content.braces import faults
from guidance.content.braces import names
from guidance.content.load import TRANSLATIONS
from guidance.content.loaded import Files
from guidance.content.loaded import Loaded
from guidance.content.local_text import LocalText
from guidance.content.local_text import original
from guidance.content.model import Content
from guidance.content.named import KINDS as NAMING
from guidance.content.placeholders import placeholders
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import nearest
from guidance.content.texts import replaced
from guidance.languages import catalogue as po
from guidance.languages.catalogue import Catalogue
from guidance.languages.catalogue import Entry
from guidance.languages.catalogue import Key
from guidance.languages.language import script
from guidance.languages.messages import Messages
from guidance.languages.messages import languages
from guidance.languages.numbers import numbers
from guidance.languages.program import said
from guidance.languages.program import speaks

T = TypeVar('T')
_FEW = 0.1  # with less than this share of its texts, a language is not there at all, or a catalogue is of something else
_MOST_ABSENT = 0.25  # a correction never brings more new texts than this; a file that was cut lacks more
_MOST_LOST = 0.5  # of what is being served in a language, in one change
_UPDATE = 'python -m guidance translate'


class NoCatalogue(ContentError):
    """A language of the content has no catalogue yet, or not any more."""


@dataclass(frozen=True)
class Translation:
    """The catalogue of the language `lang`, for texts in the language `source`."""

    catalogue: Catalogue
    lang: str
    source: str
    known: dict[Key, tuple[str, Fault | None]] = field(default_factory=dict, repr=False, compare=False)  # what `of` returned

    def of(self, key: Key) -> tuple[str, Fault | None]:
        """Return the translation of a text, if it may be shown; else nothing, and why not if there is one of this very text.

        What the catalogue lacks may be a text of the program, which has translations of its own.
        """
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._look_up(key)
        return found

    def local(self, kind: str, text: str) -> LocalText:
        """Return a text in the language; without a usable translation as it was written, marked as such."""
        translated, _ = self.of((kind, text))
        if translated:
            return LocalText(translated, text, self.lang)
        return LocalText(text, text, self.source, foreign=True)

    def share(self, files: Files) -> float:
        """Return the share of all texts that are in the language."""
        every = [bool(self.of((kind, text))[0]) for loaded in files.every() for _, kind, text in loaded.texts]
        return sum(every) / max(1, len(every))

    def _look_up(self, key: Key) -> tuple[str, Fault | None]:
        kind, text = key
        entry = self.catalogue.entries.get(key)
        if entry is None or not entry.string or entry.fuzzy:
            return said(self.lang, (kind, original(text))), None
        known = tuple(names(text)) if kind in NAMING else placeholders().get(kind, ())
        unfit = self._unfit(text, entry.string, known)
        return ('', unfit) if unfit else (entry.string, None)

    def _unfit(self, text: str, translated: str, known: tuple[str, ...]) -> Fault | None:
        """Return why a translation must not be shown, or nothing; `known` are the names that are filled in."""
        if '{' in translated or '}' in translated or '{' in text:
            fault = next(faults(translated, known), None)
            if fault:
                return fault
            if names(text) != names(translated):
                expected = ', '.join(f'`{{{name}}}`' for name in names(text)) or 'no braces'
                return Fault('{', 'it has other braces than the text', expected)
        if numbers(text, self.source) != numbers(translated, self.lang):
            return Fault('', 'it has other numbers than the text', 'the same numbers')
        return None


def read_catalogue(files: Files, messages: Messages, folder: Path, lang: str) -> Catalogue:
    """Return the catalogue of a language, for the content that has these messages.

    Raises NoCatalogue if there is none, ContentError if it cannot be read or is of another language or content.
    """
    name = f'{TRANSLATIONS}/{lang}.po'
    path = folder / name
    try:
        path.lstat()
    except FileNotFoundError:
        others = nearest(path.name, (other.name for other in path.parent.glob('*.po') if other.stem not in languages(files)))
        expected = f'the catalogue; `{_UPDATE}` makes one for a new language'
        raise NoCatalogue([Problem(Place(name), f'there is no translation into {lang}{others}', expected)]) from None
    except OSError:
        pass  # told where it is read
    catalogue = po.read(path, name)
    _check_header(files, catalogue, lang)
    _check_content(messages, catalogue)
    return catalogue


def _check_header(files: Files, catalogue: Catalogue, lang: str) -> None:
    """Raise ContentError if the catalogue says itself that it is something else."""
    named = catalogue.header_value('Language')
    if named and (named.replace('_', '-') in set(languages(files)) - {lang} or script(named) != script(lang)):
        message = f'this catalogue says that it is in `{named}`'
        raise ContentError([Problem(_in_header(catalogue, 'Language:'), message, f'a catalogue in `{lang}`')])
    charset = re.search(r'charset=([\w-]*)', catalogue.header_value('Content-Type'))
    if charset and charset[1].lower() not in ('utf-8', 'utf8'):
        message = f'this catalogue says that it is written in `{charset[1]}`'
        expected = 'charset=UTF-8, and the file saved as that'
        raise ContentError([Problem(_in_header(catalogue, 'charset='), message, expected)])


def _check_content(messages: Messages, catalogue: Catalogue) -> None:
    """Raise ContentError if hardly a text of the catalogue stands in this content."""
    ours = {text for _, text in messages}
    known = sum(text in ours for _, text in catalogue.entries)
    if known < _FEW * len(catalogue.entries):
        message = f'this catalogue is of another content: {known:,} of its {len(catalogue.entries):,} texts stand in this one'
        expected = f'a catalogue of the texts of this content, as `{_UPDATE}` makes it'
        raise ContentError([Problem(Place(catalogue.name), message, expected)])


def _in_header(catalogue: Catalogue, part: str) -> Place:
    """Return where a line of the header stands."""
    lines = enumerate(catalogue.lines, 1)
    number = next((number for number, line in lines if part.lower() in line.lower() and not line.startswith('#')), 1)
    line = catalogue.lines[number - 1]
    return Place(catalogue.name, number, max(0, line.lower().find(part.lower())) + 1, line)


def to_translate(messages: Messages, lang: str) -> Messages:
    """Return the texts that a catalogue of the content needs: not those of the program, if it has them in this language."""
    if not speaks(lang):
        return messages
    return {key: message for key, message in messages.items() if not message.program}


def translations(files: Files, messages: Messages, folder: Path) -> tuple[list[Translation], list[Problem]]:
    """Return the translations of the content, and every reason for which a language cannot be served."""
    source, *others = languages(files)
    usable: list[Translation] = []
    problems: list[Problem] = []
    for lang in others:
        try:
            translation = Translation(read_catalogue(files, messages, folder, lang), lang, source)
        except ContentError as error:
            problems += error.problems
        else:
            usable.append(translation)
            problems += _too_little(files, to_translate(messages, lang), translation)
    return usable, problems


def _too_little(files: Files, messages: Messages, translation: Translation) -> Iterator[Problem]:
    """Report a catalogue that has too little of this content to be served at all."""
    catalogue, lang = translation.catalogue, translation.lang
    absent = len(messages.keys() - catalogue.entries.keys())
    if absent > _MOST_ABSENT * len(messages):
        message = f'{absent:,} of {len(messages):,} texts do not stand in this catalogue: it was cut, or not brought up to date'
        yield Problem(Place(catalogue.name), message, f'the whole catalogue; if it is whole, `{_UPDATE}`')
        return
    usable = sum(1 for key in messages if translation.of(key)[0])
    if usable < _FEW * len(messages):
        source = files.service.value.languages[translation.source]
        message = f'only {usable:,} of {len(messages):,} texts have a translation into {lang}: whoever chooses it reads {source}'
        expected = f'translations, or `{lang}` taken out of `languages` in data/service.yaml until they are there'
        yield Problem(Place(catalogue.name), message, expected)


def lost(before: Mapping[str, Content], after: Mapping[str, Content]) -> tuple[Problem, ...]:
    """Return each language that has lost most of its texts against `before`, the contents being served, by language.

    For a running wizard, which has something better to serve; a language that the content does not offer any more is not
    lost, but was taken away.
    """
    return tuple(
        Problem(
            Place(f'{TRANSLATIONS}/{lang}.po'),
            f'the translation into {lang} has lost most of its texts: '
            f'{new.translated:.0%} of all texts are translated, {before[lang].translated:.0%} in what is being served',
            'the translations that were there; if they are to go, start the wizard anew',
        )
        for lang, new in after.items()
        if lang in before and new.translated < (1 - _MOST_LOST) * before[lang].translated
    )


def localised(files: Files, translation: Translation) -> Files:
    """Return the files in a language, but for flows, steps and lines: their words are replaced in what is made of them."""

    def one(loaded: Loaded[T]) -> Loaded[T]:
        return replace(loaded, value=replaced(loaded.value, lambda placed: translation.local(placed.kind, placed.text)))

    return replace(
        files,
        service=one(files.service),
        ui_texts=one(files.ui_texts),
        training=one(files.training),
        assistance=one(files.assistance),
        limitations=one(files.limitations),
        contacts=one(files.contacts),
        sources=one(files.sources),
        lists={name: one(loaded) for name, loaded in files.lists.items()},
        cases={name: one(loaded) for name, loaded in files.cases.items()},
    )


def differences(messages: Messages, translation: Translation) -> Iterator[Problem]:
    """Report every text without a translation, and with one that is stale, lost a number, or has braces of its own."""
    catalogue, lang = translation.catalogue, translation.lang
    expected = f'a translation in {catalogue.name}'
    for key, message in messages.items():
        translated, unfit = translation.of(key)
        if translated:
            continue
        entry = catalogue.entries.get(key, Entry())
        about = f': "{_short(message.text)}"'
        if unfit:
            wrong = f'this translation into {lang} is not used: {unfit.message}{about}'
            yield Problem(catalogue.place(entry, unfit.part), wrong, unfit.expected, 'warning')
        else:
            wrong = f'the translation into {lang} is {"of an earlier text" if entry.string else "missing"}{about}'
            yield Problem(message.place(), wrong, expected, 'warning')


def bad_braces(messages: Messages, *, helped: bool) -> Iterator[Problem]:
    """Report each brace in a text of the content that the screens do not fill in: it would stand on the page as it is.

    `helped`: the service has a contact that stands first, whose number `{help}` is.
    """
    for message in messages.values():
        known = tuple(names(message.text)) if message.kind in NAMING else placeholders().get(message.kind, ())
        for fault in faults(message.text, known if helped else tuple(name for name in known if name != 'help')):
            place = message.place()
            at = place.quoted.find(fault.part, place.column - 1 - place.cut)
            place = place._replace(column=at + place.cut + 1) if at >= 0 else place
            yield Problem(place, fault.message, fault.expected)


def _short(text: str) -> str:
    return text if len(text) <= 70 else f'{text[:67]}...'
