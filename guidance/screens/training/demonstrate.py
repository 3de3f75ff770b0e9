"""A case step by step before a class: what is asked and why, what each answer opens, what to say and what never to say."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace

from guidance.content.case_format import Turn
from guidance.content.condition import Answers
from guidance.content.model import Question
from guidance.proof.explain import Opened
from guidance.proof.explain import in_words
from guidance.proof.explain import opened
from guidance.screens.page import Page
from guidance.screens.training.debrief import Mistake
from guidance.screens.training.debrief import lessons
from guidance.screens.training.debrief import mistakes
from guidance.screens.training.debrief import right_page
from guidance.screens.training.room import CaseRoom
from guidance.screens.training.room import TrainingPage

_LONGEST = 200  # characters of a condition that a class can still read


@dataclass(frozen=True)
class Step:
    """Where a demonstration stands: step `number` of `all`, from 1, with the addresses of those beside it."""

    title: str
    number: int
    all: int
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class OptionOpens:
    """What an option opens, each thing in words."""

    label: str
    things: tuple[str, ...]


@dataclass(frozen=True)
class DemonstratedTurn:
    """One question of the case: the notes for staff, and in words the answers and what each option opens.

    `accepted` and `why` are '' where there is nothing of the kind. `others_open_nothing`: some option opens nothing.
    """

    notes: Turn
    expected: str
    accepted: str
    why: str
    mistakes: tuple[Mistake, ...]
    opens: tuple[OptionOpens, ...]
    others_open_nothing: bool


def demonstrate(room: CaseRoom) -> TrainingPage:
    """Return one step: the caller's story, one question after the other with its expected answer, the right offer."""
    questions = list(room.expected)
    end = len(questions) + 1
    room = replace(room, record=replace(room.record, step=min(room.record.step, end)))
    if room.record.step == 0:
        return _story(room)
    if room.record.step == end:
        return _end(room)
    return _turn(room, questions[room.record.step - 1])


def _story(room: CaseRoom) -> TrainingPage:
    step = _step(room, room.case.caller)
    return _page(room, step, room.page.render('training-show-story.html', room=room, step=step))


def _turn(room: CaseRoom, name: str) -> TrainingPage:
    """Return a question as it is asked when those before it were answered as expected."""
    before = {question: room.expected[question] for question in list(room.expected)[: room.record.step - 1]}
    room = replace(room, page=room.page.answering(before))
    step = _step(room, room.page.ask(name))
    turn = _demonstrated(room, room.page.content.question[name])
    return _page(room, step, room.page.render('training-show-turn.html', room=room, step=step, turn=turn))


def _end(room: CaseRoom) -> TrainingPage:
    room = replace(room, page=right_page(room))
    step = _step(room, room.page.words('show_end'))
    return _page(room, step, room.page.render('training-show-end.html', room=room, step=step, lessons=lessons(room)))


def _step(room: CaseRoom, title: str) -> Step:
    at, end = room.record.step, len(room.expected) + 1
    previous = room.link('show', at - 1) if at else None
    following = room.link('show', at + 1) if at < end else None
    return Step(title, number=at + 1, all=end + 1, previous=previous, next=following)


def _page(room: CaseRoom, step: Step, html: str) -> TrainingPage:
    return TrainingPage(room, step.title, f'show {room.name} {room.record.step}', html)


def _demonstrated(room: CaseRoom, question: Question) -> DemonstratedTurn:
    page, turn, before = room.page, room.turns[question.id], room.page.given
    by_option = opened(page.content, question, before)
    opens = [
        OptionOpens(option.label, tuple(_in_words(page, thing, before) for thing in by_option[option.id]))
        for option in page.offered(question)
    ]
    return DemonstratedTurn(
        notes=turn,
        expected=page.labels(question.id, room.expected[question.id]),
        accepted=' / '.join(page.labels(question.id, other) for other in turn.or_),
        why=question.why.for_(before) if question.why else '',
        mistakes=mistakes(room, question.id),
        opens=tuple(option for option in opens if option.things),
        others_open_nothing=any(not option.things for option in opens),
    )


def _in_words(page: Page, thing: Opened, before: Answers) -> str:
    """Return in words what an option opens, and what else it takes."""
    content, words = page.content, page.words
    match thing.kind:
        case 'question':
            name = content.question[thing.id].ask.for_(before)
        case 'outcome':
            name = next(outcome for outcome in content.outcomes if outcome.id == thing.id).title.for_(before)
        case 'assistance':
            name = content.assistance[thing.id].title
    what, condition = words(f'opens_{thing.kind}', name=name), in_words(content, thing.when, words, before)
    if not condition:
        return what
    return words('opens_if', what=what, condition=condition) if len(condition) <= _LONGEST else words('opens_depends', what=what)
