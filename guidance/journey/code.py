"""A code to read out: a few signs that stand for all answers of a journey, and open them again wherever the content is served.

A code is the sign of an edition, the number of the journey among all journeys of that edition, and a sign by which every single
wrong sign and every two that changed places are found. Nothing is stored for it: `docs/decisions/5-a-code-to-read-out.md`.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from guidance.content.condition import Answers
from guidance.content.ledger import edition_of
from guidance.content.ledger import questions_of
from guidance.content.model import Content
from guidance.journey.cache import cached_in_content
from guidance.proof.ranking import Ranking
from guidance.proof.ranking import ranking

SIGNS = '02345678FHKLMUWXY'
"""No two look alike, or sound alike in English, Cantonese or Putonghua. Their number is odd: see `_weighed`."""

_BASE = len(SIGNS)
_EDITIONS = _BASE - 1  # that have one sign; the last sign begins one of three
_FURTHER = _BASE**2
_FEWEST, _MOST = 3, 40  # signs of a code: what is longer, nobody reads out
_LONGEST = 200  # characters of one that somebody typed
_BETWEEN = re.compile(r'[\s\W_]+')
_READ_AS = str.maketrans('O', '0')  # what many call that digit
_GROUP = 4  # signs that are read out in one breath


@dataclass(frozen=True)
class Opened:
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
    values = edition + _digits(counted.number(answers))
    return ''.join(SIGNS[value] for value in (*values, _check(values))) if len(values) < _MOST else ''


def grouped(code: str) -> str:
    """Return a code as it is shown and read out: in groups of three or four signs, the longer ones last."""
    groups = -(-len(code) // _GROUP) or 1
    short, longer = divmod(len(code), groups)
    ends = [short * n + max(0, longer - (groups - n)) for n in range(groups + 1)]
    return ' '.join(code[start:end] for start, end in zip(ends, ends[1:], strict=False))


def opened(content: Content, typed: str) -> Opened | None:
    """Return what a code opens, however it was typed; None if it is none. Never fails."""
    values = _values(typed)
    if values is None or _weighed(values):
        return None
    wide = values[0] == _EDITIONS
    edition = _EDITIONS + 1 + values[1] * _BASE + values[2] if wide else values[0] + 1
    digits = values[3 if wide else 1 : -1]
    counted = _ranking(content, edition)
    if counted is None or not digits:
        return None
    try:
        answers = counted.journey(_number(digits))
    except ValueError:
        return None
    older = edition != _present(content)
    following = content.ledger[edition] if older and edition < len(content.ledger) else None
    return Opened(answers, older, following.recorded if following else None)


def lengths(content: Content) -> tuple[int, ...]:
    """Return how many signs the longest code has of journeys with no situation, one, two and so on; () without codes."""
    number = _present(content)
    counted, edition = _ranking(content, number), _of_edition(number)
    if counted is None or not edition:
        return ()
    last = [sum(counted.numbers[: situations + 1]) - 1 for situations in range(len(counted.numbers))]
    return tuple(len(edition) + len(_digits(max(number, 0))) + 1 for number in last)


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


def _digits(number: int) -> tuple[int, ...]:
    """Return the values of as few signs as the number needs: each number of fewer signs is taken before one more is."""
    length, number_of_that_length = 1, _BASE
    while number >= number_of_that_length:
        number -= number_of_that_length
        length, number_of_that_length = length + 1, number_of_that_length * _BASE
    values = []
    for _ in range(length):
        number, value = divmod(number, _BASE)
        values.append(value)
    return tuple(reversed(values))


def _number(digits: Iterable[int]) -> int:
    """Return the number that these values stand for; undoes `_digits`."""
    number = 0
    for value in digits:
        number = number * _BASE + value + 1
    return number - 1


def _values(typed: str) -> tuple[int, ...] | None:
    """Return the values of the signs; None if there are too few or too many, or one that no code has."""
    if len(typed) > _LONGEST:
        return None
    signs = _BETWEEN.sub('', unicodedata.normalize('NFKC', typed)).upper().translate(_READ_AS)
    if not _FEWEST <= len(signs) <= _MOST or any(sign not in SIGNS for sign in signs):
        return None
    return tuple(map(SIGNS.index, signs))


def _check(values: Iterable[int]) -> int:
    """Return the value that makes all of them weigh nothing."""
    return -_weighed((*values, 0)) % _BASE


def _weighed(values: Iterable[int]) -> int:
    """Return the sum of the values, each weighed twice as much as the one behind it; of a right code it is 0.

    One wrong value, or two neighbours that changed places, change the sum by a power of two times the difference of two values.
    As the number of signs is odd, that is never 0.
    """
    total = 0
    for value in values:
        total = (total * 2 + value) % _BASE
    return total
