"""What surrounds each page, measured on a phone: two lines above it, its parts by name, the language menu, the start page."""

from __future__ import annotations

import pytest

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from tests.support.browsing import case
from tests.support.browsing import drawn
from tests.support.browsing import expect
from tests.support.browsing import heading
from tests.support.browsing import listening
from tests.support.browsing import said
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.measures import PHONE
from tests.support.measures import question_is_high_up
from tests.support.pages import kinds

pytestmark = pytest.mark.browser
LANGUAGES = ('en', 'zh-Hant', 'zh-Hans')


def address(answers, lang, **more):
    return query_string(parameters(said(lang), answers, lang, **more))


@pytest.mark.parametrize('lang', LANGUAGES)
def test_above_a_question_stand_two_lines_and_the_first_answer_is_high_up(server, page, lang):
    """In the plain edition, and the longest also in the full one and in the dark; else they are the same to the pixel."""
    page.set_viewport_size(PHONE)
    seen = set()

    def measure(edition, name, question):
        page.goto(f'{server.url}{edition}{address(case(said(lang), name), lang, change=question)}')
        question_is_high_up(page)
        seen.add(question)

    for name in ('s06', 's03'):
        for question in [each for each in case(said(lang), name) if each not in seen]:
            measure('plain', name, question)
    page.emulate_media(color_scheme='dark')
    for question in ('happened', 'custody-kind'):
        measure('', 's06', question)
    assert len(seen) >= 10


@pytest.mark.parametrize('lang', LANGUAGES)
def test_the_start_page_says_for_whom_it_is_and_has_danger_and_what_happened_before_all_else(server, page, lang):
    page.set_viewport_size(PHONE)
    page.goto(f'{server.url}?lang={lang}')
    parts = ('.g-first', 'h1', '.g-situations', '.g-else', '.g-two')
    top = {name: page.locator(name).first.bounding_box()['y'] for name in parts}
    assert list(top.values()) == sorted(top.values())
    assert top['h1'] < 200 and top['.g-situations'] < 260 and top['.g-else'] < 640 < top['.g-two'], top
    numbers = [page.locator(f'.g-dial a[href="tel:{number}"]') for number in ('110', '120', '999', '+8521868')]
    assert all(number.bounding_box()['height'] >= 43.9 for number in numbers)
    content = said(lang)
    page.get_by_role('link', name=content.question['happened'].option['missing'].label).click()
    heading(page, content.questions[0].ask.for_({}))
    assert 'happened=missing' in page.url


def test_the_parts_of_a_page_have_names_and_the_way_past_the_first_leads_to_the_heading(content, server, page):
    for kind, edition in (('many', ''), ('many', 'plain'), ('result', ''), ('marks', '')):
        page.goto(f'{server.url}{edition}{kinds(content)[kind]}')
        if not edition:
            listening(page)
            if kind != 'marks':  # which Streamlit draws at once
                taken_over(page)
            expect(page.locator('#first')).to_have_count(0)
            settled(page)
        parts = [line.split(' ')[1].rstrip(':') for line in page.locator('body').aria_snapshot().splitlines() if line[0] == '-']
        assert [part for part in parts if part in ('banner', 'main', 'contentinfo')] == ['banner', 'main', 'contentinfo']
        inside = page.locator('body').aria_snapshot().split('\n- main:\n')[1].split('\n- contentinfo')[0]
        assert '- heading' in inside and ('- button' in inside or kind == 'result')
        if edition:
            continue
        page.evaluate('document.activeElement.blur()')
        page.keyboard.press('Tab')
        expect(page.locator('.g-skip:visible')).to_be_focused()
        page.keyboard.press('Enter')
        expect(page.locator('h1')).to_be_focused()
        assert page.evaluate("document.querySelector('[data-testid=stMain]').tabIndex") == -1


def test_the_language_menu_needs_no_script_and_closes_when_something_else_is_used(content, server, page):
    page.set_viewport_size(PHONE)
    for edition in ('plain', ''):
        page.goto(f'{server.url}{edition}?change=who&lang=en')
        if not edition:
            taken_over(page)
            settled(page)
        menu = page.locator('.g-languages ul')
        expect(menu).to_be_hidden()
        page.locator('.g-languages summary').focus()
        page.keyboard.press('Enter')
        expect(menu).to_be_visible()
        names = menu.locator('li > *').evaluate_all('all => all.map(each => [each.lang, each.innerText])')
        assert names == [list(each) for each in content.service.languages.items()]
        colours = menu.locator('[aria-current], a').evaluate_all('all => all.map(each => getComputedStyle(each).color)')
        assert colours[0] == page.evaluate("getComputedStyle(document.querySelector('h1')).color")  # it does not look disabled
    page.keyboard.press('Escape')
    expect(menu).to_be_hidden()
    expect(page.locator('.g-languages summary')).to_be_focused()
    page.keyboard.press('Enter')
    page.locator('h1').click(position={'x': 5, 'y': 5})
    expect(menu).to_be_hidden()


def test_what_opens_above_a_page_is_closed_at_its_end_too(content, server, page):
    page.goto(f'{server.url}?change=who&lang=en')
    taken_over(page)
    settled(page)
    page.locator('.g-more > summary').click()
    numbers = page.locator('.g-more .g-numbers a').evaluate_all('all => all.map(each => each.href)')
    assert sorted(numbers) == sorted(f'tel:{number}' for number in ('110', '120', '119', '122', '999', '+8521868'))
    drawn(page)
    page.locator('[data-close]').click()
    expect(page.locator('.g-more[open]')).to_have_count(0)
    expect(page.locator('h1')).to_be_focused()


@pytest.mark.parametrize('live', [False, True], ids=['first', 'full'])
def test_from_the_top_of_a_result_one_comes_to_its_contacts(content, server, page, live):
    page.goto(f'{server.url}{kinds(content)["result"]}')
    listening(page)
    if live:
        taken_over(page)
    settled(page)
    address = page.url
    page.locator('.g-more > summary').click()
    page.locator('.g-more a[href="#contacts"]').click()
    expect(page.locator('.g-more[open]')).to_have_count(0)
    expect(page.locator('.g-contacts h2')).to_be_focused()
    expect(page.locator('.g-contacts h2')).to_be_in_viewport()
    assert page.url == address


def test_a_wide_screen_has_what_belongs_to_a_question_beside_it(content, server, page):
    page.set_viewport_size({'width': 1280, 'height': 800})
    for edition in ('plain', ''):
        page.goto(f'{server.url}{edition}{kinds(content)["many"]}')
        if not edition:
            taken_over(page)
        form, below = page.locator('.g-form').bounding_box(), page.locator('.g-below').bounding_box()
        assert below['x'] > form['x'] + form['width'] and below['y'] < form['y'] + form['height']
        assert page.locator('.g-header').bounding_box()['width'] > 1_000
