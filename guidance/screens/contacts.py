"""Contacts as they are shown: cards with every way to reach somebody, and the strip of emergency numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidance.content.condition import Answers
from guidance.content.condition import holds
from guidance.content.format import Channel
from guidance.content.format import Contact
from guidance.content.format import Source
from guidance.content.model import Content
from guidance.content.telephone import dial
from guidance.content.trust import needs_confirmation
from guidance.content.trust import unconfirmed
from guidance.screens.texts import ScreenTexts

_IN_SIGHT = 2  # numbers of a place that stand in the line above every page
_WITH_A_NUMBER = ('phone', 'fax', 'whatsapp')


@dataclass(frozen=True)
class ContactChannel:
    """One way to reach a contact; without `href` it is only read."""

    kind: str
    label: str
    value: str
    href: str | None
    note: str | None


@dataclass(frozen=True)
class ContactCard:
    """A contact, the telephone before its other `channels`; `call` is the number to dial, if there is one.

    `addresses` have their language before them; `seen` says where a number was found that nobody confirmed.
    """

    about: Contact
    call: ContactChannel | None
    channels: tuple[ContactChannel, ...]
    addresses: tuple[tuple[str, str], ...]
    seen: str
    confirm: bool

    @property
    def ways(self) -> tuple[ContactChannel, ...]:
        """The channels of which there is more to say than the number to call."""
        return tuple(channel for channel in self.channels if channel != self.call or channel.note)


@dataclass(frozen=True)
class EmergencyNumbers:
    """The numbers for one place: `near` if the asker is there, `always` if they hold everywhere."""

    title: str
    near: bool
    always: bool
    numbers: tuple[ContactCard, ...]


@dataclass(frozen=True)
class Dial:
    """A number of the line above every page, with the word below it; `whose` it is, where that word does not tell.

    Without `href` it is only read.
    """

    number: str
    href: str | None
    label: str
    whose: str = ''


@dataclass(frozen=True)
class DialRow:
    """Numbers in one line, under the name of their place where the line is about one."""

    cells: tuple[Dial, ...]
    title: str = ''


@dataclass(frozen=True)
class Strip:
    """The strip of every page: `rows` are in sight, `groups` are all numbers. `wide` is that of a page where danger comes first.

    `contacts_at` is where the page itself has the contacts; None where they stand in the strip, with what is `unknown` of them.
    """

    calm: bool
    wide: bool
    rows: tuple[DialRow, ...]
    groups: tuple[EmergencyNumbers, ...]
    contacts: tuple[ContactCard, ...]
    unknown: tuple[str, ...]
    contacts_at: str | None


def contact_card(texts: ScreenTexts, identity: str) -> ContactCard:
    """Return a contact as it is shown."""
    content = texts.content
    contact: Contact = content.contacts[identity]
    source = content.sources[contact.source]
    known = identity == content.service.help or any(identity in group.contacts for group in content.emergency)
    numbered = any(channel.kind in _WITH_A_NUMBER for channel in contact.channels)
    channels = sorted(contact.channels, key=lambda channel: channel.kind != 'phone')
    return ContactCard(
        about=contact,
        call=next((_channel(texts, channel) for channel in contact.telephones), None),
        channels=tuple(_channel(texts, channel) for channel in channels),
        addresses=_addresses(texts, contact),
        seen=_seen(texts, source) if numbered and not known and unconfirmed(source, content.service.old_after) else '',
        confirm=needs_confirmation(source),
    )


def unknown(content: Content, contacts: Iterable[str]) -> tuple[str, ...]:
    """Return what is not known of some contacts, as questions, each once."""
    return tuple(dict.fromkeys(asked for name in contacts if (asked := content.contacts[name].unknown)))


def _channel(texts: ScreenTexts, channel: Channel) -> ContactChannel:
    return ContactChannel(channel.kind, texts.words(channel.kind), channel.name or channel.value, href_of(channel), channel.note)


def href_of(channel: Channel) -> str | None:
    """Return the address that a link to the channel has; None for one that is only read, such as the name of an app."""
    if not channel.value:
        return None
    return {'phone': dial(channel), 'web': channel.value, 'email': f'mailto:{channel.value}'}.get(channel.kind)


def link(content: Content, name: str, far: frozenset[str]) -> tuple[str, str] | None:
    """Return address and words of the link to a contact or a source; None where it is one of `far` and has a number only."""
    contact = content.contacts.get(name)
    if contact is None:
        source = content.sources.get(name)
        return (source.url, source.title) if source and source.url else None
    ways = (href_of(channel) for channel in contact.channels if name not in far or channel.kind != 'phone')
    return next(((href, contact.name) for href in ways if href), None)


def _addresses(texts: ScreenTexts, contact: Contact) -> tuple[tuple[str, str], ...]:
    """Return language and text of the address: in the reader's language, else as it is and as people there read it."""
    if texts.lang in contact.address_in:
        return ((texts.lang, contact.address_in[texts.lang]),)
    address_lang = contact.address_lang or texts.content.service.language
    written = ((address_lang, contact.address),) if contact.address else ()
    return (*written, *tuple(contact.address_in.items())[:1])


