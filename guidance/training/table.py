"""The table of many records of training: their scores, the weakest topics, the commonest wrong turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from typing import Literal
from typing import NamedTuple
from typing import TypeAlias
from urllib.parse import unquote

from guidance.content.model import Content
from guidance.journey.query import parse_query
from guidance.journey.query import read_query
from guidance.journey.walk import Asking
from guidance.journey.walk import walk
from guidance.training.case import revision
from guidance.training.record import Doubt
from guidance.training.record import Record
from guidance.training.record import doubt
from guidance.training.record import read_record
from guidance.training.score import ComparedAnswer
from guidance.training.score import Score
from guidance.training.score import compare
from guidance.training.score import score

_NEXT = re.compile('(?=https?://)', re.IGNORECASE)  # people also set commas between links, or nothing
_AROUND = ',;|<>()[]"\'，；、。：“”「」（）'
MAX_TEXT = 100_000  # characters of a pasted text, which so many records have
_MAX_RECORDS = 300  # in one table; a class has fewer, and reading without end would keep others waiting
_MAX_QUERY = 6_000  # characters of one record that are read
_MAX_TURNS = 8  # of the commonest wrong ones


@dataclass(frozen=True)
class Unscored:
    """A record in the table of a trainer that has no score, and why; `path` as far as there is a case to compare it with."""

    record: Record
    why: Literal['no-case', 'revision', 'unfinished']
    path: tuple[ComparedAnswer, ...] = ()


@dataclass(frozen=True)
class Scored:
    """A finished record in the table of a trainer. `answers` are question and options, `seen` the fingerprint in its link."""

    record: Record
    topic: str
    path: tuple[ComparedAnswer, ...]
    score: Score
    doubt: Doubt
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    seen: str | None


RecordRow: TypeAlias = Scored | Unscored


class TopicMean(NamedTuple):
    """The mean score of all records of a topic, in percent, and how many they are."""

    topic: str
    mean: int
    number: int


class CommonTurn(NamedTuple):
    """A wrong turn, and how many records took it."""

    turn: ComparedAnswer
    number: int


@dataclass(frozen=True)
class RecordTable:
    """Many records together: `topics` with the weakest first, `turns` with the commonest wrong turn first."""

    rows: tuple[RecordRow, ...]
    topics: tuple[TopicMean, ...] = ()
    turns: tuple[CommonTurn, ...] = ()
    beyond: int = 0  # records that were too many to read
    skipped: int = 0  # links that are no records
    equal: int = 0  # records that say the same as another one, which is counted once
    cut: bool = False  # the text was longer than what is read


def record_table(content: Content, pasted: str) -> RecordTable:
    """Return the table of all records in a pasted text; a record that stands there twice counts once.

    Of a longer text than `MAX_TEXT` the end is not read, nor is the word in which it was cut, by this or by the field.
    """
    cut = _length(pasted) >= MAX_TEXT
    pieces = _pieces(pasted[:MAX_TEXT])
    pieces = pieces[:-1] if cut else pieces
    links = [piece for piece in pieces if 'case=' in piece.lower()]
    others = [piece for piece in pieces if '://' in piece and 'case=' not in piece.lower()]
    unique = list(dict.fromkeys(links))
    rows = tuple(dict.fromkeys(_row(content, piece) for piece in unique[:_MAX_RECORDS]))
    beyond = max(0, len(unique) - _MAX_RECORDS)
    scored = [row for row in rows if isinstance(row, Scored)]
    return RecordTable(
        rows=rows,
        topics=tuple(_topics(scored)),
        turns=tuple(_turns(scored)),
        beyond=beyond,
        skipped=sum(not piece.endswith('=') for piece in others),  # that is what a mail program put before a link
        equal=len(links) - beyond - len(rows),
        cut=cut,
    )


def _length(text: str) -> int:
    """Return the number of characters as a browser counts them, which limits the field."""
    return len(text) + sum(character > '\uffff' for character in text[:MAX_TEXT])


def _pieces(text: str) -> list[str]:
    """Return what stands in a text between spaces, each link by itself, also where a mail program wrapped it in another one."""
    words = (unquote(word) if 'case%3d' in word.lower() else word for word in text.split())
    return [piece.rstrip(_AROUND) for word in words for piece in _NEXT.split(word)]


def _row(content: Content, address: str) -> RecordRow:
    query = address.partition('?')[2] or address
    reading = read_query(content, parse_query(query[:_MAX_QUERY]))
    record = replace(read_record(content, reading), practised=())
    if record.case is None:
        return Unscored(record, 'no-case')
    if revision(content, record.case):
        return Unscored(record, 'revision')
    case = content.cases[record.case]
    journey = walk(content, reading.answers)
    path = compare(content, case, journey)
    if record.mode != 'assess' or not record.done or isinstance(journey, Asking):
        return Unscored(record, 'unfinished', path)
    return Scored(
        record=record,
        topic=case.topic,
        path=path,
        score=score(content, case, record.offered, record.stated),
        doubt=doubt(content, case, reading),
        answers=tuple(journey.answered.items()),
        seen=reading.seen,
    )


def _topics(rows: Iterable[Scored]) -> Iterator[TopicMean]:
    by_topic: dict[str, list[int]] = {}
    for row in rows:
        by_topic.setdefault(row.topic, []).append(row.score.percent)
    means = [TopicMean(topic, round(sum(scores) / len(scores)), len(scores)) for topic, scores in by_topic.items()]
    yield from sorted(means, key=lambda mean: (mean.mean, mean.topic))


def _turns(rows: Iterable[Scored]) -> Iterator[CommonTurn]:
    wrong = Counter(answer for row in rows for answer in row.path if answer.verdict == 'wrong')
    return (CommonTurn(turn, number) for turn, number in wrong.most_common(_MAX_TURNS))
