"""A code to read out: a few signs that stand for all answers of a journey, and open them again wherever the content is served.

A code is the sign of an edition, the number of the journey among all journeys of that edition, and a sign by which every single
wrong sign and every two that changed places are found. No beginning of a code is a code, so that one that was cut is found, too.
Nothing is stored for it: `docs/decisions/5-a-code-to-read-out.md`.

A sign counts by its place in `SIGNS`. The sum so far is made of all signs up to one: each counts twice as much as the one behind
it, and of the whole only what is left by a division by 17 is taken. Over all signs of a code, and nowhere before, it is 0.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from guidance.content.condition import Answers
from guidance.content.ledger import edition_of
from guidance.content.ledger import questions_of
from guidance.content.model import Content
from guidance.journey.cache import cached_in_content
from guidance.proof.ranking import Ranking
from guidance.proof.ranking import ranking

SIGNS = '02345678FHKLMUWXY'
"""No two look alike, or sound alike in English, Cantonese or Putonghua. Their number is odd, on which `_sums` relies."""

_BASE = len(SIGNS)
_EDITIONS = _BASE - 1  # that have one sign; the last sign begins one of three
_FURTHER = _BASE**2
_FEWEST, _MOST = 3, 40  # signs of a code: what is longer, nobody reads out
_LONGEST = 200  # characters of one that somebody typed
_BETWEEN = re.compile(r'[\s\W_]+')
_READ_AS = str.maketrans('O', '0')  # what many call that digit
_GROUP = 4  # signs that are read out in one breath


@dataclass(frozen=True)
class OpenedCode:
    """What a code opens: the answers, by the ids that questions and options had then.

    `older`: it is of an earlier edition; `until` is the day on which that one was followed by another.
    """

    answers: Answers
    older: bool
    until: datetime.date | None


def code(content: Content, answers: Answers) -> str:
    """Return the code of a journey that has led to its result; '' where there are too many journeys to count, or to read out."""
    number = _present(content)
    counted = _ranking(content, number)
    edition = _of_edition(number)
    if counted is None or not edition:
        return ''
    values = _with_number(edition, counted.number(answers))
    return ''.join(SIGNS[value] for value in values) if len(values) <= _MOST else ''


def grouped(code: str) -> str:
    """Return a code as it is shown and read out: in groups of three or four signs, the longer ones last."""
    groups = -(-len(code) // _GROUP) or 1
    short, longer = divmod(len(code), groups)
    ends = [short * n + max(0, longer - (groups - n)) for n in range(groups + 1)]
    return ' '.join(code[start:end] for start, end in zip(ends, ends[1:], strict=False))


def opened(content: Content, typed: str) -> OpenedCode | None:
    """Return what a code opens, however it was typed; None if it is none. Never fails."""
    values = _values(typed)
    if values is None:
        return None
    wide = values[0] == _EDITIONS
    edition = _EDITIONS + 1 + values[1] * _BASE + values[2] if wide else values[0] + 1
    number = _number(values, 3 if wide else 1)
    counted = _ranking(content, edition)
    if counted is None or number is None:
        return None
    try:
        answers = counted.journey(number)
    except ValueError:
        return None
    older = edition != _present(content)
    following = content.ledger[edition] if older and edition < len(content.ledger) else None
    return OpenedCode(answers, older, following.recorded if following else None)


def lengths(content: Content) -> tuple[int, ...]:
    """Return how many signs the longest code has of journeys with no situation, one, two and so on; () without codes."""
    number = _present(content)
    counted, edition = _ranking(content, number), _of_edition(number)
    if counted is None or not edition:
        return ()
    last = [sum(counted.numbers[: situations + 1]) - 1 for situations in range(len(counted.numbers))]
    return tuple(len(_with_number(edition, max(number, 0))) for number in last)


@cached_in_content(1)
def _present(content: Content) -> int:
    return edition_of(content)


@cached_in_content(16)
def _ranking(content: Content, edition: int) -> Ranking | None:
    """Return the ranking of an edition; None if it is not known, or has too many journeys."""
    if edition == _present(content):
        return ranking(questions_of(content))
    return ranking(content.ledger[edition - 1].questions) if edition <= len(content.ledger) else None


def _of_edition(number: int) -> tuple[int, ...]:
    """Return the values of the signs that name an edition; none past the last one that can be named."""
    if number <= _EDITIONS:
        return (number - 1,)
    further = number - _EDITIONS - 1
    return (_EDITIONS, *divmod(further, _BASE)) if further < _FURTHER else ()


def _with_number(edition: tuple[int, ...], number: int) -> tuple[int, ...]:
    """Return the values of a whole code. Each number of fewer signs is taken before one more is.

    The first sign of the number can be any, and make any sum; each further one any sum but 0, which the last one makes.
    """
    further, number_of_those = 0, _BASE
    while number >= number_of_those:
        number -= number_of_those
        further, number_of_those = further + 1, number_of_those * (_BASE - 1)
    sums = [0]
    for _ in range(further):
        number, left = divmod(number, _BASE - 1)
        sums.insert(0, left + 1)
    values = list(edition)
    for wanted in (number, *sums):
        values.append((wanted - 2 * _sums(values)[-1]) % _BASE)
    return tuple(values)


def _number(values: tuple[int, ...], begin: int) -> int | None:
    """Return the number that begins at a sign of a code; undoes `_with_number`. None if this is no code."""
    sums = _sums(values)[begin:]
    if len(sums) < 2 or sums[-1] != 0 or 0 in sums[1:-1]:
        return None
    number, before, number_of_those = sums[0], 0, _BASE
    for left in sums[1:-1]:
        number = number * (_BASE - 1) + left - 1
        before, number_of_those = before + number_of_those, number_of_those * (_BASE - 1)
    return before + number


def _values(typed: str) -> tuple[int, ...] | None:
    """Return the values of the signs; None if there are too few or too many, or one that no code has."""
    if len(typed) > _LONGEST:
        return None
    signs = _BETWEEN.sub('', unicodedata.normalize('NFKC', typed)).upper().translate(_READ_AS)
    if not _FEWEST <= len(signs) <= _MOST or any(sign not in SIGNS for sign in signs):
        return None
    return tuple(map(SIGNS.index, signs))


def _sums(values: Iterable[int]) -> list[int]:
    """Return the sum so far at each sign.

    One wrong sign, or two neighbours that changed places, change the last one by a power of two times the difference of two
    values. As the number of signs is odd, that is never 0.
    """
    return list(accumulate(values, lambda total, value: (total * 2 + value) % _BASE))
