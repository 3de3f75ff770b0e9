"""Who refers to whom: names looked up in the files that have them, with a problem for each that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import NamedTuple
from typing import TypeVar

from guidance.content.fields import ALWAYS
from guidance.content.fields import Days
from guidance.content.fields import HasDays
from guidance.content.flow_format import QuestionSpec
from guidance.content.format import CONDITION_WORDS
from guidance.content.format import GROUP
from guidance.content.format import HAS
from guidance.content.format import Channel
from guidance.content.format import ListFile
from guidance.content.loaded import Files
from guidance.content.loaded import TableName
from guidance.content.problem import MOST
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import listed
from guidance.content.problem import nearest
from guidance.content.yamlfile import KeyPath
from guidance.content.yamlfile import YamlFile

T = TypeVar('T')


class Spot(NamedTuple):
    """A value in a file, by its path. `spot / key` is what stands under that key of it."""

    file: YamlFile
    path: KeyPath = ()

    def __truediv__(self, part: str | int) -> Spot:
        return Spot(self.file, (*self.path, part))

    def place(self, key: bool = False) -> Place:
        """Return where the value stands (`key`: where its key stands)."""
        return self.file.place(self.path, key)


class References:
    """The files, what in them is referred to, and the `problems` found on the way."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.service = files.service.value
        self.lists: dict[str, ListFile] = {name: loaded.value for name, loaded in files.lists.items()}
        self.problems: list[Problem] = []
        self.used: dict[str, set[str]] = {}  # kind -> ids that something refers to
        self.contact_fields: set[tuple[str, str]] = set()  # list and field, of those that a `row-of` takes for contacts
        self._entries = {table: loaded.value for table, loaded in files.tables.items()}

    def wrong(self, place: Place, message: str, expected: str = '') -> None:
        """Add a problem."""
        self.problems.append(Problem(place, message, expected))

    def renamed(self, place: Place, name: str, present: str) -> None:
        """Add the problem that something is named by the id that it had once."""
        self.wrong(place, f'`{name}` is now `{present}`', f'`{present}`; only old links may still have `{name}`')

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """Return the near name for a message, but not for more problems than are told: it takes the most time."""
        return nearest(name, known) if len(self.problems) < MOST else ''

    def use(self, kind: str, name: str) -> None:
        """Note that something refers to `name`, whether there is one or not."""
        self.used.setdefault(kind, set()).add(name)

    def refer(self, spot: Spot, table: TableName, name: str) -> bool:
        """Tell whether there is such an entry in a table, to which `spot` refers; if not, add a problem."""
        self.use(table, name)
        entries = self._entries[table]
        if name in entries:
            return True
        expected = listed(entries) or f'an entry in data/{table}.yaml'
        self.wrong(spot.place(), f'`{name}` is not in data/{table}.yaml{self.nearest(name, entries)}', expected)
        return False

    def refer_to_page(self, spot: Spot, name: str) -> None:
        """Add a problem if there is no such source, or none with an address that `spot` can link to."""
        if not self.refer(spot, 'sources', name):
            return
        source = self.files.sources.value[name]
        if source.url is None and source.confidence != 'official':  # of these the missing address itself is told
            self.wrong(spot.place(), f'the source `{name}` has no address to link to', 'a source with `url`')

    def days(self, spot: Spot, entry: HasDays) -> Days:
        """Return the days of what is written at `spot`; if there are none, add a problem."""
        days = entry.days
        if days.none:
            self.wrong((spot / 'until').place(), f'it is over before it begins, on {days.from_}', 'a day from that one on')
        return days

    def days_of_source(self, name: str) -> Days:
        """Return the days on which what rests on this source is shown."""
        source = self.files.sources.value.get(name)
        return source.days if source else ALWAYS

    def link(self, spot: Spot, name: str | None) -> str | None:
        """Return the contact or source that `spot` links; if it cannot be linked, add a problem."""
        if name is None:
            return None
        contact, source = self.files.contacts.value.get(name), self.files.sources.value.get(name)
        here = spot / 'link'
        for table, entry in (('contacts', contact), ('sources', source)):
            if entry:
                self.use(table, name)
        if not contact and not source:
            both = [*self.files.contacts.value, *self.files.sources.value]
            self.wrong(here.place(), f'there is no contact or source `{name}`{self.nearest(name, both)}', 'the id of one')
        elif source and source.days != Days():
            self.wrong(here.place(), f'`{name}` has days, and a link to it has none', 'a source without `from` and `until`')
        elif contact and source:
            self.wrong(here.place(), f'`{name}` is a contact and a source', 'an id that only one of them has')
        elif not (linkable(contact.channels) if contact else source and source.url):
            self.wrong(here.place(), f'`{name}` has no address or number to link', 'a contact or source with one')
        return name

    def known(self, spot: Spot, kind: str, name: str, known: Iterable[str], *, key: bool = False, of: str = '') -> bool:
        """Tell whether `name` is one of those that are `known`; if not, add a problem. `kind` and `of` are words for it."""
        if name in known:
            return True
        if present := _present(name, known):
            self.renamed(spot.place(key), name, present)
            return False
        known = list(known)
        expected = listed(known) or f'a {kind} that there is'
        self.wrong(spot.place(key), f'there is no {kind} `{name}`{of}{self.nearest(name, known)}', expected)
        return False


