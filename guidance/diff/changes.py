"""What differs between two editions, one thing after the other, each with where it makes a difference."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from guidance.content.condition import FALSE
from guidance.content.condition import Condition
from guidance.content.condition import any_of
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.diff.compare import moved
from guidance.diff.joint import Joint
from guidance.diff.pairs import SIDES
from guidance.diff.pairs import Side
from guidance.diff.pairs import newest
from guidance.diff.shown import KINDS
from guidance.diff.shown import Piece
from guidance.diff.shown import PieceKey
from guidance.diff.shown import Texts

_ALIKE = 0.5  # how much of two texts is the same (0 to 1) where one is taken for the other, changed
_PROMISES = ('can line', 'cannot line', 'cannot', 'limit', 'can', 'who', 'how', 'none')
_COUNTED = ('can', 'may', 'cannot')  # kinds of which it is told who gains and loses them

Where = Callable[[Joint], Condition]
"""Where a change makes a difference: a condition of joint journeys, however they are answered."""

TextChange = tuple[str, str, str]
"""Language, text before, text after; '' where there was or is none."""


@dataclass(frozen=True)
class Change:
    """One difference. `marked`: it takes an assistance from somebody, gives one, or changes a limit.

    `where` is None for what is no matter of answers. `arriving`: of the journeys on which neither edition asks an answer again.
    """

    group: str
    what: str
    where: Where | None = None
    texts: tuple[TextChange, ...] = ()
    marked: bool = False
    arriving: bool = True


@dataclass(frozen=True)
class Compared:
    """Two editions in the languages that both have, the one that they are written in first, and what each can show."""

    contents: Mapping[Side, Sequence[Content]]
    languages: tuple[str, ...]
    pieces: Mapping[Side, Sequence[Piece]]

    def content(self, side: Side) -> Content:
        """Return an edition in the language that it is written in."""
        return self.contents[side][0]


def changes(compared: Compared, joint: Joint) -> list[Change]:
    """Return every difference between two editions, the marked ones first."""
    found = [
        *_gained_and_lost(compared, joint),
        *_outcomes(compared, joint),
        *_questions(compared, joint),
        *_said(compared, joint),
    ]
    return sorted(found, key=lambda change: not change.marked)


def _any(compared: Compared, side: Side, kind: str, of: str) -> Condition:
    return any_of(piece.when for piece in compared.pieces[side] if piece.kind == kind and piece.of == of)


def _without(one: tuple[Side, Condition], other: tuple[Side, Condition]) -> Where:
    return lambda joint: joint.disjoint.without(joint.of(*one), [joint.of(*other)])


def _more_and_fewer(
    joint: Joint, group: str, old: Condition, new: Condition, more: str, fewer: str, *, marked: bool = False
) -> Iterator[Change]:
    if joint.of('old', old) != joint.of('new', new):
        yield Change(group, fewer, _without(('old', old), ('new', new)), marked=marked)
        yield Change(group, more, _without(('new', new), ('old', old)), marked=marked)


def _gained_and_lost(compared: Compared, joint: Joint) -> Iterator[Change]:
    old, new = compared.content('old'), compared.content('new')
    for identity in dict.fromkeys((*new.assistance, *old.assistance)):
        title = (new.assistance.get(identity) or old.assistance[identity]).title
        one, other = (_any(compared, side, 'may', identity) for side in SIDES)
        more, fewer = f'“{title}” is offered to more people', f'“{title}” is offered to fewer people'
        yield from _more_and_fewer(joint, 'Assistance', one, other, more, fewer, marked=True)
    for identity in dict.fromkeys((*new.limitations, *old.limitations)):
        title = (new.limitations.get(identity) or old.limitations[identity]).title
        one, other = (_any(compared, side, 'cannot', identity) for side in SIDES)
        more, fewer = f'The limit “{title}” is explained to more people', f'The limit “{title}” is explained to fewer people'
        yield from _more_and_fewer(joint, 'Limits', one, other, more, fewer, marked=True)


def _outcomes(compared: Compared, joint: Joint) -> Iterator[Change]:
    by_id = {side: {outcome.id: outcome for outcome in compared.content(side).outcomes} for side in SIDES}
    for identity in dict.fromkeys((*by_id['new'], *by_id['old'])):
        outcome = by_id['new'].get(identity) or by_id['old'][identity]
        title = outcome.title.variants[-1].say
        one, other = (_any(compared, side, 'title', identity) for side in SIDES)
        more, fewer = f'More people reach “{title}”', f'Fewer people reach “{title}”'
        if identity not in by_id['old']:
            more = f'There is a new situation, “{title}”'
        if identity not in by_id['new']:
            fewer = f'The situation “{title}” is gone'
        yield from _more_and_fewer(joint, 'Situations', one, other, more, fewer)


# Questions


def _questions(compared: Compared, joint: Joint) -> Iterator[Change]:
    seen: set[str] = set()
    for question in joint.questions:
        pair = joint.pair(question.id)
        if pair.name in seen:
            continue
        seen.add(pair.name)
        asked = newest(pair.questions)
        ask = asked.ask.variants[-1].say
        if 'old' not in pair.questions:
            yield Change('Questions', f'There is a new question, “{ask}”', _asked('new', asked.id))
        elif 'new' not in pair.questions:
            yield Change('Questions', f'The question “{ask}” is not asked any more', _asked('old', asked.id))
        else:
            yield Change('Questions', f'“{ask}” is asked of fewer people', _asked('old', pair.questions['old'].id, only=True))
            yield Change('Questions', f'“{ask}” is asked of more people', _asked('new', asked.id, only=True))
            yield from _options(joint, question.id, ask)
            yield from _reworded(compared, pair.questions['old'], asked, ask)


def _asked(side: Side, question: str, *, only: bool = False) -> Where:
    return lambda joint: joint.asked(side, question, only=only)


def _options(joint: Joint, slot: str, ask: str) -> Iterator[Change]:
    pair = joint.pair(slot)
    names = {side: pair.options(side) for side in SIDES}
    editions: tuple[tuple[Side, Side, str], ...] = (('old', 'new', 'is gone'), ('new', 'old', 'is new'))
    for side, other, what in editions:
        question = pair.questions[side]
        for name in names[side].keys() - names[other].keys():
            label = question.option[names[side][name]].label
            yield Change(
                'Questions',
                f'The option “{label}” of “{ask}” {what}: asked again',
                _chosen(side, question.id, name),
                arriving=False,
            )


def _chosen(side: Side, question: str, option: str) -> Where:
    return lambda joint: joint.chosen(side, question, option)


def _reworded(compared: Compared, old: Question, new: Question, ask: str) -> Iterator[Change]:
    """Yield the changed words of a question: each text that stands at the same place in both editions."""
    for what, before in _texts_of(compared, 'old', old.id).items():
        after = _texts_of(compared, 'new', new.id).get(what)
        if after and after != before:
            texts = _pairs(compared.languages, before, after)
            yield Change('Questions', f'{what} of “{ask}” reads differently', _asked('new', new.id), texts)


def _texts_of(compared: Compared, side: Side, identity: str) -> dict[str, tuple[str, ...]]:
    every: list[dict[str, str]] = []
    for content in compared.contents[side]:
        question = content.question[identity]
        named = (('The question', question.ask), ('The hint', question.hint), ('The reason', question.why))
        texts = {f'{name}{f" ({n + 1})" if n else ""}': v.say for name, w in named if w for n, v in enumerate(w.variants)}
        texts |= {f'The option `{option.id}`': option.label for option in question.options}
        every.append(texts | {f'The hint of `{option.id}`': option.hint for option in question.options if option.hint})
    return {what: tuple(texts[what] for texts in every) for what in every[0]}


def _pairs(languages: Sequence[str], before: Sequence[str], after: Sequence[str]) -> tuple[TextChange, ...]:
    none = [''] * len(languages)
    rows = zip(languages, before or none, after or none, strict=True)
    return tuple((lang, str(old), str(new)) for lang, old, new in rows if str(old) != str(new))


# What results say


def _said(compared: Compared, joint: Joint) -> Iterator[Change]:
    by_key = {side: _by_key(compared.pieces[side]) for side in SIDES}
    gone = [key for key in by_key['old'] if key not in by_key['new']]
    come = [key for key in by_key['new'] if key not in by_key['old']]
    elsewhere = _elsewhere(gone, come)
    gone = [key for key in gone if key not in elsewhere]
    come = [key for key in come if key not in elsewhere.values()]
    for before, after in elsewhere.items():
        what = f'A {_kind(before)} is a {_kind(after)} now: “{_short(after[2][0])}”'
        yield Change(
            _group(after), what, _either(by_key, {'old': before, 'new': after}), marked=_marked(before) or _marked(after)
        )
    yield from _in_another_place(compared, joint)
    partners = _partners({key: by_key['old'][key] for key in gone}, {key: by_key['new'][key] for key in come})
    for key in gone:
        became: dict[Side, PieceKey] = {'new': partners[key]} if key in partners else {}
        yield from _one_said(compared, by_key, {'old': key, **became})
    for key in come:
        if key not in partners.values():
            yield from _one_said(compared, by_key, {'new': key})
    for key, pieces in by_key['old'].items():
        if key in by_key['new'] and key[0] not in _COUNTED:
            old, new = any_of(piece.when for piece in pieces), any_of(piece.when for piece in by_key['new'][key])
            what = f'{_kind(key)} “{_short(key[2][0])}” is said to'
            yield from _more_and_fewer(
                joint, _group(key), old, new, f'The {what} more people', f'The {what} fewer people', marked=_marked(key)
            )


def _by_key(pieces: Sequence[Piece]) -> dict[PieceKey, list[Piece]]:
    found: dict[PieceKey, list[Piece]] = {}
    for piece in pieces:
        if piece.kind != 'may':
            found.setdefault(piece.key, []).append(piece)
    return found


def _one_said(
    compared: Compared, by_key: Mapping[Side, Mapping[PieceKey, Sequence[Piece]]], keys: Mapping[Side, PieceKey]
) -> Iterator[Change]:
    """Yield that a text reads differently, is gone or is new, unless only its heading does, which is told by itself."""
    key, before, after = newest(keys), keys.get('old'), keys.get('new')
    texts = _pairs(compared.languages, before[2] if before else (), after[2] if after else ())
    if not texts:
        return
    verb = 'reads differently' if before and after else 'is new' if after else 'is gone'
    what = f'A {_kind(key)} {verb}' + (f': {key[1][0]}' if key[1][0] else '')
    if before and after and before[2][0] == after[2][0]:
        what = f'The translation of a {_kind(key)} reads differently'
    yield Change(_group(key), what, _either(by_key, keys), texts, marked=_marked(key))


def _either(by_key: Mapping[Side, Mapping[PieceKey, Sequence[Piece]]], keys: Mapping[Side, PieceKey]) -> Where:
    """Return where one of these texts is shown, each by its edition."""
    conditions = [(side, any_of(piece.when for piece in by_key[side][key])) for side, key in keys.items()]
    return lambda joint: any_of(joint.of(*each) for each in conditions)


def _elsewhere(gone: Sequence[PieceKey], come: Sequence[PieceKey]) -> dict[PieceKey, PieceKey]:
    """Return which text went to another kind of place, such as from the steps to the later ones, and reads as before."""
    waiting: dict[Texts, list[PieceKey]] = {}
    for key in come:
        waiting.setdefault(key[2], []).append(key)
    found: dict[PieceKey, PieceKey] = {}
    for key in gone:
        there = waiting.get(key[2], [])
        if there and all(other[0] != key[0] for other in there):
            found[key] = there.pop(0)
    return found


def _in_another_place(compared: Compared, joint: Joint) -> Iterator[Change]:
    """Yield what stands before what it stood behind, or behind what it stood before, where both editions say it."""
    moved_in = cache(lambda joint: moved(joint, compared.pieces['old'], compared.pieces['new']))

    def where(key: PieceKey) -> Where:
        return lambda joint: moved_in(joint).get(key, FALSE)

    for key in moved_in(joint):
        if key[0] != 'may':
            yield Change(_group(key), f'The {_kind(key)} “{_short(key[2][0])}” stands in another place', where(key))


def _kind(key: PieceKey) -> str:
    return KINDS[key[0]]


def _marked(key: PieceKey) -> bool:
    return key[0] in _PROMISES


def _group(key: PieceKey) -> str:
    kind = key[0]
    if kind in ('can', 'can line', 'who', 'how', 'none'):
        return 'Assistance'
    return 'Limits' if kind in ('cannot', 'cannot line', 'limit') else 'Contacts' if kind == 'contact' else 'What to do'


def _short(text: str) -> str:
    first = text.partition('\n')[0]
    return first if len(first) <= 90 else f'{first[:87]}...'


def _partners(gone: Mapping[PieceKey, Sequence[Piece]], come: Mapping[PieceKey, Sequence[Piece]]) -> dict[PieceKey, PieceKey]:
    """Return which text became which: of those in the same list the likest, rather one at the same place."""
    near: dict[tuple[str, str], list[tuple[PieceKey, Piece]]] = {}
    for key, pieces in come.items():
        for piece in pieces:
            near.setdefault((piece.kind, piece.of), []).append((key, piece))
    fits = {
        (key, other): _fit(key, piece, other, candidate)
        for key, pieces in gone.items()
        for piece in pieces
        for other, candidate in near.get((piece.kind, piece.of), ())
    }
    found: dict[PieceKey, PieceKey] = {}
    for (key, other), fit in sorted(fits.items(), key=lambda each: -each[1]):
        if fit >= _ALIKE and key not in found and other not in found.values():
            found[key] = other
    return found


def _fit(key: PieceKey, piece: Piece, other: PieceKey, candidate: Piece) -> float:
    """Return how much speaks for a text that became another, of which half the words are the same as a rule."""
    likeness = SequenceMatcher(None, key[2][0].split(), other[2][0].split(), autojunk=False).ratio()
    if piece.id != candidate.id:
        return likeness
    return likeness + (1 if piece.kind in _ONE_OF_A_KIND else 0) + (_ALIKE / 2 if piece.when == candidate.when else 0)


_ONE_OF_A_KIND = ('title', 'advice', 'summary', 'none', 'can', 'cannot', 'limit', 'who', 'how', 'contact')
"""Of these there is one only at each place, whatever it says."""
