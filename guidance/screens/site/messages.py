"""A filter before Streamlit's WebSocket: only what our own pages send gets through, no larger and no faster than they send it.

Streamlit takes ten kinds of message from whoever connects. A page of ours sends one of them, to have itself drawn again; the
others make addresses for uploads without end, run `git`, or clear what all visitors share.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from contextlib import suppress

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp
from starlette.types import Message
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from guidance.screens.site.paths import MOST
from guidance.training.table import MAX_TEXT

LIMITS = {
    'message': 1_000_000,  # bytes: the longest text in any script, and the rest; also `--ws-max-size`, and Streamlit's settings
    'widget_states': 200,
    'string_value': MAX_TEXT,  # the field of the table takes no more
    'id': 2_000,  # has the options that are chosen, by their names
    'url': 2_000,
    'page_name': 200,
    'page_script_hash': 200,
    'timezone': 200,
    'locale': 200,
    'color_scheme': 200,
    'cached_message_hashes': 100,
    'cached_message_hash': 200,
    'fragment_id': 0,  # no page of ours has fragments
}
"""The most that a message may have: bytes of the whole, numbers of what is repeated, characters of each text."""

KINDS = frozenset({'trigger_value', 'bool_value', 'string_value', None})
"""What a state of a widget may hold: a click, a tick, an option or a text, or nothing chosen yet."""

_ID = re.compile(r'\$\$ID-[0-9a-f]{32}-')  # a widget that is not there has no state; any other name makes Streamlit fail

QUERY = MOST
"""Characters of an address. A longer one is no reason to refuse: `Shell` cuts it where a page is asked for, and this here."""

HEADERS = 64_000  # bytes, which Streamlit keeps as long as the page is open
_AT_ONCE = 50  # messages, each before the page that the one before asked for was drawn
_STORED, _PER_SECOND = 600.0, 5.0  # messages that a page may send in a burst, and for ever
_LONGEST = 1.0  # seconds that a message waits for the page before it; then Streamlit stops drawing that one

_POLICY_VIOLATION, _TOO_BIG = 1008, 1009
_log = logging.getLogger(__name__)


class MessageRefused(Exception):
    """A message that no page of ours sends; the text says why and has nothing of what was sent."""

    def __init__(self, why: str, code: int = _POLICY_VIOLATION) -> None:
        super().__init__(why)
        self.code = code


class Messages:
    """Middleware for WebSockets: closes a connection at the first message that no page of ours sends.

    A browser connects anew by itself, so a visitor who were ever refused would see the page go on.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the connection, with what it receives filtered."""
        size = sum(len(name) + len(value) for name, value in scope['headers'])
        if size > HEADERS:
            _log.warning('a WebSocket was refused: headers %d of %d', size, HEADERS)
            return await send({'type': 'websocket.close', 'code': _POLICY_VIOLATION})
        connection = _Connection(receive, send)
        await self._app(scope, connection.receive, connection.send)
        await connection.end()


class _Connection:
    """One page's connection. It hands on a message when the page that the one before asked for is drawn: else a burst of
    messages would be as many threads at once, and everybody else would wait."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._drawn = asyncio.Event()
        self._drawn.set()
        self._early = 0
        self._left, self._since = _STORED, time.monotonic()
        self._refused = False

    async def receive(self) -> Message:
        """Return the next message that may be passed on; after one that may not, that the connection has ended."""
        message = await self._receive()
        if message['type'] != 'websocket.receive':
            return message
        try:
            passed = admitted(message.get('bytes'))
            await self._in_turn()
        except MessageRefused as refused:
            return await self._close(refused)
        return {'type': 'websocket.receive', 'bytes': passed}

    async def send(self, message: Message) -> None:
        """Send what Streamlit sends, as long as the connection is open, and see when a page is drawn."""
        if self._refused:
            return
        if is_drawn(message.get('bytes') or b''):
            self._drawn.set()
        # That the connection has ended, `receive` will tell. Streamlit, told here, takes it for a fault and writes a traceback.
        with suppress(OSError, RuntimeError):
            await self._send(message)

    async def end(self) -> None:
        """Throw away what had been sent after a message that was refused: the server would keep it until the socket is gone."""
        while self._refused and (await self._receive())['type'] != 'websocket.disconnect':
            pass

    async def _close(self, refused: MessageRefused) -> Message:
        _log.warning('a WebSocket was closed (%d): %s', refused.code, refused)
        with suppress(OSError, RuntimeError):  # the browser, or the server, may have closed it already
            await self._send({'type': 'websocket.close', 'code': refused.code})
        self._refused = True
        return {'type': 'websocket.disconnect', 'code': refused.code}

    async def _in_turn(self) -> None:
        """Wait for the turn of a message. Raises MessageRefused for who waits for no page, or makes no pause."""
        now = time.monotonic()
        self._left = min(_STORED, self._left + (now - self._since) * _PER_SECOND) - 1
        self._since = now
        self._early = 0 if self._drawn.is_set() else self._early + 1
        if self._left < 0 or self._early > _AT_ONCE:
            raise MessageRefused('too many messages')
        if not self._drawn.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._drawn.wait(), _LONGEST)
        self._drawn.clear()


def admitted(data: bytes | None) -> bytes:
    """Return a message as it may be passed on: as it came, or with an over-long address cut. Raises MessageRefused for others."""
    if data is None:
        raise MessageRefused('a text')
    if len(data) > LIMITS['message']:
        raise MessageRefused(f'message {len(data)} of {LIMITS["message"]}', _TOO_BIG)
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        raise MessageRefused('no message of Streamlit') from None
    kind = message.WhichOneof('type')
    if kind != 'rerun_script':
        raise MessageRefused(f'a message of type {kind}')
    page = message.rerun_script
    for name, number in measured(page).items():
        if number > LIMITS[name]:
            raise MessageRefused(f'{name} {number} of {LIMITS[name]}', _TOO_BIG)
    for state in page.widget_states.widgets:
        if state.WhichOneof('value') not in KINDS:
            raise MessageRefused(f'a state of type {state.WhichOneof("value")}')
        if not _ID.match(state.id):
            raise MessageRefused('a state of no widget')
    if len(page.query_string) <= QUERY:
        return data
    page.query_string = cut(page.query_string)
    return message.SerializeToString()


def measured(page: ClientState) -> dict[str, int]:
    """Return how much a message has of all that is limited but its bytes. Counts first: texts of more are not looked at."""
    found = {name: len(getattr(page, name)) for name in ('page_name', 'page_script_hash', 'fragment_id', 'cached_message_hashes')}
    found['widget_states'] = len(page.widget_states.widgets)
    if any(number > LIMITS[name] for name, number in found.items()):
        return found
    found |= {name: len(getattr(page.context_info, name)) for name in ('url', 'timezone', 'locale', 'color_scheme')}
    found['cached_message_hash'] = max(map(len, page.cached_message_hashes), default=0)
    for name in ('id', 'string_value'):
        found[name] = max((len(getattr(state, name)) for state in page.widget_states.widgets), default=0)
    return found


def cut(query: str) -> str:
    """Return what fits of an over-long address, without the answer in which it is cut, and marked as cut."""
    return query[: QUERY - len('&cut=1')].rpartition('&')[0] + '&cut=1'


def is_drawn(data: bytes) -> bool:
    """Tell whether this message of Streamlit ends the drawing of a page, and not only the part before a redirect."""
    if len(data) > 500:  # such a message is short, and to read a whole page would take time
        return False
    message = ForwardMsg.FromString(data)
    ended = message.WhichOneof('type') == 'script_finished'
    return ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
