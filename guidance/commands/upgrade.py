"""`upgrade`: bring a content that was written for an earlier version up to date, comments and order kept.

Files are changed as text, at the places that YAML tells: what is not changed stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guidance.commands.ends import ends
from guidance.content import files
from guidance.content.defaults import FORMER_WORDS
from guidance.content.json_schema import PATH
from guidance.content.json_schema import json_schema
from guidance.content.json_schema import modeline
from guidance.content.leaving import sensitive_that_leave
from guidance.content.load import FORMER_FOLDERS
from guidance.content.load import TRANSLATIONS
from guidance.content.load import read
from guidance.content.loaded import Files
from guidance.content.loaded import Loaded
from guidance.content.loaded import without_alarm
from guidance.content.yamlfile import YamlFile
from guidance.languages import catalogue as po
from guidance.languages.catalogue import Catalogue
from guidance.languages.messages import languages
from guidance.languages.program import said

_MARK = '# yaml-language-server:'


@ends(1, undone='A content is brought up to date once its files can be read.', unwritten='A file cannot be read or written')
def run(folder: Path) -> int:
    """Bring the content of `folder` up to date and print what was changed; return the exit code."""
    content = read(folder)
    changed = [*_words(folder, content), *_urgency(folder, content), *_leave(folder, content)]
    changed += [*_folders(folder), *_schema(folder)]
    print('\n'.join(changed or ['Nothing is to be changed.']))
    return 0


def _folders(folder: Path) -> Iterator[str]:
    """Give each folder its present name; where both are there, move what is in it."""
    for old, present in FORMER_FOLDERS.items():
        for path in sorted((folder / old).glob('*.yaml')):
            (folder / present).mkdir(parents=True, exist_ok=True)
            path.rename(folder / present / path.name)
            yield f'{old}/{path.name} is {present}/{path.name} now'
        if (folder / old).is_dir() and not any((folder / old).iterdir()):
            (folder / old).rmdir()


def _words(folder: Path, content: Files) -> Iterator[str]:
    """Take out the words of the screens that the program says in the same way, in every language."""
    catalogues = _catalogues(folder, content)
    parts: list[tuple[Loaded[Any], tuple[str, ...], str]] = [
        (content.ui_texts, (), 'Interface'),
        (content.training, ('words',), 'TrainingWords'),
    ]
    for loaded, at, kind in parts:
        written, own = _map_at(loaded, at)
        same = [key for key, text in written.items() if _is_same(f'{kind}.{key}', text, own.get(key), catalogues)]
        former = [key for key in written if key in FORMER_WORDS.get(loaded.file.name, ())]
        if former:
            yield f'{loaded.file.name}: {len(former)} words stand on no page any more, and were taken out'
        if same or former:
            whole = at and len(same) == len(written)
            _take_out(folder, loaded.file, [at] if whole else [(*at, key) for key in (*same, *former)])
        if same:
            yield f'{loaded.file.name}: {len(same)} words are those of the program, and were taken out'


def _urgency(folder: Path, content: Files) -> Iterator[str]:
    """Say of an urgency that has the colour of alarm by its name only that it has it."""
    name = without_alarm(content)
    if name is None:
        return
    file, path = content.service.file, folder / content.service.file.name
    lines = path.read_text(encoding='utf-8').splitlines(keepends=True)
    entry, title = file.place(('urgencies', name)), file.place(('urgencies', name, 'title'), key=True)
    in_braces = lines[entry.line - 1][entry.column - 1] == '{'
    line, at = lines[title.line - 1], title.column - 1
    lines[title.line - 1] = f'{line[:at]}alarm: true{", " if in_braces else chr(10) + " " * at}{line[at:]}'
    files.replace(path, ''.join(lines).encode())
    yield f'{file.name}: `{name}` has `alarm: true` now, for the colour that it had by its name'


def _map_at(loaded: Loaded[Any], at: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a file says under a path, and what the program says there."""
    written, own = loaded.written, loaded.defaults.data if loaded.defaults else {}
    for key in at:
        written, own = written.get(key) or {}, own[key]
    return written, own


