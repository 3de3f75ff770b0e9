"""Texts that name an answer: `{province}` is the chosen option, `{province.papers}` a text of the row that was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from guidance.content.braces import names
from guidance.content.conditions import Conditions
from guidance.content.model import Line
from guidance.content.model import NamedAnswer
from guidance.content.model import Outcome
from guidance.content.model import Question
from guidance.content.model import Wording
from guidance.content.problem import Place
from guidance.content.problem import listed

KINDS = frozenset(['Variant.say', 'Line.say', 'StepLine.say', 'Step.say'])
"""The texts that may name an answer."""


class Naming:
    """Looks up what texts name, among the questions that stand earlier than what is being read."""

    def __init__(self, conditions: Conditions) -> None:
        self._questions = conditions.questions
        self._references = conditions.references
        self._broken = conditions.broken

    def question(self, question: Question) -> Question:
        """Return the question with what its texts name."""
        texts = [wording for wording in (question.ask, question.hint, question.why) if wording]
        if not any('{' in variant.say for wording in texts for variant in wording.variants):  # as nearly always
            return question
        return replace(
            question,
            ask=self._wording(question.ask),
            hint=self._wording(question.hint) if question.hint else None,
            why=self._wording(question.why) if question.why else None,
        )

    def outcome(self, outcome: Outcome) -> Outcome:
        """Return the outcome with what its texts name."""
        return replace(
            outcome,
            title=self._wording(outcome.title),
            advice=self._wording(outcome.advice) if outcome.advice else None,
            summary=self._wording(outcome.summary) if outcome.summary else None,
            no_assistance=self._wording(outcome.no_assistance) if outcome.no_assistance else None,
            do_now=self._lines(outcome.do_now),
            later=self._lines(outcome.later),
            can=MappingProxyType({name: self._lines(lines) for name, lines in outcome.can.items()}),
            cannot=MappingProxyType({name: self._lines(lines) for name, lines in outcome.cannot.items()}),
        )

    def _wording(self, wording: Wording) -> Wording:
        if not any('{' in variant.say for variant in wording.variants):
            return wording
        variants = (replace(variant, named=self._named(variant.say, variant.place)) for variant in wording.variants)
        return Wording(tuple(variants))

    def _lines(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(replace(line, named=self._named(line.say, line.place)) if '{' in line.say else line for line in lines)

    def _named(self, text: str, place: Place) -> tuple[NamedAnswer, ...]:
        return tuple(named for name in dict.fromkeys(names(text)) for named in self._of(name, place))

    def _of(self, name: str, place: Place) -> Iterator[NamedAnswer]:
        identity, _, field = name.partition('.')
        question, references = self._questions.get(identity), self._references
        if question is None:
            message = f'`{{{name}}}` names no question that stands earlier{references.nearest(identity, self._questions)}'
            references.wrong(place, message, listed(f'{{{known}}}' for known in self._questions) or 'a text without braces')
            return
        references.use('questions', identity)
        if question.many or question.sensitive:
            reason = 'several options can be chosen' if question.many else 'the answer is sensitive, and a text would tell it'
            references.wrong(place, f'`{{{name}}}` cannot be named: {reason}', 'a text without it')
        elif identity not in self._broken:
            if texts := self._texts(question, field):
                yield NamedAnswer(name, identity, texts)
            else:
                message = f'`{{{name}}}`: no row of `{identity}` has a text in the field `{field}`'
                references.wrong(place, message, f'`{field}: {{say: words}}` in a row of its list')

    def _texts(self, question: Question, field: str) -> Mapping[str, str]:
        """Return what each option is named by; those that have nothing are left out."""
        if not field:
            return {option.id: option.label for option in question.options}
        if question.list is None:
            return {}
        self._references.use('fields', f'{question.list}.{field}')
        rows = self._references.lists[question.list].rows
        found = {option.id: rows[option.id].fields.get(field) for option in question.options if option.id in rows}
        return {option: value.say for option, value in found.items() if value and value.say}
