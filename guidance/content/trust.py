"""Can what the content says be trusted? Sources, review dates, and numbers that stand where they should not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping

from guidance.content.format import Channel
from guidance.content.format import Contact
from guidance.content.format import Source
from guidance.content.loaded import Files
from guidance.content.loaded import Loaded
from guidance.content.local_text import original
from guidance.content.problem import Problem
from guidance.content.problem import nearest
from guidance.content.texts import texts

_CURRENCIES = '$\u00a2-\u00a5\u20a0-\u20cf\uff04\uffe0\uffe1\uffe5\uffe6'
# A run of digits with the marks that people put into telephone numbers; not a price, a time or a thousand.
_NUMBER = re.compile(rf'(?<![\w:,.{_CURRENCIES}])[+(]*\d(?:[\d() \u2013-]*\d)?(?![\w:%,]\d|\d)')
_YEAR = re.compile(r'(19|20)\d\d')
_SHORT = 5  # a number of at most so many digits may be named in running text, if a contact has it


def trust(files: Files) -> Iterator[Problem]:
    """Report every source in conflict and every telephone number in running text."""
    yield from _sources(files.sources)
    known = short_numbers(files.contacts.value)
    for loaded in files.every():
        if loaded is not files.contacts and loaded is not files.sources:
            yield from _numbers(loaded, known)


def _sources(loaded: Loaded[Mapping[str, Source]]) -> Iterator[Problem]:
    file = loaded.file
    for identity, source in loaded.value.items():
        if source.confidence == 'conflict':
            place = file.place((identity, 'confidence'))
            message = f'the source `{identity}` is in conflict: nothing may rest on it'
            yield Problem(place, message, 'a source that is not disputed')
        if source.review_by <= source.looked_up:
            place = file.place((identity, 'review-by'))
            yield Problem(place, 'the next review is not after the look-up', f'a date after {source.looked_up}')
        if source.confidence != 'practice' and source.url is None:
            place = file.place((identity,), key=True)
            yield Problem(place, f'the source `{identity}` has no `url`', 'the address of the page')


def short_numbers(contacts: Mapping[str, Contact]) -> frozenset[str]:
    """Return the short numbers that contacts have, such as 110; of a longer one, its short parts."""
    values = (channel.value for contact in contacts.values() for channel in contact.channels)
    return frozenset(part for value in values for part in re.findall(r'\d+', value) if 2 < len(part) <= _SHORT)


def _numbers(loaded: Loaded[object], known: frozenset[str]) -> Iterator[Problem]:
    for path, _, text in texts(loaded.value):
        for match in _NUMBER.finditer(text):
            digits = re.sub(r'\D', '', match[0])
            if len(digits) < 3 or digits in known or _YEAR.fullmatch(match[0]):
                continue
            message = f'`{match[0]}` looks like a telephone number{nearest(digits, known)}'
            yield Problem(
                loaded.file.place(path), message, 'numbers only in data/contacts.yaml; in words, a short number that is there'
            )


def needs_confirmation(source: Source) -> bool:
    """Tell whether readers must be asked to confirm what rests on this source: it is no official page."""
    return source.confidence == 'secondary' and source.confirmed_by_owner is None


def unconfirmed(source: Source, old_after: int | None) -> bool:
    """Tell whether a number from this source stands below the help line as seen, not confirmed.

    That is so for an undated page, one of at least `old_after` months when it was looked up, or one that is not official,
    as long as nobody at the owner confirmed it.
    """
    return source.confirmed_by_owner is None and (source.confidence != 'official' or _is_old(source, old_after))


def _is_old(source: Source, old_after: int | None) -> bool:
    if source.dated is None or old_after is None:
        return source.dated is None
    dated, read = source.dated, source.looked_up
    months = 12 * (read.year - dated.year) + read.month - dated.month - (read.day < dated.day)
    return months >= old_after


def dial(channel: Channel) -> str:
    """Return the `tel:` address of a phone channel, such as `tel:112` or `tel:+496912345;ext=032`.

    It is made of the number as it stands in the files, in whatever language it is shown.
    """
    number, _, extension = original(channel.value).partition('ext')
    digits = re.sub(r'\D', '', number)
    plus = '+' if '(' in number or '+' in number else ''
    return f'tel:{plus}{digits}' + (f';ext={re.sub(r"[^0-9]", "", extension)}' if extension else '')
