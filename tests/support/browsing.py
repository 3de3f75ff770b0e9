"""The wizard and a page of it in a real browser, and how a reader uses them."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any
from typing import TypeVar
from urllib.parse import parse_qs
from urllib.parse import urlsplit

from playwright.sync_api import Locator
from playwright.sync_api import Page
from playwright.sync_api import expect

from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import Result
from guidance.journey.walk import result
from guidance.journey.walk import walk
from guidance.serving.check import check
from tests.support.paths import ROOT
from tests.support.waiting import DEADLINE
from tests.support.waiting import until

T = TypeVar('T')

MOST = DEADLINE * 1_000  # milliseconds, as the browser counts them
expect.set_options(timeout=MOST)


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
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
        )

        def answers() -> bool:
            assert self.process.poll() is None, 'the wizard ended as it started'
            with suppress(OSError):
                return bool(urllib.request.urlopen(f'{self.url}_stcore/health', timeout=DEADLINE).status == 200)
            return False

        until(answers)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@cache
def the_server() -> Server:
    """The wizard that all tests of a process share, whatever file they stand in."""
    server = Server()
    atexit.register(server.kill)
    return server


@cache
def said(lang: str) -> Content:
    """The content that the wizard ships with, in a language."""
    return check(ROOT).contents[lang]


def heading(page: Page, text: str) -> None:
    # A list means: just one, with this text. While Streamlit goes from one page to another, both stand there for a moment.
    expect(page.locator('h1')).to_have_text([text])
    whole(page)


def whole(page: Page) -> None:
    """Wait until one page stands there, to its end. As Streamlit takes over there are two, and to look for one place fails."""
    expect(page.locator('.g-footer:visible')).to_have_count(1)


def listening(page: Page) -> None:
    """Wait until keys and buttons are listened to."""
    expect(page.locator('html[data-step]')).to_have_count(1)


def ready(page: Page) -> None:
    """Wait until Streamlit can take over from the server: before that, a link or an answer loads the next page."""
    page.wait_for_function('() => window.guidance.ready()')


def taken_over(page: Page) -> None:
    """Let Streamlit take over from the server, as at a link of the page that leads to this very page.

    Where nothing comes for three seconds, as on a busy machine, the browser loads the page anew: then once more.
    """

    def took_over() -> bool:
        ready(page)
        page.evaluate("""() => { const link = Object.assign(document.createElement('a'), { href: location.href });
            window.waits = link.dataset.soft = ''; document.getElementById('first').append(link); link.click(); }""")
        end = page.wait_for_function("""() => !('waits' in window) ? 'anew' : !document.getElementById('first') && 'over'""")
        return bool(end.json_value() == 'over')

    until_on(page, took_over)


def in_language(page: Page, lang: str) -> None:
    """Choose a language in the menu of the page."""
    page.locator('.g-languages summary').click()
    page.locator(f'.g-languages a[lang={lang}]').click()


def settled(page: Page) -> None:
    """Wait until a page that just came takes taps and keys: what keeps them from it stands at its end."""
    page.wait_for_function('() => document.readyState !== "loading" && !document.documentElement.hasAttribute("data-arriving")')


def drawn(page: Page) -> None:
    """Wait until all that a page does at once is done and seen."""
    page.evaluate('() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')


def idle(page: Page) -> None:
    """Wait until the page is connected, the server has answered all that it was asked, and that is seen."""
    drawn(page)  # what was just done may have asked it
    expect(page.locator('html[data-going]')).to_have_count(0)
    if page.locator('#first').count():  # what the server drew asks for nothing
        return
    page.wait_for_function('() => !window.guidance.asking()')  # that it runs is known with the first word of its answer
    drawn(page)
    expect(page.locator('[data-test-connection-state=CONNECTED]')).to_have_count(1)
    expect(page.locator('[data-test-script-state=notRunning]')).to_have_count(1)
    drawn(page)


def later(page: Page, milliseconds: int) -> None:
    """Let time pass by the page's own clock, which the test has installed, and wait until all that is done then is done."""
    page.clock.run_for(milliseconds)
    idle(page)


def until_on(page: Page, holds: Callable[[], T]) -> T:
    """Wait for a state that is not the page's, while the page goes on."""
    return until(holds, lambda: page.wait_for_timeout(20))


