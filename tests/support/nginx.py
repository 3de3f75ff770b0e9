"""Three replicas behind nginx, as `deploy/` says, on this machine and over loopback only."""

from __future__ import annotations

import http.client
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from collections.abc import Iterable
from contextlib import suppress
from http.client import HTTPMessage
from pathlib import Path
from random import randrange
from typing import Any
from typing import NamedTuple

from tests.support.paths import DEPLOY
from tests.support.paths import ROOT
from tests.support.programs import NGINX
from tests.support.programs import needed
from tests.support.waiting import DEADLINE
from tests.support.waiting import until

NAME = 'guidance.example'  # a name that nobody has; the browser is told that it is this machine
NOBODY: dict[str, Any] = {'user': 65534, 'group': 65534} if os.getuid() == 0 else {}


_KEPT: list[socket.socket] = []


def free_port() -> int:
    """A port that no connection of anybody is given, so that a replica finds it free when it starts again.

    It stays bound, and nobody listens: to another test it is taken, and a server that may use an address again gets it.
    """
    while True:
        keeper, port = socket.socket(), randrange(10_000, 32_000)
        try:
            keeper.bind(('127.0.0.1', port))
        except OSError:
            keeper.close()
            continue
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # only now: it must be free at first
        _KEPT.append(keeper)
        return port