def linkable(channels: Iterable[Channel]) -> tuple[Channel, ...]:
    """Return the channels that a link can lead to."""
    return tuple(channel for channel in channels if channel.value and channel.kind in ('phone', 'web', 'email'))


def each_of(spot: Spot, one_or_more: T | list[T]) -> Iterator[tuple[Spot, T]]:
    """Yield each item of a list with its spot, or the one value that stands in the place of a list."""
    if isinstance(one_or_more, list):
        yield from ((spot / index, item) for index, item in enumerate(one_or_more))
    else:
        yield spot, one_or_more


def _present(name: str, known: Iterable[str]) -> str | None:
    """Return the id of that which was called `name` once, if the known ones are entries that tell how they were called."""
    if not isinstance(known, Mapping):
        return None
    return next((identity for identity, entry in known.items() if name in getattr(entry, 'was', ())), None)


def reserved(identity: str) -> str | None:
    """Return what a word means in a condition, so that no question may have it as its id; None if it is free."""
    return CONDITION_WORDS.get(identity)


def refer_from_data(references: References) -> None:
    """Follow every reference that stands outside the flows."""
    _from_lists(references)
    _from_tables(references)
    _from_steps(references)
    _check_days(references)
    _from_contacts(references)
    _from_service(references)


def _from_lists(references: References) -> None:
    for list_name, loaded in references.files.lists.items():
        spot, list_file = Spot(loaded.file), loaded.value
        _from_groups(references, spot, list_file)
        for index, likely in enumerate(list_file.first):
            references.known(spot / 'first' / index, 'row', likely, list_file.rows)
        for row_id, row in list_file.rows.items():
            for field, value in row.fields.items():
                here = spot / 'rows' / row_id / 'fields' / field
                if field in (GROUP, HAS):
                    references.wrong(here.place(key=True), f'`{field}` has a meaning of its own in conditions', 'another name')
                if value is not None and (field in list_file.fallback or (list_name, field) in references.contact_fields):
                    if value.id is None:
                        references.wrong(here.place(), f'`{field}` names contacts, and this is a text', 'the id of a contact')
                    else:
                        references.refer(here, 'contacts', value.id)
        for field, contact in list_file.fallback.items():
            references.refer(spot / 'fallback' / field, 'contacts', contact)


def _from_groups(references: References, spot: Spot, list_file: ListFile) -> None:
    labelled: dict[str, str] = {}  # row -> the group with a label that it stands in
    for name, group in list_file.groups.items():
        here = spot / 'groups' / name
        rows = here if isinstance(spot.file.data['groups'][name], list) else here / 'rows'
        for index, row in enumerate(group.rows):
            references.known(rows / index, 'row', row, list_file.rows)
            if group.label and labelled.setdefault(row, name) != name:
                message = f'`{row}` stands in the group `{labelled[row]}` too, which has a label'
                references.wrong((rows / index).place(), message, 'each row in one group with a label')


