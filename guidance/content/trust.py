"""Can what the content says be trusted? Sources, review dates, and numbers that stand where they should not."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from guidance.content import format
from guidance.content.format import Channel
from guidance.content.format import Contact
from guidance.content.problem import Problem
from guidance.content.problem import nearest
from guidance.content.references import Folders
from guidance.content.references import Tables
from guidance.content.texts import texts
from guidance.content.yamlfile import YamlFile

# A run of digits with the marks that people put into telephone numbers; not a price, a time or a thousand.
_NUMBER = re.compile(r'(?<![\w:$,.])[+(]*\d(?:[\d() \u2013-]*\d)?(?![\w:%,]\d|\d)')
_YEAR = re.compile(r'(19|20)\d\d')
_SHORT = 5  # a number of at most so many digits may be named in running text, if a contact has it


def trust(tables: Tables, folders: Folders) -> Iterator[Problem]:
    """Report every source in conflict and every telephone number in running text."""
    file, sources = tables['sources']
    for identity, source in sources.items():
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
    known = short_numbers(tables['contacts'][1])
    named = [(f, value) for kind, (f, value) in tables.items() if kind not in ('contacts', 'sources')]
    for file, value in (*named, *(entry for files in folders.values() for entry in files.values())):
        yield from _numbers(file, value, known)


def short_numbers(contacts: Mapping[str, Contact]) -> frozenset[str]:
    """Return the short numbers that contacts have, such as 110; of a longer one, its short parts."""
    found: set[str] = set()
    for contact in contacts.values():
        for channel in contact.channels:
            found |= {part for part in re.findall(r'\d+', channel.value) if 2 < len(part) <= _SHORT}
    return frozenset(found)


def _numbers(file: YamlFile, value: Any, known: frozenset[str]) -> Iterator[Problem]:
    for path, _, text in texts(value):
        for match in _NUMBER.finditer(text):
            digits = re.sub(r'\D', '', match[0])
            if len(digits) < 3 or digits in known or _YEAR.fullmatch(match[0]):
                continue
            message = f'`{match[0]}` looks like a telephone number{nearest(digits, known)}'
            yield Problem(file.place(path), message, 'numbers only in data/contacts.yaml; in words, a short number that is there')


def needs_confirmation(source: format.Source) -> bool:
    """Tell whether readers must be asked to confirm what rests on this source: it is no official page."""
    return source.confidence == 'secondary' and source.confirmed_by_owner is None


def unconfirmed(source: format.Source) -> bool:
    """Tell whether a number from this source stands below the help line as seen, not confirmed.

    That is so for an undated page, or one from before 2024, that nobody at the owner confirmed.
    """
    old = source.dated is None or source.dated < datetime.date(2024, 1, 1)
    return source.confirmed_by_owner is None and (old or source.confidence != 'official')


def dial(channel: Channel) -> str:
    """Return the `tel:` address of a phone channel, such as `tel:+8521868` or `tel:+861066572880;ext=032`."""
    number, _, extension = channel.value.partition('ext')
    digits = re.sub(r'\D', '', number)
    plus = '+' if '(' in number or '+' in number else ''
    return f'tel:{plus}{digits}' + (f';ext={re.sub(r"[^0-9]", "", extension)}' if extension else '')
