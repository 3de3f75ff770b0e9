"""Working on a case for the caller, in practice and in an assessment: the questions, the wrong turns, the marks."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from guidance.content.condition import Answers
from guidance.content.format import Assistance
from guidance.content.format import Limitation
from guidance.content.format import Turn
from guidance.content.model import Question
from guidance.journey.walk import Asking
from guidance.screens.form import ask
from guidance.screens.form import escape_markdown
from guidance.screens.form import refusal
from guidance.screens.form import submit
from guidance.screens.training.debrief import assessed
from guidance.screens.training.debrief import practised
from guidance.screens.training.debrief import rule
from guidance.screens.training.room import Room
from guidance.screens.training.room import begin_room
from guidance.screens.training.room import draw
from guidance.screens.training.room import end_room
from guidance.training.record import MAX_LABEL
from guidance.training.record import clean_label
from guidance.training.scenario import expected
from guidance.training.scenario import present_turns
from guidance.training.score import against
from guidance.training.score import judge

_FORM = 'marks-FORM'  # the form of the marks, with which all keys in it begin: see `page.form_name`


def work(room: Room) -> None:
    """Show where the trainee stands: a question, a wrong turn, the marks, or the end."""
    page, record = room.page, room.record
    change, wrong = page.reading.change, record.wrong
    if record.done and isinstance(page.journey, Asking):
        _cut(room)
    elif wrong and wrong in page.journey.answered and record.mode == 'practise' and _verdict(room, wrong) == 'wrong':
        _wrong_turn(room, wrong)
    elif change and change in page.journey.answered:
        _question(room, page.content.question[change])
    elif isinstance(page.journey, Asking):
        _question(room, page.journey.next)
    elif record.mode == 'practise':
        practised(room)
    elif record.done:
        assessed(room)
    else:
        _marks(room)


def _cut(room: Room) -> None:
    """Say that a part of a record is missing. Nobody is led on from here: the record would be another one's."""
    draw(room, room.page.words('record_title'), f'cut {room.record.case}', room.page.render('training-cut.html', room=room))


def _verdict(room: Room, question: str) -> str:
    return judge(room.page.content, room.sheet, question, room.page.journey.answered[question])


def _turns(room: Room) -> Mapping[str, Turn]:
    return present_turns(room.page.content, room.sheet)


def _heard(room: Room, until: str | None = None) -> list[tuple[str, str]]:
    """Return what came out at each question, up to this one."""
    turns, found = _turns(room), []
    for name in room.page.journey.answered:
        if name == until:
            break
        if name in turns and (said := turns[name].tells):
            found.append((name, said))
    return found


def _question(room: Room, question: Question) -> None:
    page, turns = room.page, _turns(room)
    around = page.around(question, '')
    around = replace(around, back=(around.back if page.journey.answered else None) or room.link(), later=None)
    last = next(reversed([*page.journey.answered]), '') if page.journey.next is question else ''
    fits = room.record.mode == 'practise' and last in turns and _verdict(room, last) == 'right'
    case = {
        'open': not page.journey.answered,
        'heard': _heard(room, question.id),
        'says': turns[question.id].tells if question.id in turns else None,
        'fits': last if fits else '',
        'because': turns[last].because if fits else '',
    }

    def target(given: Answers) -> dict[str, str]:
        """In practice a wrong answer is talked about first; in an assessment nothing is said."""
        verdict = judge(page.content, room.sheet, question.id, given[question.id])
        wrong = question.id if room.record.mode == 'practise' and verdict == 'wrong' else None
        return room.parameters(replace(room.record, wrong=wrong, done=False), given)

    above = page.render('training-turn.html', room=room, **case, around=around)
    begin_room(room, around.heading, f'{room.record.case} {question.id}', above, refused=refusal(question))
    ask(page, question, target)
    end_room(room, page.render('below.html', around=around))


def _wrong_turn(room: Room, name: str) -> None:
    page, turn = room.page, _turns(room)[name]
    more = {
        'says': turn.tells,
        'against': against(turn, expected(page.content, room.sheet)[name], page.journey.answered[name]),
        'again': room.here(change=name, wrong=None),
        'on': room.here(wrong=None),
    }
    html = page.render('training-wrong.html', room=room, name=name, heard=_heard(room, name), **more)
    draw(room, page.words('wrong_title'), f'wrong {name}', html)


def _marks(room: Room) -> None:
    """Ask what the trainee offers and states."""
    page, record, content = room.page, room.record, room.page.content
    back = room.here(change=list(page.journey.answered)[-1])
    above = page.render('training-marks.html', room=room, form=_FORM, back=back, rule=rule(room), heard=_heard(room))
    begin_room(room, page.words('marks_title'), f'marks {record.case}', above)
    with st.form(_FORM, border=False):
        _boxes(room, 'marks_offer', content.assistance, record.offered)
        _boxes(room, 'marks_limits', content.limitations, record.stated)
        st.text_input(page.words('marks_label'), record.label, max_chars=MAX_LABEL, key=f'{_FORM}-LABEL')
        st.html(f'<p class="g-hint">{escape(page.words("marks_label_how"))}</p>')
        submit(page.words('marks_done'), _FORM, lambda: _finish(room))
    end_room(room)


def _boxes(room: Room, title: str, choices: Mapping[str, Assistance] | Mapping[str, Limitation], chosen: Iterable[str]) -> None:
    st.html(f'<h2>{escape(room.page.words(title))}</h2>')
    for name, each in choices.items():
        st.checkbox(escape_markdown(each.title), name in chosen, key=f'{_FORM}-{name}')


def _finish(room: Room) -> None:
    content, state = room.page.content, st.session_state
    offered, stated = (
        tuple(name for name in choices if state.get(f'{_FORM}-{name}')) for choices in (content.assistance, content.limitations)
    )
    label = clean_label(state.get(f'{_FORM}-LABEL', ''))
    record = replace(room.counted().record, offered=offered, stated=stated, label=label)
    st.query_params.from_dict(room.finished(record))
