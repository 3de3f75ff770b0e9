"""The table of many records, for trainers. What is pasted stays in the page: nothing is stored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.screens.page import Page
from guidance.screens.training.room import Room
from guidance.screens.training.room import StreamlitForm
from guidance.screens.training.room import TrainingPage
from guidance.training.record import Doubt
from guidance.training.table import MAX_TEXT
from guidance.training.table import CommonTurn
from guidance.training.table import RecordRow
from guidance.training.table import RecordTable
from guidance.training.table import Scored
from guidance.training.table import Unscored
from guidance.training.table import record_table

_FORM = 'table-FORM'  # the form of the records, with which all keys in it begin: by them `browser.js` tells it from another
_PASTED = f'{_FORM}-PASTED'
_WHY_UNSCORED = {'no-case': 'table_no_case', 'revision': 'case_revision', 'unfinished': 'table_unfinished'}


@dataclass(frozen=True)
class TableHead:
    """What stands above the field: the name of the form, and how many characters the field takes."""

    form: str
    most: int


@dataclass(frozen=True)
class TableRow:
    """A record in words, with the title of its case.

    `score` says why there is none where there is none, and `link` is '' then. `wrong` is the number of wrong turns.
    """

    who: str
    title: str
    link: str
    score: str
    over: str
    wrong: int
    doubt: Doubt


@dataclass(frozen=True)
class ChartBar:
    """A common wrong turn in words, how often it was taken, and how often the commonest of all was."""

    ask: str
    chosen: str
    expected: str
    number: int
    most: int


@dataclass(frozen=True)
class Table:
    """What stands below the field: the records that were read, as rows and as CSV. `asked`: the reader wants to see them."""

    asked: bool
    records: RecordTable
    rows: tuple[TableRow, ...]
    bars: tuple[ChartBar, ...]
    csv: str


def table(room: Room) -> TrainingPage:
    """Return the page with the table of the records that are pasted."""
    page = room.page
    head = page.render('training-table-head.html', room=room, head=TableHead(_FORM, MAX_TEXT))
    return TrainingPage(room, page.words('table_title'), 'table', head, StreamlitForm(lambda: _draw(page)))


def _draw(page: Page) -> str:
    with st.form(_FORM, border=False):
        pasted = st.text_area(page.words('table_paste'), height=160, max_chars=MAX_TEXT, key=_PASTED)
        asked = st.form_submit_button(page.words('table_show'), type='primary', key=f'{_FORM}-GO')
    del st.session_state[_PASTED]  # the browser keeps it, and sends it again each time; else it stayed here for minutes
    records = record_table(page.content, pasted)
    rows = tuple(_row(page, row) for row in records.rows)
    shown = Table(asked, records, rows, _bars(page, records.turns), _csv(page, rows))
    return page.render('training-table.html', table=shown)


def _row(page: Page, row: RecordRow) -> TableRow:
    content = page.content
    wrong = sum(step.verdict == 'wrong' for step in row.path)
    title = content.cases[row.record.case].title if row.record.case else ''
    match row:
        case Unscored():
            return TableRow(row.record.label, title, '', page.words(_WHY_UNSCORED[row.why]), '', wrong, doubt='')
        case Scored():
            named = parameters(content, dict(row.answers), page.lang, seen=row.seen, more=row.record.parameters())
            score = page.words('score', percent=row.score.percent)
            over = page.joined(content.assistance[name].title for name in row.score.over_promised)
            return TableRow(row.record.label, title, query_string(named), score, over, wrong, row.doubt)


def _bars(page: Page, turns: tuple[CommonTurn, ...]) -> tuple[ChartBar, ...]:
    return tuple(
        ChartBar(
            ask=page.content.question[turn.question].ask.variants[-1].say,
            chosen=page.labels(turn.question, turn.chosen),
            expected=page.labels(turn.question, turn.expected),
            number=number,
            most=turns[0].number,
        )
        for turn, number in turns
    )


def _csv(page: Page, rows: Iterable[TableRow]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(page.words(key) for key in ('table_who', 'table_case', 'table_score', 'over_title', 'table_wrong'))
    writer.writerows((row.who, row.title, row.score, row.over, row.wrong) for row in rows)
    return '\ufeff' + file.getvalue()  # the mark tells a spreadsheet that it is UTF-8
