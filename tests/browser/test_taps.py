"""What the reader's hands do: a second tap, a key that is held, a tap in the first moment of a page."""

from __future__ import annotations

import asyncio
import itertools
import threading
from itertools import product

import pytest

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from tests.support.browsing import MOST
from tests.support.browsing import ROWS
from tests.support.browsing import case
from tests.support.browsing import centre
from tests.support.browsing import drawn
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import idle
from tests.support.browsing import led_on
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.browsing import the_server
from tests.support.sampling import sampled
from tests.support.waiting import DEADLINE

pytestmark = pytest.mark.browser

PHONES = ({'width': 390, 'height': 664}, {'width': 360, 'height': 640}, {'width': 412, 'height': 780})
MATRIX = [
    (*how, PHONES[number % len(PHONES)])
    for number, how in enumerate(product(
        ('asker-place', 'resident', 'happened', 'custody-kind'),  # of one answer and of several, before the same and the result
        ('touch', 'mouse', 'Enter', 'Space'),
        (0, 0.06),  # seconds that everything takes each way
        ((60, 'tap'), (180, 'tap'), (650, 'page')),  # ms, from the first tap or from when the new page stands
    ))
]  # fmt: skip
WATCH = """(() => {
    window.stood = window.begun = null;  // when the page after `before` stood there whole, as a reader sees it: by frames
    window.looks = window.clicks = 0;
    const look = () => {
        const h1 = document.querySelector('h1');
        const whole = h1 && h1.innerText !== window.before && document.querySelector('.g-footer')
            && !document.querySelector('.stForm[inert], [data-testid=stSkeleton]');
        if (whole && window.stood === null) window.stood = performance.now();
        // What keeps taps from a page begins with its script, and a style a frame later: which may be long on a busy machine.
        if (window.stood !== null && document.readyState !== 'loading' && ++window.looks === 3) window.begun = performance.now();
        if (document.querySelector('[data-arriving]')) window.guarded = true;
        requestAnimationFrame(look);
    };
    look();
    for (const kind of ['pointerdown', 'keydown'])
        window.addEventListener(kind, event => { window.pressed = event.timeStamp; }, true);
    window.addEventListener('click', () => { window.clicks += 1; }, true);
})()"""
NEW = "() => { window.stood = window.begun = null; window.looks = 0; window.before = document.querySelector('h1').innerText }"
"""From now on, wait for the next page."""

WAIT = 700  # ms
STANDS = '() => window.stood !== null'
LATER = f'() => window.begun !== null && performance.now() - window.begun > {WAIT} + 50'
HOLD = """() => {
    window.left = 0;
    window.holds = true;
    window.addEventListener('click', event => {
        if (!window.holds || !event.target.closest('[data-leave]')) return;
        event.preventDefault();
        event.stopPropagation();
        window.left += 1;
    }, true);
}"""
"""Counts the taps that would lead away, and holds them."""


class Slow:
    """A way to the server on which everything takes some time, each way."""

    def __init__(self, port, seconds):
        self._to, self._seconds, ready = port, seconds, threading.Event()

        async def serve():
            self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
            async with await asyncio.start_server(self._connect, '127.0.0.1', 0) as listener:
                self.url = f'http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/'
                ready.set()
                await self._end.wait()

        threading.Thread(target=asyncio.run, args=(serve(),), daemon=True).start()
        ready.wait(DEADLINE)

    async def _connect(self, reader, writer):
        there, onward = await asyncio.open_connection('127.0.0.1', self._to)
        await asyncio.gather(self._pass(reader, onward), self._pass(there, writer), return_exceptions=True)

    async def _pass(self, reader, writer):
        while piece := await reader.read(1 << 16):
            self._loop.call_later(self._seconds, writer.write, piece)
        self._loop.call_later(self._seconds, writer.close)

    def close(self):
        self._loop.call_soon_threadsafe(self._end.set)


@pytest.fixture(scope='module')
def slow():
    line = Slow(the_server().port, 0.06)
    yield line
    line.close()


@pytest.fixture
def hands(chromium):
    """Give a phone's page that is touched, or one with a mouse; each is opened once."""
    pages = {}

    def page(touch):
        if touch not in pages:
            pages[touch] = chromium.new_context(has_touch=touch, is_mobile=touch, viewport=PHONES[0]).new_page()
            pages[touch].set_default_timeout(MOST)
            pages[touch].add_init_script(WATCH)
        return pages[touch]

    yield page
    for each in pages.values():
        each.context.close()


