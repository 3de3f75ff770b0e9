"""`book` and `map`: all that a content says as a document to read, and a picture of it."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path

from guidance.book.book import Book
from guidance.book.draw import file
from guidance.book.draw import whole_map
from guidance.book.numbers import PARAGRAPHS
from guidance.book.numbers import read_numbers
from guidance.book.numbers import write_numbers
from guidance.commands.ends import ends
from guidance.content.days import today
from guidance.content.files import replace
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import nearest
from guidance.serving.check import check

_LOCAL = 'http://localhost:8501/'


@ends(2, undone='No book was written.', unwritten='The book cannot be written')
def run(folder: Path, out: Path, *, langs: list[str] | None, day: datetime.date | None) -> int:
    """Write the book of the content of `folder` and the numbers that its paragraphs have; return the exit code."""
    book, on = _book(folder, langs, day)
    new = book.numbers.keys() - book.given.keys()
    replace(out, file(book, 'book', on).encode())
    if book.numbers != book.given:
        write_numbers(folder, book.numbers)
    print(f'{out}: {len(book.content.questions)} questions, {len(book.content.outcomes)} outcomes')
    if new:
        print(f'{len(new):,} paragraphs have new numbers, in {PARAGRAPHS}: keep that file with the content')
    return 0


@ends(2, undone='No map was written.', unwritten='The map cannot be written')
def run_map(folder: Path, out: Path, *, langs: list[str] | None, day: datetime.date | None) -> int:
    """Write the map of the content of `folder` as SVG, and beside it a page with the same by flow and as a list."""
    page = out.with_suffix('.html')
    if out.suffix != '.svg':
        print(f'{out}: the map is an SVG, with a page of the same name beside it: {out.with_suffix(".svg")}', file=sys.stderr)
        return 2
    book, on = _book(folder, langs, day)
    replace(out, whole_map(book).encode())
    replace(page, file(book, 'map', on, picture_at=out.name).encode())
    print(f'{out}: the picture\n{page}: by flow, and as a list')
    return 0


def _book(folder: Path, langs: list[str] | None, day: datetime.date | None) -> tuple[Book, datetime.date]:
    """Return the book of a content, and the day as of which it is. Raises ContentError."""
    report = check(folder, day)
    content = report.passed()
    chosen = tuple(dict.fromkeys(langs or [content.service.language]))
    for lang in chosen:
        if lang not in report.contents:
            known = ', '.join(report.contents)
            raise ContentError(
                [Problem(Place('--lang'), f'the content is not in `{lang}`{nearest(lang, report.contents)}', known)]
            )
    wizard = os.environ.get('GUIDANCE_PUBLIC_URL') or _LOCAL
    wizard = wizard if wizard.endswith('/') else f'{wizard}/'
    return Book(report.contents, chosen, report.confirmed, read_numbers(folder), wizard), day or today(content.service)
