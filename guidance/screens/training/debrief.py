"""The end of a case: the trainee's way and offer beside the right ones, and what there is to learn from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from guidance.content.condition import Answers
from guidance.content.format import Turn
from guidance.journey import link
from guidance.screens.page import Page
from guidance.screens.training.room import Room
from guidance.screens.training.room import draw
from guidance.screens.training.room import whole
from guidance.training.record import doubt
from guidance.training.scenario import expected
from guidance.training.scenario import live_result
from guidance.training.scenario import present_turns
from guidance.training.score import Compared
from guidance.training.score import compare
from guidance.training.score import lead
from guidance.training.score import score


def practised(room: Room) -> None:
    """Show the end of a case that was practised: where the trainee's way led."""
    room = room.counted()
    same = all(each.verdict in ('right', 'accepted') for each in _compared(room))
    leads = _leads(room, room.page.journey.answered)
    more = {'same': same, 'leads': leads, 'path': _path(room), **lessons(room)}
    html = right_page(room).render('training-end.html', room=room, **more)
    draw(room, room.page.words('end_right' if same else 'end_other'), f'end {room.record.case}', html)


def assessed(room: Room) -> None:
    """Show the debrief of an assessed case. It is computed anew each time: the address has only answers and marks."""
    page, record, content = room.page, room.record, room.page.content
    found = score(content, room.sheet, record.offered, record.stated)
    more = {
        'score': found,
        'doubt': doubt(content, room.sheet, room.reading),
        'why': {said.id: said for said in live_result(content, room.sheet).can},
        'rule': rule(room),
        'path': _path(room),
        'link': whole(link.address(room.finished(replace(record, practised=()), page.reading.seen))),
    }
    html = right_page(room).render('training-debrief.html', room=room, **more, **lessons(room))
    draw(room, page.words('score', percent=found.percent), f'debrief {record.case}', html)


def rule(room: Room) -> str:
    """Return the scoring rule in words."""
    scoring = room.page.content.training.scoring
    numbers = {'offer': scoring.offer, 'limit': scoring.limit, 'over': scoring.over_promise, 'passed': scoring.passed}
    return room.page.words('rule', most=scoring.most_after_over_promise, **numbers)


def right_page(room: Room) -> Page:
    """Return the page of the expected answers, whose result a debrief shows."""
    return room.page.answering(expected(room.page.content, room.sheet))


def lessons(room: Room) -> dict[str, Any]:
    """Return what every debrief shows of the case: the live result, and the mistakes that the sheet names."""
    turns = present_turns(room.page.content, room.sheet)
    found = [each for name, turn in turns.items() for each in mistakes(room, name, turn)]
    return {'result': live_result(room.page.content, room.sheet), 'mistakes': found}


def mistakes(room: Room, name: str, turn: Turn) -> list[dict[str, str]]:
    """Return the common mistakes at a question: what speaks against each, and where it leads."""
    right = expected(room.page.content, room.sheet)
    return [
        {
            'ask': room.page.ask(name),
            'chosen': room.page.labels(name, (option,)),
            'against': against,
            'leads': _leads(room, {**right, name: (option,)}),
        }
        for option, against in turn.wrong.items()
    ]


def _compared(room: Room) -> tuple[Compared, ...]:
    return compare(room.page.content, room.sheet, room.page.journey)


def _path(room: Room) -> list[dict[str, str]]:
    turns = present_turns(room.page.content, room.sheet)
    return [
        {
            'ask': room.page.ask(each.question),
            'given': room.page.labels(each.question, each.given),
            'expected': room.page.labels(each.question, each.expected),
            'because': turns[each.question].because if each.question in turns else '',
            'verdict': each.verdict,
        }
        for each in _compared(room)
    ]


def _leads(room: Room, answers: Answers) -> str:
    """Return in words where these answers lead."""
    content, page = room.page.content, room.page
    found = lead(content, room.sheet, answers)
    if found.asks:
        return page.words('leads_asks', question=content.question[found.asks].ask.for_(answers))

    def named(names: Iterable[str]) -> str:
        return ' · '.join(content.assistance[name].title for name in names)

    said = [page.words('leads_titles', titles=' · '.join(found.titles))]
    said += [page.words('leads_lost', names=named(found.lost))] if found.lost else []
    said += [page.words('leads_gained', names=named(found.gained))] if found.gained else []
    said += [page.words('leads_same')] if not (found.lost or found.gained) else []
    return ' '.join(said)
