"""The servers that are compared, each a process on loopback: the wizard, the bare one, and the floor, tuned and as shipped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parent.parent
WEB_SOCKET = ('--ws', 'websockets-sansio', '--ws-max-size', '1000000', '--ws-per-message-deflate', 'false')  # as in deploy/
_TUNED = ('-m', 'uvicorn', *WEB_SOCKET, '--log-level', 'warning')
_APPS = {'wizard': 'wizard:app', 'bare': 'benchmarks.bare:app', 'floor': 'benchmarks.floor:app'}
ALLOCATOR = {'MALLOC_MMAP_THRESHOLD_': '131072'}  # as in deploy/, which says why
_PATIENCE = 180.0  # seconds in which a server answers on the busiest machine; one that ended is not waited for


class Server:
    """One running server; `start` is the seconds from its start to its first answer."""

    def __init__(self, name: str, log: int = subprocess.DEVNULL) -> None:
        """Start `wizard`, `bare`, `floor` (both tuned as the wizard is) or `shipped` (the floor by `streamlit run`, nothing set).

        `log` is the number of the open file to which it writes.
        """
        self.name = name
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            self.port = probe.getsockname()[1]
        self.url = f'http://127.0.0.1:{self.port}/'
        self._elsewhere = tempfile.TemporaryDirectory()  # where no `.streamlit/config.toml` tunes anything
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *self._command()],
            cwd=self._elsewhere.name if name == 'shipped' else ROOT,
            env=os.environ | {'PYTHONPATH': str(ROOT)} | ({} if name == 'shipped' else ALLOCATOR),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        self._wait()
        self.start = time.perf_counter() - began

    def _command(self) -> list[str]:
        if self.name == 'shipped':
            options = ('--server.port', str(self.port), '--server.headless', 'true', '--browser.gatherUsageStats', 'false')
            return ['-m', 'streamlit', 'run', str(ROOT / 'benchmarks/floor_app.py'), *options]
        return [*_TUNED, '--port', str(self.port), _APPS[self.name]]

    def _wait(self) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            try:
                urllib.request.urlopen(f'{self.url}_stcore/health', timeout=1)
                return
            except OSError:
                time.sleep(0.02)
        self._process.kill()
        raise TimeoutError(f'{self.name} did not start')

    def memory(self) -> float:
        """Return the resident memory, in MiB."""
        text = Path(f'/proc/{self._process.pid}/statm').read_text()
        return int(text.split()[1]) * os.sysconf('SC_PAGE_SIZE') / 2**20

    def cpu(self) -> float:
        """Return the seconds of processor time used so far."""
        fields = Path(f'/proc/{self._process.pid}/stat').read_text().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def __enter__(self) -> Server:
        """Return the running server."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop it."""
        self._process.kill()
        self._process.wait()
        self._elsewhere.cleanup()
