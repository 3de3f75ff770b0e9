"""The training pages as the server draws them: text, links and questions. Forms of another kind are Streamlit's at once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from guidance.journey.query import query_string
from guidance.screens.answer import refused
from guidance.screens.page import Page
from guidance.screens.parts import PlainForm
from guidance.screens.plain.draw import ASKED
from guidance.screens.plain.draw import document
from guidance.screens.plain.plain import accepted_languages
from guidance.screens.plain.plain import asked_question
from guidance.screens.plain.plain import not_found
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import safe
from guidance.screens.site.address import base
from guidance.screens.site.shell import TRAINING
from guidance.screens.site.shell import page_of
from guidance.screens.site.shell import redirect
from guidance.screens.titles import titled
from guidance.screens.training.library import has_training
from guidance.screens.training.library import room_of
from guidance.screens.training.library import training_page
from guidance.screens.training.practise import after
from guidance.screens.training.room import CaseRoom
from guidance.screens.training.room import TrainingPage

_HTML = '\0html\0'


@safe('training')
def training(request: Request) -> Response:
    """Answer for a training page, or for the form of one of its questions."""
    pairs = pairs_of(request)
    page = Page.open(pairs, accepted_languages(request), 'training')
    if not has_training(page.content):
        return page_of(request.scope, not_found(request, './'), 404)
    room, asked = room_of(page, base(request)), asked_question(page.content, pairs)
    if isinstance(room, CaseRoom) and asked and asked in page.journey.answered:
        target = after(room, page.content.question[asked], page.given)
        return redirect(f'./{TRAINING}', query_string(target)[1:], 303)
    found = training_page(page, room.place)
    failed = found.asked is not None and found.asked.id == asked
    response = page_of(request.scope, drawn(found, failed=failed), 200)
    response.headers['X-Robots-Tag'] = 'noindex'
    return response


def drawn(found: TrainingPage, *, failed: bool = False) -> str:
    """Return the whole HTML of a training page; where it `failed`, with what was wrong with the answer that was sent."""
    page = found.room.page
    notices = () if failed else found.notices()
    form = _form(found, failed=failed)
    body = page.render('training-page.html', room=found.room, shown=found, notices=notices, form=form, html=_HTML)
    return document(page, titled(page, found.full_title, failed=failed), body.replace(_HTML, found.html))


def _form(found: TrainingPage, *, failed: bool) -> PlainForm | None:
    room, question = found.room, found.asked
    if question is None or not isinstance(room, CaseRoom):
        return None
    chosen = room.page.chosen(question)
    others = {name: answer for name, answer in room.page.given.items() if name != question.id}
    carried = room.parameters(room.on_the_way(), others) | {ASKED: question.id}
    return PlainForm(question, TRAINING, chosen, carried, refused(room.page, question, chosen) if failed else None)
