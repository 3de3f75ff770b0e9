"""The WebSocket of a page in a browser, held, lost or broken."""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def kind(piece):
    """What a message of the server is."""
    return ForwardMsg.FromString(piece).WhichOneof('type')


class Wire:
    """The WebSocket of a page, which the test may hold, lose and break.

    While it `holds`, what the server sends waits in `pieces`; while it `loses`, nothing of the page reaches the server; while it
    is `away`, the page cannot connect. `lines` are the connections that the page made or tried, `runs` how many runs the server
    has finished.
    """

    def __init__(self, page, holds=False):
        self.lines, self.pieces, self.runs = [], [], 0
        self.holds, self.loses, self.away = holds, False, False
        page.route_web_socket('**/*', self._connect)

    def _connect(self, line):
        self.lines.append(line)
        if self.away:
            line.close()
            return
        onward = line.connect_to_server()
        onward.on_message(lambda piece: self._come(line, piece))
        line.on_message(lambda piece: self.loses or onward.send(piece))

    def _come(self, line, piece):
        self.runs += kind(piece) == 'script_finished'
        if self.holds:
            self.pieces.append(piece)
        else:
            line.send(piece)

    @property
    def kinds(self):
        """What each piece is that waits."""
        return [kind(piece) for piece in self.pieces]

    def send(self, piece):
        self.lines[-1].send(piece)

    def cut(self):
        """Break the connection, and hold and lose nothing of the next one."""
        self.holds = self.loses = False
        self.lines[-1].close()
