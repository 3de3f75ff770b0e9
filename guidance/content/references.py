"""Who refers to whom: names looked up in the files that have them, with a problem for each that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guidance.content.format import RESERVED_IDS
from guidance.content.format import RESERVED_PREFIX
from guidance.content.format import ListFile
from guidance.content.format import Service
from guidance.content.problem import MOST
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import listed
from guidance.content.problem import nearest
from guidance.content.yamlfile import YamlFile

Tables = Mapping[str, tuple[YamlFile, Any]]
Folders = Mapping[str, Mapping[str, tuple[YamlFile, Any]]]


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
    """The loaded files, what in them is referred to, and the `problems` found on the way."""

    def __init__(self, tables: Tables, folders: Folders) -> None:
        self.files = {kind: file for kind, (file, _) in tables.items()}
        self.tables = {kind: value for kind, (_, value) in tables.items()}
        self.folders = folders
        self.lists: dict[str, ListFile] = {name: value for name, (_, value) in folders['lists'].items()}
        self.problems: list[Problem] = []
        self.used: dict[str, set[str]] = {}  # kind -> ids that something refers to

    def wrong(self, place: Place, message: str, expected: str = '') -> None:
        """Add a problem."""
        self.problems.append(Problem(place, message, expected))

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """Return the near name for a message, but not for more problems than are told: it takes the most time."""
        return nearest(name, known) if len(self.problems) < MOST else ''

    def use(self, kind: str, name: str) -> None:
        """Note that something refers to `name`, whether there is one or not."""
        self.used.setdefault(kind, set()).add(name)

    def refer(self, spot: Spot, kind: str, name: str) -> bool:
        """Tell whether there is such an entry in the table `kind`, to which `spot` refers; if not, add a problem."""
        self.use(kind, name)
        table = self.tables[kind]
        if name in table:
            return True
        self.wrong(spot.place(), f'`{name}` is not in data/{kind}.yaml{self.nearest(name, table)}', listed(table))
        return False

    def known(self, spot: Spot, kind: str, name: str, known: Iterable[str], *, key: bool = False, of: str = '') -> bool:
        """Tell whether `name` is one of those that are `known`; if not, add a problem. `kind` and `of` are words for it."""
        if name in known:
            return True
        known = list(known)
        self.wrong(spot.place(key), f'there is no {kind} `{name}`{of}{self.nearest(name, known)}', listed(known))
        return False


def reserved(identity: str) -> bool:
    """Tell whether a question may not have this id, since an address or a condition uses the word for something else."""
    return identity in RESERVED_IDS or identity.startswith(RESERVED_PREFIX)


def refer_from_data(references: References) -> None:
    """Follow every reference that stands outside the flows."""
    _from_lists(references)
    _from_tables(references)
    _from_service(references)


def _from_lists(references: References) -> None:
    for file, list_file in references.folders['lists'].values():
        spot = Spot(file)
        for group, rows in list_file.groups.items():
            for index, row in enumerate(rows):
                references.known(spot / 'groups' / group / index, 'row', row, list_file.rows)
        for row_id, row in list_file.rows.items():
            for field, contact in row.fields.items():
                if contact is not None:
                    references.refer(spot / 'rows' / row_id / 'fields' / field, 'contacts', contact)
        for field, contact in list_file.fallback.items():
            references.refer(spot / 'fallback' / field, 'contacts', contact)


def _from_tables(references: References) -> None:
    languages = references.tables['service'].languages
    for identity, contact in references.tables['contacts'].items():
        spot = Spot(references.files['contacts']) / identity / 'address-in'
        for lang in contact.address_in:
            references.known(spot / lang, 'language', lang, languages, key=True)
    for kind in ('assistance', 'limitations', 'steps', 'contacts'):
        for identity, entry in references.tables[kind].items():
            spot = Spot(references.files[kind]) / identity
            references.refer(spot / 'source', 'sources', entry.source)
            for index, channel in enumerate(getattr(entry, 'channels', ())):
                if channel.source:
                    references.refer(spot / 'channels' / index / 'source', 'sources', channel.source)


def _from_service(references: References) -> None:
    service: Service = references.tables['service']
    top = Spot(references.files['service'])
    references.refer(top / 'source-page', 'sources', service.source_page)
    if service.practice:
        references.refer(top / 'practice', 'sources', service.practice)
    references.refer(top / 'help', 'contacts', service.help)
    for index, source in enumerate(service.onward):
        references.refer(top / 'onward' / index, 'sources', source)
    for index, group in enumerate(service.emergency):
        for n, contact in enumerate(group.contacts):
            spot = top / 'emergency' / index / 'contacts' / n
            if references.refer(spot, 'contacts', contact) and not references.tables['contacts'][contact].channels:
                references.wrong(spot.place(), f'`{contact}` has no number', 'a contact with one')
