"""The training pages, in Streamlit: all cases, one case, and the ways to work on it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from dataclasses import replace

import streamlit as st

from guidance.content.case_format import Case
from guidance.content.model import Content
from guidance.journey.query import query_string
from guidance.screens.answer import LedOn
from guidance.screens.answer import Refused
from guidance.screens.answer import Sent
from guidance.screens.answer import sent
from guidance.screens.guide import click
from guidance.screens.guide import pairs_of_browser
from guidance.screens.page import Page
from guidance.screens.plain.alike import Live
from guidance.screens.route_names import TRAINING
from guidance.screens.site.address import wizard_url_seen
from guidance.screens.training import draw
from guidance.screens.training.demonstrate import demonstrate
from guidance.screens.training.practise import after
from guidance.screens.training.practise import work
from guidance.screens.training.room import AskedQuestion
from guidance.screens.training.room import CaseRoom
from guidance.screens.training.room import Room
from guidance.screens.training.room import TrainingPage
from guidance.screens.training.table import table
from guidance.training.case import practised
from guidance.training.case import revision
from guidance.training.record import read_record


def is_open() -> bool:
    """Tell whether this process serves the training pages: not with `GUIDANCE_STAFF=off`."""
    return os.environ.get('GUIDANCE_STAFF', '').strip().lower() != 'off'


def has_training(content: Content) -> bool:
    """Tell whether the content has anything for training."""
    return bool(content.cases or content.training.topics)


def show() -> None:
    """Show the training page that the address asks for."""
    pairs, headers = pairs_of_browser(), st.context.headers
    wizard_url = wizard_url_seen(st.context.url, headers, TRAINING)
    page = Page.open(pairs, headers, 'training', wizard_url)
    answer = sent(page, pairs)
    target = led_to(page, answer)
    if target is not None:
        page = Page.open(target.items(), headers, 'training', wizard_url)
        return draw.show(training_page(page), failed=False, live=Live(at=query_string(target)))
    found = training_page(page)
    failed = is_refused(found, answer)
    return draw.show(found, failed=failed, live=Live(refused=click() if failed else ''))


def led_to(page: Page, answer: Sent) -> dict[str, str] | None:
    """Return the parameters of the address to which an answer leads; None if none was sent, or none that is asked for there."""
    room = room_of(page)
    if not isinstance(room, CaseRoom) or not isinstance(answer, LedOn) or answer.asked not in page.journey.answered:
        return None
    return after(room, page.content.question[answer.asked], page.given)


def is_refused(found: TrainingPage, answer: Sent) -> bool:
    """Tell whether an answer to the question of this page was sent that is none."""
    return isinstance(answer, Refused) and isinstance(found.asks, AskedQuestion) and answer.question is found.asks.question


def training_page(page: Page) -> TrainingPage:
    """Return the training page that an address asks for."""
    room = room_of(page)
    if not has_training(page.content):  # any more, for a page that is open; the server answers any other with a 404
        return TrainingPage(room, page.words('not_found_title'), 'none', page.render('training-none.html'))
    if isinstance(room, CaseRoom):
        return _case(room)
    return table(room) if room.record.mode == 'table' else _library(room)


def room_of(page: Page) -> Room | CaseRoom:
    """Return the page with what its address says beside the answers, and with its case, if it is about one."""
    record = read_record(page.content, page.reading)
    page = replace(page, more=record.parameters())
    if record.mode == 'table' or record.case is None:
        return Room(page, record)
    return CaseRoom(page, record, record.case, page.content.cases[record.case])


def _case(room: CaseRoom) -> TrainingPage:
    """Return a case in the way that was chosen; one under revision is neither taught nor scored."""
    under_revision = bool(revision(room.page.content, room.name))
    if under_revision or room.record.mode == 'choose':
        html = room.page.render('training-case.html', room=room, under_revision=under_revision)
        return TrainingPage(room, room.case.title, f'case {room.name}', html)
    return demonstrate(room) if room.record.mode == 'show' else work(room)


@dataclass(frozen=True)
class Filter:
    """One way to narrow the cases down; `here` where they are."""

    title: str
    link: str
    here: bool


@dataclass(frozen=True)
class ListedCase:
    """A case in the library, with its topic and its difficulty in words."""

    case: Case
    link: str
    topic: str
    difficulty: str
    practised: bool
    under_revision: bool


@dataclass(frozen=True)
class Progress:
    """How many cases a trainee practised, and how many kinds of assistance and limitations with them.

    `missing` are the titles of the others; `link` leads back to here, '' where none can be made.
    """

    cases: int
    offers: int
    limits: int
    missing: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class Library:
    """All that stands in the library."""

    topics: tuple[Filter, ...]
    practises: tuple[Filter, ...]
    cases: tuple[ListedCase, ...]
    progress: Progress


def _library(room: Room) -> TrainingPage:
    titles = {name: assistance.title for name, assistance in room.page.content.assistance.items()}
    titles |= {name: limitation.title for name, limitation in room.page.content.limitations.items()}
    library = Library(
        topics=_topic_filters(room),
        practises=_practises_filters(room, titles),
        cases=_listed_cases(room),
        progress=_progress(room, titles),
    )
    html = room.page.render('training-library.html', room=room, library=library)
    return TrainingPage(room, room.page.words('library_title'), 'library', html)


def _topic_filters(room: Room) -> tuple[Filter, ...]:
    topics = [(None, room.page.words('filter_all')), *room.page.content.training.topics.items()]
    practises = room.record.practises
    return tuple(
        Filter(title, room.library(topic=topic, practises=practises), here=topic == room.record.topic) for topic, title in topics
    )


def _practises_filters(room: Room, titles: dict[str, str]) -> tuple[Filter, ...]:
    topic, names = room.record.topic, [(None, room.page.words('filter_all')), *titles.items()]
    return tuple(
        Filter(title, room.library(topic=topic, practises=name), here=name == room.record.practises) for name, title in names
    )


def _listed_cases(room: Room) -> tuple[ListedCase, ...]:
    content, record = room.page.content, room.record
    return tuple(
        ListedCase(
            case=case,
            link=room.link_to(name),
            topic=content.training.topics.get(case.topic, ''),
            difficulty=content.training.difficulties.get(case.difficulty, ''),
            practised=name in record.practised,
            under_revision=bool(revision(content, name)),
        )
        for name, case in content.cases.items()
        if record.topic in (None, case.topic) and record.practises in (None, *case.offer, *case.limits)
    )


def _progress(room: Room, titles: dict[str, str]) -> Progress:
    offers, limits = practised(room.page.content, room.record.practised)
    missing = tuple(title for name, title in titles.items() if name not in (*offers, *limits))
    return Progress(len(room.record.practised), len(offers), len(limits), missing, room.kept(room.library()))