class Replica:
    """One process of the wizard, started as the service file says."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / f'replica-{self.port}.log'
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **environment: str) -> None:
        (line,) = re.findall(r'^ExecStart=(.*)$', (DEPLOY / 'guidance@.service').read_text(), re.MULTILINE)
        program, *options = shlex.split(line.replace('%i', str(self.port)))
        assert Path(program).name == 'uvicorn'
        command = [sys.executable, '-m', 'uvicorn', *options]
        with self.log.open('a') as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log)

    def wait(self) -> None:
        """Until it answers."""

        def answers() -> bool:
            assert self.process and self.process.poll() is None, self.log.read_text()[-2_000:]
            with suppress(OSError):
                return ask(self.port, '/status', tls=None).status == 200
            return False

        until(answers)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(DEADLINE)

    @property
    def pages(self) -> int:
        """How many pages have ever connected to this replica."""
        return self.log.read_text().count('[accepted]')


class Front:
    """nginx with deploy/nginx.conf, in which only names of files and ports are changed; runs without privileges."""

    def __init__(self, folder: Path, ports: list[int], change: Callable[[str], str] = str) -> None:
        self.folder, self.ports, self.change = folder, ports, change
        self.down: int | None = None
        self.port, self.plain_port = free_port(), free_port()
        self.url = f'https://{NAME}:{self.port}/'
        folder.mkdir()
        for page in DEPLOY.glob('*.html'):
            shutil.copy(page, folder)
        certify(folder)
        self.write()
        for path in (folder, *folder.iterdir()) if NOBODY else ():
            os.chown(path, NOBODY['user'], NOBODY['group'])
        files = ['-p', str(folder), '-c', str(folder / 'nginx.conf'), '-e', str(folder / 'start.log')]
        command = [needed(NGINX, 'nginx-light'), *files]
        tested = subprocess.run([*command, '-t'], capture_output=True, text=True, **NOBODY)
        assert tested.returncode == 0, tested.stderr
        self.process = subprocess.Popen([*command, '-g', 'daemon off;'], stderr=subprocess.DEVNULL, **NOBODY)
        self.wait()

    def write(self) -> None:
        places = {
            'user www-data;': '',
            'pid /run/': f'pid {self.folder}/',
            'http {\n': f'http {{\n{temporary(self.folder)}',
            'listen 80;': f'listen 127.0.0.1:{self.plain_port};',
            'listen [::]:80;': '',
            'listen 80 default_server;': f'listen 127.0.0.1:{self.plain_port} default_server;',
            'listen [::]:80 default_server;': '',
            'listen [::]:443 ssl http2 default_server;': '',
            'listen 443 ssl': f'listen 127.0.0.1:{self.port} ssl',
            'listen [::]:443 ssl http2;': '',
            'https://$server_name$': f'https://$server_name:{self.port}$',
            'worker_shutdown_timeout 60s;': 'worker_shutdown_timeout 1s;',  # else open pages would stay with it for a minute
            'root /etc/nginx/guidance;': f'root {self.folder};',
            '/etc/nginx/guidance/desk.users': f'{self.folder}/desk.users',
            '/etc/ssl/guidance/': f'{self.folder}/',
            '/var/log/nginx/': f'{self.folder}/',
        }
        places |= {f'127.0.0.1:850{number} ': f'127.0.0.1:{port} ' for number, port in enumerate(self.ports, start=1)}
        text = (DEPLOY / 'nginx.conf').read_text()
        for old, new in places.items():
            assert old in text, old
            text = text.replace(old, new)
        if self.down:
            text = text.replace(f'{self.down} max_fails', f'{self.down} down max_fails')
        (self.folder / 'nginx.conf').write_text(self.change(text))

    def drain(self, replica: Replica | None) -> None:
        """Send nobody to this replica any more, to all again if it is None, and wait until open pages have left it."""
        before = self.workers()
        self.down = replica.port if replica else None
        self.write()
        self.process.send_signal(signal.SIGHUP)
        until(lambda: self.workers().isdisjoint(before))

    def workers(self) -> set[str]:
        """The processes that serve; with each new configuration come new ones, and the old ones end with their last page."""
        return set(Path(f'/proc/{self.process.pid}/task/{self.process.pid}/children').read_text().split())

    def until_asked(self, replicas: Iterable[Replica]) -> None:
        """Wait until nginx asks each of these replicas, also one that it left out for some seconds since it had failed."""
        wanted, earlier = {f'127.0.0.1:{replica.port}' for replica in replicas}, len(self.lines('/nowhere'))

        def asked() -> bool:
            self.ask('/nowhere')
            return wanted <= {words[6] for words in self.lines('/nowhere')[earlier:]}

        until(asked, lambda: time.sleep(0.1))  # more often would be a flood

    def wait(self) -> None:
        def answers() -> bool:
            assert self.process.poll() is None, (self.folder / 'start.log').read_text()
            with suppress(OSError):
                return bool(ask(self.plain_port, '/', tls=None).status)
            return False

        until(answers)

    def ask(self, path: str, method: str = 'GET', *, source: str = '127.0.0.1', **headers: str) -> Answer:
        return ask(self.port, path, method, tls=self.folder / 'fullchain.pem', source=source, **headers)

    def lines(self, path: str, least: int = 0) -> list[list[str]]:
        """The lines of the access log about a path, as lists of words; nginx writes them after it has answered."""

        def written() -> tuple[list[list[str]]] | None:
            lines = map(shlex.split, (self.folder / 'access.log').read_text().splitlines())
            found = [words for words in lines if words[2] == path]
            return (found,) if len(found) >= least else None

        (found,) = until(written)
        return found

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(DEADLINE)


def temporary(folder: Path) -> str:
    """Where nginx may write, since without privileges it may not where Debian's does."""
    return ''.join(f'{name}_temp_path {folder}/{name};\n' for name in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))


def certify(folder: Path) -> None:
    subject = ['-subj', f'/CN={NAME}', '-addext', f'subjectAltName=DNS:{NAME}']
    kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '2']
    files = ['-keyout', str(folder / 'key.pem'), '-out', str(folder / 'fullchain.pem')]
    subprocess.run(['openssl', 'req', *kind, *subject, *files], check=True, capture_output=True)


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    text: str


def ask(port: int, path: str, method: str = 'GET', *, tls: Path | None, source: str = '127.0.0.1', **headers: str) -> Answer:
    """Ask nginx, whose certificate is `tls`, or a server without TLS; a `_` in the name of a header stands for `-`."""
    connection: http.client.HTTPConnection
    if tls:
        context = ssl.create_default_context(cafile=tls)
        connection = http.client.HTTPSConnection(NAME, port, timeout=DEADLINE, context=context)
        there = socket.create_connection(('127.0.0.1', port), DEADLINE, (source, 0))
        connection.sock = context.wrap_socket(there, server_hostname=NAME)
    else:
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=DEADLINE)
    try:
        connection.request(method, path, headers={name.replace('_', '-'): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, '' if answer.status == 101 else answer.read().decode())
    finally:
        connection.close()
