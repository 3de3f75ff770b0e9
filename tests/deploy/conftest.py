"""nginx with three replicas behind it, and a browser that finds them by their name."""

from __future__ import annotations

import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.nginx import Front
from tests.support.nginx import Replica
from tests.support.programs import CHROMIUM
from tests.support.programs import FLAGS
from tests.support.programs import NGINX
from tests.support.programs import needed


@pytest.fixture(scope='module')
def service():
    """nginx and three replicas behind it, in a folder that nginx may read without privileges."""
    needed(NGINX, 'nginx-light')
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        replicas = [Replica(folder) for _ in range(3)]
        for replica in replicas:
            stack.callback(replica.end, signal.SIGKILL)
            replica.start()
        for replica in replicas:
            replica.wait()
        front = Front(folder / 'nginx', [replica.port for replica in replicas])
        stack.callback(front.end)
        yield front, replicas


@pytest.fixture(scope='module')
def browser():
    from playwright.sync_api import sync_playwright  # here: the tests that read files need no browser

    from tests.support.visitors import SAME_HOST

    program = needed(CHROMIUM, 'chromium')
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=[*FLAGS, SAME_HOST])
        yield browser
        browser.close()
