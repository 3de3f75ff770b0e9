"""Bring the catalogues up to date with the texts of the content, without losing anything that somebody translated."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from guidance.content import files
from guidance.content.defaults import WORDS
from guidance.content.load import TRANSLATIONS
from guidance.content.load import read
from guidance.content.loaded import Files
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import nearest
from guidance.languages import catalogue as po
from guidance.languages.catalogue import Catalogue
from guidance.languages.catalogue import Entry
from guidance.languages.catalogue import Key
from guidance.languages.catalogue import previous
from guidance.languages.messages import Message
from guidance.languages.messages import every_message
from guidance.languages.messages import languages
from guidance.languages.messages import messages
from guidance.languages.program import program_messages
from guidance.languages.program import speaks
from guidance.languages.translate import NoCatalogue
from guidance.languages.translate import Translation
from guidance.languages.translate import read_catalogue

_ALIKE = 0.4  # how much of two texts must be the same (0 to 1) for the translation of one to be a draft of the other's
_HEADER = """\
Project-Id-Version: guidance wizard
POT-Creation-Date: 2026-11-22 00:00+0000
Language: {lang}
Plural-Forms: nplurals=1; plural=0;
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
"""
_COMMENT = '# Translations of the guidance wizard. Updated by `python -m guidance translate`.'


def update(folder: Path, forget: bool = False, same_meaning: str = '') -> dict[Path, bool]:
    """Bring every catalogue of the content up to date; return their paths, and whether each was changed.

    `forget` throws away the translations of texts that are not in the content any more. `same_meaning` names a text that means
    what it meant before it was changed: see `kept_meaning`. Raises ContentError, before
    anything is written, for content of wrong shape and for catalogues that cannot be read or are of something else;
    OSError if one cannot be written.
    """
    content = read(folder)
    texts = messages(content)
    old: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    for lang in languages(content)[1:]:
        try:
            old[lang] = read_catalogue(content, texts, folder, lang)
        except NoCatalogue:
            old[lang] = new(lang)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    new_ones = {lang: updated(needed(content, lang), catalogue, forget) for lang, catalogue in old.items()}
    if same_meaning:
        new_ones = kept_meaning(new_ones, languages(content)[0], same_meaning)
    made = {folder / TRANSLATIONS / f'{lang}.po': po.written(catalogue) for lang, catalogue in new_ones.items()}
    (folder / TRANSLATIONS).mkdir(exist_ok=True)
    return {path: files.replace(path, text.encode()) for path, text in made.items()}


def new(lang: str) -> Catalogue:
    """Return a catalogue in which nothing is translated yet."""
    return Catalogue(f'{TRANSLATIONS}/{lang}.po', Entry(_HEADER.format(lang=lang.replace('-', '_')), comments=(_COMMENT,)))


def update_program() -> dict[Path, bool]:
    """Bring the catalogues of the program's own words up to date; return their paths, and whether each was changed."""
    made = {path: updated(program_messages(), po.read(path, path.name)) for path in sorted(WORDS.glob('*.po'))}
    return {path: files.replace(path, po.written(catalogue).encode()) for path, catalogue in made.items()}


def needed(content: Files, lang: str) -> Iterator[Message]:
    """Yield the texts that the content's catalogue of a language has."""
    return (message for message in every_message(content) if not (message.program and speaks(lang)))


def updated(texts: Iterable[Message], old: Catalogue, forget: bool = False) -> Catalogue:
    """Return a catalogue with every one of these texts in it.

    What was translated stays, and comes back with its text. A changed text has the translation of the text that it was as
    fuzzy, which is never shown. Translations of texts that went are kept as obsolete.
    """
    present = _present(texts)
    known = old.obsolete | {key: entry for key, entry in old.entries.items() if entry.string or key not in old.obsolete}
    gone = {key: entry for key, entry in known.items() if key not in present and entry.string}
    drafts = _Drafts(known, gone)
    entries = {}
    for key, places in present.items():
        entry = known.get(key) or drafts.of(key)
        was = entry.previous if entry.fuzzy else ()
        entries[key] = entry._replace(notes=places.notes, files=places.files, previous=was)
    times = Counter(entry.string for entry in (*entries.values(), *gone.values()))
    kept = {key: entry for key, entry in gone.items() if not entry.fuzzy or times[entry.string] == 1}
    return Catalogue(old.name, old.header, entries, {} if forget else kept)


