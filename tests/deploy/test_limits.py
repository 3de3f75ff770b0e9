"""What nginx lets one address ask for: a family, a class, a hall pass; a flood is held off, and others go on meanwhile."""

from __future__ import annotations

import re
import socket
import ssl
import tempfile
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.nginx import NAME
from tests.support.nginx import Front
from tests.support.paths import DEPLOY
from tests.support.waiting import DEADLINE
from tests.support.waiting import until

CONF = (DEPLOY / 'nginx.conf').read_text()
PAGES = int(re.search(r'limit_req zone=any_pages burst=(\d+)', CONF)[1])
OPEN = 12  # WebSockets of one address in these tests, instead of as many as in the file

pytestmark = pytest.mark.browser


class Stub(BaseHTTPRequestHandler):
    """Stands for a replica: answers at once, and takes every WebSocket."""

    protocol_version = 'HTTP/1.1'
    wbufsize = -1  # one packet for each answer

    def do_GET(self):
        if self.headers.get('Upgrade'):
            self.send_response(101)
            self.send_header('Upgrade', 'websocket')
            self.send_header('Connection', 'upgrade')
            self.end_headers()
            self.wfile.flush()
            self.connection.recv(1)  # held until the other end goes
            self.close_connection = True
        else:
            self.send_response(200)
            self.send_header('Content-Length', '2')
            self.end_headers()
            self.wfile.write(b'ok')

    def log_message(self, *_):
        pass


class Asker:
    """A connection from an address of its own; asks and reads one answer after the other."""

    def __init__(self, front, source):
        context = ssl.create_default_context(cafile=front.folder / 'fullchain.pem')
        plain = socket.create_connection(('127.0.0.1', front.port), DEADLINE, (source, 0))
        self.socket = context.wrap_socket(plain, server_hostname=NAME)
        self.file = self.socket.makefile('rb')
        self.host = f'{NAME}:{front.port}'

    def ask(self, path, *more, host=None):
        lines = [f'GET {path} HTTP/1.1', f'Host: {host or self.host}', *more]
        self.socket.sendall('\r\n'.join([*lines, '', '']).encode())
        status = int(self.file.readline().split()[1])
        length = 0
        while (line := self.file.readline().strip()) != b'':
            name, _, value = line.partition(b':')
            length = int(value) if name.lower() == b'content-length' else length
        self.body = self.file.read(length).decode()
        return status

    def close(self):
        self.file.close()
        self.socket.close()

    def open(self):
        return self.ask('/_stcore/stream', 'Connection: Upgrade', 'Upgrade: websocket')


@pytest.fixture(scope='module')
def front():
    """nginx with a few sockets for each address, and 127.0.3.0/24 as the counters' own network."""

    def changed(text):
        for old, new in {'any_open 400': f'any_open {OPEN}', '# 192.0.2.0/24 own': '127.0.3.0/24 own'}.items():
            assert old in text
            text = text.replace(old, new)
        return text

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        servers = [ThreadingHTTPServer(('127.0.0.1', 0), Stub) for _ in range(3)]
        for server in servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
        front = Front(folder / 'nginx', [server.server_port for server in servers], changed)
        stack.callback(front.end)
        yield front


def statuses(front, source, asked, times):
    asker = Asker(front, source)
    return Counter(asker.ask(asked) for _ in range(times))


def test_a_class_behind_one_address_opens_its_pages_at_once(front):
    def visit(number):
        asker = Asker(front, '127.0.1.1')
        files = [asker.ask(f'/static/js/{name}.js') for name in range(75)]
        return Counter([asker.ask(f'/training?who=me&visit={number}'), asker.ask('/_stcore/health'), *files])

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(visit, range(30)), Counter()) == {200: 30 * 77}


def test_a_family_answers_quickly_on_the_plain_edition(front):
    assert statuses(front, '127.0.1.2', '/plain?who=me', 5 * 20) == {200: 100}


def test_a_flood_is_held_off_with_the_numbers_to_call_and_others_go_on(front):
    flood, other = Asker(front, '127.0.1.3'), Asker(front, '127.0.1.4')
    found = Counter()
    for number in range(3 * PAGES):
        found[flood.ask('/keep?who=me')] += 1
        if number % 20 == 0:
            assert other.ask('/plain?who=me') == 200
    assert found[429] and found[200] >= PAGES, found
    while flood.ask('/keep?who=me') != 429:
        pass
    assert '(852) 1868' in flood.body and 'tel:110' in flood.body and 'who=' not in flood.body
    assert flood.ask('/static/js/a.js') == 200  # what is open there goes on


def test_the_counters_own_network_may_ask_for_more(front):
    assert statuses(front, '127.0.3.9', '/plain?who=me', 2 * PAGES) == {200: 2 * PAGES}


def test_one_address_holds_so_many_pages_and_no_more(front):
    held = [Asker(front, '127.0.1.5') for _ in range(OPEN)]
    assert {asker.open() for asker in held} == {101}
    assert Asker(front, '127.0.1.5').open() == 429
    assert Asker(front, '127.0.1.6').open() == 101
    own = [Asker(front, '127.0.3.1') for _ in range(OPEN + 3)]
    assert {asker.open() for asker in own} == {101}
    held[0].close()
    until(lambda: Asker(front, '127.0.1.5').open() == 101)  # nginx has seen that it went


@pytest.mark.parametrize('host', ['evil.example', '127.0.0.1', f'{NAME}.evil.example', 'x', '[::1]'])
def test_another_name_gets_no_answer(front, host):
    assert Asker(front, '127.0.1.7').ask('/keep?who=me', host=host) == 421


def test_two_names_in_one_request_get_no_answer(front):
    assert Asker(front, '127.0.1.7').ask(f'https://{NAME}/keep?who=me', host='evil.example') == 421
    assert Asker(front, '127.0.1.7').ask(f'https://{NAME}/keep?who=me') == 200


def test_another_name_in_the_handshake_gets_no_certificate(front):
    context = ssl._create_unverified_context()
    with socket.create_connection(('127.0.0.1', front.port), DEADLINE) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain, server_hostname='evil.example')
