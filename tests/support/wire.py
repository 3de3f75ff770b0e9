"""The WebSocket of a page in a browser, held, lost or broken."""

from __future__ import annotations

from playwright.sync_api import Page
from playwright.sync_api import WebSocketRoute
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def kind(piece: bytes) -> str | None:
    """What a message of the server is."""
    return ForwardMsg.FromString(piece).WhichOneof('type')


class Wire:
    """The WebSocket of a page, which the test may hold, lose and break.

    While it `holds`, what the server sends waits in `pieces`; while it `loses`, nothing of the page reaches the server; while it
    is `away`, the page cannot connect. `lines` are the connections that the page made or tried, `runs` how many runs the server
    has finished.
    """

    def __init__(self, page: Page, holds: bool = False) -> None:
        self.lines: list[WebSocketRoute] = []
        self.pieces: list[bytes] = []
        self.runs = 0
        self.holds, self.loses, self.away = holds, False, False
        page.route_web_socket('**/*', self._connect)

    def _connect(self, line: WebSocketRoute) -> None:
        self.lines.append(line)
        if self.away:
            line.close()
            return
        onward = line.connect_to_server()
        onward.on_message(lambda piece: self._come(line, piece))
        line.on_message(lambda piece: None if self.loses else onward.send(piece))

    def _come(self, line: WebSocketRoute, piece: str | bytes) -> None:
        assert isinstance(piece, bytes), 'Streamlit sends no text'
        self.runs += kind(piece) == 'script_finished'
        if self.holds:
            self.pieces.append(piece)
        else:
            line.send(piece)

    @property
    def kinds(self) -> list[str | None]:
        """What each piece is that waits."""
        return [kind(piece) for piece in self.pieces]

    def send(self, piece: bytes) -> None:
        self.lines[-1].send(piece)

    def cut(self) -> None:
        """Break the connection, and hold and lose nothing of the next one."""
        self.holds = self.loses = False
        self.lines[-1].close()
