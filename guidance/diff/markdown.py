"""The report as Markdown, for a review on GitHub or GitLab: the summary, then folded details, as much as a comment takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance.diff.report import SIGN
from guidance.diff.report import Document
from guidance.diff.report import Item
from guidance.diff.report import Section
from guidance.diff.report import differing_rows

LIMIT = 60_000
"""Bytes of a report. A comment on GitHub takes 65,536 characters, on GitLab more."""

_MARKS = re.compile(r'([\\`*_{}\[\]<>#|~@&!$])|\n')
_LONGEST = 4_000  # characters of one text


def as_markdown(document: Document) -> str:
    """Return the report as Markdown of at most LIMIT bytes; where it is more, what is left out is told."""
    lines = [f'## {_plain(document.title)}', '', *(f'- {_sentence(sentence)}' for sentence in document.summary), '']
    room = LIMIT - _size(lines) - 500
    for number, section in enumerate(document.sections):
        taken, left = _section(section, room)
        room -= _size(taken)
        lines += taken
        left += sum(len(other.items) for other in document.sections[number + 1 :]) if left else 0
        if left:
            lines += ['', f'**{left:,} more changes did not fit.** `python -m guidance diff` prints all of them.']
            break
    return '\n'.join(lines) + '\n'


def _section(section: Section, room: int) -> tuple[list[str], int]:
    """Return a section, folded, and how many of its items did not fit into so many bytes."""
    marked = f'{SIGN} ' if any(item.marked for item in section.items) else ''
    head = ['<details>', f'<summary>{marked}{_plain(section.heading)}: {len(section.items):,}</summary>', '']
    tail = ['', '</details>', '']
    room -= _size([*head, *tail])
    lines: list[str] = []
    for number, item in enumerate(section.items):
        made = list(_item(item))
        if _size(made) > room:
            made = list(_item(item, short=True))
        if _size(made) > room:
            return ([*head, *lines, *tail] if lines else []), len(section.items) - number
        lines += made
        room -= _size(made)
    return [*head, *lines, *tail], 0


def _item(item: Item, *, short: bool = False) -> Iterator[str]:
    yield f'#### {SIGN + " " if item.marked else ""}{_plain(item.what)}'
    yield ''
    if item.texts:
        yield '| | before | after |'
        yield '|---|---|---|'
        yield from (f'| {lang} | {_cell(before)} | {_cell(after)} |' for lang, before, after in item.texts)
        yield ''
    for line in item.lines:
        yield f'{_plain(line)}  '
    yield ''
    if item.example and not short:
        yield f'Example: {_plain("; ".join(f"{question} → {answer}" for question, answer in item.example.answers))}'
        yield ''
        rows, same = differing_rows(item.example.rows)
        yield '| old result | new result |'
        yield '|---|---|'
        yield from (f'| {_cell(before)} | {_cell(after)} |' for _, before, after in rows)
        yield f'| {same:,} lines the same | |'
        yield ''


def _sentence(text: str) -> str:
    return f'**{_plain(text)}**' if text.startswith(SIGN) else _plain(text)


def _cell(text: str) -> str:
    return _plain(text if len(text) <= _LONGEST else f'{text[:_LONGEST]}...')


def _plain(text: str) -> str:
    """Return text in which nothing is markup, a mention or a link of Markdown."""
    return _MARKS.sub(lambda mark: f'\\{mark[1]}' if mark[1] and mark[1] not in '<>&@' else _ENTITIES.get(mark[0], ' '), text)


_ENTITIES = {'<': '&lt;', '>': '&gt;', '&': '&amp;', '@': '&#64;', '\n': '<br>'}


def _size(lines: list[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)
