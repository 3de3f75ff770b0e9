"""Two editions walked at once: a joint journey answers every question that either asks of it, with one answer where both ask.

Where the editions agree on who is asked a question, it is one question here. Where they do not, it is up to three, of which at
most one is asked: by both, by the old one only, by the new one only. So what either edition knows of an answer is a test on
some of them, and everything that is counted and proved of one content holds of two.

Where they reverse which of two questions depends on which, one of them is answered ahead of what it depends on. One of its
answers is then that nobody asks it, and what can be given at all (`legal`) says when that is.

An answer that only one edition takes (an option that the other lacks, or several where the other takes one) is asked again by
the other, which goes no further. These journeys are a class of their own (`again`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guidance.content.condition import TRUE
from guidance.content.condition import AllOf
from guidance.content.condition import AnswerIs
from guidance.content.condition import Answers
from guidance.content.condition import AnyOf
from guidance.content.condition import Condition
from guidance.content.condition import Not
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.model import Content
from guidance.content.model import Option
from guidance.content.model import Question
from guidance.diff.disjoint import Disjoint
from guidance.diff.pairs import SIDES
from guidance.diff.pairs import Pair
from guidance.diff.pairs import Side
from guidance.diff.pairs import paired

NOT_ASKED = 'not asked'  # the answer to what is answered ahead, where no edition comes to ask it
_OTHER: dict[Side, Side] = {'old': 'new', 'new': 'old'}


class Joint:
    """The joint journeys of two editions.

    `questions` are asked one after the other, each with its `when`; the id of one is a slot, of which a question of the editions
    has up to three. Answers that are not `legal` cannot be given. `again`: one of the editions asks an answer again.

    With `links`, only what the old edition asks is answered, as in a link that was made with it; then `more` holds where the new
    one asks something that the link has no answer to.
    """

    def __init__(self, old: Content, new: Content, *, links: bool = False) -> None:
        found = paired(old, new)
        self._ahead = found.ahead
        self._names = found.names
        self._links = links
        editions: tuple[tuple[Side, Content], ...] = (('old', old), ('new', new))
        self._order: dict[Side, dict[str, int]] = {
            side: {found.names[side][question.id]: number for number, question in enumerate(content.questions)}
            for side, content in editions
        }
        self._pairs = {pair.name: pair for pair in found.pairs}
        self._slots: dict[Side, dict[str, tuple[str, ...]]] = {'old': {}, 'new': {}}  # name of a pair -> its slots
        self._ends: dict[Side, dict[str, Condition]] = {'old': {}, 'new': {}}  # question -> where its answer ends the way
        self._asking: dict[Side, dict[str, Condition]] = {'old': {}, 'new': {}}  # question -> where it is asked
        self._read: dict[Side, dict[Condition, Condition]] = {'old': {}, 'new': {}}
        self._same: dict[Condition, Condition] = {}  # each condition as one object, which is compared at once
        self._legal: list[Condition] = []
        self._more: list[Condition] = []
        self._made: dict[str, Question] = {}
        self.disjoint = Disjoint(self._made)
        self._meant: dict[str, str] = {}  # slot -> name of its pair
        for pair in found.pairs:
            self._add(pair)
        for name in found.ahead:
            self._settle(self._pairs[name])
        self.questions = tuple(self._made.values())
        self.legal = all_of(self._legal)
        self.again = any_of(end for side in SIDES for end in self._ends[side].values())
        self.more = any_of(self._more)

    # What the editions know

    def of(self, side: Side, condition: Condition) -> Condition:
        """Return what a condition of an edition is here."""
        known = self._read[side]
        if condition not in known:
            made = self._translated(side, condition)
            known[condition] = self._same.setdefault(made, made)
        return known[condition]

    def _translated(self, side: Side, condition: Condition) -> Condition:
        match condition:
            case AnswerIs(question, options):
                name = self._names[side][question]
                pair = self._pairs[name]
                meant = frozenset(pair.option(side, option) for option in options)
                chosen = any_of(AnswerIs(slot, meant) for slot in self._slots[side].get(name, ()))
                return all_of([chosen, self._asks(side, pair)]) if name in self._ahead else chosen
            case Not(part):
                return negate(self.of(side, part))
            case AllOf(parts):
                return all_of(self.of(side, part) for part in parts)
            case AnyOf(parts):
                return any_of(self.of(side, part) for part in parts)

    def asked(self, side: Side, question: str, *, only: bool = False) -> Condition:
        """Return where an edition asks a question of its own; with `only`, where the other does not."""
        name = self._names[side][question]
        if name in self._ahead:
            asks, others_ask = (self._asks(each, self._pairs[name]) for each in (side, _OTHER[side]))
            return all_of([asks, negate(others_ask)]) if only else asks
        slots = self._slots[side].get(name, ())
        others = self._slots[_OTHER[side]].get(name, ()) if only else ()
        return any_of(self._made[slot].when for slot in slots if slot not in others)

    def chosen(self, side: Side, question: str, option: str) -> Condition:
        """Return where an option is chosen at a question of an edition, given by its name here."""
        name = self._names[side][question]
        chosen = any_of(AnswerIs(slot, frozenset([option])) for slot in self._slots[side].get(name, ()))
        return all_of([chosen, self._asks(side, self._pairs[name])]) if name in self._ahead else chosen

    def answers(self, side: Side, given: Answers) -> Answers:
        """Return answers to the questions here, as an edition has them: those of the other that it may ask, too."""
        found: dict[str, tuple[str, ...]] = {}
        for slot, chosen in given.items():
            pair = self._pairs[self._meant[slot]]
            question = pair.questions.get(side)
            if question is not None:
                named = pair.options(side)
                found[question.id] = tuple(named.get(name, name) for name in chosen)
        return found

    def pair(self, slot: str) -> Pair:
        """Return the question of the editions that a question here is."""
        return self._pairs[self._meant[slot]]

    def arriving(self, condition: Condition) -> Condition:
        """Return where a condition holds and neither edition asks an answer again."""
        return self.disjoint.without(condition, [self.again])

    # How they are put together

    def _add(self, pair: Pair) -> None:
        if not pair.in_both:
            (side,) = pair.questions
            when = self._asks(side, pair)
            if self._links and side == 'new':
                self._more.append(when)
            else:
                self._add_slot(pair, pair.name, (side,), when)
                self._legal += self._accepted(side, pair, pair.name)
            return
        if pair.name in self._ahead:
            self._add_slot(pair, pair.name, SIDES, TRUE)
            return
        whens = {side: self.of(side, pair.questions[side].when) for side in SIDES}
        on = {side: self._goes_on(side, pair, whens[side]) for side in SIDES}
        same = whens['old'] == whens['new']
        if same and pair.takes_the_same:
            both_end = on['old'] != TRUE and on['new'] != TRUE
            going = any_of(on.values()) if both_end else TRUE
            self._add_slot(pair, pair.name, SIDES, all_of([whens['old'], going]))
            return
        self._add_apart(pair, whens, on)

    def _add_apart(self, pair: Pair, whens: Mapping[Side, Condition], on: Mapping[Side, Condition]) -> None:
        """Add a question that both editions have and do not ask of the same people, or whose answers they do not take alike."""
        asks = {side: all_of([whens[side], on[side]]) for side in SIDES}
        both = all_of([*asks.values()])
        name = pair.name
        only: dict[Side, Condition] = {}
        for side in SIDES:
            other = _OTHER[side]
            only[side] = all_of([asks[side], negate(on[other] if whens['old'] == whens['new'] else asks[other])])
        if self._links:
            self._more.append(only.pop('new'))
        if self.disjoint.possible(both):
            self._add_slot(pair, name, SIDES, both)
            self._take(pair, name)
        for side, when in only.items():
            if self.disjoint.possible(when):
                slot = f'{name} {side} only'
                self._add_slot(pair, slot, (side,), when)
                self._legal += self._accepted(side, pair, slot)

    def _take(self, pair: Pair, slot: str) -> None:
        """Say which answers can be given to a question that both editions ask: those that one of them takes."""
        accepted = {side: self._accepted(side, pair, slot) for side in SIDES}
        common = accepted['old'] & accepted['new']
        own = {side: all_of(accepted[side] - common) for side in SIDES}
        self._legal += [*common, *([own['old']] if self._links else [any_of(own.values())])]
        for side in SIDES:
            if own[side] != TRUE and not (self._links and side == 'old'):
                self._ends[side][pair.name] = negate(own[side])

    def _settle(self, pair: Pair) -> None:
        """Say of a question that is answered ahead who asks it after all, and which answers can be given to it then."""
        nobody = AnswerIs(pair.name, frozenset([NOT_ASKED]))
        asks = {side: self._asks(side, pair) for side in SIDES}
        asking = SIDES[:1] if self._links else SIDES
        taken = [all_of([asks[side], *self._accepted(side, pair, pair.name)]) for side in asking]
        unasked = all_of(negate(asks[side]) for side in asking)
        self._legal += [any_of([nobody, *taken]), any_of([Not(nobody), unasked])]
        if self._links:
            self._more.append(all_of([asks['new'], negate(asks['old'])]))
        for side in SIDES:
            self._end_ahead(side, pair)

    def _end_ahead(self, side: Side, pair: Pair) -> None:
        if pair.name not in self._ends[side] and not pair.takes_the_same and not (self._links and side == 'old'):
            taken = all_of(self._accepted(side, pair, pair.name))
            self._ends[side][pair.name] = all_of([self._asks(side, pair), negate(taken)])

    def _asks(self, side: Side, pair: Pair) -> Condition:
        """Return where an edition asks a question, as far as answers before it tell; looked for once."""
        known = self._asking[side]
        if pair.name not in known:
            when = self.of(side, pair.questions[side].when)
            known[pair.name] = all_of([when, self._goes_on(side, pair, when)])
        return known[pair.name]

    def _goes_on(self, side: Side, pair: Pair, when: Condition) -> Condition:
        """Return where an edition has come as far as this question: it asks no answer before it again. Only as far as `when`."""
        order = self._order[side]
        for name in self._ahead:
            if order[name] < order[pair.name]:
                self._end_ahead(side, self._pairs[name])
        ends = [end for name, end in self._ends[side].items() if order[name] < order[pair.name]]
        return all_of(negate(end) for end in ends if not self.disjoint.exclusive(when, end))

    def _accepted(self, side: Side, pair: Pair, slot: str) -> frozenset[Condition]:
        """Return what an edition asks of an answer in this slot, each by itself."""
        made = self._made[slot]
        here = frozenset(option.id for option in made.options) - {NOT_ASKED}
        parts: set[Condition] = set()
        if foreign := here.difference(pair.options(side)):
            parts.add(Not(AnswerIs(slot, foreign)))
        if made.many:
            alone = {option.id for option in made.options if option.alone}
            parts |= {
                any_of([Not(AnswerIs(slot, frozenset([name]))), negate(AnswerIs(slot, here - {name}))])
                for name in pair.alone(side) & here - alone
            }
        by_condition: dict[Condition, set[str]] = {}
        for option in pair.questions[side].options:
            if option.when != TRUE:
                by_condition.setdefault(self.of(side, option.when), set()).add(pair.option(side, option.id))
        for when, names in by_condition.items():
            parts.add(any_of([when, Not(AnswerIs(slot, frozenset(names)))]))
        return frozenset(parts)

    def _add_slot(self, pair: Pair, slot: str, sides: tuple[Side, ...], when: Condition) -> None:
        """Add a question here, that these editions ask."""
        asking: tuple[Side, ...] = ('old',) if self._links and sides == SIDES else sides
        names = dict.fromkeys(name for side in (*reversed(asking),) for name in pair.options(side))
        alone = {name: all(name in pair.alone(side) for side in asking if name in pair.options(side)) for name in names}
        options = tuple(Option(name, name, alone=alone[name]) for name in names)
        if pair.name in self._ahead:
            options = (Option(NOT_ASKED, NOT_ASKED, alone=True), *options)
        many = any(pair.questions[side].many for side in asking)
        question = pair.questions[sides[-1]]
        self._made[slot] = replace(question, id=slot, many=many, when=when, options=options, list=None, was=(), gone={})
        self._meant[slot] = pair.name
        for side in sides:
            self._slots[side][pair.name] = (*self._slots[side].get(pair.name, ()), slot)
