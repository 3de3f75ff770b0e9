"""The training pages, in Streamlit: all cases, one case, and the ways to work on it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from guidance.screens.guide import opened
from guidance.screens.training.demonstrate import demonstrate
from guidance.screens.training.practise import work
from guidance.screens.training.room import Room
from guidance.screens.training.room import draw
from guidance.screens.training.room import whole
from guidance.screens.training.table import table
from guidance.training.record import read_record
from guidance.training.scenario import practised
from guidance.training.scenario import revision


def is_open() -> bool:
    """Tell whether this process serves the training pages: not with `GUIDANCE_STAFF=off`."""
    return os.environ.get('GUIDANCE_STAFF', '').strip().lower() != 'off'


def show() -> None:
    """Show the training page that the address asks for."""
    page = opened('training')
    content = page.content
    record = read_record(content, page.reading)
    room = Room(replace(page, more=record.parameters()), record, page.reading)
    if record.mode == 'table':
        table(room)
    elif record.case is None:
        _library(room)
    elif record.mode is None or revision(content, record.case):
        _case(room)
    elif record.mode == 'show':
        demonstrate(room)
    else:
        work(room)


def _library(room: Room) -> None:
    page, record, content = room.page, room.record, room.page.content
    titles = {name: each.title for name, each in content.assistance.items()}
    titles |= {name: each.title for name, each in content.limitations.items()}
    topics = [(None, page.words('filter_all')), *content.training.topics.items()]
    practises = [(None, page.words('filter_all')), *titles.items()]
    offers, limits = practised(content, record.practised)
    missing = [title for name, title in titles.items() if name not in (*offers, *limits)]
    more = {
        'topics': _choices(room, 'topic', topics),
        'practises': _choices(room, 'practises', practises),
        'cases': _cases(room),
        'done': len(record.practised),
        'offers': offers,
        'limits': limits,
        'missing': missing,
        'resume': whole(room.library()),
        'table': room.library(mode='table'),
    }
    draw(room, page.words('library_title'), 'library', page.render('training-library.html', room=room, **more))


def _choices(room: Room, name: str, choices: Iterable[tuple[str | None, str]]) -> list[dict[str, Any]]:
    now: dict[str, Any] = {'topic': room.record.topic, 'practises': room.record.practises}
    return [{'name': said, 'here': now[name] == value, 'link': room.library(**now | {name: value})} for value, said in choices]


def _cases(room: Room) -> list[dict[str, Any]]:
    content, record = room.page.content, room.record
    return [
        {
            'sheet': sheet,
            'link': room.link(case=name),
            'topic': content.training.topics.get(sheet.topic, ''),
            'difficulty': content.training.difficulties.get(sheet.difficulty, ''),
            'practised': name in record.practised,
            'revision': bool(revision(content, name)),
        }
        for name, sheet in content.scenarios.items()
        if record.topic in (None, sheet.topic) and record.practises in (None, *sheet.offer, *sheet.limits)
    ]


def _case(room: Room) -> None:
    under_revision = bool(revision(room.page.content, room.record.case or ''))
    html = room.page.render('training-case.html', room=room, revision=under_revision)
    draw(room, room.sheet.title, f'case {room.record.case}', html)
