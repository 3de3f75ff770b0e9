"""The table of many records, for trainers. What is pasted stays in the page: nothing is stored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

import streamlit as st

from guidance.journey import link
from guidance.screens.training.room import Room
from guidance.screens.training.room import begin_room
from guidance.screens.training.room import end_room
from guidance.training.table import MAX_TEXT
from guidance.training.table import RecordRow
from guidance.training.table import RecordTable
from guidance.training.table import record_table

_FORM = 'table-FORM'  # the form of the records, with which all keys in it begin: see `page.form_name`
_PASTED = f'{_FORM}-PASTED'


def table(room: Room) -> None:
    """Show the table of the records that are pasted."""
    page = room.page
    head = page.render('training-table-head.html', room=room, form=_FORM, most=MAX_TEXT)
    begin_room(room, page.words('table_title'), 'table', head)
    with st.form(_FORM, border=False):
        pasted = st.text_area(page.words('table_paste'), height=160, max_chars=MAX_TEXT, key=_PASTED)
        asked = st.form_submit_button(page.words('table_show'), type='primary', key=f'{_FORM}-GO')
    del st.session_state[_PASTED]  # the browser keeps it, and sends it again each time; else it stayed here for minutes
    found = record_table(page.content, pasted)
    rows = [_row(room, row) for row in found.rows]
    more = {'rows': rows, 'csv': _csv(room, rows), 'wrong_turns': _wrong_turns(room, found)}
    end_room(room, page.render('training-table.html', table=found, asked=asked, **more))


def _row(room: Room, row: RecordRow) -> dict[str, Any]:
    page, content = room.page, room.page.content
    why = {'no-case': 'table_no_case', 'revision': 'case_revision', 'unfinished': 'table_unfinished'}
    record = link.parameters(content, dict(row.answers), page.lang, seen=row.seen, more=row.record.parameters())
    return {
        'who': row.record.label,
        'case': content.scenarios[row.record.case].title if row.record.case else '',
        'link': link.address(record) if row.score else '',
        'score': page.words('score', percent=row.score.percent) if row.score else page.words(why[row.why]),
        'over': ' · '.join(content.assistance[name].title for name in row.score.over_promised) if row.score else '',
        'wrong': sum(each.verdict == 'wrong' for each in row.compared),
        'doubt': row.doubt,
    }


def _wrong_turns(room: Room, found: RecordTable) -> list[dict[str, Any]]:
    page, content = room.page, room.page.content
    most = max((number for _, number in found.turns), default=0)
    return [
        {
            'ask': content.question[each.question].ask.variants[-1].say,
            'given': page.labels(each.question, each.given),
            'expected': page.labels(each.question, each.expected),
            'number': number,
            'most': most,
        }
        for each, number in found.turns
    ]


def _csv(room: Room, rows: Iterable[dict[str, Any]]) -> str:
    words = room.page.words
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(words(key) for key in ('table_who', 'table_case', 'table_score', 'over_title', 'table_wrong'))
    writer.writerows([row[key] for key in ('who', 'case', 'score', 'over', 'wrong')] for row in rows)
    return '\ufeff' + file.getvalue()  # the mark tells a spreadsheet that it is UTF-8