def _is_same(kind: str, text: Any, own: Any, catalogues: dict[str, Catalogue]) -> bool:
    """Tell whether a word is the program's, and so is each translation of it."""
    if isinstance(text, dict) and isinstance(own, dict):
        return all(_is_same(f'Plural.{form}', text.get(form), words, catalogues) for form, words in own.items())
    if not isinstance(text, str) or not isinstance(own, str) or text.split() != own.split():
        return False
    key = (kind, ' '.join(own.split()))
    translated = ((said(lang, key), catalogue.entries.get(key)) for lang, catalogue in catalogues.items())
    return all(entry is None or not entry.string or by in ('', entry.string) for by, entry in translated)


def _catalogues(folder: Path, content: Files) -> dict[str, Catalogue]:
    paths = {lang: folder / TRANSLATIONS / f'{lang}.po' for lang in languages(content)[1:]}
    return {lang: po.read(path, f'{TRANSLATIONS}/{lang}.po') for lang, path in paths.items() if path.exists()}


def _take_out(folder: Path, file: YamlFile, paths: list[tuple[str, ...]]) -> None:
    """Take keys out of a file with all that belongs to them, each of which stands on lines of its own."""
    path = folder / file.name
    lines = path.read_text(encoding='utf-8').splitlines(keepends=True)
    for at in sorted((file.place(each, key=True) for each in paths), reverse=True):
        before = lines[at.line - 1][: at.column - 1]
        end = next((n for n in range(at.line, len(lines)) if _indent(lines[n]) <= at.column), len(lines))
        if not before.strip():
            del lines[at.line - 1 : _without_blank(lines, at.line, end)]
    if all(not line.strip() or line.startswith('#') for line in lines):
        path.unlink()  # nothing but headings is left
    else:
        files.replace(path, ''.join(lines).encode())


def _leave(folder: Path, content: Files) -> Iterator[str]:
    """Write `leave` beside each `sensitive` that did its work before there was one."""
    marked = [(spot.file.name, spot.place(key=True)) for spot in sensitive_that_leave(content)]
    for name in dict.fromkeys(name for name, _ in marked):
        places = sorted((place for of, place in marked if of == name), reverse=True)
        path = folder / name
        lines = path.read_text(encoding='utf-8').splitlines(keepends=True)
        for at in places:
            before, behind = lines[at.line - 1][: at.column - 1], lines[at.line - 1][at.column - 1 :]
            lines[at.line - 1] = f'{before}leave: true' + (', ' if before.strip() else f'\n{before}') + behind
        files.replace(path, ''.join(lines).encode())
        yield f'{name}: `leave: true` stands beside `sensitive` now, {len(places)} times'


def _indent(line: str) -> int:
    """Return in which column the line begins; a blank one belongs to what stands around it."""
    return len(line) - len(line.lstrip()) + 1 if line.strip() else len(line) + 1_000


def _without_blank(lines: list[str], begin: int, end: int) -> int:
    """Return where the lines end that have something in them."""
    return next((n + 1 for n in range(end - 1, begin - 1, -1) if lines[n].strip()), begin)


def _schema(folder: Path) -> Iterator[str]:
    """Write the schema for editors, and name it at the top of each file that names none that is there."""
    written = {folder / loaded.file.name: loaded.file.name for loaded in read(folder).every()}
    without = {path: name for path, name in written.items() if path.exists() and not _names_another(path, folder / PATH)}
    if without and files.replace(folder / PATH, json_schema().encode()):
        yield f'{PATH} is that of this version'
    named = sum(_name_schema(path, name) for path, name in without.items())
    if named:
        yield f'{named} files name {PATH}, for editors'


def _names_another(path: Path, own: Path) -> bool:
    """Tell whether a file names a schema that is there and not its own content's: several contents may share one."""
    with path.open(encoding='utf-8') as file:
        named = re.match(rf'{re.escape(_MARK)} *\$schema=([^#\s]+)', file.readline())
    return named is not None and (path.parent / named[1]).is_file() and (path.parent / named[1]).resolve() != own.resolve()


def _name_schema(path: Path, name: str) -> bool:
    """Make the first line of a file name its schema; return whether that changed anything."""
    text = path.read_text(encoding='utf-8')
    first, _, rest = text.partition('\n')
    return files.replace(path, (modeline(name) + (rest if first.startswith(_MARK) else text)).encode())
