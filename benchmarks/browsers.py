"""What a person waits for, in a real browser: the first question cold and warm, the next question, a result by its link."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING
from typing import NamedTuple

from benchmarks.servers import Server

if TYPE_CHECKING:  # which need not be there where nobody has a browser
    from playwright.sync_api import Page

CHROMIUM = shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome')
FLAGS = ('--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking')
_CLICKS = 10
TAKE_OVER = """() => {
    const link = Object.assign(document.createElement('a'), { href: location.href });
    link.dataset.soft = '';
    document.getElementById('first').append(link);
    link.click();
}"""
"""Lets Streamlit take over from the server on the page that stands there."""


class Waited(NamedTuple):
    """Times in ms, and the bytes and requests of the first load."""

    cold: float
    warm: float
    click: float
    click_p95: float
    link: float
    bytes: int
    requests: int


def waits(server: Server, first: str, link: str) -> Waited:
    """Measure on this server; `first` and `link` are the queries of a first question and of a result."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        context = browser.new_context(viewport={'width': 360, 'height': 740})
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send('Network.enable')
        loaded: dict[str, int] = {}
        session.on('Network.loadingFinished', lambda event: loaded.update({event['requestId']: int(event['encodedDataLength'])}))
        cold = _opened(page, server.url + first)
        page.wait_for_timeout(1_500)
        size, requests = sum(loaded.values()), len(loaded)
        warm = sorted(_opened(page, server.url + first) for _ in range(5))[2]
        clicks = sorted(_click(page, server.url + first) for _ in range(_CLICKS))
        links = sorted(_opened(page, server.url + link) for _ in range(5))
        browser.close()
    return Waited(cold, warm, clicks[_CLICKS // 2], clicks[-1], links[2], size, requests)


def _opened(page: Page, url: str) -> float:
    """Return the ms until the page stands there whole."""
    page.goto('about:blank')
    began = time.perf_counter()
    page.goto(url, wait_until='commit')
    page.wait_for_selector('.g-footer, .stFormSubmitButton button', timeout=30_000)
    return (time.perf_counter() - began) * 1e3


def _click(page: Page, url: str) -> float:
    """Return the ms from a click on Continue to the next question on the screen."""
    _opened(page, url)
    if page.locator('#first').count():
        page.wait_for_function('() => window.guidance?.ready()')
        page.evaluate(TAKE_OVER)
        page.wait_for_function("() => !document.getElementById('first')")
    page.locator('.g-option, .stRadio [role=radiogroup] label').first.click()
    page.wait_for_timeout(200)
    return float(
        page.evaluate(
            """() => new Promise(done => {
                const before = document.querySelector('h1').textContent, began = performance.now();
                const asked = () => document.querySelector('.g-option, .stRadio [role=radiogroup] label');
                const look = () => document.querySelector('h1')?.textContent !== before && asked()
                    ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look);
                document.querySelector('.g-send button, .stFormSubmitButton button').click();
                look();
            })"""
        )
    )
