"""Contacts as a file that a telephone takes into its own: vCard 3.0 (RFC 2426), which all of them read."""

from __future__ import annotations

from collections.abc import Iterator

from guidance.content.format import Contact
from guidance.content.telephone import dial
from guidance.journey.walk import Result
from guidance.screens.page import Page

_MOST = 75  # bytes of a line; longer ones go on after a line break and a space


def cards(page: Page, result: Result) -> str:
    """Return the contacts of a result of which the reader can dial a number, one card each; '' if there are none."""
    contacts = [page.content.contacts[name] for name in result.contacts if page.can_dial(name)]
    lines = [line for contact in contacts for line in _card(page, contact)]
    return ''.join(f'{_folded(line)}\r\n' for line in lines)


def _card(page: Page, contact: Contact) -> Iterator[str]:
    numbers = [dial(channel).removeprefix('tel:') for channel in contact.telephones]
    if not numbers:
        return
    yield from ('BEGIN:VCARD', 'VERSION:3.0')
    yield f'N:;{_escaped(contact.name)};;;'
    yield f'FN:{_escaped(contact.name)}'
    yield f'ORG:{_escaped(contact.of or page.content.service.name)}'
    for number in numbers:
        yield f'TEL;TYPE=VOICE:{number.replace(";ext=", ",")}'  # a comma makes the telephone wait before the extension
    if contact.hours:
        yield f'NOTE:{_escaped(contact.hours)}'
    yield 'END:VCARD'


def _escaped(text: str) -> str:
    """Return a text as a value: the marks that mean something in a card, and the end of a line, with a backslash."""
    for mark in ('\\', ';', ','):
        text = text.replace(mark, f'\\{mark}')
    return text.replace('\n', '\\n')


def _folded(line: str) -> str:
    """Return a line, broken where it is too long, never within a letter."""
    pieces, size = [''], 0
    for letter in line:
        bytes_of_letter = len(letter.encode())
        if size + bytes_of_letter > _MOST:
            pieces.append('')
            size = 1
        pieces[-1] += letter
        size += bytes_of_letter
    return '\r\n '.join(pieces)
