"""The book of a content: all that it says in numbered paragraphs, in one language, or in several side by side."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property

from guidance.book.columns import Column
from guidance.book.graph import Chapter
from guidance.book.graph import Graph
from guidance.book.numbers import Numbers
from guidance.book.numbers import numbered
from guidance.book.ways import address
from guidance.book.ways import ways
from guidance.content.condition import AllOf
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import questions_in
from guidance.content.model import Content
from guidance.content.model import Outcome
from guidance.journey.cache import cached_in_content
from guidance.proof.count import Counts
from guidance.proof.count import counts
from guidance.serving.confirmations import Confirmed

Texts = tuple[str, ...]
"""A text in each language of the book."""

MAIN = 'flows/main.yaml'
"""The flow that includes all others."""

_counts = cached_in_content(1)(counts)


@dataclass(frozen=True, eq=False)
class Book:
    """A content in the languages `langs`, the first of which has the headings.

    `given` are the numbers of paragraphs that were given before; `wizard` is the address of the wizard, for "try from here".
    """

    contents: Mapping[str, Content]
    langs: tuple[str, ...]
    confirmed: Confirmed
    given: Numbers = field(default_factory=dict)
    wizard: str = './'

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The languages, a column for each."""
        return tuple(Column(self.contents[lang], lang) for lang in self.langs)

    @property
    def first(self) -> Column:
        """The language of the headings."""
        return self.columns[0]

    @property
    def content(self) -> Content:
        """The content in the language of the headings."""
        return self.first.content

    @cached_property
    def graph(self) -> Graph:
        """What opens what."""
        return Graph(self.content)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The flows."""
        return self.graph.chapters

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Number -> what it is the number of."""
        whole = self.content.whole or self.content  # of all days: a paragraph that is not shown yet has its number already
        flows = {chapter.flow: chapter.names for chapter in Graph(whole).chapters}
        return numbered(whole, flows, self.given)

    @cached_property
    def number(self) -> Mapping[str, str]:
        """What -> its number: `question ID`, `outcome ID`, `contact ID`, ...; the lines of outcomes have other ones."""
        return {name: number for number, name in self.numbers.items() if not name.startswith(('line ', 'gone '))}

    def line_numbers(self, outcome: str) -> Mapping[str, str]:
        """Return the numbers of the lines of an outcome: what `lines_of` gives -> number."""
        return self._below.get(self.number[f'outcome {outcome}'], {})

    @cached_property
    def _below(self) -> Mapping[str, Mapping[str, str]]:
        """For each number, those of the lines below it."""
        found: dict[str, dict[str, str]] = {}
        for number, name in self.numbers.items():
            if name.startswith('line '):
                found.setdefault(number.rpartition('.')[0], {})[name] = number
        return found

    @cached_property
    def counts(self) -> Counts:
        """On how many ways through the content each outcome is reached."""
        return _counts(self.content)

    def each(self, said: Callable[[Column], str]) -> Texts:
        """Return a text in each language; one only where all are the same."""
        texts = tuple(said(column) for column in self.columns)
        return texts[:1] if len(set(texts)) == 1 else texts

    def titles(self, name: str) -> Texts:
        """Return what a question, outcome, flow, contact, ... is called in each language."""
        return tuple(self.title(column, name) for column in self.columns)

    def title(self, column: Column, name: str) -> str:
        """Return what it is called in one language. A flow is called what opens it, where its own name is of another language."""
        kind, _, identity = name.partition(' ')
        content = column.content
        match kind:
            case 'question':
                return column.usual(content.question[identity].ask)
            case 'outcome':
                return column.usual(self.outcome(column, identity).title)
            case 'flow':
                return self._flow(column, identity)
            case 'assistance':
                return content.assistance[identity].title
            case 'limitation':
                return content.limitations[identity].title
            case 'contact':
                return content.contacts[identity].name
        return content.sources[identity].title

    def outcome(self, column: Column, identity: str) -> Outcome:
        """Return an outcome in one language."""
        return self._outcomes[column.lang][identity]

    @cached_property
    def _outcomes(self) -> Mapping[str, Mapping[str, Outcome]]:
        return {column.lang: {each.id: each for each in column.content.outcomes} for column in self.columns}

    def _flow(self, column: Column, name: str) -> str:
        """Return what a flow is called. Its title is in the language of its authors; in others it is called after its texts."""
        service = column.content.service
        if column.lang == service.language:
            return column.content.titles[name]
        if name == MAIN:
            return service.name
        chapter = next(each for each in self.chapters if each.flow == name)
        return self._opening(column, chapter) or self.title(column, chapter.names[0])

    def _opening(self, column: Column, chapter: Chapter) -> str:
        """Return the label of the answer without which nothing of a flow is reached; '' if there is not exactly one."""
        own = {each.id for each in chapter.questions}
        conditions = [each.when for each in chapter.questions] + [each.applies for each in chapter.outcomes if not each.otherwise]
        first = [needed(each) for each in conditions if not own & questions_in(each)]
        tests = [test for test in frozenset.intersection(*first) if len(test.options) == 1] if first else []
        if len(tests) != 1:
            return ''
        return column.content.question[tests[0].question].option[next(iter(tests[0].options))].label

    def way(self, name: str) -> str:
        """Return the address at which a question is asked, or an outcome shown, after the fewest answers; '' if none is known."""
        found = ways(self.content).get(name)
        return '' if found is None else self.wizard + address(self.content, found, self.first.lang).removeprefix('./')

    def named_in(self, named: Mapping[str, Iterable[str]], name: str) -> list[tuple[str, str]]:
        """Return where something is named, in order: number and name of each outcome."""
        return [(self.number[f'outcome {each}'], f'outcome {each}') for each in named.get(name, ())]


def needed(condition: Condition) -> frozenset[AnswerIs]:
    """Return the tests of which each holds whenever the condition does, as far as they stand at its top."""
    parts = condition.parts if isinstance(condition, AllOf) else [condition]
    return frozenset(part for part in parts if isinstance(part, AnswerIs))
