"""A server, a Chromium and a page for the tests in a real browser."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.support.browsing import MOST
from tests.support.browsing import said
from tests.support.browsing import the_server
from tests.support.programs import CHROMIUM
from tests.support.programs import FLAGS
from tests.support.programs import PHONE
from tests.support.programs import needed


@pytest.fixture
def server():
    return the_server()


@pytest.fixture(scope='module')
def chromium():
    program = needed(CHROMIUM, 'chromium')
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS, env=PHONE)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, request):
    """A phone's page; every request to another host, and every error in the console, fails the test."""
    context = chromium.new_context(viewport={'width': 360, 'height': 740}, **getattr(request, 'param', {}))
    page = context.new_page()
    page.set_default_timeout(MOST)
    page.faults = []
    for kind in ('request', 'websocket'):
        page.on(kind, lambda r: page.faults.append(r.url) if urlsplit(r.url).hostname not in ('127.0.0.1', None, '') else None)
    page.on('pageerror', lambda error: page.faults.append(str(error)))
    page.on('console', lambda message: page.faults.append(message.text) if message.type == 'error' else None)
    yield page
    assert page.faults == [], page.faults
    context.close()


@pytest.fixture
def content():
    return said('en')