def state(page):
    """All that a tap can change: the address, what is chosen, opened, said and scrolled to."""
    return page.evaluate("""() => [location.href, document.querySelectorAll('input:checked').length,
        document.querySelectorAll('details[open]').length, document.querySelectorAll('[role=alert]').length]""")


def press(page, how, place):
    if how == 'touch':
        page.touchscreen.tap(*place)
    elif how == 'mouse':
        page.mouse.click(*place)
    else:
        page.keyboard.press(how)


def answered(content, page, url, edition, name, **other):
    """Open a question of case s06 and choose its answer, or the `other` one; return button, answers, and those after it."""
    answers, question = case(content, 's06') | other, content.question[name]
    before = dict(list(answers.items())[: list(answers).index(name)])
    page.goto(f'{url}{"plain" if edition == "plain" else ""}{query_string(parameters(content, before, "en"))}')
    heading(page, question.ask.for_(before))
    if edition == 'over':
        page.wait_for_function('() => window.guidance.ready()')
    if edition == 'full':
        taken_over(page)
        expect(page.locator('#root .g-form')).to_be_visible()
    for option in answers[name]:
        place = list(question.option).index(option)
        settled(page)
        page.locator(ROWS).nth(place).click()
    button = page.get_by_role('button', name=content.ui_texts.next)
    button.evaluate("button => button.scrollIntoView({ block: 'center' })")
    button.focus()
    page.evaluate(NEW)
    return button, before | {name: answers[name]}


def twice(page, how, place, delay, since):
    """Press twice; return how long after the new page stood the second time was, in ms."""
    press(page, how, place)
    if since == 'page':
        page.wait_for_function(STANDS)
    page.wait_for_timeout(delay)
    press(page, how, place)
    page.wait_for_function(LATER)
    return page.evaluate('() => (window.pressed ?? 0) - window.stood')


def in_the_first_moment(page, attempt):
    """Return what an attempt does whose last press comes in the first moment of a page: on a busy machine it may come late, and
    says nothing."""
    for _ in range(8):
        done = attempt()
        if 0 <= page.evaluate('() => window.pressed - window.stood') < WAIT:
            return done
    return pytest.fail('it could not be tried')


def assert_second_tap_does_nothing(content, server, slow, hands, edition, matrix):
    """Whatever happens by it, happens in the time in which a page is not whole yet, or has just come."""
    wrong = []
    for name, how, seconds, (delay, since), phone in matrix:
        page = hands(how == 'touch')
        page.set_viewport_size(phone)
        for shorter in (1, 2, 4, 8):  # on a machine that is busy a tap comes late, and says nothing
            button, after = answered(content, page, slow.url if seconds else server.url, edition, name)
            if twice(page, how, centre(button), delay / shorter, since) < WAIT:
                break
        else:
            wrong.append((name, how, 'could not be tried'))
        found = state(page)
        if found[1:] != [0, 0, 0] or given(content, page) != after or 'asked=' in found[0]:
            wrong.append((name, how, seconds, delay, since, phone, found))
    assert not wrong, '\n'.join(map(str, wrong))


@pytest.mark.parametrize('edition', sampled(['full', 'plain'], 2))
def test_a_second_tap_does_nothing_to_the_page_that_just_came(content, server, slow, hands, edition):
    some = [MATRIX[17 * number] for number in range(1, 6, 2)]
    assert_second_tap_does_nothing(content, server, slow, hands, edition, some)


@pytest.mark.long
@pytest.mark.parametrize('edition', ['full', 'plain'])
def test_no_second_tap_does_anything_to_the_page_that_just_came(content, server, slow, hands, edition):
    assert_second_tap_does_nothing(content, server, slow, hands, edition, MATRIX)


TAPS = itertools.product(['full', 'over', 'plain'], ['touch', 'mouse', 'Space'])


@pytest.mark.parametrize(('edition', 'how'), sampled(TAPS, 2))
def test_a_tap_after_that_always_counts(content, server, hands, edition, how):
    page = hands(how == 'touch')
    button, after = answered(content, page, server.url, edition, 'asker-place')
    press(page, how, centre(button))
    page.wait_for_function(STANDS)
    target = page.locator('input[type=radio]').first
    if how == 'Space':
        target.focus()
    place = centre(page.locator('.g-option').first)
    page.wait_for_function(LATER)
    press(page, how, place)
    expect(target).to_be_checked()


