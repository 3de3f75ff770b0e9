"""Whatever a page asks for may be lost or never come: what the server drew works without, and the reader notices nothing."""

from __future__ import annotations

import contextlib
import itertools
import re
import socket
import threading
import time
from functools import partial

import pytest
from playwright.sync_api import Error as PlaywrightError

from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from tests.support.browsing import at
from tests.support.browsing import at_once
from tests.support.browsing import case
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import idle
from tests.support.browsing import led_on
from tests.support.browsing import listening
from tests.support.browsing import row
from tests.support.browsing import said
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.browsing import until_on
from tests.support.pages import kinds
from tests.support.waiting import DEADLINE
from tests.support.waiting import until
from tests.support.wire import Wire

pytestmark = pytest.mark.browser

MODES = {
    'normal': {},
    'reduced motion': {'reduced_motion': 'reduce'},
    'forced colours': {'forced_colors': 'active'},
    'text of 200 %': {},
    'no script': {'java_script_enabled': False},
}
FILES = ('index', 'react-dom', 'Html')
SAMPLE = (*(f'/{name}.' for name in FILES), '_stcore/health', 'stream', 'all files', 'everything')
"""The kinds of request: what starts a page, what comes with it, what comes late, the connection, and many at once."""

ALL = {'all files': re.compile('/static/'), 'everything': re.compile('/static/|/_stcore/')}

SEEN = """({
    lang: document.documentElement.lang, english: /TypeError|Streamlit|error/i.test(document.body.innerText),
    headings: seen('h1').map(each => each.innerText), options: seen('.g-option, .stCheckbox label').length,
    said: seen('.g-line').length, numbers: seen('.g-strip').map(each => each.innerText).join(),
})"""


def question():
    """The address of a question, its heading and the number of its options."""
    content = said('zh-Hant')
    answers = case(content, 's06')
    name = 'asker-place'
    before = dict(list(answers.items())[: list(answers).index(name)])
    return (
        query_string(parameters(content, before, 'zh-Hant')),
        content.question[name].ask.for_(before),
        len(content.question[name].options),
    )


def following():
    """The heading of the question after that, its first answer chosen, and the number of its options."""
    content, (path, *_) = said('zh-Hant'), question()
    before = read_query(content, parse_query(path[1:])).answers
    name = walk(content, before).next.id
    after = walk(content, before | {name: (content.question[name].options[0].id,)})
    return after.next.ask.for_(after.answered), len(after.next.options)


class Visit:
    """A visit to a question of which one kind of request is lost once, or never answered."""

    def __init__(self, chromium, server, wanted, how, mode):
        self.context = chromium.new_context(viewport={'width': 360, 'height': 740}, **MODES[mode])
        self.page = self.context.new_page()
        self.wanted, self.how, self.mode, self.met, self.started = wanted, how, mode, 0, time.monotonic()
        self.loads, self.held = [], []
        self.page.on('request', lambda request: self.loads.append(request.url) if request.is_navigation_request() else None)
        if mode == 'text of 200 %':
            self.context.new_cdp_session(self.page).send('Page.setFontSizes', {'fontSizes': {'standard': 32}})
        if wanted in ('stream', 'everything'):
            self.page.route_web_socket('**/*', self._connect)
        if wanted != 'stream':
            self.page.route(ALL.get(wanted) or re.compile(re.escape(wanted)), self._answer)
        path, *self.asked = question()
        self.page.goto(server.url + path, wait_until='commit')

    def _answer(self, route):
        self.met += 1
        if self.how == 'stalled':
            self.held.append(route)  # for good: also when it is asked for again
            return
        route.abort() if self.met == 1 or self.wanted == 'everything' else route.continue_()

    def _connect(self, line):
        self.met += 1
        if self.how == 'lost' and self.met == 1:
            line.close()
        elif self.how == 'lost':
            line.connect_to_server()

    @property
    def age(self):
        return time.monotonic() - self.started

    def wait(self, heading, options):
        """Wait until a question stands there, alone, with its answers and the numbers; return how many seconds it took."""
        self.started = time.monotonic()
        while True:
            seen = None
            with contextlib.suppress(PlaywrightError):  # another page is being loaded
                seen = at_once(self.page, SEEN)
            if seen and (seen['headings'], seen['options']) == ([heading], options):
                break
            assert self.age < DEADLINE, f'{self.wanted} {self.how} ({self.mode}), {self.age:.0f} s: {seen}'
            self.page.wait_for_timeout(100)
        assert seen['lang'] == 'zh-Hant' and not seen['english'] and not seen['said'], seen
        assert '1868' in seen['numbers'] or '999' in seen['numbers'], seen
        return self.age

    def answer(self):
        """Choose the first answer, once more if the tap came while the page took none yet, and continue."""
        option = self.page.locator('.g-option').first
        until_on(self.page, lambda: option.click() or option.locator('input').is_checked())
        self.page.locator('.g-form button').click()

    def close(self):
        for route in self.held:
            with contextlib.suppress(PlaywrightError):  # of a page that was left
                route.abort()
        self.page.unroute_all(behavior='ignoreErrors')
        self.context.close()


