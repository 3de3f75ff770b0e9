"""A training page: its case, its addresses, and how it begins."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import Any

import streamlit as st

from guidance.content.condition import Answers
from guidance.content.format import Scenario
from guidance.journey import link
from guidance.screens.guide import begin
from guidance.screens.guide import told
from guidance.screens.site.address import browsed
from guidance.screens.view import Page
from guidance.screens.view import notices
from guidance.training.record import Record
from guidance.training.record import fingerprint

PATH = 'training'
"""Where the training pages stand, beside the wizard."""


@dataclass(frozen=True)
class Room:
    """A training page: the page with its answers, and what its address says beside them."""

    page: Page
    record: Record
    reading: link.Reading

    @property
    def sheet(self) -> Scenario:
        """The case that the page is about. Raises KeyError on a page about none."""
        return self.page.content.scenarios[self.record.case or '']

    def link(self, **changes: Any) -> str:
        """Return the address of this case from its beginning, with these changes to the record."""
        return self._address(replace(Record(case=self.record.case, practised=self.record.practised), **changes), {})

    def library(self, **changes: Any) -> str:
        """Return the address of all cases."""
        return self._address(Record(practised=self.record.practised, **changes), {})

    def counted(self) -> Room:
        """Return the page with its case as one that was practised."""
        practised = tuple(n for n in self.page.content.scenarios if n in {*self.record.practised, self.record.case})
        record = replace(self.record, practised=practised)
        return replace(self, record=record, page=replace(self.page, more=record.parameters()))

    def here(self, *, change: str | None = None, **changes: Any) -> str:
        """Return the address of this page, all answers kept, with these changes to the record."""
        return self._address(replace(self.record, **changes), self.page.given, change)

    def _address(self, record: Record, answers: Answers, change: str | None = None) -> str:
        more = record.parameters()
        return link.address(link.parameters(self.page.content, answers, self.page.lang, change=change, more=more))

    def parameters(self, record: Record, answers: Answers) -> dict[str, str]:
        """Return the parameters of the address of this record and these answers."""
        return link.parameters(self.page.content, answers, self.page.lang, more=record.parameters())

    def finished(self, record: Record, seen: str | None = None) -> dict[str, str]:
        """Return the parameters of a finished record: the answers that count, the marks, what it was first scored against."""
        content, answers = self.page.content, self.page.journey.answered
        more = replace(record, done=True, wrong=None).parameters()
        seen = seen or fingerprint(content, self.sheet)
        return link.parameters(content, answers, self.page.lang, seen=seen, more=more)


def begin_room(room: Room, title: str, step: str, *above: str, refused: str = '') -> None:
    """Begin a training page, which says in its title, frame and colour that it is training."""
    page = room.page
    working = room.record.mode in ('practise', 'assess') and not room.record.done
    sentences = notices(page, room.reading) if working else []
    name = page.words('part_of_training', part=page.words('training'), title=title)
    frame = page.part('training-frame.html', room=room)
    begin(name, title, f'{PATH} {step}', page, frame, told(page, sentences), *above, refused=refused)


def end_room(room: Room, *below: str) -> None:
    """End a training page with what stands below, and its footer."""
    st.html(''.join(below) + room.page.part('training-footer.html') + room.page.part('line.html'))


def draw(room: Room, title: str, step: str, html: str) -> None:
    """Draw a whole training page that is text and links only."""
    begin_room(room, title, step)
    st.html(html)
    end_room(room)


def whole(address: str) -> str:
    """Return an address of the training pages as a link to keep; '' where none can be made."""
    place = browsed(st.context.url, st.context.headers, PATH)
    return place and place + PATH + address
