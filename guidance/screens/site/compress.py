"""Compress what the server sends: Streamlit's own files once for all visitors, everything else as it goes."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import streamlit
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

STATIC = Path(streamlit.__file__).parent / 'static' / 'static'
"""Streamlit's JavaScript, styles and fonts; their names carry a hash, so what is in a file never changes."""
FILES = frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob('*') if path.is_file())


class Packed(NamedTuple):
    """One file, compressed."""

    body: bytes
    etag: str
    type: str


class Compressed:
    """Middleware: gzip for Streamlit's files, which it would send as they are, and for all other answers.

    Each file is compressed when first asked for and kept: 0.5 MB for what a visit loads, 7 MB for all there are.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._other = GZipMiddleware(app, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the compressed file if there is one, else compress the answer of the app."""
        name = _wanted(scope)
        if name is None:
            return await self._other(scope, receive, send)
        packed = await to_thread.run_sync(pack, name)
        await _response(packed, Headers(scope=scope))(scope, receive, send)


@cache  # one for each file that Streamlit has
def pack(name: str) -> Packed:
    """Return Streamlit's file `js/...` or `css/...`, compressed."""
    body = gzip.compress((STATIC / name).read_bytes(), 9, mtime=0)
    kind = 'text/css' if name.endswith('.css') else 'text/javascript'
    return Packed(body, f'"{sha256(body).hexdigest()[:16]}"', kind)


def file_name(path: str) -> str | None:
    """Return the name of the file of Streamlit that this path ends in, or None."""
    name = path.rpartition('/static/')[2]
    return name if name in FILES and '/static/' in path else None


def _wanted(scope: Scope) -> str | None:
    """Return the name of the file to send compressed, if there is one and the browser takes gzip and no part of it."""
    if scope['type'] != 'http' or scope['method'] not in ('GET', 'HEAD'):
        return None
    name, headers = file_name(scope['path']), Headers(scope=scope)
    fits = 'gzip' in headers.get('accept-encoding', '') and 'range' not in headers
    return name if name and name.endswith(('.js', '.css')) and fits else None


def _response(packed: Packed, headers: Headers) -> Response:
    known = packed.etag in headers.get('if-none-match', '')
    response = Response(b'' if known else packed.body, 304 if known else 200, media_type=packed.type)
    response.headers.update(
        {
            'Cache-Control': 'public, immutable, max-age=31536000',
            'ETag': packed.etag,
            'Vary': 'Accept-Encoding',
            'X-Content-Type-Options': 'nosniff',
        }
    )
    if not known:
        response.headers['Content-Encoding'] = 'gzip'
    return response
