"""The table of many records of training: their scores, the weakest topics, the commonest wrong turns."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from dataclasses import replace
from typing import Literal
from urllib.parse import unquote

from guidance.content.model import Content
from guidance.journey import link
from guidance.journey.walk import Asking
from guidance.journey.walk import walk
from guidance.training.record import Doubt
from guidance.training.record import Record
from guidance.training.record import doubt
from guidance.training.record import read_record
from guidance.training.scenario import revision
from guidance.training.score import Compared
from guidance.training.score import Score
from guidance.training.score import compare
from guidance.training.score import score

_NEXT = re.compile('(?=https?://)', re.IGNORECASE)  # people also set commas between links, or nothing
_AROUND = ',;|<>()[]"\'，；、。：“”「」（）'
MAX_TEXT = 100_000  # characters of a pasted text, which so many records have
_MAX_RECORDS = 300  # in one table; a class has fewer, and reading without end would keep others waiting


@dataclass(frozen=True)
class RecordRow:
    """One record in the table of a trainer. Without a `score`, `why` tells the reason."""

    record: Record
    score: Score | None
    compared: tuple[Compared, ...] = ()
    doubt: Doubt = ''
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    seen: str | None = None
    why: Literal['', 'no-case', 'revision', 'unfinished'] = ''


@dataclass(frozen=True)
class RecordTable:
    """Many records together. `topics` has topic, mean score and number, weakest first; `turns` the commonest wrong turns."""

    rows: tuple[RecordRow, ...]
    topics: tuple[tuple[str, int, int], ...] = ()
    turns: tuple[tuple[Compared, int], ...] = ()
    beyond: int = 0  # records that were too many to read
    skipped: int = 0  # links that are no records
    equal: int = 0  # records that say the same as another one, which is counted once
    cut: bool = False  # the text was longer than what is read


def record_table(content: Content, pasted: str) -> RecordTable:
    """Return the table of all records in a pasted text; a record that stands there twice counts once.

    Of a longer text than `MAX_TEXT` the end is not read, nor is the word in which it was cut, by this or by the field.
    """
    cut = _length(pasted) >= MAX_TEXT
    words = pasted[:MAX_TEXT].split()
    whole = (unquote(piece) if 'case%3d' in piece.lower() else piece for piece in words)  # as mail programs wrap it
    pieces = [part.rstrip(_AROUND) for piece in whole for part in _NEXT.split(piece)]
    pieces = pieces[:-1] if cut else pieces
    links = [piece for piece in pieces if 'case=' in piece.lower()]
    others = [piece for piece in pieces if '://' in piece and 'case=' not in piece.lower()]
    unique = list(dict.fromkeys(links))
    rows = list(dict.fromkeys(_record_row(content, piece) for piece in unique[:_MAX_RECORDS]))
    beyond = max(0, len(unique) - _MAX_RECORDS)
    by_topic: dict[str, list[int]] = {}
    for row in rows:
        if row.score and row.record.case:
            by_topic.setdefault(content.scenarios[row.record.case].topic, []).append(row.score.percent)
    topics = sorted((round(sum(all_) / len(all_)), topic, len(all_)) for topic, all_ in by_topic.items())
    wrong = Counter(turn for row in rows if row.score for turn in row.compared if turn.verdict == 'wrong')
    return RecordTable(
        rows=tuple(rows),
        topics=tuple((topic, mean, number) for mean, topic, number in topics),
        turns=tuple(wrong.most_common(8)),
        beyond=beyond,
        skipped=sum(not piece.endswith('=') for piece in others),  # that is what a mail program put before a link
        equal=len(links) - beyond - len(rows),
        cut=cut,
    )


def _length(text: str) -> int:
    """Return the number of characters as a browser counts them, which limits the field."""
    return len(text) + sum(character > '\uffff' for character in text[:MAX_TEXT])


def _record_row(content: Content, address: str) -> RecordRow:
    query = address.partition('?')[2] or address
    reading = link.read(content, link.parsed(query[:6_000]))
    record = replace(read_record(content, reading), practised=())
    if record.case is None:
        return RecordRow(record, None, why='no-case')
    if revision(content, record.case):
        return RecordRow(record, None, why='revision')
    scenario = content.scenarios[record.case]
    journey = walk(content, reading.answers)
    compared = compare(content, scenario, journey)
    if record.mode != 'assess' or not record.done or isinstance(journey, Asking):
        return RecordRow(record, None, compared, why='unfinished')
    scored = score(content, scenario, record.offered, record.stated)
    return RecordRow(record, scored, compared, doubt(content, scenario, reading), tuple(journey.answered.items()), reading.seen)
