"""The doors of the wizard: which page an address is, what is no page, and who may open a WebSocket."""

from __future__ import annotations

import base64
from collections.abc import Callable
from collections.abc import Collection
from hashlib import sha256
from urllib.parse import quote
from urllib.parse import urlsplit

import streamlit
from starlette._utils import get_route_path
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.responses import RedirectResponse
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Match
from starlette.types import ASGIApp
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

from guidance.screens.contract import OPEN
from guidance.screens.scripts import SCRIPT
from guidance.screens.site.address import public_url
from guidance.screens.site.compress import file_name
from guidance.screens.site.messages import Messages
from guidance.screens.site.paths import meant
from guidance.screens.site.paths import shortened

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5a5e"/>'
    '<path d="M9 25V16h14V7m-5 5 5-5 5 5" fill="none" stroke="#fff" stroke-width="3"/></svg>'
)
"""A path that turns: drawn here, nobody's emblem."""

PRIVATE = 'private, no-store'
"""The `Cache-Control` of what follows from answers: Back asks for it again, and nobody else finds it."""

_OPEN = tuple(f'/{name}' for name in OPEN)  # what Streamlit's page asks for, beside its files and its WebSocket


class Shell:
    """Middleware that serves our pages where Streamlit would serve its own, empty one.

    `first` draws the first page, and `routes` are ours beside it; a damaged path leads to the page that was meant, the first
    one or one of `beside`, our routes that are pages, too; `known` tells whether something can be read of a query. All else is
    a 404, also what Streamlit would answer and its page does not ask for: `missing` draws it, with the way to the first page.
    `shorten` cuts an over-long query string to what is known.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        first: Callable[[Request], Response],
        beside: Collection[str],
        routes: Collection[BaseRoute],
        shorten: Callable[[str], str],
        known: Callable[[str], object],
        missing: Callable[[Request, str], str],
    ) -> None:
        self._app = app
        self._stream: ASGIApp = Messages(app)
        self._first = first
        self._named = {'', *beside}
        self._routes = tuple(routes)
        self._shorten = shorten
        self._known = known
        self._missing = missing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a page or for what is not there; pass on the rest."""
        if scope['type'] == 'websocket':
            own = _own(scope)
            return await (self._stream(own, receive, send) if own else send({'type': 'websocket.close', 'code': 1008}))
        if scope['type'] != 'http':
            return await self._app(scope, receive, send)
        if scope['method'] in ('GET', 'HEAD'):
            response = self._answer(scope)
        else:  # nothing is ever sent to us; Streamlit would take files from anybody into memory
            response = Response('', 405, headers={'Allow': 'GET, HEAD'})
        await (response or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        path = _path(scope)
        query: bytes = scope.get('query_string', b'')
        if path == '/favicon.png':  # where Streamlit's script looks as long as a page names no icon
            return Response(LOGO, media_type='image/svg+xml', headers={'Cache-Control': 'public, max-age=86400'})
        if not path and scope['path'].strip('/') in ('', _base()):
            return redirect(f'./{_base()}/', query.decode('ascii', 'replace'), 301)
        page = path.removeprefix('/')
        short = shortened(query, self._shorten) if path and page in self._named else None
        if short is not None:
            return redirect(f'./{page}', short, 303)
        if not path or path.startswith('//') or page:
            return None if self._answered(scope, path) else self._repaired(scope, path) or self._not_found(scope)
        return self._first(Request(scope))

    def _answered(self, scope: Scope, path: str) -> bool:
        """Tell whether there is something else: a file of Streamlit's page, what that page asks for, or a route of ours."""
        if path.startswith('/static/'):
            return file_name(path) is not None
        return path in _OPEN or any(route.matches(scope)[0] is Match.FULL for route in self._routes)

    def _repaired(self, scope: Scope, path: str) -> Response | None:
        """Lead to what a damaged path was meant to be. Below it, Streamlit's own addresses, which are relative, are wrong."""
        query = scope.get('query_string', b'').decode('ascii', 'replace')
        target = meant(path, query, self._named, self._known) if path else None
        if target is None:
            return None
        short = shortened(target.query.encode(errors='replace'), self._shorten)
        return redirect(f'{_up(scope)}{target.page}', target.query if short is None else short, 301)

    def _not_found(self, scope: Scope) -> Response:
        response = page_of(scope, self._missing(Request(scope), _up(scope)), 404)
        response.headers['Cache-Control'] = PRIVATE  # a damaged path may have answers in it
        return response


def policy() -> str:
    """Return the Content-Security-Policy: nothing from other hosts, no inline script but those of the page itself.

    `'self'` is also our WebSocket, for every browser that can read Streamlit's scripts (Safari learnt it in 15.4, and they
    need 16.4; tried in Chromium 156 and Firefox 153).
    """
    own = base64.b64encode(sha256(SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'self'; script-src 'self' 'sha256-{own}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


def icon() -> str:
    """Return the element that gives a page our logo."""
    return f'<link rel="icon" href="data:image/svg+xml,{quote(LOGO)}" />'


def _base() -> str:
    return str(streamlit.get_option('server.baseUrlPath') or '').strip('/')


def _own(scope: Scope) -> Scope | None:
    """Return what opens our WebSocket, without the origin that is hereby dealt with; None for a page of another site.

    Streamlit would look at the origin, too, but knows nothing of proxies, and asks another host who it is.
    """
    headers = Headers(scope=scope)
    hosts = (headers.get('host', ''), headers.get('x-forwarded-host', '').partition(',')[0].strip())
    ours = {*hosts, urlsplit(public_url('')).netloc} - {''}
    if 'origin' in headers and headers['origin'].partition('://')[2] not in ours:
        return None
    return {**scope, 'headers': [(name, value) for name, value in scope['headers'] if name.lower() != b'origin']}


def _path(scope: Scope) -> str:
    """Return the path below the place where the app is mounted or configured to live, '' if it is outside of that."""
    path, base = get_route_path(scope) or '/', _base()
    if not base:
        return path
    return path.removeprefix(f'/{base}') if path.startswith(f'/{base}/') else ''


def _up(scope: Scope) -> str:
    """Return the relative way from a path to the folder of the pages."""
    raw: bytes = scope.get('raw_path') or quote(scope['path'], errors='replace').encode()
    root, base = str(scope.get('root_path', '')).rstrip('/'), _base()
    below = raw.removeprefix(root.encode()) if raw.startswith(f'{root}/'.encode()) else raw
    inside = bool(base) and below.startswith(f'/{base}/'.encode())
    deep = max(below.count(b'/') - 1, 0)
    up = '../' * (deep - base.count('/') - 1 if inside else deep) or './'
    return up if inside or not base else f'{up}{base}/'


def redirect(path: str, query: str, status: int) -> Response:
    """Redirect by a relative address, which stays right behind a proxy that strips a prefix.

    The answers may be in its query, or were in a damaged path, so it stays in no cache.
    """
    query = query.replace('#', '%23')  # which would end it
    return RedirectResponse(f'{path}?{query}' if query else path, status, {'Cache-Control': PRIVATE})


def page_of(scope: Scope, html: str, status: int, policy: str = '') -> Response:
    """Return a page, or only that it is unchanged; with a Content-Security-Policy of its own if one is given.

    Where the address has a query, which may be answers, there is nothing to compare: nobody has kept it.
    """
    headers = {'Cache-Control': 'no-cache', 'Vary': 'Accept-Language'}
    headers |= {'Content-Security-Policy': policy} if policy else {}
    if scope.get('query_string'):
        return HTMLResponse(html, status, headers | {'Cache-Control': PRIVATE})
    headers['ETag'] = etag = f'W/"{sha256(html.encode()).hexdigest()[:16]}"'
    if status == 200 and etag in Headers(scope=scope).get('if-none-match', ''):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(html, status, headers)
