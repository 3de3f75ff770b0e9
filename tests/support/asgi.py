"""Asks an app in this process as a server would, without one."""

from __future__ import annotations

import asyncio
import gzip
from urllib.parse import unquote

from starlette.datastructures import Headers

LOOP = asyncio.Runner()  # one for all calls: a loop of its own for each took longer than the answer


class Answer:
    """What an app sent; `raw` as on the wire, `content` with its gzip taken off."""

    def __init__(self, sent):
        self.status_code = sent[0]['status']
        self.headers = Headers(raw=sent[0]['headers'])
        self.raw = b''.join(message.get('body', b'') for message in sent[1:])
        self.content = gzip.decompress(self.raw) if self.headers.get('content-encoding') == 'gzip' else self.raw

    @property
    def text(self):
        return self.content.decode()


def call(app, scope, *messages):
    """Call the app with these messages from the browser; return what it sent."""
    sent, waiting = [], list(messages) or [{'type': 'http.request', 'body': b'', 'more_body': False}]

    async def receive():
        return waiting.pop(0) if waiting else await asyncio.Future()

    async def send(message):
        sent.append(message)

    LOOP.run(app({'headers': [], 'query_string': b'', 'root_path': '', **scope}, receive, send))
    return sent


class Client:
    """Asks an app as uvicorn would, from this machine or from another `peer`."""

    def __init__(self, app, root_path='', peer='127.0.0.1'):
        self.app, self.root_path, self.peer = app, root_path, peer

    def get(self, url, headers=(), method='GET'):
        path, _, query = url.partition('?')
        given = {'accept-encoding': 'gzip', **{name.lower(): value for name, value in dict(headers).items()}}
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