def _seen(texts: ScreenTexts, source: Source) -> str:
    date = texts.words('seen_dated', date=texts.day(source.dated)) if source.dated else texts.words('seen_undated')
    return texts.words('seen_on', page=source.title, publisher=source.publisher, date=date)


def near(content: Content, answered: Answers) -> tuple[bool, ...]:
    """Return for each emergency group whether it is that of the place where the asker is."""
    return tuple(group.when is not None and holds(group.when, answered) for group in content.emergency)


def emergency(texts: ScreenTexts, near: Iterable[bool]) -> tuple[EmergencyNumbers, ...]:
    """Return the emergency groups, the near ones first."""
    groups = (
        EmergencyNumbers(group.title, is_near, group.when is None, tuple(contact_card(texts, name) for name in group.contacts))
        for group, is_near in zip(texts.content.emergency, near, strict=True)
    )
    return tuple(sorted(groups, key=lambda group: not group.near))


def strip(
    texts: ScreenTexts, near: tuple[bool, ...], *, calm: bool, wide: bool, contacts: Iterable[str], contacts_at: str | None
) -> Strip:
    """Return the strip. In sight are the numbers for everywhere and for where the asker is, and for each place where that is
    not known; if `calm`, only those for where the asker is."""
    groups, contacts = emergency(texts, near), tuple(contacts)
    rows = _by_place(groups) if wide else _in_one_row(groups, calm)
    return Strip(
        calm=calm,
        wide=wide,
        rows=rows,
        groups=groups,
        contacts=tuple(contact_card(texts, name) for name in contacts) if contacts_at is None else (),
        unknown=unknown(texts.content, contacts) if contacts_at is None else (),
        contacts_at=contacts_at if contacts else None,
    )


def named_numbers(texts: ScreenTexts, contacts: Iterable[str]) -> list[str]:
    """Return name and first number of each contact that has one: no number is named as that of somebody else."""
    found = (texts.content.contacts[name] for name in contacts)
    return [texts.words('share_contact', name=contact.name, number=contact.number) for contact in found if contact.number]


def _in_one_row(groups: Iterable[EmergencyNumbers], calm: bool) -> tuple[DialRow, ...]:
    groups = sorted(groups, key=lambda group: not group.always)
    is_known = any(group.near for group in groups)
    cells: list[Dial] = []
    for group in groups:
        if group.near or (group.always and not calm):
            cells += [_dial(group, number) for number in group.numbers[:_IN_SIGHT]]
        elif not (group.always or calm or is_known):
            cells += [_dial(group, number, placed=True) for number in group.numbers[:1]]
    return (DialRow(tuple(cells)),) if cells else ()


def _by_place(groups: Iterable[EmergencyNumbers]) -> tuple[DialRow, ...]:
    """Return a row for each place with several numbers, and one for all that have just one."""
    several = [group for group in groups if len(group.numbers) > 1]
    single = [group for group in groups if len(group.numbers) == 1]
    rows = [DialRow(tuple(_dial(group, each) for each in group.numbers[:_IN_SIGHT]), group.title) for group in several]
    last = DialRow(tuple(_dial(group, each, placed=not group.always) for group in single for each in group.numbers))
    return (*rows, last) if last.cells else tuple(rows)


def _dial(group: EmergencyNumbers, card: ContactCard, *, placed: bool = False) -> Dial:
    """Return a number with what it is below it, or, `placed`, with the place where it holds."""
    channel = card.channels[0]
    short = card.about.short or (group.title if group.always else card.about.name)
    label = group.title if placed else short
    return Dial(_short(channel.value), channel.href, label, card.about.name if placed or group.always else '')


def _short(number: str) -> str:
    """Return a number without the code of its country or territory in brackets: the link dials it with that."""
    return number.rpartition(')')[2].strip() or number


def emergency_lines(texts: ScreenTexts) -> tuple[str, ...]:
    """Return all emergency numbers in text, a line for each place, for where nothing else can be shown."""
    contacts = texts.content.contacts
    return tuple(
        texts.words(
            'share_contact',
            name=group.title,
            number=texts.joined(f'{contacts[name].name} {contacts[name].number}' for name in group.contacts),
        )
        for group in texts.content.emergency
    )
