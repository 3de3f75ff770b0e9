"""What the days of the content bring: what is over, what will go, and what stands in its place then."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from guidance.content.days import sections
from guidance.content.days import turns
from guidance.content.fields import ALWAYS
from guidance.content.fields import Days
from guidance.content.loaded import Files
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import Outcome
from guidance.content.problem import Place
from guidance.content.problem import Problem

_AHEAD = datetime.timedelta(days=30)
_SHORT = 60  # characters of a line that are told


def coming(files: Files, content: Content, today: datetime.date) -> Iterator[Problem]:
    """Yield what begins or ends within thirty days, and what is over; `content` is that of any day."""
    whole = content.whole or content
    if turns(whole) and files.service.value.time_zone is None:
        place = files.service.file.place(())
        yield Problem(place, 'days begin at midnight UTC', '`time-zone`, such as Asia/Hong_Kong', 'warning')
    for outcome in whole.outcomes:
        for section, lines in sections(outcome).items():
            for line in lines:
                if line.days is not ALWAYS:
                    yield from _of_line(outcome, section, lines, line, today)
        for contact in outcome.contacts:
            yield from _of(contact.place, 'this contact line', contact.days, today)
    for question in whole.questions:
        for option in question.options:
            yield from _of(question.place, f'the option `{option.id}` of `{question.id}`', option.days, today)
    for loaded, what in ((files.contacts, 'contact'), (files.sources, 'source')):
        for identity, entry in loaded.value.items():
            yield from _of(loaded.file.place((identity,), key=True), f'the {what} `{identity}`', entry.days, today)


def _of(place: Place, what: str, days: Days, today: datetime.date, then: str = '') -> Iterator[Problem]:
    if days.over and days.over <= today:
        yield Problem(place, f'{what} was shown until {days.until}', 'a later day, or no such entry', 'warning')
    elif days.until and days.until - today <= _AHEAD:
        yield Problem(place, f'{what} is shown until {days.until}{then}', '', 'warning')
    if days.from_ and today < days.from_ <= today + _AHEAD:
        yield Problem(place, f'{what} is shown from {days.from_} on', '', 'warning')


def _of_line(outcome: Outcome, section: str, lines: tuple[Line, ...], line: Line, today: datetime.date) -> Iterator[Problem]:
    over = line.days.over
    said = line.say if len(line.say) <= _SHORT else f'{line.say[:_SHORT]}...'
    after = [other for other in lines if over and other.days.from_ == over]
    then = ''.join(f'; then comes "{other.say}"' for other in after) or '; nothing comes in its place'
    if over and not any(other.days.have(over) for other in lines):
        then += f', and `{outcome.id}` has no line in `{section}` any more'
    replaces = any(other.days.over == line.days.from_ for other in lines if line.days.from_)  # told with the other
    days = Days(None, line.days.until) if replaces else line.days
    yield from _of(line.place, f'"{said}"', days, today, then)
