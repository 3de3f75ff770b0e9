"""What the answers and marks of a trainee are worth, computed from the content and the case alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from typing import TypeAlias

from guidance.content.case_format import Case
from guidance.content.case_format import Turn
from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.journey.walk import Asking
from guidance.journey.walk import Journey
from guidance.journey.walk import walk
from guidance.training.case import expected
from guidance.training.case import live_result
from guidance.training.case import present_turns

Verdict = Literal['right', 'accepted', 'wrong', 'aside', 'missed']


def judge(content: Content, case: Case, question: str, chosen: tuple[str, ...]) -> Verdict:
    """Tell what an answer is worth: right, accepted as well, wrong, or aside, where the case never comes to the question."""
    turn = present_turns(content, case).get(question)
    if turn is None:
        return 'aside'
    if chosen == expected(content, case).get(question):
        return 'right'
    return 'accepted' if chosen in turn.or_ else 'wrong'


@dataclass(frozen=True)
class ComparedAnswer:
    """One question on the way of a trainee, or on the expected one."""

    question: str
    chosen: tuple[str, ...]
    expected: tuple[str, ...]
    verdict: Verdict


def compare(content: Content, case: Case, journey: Journey) -> tuple[ComparedAnswer, ...]:
    """Set the trainee's way beside the expected one, in the order of the questions."""
    right = expected(content, case)
    asked = [name for name in content.question if name in journey.answered or name in right]
    return tuple(
        ComparedAnswer(
            question=name,
            chosen=journey.answered.get(name, ()),
            expected=right.get(name, ()),
            verdict=judge(content, case, name, journey.answered[name]) if name in journey.answered else 'missed',
        )
        for name in asked
    )


def against(turn: Turn, right: Iterable[str], chosen: tuple[str, ...]) -> str:
    """Return what the case says against a wrong answer: what the case says of it, else why the right one is right."""
    reasons = [why for option, why in turn.wrong.items() if (option,) == chosen or (option in chosen and option not in right)]
    return ' '.join(reasons) or turn.because


@dataclass(frozen=True)
class LeadsTo:
    """A result to which answers lead: the titles of its situations, what it offers no longer, and what it wrongly offers.

    What the caller is only told whom to ask for is not offered to them.
    """

    titles: tuple[str, ...]
    lost: tuple[str, ...]
    gained: tuple[str, ...]


@dataclass(frozen=True)
class LeadsOn:
    """A question that comes up with these answers, so that there is no result yet."""

    question: str


Lead: TypeAlias = LeadsTo | LeadsOn


def lead(content: Content, case: Case, answers: Answers) -> Lead:
    """Return where these answers lead, compared with the expected ones."""
    journey = walk(content, answers)
    if isinstance(journey, Asking):
        return LeadsOn(journey.next.id)
    shown, right = journey.result.can, live_result(content, case).can
    offered = {item.id for item in shown if item.may_ask}
    may = {item.id for item in right} | set(case.may_offer)
    return LeadsTo(
        titles=tuple(part.title for part in journey.result.parts),
        lost=tuple(item.id for item in right if item.may_ask and item.id not in offered),
        gained=tuple(item.id for item in shown if item.id not in may),
    )


@dataclass(frozen=True)
class Mark:
    """An assistance that was offered or not, or a limit that was stated or not (`made`), and what that is worth.

    `over`: offered though neither the live result nor the case has it, the gravest error. `fine`: offered, and the caller
    can have it, though the case does not ask for it. `left`: not offered, and rightly so. `unscored`: a limit that holds in
    every case, but that this one does not name.
    """

    id: str
    made: bool
    verdict: Literal['right', 'missed', 'over', 'fine', 'left', 'unscored']
    may: bool = False  # it may be offered, and need not


@dataclass(frozen=True)
class Score:
    """What was offered and stated, set beside what should have been. `percent` and `passed` follow the scoring rule."""

    offers: tuple[Mark, ...]
    limits: tuple[Mark, ...]
    percent: int
    passed: bool

    @property
    def over_promised(self) -> tuple[str, ...]:
        """What was offered and cannot be had."""
        return tuple(mark.id for mark in self.offers if mark.verdict == 'over')


def score(content: Content, case: Case, offered: Iterable[str], stated: Iterable[str]) -> Score:
    """Score the marks of a case that is not under revision, by `scoring` of `data/training.yaml`."""
    offered, stated, rule = set(offered), set(stated), content.training.scoring
    may = {item.id for item in live_result(content, case).can} | set(case.may_offer)
    offers = tuple(_offer_mark(name, name in offered, name in case.offer, name in may) for name in content.assistance)
    limits = tuple(_limit_mark(name, name in stated, name in case.limits) for name in content.limitations)
    number = Counter(mark.verdict for mark in offers)
    points = rule.offer * number['right'] - rule.over_promise * number['over']
    points += rule.limit * sum(mark.verdict == 'right' for mark in limits)
    most = rule.offer * len(case.offer) + rule.limit * len(case.limits)
    percent = max(0, round(100 * points / most)) if most else 100
    if number['over']:
        return Score(offers, limits, min(percent, rule.most_after_over_promise), passed=False)
    return Score(offers, limits, percent, passed=percent >= rule.passed)


def _offer_mark(name: str, made: bool, right: bool, may: bool) -> Mark:
    if right:
        return Mark(name, made, 'right' if made else 'missed')
    if may:
        return Mark(name, made, 'fine' if made else 'left', may=True)
    return Mark(name, made, 'over' if made else 'left')


def _limit_mark(name: str, made: bool, right: bool) -> Mark:
    return Mark(name, made, 'unscored' if not right else 'right' if made else 'missed')
