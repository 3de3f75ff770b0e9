"""Telephone numbers in texts, known by the shape of numbers that people dial."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass

from guidance.content.format import Channel
from guidance.content.format import Contact
from guidance.content.local_text import original

_CURRENCIES = '$\u00a2-\u00a5\u20a0-\u20cf\uff04\uffe0\uffe1\uffe5\uffe6'
# A run of digits with the marks that people put into telephone numbers. What touches a letter, a currency or a per cent sign is
# none, nor a time or a thousand. Letters are Latin ones only: other scripts are written without spaces around a number.
_RUN = re.compile(
    rf'(?<![A-Za-z0-9_:,.{_CURRENCIES}])[+(]*\d(?:[\d() \u2013-]*\d)?'
    rf'(?!\d|[A-Za-z_]|[:,.]\d|\s?[%\u2030\u00b0\uff05{_CURRENCIES}])'
)
_DIGIT, _DIGITS = re.compile(r'\d'), re.compile(r'\d+')
_YEAR = r'(?:19|20)\d\d'
_NO_NUMBER = re.compile(
    rf'{_YEAR}[ -]\d\d?[ -]\d\d?|\d\d?[ -]\d\d?[ -]{_YEAR}'  # a date
    rf'|{_YEAR} ?- ?{_YEAR}'  # from a year to another
    r'|\d{1,6} ?\u2013 ?\d{1,6}'  # from a number to another
)
_CODE = re.compile(r'\s*(?:\(\+?[\d ]+\)|\+\d{1,3}\b)')  # the country's, and the area's, before a number
_SHORT = 5  # digits of a number that a text may name, if a contact has it
_LEAST, _MOST = 7, 15  # digits of a number that can be dialled all over a country, or from abroad
_DIALLED = ('phone', 'whatsapp')


@dataclass(frozen=True)
class TelephoneNumber:
    """A telephone number in a text, as it is written from `start` to `end`; `digits` are those to dial."""

    written: str
    digits: str
    start: int
    end: int


def telephone_numbers(text: str, short: Collection[str], through: Iterable[str] = ()) -> Iterator[TelephoneNumber]:
    """Yield the telephone numbers in a text: each of `short`, and each other one that has the shape of one.

    What stands in one of the phrases `through` is none.
    """
    if not _DIGIT.search(text):
        return
    spans = [(found.start(), found.end()) for phrase in through for found in re.finditer(re.escape(phrase), text)]
    for run in _RUN.finditer(text):
        digits = _digits(run[0])
        long = _LEAST <= len(digits) <= _MOST and not _NO_NUMBER.fullmatch(run[0])
        parts = [run] if long or digits in short else list(_DIGITS.finditer(text, run.start(), run.end()))
        for part in parts:
            named = TelephoneNumber(part[0], _digits(part[0]), part.start(), part.end())
            inside = any(start <= named.start and named.end <= end for start, end in spans)
            if not inside and (long or named.digits in short):
                yield named


def _digits(written: str) -> str:
    return unicodedata.normalize('NFKC', re.sub(r'\D', '', written))


def short_number(channel: Channel) -> str | None:
    """Return the number of a channel, such as 110, if it is so short that a text may name it; its country's code is left out."""
    if channel.kind not in _DIALLED:
        return None
    number = re.sub(r'\D', '', _CODE.sub('', channel.value, count=1))
    return number if 2 < len(number) <= _SHORT else None


def short_numbers(contacts: Mapping[str, Contact]) -> Mapping[str, tuple[str, ...]]:
    """Return the numbers that a text may name, each with the contacts that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for identity, contact in contacts.items():
        for number in dict.fromkeys(map(short_number, contact.channels)):
            if number:
                found[number] = (*found.get(number, ()), identity)
    return found


def dial(channel: Channel) -> str:
    """Return the `tel:` address of a phone channel, such as `tel:112` or `tel:+496912345;ext=032`.

    It is made of the number as it stands in the files, in whatever language it is shown.
    """
    number, _, extension = original(channel.value).partition('ext')
    digits = re.sub(r'\D', '', number)
    plus = '+' if '(' in number or '+' in number else ''
    return f'tel:{plus}{digits}' + (f';ext={re.sub(r"[^0-9]", "", extension)}' if extension else '')
