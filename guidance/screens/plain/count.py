"""What a reader says of a result, and what the browser tells of it: one more in a total, and a page that thanks."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.responses import Response

from guidance.journey.walk import Arrived
from guidance.screens.answer import last
from guidance.screens.counting import DONE
from guidance.screens.counting import TOLD
from guidance.screens.counting import count_result
from guidance.screens.counting import is_visit
from guidance.screens.counting import metrics
from guidance.screens.links import COUNT_AT
from guidance.screens.links import Edition
from guidance.screens.page import Page
from guidance.screens.plain.draw import html
from guidance.screens.plain.plain import POLICY
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import safe
from guidance.screens.route_names import PLAIN
from guidance.screens.site.address import wizard_url_of
from guidance.screens.site.proxy import is_public
from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import page_of
from guidance.screens.site.shell import redirect
from guidance.serving.counters import counted
from guidance.serving.counters import counting

WHAT = 'count'
"""The parameter that says what is to be counted."""


def count_of(edition: Edition) -> Callable[[Request], Response]:
    """Return what answers for the form of this edition, and for what the browser tells."""

    @safe('plain', POLICY)
    def answer(request: Request) -> Response:
        """Count, then lead to the page that thanks: who loads that anew is not counted again."""
        pairs = pairs_of(request)
        page = Page.open(pairs, request.headers, 'plain', wizard_url_of(request))
        start, here = './' if edition == 'full' else PLAIN, page.links.here()
        if not counting() or not isinstance(page.journey, Arrived):
            return redirect(start, here[1:], 303)
        what = last(pairs, WHAT)
        if what in TOLD + DONE and is_visit(request.method, request.headers):
            count_result(page, what)
        if what in DONE:
            return Response(status_code=204, headers={'Cache-Control': PRIVATE})
        if what:
            return redirect(COUNT_AT[edition], here[1:], 303)
        said = html(page, 'counted.html', title=page.words('count_thanks'), step='counted', to=start + here)
        return page_of(request.scope, said, 200, POLICY)

    return answer


def metrics_page(request: Request) -> Response:
    """Return the counts of this replica for Prometheus; 404 where nothing is counted, and to the public."""
    if not counting() or is_public(request.scope):
        return PlainTextResponse('There is none.\n', 404)
    return PlainTextResponse(metrics(counted()), headers={'Cache-Control': 'no-store'}, media_type='text/plain; version=0.0.4')
