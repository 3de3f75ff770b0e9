"""Compress what the server sends: Streamlit's own files once for all visitors, everything else as it goes."""

from __future__ import annotations

import gzip
import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from queue import Queue
from threading import Thread
from threading import get_native_id
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]
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

_QUICK, _SMALL = 5, 11  # qualities of Brotli: what a visit loads takes 0.03 s and is 8 % less than by gzip; 2.5 s, and 17 % less


class Packed(NamedTuple):
    """One file, compressed."""

    body: bytes
    etag: str
    type: str
    coding: str


class Compressed:
    """Middleware: Brotli or gzip for Streamlit's files, which it would send as they are, and gzip for all other answers.

    Each file is compressed when first asked for and kept: 0.5 MB for what a visit loads, 7 MB for all there are. By Brotli it is
    done once more in the background, as small as can be, for those who come later. For pages Brotli does not pay: in the time
    that gzip takes it leaves as much.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._other = GZipMiddleware(app, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the compressed file if there is one, else compress the answer of the app."""
        name = _wanted(scope)
        coding = _coding(scope) if name else None
        if not name or not coding:
            return await self._other(scope, receive, send)
        if coding == 'br' and name in _smallest:
            packed = _smallest[name]
        else:
            if coding == 'br':
                smaller().put(name)
            packed = await to_thread.run_sync(pack, name, coding)
        await _response(packed, Headers(scope=scope))(scope, receive, send)


@cache  # one for each file that Streamlit has, and each coding
def pack(name: str, coding: str) -> Packed:
    """Return Streamlit's file `js/...` or `css/...`, compressed by `gzip` or, quickly, by `br`."""
    body = (STATIC / name).read_bytes()
    return _packed(name, gzip.compress(body, 9, mtime=0) if coding == 'gzip' else brotli.compress(body, quality=_QUICK), coding)


_smallest: dict[str, Packed] = {}


@cache
def smaller() -> Queue[str]:
    """Return the queue of the files that are to be packed as small as can be. Called first, start the thread that does it."""
    names: Queue[str] = Queue()
    Thread(target=_pack_small, args=(names,), name='compress', daemon=True).start()
    return names


def _pack_small(names: Queue[str]) -> None:
    """Pack file after file, while the processor has nothing else to do."""
    if sys.platform == 'linux':  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, get_native_id(), 19)
    while True:
        name = names.get()
        if name not in _smallest:
            _smallest[name] = _packed(name, brotli.compress((STATIC / name).read_bytes(), quality=_SMALL), 'br')
        names.task_done()


def _packed(name: str, body: bytes, coding: str) -> Packed:
    kind = 'text/css' if name.endswith('.css') else 'text/javascript'
    return Packed(body, f'"{sha256(body).hexdigest()[:16]}"', kind, coding)


def file_name(path: str) -> str | None:
    """Return the name of the file of Streamlit that this path ends in, or None."""
    name = path.rpartition('/static/')[2]
    return name if name in FILES and '/static/' in path else None


def _wanted(scope: Scope) -> str | None:
    """Return the name of the file to send compressed, if it is one and no part of it is asked for."""
    if scope['type'] != 'http' or scope['method'] not in ('GET', 'HEAD') or 'range' in Headers(scope=scope):
        return None
    name = file_name(scope['path'])
    return name if name and name.endswith(('.js', '.css')) else None


def _coding(scope: Scope) -> str | None:
    """Return how to compress it: `br` if the browser takes it (over plain HTTP most do not), else `gzip`, or not at all."""
    accepted = Headers(scope=scope).get('accept-encoding', '').replace(' ', '').lower().split(',')
    return next((coding for coding in ('br', 'gzip') if any(_takes(each, coding) for each in accepted)), None)


def _takes(accepted: str, coding: str) -> bool:
    name, _, weight = accepted.partition(';q=')
    return name == coding and (not weight or weight.strip('0.') != '')


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
        response.headers['Content-Encoding'] = packed.coding
    return response