def recorded(chromium, server):
    """The names of all requests of a visit to a question, without what changes with Streamlit's version."""
    names = []
    visit = chromium.new_page()
    visit.on('request', lambda request: names.append(request.url))
    visit.goto(server.url + question()[0])
    taken_over(visit)
    expect(visit.locator('#root .g-option input')).to_have_count(question()[2])
    visit.close()
    return sorted({name.rpartition('/')[2] for name in names if '/static/' in name} | {'_stcore/health', '_stcore/host-config'})


def cells(requests):
    """Each request, lost and stalled, in one of the modes."""
    modes = itertools.cycle(MODES)
    return [(request, how, next(modes)) for how in ('lost', 'stalled') for request in requests]


def assert_all_end_well(chromium, server, table):
    """Try (request, how it fails, mode), several visits at a time, since they mostly wait; print how long the reader waited."""
    seen = {}
    for some in (table[start : start + 9] for start in range(0, len(table), 9)):
        visits = [Visit(chromium, server, *cell) for cell in some]
        stood = [visit.wait(*visit.asked) for visit in visits]
        for visit in visits:
            if visit.mode != 'no script':  # it asks for nothing then
                until_on(visit.page, lambda visit=visit: visit.met)
            visit.answer()
        for visit, first in zip(visits, stood, strict=True):
            then = visit.wait(*following())
            seen[visit.wanted, visit.how, visit.mode] = f'{first:.1f} s, answered {then:.1f} s, loaded {len(visit.loads)} times'
            visit.close()
    for cell, end in seen.items():
        print(*cell, end, sep=' | ')
    assert len(seen) == len(set(table))


def test_the_table_of_what_is_lost_or_stalled(chromium, server):
    names = recorded(chromium, server)
    for name in FILES:
        assert any(each.startswith(f'{name}.') for each in names), f'the page does not ask for {name} any more'
    assert_all_end_well(chromium, server, cells(SAMPLE)[::2])  # each request once, each way and each mode several times


@pytest.mark.long
def test_the_table_of_each_request_and_each_mode(chromium, server):
    """The many files that come together are alike: each in one mode; each kind of request in all."""
    names = recorded(chromium, server)
    assert len(names) > 60
    assert_all_end_well(chromium, server, cells(names) + list(itertools.product(SAMPLE, ('lost', 'stalled'), MODES)))


BOX = '.g-line'
IDLE = '#root [data-test-script-state=notRunning] .g-line'


@pytest.mark.usefixtures('own_context')
def test_a_tap_that_gets_no_answer_is_said_and_made_good_on_a_new_connection(content, server, page):
    """The open connection is dead and nobody told: it stays open, and nothing comes. After six seconds it is said."""
    page.clock.install()
    wire = Wire(page)
    question, before, answers, button = at(content, server, page, 'asker-place')
    row(page, question, answers[question.id][0]).click()
    wire.loses = wire.away = True  # nor does a new connection come about at first
    button.click()
    page.clock.run_for(6_000)
    assert page.locator(BOX).is_visible()
    expect(page.locator(BOX)).to_contain_text(content.ui_texts.no_answer)
    plain = 'plain' + query_string(parameters(content, before, 'en'))
    assert page.locator(f'{BOX} a[href^="plain?"]').get_attribute('href') == plain
    assert page.locator(f'{BOX} a[href="tel:110"]').count() and page.locator(f'{BOX} [data-again]').count()
    wire.loses = wire.away = False
    led_on(page, question.id)
    after = before | {question.id: answers[question.id]}
    assert given(content, page) == after
    expect(page.locator('h1')).to_have_text([walk(content, after).next.ask.for_(after)])
    expect(page.locator(BOX)).to_be_hidden()
    assert len(wire.lines) >= 2
    page.faults[:] = [fault for fault in page.faults if 'WebSocket' not in fault]


def test_while_the_line_is_cut_the_page_says_so_in_its_language_and_keeps_what_is_chosen(server, page):
    content = said('zh-Hans')
    wire = Wire(page)
    page.goto(server.url + question()[0].replace('zh-Hant', 'zh-Hans'))
    taken_over(page)
    settled(page)
    page.locator('#root .g-option input').nth(1).check(force=True)
    wire.away = True
    wire.cut()
    tried = []
    page.route('**/_stcore/health', lambda route: (tried.append(route), route.abort()))
    expect(page.locator(BOX)).to_be_visible()
    expect(page.locator(BOX)).to_contain_text(content.ui_texts.no_answer)
    until_on(page, lambda: len(tried) > 6)  # Streamlit's own box came at the sixth time that it could not connect
    expect(page.get_by_role('dialog')).to_have_count(0)
    assert 'Streamlit' not in page.locator('body').inner_text()
    page.unroute_all()
    page.locator(f'{BOX} [data-again]').click()  # before the page can connect by itself, after which nothing says so
    wire.away = False
    expect(page.locator(BOX)).to_be_hidden()
    expect(page.locator('.g-option input').nth(1)).to_be_checked()
    page.faults.clear()  # Streamlit says in the console that it could not connect


