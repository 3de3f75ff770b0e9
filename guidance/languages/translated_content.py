"""A content in another language: the one that was resolved, in other words. Nothing else differs, so it is resolved once."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from guidance.content.loaded import Files
from guidance.content.local_text import original
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import NamedAnswer
from guidance.content.model import Option
from guidance.content.model import Outcome
from guidance.content.model import Question
from guidance.content.model import Variant
from guidance.content.model import Wording
from guidance.content.problem import Problem
from guidance.content.questions import read_alike
from guidance.languages.catalogue import Entry
from guidance.languages.translate import Translation

_Lines = tuple[Line, ...]


def translated_content(content: Content, tables: Files, translation: Translation) -> Content:
    """Return the content in the language of a translation; `tables` are its files other than the flows, in that language."""
    said = _Translator(translation)
    return replace(
        content,
        service=tables.service.value,
        ui_texts=tables.ui_texts.value,
        training=tables.training.value,
        emergency=tuple(replace(each, title=said.text('EmergencyGroup.title', each.title)) for each in content.emergency),
        questions=tuple(map(said.question, content.questions)),
        outcomes=tuple(map(said.outcome, content.outcomes)),
        assistance=tables.assistance.value,
        limitations=tables.limitations.value,
        contacts=tables.contacts.value,
        sources=tables.sources.value,
        lists=MappingProxyType({name: loaded.value for name, loaded in tables.lists.items()}),
        cases=MappingProxyType({name: loaded.value for name, loaded in tables.cases.items()}),
        gone=said.texts('FlowFile.gone', content.gone),
    )


def translated_alike(content: Content, translation: Translation) -> Iterator[Problem]:
    """Yield each option of the content, in the language of the translation, that nobody can tell from another one."""
    catalogue = translation.catalogue
    for question in content.questions:
        for option, other in read_alike(question.options):
            entry = catalogue.entries.get((f'{option.kind}.label', original(option.label)), Entry())
            message = f'`{option.id}` reads as the option `{other}` of `{question.id}`: {option.label}'
            yield Problem(catalogue.place(entry), message, 'another translation of one of them')


class _Translator:
    """Says the parts of a content in the language of a translation."""

    def __init__(self, translation: Translation) -> None:
        self.text = translation.local
        self._questions: dict[str, Question] = {}  # in the language, as far as they have been said

    def texts(self, kind: str, texts: Mapping[str, str]) -> Mapping[str, str]:
        return MappingProxyType({name: self.text(kind, text) for name, text in texts.items()})

    def question(self, question: Question) -> Question:
        said = self._questions[question.id] = replace(
            question,
            ask=self._wording(question.ask),
            hint=self._perhaps(question.hint),
            why=self._perhaps(question.why),
            options=tuple(map(self._option, question.options)),
            gone=self.texts('Question.gone', question.gone),
        )
        return said

    def _option(self, option: Option) -> Option:
        return replace(
            option,
            label=self.text(f'{option.kind}.label', option.label),
            hint=self.text('Option.hint', option.hint) if option.hint else None,
            group=self.text('Group.label', option.group) if option.group else None,
        )

    def outcome(self, outcome: Outcome) -> Outcome:
        return replace(
            outcome,
            title=self._wording(outcome.title),
            advice=self._perhaps(outcome.advice),
            summary=self._perhaps(outcome.summary),
            no_assistance=self._perhaps(outcome.no_assistance),
            do_now=self._lines(outcome.do_now),
            later=self._lines(outcome.later),
            can=MappingProxyType({name: self._lines(lines) for name, lines in outcome.can.items()}),
            cannot=MappingProxyType({name: self._lines(lines) for name, lines in outcome.cannot.items()}),
        )

    def _perhaps(self, wording: Wording | None) -> Wording | None:
        return self._wording(wording) if wording else None

    def _wording(self, wording: Wording) -> Wording:
        return Wording(tuple(map(self._variant, wording.variants)))

    def _variant(self, variant: Variant) -> Variant:
        return replace(variant, say=self.text(variant.kind, variant.say), named=tuple(map(self._named, variant.named)))

    def _lines(self, lines: _Lines) -> _Lines:
        return tuple(
            replace(line, say=self.text(line.kind, line.say), named=tuple(map(self._named, line.named))) for line in lines
        )

    def _named(self, named: NamedAnswer) -> NamedAnswer:
        if '.' in named.name:
            return replace(named, texts={option: self.text('Field.say', text) for option, text in named.texts.items()})
        return replace(named, texts={option.id: option.label for option in self._questions[named.question].options})
