"""What the tests in a real browser share: a Chromium, a server, a page, and how a reader uses them.

Needs Chromium (Debian: `apt-get install chromium`). Without it these tests are skipped; with `CI` set that is a failure.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import pytest

from guidance.journey.link import address
from guidance.journey.link import current
from guidance.journey.link import parameters
from guidance.journey.walk import walk
from guidance.serving.check import check

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome')
FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync']  # fmt: skip

if not CHROMIUM and not os.environ.get('CI'):
    pytest.skip('no Chromium on this machine: install `chromium` to run the browser tests', allow_module_level=True)

playwright = (
    pytest.importorskip('playwright.sync_api') if not os.environ.get('CI') else __import__('playwright.sync_api').sync_api
)
expect = playwright.expect


class Server:
    """The wizard as `streamlit run wizard.py` serves it, on a free port; can be killed and started again."""

    def __init__(self, **environment: str) -> None:
        self.environment = os.environ | environment
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            self.port = probe.getsockname()[1]
        self.url = f'http://127.0.0.1:{self.port}/'
        self.start()

    def start(self) -> None:
        command = [
            sys.executable,
            '-m',
            'streamlit',
            'run',
            'wizard.py',
            '--server.port',
            str(self.port),
            '--server.headless',
            'true',
        ]
        silent = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.STDOUT}
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, **silent)
        for _ in range(300):
            try:
                urllib.request.urlopen(f'{self.url}_stcore/health', timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError('the wizard did not start')

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@cache
def the_server():
    """The wizard that all tests of a process share, whatever file they stand in."""
    server = Server()
    atexit.register(server.kill)
    return server


@pytest.fixture
def server():
    return the_server()


@pytest.fixture(scope='module')
def chromium():
    assert CHROMIUM, 'CI must have a Chromium'
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, request):
    """A phone's page; every request to another host, and every error in the console, fails the test."""
    context = chromium.new_context(viewport={'width': 360, 'height': 740}, **getattr(request, 'param', {}))
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.faults = []
    for kind in ('request', 'websocket'):
        page.on(kind, lambda r: page.faults.append(r.url) if urlsplit(r.url).hostname not in ('127.0.0.1', None, '') else None)
    page.on('pageerror', lambda error: page.faults.append(str(error)))
    page.on('console', lambda message: page.faults.append(message.text) if message.type == 'error' else None)
    yield page
    assert page.faults == [], page.faults
    context.close()


@cache
def said(lang):
    """The content that the wizard ships with, in a language."""
    return check(ROOT).contents[lang]


@pytest.fixture
def content():
    return said('en')


def heading(page, text):
    # A list means: just one, with this text. While Streamlit goes from one page to another, both stand there for a moment.
    expect(page.locator('h1')).to_have_text([text])
    expect(page.locator('.g-footer')).to_be_visible()


def listening(page):
    """Wait until keys and buttons are listened to."""
    expect(page.locator('html[data-step]')).to_have_count(1)


def taken_over(page):
    """Let Streamlit take over from the server, as at a link of the page that leads to this very page."""
    page.wait_for_function('() => window.guidance.ready()')
    page.evaluate("""() => { const link = Object.assign(document.createElement('a'), { href: location.href });
        link.dataset.soft = ''; document.getElementById('first').append(link); link.click(); }""")
    expect(page.locator('#first')).to_have_count(0)


def settled(page):
    """Wait until a page that just came takes taps and keys."""
    page.wait_for_function('() => !document.documentElement.hasAttribute("data-arriving")')


def given(content, page):
    """The answers that the address of the page carries."""
    pairs = {name: values[0].split('.') for name, values in parse_qs(urlsplit(page.url).query).items()}
    return {name: tuple(chosen) for name, chosen in pairs.items() if name in content.question}


ROWS = '.g-option, .stRadio [data-testid=stRadioOption], .stCheckbox label'


def row(page, question, option):
    """The row of an option, which is a target as a whole."""
    found = page.locator(ROWS).nth(list(question.option).index(option))
    expect(found).to_contain_text(question.option[option].label)
    return found


def centre(place):
    """Where the middle of something is: `page.mouse` taps there at once, whether it takes a tap or not."""
    box = place.bounding_box()
    return box['x'] + box['width'] / 2, box['y'] + box['height'] / 2


def choose(content, page, answers):
    """Answer the question that stands on the page, as a finger would, and wait for the next page."""
    before = given(content, page)
    question = walk(content, before).next
    heading(page, question.ask.for_(before))
    settled(page)
    for option in answers[question.id]:
        row(page, question, option).click()
    page.get_by_role('button', name=content.interface.next).click()
    page.wait_for_url(lambda url: f'{question.id}=' in url)


def to_result(content, page, server, answers, lang='en'):
    page.goto(f'{server.url}?lang={lang}')
    page.get_by_role('link', name=content.interface.start_now).click()
    while walk(content, given(content, page)).result is None:
        choose(content, page, answers)
    result = walk(content, given(content, page)).result
    heading(page, result.parts[0].title)
    return result


def at_result(content, page, server, answers):
    """Open the result of these answers by its address, where the way to it is no matter."""
    page.goto(server.url + address(parameters(content, answers, 'en')))
    heading(page, walk(content, answers).result.parts[0].title)


def case(content, name):
    return current(content, content.scenarios[name].answers)[0]


def no_overflow(page):
    return page.evaluate('document.scrollingElement.scrollWidth <= window.innerWidth')
