"""The page around the page: what a browser, a search engine or a chat preview sees before Streamlit has started."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from collections.abc import Collection
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl
from urllib.parse import quote
from urllib.parse import urlsplit

import streamlit
from starlette._utils import get_route_path
from starlette.datastructures import Headers
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
from guidance.screens.scripts import BROWSER
from guidance.screens.scripts import LINE
from guidance.screens.site.address import public_url
from guidance.screens.site.compress import file_name
from guidance.screens.site.messages import Messages
from guidance.screens.site.paths import MOST
from guidance.screens.site.paths import meant
from guidance.screens.site.paths import shortened

STYLE = Path(__file__).parent.parent / 'style.css'
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5a5e"/>'
    '<path d="M9 25V16h14V7m-5 5 5-5 5 5" fill="none" stroke="#fff" stroke-width="3"/></svg>'
)
"""A path that turns: drawn here, nobody's emblem."""

PLAIN = 'plain'
"""Where the edition without JavaScript stands, beside the pages."""

PRIVATE = 'private, no-store'
"""The `Cache-Control` of what follows from answers: Back asks for it again, and nobody else finds it."""

_OPEN = frozenset(f'/{name}' for name in OPEN)
_INDEX = (Path(streamlit.__file__).parent / 'static' / 'index.html').read_text(encoding='utf-8')
# Before the theme has come, Streamlit's skip link would fetch 170 KB of a text font that is then not used.
# What stands there while a page takes long comes after six seconds, over Streamlit's empty page. It is hidden until then, not
# shown after that: where nothing may move, or an animation does not run, it is there. It goes without a script, too.
_STYLE = '[data-testid=stSkipToContent] { font-family: system-ui, sans-serif !important }\n' + (
    '.g-wait { animation: g-wait 0s 6s backwards !important }\n@keyframes g-wait { from { visibility: hidden } }\n'
    ':root:has([data-step]) .g-wait, :root[data-step] .g-wait { display: none }\n'
    ':root[data-line]:not(:has(.g-line)) .g-wait { display: block; animation: none !important }\n'
)
_MISSING_STYLE = (
    ':root { color-scheme: light dark }\n'
    'body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 3rem 1rem }\n'
    'a { color: var(--link) }\n'
)


class Words(NamedTuple):
    """What the shell says of a page, all of it from the content and in the language `lang`.

    `no_script` stands below the name where JavaScript is off; `missing`, `missing_say`, `start` (a link) and `help`
    (the numbers to call) make the page for an address that does not exist. `plain` is the link to the edition that needs
    no JavaScript; `waiting` stands above it where the page takes long to open, with `again`, a link to load it once more.
    `room` is the class of a page of another colour, which no search engine finds.
    """

    lang: str
    name: str
    description: str
    no_script: str
    missing: str
    missing_say: str
    start: str
    help: str
    plain: str = ''
    waiting: str = ''
    again: str = ''
    room: str = ''


class Shell:
    """Middleware that serves Streamlit's page as ours.

    `words` gives the words of a page in a language, and is asked at each request, so that changed content is used. `pages`
    are the `url_path`s of the pages ('' is the first one), and `routes` are ours beside them; a damaged path leads to the
    page that was meant, or to one of `beside`, our routes that are pages, too. All else is a 404, also what Streamlit would
    answer and its page does not ask for. `shorten` cuts an over-long query string to what is known. `choose` gives the
    language for what the address asks for and the browser's `Accept-Language`. `twin` gives the parameters of the same page
    in the edition without JavaScript.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        words: Callable[[str, str], Words],
        pages: Collection[str],
        beside: Collection[str],
        routes: Collection[BaseRoute],
        shorten: Callable[[str], str],
        choose: Callable[[str, str], str],
        twin: Callable[[str], str],
    ) -> None:
        self._app = app
        self._stream: ASGIApp = Messages(app)
        self._words = words
        self._pages = frozenset(pages) | {''}
        self._named = self._pages.union(beside)
        self._routes = tuple(routes)
        self._shorten = shorten
        self._choose = choose
        self._twin = twin

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
            return Response(MARK, media_type='image/svg+xml', headers={'Cache-Control': 'public, max-age=86400'})
        if not path and scope['path'].strip('/') in ('', _base()):
            return redirect(f'./{_base()}/', query.decode('ascii', 'replace'), 301)
        page = path.removeprefix('/')
        short = shortened(query, self._shorten) if path and page in self._named else None
        if short is not None:
            return redirect(f'./{page}', short, 303)
        if not path or path.startswith('//') or page not in self._pages:
            return None if self._answered(scope, path) else self._repaired(scope, path) or self._not_found(scope)
        words = self._words_for(scope, page)
        html = render(words, _style())
        twin = escape(f'"./{PLAIN}{self._twin(query.decode(errors="replace"))}"', quote=False)
        response = page_of(scope, html.replace(f'"./{PLAIN}"', twin), 200)
        if words.room:
            response.headers['X-Robots-Tag'] = 'noindex'
        return response

    def _answered(self, scope: Scope, path: str) -> bool:
        """Tell whether there is something else: a file of Streamlit's page, what that page asks for, or a route of ours."""
        if path.startswith('/static/'):
            return file_name(path) is not None
        return path in _OPEN or any(route.matches(scope)[0] is Match.FULL for route in self._routes)

    def _repaired(self, scope: Scope, path: str) -> Response | None:
        """Lead to what a damaged path was meant to be. Below it, Streamlit's own addresses, which are relative, are wrong."""
        query = scope.get('query_string', b'').decode('ascii', 'replace')
        place = meant(path, query, self._named, self._twin) if path else None
        if place is None:
            return None
        short = shortened(place.query.encode(errors='replace'), self._shorten)
        return redirect(f'{_up(scope)}{place.page}', place.query if short is None else short, 301)

    def _not_found(self, scope: Scope) -> Response:
        response = page_of(scope, render_missing(self._words_for(scope, ''), _up(scope), _style()), 404)
        response.headers['Cache-Control'] = PRIVATE  # a damaged path may have answers in it
        return response

    def _words_for(self, scope: Scope, page: str) -> Words:
        query: bytes = scope.get('query_string', b'')
        pairs = parse_qsl(query[:MOST].decode(errors='replace'), errors='replace')
        asked = [value.strip().lower() for name, value in pairs if name.strip().lower() == 'lang']
        accepted = Headers(scope=scope).get('accept-language', '')
        return self._words(self._choose(asked[-1] if asked else '', accepted), page)


