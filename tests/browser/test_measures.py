"""What holds of a page as the server draws it holds when Streamlit has drawn it; Chinese words stay whole; the desk fits, too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from guidance.screens.routes import middleware
from guidance.screens.routes import routes
from tests.support.asgi import Client
from tests.support.browsing import case
from tests.support.browsing import expect
from tests.support.browsing import heading
from tests.support.browsing import idle
from tests.support.browsing import no_overflow
from tests.support.browsing import said
from tests.support.browsing import taken_over
from tests.support.measures import PHONE
from tests.support.measures import question_is_high_up
from tests.support.measures import result_is_short
from tests.support.sampling import sampled

pytestmark = pytest.mark.browser

LANGUAGES = ('en', 'zh-Hant', 'zh-Hans')
PLACES = ['happened', 'who', 'custody-kind', 'province', 's02', 's06', 's10', 's01']

LED = """address => { const link = Object.assign(document.createElement('a'), { href: address });
    link.dataset.soft = ''; document.querySelector('#root .g-page').append(link); link.click(); link.remove(); }"""

BROKEN = """() => [...document.querySelectorAll('h1, .g-situations a')].flatMap(text => {
    const range = document.createRange(), found = [], walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let line = null, before = '';
    while (walk.nextNode()) {
        const { data } = walk.currentNode;
        for (let at = 0; at < data.length; at++) {
            range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + 1);
            const box = range.getBoundingClientRect();
            if (line !== null && box.top > line + 8 && at > 0 && /[\\p{L}\\p{N}]/u.test(data[at - 1])) found.push(data);
            if (line !== null && box.top > line + 8 && /[，。、；：）」]/.test(data[at])) found.push(before + data);
            line = box.top;
        }
        before = data;
    }
    return found;
})"""
"""The words of headings within which a line ends, and what may not begin a line and does."""


def led(page, server, lang, name):
    """Lead to a question of case s06, or to the result of a case; return the result."""
    content = said(lang)
    answers = case(content, name if name in content.cases else 's06')
    change = None if name in content.cases else name
    address = query_string(parameters(content, answers, lang, change=change))
    if page.url == 'about:blank':
        page.goto(server.url + address)
        taken_over(page)
    else:
        page.evaluate(LED, server.url + address)
    result = walk(content, answers).result
    idle(page)  # the page before may have the same heading
    heading(page, content.question[change].ask.for_(answers) if change else result.heading)
    expect(page.locator('#root .g-option' if change else '#root .g-steps li').first).to_be_visible()
    return result


@pytest.mark.parametrize('scheme', ['light', pytest.param('dark', marks=pytest.mark.long)])
@pytest.mark.parametrize('lang', LANGUAGES)
def test_what_streamlit_has_drawn_has_the_measures_of_what_the_server_draws(server, page, lang, scheme, thorough):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=scheme)
    for name in PLACES if thorough else PLACES[LANGUAGES.index(lang) :: 3]:
        result = led(page, server, lang, name)
        if name in said(lang).cases:
            result_is_short(page, name, result)
        else:
            question_is_high_up(page)


CHINESE = [(lang, name) for name in ('s01', 's10', 's19', 's25', 's37') for lang in LANGUAGES[1:]]


@pytest.mark.parametrize(('lang', 'name'), sampled(CHINESE, 4))
def test_a_line_of_a_chinese_heading_ends_with_a_word(server, page, lang, name):
    page.set_viewport_size(PHONE)
    page.goto(f'{server.url}?lang={lang}')  # as the server draws it
    expect(page.locator('.g-situations a .g-word').first).to_be_attached()
    assert page.evaluate(BROKEN) == []
    taken_over(page)
    for each in ('s06', name):
        result = led(page, server, lang, each)
        expect(page.locator('#root h1 .g-word').first).to_be_attached()
        assert page.evaluate(BROKEN) == [] and page.locator('h1').inner_text().replace('\n', '') == result.heading


@pytest.mark.parametrize('show', ['', 'book', 'map'])
def test_the_desk_fits_on_a_phone(page, monkeypatch, show):
    monkeypatch.setenv('GUIDANCE_DESK', 'on')
    own = routes('')
    page.set_viewport_size(PHONE)
    client = Client(Starlette(routes=own, middleware=middleware(own)))
    with ThreadPoolExecutor() as beside:  # the browser has a loop of events in this thread
        page.set_content(beside.submit(client.get, f'/desk?show={show}&lang=en').result().text)
    assert no_overflow(page)
    assert page.locator('h1').bounding_box()['x'] == page.locator('.g-name').bounding_box()['x']
