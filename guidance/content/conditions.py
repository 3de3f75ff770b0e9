"""Conditions as authors write them: a `when` of a file into a Condition, with a problem for each name that leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any
from typing import NamedTuple

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.fields import When
from guidance.content.flow_format import VariantSpec
from guidance.content.format import GROUP
from guidance.content.format import HAS
from guidance.content.include import Flows
from guidance.content.model import Question
from guidance.content.model import Variant
from guidance.content.model import Wording
from guidance.content.named_conditions import NamedConditions
from guidance.content.problem import listed
from guidance.content.references import References
from guidance.content.references import Spot
from guidance.content.references import each_of

_MOST_WAYS = 1_000  # to choose some of so many options: each is a part of the condition


@dataclass(frozen=True)
class WrittenCondition:
    """A condition as it is written: its alternatives, and in each the keys with what they ask for."""

    spot: Spot
    alternatives: tuple[Sequence[tuple[Spot, Condition]], ...]


class WrittenVariant(NamedTuple):
    """One way to say something, under the condition `when` as it is written; `kind` is that of the text."""

    say: str
    when: When
    by_others: bool
    kind: str


class Conditions:
    """Reads conditions. `questions` are those that stand earlier than what is being read, and grow with the reading.

    `broken` are the questions with a mistake in their options: what follows from it is left out.
    """

    def __init__(self, references: References, flows: Flows) -> None:
        """`flows`: the questions as written, of the whole content, and where their files are included."""
        self.references = references
        self.questions: dict[str, Question] = {}
        self.broken: set[str] = set()
        self.written: list[WrittenCondition] = []
        self.named = NamedConditions(references, flows.questions)
        self._every = flows.questions
        self._includes = flows.includes
        self._within: dict[str, Condition] = {}
        self._outcomes = {name for flow in references.files.flows.values() for name in flow.value.outcomes}

    def when(self, spot: Spot, raw: When) -> Condition:
        """Return the condition that is written at `spot`; without one, what holds always."""
        if raw is None:
            return TRUE
        read = [
            [(at := here / key, self._test(at, key, test)) for key, test in alternative.items()]
            for here, alternative in each_of(spot, raw)
        ]
        self.written.append(WrittenCondition(spot, tuple(read)))
        return any_of([all_of([test for _, test in tests]) for tests in read])

    def _read(self, spot: Spot, raw: Any) -> Condition:
        """Return the condition that is written at `spot`, within another."""
        if isinstance(raw, list):
            return any_of([self._read(spot / index, alternative) for index, alternative in enumerate(raw)])
        return all_of([self._test(spot / key, key, test) for key, test in raw.items()])

    def within(self, spot: Spot) -> Condition:
        """Return the condition under which the flow is walked that `spot` stands in: what is written at its include.

        It is read at the first thing in that flow, so that it names only what stands earlier.
        """
        name = spot.file.name
        include = self._includes.get(name)
        if include is None:
            return TRUE
        if name not in self._within:
            self._within[name] = all_of([self.within(include.spot), self.when(include.spot, include.when)])
        return self._within[name]

    def wording(self, spot: Spot, variants: Sequence[WrittenVariant]) -> Wording:
        """Return a text in its variants; the last, and only the last, has no condition."""
        for index, variant in enumerate(variants):
            last = index == len(variants) - 1
            if (variant.when is None) != last:
                message = 'the last variant has no `when`' if last else 'only the last variant has no `when`'
                expected = 'variants with `when`, then one without that holds always'
                self.references.wrong((spot / index).place(), message, expected)
        return Wording(tuple(self._variant(spot / index, variant) for index, variant in enumerate(variants)))

    def _variant(self, spot: Spot, written: WrittenVariant) -> Variant:
        when = self.when(spot / 'when', written.when)
        return Variant(written.say, when, spot.place(), written.by_others, kind=written.kind)

    def written_wording(self, spot: Spot, variants: tuple[VariantSpec, ...]) -> Wording:
        """Return a text as it is written."""
        written = [WrittenVariant(each.say, each.when, each.by_others, f'{each.context}.say') for each in variants]
        return self.wording(spot, written)

    def optional_wording(self, spot: Spot, variants: tuple[VariantSpec, ...] | None) -> Wording | None:
        """Return a text as it is written, or None where there is none."""
        return self.written_wording(spot, variants) if variants else None

    def no_question(self, spot: Spot, name: str, *, key: bool) -> None:
        """Add the problem that no question `name` stands earlier."""
        if name in self._every:
            file = self._every[name][0].file.name
            message = f'the question `{name}` is not asked yet at this point (it stands in {file})'
            self.references.wrong(spot.place(key), message, 'a question that stands earlier')
        elif present := next((identity for identity, (_, spec) in self._every.items() if name in spec.was), None):
            self.references.renamed(spot.place(key), name, present)
        elif key and (name in ('outcome', 'outcomes') or name in self._outcomes):
            message = f'`{name}` is no question: a condition names answers, not outcomes'
            self.references.wrong(spot.place(key), message, '{question: option}, as under the `when` of that outcome')
        elif key and (asked := next((one.id for one in self.questions.values() if name in one.option), None)):
            message = f'`{name}` is no question, it is an option of `{asked}`'
            self.references.wrong(spot.place(key), message, f'{{{asked}: {name}}}')
        else:
            message = f'there is no question `{name}`{self.references.nearest(name, self._every)}'
            self.references.wrong(spot.place(key), message, 'the id of a question that stands earlier')

    def _test(self, spot: Spot, name: str, test: Any) -> Condition:
        if name == 'not':
            return negate(self._read(spot, test))
        if name == 'is':
            return any_of([self._named(here, wanted) for here, wanted in each_of(spot, test)])
        question = self.questions.get(name)
        if question is None:
            self.no_question(spot, name, key=True)
            return FALSE
        self.references.use('questions', name)
        if test == 'answered':
            return AnswerIs(name, frozenset(question.option))
        if isinstance(test, dict) and 'not' not in test:
            return self._several(spot, question, test)
        if isinstance(test, dict):
            chosen = self._chosen(spot / 'not', question, test['not'])
            return all_of([AnswerIs(name, frozenset(question.option)), negate(AnswerIs(name, chosen))])
        return AnswerIs(name, self._chosen(spot, question, test))

    def _several(self, spot: Spot, question: Question, test: Mapping[str, Any]) -> Condition:
        """Return the condition that all of some options were chosen, or at least a number of them."""
        if not question.many:
            message = f'only one option of `{question.id}` can be chosen'
            self.references.wrong(spot.place(), message, 'an option, or [option, option] for any of them')
        if question.id in self.broken or not question.many:
            return FALSE
        if 'all' in test:
            wanted = [self._chosen(here, question, name) for here, name in each_of(spot / 'all', test['all'])]
            return all_of([AnswerIs(question.id, options) for options in wanted])
        together = [option.id for option in question.options if not option.alone]
        before = len(self.references.problems)
        options = sorted(self._chosen(spot / 'of', question, test['of'])) if 'of' in test else together
        if len(self.references.problems) > before:
            return FALSE
        return self._at_least(spot / 'at-least', question, test['at-least'], options)

    def _at_least(self, spot: Spot, question: Question, number: int, options: list[str]) -> Condition:
        ways = comb(len(options), number)
        if not ways:
            self.references.wrong(spot.place(), f'{number} of {len(options)} options cannot be chosen', 'fewer')
        if ways > _MOST_WAYS:
            message = f'there are {ways:,} ways to choose {number} of {len(options)} options'
            self.references.wrong(spot.place(), message, f'at most {_MOST_WAYS:,}, so fewer options under `of`')
            return FALSE
        one = [AnswerIs(question.id, frozenset([option])) for option in options]
        return any_of([all_of(chosen) for chosen in combinations(one, number)])

    def _named(self, spot: Spot, name: str) -> Condition:
        return self.named.read(spot, name, self.questions, self.when)

    def _chosen(self, spot: Spot, question: Question, test: Any) -> frozenset[str]:
        """Return the options that a test names, those of a group among them."""
        chosen: set[str] = set()
        if question.id in self.broken:
            return frozenset()
        for here, name in each_of(spot, test):
            kind, colon, value = name.partition(':')
            if colon:
                chosen |= self._group(here, question, value) if kind == GROUP else self._rows(here, question, kind, value)
            elif self.references.known(here, 'option', name, question.option, of=f' of `{question.id}`'):
                chosen.add(name)
        return frozenset(chosen)

    def _rows(self, spot: Spot, question: Question, kind: str, value: str) -> set[str]:
        """Return the options whose row has the field `value` (`kind` is `has`), or has `value` in the field `kind`."""
        if question.list is None:
            message = f'the options of `{question.id}` come from no list, so they have no fields'
            self.references.wrong(spot.place(), message, listed(question.option))
            return set()
        field = value if kind == HAS else kind
        rows = self.references.lists[question.list].rows
        fields = {name for row in rows.values() for name in row.fields}
        if not self.references.known(spot, 'field', field, fields, of=f' of the list `{question.list}`'):
            return set()
        self.references.use('fields', f'{question.list}.{field}')
        with_it = {name: found for name, row in rows.items() if (found := row.fields.get(field)) and name in question.option}
        values = {found.id: name for name, found in with_it.items() if found.id}
        if kind == HAS or not self.references.known(spot, 'value', value, values, of=f' of the field `{field}`'):
            return set(with_it)
        return {name for name, found in with_it.items() if found.id == value}

    def _group(self, spot: Spot, question: Question, name: str) -> set[str]:
        if question.list is None:
            message = f'the options of `{question.id}` come from no list, so it has no groups'
            self.references.wrong(spot.place(), message, listed(question.option))
            return set()
        groups = self.references.lists[question.list].groups
        if not self.references.known(spot, 'group', name, groups, of=f' of the list `{question.list}`'):
            return set()
        self.references.use('groups', f'{question.list}.{name}')
        rows = set(groups[name].rows) & set(question.option)
        if not rows:
            message = f'no row of the group `{name}` is an option of `{question.id}`'
            self.references.wrong(spot.place(), message, 'a group with a row that is one')
        return rows
