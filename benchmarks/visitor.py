"""A visitor without a browser: speaks Streamlit's own protocol over its WebSocket, as the page in a browser does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from html import unescape
from types import TracebackType
from typing import Any
from typing import NamedTuple
from urllib.parse import parse_qsl
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

_PROTOCOLS = [Subprotocol('streamlit'), Subprotocol('x')]
_LONGEST = 30.0  # seconds that an answer may take


_FORM = re.compile(r'<form class="g-form".*?</form>', re.DOTALL)
_NAME = re.compile(r'<fieldset[^>]* data-name="(.*?)"')
_OPTION = re.compile(r'<input type="(?:radio|checkbox)" name="[^"]*" value="(.*?)"')
_HIDDEN = re.compile(r'<input type="hidden"[^>]* data-name="(.*?)" value="(.*?)">')
_AT = re.compile(r'data-at="(.*?)"')


class Form(NamedTuple):
    """A question's form: the name of the question, whether several options can be chosen, these, and what is sent with them."""

    name: str
    many: bool
    options: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]


def form_of(html: str) -> Form | None:
    """Return the form of a question that stands in the HTML of a page."""
    found = _FORM.search(html)
    if found is None:
        return None
    hidden = tuple((name, unescape(value)) for name, value in _HIDDEN.findall(found[0]))
    return Form(_NAME.findall(found[0])[0], 'type="checkbox"' in found[0], tuple(_OPTION.findall(found[0])), hidden)


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

    @property
    def form(self) -> Form | None:
        """The form of the wizard that stands there."""
        return next(filter(None, (form_of(each.body) for each in self.of('html'))), None)

    @property
    def asked(self) -> int:
        """How many options the question that stands there has; 0 at an end."""
        if form := self.form:
            return len(form.options)
        return len(self.of('checkbox')) or sum(len(radio.options) for radio in self.of('radio'))

    @property
    def many(self) -> bool:
        """Whether several can be chosen."""
        return self.form.many if self.form else bool(self.of('checkbox'))

    async def choose(self, *options: int) -> None:
        """Choose these options of the question that stands there, by their numbers, and continue."""
        if form := self.form:
            return await self._send(form, options)
        states: dict[str, Any] = {}
        if radios := self.of('radio'):
            states[radios[0].id] = ('string_value', radios[0].options[options[0]])
        for number, box in enumerate(self.of('checkbox')):
            states[box.id] = ('bool_value', number in options)
        button = self.of('button')[0]
        states[button.id] = ('trigger_value', True)
        await self.rerun(states)

    async def _send(self, form: Form, options: tuple[int, ...]) -> None:
        """Send the form as `form.js` does, and take the address that the answer led to."""
        self.query = urlencode([*((form.name, form.options[number]) for number in options), *form.hidden])
        await self.rerun({})
        self.query = unescape(_AT.findall(self.of('html')[0].body)[0]).removeprefix('?')

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
