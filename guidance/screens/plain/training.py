"""The training pages as the server draws them: text, links and questions. Forms of another kind are Streamlit's at once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from guidance.journey.query import query_string
from guidance.screens.answer import sent
from guidance.screens.page import Page
from guidance.screens.plain.draw import document
from guidance.screens.plain.plain import not_found
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import safe
from guidance.screens.route_names import TRAINING
from guidance.screens.site.address import wizard_url_of
from guidance.screens.site.shell import page_of
from guidance.screens.site.shell import redirect
from guidance.screens.training.draw import drawn
from guidance.screens.training.library import has_training
from guidance.screens.training.library import is_refused
from guidance.screens.training.library import led_to
from guidance.screens.training.library import training_page


@safe('training')
def training(request: Request) -> Response:
    """Answer for a training page, or for the form of one of its questions."""
    pairs = pairs_of(request)
    page = Page.open(pairs, request.headers, 'training', wizard_url_of(request))
    if not has_training(page.content):
        return page_of(request.scope, not_found(request, './'), 404)
    answer = sent(page, pairs)
    target = led_to(page, answer)
    if target is not None:
        return redirect(f'./{TRAINING}', query_string(target)[1:], 303)
    found = training_page(page)
    response = page_of(request.scope, document(page, *drawn(found, failed=is_refused(found, answer))), 200)
    response.headers['X-Robots-Tag'] = 'noindex'
    return response