@lru_cache(maxsize=32)
def render(words: Words, style: str) -> str:
    """Return Streamlit's page with our words, mark and style in it."""
    lang, name = escape(words.lang), escape(words.name)
    html = re.sub(r'<!--.*?-->\s*', '', _INDEX, flags=re.DOTALL)
    # Its stylesheet is for mathematics only, and a page without it stays white for as long as it does not come.
    html = re.sub(r'<link\b[^>]*(?:rel="shortcut icon"|rel="service-desc"|rel="stylesheet"|as="font")[^>]*>\s*', '', html)
    room = f' class="{escape(words.room)}"' if words.room else ''
    html = _once(r'<html lang="en">', f'<html lang="{lang}"{room}>', html)
    html = _once(r'<title>.*?</title>', _head(words, style), html)
    plain = f'<p><a href="./{PLAIN}">{escape(words.plain)}</a></p>' if words.plain else ''
    again = f'<p><a href="" data-again>{escape(words.again)}</a></p>' if words.again else ''
    waiting = f'<div class="g-wait" role="status"><p>{escape(words.waiting)} {escape(words.help)}</p>{plain}{again}</div>'
    waiting = waiting if words.waiting else ''
    no_script = f'<noscript><h1>{name}</h1><p>{escape(words.no_script)}</p>{plain}<style>.g-wait {{ display: none }}</style>'
    html = _once(r'<noscript>.*?</noscript>', f'{no_script}</noscript>', html)
    # At the end, so that the link to skip to the main part stays the first.
    return _once('</body>', f'{waiting}<script>{BROWSER}</script></body>', html)


@lru_cache(maxsize=32)
def render_missing(words: Words, start: str, style: str) -> str:
    """Return the page for an address that does not exist; `start` is the way to the first page from there."""
    return (
        f'<!DOCTYPE html><html lang="{escape(words.lang)}"><head><meta charset="UTF-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(words.name)}</title>{icon()}<style>{_MISSING_STYLE}{style}</style></head>'
        f'<body class="missing"><main><p>{escape(words.name)}</p><h1>{escape(words.missing)}</h1>'
        f'<p>{escape(words.missing_say)}</p><p><a href="{escape(start)}">{escape(words.start)}</a></p>'
        f'<p>{escape(words.help)}</p></main></body></html>'
    )


def policy() -> str:
    """Return the Content-Security-Policy: nothing from other hosts, no inline script but those of the page itself.

    `'self'` is also our WebSocket, for every browser that can read Streamlit's scripts (Safari learnt it in 15.4, and they
    need 16.4; tried in Chromium 156 and Firefox 153).
    """
    scripts = re.findall(r'<script>(.*?)</script>', render(Words(*[''] * 8), ''), re.DOTALL)
    hashes = ' '.join(f"'sha256-{base64.b64encode(sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


def _head(words: Words, style: str) -> str:
    """Return what stands in the head instead of the title. The style is inline: no flash, and no request more."""
    name, description = escape(words.name), escape(words.description)
    return (
        f'<title>{name}</title>\n    <meta name="description" content="{description}" />\n'
        f'    <meta property="og:type" content="website" />\n    <meta property="og:title" content="{name}" />\n'
        f'    <meta property="og:description" content="{description}" />\n    {icon()}\n'
        f'    <script>{LINE}</script>\n    <style>{_STYLE}{style}</style>'
    )


def icon() -> str:
    """Return the element that gives a page our mark."""
    return f'<link rel="icon" href="data:image/svg+xml,{quote(MARK)}" />'


def _once(pattern: str, new: str, html: str) -> str:
    changed, count = re.subn(pattern, lambda _: new, html, flags=re.DOTALL)
    if count != 1:
        raise RuntimeError(f'index.html of this Streamlit has {count} places like {pattern}')
    return changed


def _style() -> str:
    """Read at each page load: 20 microseconds, and an edited style is seen at once."""
    return STYLE.read_text(encoding='utf-8') if STYLE.exists() else ''


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
