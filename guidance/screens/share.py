"""What a reader passes on: messages for a chat, and the QR code of a link."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

import segno

from guidance.journey.walk import Result
from guidance.screens.contacts import named_numbers
from guidance.screens.page import Page
from guidance.screens.parts import Share


def share(page: Page, result: Result, *, drawn: bool = True) -> Share:
    """Return all that the full edition offers for passing a result on. The QR code is `drawn`, or the browser asks for it."""
    link = page.links.shared()
    code = (qr(link) if drawn else page.links.qr()) if link else ''
    steps, calls = with_steps(page, result, link), only_calls(page, result, link)
    return Share(link, page.links.keep(), page.links.card(), code, steps, calls)


def with_steps(page: Page, result: Result, link: str) -> str:
    """Return a plain text of the result: what to do, all of it, whom to call, and the link if there is one.

    It says what it leaves out.
    """
    numbers = count(1)
    lines = []
    for at, part in enumerate(result.parts):
        lines += [part.heading, *([part.title] if part.advice else []), ''] if at == 0 or len(result.parts) > 1 else []
        lines += [f'- {step.say}' if part.outcome.any_order else f'{next(numbers)}. {step.say}' for step in part.do_now]
        lines += [''] if part.do_now else []
    later = [f'{next(numbers)}. {step.say}' for part in result.parts for step in part.later]
    lines += [page.words('do_later'), *later, ''] if later else []
    return '\n'.join([*lines, *_end(page, result, link, 'share_rest_steps')]).strip()


def only_calls(page: Page, result: Result, link: str) -> str:
    """Return a plain text that tells whom to call and nothing of what happened, and the link if there is one."""
    return '\n'.join([page.content.service.name, '', *_end(page, result, link, 'share_rest_calls')]).strip()


def _end(page: Page, result: Result, link: str, rest: str) -> list[str]:
    calls = named_numbers(page, result.contacts)
    return [
        *([page.words('contacts'), *calls, ''] if calls else []),
        page.words(rest),
        *([page.words('share_code', code=code)] if (code := page.code()) else []),
        *([page.words('share_whole'), link] if link else []),
    ]


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
