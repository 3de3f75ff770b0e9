"""The WebSocket of a page in a browser, held, lost or broken."""

from __future__ import annotations

from playwright.sync_api import Page
from playwright.sync_api import WebSocketRoute
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

NO_CODE = 1005  # of an end without any: the server's answer to a page that went


def away(page: Page) -> None:
    """Wait until the page knows that it is not connected. After five seconds it says so, over what stands at its top; on a slow
    machine that is before the test has tapped there, so taps go through what is said."""
    expect(page.locator('[data-test-connection-state=CONNECTED]')).to_have_count(0)
    page.locator('.g-line').evaluate_all("boxes => boxes.forEach(box => { box.style.pointerEvents = 'none'; })")


def kind(piece: bytes) -> str | None:
    """What a message of the server is."""
    return ForwardMsg.FromString(piece).WhichOneof('type')


class Wire:
    """The WebSocket of a page, which the test may hold, lose and break.

    While it `holds`, what the server sends waits in `pieces`; while it `loses`, nothing of the page reaches the server; while it
    is `away`, the page cannot connect. `lines` are the connections that the page made or tried, `sent` is what the page sent on
    them, `codes` are those with which the server closed one by itself, `runs` is how many runs the server has finished.
    """

    def __init__(self, page: Page, holds: bool = False) -> None:
        self.lines: list[WebSocketRoute] = []
        self.pieces: list[bytes] = []
        self.sent: list[bytes] = []
        self.codes: list[int] = []
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
        onward.on_close(lambda code, reason: self._closed(line, code, reason))
        line.on_message(lambda piece: self._go(onward, piece))

    def _closed(self, line: WebSocketRoute, code: int | None, reason: str | None) -> None:
        if code and code != NO_CODE:
            self.codes.append(code)
        line.close(code=code, reason=reason)

    def _go(self, onward: WebSocketRoute, piece: str | bytes) -> None:
        assert isinstance(piece, bytes), 'nor does a page of ours'
        self.sent.append(piece)
        if not self.loses:
            onward.send(piece)

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
