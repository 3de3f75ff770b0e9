"""Publishing an edition, at once and whole: nothing that was published is ever changed, only the log that says what is served.

What breaks off before the log is written leaves what was served, and rests that the next publication clears away.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guidance.content.days import now
from guidance.content.disk import read_bytes
from guidance.content.files import replace
from guidance.content.ledger import LEDGER
from guidance.content.ledger import read_ledger
from guidance.content.load import FILES
from guidance.content.load import content_files
from guidance.content.load import read
from guidance.content.load import state
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.published import EDITIONS
from guidance.content.published import LOG
from guidance.content.published import Log
from guidance.content.published import Publication
from guidance.content.published import edition_folder
from guidance.content.published import is_published
from guidance.content.published import read_log
from guidance.content.published import written_log

LOCK = 'publishing.lock'
"""What stands in a published folder while somebody publishes there: who, and since when."""

_STAGE = '.new'  # the folder of an edition that is not published yet


class NotPublished(Exception):
    """Nothing can be published there; the message says why, in a sentence."""


@contextmanager
def publishing(live: Path, by: str) -> Iterator[Log]:
    """Let nobody else publish in a folder for as long as the block lasts; give its log.

    A folder that is not there yet is made. Raises NotPublished if somebody else publishes there, or the folder is used for
    something else, or its log cannot be read; OSError if nothing can be written there.
    """
    if not is_published(live):
        _check_free(live)
    (live / EDITIONS).mkdir(parents=True, exist_ok=True)
    with _locked(live / LOCK, by):
        log = log_of(live)
        _tidy(live, log)
        yield log


def log_of(live: Path) -> Log:
    """Return the log of a folder, nothing if nothing was published there. Raises NotPublished if it cannot be read."""
    try:
        return read_log(live)
    except ContentError as error:
        raise NotPublished(f'{error}\n\nThis log cannot be read: bring {live / LOG} back as it was.') from None


def _check_free(live: Path) -> None:
    """Raise NotPublished unless a folder without a log has nothing, or only what a first publication left that broke off."""
    if live.exists() and not (live.is_dir() and {path.name for path in live.iterdir()} <= {EDITIONS, LOCK}):
        raise NotPublished(f'{live} is no published folder: name one that is new, empty, or was published to before')
    editions = live / EDITIONS
    if editions.exists() and not {path.name for path in editions.iterdir()} <= {_STAGE, '1'}:
        raise NotPublished(f'{live} has editions and no log: bring {LOG} back, it is the same in every copy of the folder')


@contextmanager
def _locked(lock: Path, by: str) -> Iterator[None]:
    since = now().astimezone().isoformat(' ', 'seconds')
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        raise NotPublished(_taken(lock)) from None
    try:
        with open(handle, 'w', encoding='utf-8') as file:
            file.write(f'{by}, since {since}, on {socket.gethostname()}, process {os.getpid()}\n')
        yield
    finally:
        lock.unlink(missing_ok=True)


def _taken(lock: Path) -> str:
    try:
        who = lock.read_text(encoding='utf-8', errors='replace').strip()
    except OSError:
        who = ''
    return (
        f'Somebody else publishes here at the moment: {who or "who, is not known"}.\nTry again when that is done. '
        f'If it was broken off and nobody publishes any more, remove {lock}; what is served was not touched.'
    )


def _tidy(live: Path, log: Log) -> None:
    """Remove what publications left that broke off: no entry of the log names it."""
    newest = log[0].edition if log else 0
    for path in (live / EDITIONS).iterdir():
        if path.name == _STAGE or (path.name.isdigit() and int(path.name) > newest):
            shutil.rmtree(path)


@contextmanager
def staged(draft: Path, live: Path) -> Iterator[Path]:
    """Give a copy of the content files of `draft` beside the editions, for as long as the block lasts, or until it is published.

    What is checked is then what is published, whoever goes on writing. Raises ContentError if the draft cannot be read whole.
    """
    before = state(draft)
    read(draft)  # which tells of every file and folder that cannot be read, or that nothing reads
    stage = live / EDITIONS / _STAGE
    stage.mkdir()
    try:
        for path in content_files(draft, *FILES):
            name = path.relative_to(draft).as_posix()
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            replace(stage / name, read_bytes(path, name))
        if state(draft) != before:
            raise ContentError([Problem(Place(str(draft)), 'the files changed while they were copied', 'files that stand still')])
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def keep_codes(live: Path, log: Log, stage: Path) -> None:
    """Give an edition that is published again the ledger of what is served now: no code that was given out may be lost."""
    for path in content_files(edition_folder(live, log[0].edition), *FILES):
        name = path.relative_to(edition_folder(live, log[0].edition))
        if name.is_relative_to(LEDGER):
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            replace(stage / name, read_bytes(path, str(name)))


def lost_codes(live: Path, log: Log, stage: Path) -> Iterator[Problem]:
    """Yield each edition of the ledger that was published and that a draft lacks: codes of then would lead elsewhere."""
    if not log:
        return
    there = edition_folder(live, log[0].edition)
    present = {edition.number: edition for edition in read_ledger(stage)[0]}
    for edition in read_ledger(there)[0]:
        if present.get(edition.number) != edition:
            name = f'{LEDGER}/{edition.number}.json'
            what = 'is missing' if edition.number not in present else 'is another one than was published'
            yield Problem(Place(name), f'this number of the ledger {what}: its codes would lead elsewhere', f'{there / name}')


def publish(live: Path, log: Log, stage: Path, publication: Publication) -> None:
    """Make a staged edition what is served. Raises OSError if it cannot be written; then what was served still is."""
    raw = written_log((publication, *log))
    os.rename(stage, edition_folder(live, publication.edition))
    _flush(live / EDITIONS)
    replace(live / LOG, raw)
    _flush(live)


def _flush(folder: Path) -> None:
    """Let what was renamed in a folder be on the disk before anything else is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def before(log: Log) -> Publication | None:
    """Return what was served before the edition that is: of one that was taken up again, what was published before that."""
    if not log:
        return None
    now_served = log[0].restores or log[0].edition
    return next((entry for entry in log if entry.edition < now_served and entry.restores is None), None)
