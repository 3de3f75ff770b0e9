"""All that differs between two editions: how many journeys, which changes, whom each touches, with an example."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from guidance.content.condition import FALSE
from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.model import Content
from guidance.content.texts import texts
from guidance.diff.changes import Change
from guidance.diff.changes import Compared
from guidance.diff.changes import TextChange
from guidance.diff.changes import changes
from guidance.diff.compare import differing
from guidance.diff.editions import ComparedEdition
from guidance.diff.editions import NoEdition
from guidance.diff.examples import Example
from guidance.diff.examples import side_by_side
from guidance.diff.joint import Joint
from guidance.diff.links import OldLinks
from guidance.diff.links import cases
from guidance.diff.links import old_links
from guidance.diff.numbers import Number
from guidance.diff.numbers import Numbers
from guidance.diff.pairs import SIDES
from guidance.diff.pairs import Side
from guidance.diff.pairs import one_at_a_time
from guidance.diff.shown import Piece
from guidance.diff.shown import shown
from guidance.diff.words import Words

_MOST_EXAMPLES = 40  # of different people, the marked changes first: nobody reads more


@dataclass(frozen=True)
class Told:
    """A change, on how many journeys it makes a difference, for whom in words, and an example."""

    change: Change
    number: Number | None = None
    who: str = ''
    example: Example | None = None


@dataclass(frozen=True)
class Difference:
    """What a new edition does to people, against an old one.

    `total` are all joint journeys, `affected` those whose two results differ, `again` those on which one edition asks an answer
    again. `by_language`: affected in this language. `elsewhere` are texts that stand on no result.
    """

    names: tuple[str, str]
    total: Number
    affected: Number
    again: Number
    by_language: Mapping[str, int | None]
    told: tuple[Told, ...]
    elsewhere: tuple[Change, ...]
    cases: tuple[tuple[str, str], ...]
    links: OldLinks
    languages: Mapping[str, str]  # those of one edition only -> what became of them

    @property
    def touches_people(self) -> bool:
        """Whether anybody reads anything else than before."""
        return bool(self.told or self.elsewhere or self.languages or self.affected.all != 0)


def compared(old: ComparedEdition, new: ComparedEdition) -> Compared:
    """Return two editions in the languages that both have. Raises NoEdition if there is none."""
    contents = {'old': old.contents, 'new': new.contents}
    languages = tuple(lang for lang in contents['new'] if lang in contents['old'])
    if not languages:
        raise NoEdition('The two editions have no language in common.')
    given: dict[Side, Sequence[Content]] = {side: [contents[side][lang] for lang in languages] for side in SIDES}
    return Compared(given, languages, {side: shown(given[side]) for side in SIDES})


def difference(old: ComparedEdition, new: ComparedEdition, lang: str | None = None) -> Difference:
    """Return what differs; conditions and examples are said in `lang`, if both editions have it, else in their own language."""
    both = compared(old, new)
    joint = Joint(both.content('old'), both.content('new'))
    at = both.languages.index(lang) if lang in both.languages else 0
    found = changes(both, joint)
    of_language = {language: _of_language(both, number) for number, language in enumerate(both.languages)}
    if len(of_language) == 1:
        of_language = dict.fromkeys(of_language, both.pieces)
    numbers = _Both(both, joint, found, of_language)
    words = Words(joint, both.contents['old'][at], both.contents['new'][at])
    told = _told(both, joint, found, numbers, words, at)
    return Difference(
        names=(old.name, new.name),
        total=numbers.total,
        affected=numbers.of_all(both.pieces),
        again=numbers.again,
        by_language={language: numbers.of_all(pieces).all for language, pieces in of_language.items()},
        told=tuple(told),
        elsewhere=tuple(_elsewhere(both)),
        cases=tuple(cases(both.contents['old'], both.contents['new'])),
        links=old_links(both.content('old'), both.content('new')),
        languages=_languages(old, new),
    )


def _languages(old: ComparedEdition, new: ComparedEdition) -> dict[str, str]:
    one, other = old.contents, new.contents
    return {lang: 'is gone' for lang in one if lang not in other} | {lang: 'is new' for lang in other if lang not in one}


Pieces = Mapping[Side, Sequence[Piece]]


def _of_language(both: Compared, at: int) -> Pieces:
    return {
        side: [replace(piece, under=(piece.under[at],), texts=(piece.texts[at],)) for piece in both.pieces[side]]
        for side in SIDES
    }


class _Both:
    """The numbers of all joint journeys, and of those with one situation only, which differ where several can be chosen."""

    def __init__(self, both: Compared, joint: Joint, found: Sequence[Change], of_language: Mapping[str, Pieces]) -> None:
        old, new = both.content('old'), both.content('new')
        several = any(question.many for content in (old, new) for question in content.questions)
        joints = [joint, Joint(one_at_a_time(old), one_at_a_time(new))] if several else [joint]
        self._again = [each.again for each in joints]
        self._differing = [
            {id(pieces): _differing(each, pieces) for pieces in (both.pieces, *of_language.values())} for each in joints
        ]
        self._where = [{id(change): _where(each, change) for change in found} for each in joints]
        self._numbers = [
            Numbers(each, [each.again, *differs.values(), *where.values()])
            for each, differs, where in zip(joints, self._differing, self._where, strict=True)
        ]

    @property
    def total(self) -> Number:
        return Number(self._numbers[0].total, self._numbers[-1].total)

    @property
    def again(self) -> Number:
        return self._number(self._again)

    def of_all(self, pieces: Pieces) -> Number:
        """Return on how many journeys the results differ in these pieces."""
        return self._number([each[id(pieces)] for each in self._differing])

    def of(self, change: Change) -> Number:
        """Return on how many journeys a change makes a difference."""
        return self._number([each[id(change)] for each in self._where])

    def shortest(self, change: Change) -> Answers | None:
        """Return the joint journey with the fewest answers on which a change makes a difference."""
        return self._numbers[0].shortest(self._where[0][id(change)])

    def where(self, change: Change) -> Condition:
        """Return where a change makes a difference."""
        return self._where[0][id(change)]

    def _number(self, conditions: Sequence[Condition]) -> Number:
        return Number(self._numbers[0].of(conditions[0]), self._numbers[-1].of(conditions[-1]))


def _differing(joint: Joint, pieces: Pieces) -> Condition:
    return joint.arriving(differing(joint, pieces['old'], pieces['new']))


def _where(joint: Joint, change: Change) -> Condition:
    if change.where is None:
        return FALSE
    where = change.where(joint)
    return joint.arriving(where) if change.arriving else where


def _told(both: Compared, joint: Joint, found: Sequence[Change], numbers: _Both, words: Words, at: int) -> Iterator[Told]:
    examples: dict[Condition, Example | None] = {}
    editions = {side: both.contents[side][at] for side in SIDES}
    for change in found:
        number, where = numbers.of(change), numbers.where(change)
        if number.none or where == FALSE:
            continue
        if where not in examples and len(examples) < _MOST_EXAMPLES:
            given = numbers.shortest(change)
            made = None if given is None else Example(tuple(words.answers(given)), side_by_side(joint, given, editions))
            examples[where] = made
        yield Told(change, number, words.who(where), examples.get(where))


# What stands on no result


_ELSEWHERE = {
    'service': 'Every page',
    'ui_texts': 'Words of the screens',
    'sources': 'Sources',
    'training': 'Training',
    'cases': 'Cases',
}


def _elsewhere(both: Compared) -> Iterator[Change]:
    """Yield the changed texts of the screens, the sources and the training, by the place that each stands at."""
    for name, group in _ELSEWHERE.items():
        every = [[_texts(getattr(content, name)) for content in both.contents[side]] for side in SIDES]
        for path in dict.fromkeys((*every[0][0], *every[1][0])):
            before, after = ([given.get(path, '') for given in edition] for edition in every)
            rows: tuple[TextChange, ...] = tuple(
                (lang, old, new) for lang, old, new in zip(both.languages, before, after, strict=True) if old != new
            )
            if rows:
                verb = 'reads differently' if before[0] and after[0] else 'is new' if after[0] else 'is gone'
                yield Change(group, f'`{path}` {verb}', None, rows)


def _texts(value: object) -> dict[str, str]:
    return {'.'.join(map(str, placed.path)): str(placed.text) for placed in texts(value)}
