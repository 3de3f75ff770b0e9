"""The questions and outcomes of a content by flow, and which question opens which: what a map is drawn of."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from guidance.content.condition import AllOf
from guidance.content.condition import AnyOf
from guidance.content.condition import Condition
from guidance.content.condition import Not
from guidance.content.condition import questions_in
from guidance.content.model import Content
from guidance.content.model import Outcome
from guidance.content.model import Question


@dataclass(frozen=True)
class Chapter:
    """A flow: the name of its file, and what stands in it."""

    flow: str
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def names(self) -> list[str]:
        """Its questions and outcomes, as `question ID` and `outcome ID`."""
        return [*(f'question {each.id}' for each in self.questions), *(f'outcome {each.id}' for each in self.outcomes)]


@dataclass(frozen=True)
class Panel:
    """What is drawn of a flow. Nodes are `question ID`, `outcome ID`, and `flow NAME` for another flow, which is folded.

    `others` are the questions of other flows among them; `arrows` lead from a question to what its answers open.
    """

    chapter: Chapter
    nodes: tuple[str, ...]
    others: frozenset[str]
    arrows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Graph:
    """What opens what in a content."""

    content: Content

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The flows, in the order in which the content comes to them."""
        members: tuple[Question | Outcome, ...] = (*self.content.questions, *self.content.outcomes)
        return tuple(
            Chapter(
                name,
                tuple(each for each in self.content.questions if each.place.file == name),
                tuple(each for each in self.content.outcomes if each.place.file == name),
            )
            for name in dict.fromkeys(each.place.file for each in members)
        )

    @cached_property
    def _before(self) -> Mapping[str, frozenset[str]]:
        """For each question, all those on which it depends whether it is asked."""
        before: dict[str, frozenset[str]] = {}
        for question in self.content.questions:
            named = questions_in(question.when)
            before[question.id] = frozenset(named).union(*(before[name] for name in named))
        return before

    def opened_by(self, condition: Condition) -> tuple[str, ...]:
        """Return the questions whose answers open what has this condition; not those that these follow from.

        What must not have been answered opens nothing, unless there is nothing else.
        """
        if isinstance(condition, AnyOf):
            named = {name for part in condition.parts for name in self.opened_by(part)}
            return tuple(question.id for question in self.content.questions if question.id in named)
        parts = condition.parts if isinstance(condition, AllOf) else (condition,)
        positive = frozenset[str]().union(*(questions_in(part) for part in parts if not isinstance(part, Not)))
        return self._last(positive or questions_in(condition))

    def _last(self, questions: Iterable[str]) -> tuple[str, ...]:
        named = set(questions)
        return tuple(q.id for q in self.content.questions if q.id in named and not any(q.id in self._before[n] for n in named))

    @cached_property
    def _openers(self) -> Mapping[str, tuple[str, ...]]:
        """For each question and outcome, the questions that open it; an `otherwise` outcome has none."""
        found = {f'question {each.id}': self.opened_by(each.when) for each in self.content.questions}
        for outcome in self.content.outcomes:
            found[f'outcome {outcome.id}'] = () if outcome.otherwise else self.opened_by(outcome.applies)
        return found

    def panel(self, chapter: Chapter) -> Panel:
        """Return what is drawn of a flow: what stands in it, the questions that open it, and the flows that it opens."""
        own = {each.id for each in chapter.questions}
        arrows = [(f'question {opener}', name) for name in chapter.names for opener in self._openers[name]]
        for other in self.chapters:
            theirs = {each.id for each in other.questions}
            entries = (
                self._last(set().union(*(self._openers[name] for name in other.names)) - theirs) if other is not chapter else ()
            )
            arrows += [(f'question {opener}', f'flow {other.flow}') for opener in entries if opener in own]
        others = list(dict.fromkeys(one for one, _ in arrows if one.removeprefix('question ') not in own))
        folded = list(dict.fromkeys(to for _, to in arrows if to.startswith('flow ')))
        return Panel(chapter, (*chapter.names, *others, *folded), frozenset(others), tuple(arrows))
