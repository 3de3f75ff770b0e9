"""A result to take along: one HTML file that needs nothing else, made from the address alone."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.responses import Response

from guidance.content.days import today
from guidance.journey.walk import Arrived
from guidance.journey.walk import Result
from guidance.screens.notices import notices
from guidance.screens.page import Page
from guidance.screens.parts import ResultPage
from guidance.screens.parts import Share
from guidance.screens.plain.draw import html
from guidance.screens.plain.plain import POLICY
from guidance.screens.plain.plain import accepted_languages
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import safe
from guidance.screens.share import drawing
from guidance.screens.share import qr
from guidance.screens.site.address import base
from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import redirect
from guidance.serving.store import store

KEEP = 'keep'
"""Where the file is made, beside the pages."""

CODE = 'qr'
"""Where the picture of a result's link is made: it takes longer than the page, which most people read without it."""


@safe('plain', POLICY)
def keep(request: Request) -> Response:
    """Return the result of the address as a file; where the answers do not make one yet, lead to the page."""
    query: bytes = request.scope.get('query_string', b'')
    page = Page.open(pairs_of(request), accepted_languages(request), 'kept', base(request))
    if not isinstance(page.journey, Arrived):
        return redirect('./', query.decode('ascii', 'replace'), 303)
    headers = {
        'Content-Disposition': f'attachment; filename="{file_name()}"',
        'Content-Security-Policy': POLICY,
        'Cache-Control': PRIVATE,
    }
    return HTMLResponse(kept(page, page.journey.result, base(request)), headers=headers)


@safe('plain', POLICY)
def code(request: Request) -> Response:
    """Return the picture of the link of a result, to be scanned; 404 where there is none."""
    page = Page.open(pairs_of(request), accepted_languages(request), 'kept')
    link = page.links.shared(base(request)) if isinstance(page.journey, Arrived) else ''
    picture = drawing(link) if link else b''
    return Response(picture, 200 if picture else 404, {'Cache-Control': PRIVATE}, 'image/svg+xml')


def kept(page: Page, result: Result, place: str) -> str:
    """Return the file. Without a place to link to, it has no address: a relative one leads nowhere from a file."""
    address = page.links.shared(place)
    here = Share(address, qr=qr(address) if address else '')
    name, shown = page.content.service.name, ResultPage(result)
    more = {'notices': notices(page), 'shown': shown, 'here': here}
    return html(page, 'result.html', title=name, step='result', template='kept.html', **more)


def file_name() -> str:
    """Return a name that every system takes: the service's English name and the date, nothing of the answers."""
    name = str(store().content().service.name).lower()
    words = re.findall(r'[a-z0-9]+', name)
    return '-'.join([*words[:8], today(store().content().service).isoformat()]) + '.html'
