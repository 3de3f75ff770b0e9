"""What a reader takes along: the text to paste into a chat, and the QR code of a link."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

import segno

from guidance.journey.walk import Result
from guidance.screens.page import Page
from guidance.screens.parts import Share
from guidance.screens.texts import help_line

_STEPS = 5  # a message in a chat is read on a small screen


def share(page: Page, result: Result, base: str, *, drawn: bool = True) -> Share:
    """Return all that the full edition offers for taking a result along; `base` is the address of the wizard, if it is known.

    The QR code is `drawn`, or the browser asks for it.
    """
    link = page.links.shared(base)
    code = (qr(link) if drawn else page.links.code()) if link else ''
    return Share(link, message(page, result, link), code, page.links.keep())


def message(page: Page, result: Result, link: str) -> str:
    """Return a short plain text of the result: headline, what to do now, contacts, and the link if there is one.

    What follows from the answer to a question marked `sensitive` stays out of it: a chat is read by more than one.
    """
    open_parts = [part for part in result.parts if not page.private(part)]
    lines = [(open_parts[0].advice or open_parts[0].title) if open_parts else page.content.service.name, '']
    steps = [(step.say, part.outcome.any_order) for part in open_parts for step in part.do_now][:_STEPS]
    numbers = count(1)
    said = [f'- {step}' if any_order else f'{next(numbers)}. {step}' for step, any_order in steps]
    lines += [page.words('do_now'), *said, ''] if said else []
    lines += [page.words('contacts'), *_contacts(page, result), ''] if result.contacts else []
    lines += [page.words('share_code', code=code), ''] if (code := page.code()) else []
    lines += [page.words('share_whole'), link] if link else []
    return '\n'.join(lines).rstrip()


_CODE: dict[str, Any] = {'scale': 4, 'border': 4, 'dark': '#000', 'light': '#fff', 'omitsize': True}


def qr(link: str) -> str:
    """Return the QR code of a link as a `data:` address of an SVG image, black on white; '' if no code can hold the link."""
    code = _code(link)
    return code.svg_data_uri(**_CODE) if code else ''


def drawing(link: str) -> bytes:
    """Return the QR code of a link as an SVG image; nothing if no code can hold the link."""
    code, picture = _code(link), io.BytesIO()
    if code:
        code.save(picture, kind='svg', **_CODE)
    return picture.getvalue()


def _code(link: str) -> segno.QRCode | None:
    try:
        # One mask is as readable as another; to try all eight would take as long as all the rest of the page.
        return segno.make(link, error='m', micro=False, mask=3)
    except segno.DataOverflowError:
        return None


def _contacts(page: Page, result: Result) -> list[str]:
    """Return name and first number of each contact; the help line stands in for one without a number."""
    told = []
    for identity in result.contacts:
        contact = page.content.contacts[identity]
        numbers = [channel.value for channel in contact.channels if channel.kind == 'phone']
        number = numbers[0] if numbers else help_line(page.content)
        told.append(page.words('share_contact', name=contact.name, number=number) if number else contact.name)
    return told