def _from_tables(references: References) -> None:
    files = references.files
    for loaded in (files.assistance, files.limitations, files.steps, files.contacts):
        for identity, entry in loaded.value.items():
            references.refer(Spot(loaded.file) / identity / 'source', 'sources', entry.source)


def _from_steps(references: References) -> None:
    steps, assistance = references.files.steps, references.files.assistance
    for identity, entry in assistance.value.items():
        references.link(Spot(assistance.file) / identity, entry.link)
    for identity, step in steps.value.items():
        references.link(Spot(steps.file) / identity, step.link)
        if step.same_as:
            references.known(Spot(steps.file) / identity / 'same-as', 'step', step.same_as, steps.value)


def _check_days(references: References) -> None:
    """Report days that are none, and days of what stands in every result."""
    files, service = references.files, references.service
    for loaded in (files.steps, files.contacts, files.sources):
        for identity, entry in loaded.value.items():
            references.days(Spot(loaded.file) / identity, entry)
    always = {name: 'stands on every page' for name in (service.source_page, service.practice) if name}
    always |= {entry.source: 'is that of an assistance' for entry in files.assistance.value.values()}
    always |= {entry.source: 'is that of a limitation' for entry in files.limitations.value.values()}
    for identity, why in always.items():
        _no_days(references, Spot(files.sources.file) / identity, identity, files.sources.value.get(identity), why)
    if service.help:
        help_, contacts = service.help, files.contacts
        _no_days(references, Spot(contacts.file) / help_, help_, contacts.value.get(help_), 'stands in every result')


def _no_days(references: References, spot: Spot, identity: str, entry: HasDays | None, why: str) -> None:
    if entry and entry.days != Days():
        references.wrong(spot.place(key=True), f'`{identity}` has days, but {why}', 'no `from` and no `until`')


def _from_contacts(references: References) -> None:
    top = Spot(references.files.contacts.file)
    for identity, contact in references.files.contacts.value.items():
        _languages(references, top / identity / 'address-in', contact.address_in)
        for index, channel in enumerate(contact.channels):
            spot = top / identity / 'channels' / index
            _languages(references, spot / 'value-in', channel.value_in)
            if channel.source:
                references.refer(spot / 'source', 'sources', channel.source)
    for identity, source in references.files.sources.value.items():
        _languages(references, Spot(references.files.sources.file) / identity / 'url-in', source.url_in)


def _languages(references: References, spot: Spot, said: Iterable[str]) -> None:
    """Follow the languages that `spot` says something in, one by one."""
    for lang in said:
        references.known(spot / lang, 'language', lang, references.service.languages, key=True)


def _from_service(references: References) -> None:
    service, contacts = references.service, references.files.contacts.value
    top = Spot(references.files.service.file)
    if service.source_page:
        references.refer_to_page(top / 'source-page', service.source_page)
    if service.practice:
        references.refer(top / 'practice', 'sources', service.practice)
    if service.help:
        references.refer(top / 'help', 'contacts', service.help)
    if service.start_with:
        questions = {name: entry for flow in references.files.flows.values() for name, entry in flow.value.questions.items()}
        asked = [name for name, entry in questions.items() if isinstance(entry, QuestionSpec)]
        references.known(top / 'start-with', 'question', service.start_with, asked)
    for index, source in enumerate(service.onward):
        references.refer_to_page(top / 'onward' / index, source)
    for index, group in enumerate(service.emergency):
        for n, contact in enumerate(group.contacts):
            spot = top / 'emergency' / index / 'contacts' / n
            if references.refer(spot, 'contacts', contact) and not contacts[contact].channels:
                references.wrong(spot.place(), f'`{contact}` has no number', 'a contact with one')
