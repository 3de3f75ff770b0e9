"""Working on a case for the caller, in practice and in an assessment: the questions and the wrong turns."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace

from guidance.content.condition import Answers
from guidance.content.model import Question
from guidance.journey.walk import Asking
from guidance.screens.training.debrief import end_of_assessment
from guidance.screens.training.debrief import end_of_practice
from guidance.screens.training.marks import ask_marks
from guidance.screens.training.room import AskedQuestion
from guidance.screens.training.room import CaseRoom
from guidance.screens.training.room import TrainingPage
from guidance.training.score import against
from guidance.training.score import judge


@dataclass(frozen=True)
class Fits:
    """Why the answer before was right: the question, and what speaks for it."""

    ask: str
    because: str


@dataclass(frozen=True)
class AskedTurn:
    """What stands above a question: what the caller says to it (None: the story has told it), and of the answer before."""

    says: str | None
    fits: Fits | None


@dataclass(frozen=True)
class WrongTurn:
    """A wrong answer in practice: the question and the answer in words, what speaks against it, and the two ways on."""

    ask: str
    chosen: str
    says: str | None
    against: str
    again: str
    on: str


def work(room: CaseRoom) -> TrainingPage:
    """Return where the trainee stands: a question, a wrong turn, the marks, or the end."""
    page, record = room.page, room.record
    change, wrong = page.reading.change, record.wrong
    if record.done and isinstance(page.journey, Asking):
        return _cut(room)
    if wrong and wrong in page.journey.answered and record.mode == 'practise' and room.verdict(wrong) == 'wrong':
        return _wrong_turn(room, wrong)
    if change and change in page.journey.answered:
        return _question(room, page.content.question[change])
    if isinstance(page.journey, Asking):
        return _question(room, page.journey.next)
    if record.mode == 'practise':
        return end_of_practice(room)
    return end_of_assessment(room) if record.done else ask_marks(room)


def _cut(room: CaseRoom) -> TrainingPage:
    """Say that a part of a record is missing. Nobody is led on from here: the record would be another one's."""
    html = room.page.render('training-cut.html', room=room)
    return TrainingPage(room, room.page.words('record_title'), f'cut {room.name}', html)


def _wrong_turn(room: CaseRoom, name: str) -> TrainingPage:
    page, turn = room.page, room.turns[name]
    wrong = WrongTurn(
        ask=page.ask(name),
        chosen=page.labels(name, page.journey.answered[name]),
        says=turn.tells,
        against=against(turn, room.expected[name], page.journey.answered[name]),
        again=room.here(change=name),
        on=room.here(),
    )
    html = page.render('training-wrong.html', room=room, wrong=wrong, heard=room.heard(until=name), open=False)
    return TrainingPage(room, page.words('wrong_title'), f'wrong {name}', html)


def _question(room: CaseRoom, question: Question) -> TrainingPage:
    page = room.page
    around = page.around(question)
    around = replace(around, back=(around.back if page.journey.answered else None) or room.link())

    heard, turn = room.heard(until=question.id), _asked_turn(room, question)
    above = page.render('training-turn.html', room=room, turn=turn, heard=heard, open=not page.journey.answered, around=around)
    return TrainingPage(room, around.heading, f'{room.name} {question.id}', above, AskedQuestion(question, around))


def after(room: CaseRoom, question: Question, answers: Answers) -> dict[str, str]:
    """Return the parameters of the address to which these answers lead, one of which was just given to the question.

    In practice a wrong answer is talked about first; in an assessment nothing is said.
    """
    verdict = judge(room.page.content, room.case, question.id, answers[question.id])
    wrong = question.id if room.record.mode == 'practise' and verdict == 'wrong' else None
    return room.parameters(replace(room.on_the_way(), wrong=wrong), answers)


def _asked_turn(room: CaseRoom, question: Question) -> AskedTurn:
    says = room.turns[question.id].tells if question.id in room.turns else None
    return AskedTurn(says, _fits(room) if room.page.journey.next is question else None)


def _fits(room: CaseRoom) -> Fits | None:
    """Return why the last answer was right: in practice, and where the case says so."""
    last = next(reversed(list(room.page.journey.answered)), '')
    if room.record.mode != 'practise' or last not in room.turns or room.verdict(last) != 'right':
        return None
    return Fits(room.page.ask(last), room.turns[last].because)
