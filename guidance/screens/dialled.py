"""Texts with a link at each telephone number that the reader can dial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guidance.content.condition import TRUE
from guidance.content.condition import Answers
from guidance.content.condition import holds
from guidance.content.local_text import LocalText
from guidance.content.local_text import original
from guidance.content.model import Content
from guidance.content.telephone import dial
from guidance.content.telephone import short_number
from guidance.content.telephone import short_numbers
from guidance.content.telephone import telephone_numbers
from guidance.journey.cache import cached_in_content


@dataclass(frozen=True)
class Dialled:
    """A text in pieces, each with the address that it links, if any; `lang` is its language, '' for that of the page."""

    lang: str
    pieces: tuple[tuple[str, str | None], ...]


def dialled(content: Content, text: str, answers: Answers | None) -> Dialled:
    """Return a text in which each number of a contact is a `tel:` link, if these answers say that it can be dialled.

    Without answers nothing is a link.
    """
    lang = text.lang if isinstance(text, LocalText) and text.foreign else ''
    if answers is None:
        return Dialled(lang, ((str(text), None),))
    known, through = _addresses(content), content.service.not_telephone_numbers
    numbers = tuple(telephone_numbers(text, known, through))
    meant = {named.digits for named in telephone_numbers(original(text), known, through)} if numbers else set()
    pieces: list[tuple[str, str | None]] = []
    done = 0
    for named in numbers:
        address = next((to for name, to in known.get(named.digits, ()) if holds(content.reach.get(name, TRUE), answers)), None)
        if address and named.digits in meant:
            pieces += [(text[done : named.start], None), (named.written, address)]
            done = named.end
    return Dialled(lang, (*pieces, (text[done:], None)))


@cached_in_content(1)
def _addresses(content: Content) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return for each number that a text may name the contacts that have it, each with its `tel:` address."""
    return {
        number: tuple(
            (name, dial(channel))
            for name in names
            for channel in content.contacts[name].channels
            if short_number(channel) == number
        )
        for number, names in short_numbers(content.contacts).items()
    }
