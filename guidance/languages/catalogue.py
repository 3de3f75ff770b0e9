"""Catalogues of translations (gettext's PO files): read strictly, written as gettext's own tools write them.

A file that was cut or mangled is refused with its place, never mended in silence: what is read here is written back later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from guidance.content.disk import read_bytes
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem

Key = tuple[str, str]
"""The context of an entry and its text, as the content files have it."""

_LINE = re.compile(r'(msgctxt|msgid|msgstr)?\s*"((?:[^"\\]|\\.)*)"\s*')
_BEFORE = {'msgctxt': ('',), 'msgid': ('', 'msgctxt'), 'msgstr': ('msgid',)}  # which keyword may stand before, in their order
_WORDS = ('', *_BEFORE)
_ESCAPED = re.compile(r'\\([\\trn"])')
_CHARACTERS = {'t': '\t', 'r': '\r', 'n': '\n'}
_FORMER_SHAPES = {'Scenario': 'Case'}  # old name -> name; the first part of a context
_WHOLE = 'a whole file: take it from where it was made, or from version control'


class Entry(NamedTuple):
    """A text and its translation; `line` is where the translation stands, from 1.

    `comments` are the translators' own, `previous` the lines that tell of which earlier text a fuzzy translation is.
    `notes` and `files` tell translators where the text stands; they are written, not read.
    """

    string: str = ''
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    line: int = 1

    @property
    def fuzzy(self) -> bool:
        """Tell whether somebody has to look at the translation before it is shown."""
        return 'fuzzy' in self.flags


@dataclass
class Catalogue:
    """All entries of a language; `obsolete` are those of texts that went, kept in case they come back."""

    name: str
    header: Entry = Entry()
    entries: dict[Key, Entry] = field(default_factory=dict)
    obsolete: dict[Key, Entry] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)  # as they were read, to be quoted

    def header_value(self, name: str) -> str:
        """Return what the header says under a name such as `Language`, or nothing."""
        line = re.search(rf'^{re.escape(name)}:[ \t]*(.*)$', self.header.string, re.MULTILINE | re.IGNORECASE)
        return line[1].strip() if line else ''

    def place(self, entry: Entry, part: str = '') -> Place:
        """Return where a translation stands; with `part`, where in it that part stands."""
        for number in range(entry.line, len(self.lines) + 1):
            line = self.lines[number - 1]
            if part and part in line:
                return Place(self.name, number, line.index(part) + 1, _printable(line))
            if not line.strip():
                break
        return Place(self.name, entry.line, 1, _printable(self.lines[entry.line - 1]) if self.lines else '')


def read(path: Path, name: str) -> Catalogue:
    """Read the catalogue at `path`, called `name` in messages. Raises ContentError if it is not one whole catalogue in UTF-8."""
    raw = read_bytes(path, name)
    try:
        return parsed(raw.decode('utf-8-sig'), name)
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        place = Place(name, before.count(b'\n') + 1, error.start - before.rfind(b'\n'))
        if error.reason == 'unexpected end of data':
            problem = Problem(place, 'the file ends in the middle of a character', _WHOLE)
        else:
            problem = Problem(place, 'this catalogue is not UTF-8 text', 'save it as UTF-8')
        raise ContentError([problem]) from None


def parsed(text: str, name: str) -> Catalogue:
    """Return the catalogue that `text` is. Raises ContentError with the first line that is not part of one."""
    if not text.strip():
        raise ContentError([Problem(Place(name), 'this catalogue is empty', _WHOLE)])
    return _Reader(text, name).read()


class _Reader:
    """Reads line by line; an entry is complete where the next one or a comment begins."""

    def __init__(self, text: str, name: str) -> None:
        self._lines = text.split('\n')
        self._catalogue = Catalogue(name, lines=self._lines)
        self._headed = False
        self._begin()

    def _begin(self) -> None:
        self._words: dict[str, list[str]] = {}  # keyword -> the lines of its text
        self._word = ''
        self._obsolete = False
        self._line = 1
        self._commented = False
        self._comments: list[str] = []
        self._previous: list[str] = []
        self._flags: list[str] = []

    def read(self) -> Catalogue:
        for number, whole in enumerate(self._lines, 1):
            line = whole.strip()
            if not line:
                continue
            if line[0] != '#':
                self._text(number, line, obsolete=False)
            elif line.startswith('#~') and not line.startswith('#~|'):
                self._text(number, line[2:].lstrip(), obsolete=True)
            else:
                if self._words:
                    self._end(number)
                self._comment(line)
        last = len(self._lines)
        self._end(last)
        if self._commented:
            self._wrong(last, 'the file ends in the middle of an entry', _WHOLE)
        if not self._headed:
            expected = 'the entry with an empty `msgid` and the lines `Language:` and `Content-Type:` that every catalogue has'
            self._wrong(1, 'this catalogue has no header: it was cut, or is none', expected)
        return self._catalogue

    def _text(self, number: int, line: str, obsolete: bool) -> None:
        word, _, rest = line.partition('"')
        word, text = word.rstrip(), rest[:-1]
        if rest[-1:] != '"' or '"' in text or '\\' in text or word not in _WORDS:  # few lines need a closer look
            entry_line = _LINE.fullmatch(line)
            if entry_line is None:
                self._mangled(number, line)
                return
            word, text = entry_line.groups('')
        if not word:
            if not self._word or obsolete != self._obsolete:
                self._wrong(number, 'this line continues nothing', 'a keyword before the text: msgctxt, msgid or msgstr')
            self._words[self._word].append(text)
            return
        if word != 'msgstr' and 'msgid' in self._words:
            self._end(number)
        if self._word not in _BEFORE[word]:
            self._wrong(number, f'`{word}` is out of order here', 'msgctxt, msgid, msgstr, in this order')
        if self._word and obsolete != self._obsolete:
            self._wrong(number, 'half of this entry is marked as obsolete', '`#~` before each of its lines, or before none')
        self._word, self._words[word], self._obsolete, self._line = word, [text], obsolete, number

    def _comment(self, line: str) -> None:
        self._commented = True
        if line.startswith(('#.', '#:', '#~|')):  # where the text stands is told anew each time
            return
        if line.startswith('#,'):
            self._flags += [flag.strip() for flag in line[2:].split(',') if flag.strip()]
        elif line.startswith('#|'):
            self._previous.append(line)
        else:
            self._comments.append(line)

    def _end(self, number: int) -> None:
        """Take over the entry that ends before this line, if one was begun."""
        if not self._words:
            return
        if 'msgstr' not in self._words:
            self._wrong(number, f'the entry at line {self._line} has no `msgstr`', _WHOLE)
        context, text, string = [_plain(''.join(self._words.get(word, ()))) for word in _BEFORE]
        context = _present(context)
        flags = tuple(dict.fromkeys(self._flags)) if self._flags else ()
        entry = Entry(string, flags, tuple(self._comments), tuple(self._previous), line=self._line)
        key = (context, text)
        if key != ('', ''):
            self._add(self._catalogue.obsolete if self._obsolete else self._catalogue.entries, key, entry)
        elif self._headed and not self._obsolete:
            self._wrong(self._line, 'this is a second header', 'one catalogue in one file')
        elif not self._obsolete:
            self._catalogue.header, self._headed = entry, True
        self._begin()

    def _add(self, entries: dict[Key, Entry], key: Key, entry: Entry) -> None:
        """Add an entry. Two different translations of one text are a mistake; among obsolete ones the first counts."""
        there = entries.get(key)
        if there is not None and entry.string and there.string not in ('', entry.string) and not self._obsolete:
            message = f'this text has another translation at line {there.line}'
            self._wrong(entry.line, message, 'each text once')
        if there is None or not there.string:
            entries[key] = entry

    def _mangled(self, number: int, line: str) -> None:
        if line.startswith(('msgid_plural', 'msgstr[')):
            self._wrong(number, 'no text of this content has plural forms', 'a catalogue of this content')
        if re.fullmatch(r'(\w+\s*)?"(?:[^"\\]|\\.)*\\?', line):
            self._wrong(number, 'the quote is not closed', 'the text between two quotes on one line', '"')
        self._wrong(number, 'this is no line of a catalogue', 'msgctxt, msgid or msgstr and a text in quotes, or a comment (#)')

    def _wrong(self, number: int, message: str, expected: str, part: str = '') -> None:
        line = self._lines[number - 1]
        column = line.find(part) + 1 if part else len(line) - len(line.lstrip()) + 1
        raise ContentError([Problem(Place(self._catalogue.name, number, max(1, column), _printable(line)), message, expected)])


def written(catalogue: Catalogue) -> str:
    """Return the catalogue as it stands on disk: the header, the entries in their order, the obsolete ones last."""
    lines = [*_written(('', ''), catalogue.header)]
    for key, entry in catalogue.entries.items():
        lines += _written(key, entry)
    for key, entry in catalogue.obsolete.items():
        lines += _written(key, entry, '#~ ')
    return '\n'.join(lines) + '\n'


def _written(key: Key, entry: Entry, before: str = '') -> Iterable[str]:
    context, text = key
    yield from entry.comments
    for note in entry.notes:
        yield from _wrapped('#. ', note)
    yield from _wrapped('#: ', ' '.join(sorted(entry.files)))
    if entry.flags:
        yield f'#, {", ".join(sorted(entry.flags))}'
    if not before:
        yield from entry.previous
    if context:
        yield f'{before}msgctxt {_quoted(context, before)}'
    yield f'{before}msgid {_quoted(text, before)}'
    yield f'{before}msgstr {_quoted(entry.string, before)}'
    yield ''


def _wrapped(mark: str, text: str) -> list[str]:
    return [mark + line for line in wrap(text, 76, break_long_words=False, break_on_hyphens=False)]


def _quoted(text: str, before: str) -> str:
    lines = [f'"{_escaped(line)}"' for line in text.splitlines(keepends=True)]
    return f'\n{before}'.join(['""', *lines]) if len(lines) > 1 else ''.join(lines) or '""'


def _escaped(text: str) -> str:
    text = text.replace('\\', '\\\\').replace('"', '\\"')
    return text.replace('\t', '\\t').replace('\r', '\\r').replace('\n', '\\n')


def previous(key: Key) -> tuple[str, ...]:
    """Return the comment that tells of which earlier text a fuzzy translation is."""
    return (f'#| msgid "{_escaped(key[1])}"',)


def _present(context: str) -> str:
    """Return a context with the present name of its shape, so that no translation is lost that was made under the old one."""
    shape, dot, key = context.partition('.')
    return f'{_FORMER_SHAPES[shape]}{dot}{key}' if shape in _FORMER_SHAPES else context


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda escape: _CHARACTERS.get(escape[1], escape[1]), text) if '\\' in text else text


def _printable(line: str) -> str:
    return line if line.isprintable() else ''.join(c if c.isprintable() else ' ' for c in line)
