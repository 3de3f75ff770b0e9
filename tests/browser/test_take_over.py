"""Streamlit takes over from the page that the server drew: with the next page, and never under the reader's hands."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from PIL import ImageChops

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from tests.support.browsing import case
from tests.support.browsing import chosen
from tests.support.browsing import drawn
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import in_language
from tests.support.browsing import led_on
from tests.support.browsing import row
from tests.support.browsing import said
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.browsing import to_result
from tests.support.browsing import until_on
from tests.support.pages import kinds
from tests.support.wire import Wire

pytestmark = pytest.mark.browser

READY = '() => window.guidance.ready()'
WATCH = """(() => {
    window.shifts = []; window.spoken = [];
    new PerformanceObserver(found => found.getEntries().forEach(each => window.shifts.push(each.value)))
        .observe({ type: 'layout-shift', buffered: true });
    const live = '[role=status], [role=alert], [aria-live]';
    const said = each => [each.target, ...each.addedNodes].map(node => node.nodeType === 1 ? node : node.parentElement)
        .map(node => node?.closest(live)).filter(node => node && node.checkVisibility() && !node.closest('[inert]'));
    new MutationObserver(found => window.spoken.push(...found.flatMap(said).map(node => node.textContent.trim()).filter(Boolean)))
        .observe(document, { childList: true, characterData: true, subtree: true });
})()"""
"""Records what moves, and what a screen reader is told beside the page itself."""

COUNT = """() => {
    window.changes = 0;
    new MutationObserver(found => { window.changes += found.length; })
        .observe(document.getElementById('first'), { attributes: true, childList: true, characterData: true, subtree: true });
    return window.shifts.splice(0).reduce((sum, each) => sum + each, 0);
}"""
"""Counts changes from now on, and gives how much has moved until now."""


def before(content, name):
    answers = case(content, 's06')
    return dict(list(answers.items())[: list(answers).index(name)])


def at_question(content, server, page, name, lang='en'):
    """Open a question of case s06 as the server draws it, and wait until Streamlit is ready behind it."""
    given_before = before(content, name)
    page.goto(server.url + query_string(parameters(content, given_before, lang)))
    page.wait_for_function(READY)
    settled(page)
    return content.question[name], given_before


def grey(page, **how):
    """A picture of what is seen of a page, without colours."""
    return Image.open(io.BytesIO(page.screenshot(**how))).convert('L')


def test_nothing_changes_under_the_readers_hands_while_streamlit_gets_ready(content, server, page):
    page.add_init_script(WATCH)
    late = []  # Streamlit's first file: on a quick machine all would be over before the test looks
    page.route(re.compile('/static/js/index[.]'), lambda route: late.append(route))
    page.goto(server.url + query_string(parameters(content, before(content, 'custody-kind'), 'en')))
    settled(page)
    page.locator('.g-option').nth(1).click()
    page.mouse.move(0, 0)  # what is under the mouse looks different, and another row would be after scrolling
    page.evaluate('() => scrollTo(0, 200)')
    seen = """() => [document.title, scrollY, document.activeElement.value, document.querySelectorAll(':checked').length,
        document.getElementById('first').getBoundingClientRect().height, getComputedStyle(document.querySelector('h1')).color]"""
    held, picture = page.evaluate(seen), grey(page)
    drawn(page)  # what the picture itself changes does not count
    assert page.evaluate(COUNT) < 0.001  # a browser that is busy may draw an element of which it has read the half
    until_on(page, lambda: late)
    for route in late:
        route.continue_()
    page.unroute_all()
    page.wait_for_function(READY)
    drawn(page)
    assert page.evaluate('() => [changes, shifts, spoken]') == [0, [], []]
    assert page.evaluate(seen) == held
    assert ImageChops.difference(picture, grey(page)).getextrema()[1] < 3  # a round corner drawn anew is one of 255 lighter
    assert page.locator('#root').inner_text() == '' and page.locator('h1').count() == 1


def test_an_answer_is_one_entry_of_the_history_and_back_and_forward_go_over_the_take_over(content, server, page):
    question, given_before = at_question(content, server, page, 'asker-place')
    first, entries = page.url, page.evaluate('history.length')
    row(page, question, case(content, 's06')[question.id][0]).click()
    page.get_by_role('button', name=content.ui_texts.next).click()
    led_on(page, 'asker-place')
    after = given(content, page)
    heading(page, walk(content, after).next.ask.for_(after))
    expect(page.locator('#first')).to_have_count(0)
    expect(page.locator('h1')).to_be_focused()
    assert page.evaluate('history.length') == entries + 1
    second = page.url
    page.go_back()
    heading(page, question.ask.for_(given_before))
    assert page.url == f'{second}&change=asker-place' and first.endswith(query_string(parameters(content, given_before, 'en')))
    page.go_forward()
    heading(page, walk(content, after).next.ask.for_(after))
    assert page.url == second


def test_without_streamlit_each_answer_is_one_entry_and_back_finds_the_page(content, server, page):
    page.route('**/static/**', lambda route: route.abort())
    result = to_result(content, page, server, case(content, 's06'))
    assert page.evaluate('history.length') == len(case(content, 's06')) + 3  # the empty page, the start, the first question
    assert f'seen={result.fingerprint}' in page.url and page.locator('#first').count() == 1
    for name in reversed(list(case(content, 's06'))):
        page.go_back()
        heading(page, content.question[name].ask.for_(before(content, name)))
        assert chosen(page) == set(case(content, 's06')[name])
    page.faults.clear()  # of the files that did not come


@pytest.mark.parametrize('name', ['happened', 'custody-kind'])
def test_a_choice_is_kept_when_the_language_is_changed_at_the_take_over(content, server, page, name):
    question, given_before = at_question(content, server, page, name)
    row(page, question, question.options[1].id).click()
    in_language(page, 'zh-Hant')
    heading(page, said('zh-Hant').question[name].ask.for_(given_before))
    expect(page.locator('#root .g-option input').nth(1)).to_be_checked()
    expect(page.locator('#root .g-option input:checked')).to_have_count(1)


@pytest.mark.parametrize('kind', ['start', 'question', 'many', 'leave', 'result', 'practise'])
def test_what_the_server_draws_and_what_streamlit_draws_look_alike_to_the_pixel(content, server, page, kind):
    page.goto(server.url + kinds(content)[kind])
    page.wait_for_function(READY)
    size = {'width': 360, 'height': page.evaluate('document.documentElement.scrollHeight')}
    page.set_viewport_size(size)
    pictures = []
    for _ in range(2):
        drawn(page)
        pictures.append(grey(page, animations='disabled'))
        if len(pictures) == 1:
            taken_over(page)
            page.evaluate('document.activeElement.blur()')
    assert sum(ImageChops.difference(*pictures).histogram()[33:]) < 20


def test_nothing_moves_and_nothing_is_said_twice_from_the_first_page_to_the_third_question(content, server, page):
    page.add_init_script(WATCH)
    answers = case(content, 's06')
    question, _ = at_question(content, server, page, 'asker-place')
    for number in range(3):
        settled(page)
        assert page.evaluate('Math.max(0, ...shifts.splice(0))') <= 0.02
        for option in answers[question.id]:
            row(page, question, option).click()
        page.get_by_role('button', name=content.ui_texts.next).click()
        led_on(page, question.id)
        now = given(content, page)
        question = walk(content, now).next
        heading(page, question.ask.for_(now))
        expect(page.locator('h1')).to_be_focused()
        assert page.evaluate("document.querySelectorAll('[id=ask]').length") == 1, number
    assert page.evaluate('spoken') == []


def test_a_connection_that_went_silent_before_the_take_over_costs_seconds_not_the_answer(content, server, page):
    wire = Wire(page)
    question, given_before = at_question(content, server, page, 'asker-place')
    wire.loses = True
    row(page, question, case(content, 's06')[question.id][0]).click()
    page.get_by_role('button', name=content.ui_texts.next).click()
    led_on(page, 'asker-place')
    after = given(content, page)
    heading(page, walk(content, after).next.ask.for_(after))
    assert page.locator('#first').count() == 1  # the server drew it again


def test_a_page_whose_form_only_streamlit_can_draw_is_its_own_at_once(content, server, page):
    for kind in ('marks', 'table'):
        page.goto(server.url + kinds(content)[kind])
        expect(page.locator('#root :is(.stForm, .g-form) :is(input, textarea)').first).to_be_visible()
        expect(page.locator('h1')).to_have_count(1)
