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
from guidance.screens.form import ask
from guidance.screens.form import plain
from guidance.screens.form import refusal
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

_FORM = 'marks-FORM'  # the form of the marks, with which all keys in it begin: see `view.form_name`


def work(room: Room) -> None:
    """Show where the trainee stands: a question, a wrong turn, the marks, or the end."""
    page, record = room.page, room.record
    change, wrong = page.change, record.wrong
    if record.done and page.journey.result is None:
        _cut(room)
    elif wrong and wrong in page.journey.answered and record.mode == 'practise' and _verdict(room, wrong) == 'wrong':
        _wrong_turn(room, wrong)
    elif change and change in page.journey.answered:
        _question(room, page.content.question[change])
    elif page.journey.next:
        _question(room, page.journey.next)
    elif record.mode == 'practise':
        practised(room)
    elif record.done:
        assessed(room)
    else:
        _marks(room)


def _cut(room: Room) -> None:
    """Say that a part of a record is missing. Nobody is led on from here: the record would be another one's."""
    draw(room, room.page.words('record_title'), f'cut {room.record.case}', room.page.part('training-cut.html', room=room))


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
    about = page.about(question, '') | {'later': None}
    about['back'] = (about['back'] if page.journey.answered else None) or room.link()
    last = next(reversed([*page.journey.answered]), '') if page.journey.next is question else ''
    fits = room.record.mode == 'practise' and last in turns and _verdict(room, last) == 'right'
    case = {
        'open': not page.journey.answered,
        'heard': _heard(room, question.id),
        'says': turns[question.id].tells if question.id in turns else None,
        'fits': last if fits else '',
        'because': turns[last].because if fits else '',
    }

    def place(given: Answers) -> dict[str, str]:
        """In practice a wrong answer is talked about first; in an assessment nothing is said."""
        verdict = judge(page.content, room.sheet, question.id, given[question.id])
        wrong = question.id if room.record.mode == 'practise' and verdict == 'wrong' else None
        return room.parameters(replace(room.record, wrong=wrong, done=False), given)

    above = page.part('training-turn.html', room=room, **case, **about)
    begin_room(room, about['heading'], f'{room.record.case} {question.id}', above, refused=refusal(question))
    ask(page, question, page.journey.answered.get(question.id, room.reading.unread.get(question.id, ())), place)
    end_room(room, page.part('below.html', **about))


def _wrong_turn(room: Room, name: str) -> None:
    page, turn = room.page, _turns(room)[name]
    more = {
        'says': turn.tells,
        'against': against(turn, expected(page.content, room.sheet)[name], page.journey.answered[name]),
        'again': room.here(change=name, wrong=None),
        'on': room.here(wrong=None),
    }
    html = page.part('training-wrong.html', room=room, name=name, heard=_heard(room, name), **more)
    draw(room, page.words('wrong_title'), f'wrong {name}', html)


def _marks(room: Room) -> None:
    """Ask what the trainee offers and states. As with a question, callback and returned click lead to the same place."""
    page, record, content = room.page, room.record, room.page.content
    back = room.here(change=list(page.journey.answered)[-1])
    above = page.part('training-marks.html', room=room, form=_FORM, back=back, rule=rule(room), heard=_heard(room))
    begin_room(room, page.words('marks_title'), f'marks {record.case}', above)
    with st.form(_FORM, border=False):
        offered = _boxes(room, 'marks_offer', content.assistance, record.offered)
        stated = _boxes(room, 'marks_limits', content.limitations, record.stated)
        label = st.text_input(page.words('marks_label'), record.label, max_chars=MAX_LABEL, key=f'{_FORM}-LABEL')
        st.html(f'<p class="g-hint">{escape(page.words("marks_label_how"))}</p>')
        done = st.form_submit_button(page.words('marks_done'), type='primary', key=f'{_FORM}-GO', on_click=lambda: _marked(room))
    if done:
        _finish(room, offered, stated, label)
        st.rerun()
    end_room(room)


def _boxes(
    room: Room, title: str, choices: Mapping[str, Assistance] | Mapping[str, Limitation], chosen: Iterable[str]
) -> tuple[str, ...]:
    st.html(f'<h2>{escape(room.page.words(title))}</h2>')
    found = [name for name, each in choices.items() if st.checkbox(plain(each.title), name in chosen, key=f'{_FORM}-{name}')]
    return tuple(found)


def _marked(room: Room) -> None:
    content, state = room.page.content, st.session_state
    offered, stated = (
        [name for name in choices if state.get(f'{_FORM}-{name}')] for choices in (content.assistance, content.limitations)
    )
    _finish(room, tuple(offered), tuple(stated), state.get(f'{_FORM}-LABEL', ''))


def _finish(room: Room, offered: tuple[str, ...], stated: tuple[str, ...], label: str) -> None:
    record = replace(room.counted().record, offered=offered, stated=stated, label=clean_label(label))
    st.query_params.from_dict(room.finished(record))
