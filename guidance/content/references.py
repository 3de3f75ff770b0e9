"""Who refers to whom: names looked up in the files that have them, with a problem for each that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidance.content.format import CONDITION_WORDS
from guidance.content.format import ListFile
from guidance.content.loaded import Files
from guidance.content.loaded import Table
from guidance.content.problem import MOST
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import listed
from guidance.content.problem import nearest
from guidance.content.yamlfile import YamlFile


@dataclass(frozen=True)
class Spot:
    """A value in a file, by its path. `spot / key` is what stands under that key of it."""

    file: YamlFile
    path: tuple[str | int, ...] = ()

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
        self._entries = {table: loaded.value for table, loaded in files.tables.items()}

    def wrong(self, place: Place, message: str, expected: str = '') -> None:
        """Add a problem."""
        self.problems.append(Problem(place, message, expected))

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """Return the near name for a message, but not for more problems than are told: it takes the most time."""
        return nearest(name, known) if len(self.problems) < MOST else ''

    def use(self, kind: str, name: str) -> None:
        """Note that something refers to `name`, whether there is one or not."""
        self.used.setdefault(kind, set()).add(name)

    def refer(self, spot: Spot, table: Table, name: str) -> bool:
        """Tell whether there is such an entry in a table, to which `spot` refers; if not, add a problem."""
        self.use(table, name)
        entries = self._entries[table]
        if name in entries:
            return True
        self.wrong(spot.place(), f'`{name}` is not in data/{table}.yaml{self.nearest(name, entries)}', listed(entries))
        return False

    def known(self, spot: Spot, kind: str, name: str, known: Iterable[str], *, key: bool = False, of: str = '') -> bool:
        """Tell whether `name` is one of those that are `known`; if not, add a problem. `kind` and `of` are words for it."""
        if name in known:
            return True
        known = list(known)
        self.wrong(spot.place(key), f'there is no {kind} `{name}`{of}{self.nearest(name, known)}', listed(known))
        return False


def reserved(identity: str) -> bool:
    """Tell whether a question may not have this id, since a condition uses the word for something else."""
    return identity in CONDITION_WORDS


def refer_from_data(references: References) -> None:
    """Follow every reference that stands outside the flows."""
    _from_lists(references)
    _from_tables(references)
    _from_contacts(references)
    _from_service(references)


def _from_lists(references: References) -> None:
    for loaded in references.files.lists.values():
        spot, list_file = Spot(loaded.file), loaded.value
        for group, members in list_file.groups.items():
            for index, member in enumerate(members):
                references.known(spot / 'groups' / group / index, 'row', member, list_file.rows)
        for row_id, row in list_file.rows.items():
            for field, contact in row.fields.items():
                if contact is not None:
                    references.refer(spot / 'rows' / row_id / 'fields' / field, 'contacts', contact)
        for field, contact in list_file.fallback.items():
            references.refer(spot / 'fallback' / field, 'contacts', contact)


def _from_tables(references: References) -> None:
    files = references.files
    for loaded in (files.assistance, files.limitations, files.steps, files.contacts):
        for identity, entry in loaded.value.items():
            references.refer(Spot(loaded.file) / identity / 'source', 'sources', entry.source)


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
        references.refer(top / 'source-page', 'sources', service.source_page)
    if service.practice:
        references.refer(top / 'practice', 'sources', service.practice)
    if service.help:
        references.refer(top / 'help', 'contacts', service.help)
    for index, source in enumerate(service.onward):
        references.refer(top / 'onward' / index, 'sources', source)
    for index, group in enumerate(service.emergency):
        for n, contact in enumerate(group.contacts):
            spot = top / 'emergency' / index / 'contacts' / n
            if references.refer(spot, 'contacts', contact) and not contacts[contact].channels:
                references.wrong(spot.place(), f'`{contact}` has no number', 'a contact with one')
