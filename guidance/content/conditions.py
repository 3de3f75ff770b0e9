"""Conditions as authors write them: a `when` of a file into a Condition, with a problem for each name that leads nowhere."""

from __future__ import annotations

from typing import Any

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.flow_format import VariantSpec
from guidance.content.format import GROUP
from guidance.content.format import HAS
from guidance.content.include import Flows
from guidance.content.model import Question
from guidance.content.model import Variant
from guidance.content.model import Wording
from guidance.content.problem import listed
from guidance.content.references import References
from guidance.content.references import Spot


class Conditions:
    """Reads conditions. `questions` are those that stand earlier than what is being read, and grow with the reading.

    `broken` are the questions with a mistake in their options: what follows from it is left out.
    """

    def __init__(self, references: References, flows: Flows) -> None:
        """`flows`: the questions as written, of the whole content, and where their files are included."""
        self.references = references
        self.questions: dict[str, Question] = {}
        self.broken: set[str] = set()
        self._every = flows.questions
        self._includes = flows.includes
        self._within: dict[str, Condition] = {}

    def when(self, spot: Spot, raw: Any) -> Condition:
        """Return the condition that is written at `spot`; without one, what holds always."""
        if raw is None:
            return TRUE
        if isinstance(raw, list):
            return any_of([self.when(spot / index, alternative) for index, alternative in enumerate(raw)])
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

    def wording(self, spot: Spot, variants: tuple[VariantSpec, ...]) -> Wording:
        """Return a text in its variants, of which the last, and only the last, has no condition."""
        for index, variant in enumerate(variants):
            last = index == len(variants) - 1
            if (variant.when is None) != last:
                message = 'the last variant has no `when`' if last else 'only the last variant has no `when`'
                expected = 'variants with `when`, then one without that holds always'
                self.references.wrong((spot / index).place(), message, expected)
        return Wording(
            tuple(
                Variant(variant.say, self.when(spot / index / 'when', variant.when), (spot / index).place())
                for index, variant in enumerate(variants)
            )
        )

    def optional_wording(self, spot: Spot, variants: tuple[VariantSpec, ...] | None) -> Wording | None:
        """Return a text in its variants, or None where there is none."""
        return self.wording(spot, variants) if variants else None

    def no_question(self, spot: Spot, name: str, *, key: bool) -> None:
        """Add the problem that no question `name` stands earlier."""
        if name in self._every:
            file = self._every[name][0].file.name
            message = f'the question `{name}` is not asked yet at this point (it stands in {file})'
            self.references.wrong(spot.place(key), message, 'a question that stands earlier')
        else:
            message = f'there is no question `{name}`{self.references.nearest(name, self._every)}'
            self.references.wrong(spot.place(key), message, 'the id of a question that stands earlier')

    def _test(self, spot: Spot, name: str, test: Any) -> Condition:
        if name == 'not':
            return negate(self.when(spot, test))
        question = self.questions.get(name)
        if question is None:
            self.no_question(spot, name, key=True)
            return FALSE
        self.references.use('questions', name)
        if test == 'answered':
            return AnswerIs(name, frozenset(question.option))
        if isinstance(test, dict):
            chosen = self._chosen(spot / 'not', question, test['not'])
            return all_of([AnswerIs(name, frozenset(question.option)), negate(AnswerIs(name, chosen))])
        return AnswerIs(name, self._chosen(spot, question, test))

    def _chosen(self, spot: Spot, question: Question, test: Any) -> frozenset[str]:
        """Return the options that a test names, those of a group among them."""
        chosen: set[str] = set()
        if question.id in self.broken:
            return frozenset()
        for index, name in enumerate(test if isinstance(test, list) else [test]):
            here = spot / index if isinstance(test, list) else spot
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
            self.references.wrong(spot.place(), message, 'an option')
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
