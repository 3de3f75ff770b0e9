"""A case step by step before a class: what is asked and why, what each answer opens, what to say and what never to say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from guidance.content.condition import Answers
from guidance.content.format import Turn
from guidance.proof.explain import Opened
from guidance.proof.explain import in_words
from guidance.proof.explain import opened
from guidance.screens.training.debrief import lessons
from guidance.screens.training.debrief import mistakes
from guidance.screens.training.debrief import right_page
from guidance.screens.training.room import Room
from guidance.screens.training.room import draw
from guidance.training.scenario import expected
from guidance.training.scenario import present_turns

_LONGEST = 200  # characters of a condition that a class can still read


def demonstrate(room: Room) -> None:
    """Show one step: the caller's story, one question after the other with its expected answer, the right offer."""
    content = room.page.content
    right = expected(content, room.sheet)
    asked = list(right)
    step = min(room.record.step, len(asked) + 1)
    room = replace(room, record=replace(room.record, step=step))
    links: dict[str, Any] = {
        'steps': len(asked) + 2,
        'previous': room.link(mode='show', step=step - 1) if step else None,
        'next': room.link(mode='show', step=step + 1) if step <= len(asked) else None,
    }
    if step == 0:
        _show(room, room.sheet.caller, 'training-show-story.html', links)
    elif step > len(asked):
        room = replace(room, page=right_page(room))
        _show(room, room.page.words('show_end'), 'training-show-end.html', links | lessons(room))
    else:
        name = asked[step - 1]
        before = {each: right[each] for each in asked[: step - 1]}
        room = replace(room, page=room.page.answering(before))
        turn = present_turns(content, room.sheet)[name]
        _show(room, room.page.ask(name), 'training-show-turn.html', links | {'turn': turn} | _turn(room, name, turn))


def _show(room: Room, title: str, template: str, more: dict[str, Any]) -> None:
    draw(room, title, f'show {room.record.case} {room.record.step}', room.page.render(template, room=room, title=title, **more))


def _turn(room: Room, name: str, turn: Turn) -> dict[str, Any]:
    content, before = room.page.content, room.page.given
    question = content.question[name]
    found = opened(content, question, before)
    opens = [(option.label, [_opens(room, each, before) for each in found[option.id]]) for option in question.options]
    return {
        'expected': room.page.labels(name, expected(content, room.sheet)[name]),
        'accepted': ' / '.join(room.page.labels(name, other) for other in turn.or_),
        'why': question.why.for_(before) if question.why else '',
        'mistakes': mistakes(room, name, turn),
        'opens': [(label, said) for label, said in opens if said],
        'others_open_nothing': any(not said for _, said in opens),
    }


def _opens(room: Room, found: Opened, before: Answers) -> str:
    """Return in words what an option opens, and what else it takes."""
    content, words = room.page.content, room.page.words
    match found.kind:
        case 'question':
            name = content.question[found.id].ask.for_(before)
        case 'outcome':
            name = next(outcome for outcome in content.outcomes if outcome.id == found.id).title.for_(before)
        case 'assistance':
            name = content.assistance[found.id].title
    what, condition = words(f'opens_{found.kind}', name=name), in_words(content, found.when, words, before)
    if not condition:
        return what
    return words('opens_if', what=what, condition=condition) if len(condition) <= _LONGEST else words('opens_depends', what=what)
