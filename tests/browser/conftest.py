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

SIZE = {'width': 360, 'height': 740}


@pytest.fixture
def server():
    return the_server()


@pytest.fixture(scope='session')
def profile(tmp_path_factory):
    """What a browser keeps on disk. A program that it kept is read in half the time, by the tests of a whole worker."""
    return tmp_path_factory.mktemp('profile')


@pytest.fixture(scope='module')
def everyday(profile):
    """The context of a browser that is used every day, as most readers' is."""
    program = needed(CHROMIUM, 'chromium')
    with sync_playwright() as driver:
        launch = driver.chromium.launch_persistent_context
        context = launch(profile, executable_path=program, args=FLAGS, env=PHONE, viewport=SIZE)
        context.set_default_timeout(MOST)
        context.browser.on('context', lambda other: other.set_default_timeout(MOST))
        yield context
        context.close()


@pytest.fixture(scope='module')
def chromium(everyday):
    """The browser itself: it opens contexts that share nothing and keep nothing."""
    return everyday.browser


@pytest.fixture
def own_context():
    """For tests that stop the clock or look at what a browser keeps: both are a whole context's."""


@pytest.fixture
def page(everyday, chromium, request):
    """A phone's page; every request to another host, and every error in the console, fails the test."""
    own = hasattr(request, 'param') or 'own_context' in request.fixturenames
    context = chromium.new_context(viewport=SIZE, **getattr(request, 'param', {})) if own else everyday
    page = context.new_page()
    page.faults = []
    for kind in ('request', 'websocket'):
        page.on(kind, lambda r: page.faults.append(r.url) if urlsplit(r.url).hostname not in ('127.0.0.1', None, '') else None)
    page.on('pageerror', lambda error: page.faults.append(str(error)))
    page.on('console', lambda message: page.faults.append(message.text) if message.type == 'error' else None)
    yield page
    page.close()
    if own:
        context.close()
    assert page.faults == [], page.faults


@pytest.fixture
def content():
    return said('en')