def kept_meaning(catalogues: Mapping[str, Catalogue], source: str, name: str) -> dict[str, Catalogue]:
    """Return catalogues, by language, in which the translation of a text that changed in form only is in use again.

    `name` is where the text stands, as the catalogues say it, such as `outcomes.hurt.title`; with its file before it and a colon
    where several have that. `source` is the language that it is written in. Raises ContentError if no such text waits for
    somebody to look at its translation, or a translation does not fit it.
    """
    problems: list[Problem] = []
    made: dict[str, Catalogue] = {}
    waiting: dict[str, None] = {}
    for lang, catalogue in catalogues.items():
        fuzzy = {key: entry for key, entry in catalogue.entries.items() if entry.fuzzy and entry.string}
        waiting |= dict.fromkeys(each for entry in fuzzy.values() for each in _names(entry))
        found = {key: _looked_at(entry) for key, entry in fuzzy.items() if name in _names(entry)}
        made[lang] = replace(catalogue, entries=catalogue.entries | found)
        problems += _not_one(catalogue, name, found) or _unfit(Translation(made[lang], lang, source), name, found)
    if name not in waiting:
        what = f'no text called `{name}` waits for somebody to look at its translation{nearest(name, waiting)}'
        problems.append(Problem(Place(TRANSLATIONS), what, 'a text that changed, by the name above it in a catalogue'))
    if problems:
        raise ContentError(problems)
    return made


def _not_one(catalogue: Catalogue, name: str, found: Mapping[Key, Entry]) -> list[Problem]:
    if len(found) < 2:
        return []
    files = ', '.join(f'`{file}:{name}`' for entry in found.values() for file in entry.files)
    return [Problem(Place(catalogue.name), f'{len(found)} texts are called `{name}`', f'the file with it: {files}')]


def _unfit(translation: Translation, name: str, found: Iterable[Key]) -> list[Problem]:
    faults = [fault for key in found if (fault := translation.of(key)[1])]
    place = Place(translation.catalogue.name)
    return [Problem(place, f'the translation of `{name}` does not fit: {fault.message}', fault.expected) for fault in faults]


def _names(entry: Entry) -> set[str]:
    """Return how the text of an entry may be called: where it stands, also with its file before it."""
    return {*entry.notes, *(f'{file}:{note}' for file in entry.files for note in entry.notes)}


def _looked_at(entry: Entry) -> Entry:
    return entry._replace(flags=tuple(flag for flag in entry.flags if flag != 'fuzzy'), previous=())


def _present(texts: Iterable[Message]) -> dict[Key, Entry]:
    """Return an entry without a translation for every text, with where it stands."""
    notes: dict[Key, dict[str, None]] = defaultdict(dict)
    names: dict[Key, dict[str, None]] = defaultdict(dict)
    for message in texts:
        notes[message.key]['.'.join(map(str, message.path))] = None
        names[message.key][message.file.name] = None
    return {key: Entry(notes=tuple(notes[key]), files=tuple(names[key])) for key in notes}


class _Drafts:
    """What a text without a translation may begin with: that of the same text elsewhere, or of one like it that went.

    Likeness is the share of groups of three letters that two texts have in common. An index of them finds the likest of
    thousands of texts at once; comparing letter by letter takes a millisecond for each.
    """

    def __init__(self, known: Mapping[Key, Entry], gone: Mapping[Key, Entry]) -> None:
        self._same = {text: ((context, text), entry) for (context, text), entry in known.items() if entry.string}
        self._gone = list(gone.items())
        self._sizes: list[int] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, ((_, text), _) in enumerate(self._gone):
            groups = _groups(text)
            self._sizes.append(len(groups))
            for group in groups:
                self._with[group].append(number)

    def of(self, key: Key) -> Entry:
        """Return the entry that a new text begins with: fuzzy, or without a translation if nothing is like it."""
        like = self._same.get(key[1]) or self._likest(key)
        if like is None:
            return Entry()
        before, entry = like
        return Entry(entry.string, tuple(sorted({*entry.flags, 'fuzzy'})), entry.comments, previous(before))

    def _likest(self, key: Key) -> tuple[Key, Entry] | None:
        groups = _groups(key[1])
        common: Counter[int] = Counter()
        for group in groups:
            common.update(self._with.get(group, ()))

        def likeness(number: int) -> tuple[float, bool]:
            share = 2 * common[number] / (self._sizes[number] + len(groups))
            return share, self._gone[number][0][0] == key[0]  # of two that are as like, the one of the same kind

        likest = max(common, key=likeness, default=None)
        return self._gone[likest] if likest is not None and likeness(likest)[0] >= _ALIKE else None


def _groups(text: str) -> set[str]:
    padded = f'  {text.lower()} '
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
