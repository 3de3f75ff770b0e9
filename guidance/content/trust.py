"""Can what the content says be trusted? Sources, review dates, and numbers that stand where they should not."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping

from guidance.content.format import Source
from guidance.content.loaded import Files
from guidance.content.loaded import Loaded
from guidance.content.problem import Problem
from guidance.content.problem import nearest
from guidance.content.telephone import short_numbers
from guidance.content.telephone import telephone_numbers

_ELSEWHERE = 'numbers only in data/contacts.yaml; in words, a short number that is there'


def trust(files: Files) -> Iterator[Problem]:
    """Report every source in conflict and every telephone number in running text."""
    yield from _sources(files.sources)
    known = short_numbers(files.contacts.value)
    for loaded in files.every():
        if loaded is not files.contacts and loaded is not files.sources:
            yield from _numbers(files, loaded, known)
    yield from _let_through(files)


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
        if source.url is None and (source.confidence == 'official' or (source.confidence == 'secondary' and not source.dated)):
            place = file.place((identity,), key=True)
            yield Problem(
                place,
                f'the source `{identity}` has no `url`',
                'the address of the page, or, for what is not official and has none, such as a law, its date',
            )


def _numbers(files: Files, loaded: Loaded[object], known: Collection[str]) -> Iterator[Problem]:
    for path, _, text in loaded.texts:
        for named in telephone_numbers(text, known, files.service.value.not_telephone_numbers):
            if named.digits not in known:
                message = f'`{named.written}` looks like a telephone number{nearest(named.digits, known)}'
                yield Problem(loaded.file.place(path), message, _ELSEWHERE)


def _let_through(files: Files) -> Iterator[Problem]:
    """Report what is let through as no telephone number and stands in no text."""
    phrases = files.service.value.not_telephone_numbers
    every = [text for loaded in files.every() for _, _, text in loaded.texts] if phrases else []
    for index, phrase in enumerate(phrases):
        if not any(phrase in text for text in every):
            place = files.service.file.place(('not-telephone-numbers', index))
            yield Problem(place, f'no text has `{phrase}`', 'words with a number in them, as a text has them, or no entry')


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
