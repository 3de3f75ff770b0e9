"""A visitor without a browser: speaks Streamlit's own protocol over its WebSocket, as the page in a browser does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

_PROTOCOLS = [Subprotocol('streamlit'), Subprotocol('x')]
_LONGEST = 30.0  # seconds that an answer may take


@dataclass
class Visitor:
    """One open page. `query` is its address, which the server changes with each answer; `elements` are its widgets and texts.

    `page` is the name of another page than the first.
    """

    url: str
    query: str = ''
    elements: dict[tuple[int, ...], Any] = field(default_factory=dict)
    page: str = ''

    async def __aenter__(self) -> Visitor:
        """Connect and see the page."""
        address = self.url.replace('http', 'ws', 1) + '_stcore/stream'
        self._socket: ClientConnection = await connect(address, subprotocols=_PROTOCOLS, max_size=None, compression=None)
        await self.rerun({})
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the page."""
        await self._socket.close()

    @property
    def answers(self) -> dict[str, str]:
        """The parameters of the address."""
        return dict(parse_qsl(self.query))

    def of(self, kind: str) -> list[Any]:
        """Return the elements of a kind, such as `radio`, in the order of the page."""
        return [getattr(each, kind) for _, each in sorted(self.elements.items()) if each.WhichOneof('type') == kind]

    async def choose(self, *options: int) -> None:
        """Choose these options of the question that stands there, by their numbers, and continue."""
        states: dict[str, Any] = {}
        if radios := self.of('radio'):
            states[radios[0].id] = ('string_value', radios[0].options[options[0]])
        for number, box in enumerate(self.of('checkbox')):
            states[box.id] = ('bool_value', number in options)
        button = self.of('button')[0]
        states[button.id] = ('trigger_value', True)
        await self.rerun(states)

    async def open(self, query: str) -> None:
        """Follow a link within the page."""
        self.query = query
        await self.rerun({})

    async def rerun(self, states: Mapping[str, tuple[str, Any]]) -> None:
        """Have the page made with these states of its widgets, and wait until it stands there."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        for identity, (kind, value) in states.items():
            state = message.rerun_script.widget_states.widgets.add(id=identity)
            setattr(state, kind, value)
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(_LONGEST):
            while not await self._read():
                pass

    async def _read(self) -> bool:
        """Take in one message; tell whether the page is complete."""
        data = await self._socket.recv()
        assert isinstance(data, bytes)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof('type')
        if kind == 'new_session':
            self.elements.clear()
        elif kind == 'page_info_changed':
            self.query = message.page_info_changed.query_string
        elif kind == 'delta' and message.delta.WhichOneof('type') == 'new_element':
            self.elements[tuple(message.metadata.delta_path)] = message.delta.new_element
        return kind == 'script_finished' and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
