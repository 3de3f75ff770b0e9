"""A result to take along: one HTML file that needs nothing else, made from the address alone."""

from __future__ import annotations

import datetime
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.responses import Response

from guidance.journey import link
from guidance.screens.plain.draw import html
from guidance.screens.plain.plain import POLICY
from guidance.screens.plain.plain import opened
from guidance.screens.plain.plain import safe
from guidance.screens.share import drawing
from guidance.screens.share import qr
from guidance.screens.site.address import base
from guidance.screens.site.address import shared_link
from guidance.screens.site.paths import MOST
from guidance.screens.site.paths import shortened
from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import redirect
from guidance.screens.view import WHOLE
from guidance.screens.view import Page
from guidance.screens.view import notices
from guidance.serving.store import store

KEEP = 'keep'
"""Where the file is made, beside the pages."""

CODE = 'qr'
"""Where the picture of a result's link is made: it takes longer than the page, which most people read without it."""


@safe('plain', POLICY)
def keep(request: Request) -> Response:
    """Return the result of the address as a file; where the answers do not make one yet, lead to the page."""
    query: bytes = request.scope.get('query_string', b'')
    short = shortened(query, lambda long: link.shorten(store().content(), long))
    if short is not None:
        return redirect(f'./{KEEP}', short, 303)
    page, reading = opened(request, link.parsed(query.decode(errors='replace')), 'kept')
    if page.journey.result is None:
        return redirect('./', query.decode('ascii', 'replace'), 303)
    headers = {
        'Content-Disposition': f'attachment; filename="{file_name()}"',
        'Content-Security-Policy': POLICY,
        'Cache-Control': PRIVATE,
    }
    return HTMLResponse(kept(page, reading, base(request)), headers=headers)


@safe('plain', POLICY)
def code(request: Request) -> Response:
    """Return the picture of the link of a result, to be scanned; 404 where there is none."""
    query: bytes = request.scope.get('query_string', b'')[:MOST]
    page, _ = opened(request, link.parsed(query.decode(errors='replace')), 'kept')
    shared = shared_link(base(request), page) if page.journey.result else ''
    picture = drawing(shared) if shared else b''
    return Response(picture, 200 if picture else 404, {'Cache-Control': PRIVATE}, 'image/svg+xml')


def kept(page: Page, reading: link.Reading, place: str) -> str:
    """Return the file. Without a place to link to, it has no address: a relative one leads nowhere from a file."""
    shared = shared_link(place, page)
    more: dict[str, Any] = WHOLE | {'link': shared, 'qr': qr(shared) if shared else ''}
    more['notices'] = notices(page, reading)
    return html(page, 'result.html', title=page.content.service.name, template='kept.html', **more)


def file_name() -> str:
    """Return a name that every system takes: the service's English name and the date, nothing of the answers."""
    name = str(store().content().service.name).lower()
    words = re.findall(r'[a-z0-9]+', name)
    return '-'.join([*words[:8], datetime.date.today().isoformat()]) + '.html'
