"""Content as of a day: what is over, or has not begun, is left out. Days are those of the service's time zone."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Set
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from guidance.content.fields import ALWAYS
from guidance.content.fields import Days
from guidance.content.fields import HasDays
from guidance.content.format import Contact
from guidance.content.format import FieldSpec
from guidance.content.format import ListFile
from guidance.content.format import Service
from guidance.content.model import ContactLine
from guidance.content.model import Content
from guidance.content.model import EmergencyGroup
from guidance.content.model import Line
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.model import Question

D = TypeVar('D', bound=HasDays)


def now() -> datetime.datetime:
    """Return the time of now, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def today(service: Service) -> datetime.date:
    """Return the day that it is in the time zone of the service."""
    return now().astimezone(ZoneInfo(service.time_zone or 'UTC')).date()


def turns(content: Content) -> tuple[datetime.date, ...]:
    """Return the days on which the content is another than on the day before, in order."""
    whole = content.whole or content
    every = [days for days in _every_days(whole) if days is not ALWAYS]
    found = {days.from_ for days in every} | {days.over for days in every}
    return tuple(sorted(day for day in found if day))


def _every_days(content: Content) -> Iterable[Days]:
    yield from (option.days for question in content.questions for option in question.options)
    for outcome in content.outcomes:
        yield from (line.days for lines in sections(outcome).values() for line in lines)
        yield from (line.days for line in outcome.contacts)
    yield from (contact.days for contact in content.contacts.values())
    yield from (source.days for source in content.sources.values())


def sections(outcome: Outcome) -> Mapping[str, tuple[Line, ...]]:
    """Return the lists of lines of an outcome, by where they stand in it."""
    can = {f'can.{identity}': lines for identity, lines in outcome.can.items()}
    cannot = {f'cannot.{identity}': lines for identity, lines in outcome.cannot.items()}
    return {'do-now': outcome.do_now, 'later': outcome.later, **can, **cannot}


def as_of(content: Content, day: datetime.date) -> Content:
    """Return the content with what is shown on this day, and nothing else; it may itself be the content of another day."""
    whole, times = content.whole or content, turns(content)
    if not times:
        return whole
    turned = bisect_right(times, day)
    if content.whole and content.turned == turned:
        return content
    contacts = {name: _channels(whole, contact, day) for name, contact in whole.contacts.items() if _answers(whole, name, day)}
    gone = whole.contacts.keys() - contacts.keys()
    onward = tuple(name for name in whole.service.onward if whole.sources[name].days.have(day))
    return replace(
        whole,
        whole=whole,
        turned=turned,
        service=whole.service.model_copy(update={'onward': onward}),
        questions=tuple(_question(question, day) for question in whole.questions),
        outcomes=tuple(_outcome(outcome, contacts, day) for outcome in whole.outcomes),
        contacts=MappingProxyType(contacts),
        emergency=tuple(_group(group, contacts) for group in whole.emergency if any(name in contacts for name in group.contacts)),
        lists=MappingProxyType({name: _list(rows, contacts, gone) for name, rows in whole.lists.items()}),
    )


def _shown(dated: Iterable[D], day: datetime.date) -> tuple[D, ...]:
    return tuple(each for each in dated if each.days.have(day))


def _answers(content: Content, name: str, day: datetime.date) -> bool:
    contact = content.contacts[name]
    return contact.days.have(day) and content.sources[contact.source].days.have(day)


def _channels(content: Content, contact: Contact, day: datetime.date) -> Contact:
    """Return the contact with the channels whose source holds."""
    channels = tuple(each for each in contact.channels if not each.source or content.sources[each.source].days.have(day))
    return contact if channels == contact.channels else contact.model_copy(update={'channels': channels})


def _question(question: Question, day: datetime.date) -> Question:
    """Return the question with the options of the day. The others are told as gone to whoever brings one in a link."""
    options = _shown(question.options, day)
    if options == question.options:
        return question
    gone = {name: option.label for option in question.options if option not in options for name in (option.id, *option.was)}
    return replace(question, options=options, gone=MappingProxyType({**question.gone, **gone}))


def _outcome(outcome: Outcome, contacts: Mapping[str, Contact], day: datetime.date) -> Outcome:
    def there(line: ContactLine) -> bool:
        return not isinstance(line, NamedContact) or line.contact in contacts

    def lines(every: Mapping[str, tuple[Line, ...]]) -> Mapping[str, tuple[Line, ...]]:
        found = {identity: _shown(sentences, day) for identity, sentences in every.items()}
        return MappingProxyType({identity: sentences for identity, sentences in found.items() if sentences})

    return replace(
        outcome,
        do_now=_shown(outcome.do_now, day),
        later=_shown(outcome.later, day),
        can=lines(outcome.can),
        cannot=lines(outcome.cannot),
        contacts=tuple(line for line in _shown(outcome.contacts, day) if there(line)),
    )


def _group(group: EmergencyGroup, contacts: Mapping[str, Contact]) -> EmergencyGroup:
    return replace(group, contacts=tuple(name for name in group.contacts if name in contacts))


def _list(rows: ListFile, contacts: Mapping[str, Contact], gone: Set[str]) -> ListFile:
    """Return the list with the contacts of the day; where a row has none, the fallback stands in as for an empty field."""

    def there(fields: Mapping[str, FieldSpec | None]) -> Mapping[str, FieldSpec | None]:
        return MappingProxyType({field: None if has and has.id in gone else has for field, has in fields.items()})

    kept = {identity: row.model_copy(update={'fields': there(row.fields)}) for identity, row in rows.rows.items()}
    fallback = {field: name for field, name in rows.fallback.items() if name in contacts}
    return rows.model_copy(update={'rows': MappingProxyType(kept), 'fallback': MappingProxyType(fallback)})
