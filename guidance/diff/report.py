"""The report on a difference: the same sentences for each format, short ones first."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from guidance.diff.changes import TextChange
from guidance.diff.difference import Difference
from guidance.diff.difference import Told
from guidance.diff.examples import Example
from guidance.diff.numbers import Number
from guidance.serving.check import in_digits

SIGN = '!!'
"""Marks what takes an assistance from somebody, gives one, or changes a limit."""


@dataclass(frozen=True)
class Item:
    """A change as it is told: what it is, sentences on whom it touches, texts before and after, an example."""

    what: str
    marked: bool
    lines: tuple[str, ...]
    texts: tuple[TextChange, ...]
    example: Example | None = None


@dataclass(frozen=True)
class Section:
    """Changes of one kind, under a heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Document:
    """The whole report: `summary` are sentences, for those who read no further."""

    title: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]


def document(difference: Difference) -> Document:
    """Return the report on a difference."""
    old, new = difference.names
    if not difference.touches_people:
        return Document(f'What changes from {old} to {new}', ('Nothing that anybody reads.',), ())
    return Document(f'What changes from {old} to {new}', tuple(_summary(difference)), tuple(_sections(difference)))


def _summary(difference: Difference) -> Iterator[str]:
    marked = sum(told.change.marked for told in difference.told)
    if marked:
        yield f'{SIGN} {marked:,} {"changes take" if marked > 1 else "change takes"} or give assistance, or change a limit.'
    yield f'{_of(difference.affected, difference.total)} read differently.'
    again = difference.again
    if not again.none:
        yield f'{_of(again, difference.total)} are asked again: the answer is one that only one edition takes.'
    numbers = {lang: number for lang, number in difference.by_language.items() if number != difference.affected.all}
    if numbers:
        said = ', '.join(f'{lang} {in_digits(number)}' for lang, number in numbers.items())
        yield f'By language, where it is another number: {said}.'
    for lang, what in difference.languages.items():
        yield f'The language {lang} {what}.'
    links = difference.links
    if any((links.asked, links.elsewhere, links.changed)) or None in (links.asked, links.elsewhere, links.changed):
        asked, elsewhere, changed = (in_digits(number) for number in (links.asked, links.elsewhere, links.changed))
        yield (
            f'Of {in_digits(links.all)} links to a result that can have been made, {asked} lead to a question first, '
            f'{elsewhere} to other situations, and {changed} say that the guidance has changed.'
        )
    else:
        yield 'Links to results lead where they did, and none says that the guidance has changed.'
    if difference.cases:
        number = len(difference.cases)
        yield f'{number:,} case{"s walk" if number > 1 else " walks"} otherwise.'


def _of(number: Number, total: Number) -> str:
    """Return a number of journeys, out of all, and beside it that of those with one situation only, since it misleads alone."""
    every = f'{in_digits(number.all)} of {in_digits(total.all)} journeys{_share(number.all, total.all)}'
    if (number.single, total.single) == (number.all, total.all):
        return every
    single = f'{in_digits(number.single)} of {in_digits(total.single)} with one situation only'
    return f'{every}, and {single}{_share(number.single, total.single)},'


def _share(number: int | None, total: int | None) -> str:
    if not number or not total:
        return ''
    percent = round(100 * number / total)
    return f' ({percent} %)' if 0 < percent < 100 or number == total else ' (under 1 %)' if percent == 0 else ' (over 99 %)'


def _sections(difference: Difference) -> Iterator[Section]:
    items = [(told.change.group, _item(told, difference.total)) for told in difference.told]
    marked = tuple(item for _, item in items if item.marked)
    if marked:
        yield Section('Assistance and limits', marked)
    rest = sorted(((group, item) for group, item in items if not item.marked), key=lambda each: _GROUPS.index(each[0]))
    for group, of_group in groupby(rest, key=lambda each: each[0]):
        yield Section(group, tuple(item for _, item in of_group))
    if difference.cases:
        yield Section('Cases for training', tuple(Item(f'{name}: {what}', False, (), ()) for name, what in difference.cases))
    for group, changes in groupby(difference.elsewhere, key=lambda change: change.group):
        yield Section(group, tuple(Item(change.what, False, (), change.texts) for change in changes))


_GROUPS = ('Situations', 'Questions', 'What to do', 'Contacts')


def _item(told: Told, total: Number) -> Item:
    lines = [f'Touches {_of(told.number, total).rstrip(",")}.'] if told.number else []
    if told.who == 'everybody':
        lines.append('Whom: everybody.')
    elif told.who:
        lines.append(f'Whom: {told.who}.')
    elif told.number:
        lines.append('Whom: too many conditions for one sentence; see the example.')
    return Item(told.change.what, told.change.marked, tuple(lines), told.change.texts, told.example)


def differing_rows(rows: Iterable[tuple[str, str, str]]) -> tuple[list[tuple[str, str, str]], int]:
    """Return the rows of an example that differ, and how many are the same."""
    every: Sequence[tuple[str, str, str]] = tuple(rows)
    return [row for row in every if row[0] != ' '], sum(row[0] == ' ' for row in every)