def given(content: Content, page: Page) -> dict[str, tuple[str, ...]]:
    """The answers that the address of the page carries."""
    pairs = {name: '.'.join(values).split('.') for name, values in parse_qs(urlsplit(page.url).query).items()}
    return {name: tuple(chosen) for name, chosen in pairs.items() if name in content.question}


ROWS = '.g-option'


def row(page: Page, question: Question, option: str) -> Locator:
    """The row of an option, which is a target as a whole."""
    found = page.locator(ROWS).nth(list(question.option).index(option))
    expect(found).to_contain_text(question.option[option].label)
    return found


def led_on(page: Page, name: str, option: str = '') -> None:
    """Wait until the answer to a question has led on, or this option of it. As long as its address says what was asked, it is
    under way: then the address is, for a moment, that of the question once more."""
    page.wait_for_url(lambda url: f'{name}={option}' in url and 'asked=' not in url)


def at_once(page: Page, found: str) -> Any:
    """What an expression finds on the page, all at one moment; in it, `seen` finds the elements that a reader sees."""
    visible = 'element.checkVisibility({ visibilityProperty: true })'
    seen = f'const seen = selector => [...document.querySelectorAll(selector)].filter(element => {visible});'
    return page.evaluate(f'() => {{ {seen} return {found}; }}')


def chosen(page: Page) -> set[str]:
    """The options that are chosen on the page."""
    return set(page.locator('.g-option :checked').evaluate_all('boxes => boxes.map(box => box.value)'))


def centre(place: Locator) -> tuple[float, float]:
    """Where the middle of something is: `page.mouse` taps there at once, whether it takes a tap or not."""
    box = place.bounding_box()
    assert box is not None, 'it is not on the page'
    return box['x'] + box['width'] / 2, box['y'] + box['height'] / 2


def asked(content: Content, answers: Answers) -> Question:
    """The question that is asked next; that there is one is a part of the test."""
    question = walk(content, answers).next
    assert question is not None, answers
    return question


def choose(content: Content, page: Page, answers: Answers) -> None:
    """Answer the question that stands on the page, as a finger would, and wait for the next page."""
    before = given(content, page)
    question = asked(content, before)
    heading(page, question.ask.for_(before))
    settled(page)
    for option in answers[question.id]:
        row(page, question, option).click()
    page.get_by_role('button', name=content.ui_texts.next).click()
    led_on(page, question.id)


def at(content: Content, server: Server, page: Page, name: str) -> tuple[Question, Answers, Answers, Locator]:
    """Open a question of case s06; return it, the answers before it, those of the whole case, and its button."""
    answers, question = case(content, 's06'), content.question[name]
    before = dict(list(answers.items())[: list(answers).index(name)])
    page.set_viewport_size({'width': 360, 'height': 1400})  # nothing has to be scrolled to
    page.goto(server.url + query_string(parameters(content, before, 'en')))
    taken_over(page)
    heading(page, question.ask.for_(before))
    return question, before, answers, page.get_by_role('button', name=content.ui_texts.next)


def to_result(content: Content, page: Page, server: Server, answers: Answers, lang: str = 'en') -> Result:
    page.goto(f'{server.url}?lang={lang}')
    page.get_by_role('link', name=content.ui_texts.start_without).click()
    while walk(content, given(content, page)).result is None:
        choose(content, page, answers)
    found = result(content, given(content, page))
    heading(page, found.heading)
    return found


def at_result(content: Content, page: Page, server: Server, answers: Answers) -> None:
    """Open the result of these answers by its address, where the way to it is no matter."""
    page.goto(server.url + query_string(parameters(content, answers, 'en')))
    heading(page, result(content, answers).heading)


def unfolded(page: Page) -> None:
    """Open everything that is folded on the page."""
    page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true')


def sharing(page: Page) -> Locator:
    """Open what a result can be passed on by; return it."""
    page.locator('.g-share > summary').click()
    return page.locator('.g-share')


def case(content: Content, name: str) -> dict[str, tuple[str, ...]]:
    return current_answers(content, content.cases[name].answers)[0]


def no_overflow(page: Page) -> bool:
    return bool(page.evaluate('document.scrollingElement.scrollWidth <= window.innerWidth'))
