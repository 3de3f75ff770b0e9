"""The headers that every answer has: what a browser may load and do with it, and that answers stay in no cache."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp
from starlette.types import Message
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import policy

_PAGE = policy()
_OTHER = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""For what is no page: nothing in it loads or runs anything, should a browser take it for one."""


class Headers:
    """Middleware, around all others: adds the security headers to each answer, whoever gives it. One that is set stays.

    What an address with a query shows may follow from answers, so nobody keeps a copy of it, nor a browser of its own: only
    what is said to be public stays. No answer sets a cookie: Streamlit's token against forged requests is of no use where
    nothing is ever sent to the server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def sender(message: Message) -> None:
            if message['type'] == 'http.response.start':
                _add(MutableHeaders(raw=message.setdefault('headers', [])), message['status'], bool(scope.get('query_string')))
            await send(message)

        await self._app(scope, receive, sender if scope['type'] == 'http' else send)


def _add(headers: MutableHeaders, status: int, asked: bool) -> None:
    is_page = headers.get('content-type', '').startswith('text/html') or status == 304
    headers.setdefault('Content-Security-Policy', _PAGE if is_page else _OTHER)
    headers.setdefault('X-Content-Type-Options', 'nosniff')
    headers.setdefault('Referrer-Policy', 'no-referrer')  # addresses carry answers
    headers.setdefault('X-Frame-Options', 'SAMEORIGIN')
    headers.setdefault('Cross-Origin-Opener-Policy', 'same-origin')
    if asked:
        headers.setdefault('X-Robots-Tag', 'noindex')
        if 'public' not in headers.get('cache-control', ''):
            headers['Cache-Control'] = PRIVATE
    del headers['Set-Cookie']
