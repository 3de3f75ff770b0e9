"""Which telephone numbers the reader can dial: texts with a link at each, and the one to call first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
from guidance.journey.walk import Result
from guidance.journey.walk import ResultPart


@dataclass(frozen=True)
class Dialled:
    """A text in pieces, each with the address that it links, if any; `lang` is its language, '' for that of the page."""

    lang: str
    pieces: tuple[tuple[str, str | None], ...]


def out_of_reach(content: Content, answers: Answers) -> frozenset[str]:
    """Return the contacts whose numbers who answered so cannot dial."""
    return frozenset(name for name, reach in content.reach.items() if not holds(reach, answers))


def dialled(content: Content, text: str, far: frozenset[str] | None) -> Dialled:
    """Return a text in which each number of a contact is a `tel:` link, but for the contacts `far`, which the reader cannot dial.

    Without `far` nothing is a link.
    """
    lang = text.lang if isinstance(text, LocalText) and text.foreign else ''
    return Dialled(lang, ((str(text), None),) if far is None else _pieces(content, text, original(text), far))


@cached_in_content(4096)
def _pieces(content: Content, text: str, written: str, far: frozenset[str]) -> tuple[tuple[str, str | None], ...]:
    """Return the pieces of a text that stands for the text `written` of the content files."""
    known, through = _addresses(content), content.service.not_telephone_numbers
    numbers = tuple(telephone_numbers(text, known, through))
    meant = {named.digits for named in telephone_numbers(written, known, through)} if numbers else set()
    pieces: list[tuple[str, str | None]] = []
    done = 0
    for named in numbers:
        address = next((to for name, to in known.get(named.digits, ()) if name not in far), None)
        if address and named.digits in meant:
            pieces += [(text[done : named.start], None), (named.written, address)]
            done = named.end
    return (*pieces, (text[done:], None))


def first_call(content: Content, result: Result, far: frozenset[str]) -> tuple[str, str] | None:
    """Return the number to call before anything else, as it is written and as a `tel:` address; None where there is none.

    It is the one that the heading says, so that the button does what the heading says; where a life may be at stake and the
    heading says none, that of the first step which has one; else the help line, unless the result leaves it out.
    """
    first = result.parts[0] if result.parts else None
    texts = [first.heading] if first else []
    if first and is_alarm(content, first):
        texts += [step.say for step in first.do_now]
    for text in texts:
        for piece, address in dialled(content, text, far).pieces:
            if address:
                return piece, address
    return _number_of(content, content.service.help, far) if content.service.help in result.contacts else None


def is_alarm(content: Content, part: ResultPart) -> bool:
    """Tell whether a part of a result is of an urgency that is marked in the colour of alarm."""
    urgency = content.service.urgencies.get(part.outcome.urgency)
    return urgency is not None and urgency.alarm


def _number_of(content: Content, contact: str | None, far: frozenset[str]) -> tuple[str, str] | None:
    if contact is None or contact in far:
        return None
    return next(((channel.value, dial(channel)) for channel in content.contacts[contact].telephones), None)


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
