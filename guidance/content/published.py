"""A published folder: every edition of a content that was published there, and the log, whose first entry says what is served.

    published.yaml      the log, the newest entry first
    editions/1/         flows/ and data/ as they were published; nothing is ever changed there
    editions/2/
    publishing.lock     while somebody publishes

The log is the pointer, too: one file that takes the place of the one before at once, so that what is served and what is said
of it can never disagree. A link would do on one disk; a file arrives also where the folder is copied to other machines, by
whatever copies files. It names the version of the edition, so that a replica to which the log came first waits for the rest.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import Field

from guidance.content.disk import Signature
from guidance.content.disk import signature
from guidance.content.fields import Date
from guidance.content.fields import Flag
from guidance.content.fields import Items
from guidance.content.fields import Map
from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.load import state
from guidance.content.load import version
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.validate import validate
from guidance.content.yamlfile import YamlFile

LOG = 'published.yaml'
"""The log of a published folder."""

EDITIONS = 'editions'
"""The folder of the editions in a published folder."""

_HEAD = """\
# What was published here, the newest first: the first entry says what is served. `guidance publish` and `guidance rollback` write
# this file; change nothing in it by hand.
"""


class Publication(Shape, context='Publication'):
    """An entry of the log: an edition that was published."""

    edition: int = Field(ge=1)
    date: Date  # in the time zone of the service
    time: Text
    by: Text
    why: Text
    why_in: Map[str, Text] = Field(default_factory=dict)  # the same in other languages
    restores: int | None = None  # the edition that was taken up again
    urgent: Flag = False
    untranslated: int = 0  # texts that were published without a translation, all languages together
    content: Text  # the version of the content; the last key, so that an entry that was cut has none


Log = tuple[Publication, ...]
"""What was published in a folder, the newest first."""


class Served(NamedTuple):
    """The folder whose content is to be served, and the log that says so: none if the folder is no published one."""

    folder: Path
    log: Log


def is_published(folder: Path) -> bool:
    """Tell whether a folder is a published one, rather than a content that is being written."""
    return os.path.lexists(folder / LOG)


def edition_folder(live: Path, number: int) -> Path:
    """Return where an edition stands in a published folder."""
    return live / EDITIONS / str(number)


def served(folder: Path) -> Served:
    """Return what of a folder is served: of a published one, the edition that its log names first.

    Raises ContentError if the log cannot be read.
    """
    log = read_log(folder)
    return Served(edition_folder(folder, log[0].edition), log) if log else Served(folder, ())


def read_log(folder: Path) -> Log:
    """Return the log of a folder; nothing if it is no published one. Raises ContentError if it cannot be read."""
    return _read(folder / LOG, signature([folder / LOG])) if is_published(folder) else ()


@lru_cache(16)
def _read(path: Path, _written: Signature) -> Log:
    """Return a log; it is read again only when it was written."""
    return _of(YamlFile.read(path, LOG))


def _of(file: YamlFile) -> Log:
    log: Log | None = validate(file, Items[Publication], file.data)
    problems = [*file.problems, *file.rest()]
    if not log or problems:
        raise ContentError(problems or [Problem(Place(LOG), 'this log is empty', 'an entry for each edition')])
    for newer, older in zip(log, log[1:], strict=False):
        if newer.edition <= older.edition:
            what = f'edition {newer.edition} stands before edition {older.edition}'
            raise ContentError([Problem(Place(LOG), what, 'the newest edition first')])
    return log


def written_log(log: Iterable[Publication]) -> bytes:
    """Return a log as it is written. Raises ContentError for what could not be read again."""
    entries = [entry.model_dump(by_alias=True, exclude_defaults=True, warnings=False) for entry in log]
    for entry in entries:
        entry |= {'why-in': dict(entry['why-in'])} if 'why-in' in entry else {}
    text = _HEAD + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1_000)
    _of(YamlFile(LOG, text))
    return text.encode()


def signature_of(folder: Path) -> Signature:
    """Return what changes whenever something else is to be served of a folder, or its files change."""
    log = signature([folder / LOG])
    try:
        return log + state(served(folder).folder)
    except ContentError:
        return log


def not_whole(found: Served) -> Problem | None:
    """Return a problem if an edition is not, or not yet, what was published."""
    if not found.log or version(found.folder) == found.log[0].content:
        return None
    what = f'the files of edition {found.log[0].edition} are not all here yet, or were changed after it was published'
    return Problem(Place(f'{EDITIONS}/{found.folder.name}'), what, 'the files as they were published')


def why(publication: Publication, lang: str) -> tuple[str, bool]:
    """Return why something was published, in a language, and whether it is: else it stands as it was written."""
    said: Mapping[str, str] = publication.why_in
    return (said[lang], True) if lang in said else (publication.why, False)
