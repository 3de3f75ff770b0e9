"""On how many journeys each of many conditions holds, counted for all of them together.

What is left to ask after some answers is looked at once for all conditions; what is left of a condition is a node of a decision
diagram (`diagram.py`), so that conditions share what they have in common.
"""

from __future__ import annotations

import dataclasses
import heapq
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import count

from guidance.content.condition import TRUE
from guidance.content.condition import AllOf
from guidance.content.condition import AnswerIs
from guidance.content.condition import Answers
from guidance.content.condition import AnyOf
from guidance.content.condition import Condition
from guidance.content.condition import Not
from guidance.content.condition import tests_in
from guidance.content.model import Question
from guidance.proof.branches import NotProved
from guidance.proof.branches import branches
from guidance.proof.diagram import ALWAYS
from guidance.proof.diagram import NEVER
from guidance.proof.diagram import Diagrams
from guidance.proof.situations import Situation
from guidance.proof.situations import Steps
from guidance.proof.situations import bits

_LIMIT = 2_000_000  # situations with what is left of a condition, of all conditions together

Move = tuple[int, int, Situation, int]
"""A variable that is decided by going on, or -1; its value; what is left then; the number of answers that lead there."""

Here = tuple[Situation, int]
"""What is left to ask, and what is left of a condition, as a node."""


Chosen = tuple['Chosen | None', int, str]
"""What was chosen before, a variable, and an option that is chosen of it."""


class Tally:
    """Counts the journeys through some questions on which each of some conditions holds; no others can be asked for.

    Only journeys that make `within` true count.
    """

    def __init__(self, questions: tuple[Question, ...], conditions: Iterable[Condition], within: Condition = TRUE) -> None:
        self._journeys = _Journeys(questions, (*conditions, within))
        self._diagrams = Diagrams(self._journeys.values)
        self._nodes: dict[Condition, int] = {}
        self._within = within
        self._numbers: dict[Condition, int] = {}
        self._known: dict[Here, int] = {}
        self._ends: dict[Here, int] = {}

    def number(self, condition: Condition) -> int:
        """Return on how many journeys it holds. Raises NotProved if that takes too long."""
        if condition not in self._numbers:
            try:
                self._numbers[condition] = sum(ways * self._count(here) for here, ways in self._starts(condition))
            except RecursionError:  # a diagram that asks for some thousand variables one after the other
                raise NotProved from None
        return self._numbers[condition]

    def _starts(self, condition: Condition) -> list[tuple[Here, int]]:
        node = self._diagrams.all_of([self._node(condition), self._node(self._within)])
        return [(self._going_on(left, node), ways) for left, ways in self._journeys.start(TRUE)]

    def _node(self, condition: Condition) -> int:
        known = self._nodes.get(condition)
        if known is None:
            known = self._nodes[condition] = self._made(condition)
        return known

    def _made(self, condition: Condition) -> int:
        match condition:
            case AnswerIs():
                return self._diagrams.any_of([self._diagrams.test(*each) for each in self._journeys.passing(condition)])
            case Not(part):
                failing = [(variable, self._other(variable, passed)) for variable, passed in self._journeys.passing(part)]
                return self._diagrams.all_of([self._diagrams.test(*each) for each in failing])
            case AllOf(parts):
                return self._diagrams.all_of([self._node(part) for part in parts])
            case AnyOf(parts):
                return self._diagrams.any_of([self._node(part) for part in parts])

    def _other(self, variable: int, passed: frozenset[int]) -> frozenset[int]:
        return frozenset(range(self._journeys.values[variable])) - passed

    def _going_on(self, left: Situation, node: int) -> Here:
        """Return where to go on: of what can no more be asked, nothing is answered."""
        for variable in bits(self._diagrams.variables[node] & self._journeys.past(left)):
            node = self._diagrams.fixed(node, variable, 0)
        return left, node

    def _count(self, here: Here) -> int:
        """Return the number of ways from here to the end on which the condition holds."""
        known = self._known
        stack = [here]
        steps: dict[Here, list[tuple[Here, int]]] = {}
        while stack:
            now = stack[-1]
            if now in known:
                stack.pop()
            elif now[1] == NEVER:
                known[now] = 0
            elif self._journeys.is_end(now[0]):
                known[now] = self._at_end(*now)
            elif now in steps:
                known[now] = sum(ways * known[following] for following, ways in steps.pop(now))
            else:
                steps[now] = self._steps(*now)
                stack += [following for following, _ in steps[now] if following not in known]
                if len(known) > _LIMIT:
                    raise NotProved
        return known[here]

    def _steps(self, situation: Situation, node: int) -> list[tuple[Here, int]]:
        found: dict[Here, int] = {}
        for variable, value, left, ways in self._journeys.moves(situation):
            following = self._going_on(left, self._diagrams.fixed(node, variable, value) if variable >= 0 else node)
            if following[1] != NEVER:
                found[following] = found.get(following, 0) + ways
        return list(found.items())

    def _at_end(self, situation: Situation, node: int) -> int:
        """Return the number of ways to choose among the options that are undecided at the end."""
        if node == NEVER or not situation.undecided:
            return int(node == ALWAYS and not situation.empty)
        key = situation, node
        if key not in self._ends:
            self._ends[key] = sum(
                ways * self._at_end(left, self._diagrams.fixed(node, variable, value))
                for variable, value, left, ways in self._journeys.moves(situation)
            )
        return self._ends[key]

    def shortest(self, condition: Condition, unasked: str | None = None) -> Answers | None:
        """Return the journey on which it holds with the fewest questions answered; of those one with the fewest options.

        None if there is none. The option `unasked` is no answer. Raises NotProved if that takes too long.
        """
        if not self.number(condition):
            return None
        order = count()
        starts = self._starts(condition)
        queue: list[tuple[int, int, int, Here, Chosen | None]] = [(0, 0, next(order), here, None) for here, _ in starts]
        done: set[Here] = set()
        while queue:
            asked, options, _, here, chosen = heapq.heappop(queue)
            if here in done or not self._count(here):
                continue
            done.add(here)
            if self._journeys.is_end(here[0]) and not here[0].undecided:
                return self._journeys.answers(chosen)
            for variable, value, left, _ in self._journeys.moves(here[0]):
                following = self._going_on(left, self._diagrams.fixed(here[1], variable, value) if variable >= 0 else here[1])
                option = self._journeys.option(variable, value)
                asks = not self._journeys.is_group(variable) and option != unasked
                entry = (chosen, variable, option) if option not in ('', unasked) else chosen
                cost = (asked + asks, options + (entry is not chosen))
                heapq.heappush(queue, (*cost, next(order), following, entry))
        return None