def test_a_page_that_lacks_a_part_is_loaded_again_only_when_the_server_can_be_reached(server, page):
    """The browser's own page for a server that is not there has no numbers."""
    asked = []
    page.route('**/TextArea.*', lambda route: route.abort())
    page.goto(f'{server.url}training?lang=en')
    taken_over(page)
    page.route(re.compile('/training[?]'), lambda route: (asked.append(route), route.abort()))
    page.locator('a[href*="mode=table"]').click()
    expect(page.locator(BOX)).to_be_visible()
    before = len(asked)
    until_on(page, lambda: len(asked) > before)  # it is tried once more, in vain
    expect(page.locator(BOX)).to_be_visible()
    assert 'TypeError' not in page.locator('body').inner_text()
    page.unroute_all()
    expect(page.locator('.stForm textarea')).to_be_visible()
    expect(page.locator(BOX)).to_be_hidden()
    page.faults.clear()  # what was lost, as it should be


@pytest.mark.usefixtures('own_context')
def test_a_file_that_was_lost_before_an_answer_was_sent_does_not_load_the_question_again(server, page):
    """The next page comes slowly, and Streamlit seems to be idle while a part is missing."""
    page.clock.install()
    tried, tick = [], partial(page.clock.run_for, 10)
    page.on('request', lambda request: tried.append(request) if request.method == 'HEAD' else None)
    page.goto(server.url + question()[0])
    page.evaluate("""() => new Promise(done => document.head.append(Object.assign(
        document.createElement('script'), { src: 'static/lost.js', onerror: done })))""")
    page.clock.pause_at(page.evaluate('Date.now() / 1000') + 60)  # a slow machine would use up the time that the next page has
    until(lambda: page.evaluate('window.guidance.ready()'), tick)
    page.evaluate("document.getElementById('root').insertAdjacentHTML('beforeend', '<i id=late data-testid=stSkeleton></i>')")
    page.locator('.g-option').first.click()
    page.locator('.g-form button').click()
    until(lambda: page.locator(IDLE).count(), tick)
    page.clock.run_for(1_000)
    assert not tried
    page.evaluate("document.getElementById('late').remove()")
    page.clock.resume()
    expect(page.locator('#first')).to_have_count(0)
    expect(page.locator('h1')).to_have_text([following()[0]])
    page.faults.clear()  # the file that was lost


CUT_HEAD = b'HTTP/1.1 200 OK\r\ncontent-type: text/javascript\r\ncache-control: public, immutable, max-age=99999\r\netag: "'


def test_a_page_of_which_all_came_says_nothing(content, server, chromium):
    """All kinds of pages, since it is by its parts that a page is known to be whole."""
    with chromium.new_context() as context:
        context.clock.install()
        pages = {kind: context.new_page() for kind in ('start', 'many', 'result', 'practise', 'marks', 'table')}
        for kind, page in pages.items():
            page.goto(server.url + kinds(content)[kind])
            if kind not in ('marks', 'table'):
                taken_over(page)
            expect(page.locator('#first')).to_have_count(0)
            expect(page.locator('.g-line')).to_have_count(1)
        for page in pages.values():
            idle(page)  # else the seven seconds would pass while an answer is under way
            listening(page)
        context.clock.run_for(7_000)
        assert [kind for kind, page in pages.items() if page.locator('html[data-line], html:not([data-step])').count()] == []


class CuttingProxy:
    """Passes on to the server, but ends the first answer for one file within its headers, over plain HTTP."""

    def __init__(self, server, name):
        self.port, self.name, self.cut = server.port, name, False
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}/'
        self._start(self._listen)

    def _start(self, work, *given):
        threading.Thread(target=work, args=given, daemon=True).start()

    def _listen(self):
        with contextlib.suppress(OSError):
            while True:
                self._start(self._serve, self.listener.accept()[0])

    def _serve(self, browser):
        onward = socket.create_connection(('127.0.0.1', self.port))
        self._start(self._pass, onward, browser, lambda piece: False)
        self._pass(browser, onward, self._cuts)

    def _pass(self, source, target, stops):
        with contextlib.suppress(OSError):
            while piece := source.recv(65_536):
                if stops(piece):
                    source.sendall(CUT_HEAD)
                    break
                target.sendall(piece)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _cuts(self, piece):
        first = not self.cut and self.name.encode() in piece.partition(b'\r\n')[0]
        self.cut = self.cut or first
        return first


RENEWED = """() => performance.getEntriesByType('resource')
    .some(each => each.initiatorType === 'fetch' && each.responseEnd && each.name.includes('/react-dom.'))"""


def test_a_file_that_the_browser_keeps_as_an_empty_one_is_fetched_past_its_cache(chromium, server):
    """Reloading does not help there: the file says that it never changes."""
    proxy = CuttingProxy(server, 'react-dom.')
    path, *asked = question()
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(proxy.url + path)
        page.wait_for_function(RENEWED)
        page.goto(proxy.url + path)
        taken_over(page)
        expect(page.locator('#root .g-option input')).to_have_count(asked[1])
    proxy.listener.close()
    assert proxy.cut
