"""Includes expanded: the questions and outcomes of all flows, in the order in which they are walked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from guidance.content.fields import When
from guidance.content.flow_format import IncludeSpec
from guidance.content.flow_format import OutcomeSpec
from guidance.content.flow_format import QuestionSpec
from guidance.content.head import check_head
from guidance.content.head import with_head
from guidance.content.problem import ContentError
from guidance.content.problem import closest
from guidance.content.problem import listed
from guidance.content.references import References
from guidance.content.references import Spot
from guidance.content.references import reserved

MAX_QUESTIONS = 20_000  # of which a check takes about half a minute


@dataclass(frozen=True)
class Include:
    """Where a flow is included: at `spot`, in the flow file `within`, under the condition `when` as written."""

    spot: Spot
    within: str
    when: When


@dataclass
class Flows:
    """The questions and outcomes of all flows by id, each with where it stands; by file, where each flow is included."""

    questions: dict[str, tuple[Spot, QuestionSpec]] = field(default_factory=dict)
    outcomes: dict[str, tuple[Spot, OutcomeSpec]] = field(default_factory=dict)
    includes: dict[str, Include] = field(default_factory=dict)

    def area(self, file: str) -> tuple[str, ...]:
        """Return the flow files with a `when` at their include in which this one stands, itself among them, outermost first."""
        include = self.includes.get(file)
        if include is None:
            return ()
        return (*self.area(include.within), *([file] if include.when is not None else ()))


def expand(references: References) -> Flows:
    """Return what `flows/main.yaml` has and includes.

    Raises ContentError, with all problems found so far, if there is no question or outcome, or if there are too many.
    """
    expansion = _Expansion(references)
    expansion.expand('main', ())
    for name, loaded in references.files.flows.items():
        if name not in expansion.included:
            references.wrong(loaded.file.place(()), 'no flow includes this file', f'`include: {name}.yaml` in flows/main.yaml')
    _check_size(references, expansion.flows)
    return expansion.flows


def _check_size(references: References, flows: Flows) -> None:
    main = Spot(references.files.flows['main'].file)
    if not flows.questions:
        references.wrong((main / 'questions').place(), 'there is no question', 'at least one question')
    if not flows.outcomes:
        references.wrong((main / 'outcomes').place(), 'there is no outcome', 'at least one outcome')
    if not flows.questions or not flows.outcomes:
        raise ContentError(references.problems)
    number = len(flows.questions)
    if number > MAX_QUESTIONS:
        spot, _ = list(flows.questions.values())[MAX_QUESTIONS]
        message = f'this is question {MAX_QUESTIONS + 1:,} of {number:,}: the check cannot prove so many'
        references.wrong(spot.place(key=True), message, f'at most {MAX_QUESTIONS:,} questions')
        raise ContentError(references.problems)


class _Expansion:
    def __init__(self, references: References) -> None:
        self.flows = Flows()
        self.included: set[str] = set()
        self._references = references
        self._files = references.files.flows

    def expand(self, name: str, within: tuple[str, ...]) -> None:
        """Take in the flow `name`, which the flows `within` include, from the outermost on."""
        top, flow = Spot(self._files[name].file), self._files[name].value
        self.included.add(name)
        for identity, entry in flow.questions.items():
            spot = top / 'questions' / identity
            if isinstance(entry, IncludeSpec):
                self._include(spot, entry, (*within, name))
            elif self._is_new(spot, 'question', identity, self.flows.questions):
                self.flows.questions[identity] = spot, entry
                if why := reserved(identity):
                    message = f'`{identity}` is a reserved word: {why}'
                    self._references.wrong(spot.place(key=True), message, 'another id for this question')
        for identity, outcome in flow.outcomes.items():
            spot = top / 'outcomes' / identity
            if self._is_new(spot, 'outcome', identity, self.flows.outcomes):
                self.flows.outcomes[identity] = spot, with_head(flow, outcome)
        check_head(self._references, top, flow)

    def _include(self, entry: Spot, written: IncludeSpec, within: tuple[str, ...]) -> None:
        spot, target = entry / 'include', written.include
        stem = target.removesuffix('.yaml')
        if stem not in self._files:
            names = [f'{name}.yaml' for name in self._files]
            message = f'there is no flow `{target}`{self._references.nearest(target, names)}'
            self._references.wrong(spot.place(), message, listed(names))
            if near := closest(target, names):  # of which it would be told that no flow includes it
                self.included.add(near.removesuffix('.yaml'))
        elif stem in within:
            circle = ' > '.join([*within[within.index(stem) :], stem])
            self._references.wrong(spot.place(), f'a circle of includes: {circle}', 'an include of another flow')
        elif stem in self.included:
            self._references.wrong(spot.place(), f'`{target}` is included twice', 'each flow once')
        else:
            self.flows.includes[self._files[stem].file.name] = Include(entry / 'when', entry.file.name, written.when)
            self.expand(stem, within)

    def _is_new(self, spot: Spot, kind: str, identity: str, seen: Mapping[str, tuple[Spot, object]]) -> bool:
        if identity not in seen:
            return True
        message = f'the {kind} `{identity}` stands in {seen[identity][0].file.name} too'
        self._references.wrong(spot.place(key=True), message, 'each id once')
        return False
