"""Asks an app in this process as a server would, without one."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import TypeAlias
from urllib.parse import unquote

from starlette.datastructures import Headers

Message: TypeAlias = dict[str, Any]

LOOP = asyncio.Runner()  # one for all calls: a loop of its own for each took longer than the answer


class Answer:
    """What an app sent; `raw` as on the wire, `content` with its gzip taken off."""

    def __init__(self, sent: Sequence[Message]) -> None:
        self.status_code = sent[0]['status']
        self.headers = Headers(raw=sent[0]['headers'])
        self.raw: bytes = b''.join(message.get('body', b'') for message in sent[1:])
        self.content = gzip.decompress(self.raw) if self.headers.get('content-encoding') == 'gzip' else self.raw

    @property
    def text(self) -> str:
        return self.content.decode()


def call(app: Any, scope: Mapping[str, Any], *messages: Message) -> list[Message]:
    """Call the app with these messages from the browser; return what it sent."""
    sent: list[Message] = []
    waiting: list[Message] = list(messages) or [{'type': 'http.request', 'body': b'', 'more_body': False}]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else await asyncio.Future[Message]()

    async def send(message: Message) -> None:
        sent.append(message)

    LOOP.run(app({'headers': [], 'query_string': b'', 'root_path': '', **scope}, receive, send))
    return sent


class Client:
    """Asks an app as uvicorn would, from this machine or from another `peer`."""

    def __init__(self, app: Any, root_path: str = '', peer: str = '127.0.0.1') -> None:
        self.app, self.root_path, self.peer = app, root_path, peer

    def get(self, url: str, headers: Mapping[str, str] | None = None, method: str = 'GET') -> Answer:
        path, _, query = url.partition('?')
        given = {'accept-encoding': 'gzip', **{name.lower(): value for name, value in (headers or {}).items()}}
        scope = {
            'type': 'http',
            'method': method,
            'path': unquote(path),
            'raw_path': path.encode(),
            'query_string': query.encode(),
            'headers': [(name.encode(), value.encode()) for name, value in given.items()],
            'root_path': self.root_path,
            'client': (self.peer, 50_000),
        }
        return Answer(call(self.app, scope))