def test_a_page_that_no_tap_led_to_takes_taps_at_once(content, server, hands):
    page = hands(True)
    page.goto(f'{server.url}?change=who&lang=en')
    taken_over(page)
    settled(page)
    page.evaluate('() => { window.guarded = false }')
    radio = page.locator('input[type=radio]').first
    page.touchscreen.tap(*centre(page.locator('.g-option').first))
    expect(radio).to_be_checked()
    assert not page.evaluate('() => window.guarded')
    page.get_by_role('button', name=content.ui_texts.next).tap()
    page.wait_for_function('() => window.guarded')


def test_what_was_pressed_too_early_does_not_count_when_it_is_let_go_later(content, server, hands):
    page = hands(False)

    def pressed():
        page.mouse.up()  # that of an attempt before
        button, after = answered(content, page, server.url, 'full', 'asker-place')
        press(page, 'mouse', centre(button))
        page.wait_for_function(STANDS)
        page.mouse.move(*centre(page.locator('.g-option').first))
        page.mouse.down()
        return after

    after = in_the_first_moment(page, pressed)
    page.wait_for_function(LATER)
    page.mouse.up()
    page.mouse.click(*centre(page.locator('.g-option').nth(1)))
    expect(page.locator('input[type=radio]').nth(1)).to_be_checked()
    expect(page.locator('input[type=radio]').first).not_to_be_checked()
    assert given(content, page) == after


def test_a_key_that_is_held_is_pressed_once(content, server, hands):
    page = hands(False)
    button, after = answered(content, page, server.url, 'full', 'happened', happened=('attack',))
    page.keyboard.down('Enter')
    page.wait_for_function(LATER)
    url = page.url
    for place in ('.g-back a', '.g-send button'):
        page.locator(place).first.focus()
        page.keyboard.down('Enter')  # once more without letting go: the browser repeats it
    page.keyboard.up('Enter')
    for _ in range(4):
        page.keyboard.down('Shift')
    page.keyboard.up('Shift')
    idle(page)
    assert page.url == url and given(content, page) == after
    assert page.get_by_role('alert').count() == 0 and page.locator('[data-leave]').is_visible()


def test_the_way_to_leave_is_open_at_once_but_not_to_the_second_of_two_taps(content, server, hands):
    page = hands(True)
    page.set_viewport_size({'width': 360, 'height': 300})
    page.route(f'{content.service.leave_to}**', lambda route: route.fulfill(body='Elsewhere', content_type='text/html'))

    def tapped():
        button, after = answered(content, page, server.url, 'full', 'happened', happened=('attack',))
        page.locator('.stMain').evaluate(
            "main => { main.scrollTop += document.querySelector('.g-button').getBoundingClientRect().top - 8; }"
        )
        page.evaluate(HOLD)
        box = button.bounding_box()
        place = (box['x'] + box['width'] - 20, box['y'] + 18)  # where the way to leave will stand
        press(page, 'touch', place)
        page.wait_for_function(STANDS)
        clicks = page.evaluate('window.clicks')
        press(page, 'touch', place)
        page.wait_for_function('clicks => window.clicks > clicks', arg=clicks)  # which comes after the touch
        drawn(page)
        return place, after

    place, after = in_the_first_moment(page, tapped)
    leave = page.locator('[data-leave]').bounding_box()
    assert leave['x'] <= place[0] <= leave['x'] + leave['width'] and leave['y'] <= place[1] <= leave['y'] + leave['height']
    assert given(content, page) == after and page.evaluate('window.left') == 0
    page.evaluate('() => { window.holds = false; }')
    press(page, 'touch', (place[0] - 100, place[1]))  # no longer the same place
    page.locator('[data-leave]').tap()
    page.wait_for_url(content.service.leave_to)


@pytest.mark.parametrize('name', ['asker-place', 'happened'])
def test_enter_on_an_answer_continues(content, server, hands, name):
    page = hands(False)
    _, after = answered(content, page, server.url, 'full', name)
    page.locator('#root .g-option input:checked').focus()
    page.keyboard.press('Enter')
    led_on(page, name)
    assert given(content, page) == after
