"""What an edition can show in a result, each piece with the answers to which it is shown, in the order in which they stand.

The same rules as in `journey/walk.py`, which makes one result of one set of answers; here of all at once.
"""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from guidance.content.braces import fill
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.local_text import original
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import NamedAnswer
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.model import RowContact
from guidance.content.model import Wording
from guidance.journey.walk import Result

MAY_ASK = 'may ask'
"""Stands for an assistance that the reader can ask for, which another can only be told of."""

Texts = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A text in a result, in each of the languages that are compared, and the answers to which it is shown.

    `of` is the outcome, assistance, limitation or contact that it belongs to, `id` the line; `under` is the heading, where two
    may have the same text below them. `kind` is its place: see `KINDS`.
    """

    section: str
    kind: str
    of: str
    id: str
    under: Texts
    texts: Texts
    when: Condition

    @property
    def key(self) -> tuple[str, Texts, Texts]:
        """What a reader sees of it."""
        return self.kind, self.under, self.texts


KINDS = {
    'title': 'heading',
    'advice': 'piece of advice',
    'summary': 'summary',
    'now': 'step',
    'later': 'later step',
    'none': 'statement that nothing can be done',
    'can': 'name of an assistance',
    'may': 'assistance that one can ask for',
    'can line': 'line about an assistance',
    'who': 'line on who may ask',
    'how': 'line on how to ask',
    'cannot': 'name of a limit',
    'cannot line': 'line about a limit',
    'limit': 'general limit',
    'contact': 'contact',
}
"""The places of a result -> what stands there."""


def shown(contents: Sequence[Content], *, as_seen: bool = False) -> list[Piece]:
    """Return every piece of an edition, given in each language; each key is shown once in a result, where it stands first.

    `as_seen`: only what a link remembers of a result, in the words of the files. See `fingerprint` of a result.
    """
    every = [list(_Pieces(content, as_seen).all()) for content in contents]
    return [
        replace(pieces[0], under=tuple(piece.under[0] for piece in pieces), texts=tuple(piece.texts[0] for piece in pieces))
        for pieces in zip(*every, strict=True)
    ]


class _Pieces:
    """The pieces of a content in one language."""

    def __init__(self, content: Content, as_seen: bool) -> None:
        self._content = content
        self._as_seen = as_seen
        self._outcomes = content.by_urgency

    def all(self) -> Iterator[Piece]:
        yield from self._parts()
        yield from self._can()
        yield from self._cannot()
        yield from self._contacts()

    def _piece(self, section: str, kind: str, of: str, text: str, when: Condition, line: str = '', under: str = '') -> Piece:
        said = original(text) if self._as_seen else str(text)
        return Piece(section, kind, of, line, (original(under) if self._as_seen else str(under),), (said,), when)

    def _parts(self) -> Iterator[Piece]:
        lines = [
            (outcome, kind, line)
            for kind in ('now', 'later')
            for outcome in self._outcomes
            for line in (outcome.do_now if kind == 'now' else outcome.later)
        ]
        names = [frozenset((line.id, line.same_as or line.id)) for _, _, line in lines]
        whens = once(
            [all_of([outcome.applies, line.when]) for outcome, _, line in lines],
            names,
            [(kind, original(line.say), line.link) for _, kind, line in lines],
        )
        steps: dict[str, list[Piece]] = {outcome.id: [] for outcome in self._outcomes}
        for (outcome, kind, line), when in zip(lines, whens, strict=True):
            for text, here in self._line(line, when):
                steps[outcome.id].append(self._piece('parts', kind, outcome.id, text, here, line.id))
        for outcome in self._outcomes:
            none = all_of([outcome.applies, negate(any_of(line.when for lines in outcome.can.values() for line in lines))])
            wordings = (('title', outcome.title), ('advice', outcome.advice), ('summary', outcome.summary))
            for kind, wording in wordings:
                yield from self._wording(outcome, kind, wording, outcome.applies)
            yield from steps[outcome.id]
            yield from self._wording(outcome, 'none', outcome.no_assistance, none)

    def _wording(self, outcome: Outcome, kind: str, wording: Wording | None, when: Condition) -> Iterator[Piece]:
        for number, variant in enumerate(wording.variants if wording else ()):
            for text, here in _filled(variant.say, variant.named, all_of([when, variant.when])):
                yield self._piece('parts', kind, outcome.id, text, here, str(number))
            when = all_of([when, negate(variant.when)])

    def _line(self, line: Line, when: Condition) -> Iterator[tuple[str, Condition]]:
        """Return what the line says, with what it links, and where."""
        linked = f'\n{self._linked(line.link)}' if line.link else ''
        for text, here in _filled(line.say, line.named, when):
            yield (original(text) if self._as_seen else str(text)) + linked, here

    def _linked(self, identity: str) -> str:
        contact = self._content.contacts.get(identity)
        if contact:
            return self._card(identity)
        title = self._content.sources[identity].title
        return original(title) if self._as_seen else str(title)

    def _can(self) -> Iterator[Piece]:
        for identity, about in self._content.assistance.items():
            lines = self._sentences([(outcome.applies, outcome.can.get(identity, ())) for outcome in self._outcomes])
            when = any_of(here for _, _, here in lines)
            if not lines:
                continue
            offered = any_of(here for line, _, here in lines if not line.whom_to_ask)
            yield self._piece('can', 'can', identity, about.title, when)
            yield self._piece('can', 'may', identity, MAY_ASK, offered, under=about.title)
            for line, text, here in lines:
                yield self._piece('can', 'can line', identity, text, here, line.id, about.title)
            if about.who_may_ask:
                yield self._piece('can', 'who', identity, about.who_may_ask, when, under=about.title)
            if about.how_to_ask:
                yield self._piece('can', 'how', identity, about.how_to_ask, when, under=about.title)

    def _cannot(self) -> Iterator[Piece]:
        general: list[Piece] = []
        for identity, about in self._content.limitations.items():
            lines = self._sentences([(outcome.applies, outcome.cannot.get(identity, ())) for outcome in self._outcomes])
            when = any_of(here for _, _, here in lines)
            if lines:
                yield self._piece('cannot', 'cannot', identity, about.title, when)
            for line, text, here in lines:
                yield self._piece('cannot', 'cannot line', identity, text, here, line.id, about.title)
            if about.general is not False:
                general.append(self._piece('limits', 'limit', identity, about.say, negate(when)))
        yield from general

    def _sentences(self, lists: Iterable[tuple[Condition, Iterable[Line]]]) -> list[tuple[Line, str, Condition]]:
        """Return the sentences of an assistance or limitation, each where it is the first that says so."""
        every = [
            (line, text, here, original(said))
            for applies, lines in lists
            for line in lines
            for (text, here), (said, _) in zip(
                self._line(line, all_of([applies, line.when])), _filled(line.say, line.named, TRUE), strict=True
            )
        ]
        whens = once(
            [here for _, _, here, _ in every],
            [frozenset([said]) for *_, said in every],
            [(line.link, line.whom_to_ask, line.unknown) for line, *_ in every],
        )
        return [(line, text, when) for (line, text, _, _), when in zip(every, whens, strict=True)]

    def _contacts(self) -> Iterator[Piece]:
        content = self._content
        if content.service.help:
            helps = any_of(outcome.applies for outcome in self._outcomes if outcome.help)
            none = negate(any_of(outcome.applies for outcome in self._outcomes))
            when = TRUE if all(outcome.help for outcome in self._outcomes) else any_of([helps, none])
            yield self._piece('contacts', 'contact', content.service.help, self._card(content.service.help), when)
        for outcome in self._outcomes:
            for line in outcome.contacts:
                when = all_of([outcome.applies, line.when])
                match line:
                    case NamedContact(contact=contact):
                        yield self._piece('contacts', 'contact', contact, self._card(contact), when)
                    case RowContact():
                        for contact, options in self._rows(line):
                            here = all_of([when, AnswerIs(line.question, options)])
                            yield self._piece('contacts', 'contact', contact, self._card(contact), here)

    def _rows(self, line: RowContact) -> list[tuple[str, frozenset[str]]]:
        """Return the contacts of the rows that can be chosen, in their order; where one is chosen only, each once."""
        question = self._content.question[line.question]
        found = [(self._content.row_contact(question.id, option.id, line.field), option.id) for option in question.options]
        if question.many:
            return [(contact, frozenset([option])) for contact, option in found if contact]
        by_contact: dict[str, set[str]] = {}
        for contact, option in found:
            if contact:
                by_contact.setdefault(contact, set()).add(option)
        return [(contact, frozenset(options)) for contact, options in by_contact.items()]

    def _card(self, identity: str) -> str:
        """Return what is shown of a contact, a line for each part."""
        return card(self._content, identity, as_seen=self._as_seen)


def card(content: Content, identity: str, *, as_seen: bool = False) -> str:
    """Return what is shown of a contact, a line for each part; `as_seen`: what a link remembers of it."""
    about = content.contacts[identity]
    ways = [(channel, channel.name or channel.value) for channel in about.channels]
    if as_seen:
        return '\n'.join(map(original, [about.name, about.hours or '', *(value for _, value in ways)]))
    parts = [about.name, about.of, about.note, about.hours, about.address, *about.address_in.values()]
    parts += [f'{channel.kind}: {value}' + (f' ({channel.note})' if channel.note else '') for channel, value in ways]
    return '\n'.join(str(part) for part in (*parts, about.unknown) if part)


def once(whens: Sequence[Condition], names: Sequence[frozenset[str]], alike: Sequence[Hashable]) -> list[Condition]:
    """Return where each of some things is shown that share names, of which none is shown twice: the first one stays.

    Where all that share names are `alike`, it makes no difference which of them is shown, and each keeps its condition.
    """
    found: list[Condition] = []
    by_name: dict[str, list[int]] = {}
    for number, own in enumerate(names):
        for name in own:
            by_name.setdefault(name, []).append(number)
    differ = {name for name, sharing in by_name.items() if len({alike[number] for number in sharing}) > 1}
    before: list[frozenset[int]] = []
    for number, (when, own) in enumerate(zip(whens, names, strict=True)):
        before.append(frozenset(other for name in own & differ for other in by_name[name] if other < number))
        # One that is not shown gave way to another: where that one is among these, too, it is enough that it would be shown.
        alone = all(before[other] <= before[number] for other in before[number])
        earlier = any_of((whens if alone else found)[other] for other in sorted(before[number]))
        found.append(all_of([when, negate(earlier)]) if before[number] else when)
    return found


def _filled(text: str, named: tuple[NamedAnswer, ...], when: Condition) -> Iterator[tuple[str, Condition]]:
    """Return a text with what it names of the answers, for each answer, and where it reads so."""
    ways: list[tuple[dict[str, str], Condition]] = [({}, when)]
    for each in named:
        ways = [
            ({**values, each.name: said}, all_of([here, chosen])) for values, here in ways for said, chosen in _answers_of(each)
        ]
    for values, here in ways:
        yield (fill(text, values) if values else text), here


def _answers_of(named: NamedAnswer) -> Iterator[tuple[str, Condition]]:
    before: list[str] = []
    for option, said in named.texts.items():
        first = negate(AnswerIs(named.question, frozenset(before))) if before else TRUE
        yield said, all_of([AnswerIs(named.question, frozenset([option])), first])
        before.append(option)
    yield '…', negate(AnswerIs(named.question, frozenset(before))) if before else TRUE


PieceKey = tuple[str, Texts, Texts]


def said(content: Content, result: Result) -> list[tuple[str, str, PieceKey]]:
    """Return what one result shows, in order: section, the id that it belongs to, key; each key of a section once."""
    found: dict[tuple[str, PieceKey], str] = {}

    def add(section: str, kind: str, of: str, text: str | None, under: str = '') -> None:
        if text:
            found.setdefault((section, (kind, (str(under),), (str(text),))), of)

    def line(each: Line) -> str:
        contact = content.contacts.get(each.link) if each.link else None
        linked = (card(content, each.link) if contact else str(content.sources[each.link].title)) if each.link else ''
        return f'{each.say}\n{linked}' if linked else str(each.say)

    for part in result.parts:
        texts = (('title', part.title), ('advice', part.advice), ('summary', part.summary))
        lines = [*(('now', line(step)) for step in part.do_now), *(('later', line(step)) for step in part.later)]
        for kind, text in (*texts, *lines, ('none', part.no_assistance)):
            add('parts', kind, part.outcome.id, text)
    for item in result.can:
        about = content.assistance[item.id]
        add('can', 'can', item.id, about.title)
        add('can', 'may', item.id, MAY_ASK if item.may_ask else None, about.title)
        for each in item.lines:
            add('can', 'can line', item.id, line(each), about.title)
        add('can', 'who', item.id, about.who_may_ask, about.title)
        add('can', 'how', item.id, about.how_to_ask, about.title)
    for item in result.cannot:
        title = content.limitations[item.id].title
        add('cannot', 'cannot', item.id, title)
        for each in item.lines:
            add('cannot', 'cannot line', item.id, line(each), title)
    for item in result.other_limits:
        add('limits', 'limit', item.id, content.limitations[item.id].say)
    for identity in result.contacts:
        add('contacts', 'contact', identity, card(content, identity))
    return [(section, of, key) for (section, key), of in found.items()]
