"""The end of a case: the trainee's way and offer beside the right ones, and what there is to learn from it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace

from guidance.content.condition import Answers
from guidance.journey.query import query_string
from guidance.journey.walk import Result
from guidance.journey.walk import ResultItem
from guidance.screens.page import Page
from guidance.screens.training.room import CaseRoom
from guidance.screens.training.room import TrainingPage
from guidance.training.case import live_result
from guidance.training.record import Doubt
from guidance.training.record import doubt
from guidance.training.score import LeadsOn
from guidance.training.score import LeadsTo
from guidance.training.score import Score
from guidance.training.score import Verdict
from guidance.training.score import lead
from guidance.training.score import score


@dataclass(frozen=True)
class PathStep:
    """One question of the trainee's way or of the expected one, in words; '' where it was not asked."""

    ask: str
    chosen: str
    expected: str
    because: str
    verdict: Verdict


@dataclass(frozen=True)
class Mistake:
    """A mistake that the case names: the question, the wrong answer, what speaks against it, and where it leads."""

    ask: str
    chosen: str
    against: str
    leads: str


@dataclass(frozen=True)
class Lessons:
    """What every debrief shows of the case beside its own words: the live result, and the mistakes that the case names."""

    result: Result
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class End:
    """The end of a practised case. `leads` tells where a way led that is not the right one."""

    right: bool
    leads: str
    path: tuple[PathStep, ...]


@dataclass(frozen=True)
class Debrief:
    """The debrief of an assessed case.

    `why` has what the live result says of each assistance; `rule` is the scoring rule in words; `link` is the record, ''
    where no link can be made.
    """

    score: Score
    doubt: Doubt
    why: Mapping[str, ResultItem]
    rule: str
    path: tuple[PathStep, ...]
    link: str


def end_of_practice(room: CaseRoom) -> TrainingPage:
    """Return the end of a case that was practised: where the trainee's way led."""
    room = room.counted()
    right = all(step.verdict in ('right', 'accepted') for step in room.path)
    end = End(right, '' if right else _leads(room, room.page.journey.answered), _path(room))
    html = right_page(room).render('training-end.html', room=room, end=end, lessons=lessons(room))
    return TrainingPage(room, room.page.words('end_right' if right else 'end_other'), f'end {room.name}', html)


def end_of_assessment(room: CaseRoom) -> TrainingPage:
    """Return the debrief of an assessed case. It is computed anew each time: the address has only answers and marks."""
    page, record, content = room.page, room.record, room.page.content
    debrief = Debrief(
        score=score(content, room.case, record.offered, record.stated),
        doubt=doubt(content, room.case, room.page.reading),
        why={item.id: item for item in live_result(content, room.case).can},
        rule=rule(page),
        path=_path(room),
        link=room.kept(query_string(room.finished(replace(record, practised=()), page.reading.seen))),
    )
    html = right_page(room).render('training-debrief.html', room=room, debrief=debrief, lessons=lessons(room))
    return TrainingPage(room, page.words('score', percent=debrief.score.percent), f'debrief {room.name}', html)


def rule(page: Page) -> str:
    """Return the scoring rule in words."""
    scoring = page.content.training.scoring
    numbers = {'offer': scoring.offer, 'limit': scoring.limit, 'over': scoring.over_promise, 'passed': scoring.passed}
    return page.words('rule', most=scoring.most_after_over_promise, **numbers)


def right_page(room: CaseRoom) -> Page:
    """Return the page of the expected answers, whose result a debrief shows."""
    return room.page.answering(room.expected)


def lessons(room: CaseRoom) -> Lessons:
    """Return what every debrief shows of the case."""
    every = tuple(mistake for question in room.turns for mistake in mistakes(room, question))
    return Lessons(live_result(room.page.content, room.case), every)


def mistakes(room: CaseRoom, question: str) -> tuple[Mistake, ...]:
    """Return the common mistakes at a question of the case."""
    return tuple(
        Mistake(
            ask=room.page.ask(question),
            chosen=room.page.labels(question, (option,)),
            against=against,
            leads=_leads(room, {**room.expected, question: (option,)}),
        )
        for option, against in room.turns[question].wrong.items()
    )


def _path(room: CaseRoom) -> tuple[PathStep, ...]:
    page, turns = room.page, room.turns
    return tuple(
        PathStep(
            ask=page.ask(step.question),
            chosen=page.labels(step.question, step.chosen),
            expected=page.labels(step.question, step.expected),
            because=turns[step.question].because if step.question in turns else '',
            verdict=step.verdict,
        )
        for step in room.path
    )


def _leads(room: CaseRoom, answers: Answers) -> str:
    """Return in words where these answers lead."""
    content, words = room.page.content, room.page.words
    match lead(content, room.case, answers):
        case LeadsOn(name):
            return words('leads_asks', question=content.question[name].ask.for_(answers))
        case LeadsTo(titles, lost, gained):
            sentences = [words('leads_titles', titles=room.page.joined(titles))]
            sentences += [words('leads_lost', names=_titles(room.page, lost))] if lost else []
            sentences += [words('leads_gained', names=_titles(room.page, gained))] if gained else []
            sentences += [words('leads_same')] if not (lost or gained) else []
            return ' '.join(sentences)


def _titles(page: Page, names: Iterable[str]) -> str:
    return page.joined(page.content.assistance[name].title for name in names)
