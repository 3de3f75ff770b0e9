"""A result to take along: one HTML file that needs nothing else, made from the address alone."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.responses import Response

from guidance.content.days import today
from guidance.journey.query import parse_query
from guidance.journey.walk import Arrived
from guidance.journey.walk import Result
from guidance.screens.notices import notices
from guidance.screens.page import Page
from guidance.screens.parts import ResultPage
from guidance.screens.parts import Share
from guidance.screens.plain.plain import POLICY
from guidance.screens.plain.plain import accepted_languages
from guidance.screens.plain.plain import html
from guidance.screens.plain.plain import safe
from guidance.screens.share import qr
from guidance.screens.site.address import base
from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import redirect
from guidance.serving.store import store

KEEP = 'keep'
"""Where the file is made, beside the pages."""


@safe
def keep(request: Request) -> Response:
    """Return the result of the address as a file; where the answers do not make one yet, lead to the page."""
    query: bytes = request.scope.get('query_string', b'')
    page = Page.open(parse_query(query.decode(errors='replace')), accepted_languages(request), 'kept')
    if not isinstance(page.journey, Arrived):
        return redirect('./', query.decode('ascii', 'replace'), 303)
    headers = {
        'Content-Disposition': f'attachment; filename="{file_name()}"',
        'Content-Security-Policy': POLICY,
        'Cache-Control': PRIVATE,
    }
    return HTMLResponse(kept(page, page.journey.result, base(request)), headers=headers)


def kept(page: Page, result: Result, place: str) -> str:
    """Return the file. Without a place to link to, it has no address: a relative one leads nowhere from a file."""
    address = page.links.shared(place)
    here = Share(address, qr=qr(address) if address else '')
    name, shown = page.content.service.name, ResultPage(result)
    return html(page, 'result.html', title=name, template='kept.html', notices=notices(page), shown=shown, here=here)


def file_name() -> str:
    """Return a name that every system takes: the service's English name and the date, nothing of the answers."""
    name = str(store().content().service.name).lower()
    words = re.findall(r'[a-z0-9]+', name)
    return '-'.join([*words[:8], today(store().content().service).isoformat()]) + '.html'
