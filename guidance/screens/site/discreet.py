"""What Streamlit tells each page of the server it runs on, and no page needs, is taken out on its way."""

from __future__ import annotations

import sys

from starlette.types import ASGIApp
from starlette.types import Message
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_PYTHON = '.'.join(map(str, sys.version_info)).encode()
"""Stands in every message that tells of the server: only those are taken apart."""


class Discreet:
    """Middleware for the WebSocket: says nothing of where the program lies, of Python, the system or the installation.

    Streamlit's own version stays: a page that is open while another version is rolled out loads itself anew by it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but for that."""

        async def sender(message: Message) -> None:
            data = message.get('bytes')
            await send({**message, 'bytes': without_server(data)} if data and _PYTHON in data else message)

        await self._app(scope, receive, sender if scope['type'] == 'websocket' else send)


def without_server(data: bytes) -> bytes:
    """Return a message of Streamlit without what it tells of the server."""
    message = ForwardMsg.FromString(data)
    if message.WhichOneof('type') != 'new_session':
        return data
    message.new_session.ClearField('main_script_path')
    begun = message.new_session.initialize
    for of_server in ('python_version', 'server_os', 'has_display'):
        begun.environment_info.ClearField(of_server)
    for of_installation in ('installation_id', 'installation_id_v3', 'installation_id_v4'):
        begun.user_info.ClearField(of_installation)
    return message.SerializeToString()
