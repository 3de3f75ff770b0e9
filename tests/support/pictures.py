"""Make the pictures of the README and the guides: `.venv/bin/python -m tests.support.pictures`. Needs Chromium."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import ViewportSize
from playwright.sync_api import sync_playwright

from guidance.content.condition import Answers
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.training.record import Record
from guidance.training.record import fingerprint
from tests.support.browsing import Server
from tests.support.browsing import case
from tests.support.browsing import idle
from tests.support.browsing import listening
from tests.support.browsing import said
from tests.support.paths import ROOT
from tests.support.programs import CHROMIUM
from tests.support.programs import FLAGS
from tests.support.programs import PHONE as TELEPHONE
from tests.support.programs import needed

PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1024, height=740)


def addresses() -> list[tuple[str, str, ViewportSize]]:
    """The name of each picture, its address, and the window it is taken in."""
    content = said('en')
    answers = case(content, 's06')
    half = {name: answers[name] for name in list(answers)[:5]}

    def made(given: Answers, **more: Any) -> str:
        return query_string(parameters(content, given, 'en', **more))

    def training(given: Answers, **record: Any) -> str:
        seen = fingerprint(content, content.cases['s06']) if record.get('done') else None  # a link made for a result has it
        return 'training' + made(given, seen=seen, more=Record(case='s06', **record).parameters())

    return [
        ('start', '?lang=en', PHONE),
        ('question', made(half), PHONE),
        ('result', made(answers), PHONE),
        ('practise', training({**half, 'happened': ('custody',), 'custody-kind': ('criminal',)}, mode='practise'), PHONE),
        ('debrief', training(answers, mode='assess', offered=('entry-permit',), stated=('no-payment',), done=True), PHONE),
        ('demonstrate', training({}, mode='show', step=7), DESK),
    ]


def of_the_desk(browser: Browser, url: str) -> None:
    """Make the pictures of one flow in the map, and of one question in the book with all languages side by side."""
    page = browser.new_page(viewport=DESK, device_scale_factor=1)
    page.goto(f'{url}desk?show=map&lang=en')
    page.locator('#map-3 summary').click()
    page.locator('#map-3 svg').screenshot(path=ROOT / 'docs/map.png')
    page.goto(f'{url}desk?show=book_all&lang=en')
    page.locator('section:has(h3)').nth(1).screenshot(path=ROOT / 'docs/book.png')
    page.close()


def main() -> None:
    server = Server(GUIDANCE_DESK='on')
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=needed(CHROMIUM, 'chromium'), args=FLAGS, env={**TELEPHONE})
            for name, query, size in addresses():
                page = browser.new_page(viewport=size, device_scale_factor=1)
                page.goto(server.url + query)
                listening(page)
                idle(page)
                page.screenshot(path=ROOT / f'docs/{name}.png')
                page.close()
            of_the_desk(browser, server.url)
            browser.close()
    finally:
        server.kill()


if __name__ == '__main__':
    main()
