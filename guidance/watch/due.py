"""The days on which something of a content is due, as a calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from icalendar import Alarm
from icalendar import Calendar
from icalendar import Event

from guidance.content.model import Content

_AHEAD = datetime.timedelta(days=14)


def calendar(content: Content, made: datetime.datetime) -> bytes:
    """Return an iCalendar file (RFC 5545) with an all-day event for each day on which sources are due or end."""
    whole = Calendar()
    whole.add('prodid', '-//guidance//watch-sources//EN')
    whole.add('version', '2.0')
    for day, kind, names in _due(content):
        event = Event()
        event.add('uid', f'{day.isoformat()}-{kind}@guidance')
        event.add('dtstamp', made)
        event.add('dtstart', day)
        event.add('summary', f'{content.service.name}: {len(names)} {"source" if len(names) == 1 else "sources"} {kind}')
        event.add('description', '\n'.join(f'{name}: {content.sources[name].title}' for name in names))
        alarm = Alarm()
        alarm.add('action', 'DISPLAY')
        alarm.add('description', f'{kind}: {", ".join(names)}')
        alarm.add('trigger', -_AHEAD)
        event.add_component(alarm)
        whole.add_component(event)
    return bytes(whole.to_ical())


def _due(content: Content) -> Iterator[tuple[datetime.date, str, list[str]]]:
    days: dict[tuple[datetime.date, str], list[str]] = {}
    for identity, source in content.sources.items():
        days.setdefault((source.review_by, 'to be looked up again'), []).append(identity)
        if source.until:
            days.setdefault((source.until, 'on the last day'), []).append(identity)
    yield from ((day, kind, names) for (day, kind), names in sorted(days.items()))