class _Journeys(Steps):
    """The steps through some questions, which tell apart all answers that the conditions do.

    A variable is what was chosen of a question, by kinds of options that nothing tells apart; 0: nothing, or the question was not
    asked. Each group of options of a `choose: many` that can be chosen together is a variable of its own: 1 where some are.
    """

    def __init__(self, questions: tuple[Question, ...], conditions: tuple[Condition, ...]) -> None:
        whens = tuple(question.when for question in questions)
        super().__init__(questions, whens, conditions)
        self._kept = (1 << len(self._groups)) - 1
        tests: dict[str, list[AnswerIs]] = {question.id: [] for question in questions}
        for test in frozenset[AnswerIs]().union(*map(tests_in, (*whens, *conditions))):
            tests[test.question].append(test)
        self._kinds = [self._kinds_of(question, tests[question.id]) for question in questions]
        places = [(float(number), number, -1) for number, kinds in enumerate(self._kinds) if kinds]
        places += [(self._asked_first(group), each.question, group) for group, each in enumerate(self._groups)]
        ordered = sorted(places)
        self._variables = [(number, group) for _, number, group in ordered]
        self._of_question = {number: at for at, (number, group) in enumerate(self._variables) if group < 0}
        self._of_group = {group: at for at, (_, group) in enumerate(self._variables) if group >= 0}
        self.values = [2 if group >= 0 else 1 + len(self._kinds[number]) for number, group in self._variables]
        self._moves: dict[Situation, list[Move]] = {}
        self._past: dict[Situation, int] = {}

    def _kinds_of(self, question: Question, tests: list[AnswerIs]) -> list[list[str]]:
        """Return the options that are chosen by themselves, those together that no test tells apart."""
        kinds: dict[frozenset[AnswerIs], list[str]] = {}
        for option in question.options:
            if option.alone or not question.many:
                kinds.setdefault(frozenset(test for test in tests if option.id in test.options), []).append(option.id)
        return list(kinds.values())

    def _asked_first(self, group: int) -> float:
        """Return the place right before the first question that asks whether options of a group are chosen, else the end."""
        asking = (later for later in self._opens[self._groups[group].question] if self._names[later] >> group & 1)
        return min(asking, default=len(self._whens)) - 0.5

    def passing(self, test: AnswerIs) -> Iterator[tuple[int, frozenset[int]]]:
        """Yield the variables of which a test asks for one, each with the values that pass it."""
        number = self.number[test.question]
        if passed := frozenset(at for at, kind in enumerate(self._kinds[number], start=1) if kind[0] in test.options):
            yield self._of_question[number], passed
        for group in bits(self._named(test)):
            yield self._of_group[group], frozenset([1])

    def past(self, here: Situation) -> int:
        """Return the variables that will not be decided any more, by no step from here, one bit each."""
        if here not in self._past:
            found = 0
            for variable, (number, group) in enumerate(self._variables):
                if (number < here.at or here.closed >> number & 1) and not (group >= 0 and here.undecided >> group & 1):
                    found |= 1 << variable
            self._past[here] = found
        return self._past[here]

    def is_end(self, here: Situation) -> bool:
        """Tell whether no question is left."""
        return here.at == len(self._whens)

    def moves(self, here: Situation) -> list[Move]:
        """Return the ways to go on from here: to answer the next question, or to decide first what it asks for."""
        if here not in self._moves:
            groups = self._needed_now(here)
            last = self.is_end(here)
            self._moves[here] = list(
                self._last(here) if last else self._decisions(here, groups) if groups else self._answers(here)
            )
        return self._moves[here]

    def _decisions(self, here: Situation, groups: int) -> Iterator[Move]:
        number = self._groups[groups.bit_length() - 1].question
        variable = self._of_group[groups.bit_length() - 1]
        for left, ways in self._chosen(here, here.at, number, none=groups):
            yield variable, 0, left, ways
        for left, ways in self._chosen(here, here.at, number, some=groups):
            yield variable, 1, left, ways * (self._choices(groups) - 1)

    def _answers(self, here: Situation) -> Iterator[Move]:
        question = self._questions[here.at]
        depend, conditions = self._depending(here, here.at + 1, here.at)
        for value, kind in enumerate(self._kinds[here.at], start=1):
            alone = dataclasses.replace(question, many=False, options=(question.option[kind[0]],))
            for rest in branches(tuple(conditions), alone, TRUE):
                for left, ways in self._left(here, here.at + 1, dict(zip(depend, rest, strict=True))):
                    yield self._of_question[here.at], value, left, ways * len(kind)
        several = self._several.get(here.at)
        if several and several.groups:
            undecided = here._replace(undecided=here.undecided | several.groups, empty=here.empty | 1 << here.at)
            for left, ways in self._chosen(undecided, here.at + 1, here.at):
                yield -1, 0, left, ways

    def is_group(self, variable: int) -> bool:
        """Tell whether a variable says only whether a group of options is among those that are chosen."""
        return variable >= 0 and self._variables[variable][1] >= 0

    def option(self, variable: int, value: int) -> str:
        """Return the first option that is meant by the value of a variable; '' for none."""
        if variable < 0 or not value:
            return ''
        number, group = self._variables[variable]
        meant = self._groups[group].options if group >= 0 else self._kinds[number][value - 1]
        return next(option.id for option in self._questions[number].options if option.id in meant)

    def answers(self, chosen: Chosen | None) -> Answers:
        """Return what was chosen, question by question, in their order."""
        found: dict[int, list[str]] = {}
        while chosen:
            chosen, variable, option = chosen
            found.setdefault(self._variables[variable][0], []).append(option)
        return {
            self._questions[number].id: tuple(name for name in self._questions[number].option if name in found[number])
            for number in sorted(found)
        }

    def _last(self, here: Situation) -> Iterator[Move]:
        """Yield the ways to decide a group of options at the end, where some are undecided."""
        if not here.undecided:
            return
        group = here.undecided.bit_length() - 1
        number = self._groups[group].question
        left = here._replace(undecided=here.undecided ^ 1 << group)
        variable, ways = self._of_group[group], self._choices(1 << group) - 1
        yield variable, 0, left, 1
        yield variable, 1, left._replace(empty=here.empty & ~(1 << number)), ways
