"""Whom the content tells to dial what: a number is named only to those who can dial it, or are asked to have it dialled."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.model import ContactLine
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.model import Wording
from guidance.content.problem import Place
from guidance.content.telephone import short_numbers
from guidance.content.telephone import telephone_numbers


@dataclass(frozen=True)
class Never:
    """What must hold for nobody: `message` has braces for the answers of somebody for whom it does."""

    place: Place
    message: str
    expected: str
    target: Condition


class _Said(NamedTuple):
    """A text, the conditions that all hold where it is shown, and whether it asks somebody else to call.

    Few texts have a number: for these alone, one condition is made of them.
    """

    text: str
    place: Place
    shown: tuple[Condition, ...]
    by_others: bool = False
    of: str = ''  # the entry, where its place does not say it


def dialling(content: Content) -> Iterator[Never]:
    """Yield what must hold for nobody, for each number of a contact with `reach` that a text, or a contact line, tells."""
    if content.service.help:
        help_reach = content.reach.get(content.service.help, TRUE)
        message = f'`{content.service.help}` stands in every result, but cannot be dialled with {{}}'
        yield Never(Place('data/service.yaml'), message, 'as `help`, a contact without `reach`', negate(help_reach))
    numbers = short_numbers(content.contacts)
    reach = {
        number: any_of(content.reach.get(contact, TRUE) for contact in contacts)
        for number, contacts in numbers.items()
        if all(contact in content.reach for contact in contacts)
    }
    for said in _everything_said(content, reach):
        named = telephone_numbers(said.text, numbers, content.service.not_telephone_numbers) if reach else ()
        told: dict[Condition, list[str]] = {}  # who can dial them -> numbers
        for number in dict.fromkeys(number.digits for number in named if number.digits in reach):
            told.setdefault(reach[number], []).append(f'`{number}`')
        for able, told_together in told.items():
            yield _not_by(', '.join(told_together), said, able) if said.by_others else _told(', '.join(told_together), said, able)
        if said.by_others and not told:
            yield _needless(said.place)
    for outcome in content.outcomes:
        for line in outcome.contacts:
            yield from _contact_line(content, outcome, line)


def _told(what: str, said: _Said, able: Condition) -> Never:
    message = f'{what}{said.of}: told to somebody who cannot dial that, with {{}}'
    expected = 'a `when` within the `reach` of the contact, or `by-others: true` and words that have somebody on the spot call'
    return Never(said.place, message, expected, all_of([*said.shown, negate(able)]))


def _not_by(what: str, said: _Said, able: Condition) -> Never:
    message = f'{what}: to be dialled by others, though the reader is there and can dial, with {{}}'
    return Never(said.place, message, 'a `when` that leaves out those who can dial', all_of([*said.shown, able]))


def _needless(place: Place) -> Never:
    return Never(place, '`by-others`, and no number with `reach`', 'no `by-others`', TRUE)


def _contact_line(content: Content, outcome: Outcome, line: ContactLine) -> Iterator[Never]:
    """Yield the claims for each contact that the line can show."""
    found: dict[str, Condition] = {}
    if isinstance(line, NamedContact):
        found[line.contact] = TRUE
    else:
        for option in content.question[line.question].option:
            if contact := content.row_contact(line.question, option, line.field):
                chosen = AnswerIs(line.question, frozenset([option]))
                found[contact] = any_of([found.get(contact, FALSE), chosen])
    limited = [contact for contact in found if contact in content.reach]
    for contact in limited if not line.by_others else ():
        said = _Said('', line.place, (outcome.applies, line.when, found[contact]))
        yield _told(f'`{contact}`', said, content.reach[contact])
    if line.by_others and not limited:
        yield _needless(line.place)


def _everything_said(content: Content, limited: Collection[str]) -> Iterator[_Said]:
    for question in content.questions:
        for wording in (question.ask, question.hint, question.why):
            yield from _variants(wording, question.when)
        for option in question.options:
            yield from (_Said(text, question.place, (question.when,)) for text in (option.label, option.hint) if text)
    for outcome in content.outcomes:
        for wording in (outcome.title, outcome.advice, outcome.summary, outcome.no_assistance):
            yield from _variants(wording, outcome.applies)
        yield from (_line(outcome, line) for line in outcome.lines)
    yield from _in_tables(content, limited)


def _in_tables(content: Content, limited: Collection[str]) -> Iterator[_Said]:
    for identity, assistance in content.assistance.items():
        for text in (assistance.say, assistance.who_may_ask, assistance.how_to_ask):
            if text and any(number in text for number in limited):  # else it would take long to say who is shown it
                shown = any_of(all_of([o.applies, line.when]) for o in content.outcomes for line in o.can.get(identity, ()))
                yield _Said(text, Place('data/assistance.yaml'), (shown,), of=f' in `{identity}`')
    for identity, limitation in content.limitations.items():
        yield _Said(limitation.say, Place('data/limitations.yaml'), (TRUE,), of=f' in `{identity}`')


def _variants(wording: Wording | None, shown: Condition) -> Iterator[_Said]:
    before: tuple[Condition, ...] = (shown,)
    for variant in wording.variants if wording else ():
        yield _Said(variant.say, variant.place, (*before, variant.when), variant.by_others)
        before = (*before, negate(variant.when))


def _line(outcome: Outcome, line: Line) -> _Said:
    return _Said(line.say, line.used or line.place, (outcome.applies, line.when), line.by_others)
