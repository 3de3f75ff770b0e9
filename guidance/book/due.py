"""What is open: what nobody has confirmed, what has to be read again, what is not translated, what is not known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from guidance.book.book import Book
from guidance.content.local_text import LocalText
from guidance.content.model import Outcome
from guidance.proof.style import texts_of

SOON = datetime.timedelta(days=60)


@dataclass(frozen=True)
class OpenItem:
    """Something that is open: what it is of (`outcome ID`, ...), and a remark."""

    name: str
    remark: str


@dataclass(frozen=True)
class OpenKind:
    """One kind of what is open, with its heading."""

    title: str
    items: tuple[OpenItem, ...]


def whats_open(book: Book, day: datetime.date) -> list[OpenKind]:
    """Return everything that is open on that day, the most urgent kind first; kinds of which nothing is open are left out."""
    t, content, confirmed = book.first.t, book.content, book.confirmed
    outcomes = [f'outcome {each.id}' for each in content.outcomes if f'outcome:{each.id}' not in confirmed.standing]
    sources = [f'source {each}' for each, source in content.sources.items() if source.confirmed_by_owner is None]
    kinds = [
        OpenKind(t('open_overdue'), tuple(_due(book, None, day))),
        OpenKind(t('open_due'), tuple(_due(book, day, day + SOON))),
        OpenKind(t('open_fallen'), tuple(_fallen(book))),
        *(_untranslated(book, lang) for lang in book.contents),
        OpenKind(
            t('open_outcomes', number=len(outcomes), all=len(content.outcomes)), tuple(OpenItem(name, '') for name in outcomes)
        ),
        OpenKind(t('open_sources', number=len(sources), all=len(content.sources)), tuple(OpenItem(name, '') for name in sources)),
        OpenKind(
            t('open_unknown'),
            tuple(OpenItem(f'contact {name}', each.unknown) for name, each in content.contacts.items() if each.unknown),
        ),
    ]
    return [kind for kind in kinds if kind.items]


def _due(book: Book, after: datetime.date | None, until: datetime.date) -> Iterator[OpenItem]:
    """Yield the sources to be read again before a day (`after` is None), or between two, the first one first."""
    for name, source in sorted(book.content.sources.items(), key=lambda each: each[1].review_by):
        due = source.review_by
        if due < until if after is None else after <= due <= until:
            yield OpenItem(f'source {name}', book.first.day(due))


def _fallen(book: Book) -> Iterator[OpenItem]:
    for name, each in book.confirmed.fallen.items():
        known = name.replace(':', ' ', 1)
        if known in book.number:
            yield OpenItem(known, book.first.t('fallen', name=each.by, date=book.first.day(each.on)))


def _untranslated(book: Book, lang: str) -> OpenKind:
    language = book.content.service.languages[lang]
    items = [
        OpenItem(f'outcome {outcome.id}', str(missing))
        for outcome in book.contents[lang].outcomes
        if (missing := untranslated(outcome))
    ]
    return OpenKind(book.first.t('open_untranslated', language=language), tuple(items))


def untranslated(outcome: Outcome) -> int:
    """Return how many texts of an outcome are not translated into the language that it is in."""
    return sum(isinstance(text, LocalText) and text.foreign for text, _ in texts_of(outcome))
