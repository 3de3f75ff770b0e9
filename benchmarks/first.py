"""What a reader with an empty cache waits for on a slow line: the first page, ten answers in a row, Streamlit; and what moves.

Chromium's own emulation over plain HTTP: it delays each request and each answer, but has no handshakes. A real line adds two or
three round trips before the first byte.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from benchmarks.browsers import CHROMIUM
from benchmarks.browsers import FLAGS
from benchmarks.servers import Server

LINES = {'1.6 Mbit/s, 150 ms': (1_600, 150), '400 kbit/s, 400 ms': (400, 400)}
"""Name of a line: kbit/s down and up, and ms for a round trip."""

_STANDS = """() => {
    const all = name => Array.from(document.querySelectorAll(name));
    const seen = part => part?.checkVisibility({ visibilityProperty: true });
    return (seen(all('.g-option').at(-1)) && seen(all('.g-send button')[0])) || seen(all('.g-else a')[0])
        || (seen(all('.g-call')[0]) && seen(all('.g-steps li')[0]));
}"""
"""Whether what a page is for stands there: the last option and Continue, the way to start, or the call button and a step."""

_OTHER = """before => {
    const heading = Array.from(document.querySelectorAll('h1')).find(each => each.checkVisibility({ visibilityProperty: true }));
    return heading && heading.innerText !== before && (STANDS)();
}""".replace('STANDS', _STANDS)
"""Whether another page than the one with the heading `before` stands there."""

_WATCH = """(() => {
    window.stands = null; window.shift = [];
    const whole = STANDS;
    const look = () => requestAnimationFrame(whole() ? () => { window.stands = performance.now(); } : look);
    look();
    new PerformanceObserver(found => found.getEntries().forEach(each => window.shift.push(each.value)))
        .observe({ type: 'layout-shift', buffered: true });
})()""".replace('STANDS', _STANDS)
_SIZE = "() => performance.getEntriesByType('navigation').find(each => each.responseEnd)?.encodedBodySize"
_PATIENCE = 60_000


class Opened(NamedTuple):
    """Times in ms from the begin of the navigation, bytes of the whole page as sent, the largest layout shift of each moment."""

    stands: float
    size: int
    ready: float
    shift_before: float
    shift_over: float


def opened(server: Server, line: str, query: str) -> Opened:
    """Open a page on this line with an empty cache, and wait until Streamlit is ready behind it, and then in its place."""
    with _page(line) as page:
        page.goto(server.url + query, wait_until='commit')
        page.wait_for_function('() => window.stands !== null', timeout=_PATIENCE)
        stands = page.evaluate('() => stands')
        size = page.wait_for_function(_SIZE, timeout=_PATIENCE).json_value()
        page.wait_for_function('() => window.guidance?.ready()', timeout=_PATIENCE)
        ready, before = page.evaluate('() => [performance.now(), Math.max(0, ...shift.splice(0))]')
        page.evaluate("() => document.querySelector('.g-languages a[data-soft]').click()")
        page.wait_for_function("() => !document.getElementById('first')", timeout=_PATIENCE)
        page.wait_for_timeout(1_000)
        return Opened(stands, size, ready, before, page.evaluate('() => Math.max(0, ...shift)'))


def ten_answers(server: Server, line: str, query: str) -> list[float]:
    """Answer ten questions in a row as soon as each stands there; return the ms from each Continue to the next page."""
    waited = []
    with _page(line) as page:
        page.goto(server.url + query, wait_until='commit')
        for _ in range(10):
            page.locator('.g-option:visible').first.click()
            before = page.locator('h1:visible').inner_text()
            began = time.perf_counter()
            page.locator('.g-send button:visible').click()
            page.wait_for_function(_OTHER, arg=before, timeout=_PATIENCE)
            waited.append((time.perf_counter() - began) * 1e3)
            if page.locator('.g-call:visible').count():
                break
    return waited


class _page:
    """A phone's page with an empty cache, on a slow line."""

    def __init__(self, line: str) -> None:
        self._speed, self._round_trip = LINES[line]

    def __enter__(self) -> Any:
        from playwright.sync_api import sync_playwright

        self._driver = sync_playwright().start()
        self._browser = self._driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = self._browser.new_page(viewport={'width': 360, 'height': 740})
        page.set_default_timeout(_PATIENCE)
        page.add_init_script(_WATCH)
        bytes_per_second = self._speed * 1_000 / 8
        conditions: dict[str, float] = {'offline': False, 'latency': self._round_trip}
        conditions |= {'downloadThroughput': bytes_per_second, 'uploadThroughput': bytes_per_second}
        session = page.context.new_cdp_session(page)
        session.send('Network.enable')
        session.send('Network.emulateNetworkConditions', conditions)
        return page

    def __exit__(self, *error: object) -> None:
        self._browser.close()
        self._driver.stop()


def rows(server: Server, pages: Mapping[str, str], first: str) -> list[list[str]]:
    """Return the table: one row for each page and line, and the ten answers of each line."""
    found = [['page', 'line', 'stands ms', 'KB sent', 'Streamlit ready ms', 'layout shift before', 'at the take-over']]
    for line in LINES:
        for name, query in pages.items():
            seen = opened(server, line, query)
            shifts = [f'{seen.shift_before:.3f}', f'{seen.shift_over:.3f}']
            found.append([name, line, f'{seen.stands:.0f}', f'{seen.size / 1e3:.1f}', f'{seen.ready:.0f}', *shifts])
        waited = ten_answers(server, line, first)
        found.append([f'{len(waited)} answers', line, ' '.join(f'{each:.0f}' for each in waited), '', '', '', ''])
    return found
