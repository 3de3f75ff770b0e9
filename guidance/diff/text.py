"""The report as text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from guidance.diff.report import SIGN
from guidance.diff.report import Document
from guidance.diff.report import Item
from guidance.diff.report import differing_rows

_WIDTH = 100


def as_text(document: Document) -> str:
    """Return the report as text: the summary, then each change with an example."""
    lines = [document.title, '', *(_wrapped(sentence, '') for sentence in document.summary)]
    for section in document.sections:
        lines += ['', section.heading, '-' * len(section.heading)]
        for item in section.items:
            lines += ['', *_item(item)]
    return '\n'.join(lines) + '\n'


def _item(item: Item) -> Iterator[str]:
    yield _wrapped(f'{SIGN} {item.what}' if item.marked else item.what, '')
    for lang, before, after in item.texts:
        if before:
            yield _wrapped(before, f'  {lang} - ')
        if after:
            yield _wrapped(after, f'  {lang} + ')
    yield from (_wrapped(line, '  ') for line in item.lines)
    if item.example:
        answers = '; '.join(f'{question} {answer}' for question, answer in item.example.answers)
        yield _wrapped(f'Example: {answers}', '  ')
        rows, same = differing_rows(item.example.rows)
        for kind, before, after in rows:
            if kind in '-~':
                yield _wrapped(before, '    old: ')
            if kind in '+~':
                yield _wrapped(after, '    new: ')
        yield f'    {same:,} lines of the result are the same.'


def _wrapped(text: str, before: str) -> str:
    after = ' ' * len(before)
    parts = text.split('\n')
    return '\n'.join(
        fill(part, _WIDTH, initial_indent=after if number else before, subsequent_indent=after, break_on_hyphens=False)
        for number, part in enumerate(parts)
    )
