"""Can everybody use it? axe-core on every kind of page, and what axe does not see."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from tests.support.browsing import case
from tests.support.browsing import drawn
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import led_on
from tests.support.browsing import listening
from tests.support.browsing import no_overflow
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.browsing import whole
from tests.support.pages import kinds
from tests.support.paths import ROOT

pytestmark = pytest.mark.browser


KINDS = (
    'start', 'question', 'many', 'leave', 'change', 'notice', 'result', 'calm', 'received', 'chinese', 'not-found',
    'first-start', 'first-question', 'first-error', 'first-result',
    'plain-question', 'plain-error', 'plain-result', 'kept', 'unavailable',
    'library', 'case', 'practise', 'wrong', 'end', 'marks', 'debrief', 'show', 'show-end', 'table',
)  # fmt: skip
LIKE_OTHERS = ('change', 'calm', 'received', 'first-start', 'first-question', 'plain-question', 'practise', 'show', 'end')
"""Kinds of pages made of parts that the other kinds have."""
DARK = re.compile(r'rgb\((\d\d?), (\d\d?), (\d\d?)\)')  # no part of the colour reaches 100


def path_of(content, kind):
    """Where a kind of page stands; what begins with `first` is the same page as the server draws it."""
    found, name = kinds(content), kind.removeprefix('first-')
    return found['plain-error'].removeprefix('plain') if name == 'error' else found[name]


def opened(page, server, content, kind):
    if kind == 'kept':  # a file, which the browser would save
        page.set_content(page.request.get(server.url + 'keep' + kinds(content)['result']).text())
    elif kind == 'unavailable':  # of nginx
        page.goto((ROOT / 'deploy/unavailable.html').as_uri())
    else:
        page.goto(server.url + path_of(content, kind))
        if kind != 'not-found':
            whole(page)
        if kind in TRAVELLERS:
            taken_over(page)
        if kind not in ('not-found', *PLAIN):
            listening(page)
        if kind in ('marks', 'table'):  # Streamlit draws them at once
            expect(page.locator('#first')).to_have_count(0)
    expect(page.locator('h1').first).to_be_visible()
    # What is folded away is read, too.
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


PLAIN = tuple(kind for kind in KINDS if kind.startswith('plain'))
TRAVELLERS = KINDS[: KINDS.index('not-found')]
"""What is looked at as Streamlit draws it, beside the training pages; the server draws the same."""
MOST_KEYS = 71
"""From the start page to a result, what a person without a mouse pressed when this was first counted."""
LEVELS = """() => [...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.checkVisibility()).map(h => +h.tagName[1])"""
SMALL = """() => [...document.querySelectorAll('button, summary, .g-button, #root .g-option, .stCheckbox label, .g-strip a')]
    .concat(...document.querySelectorAll('.g-option, .g-header a, .g-alone a, .g-again a, .g-change a'))
    .filter(e => e.checkVisibility())
    .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.9 || box.width < 24).map(([text, box]) => `${text} ${box.width}x${box.height}`)"""


TAKEN = ('aria-allowed-role', ['#stMain'])
"""Streamlit's own main part is the box around everything, so its role is taken from it: ours begins with the heading."""


def broken(page, **options):
    found = Axe().run(page, options=options)
    assert len(found.response['passes']) > (0 if options else 10)
    nodes = [(each['id'], node) for each in found.response['violations'] for node in each['nodes']]
    return [f'{rule}: {node["html"][:160]}' for rule, node in nodes if (rule, node['target']) != TAKEN]


@pytest.mark.parametrize('kind', [pytest.param(kind, marks=pytest.mark.long if kind in LIKE_OTHERS else ()) for kind in KINDS])
def test_axe_finds_nothing_and_headings_names_and_targets_are_as_people_need_them(content, server, page, kind):
    opened(page, server, content, kind)
    assert broken(page) == []
    levels = page.evaluate(LEVELS)
    assert levels.count(1) == (3 if kind == 'unavailable' else 1)  # which has a part for each language
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), levels
    names = page.evaluate("[...document.querySelectorAll('[aria-label]')].map(e => e.getAttribute('aria-label'))")
    assert not [name for name in names if '\\' in name or ':small' in name]
    assert page.evaluate(SMALL) == []
    assert no_overflow(page)
    page.emulate_media(color_scheme='dark')
    if page.locator('.stApp').count():  # Streamlit follows after a moment, other pages at once
        expect(page.locator('.stApp')).to_have_css('background-color', DARK)
    assert broken(page, runOnly=['color-contrast']) == []  # nothing else is different in the dark
    if kind == 'not-found':
        page.faults.clear()  # the browser tells of the status, as it should


def test_an_error_is_announced_and_says_which_answer_is_missing(content, server, page):
    page.goto(f'{server.url}?change=who&lang=en')
    taken_over(page)
    page.get_by_role('button', name=content.ui_texts.next).click()
    expect(page.get_by_role('alert')).to_contain_text(content.ui_texts.error_one)


def test_twice_the_size_of_the_text_still_fits_on_a_phone(content, server, page):
    for kind in ('question', 'result', 'debrief'):
        opened(page, server, content, kind)
        page.add_style_tag(content='html { font-size: 200% !important }')
        assert no_overflow(page)


def test_nothing_moves_for_those_who_want_nothing_to_move(content, server, page):
    moving = """() => [...document.querySelectorAll('*')].map(e => getComputedStyle(e))
        .filter(s => parseFloat(s.animationDuration) > 0.01 || parseFloat(s.transitionDuration) > 0.01).length"""
    for kind in ('marks', 'many'):  # with a form of Streamlit's, and without
        opened(page, server, content, kind)
        expect(page.locator('#first')).to_have_count(0)
        assert (page.evaluate(moving) > 0) is (kind == 'marks')
        page.emulate_media(reduced_motion='reduce')
        assert page.evaluate(moving) == 0
        page.emulate_media(reduced_motion='no-preference')


def test_chinese_words_on_an_english_page_are_marked_as_chinese(content, server, page):
    """All but those in the labels of Streamlit's controls, which take no markup."""
    unmarked = """() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
        while (walk.nextNode()) { const at = walk.currentNode.parentElement;
            if (/\\p{Script=Han}/u.test(walk.currentNode.data) && !at.closest('[lang^=zh], label, style, script, noscript'))
                found.push(walk.currentNode.data); }
        return found; }"""
    for kind in ('question', 'result', 'debrief', 'library', 'plain-result'):
        opened(page, server, content, kind)
        assert page.evaluate(unmarked) == []
        assert page.locator('span[lang=zh]').count() > 0 or kind in ('question', 'library')


def test_focus_and_borders_can_be_seen(content, server, page):
    opened(page, server, content, 'question')
    listening(page)
    page.locator('[data-testid=stMain] .g-more > summary').focus()
    page.keyboard.press('Tab')
    outline = page.evaluate("""() => { const e = document.activeElement.closest('label') || document.activeElement;
        const s = getComputedStyle(e); return [s.outlineStyle, parseFloat(s.outlineWidth)]; }""")
    assert outline[0] == 'solid' and outline[1] >= 2
    assert page.evaluate("getComputedStyle(document.querySelector('.g-option')).borderTopWidth") == '1px'


def test_from_start_to_result_by_the_keyboard_alone(content, server, page):
    """Tab, arrows, Space and Enter, as somebody without a mouse goes."""
    answers = case(content, 's06')
    page.goto(f'{server.url}?lang=en')
    taken_over(page)  # it leads the keyboard on from each heading; a page that the browser loads begins at its top
    settled(page)
    pressed = tab_to(page, "document.activeElement.matches('.g-else a')") + 1
    page.keyboard.press('Enter')
    while (question := walk(content, given(content, page)).next) is not None:
        heading(page, question.ask.for_(given(content, page)))
        settled(page)
        if question.many:
            for option in answers[question.id]:
                place = list(question.option).index(option)
                found = f"[...document.querySelectorAll('[type=checkbox]')].indexOf(document.activeElement) === {place}"
                pressed += tab_to(page, found) + 1
                page.keyboard.press('Space')
        else:
            down = list(question.option).index(answers[question.id][0])
            pressed += tab_to(page, "document.activeElement.type === 'radio'") + 1 + down
            page.keyboard.press('Space')
            for _ in range(down):
                page.keyboard.press('ArrowDown')
        pressed += tab_to(page, "document.activeElement.closest('.g-send') !== null") + 1
        page.keyboard.press('Enter')
        led_on(page, question.id)
    heading(page, walk(content, answers).result.heading)
    assert given(content, page) == answers and pressed <= MOST_KEYS


def tab_to(page, found):
    """Press Tab until that holds; return how often."""
    for pressed in range(60):
        if page.evaluate(found):
            return pressed
        page.keyboard.press('Tab')
    raise AssertionError(f'the keyboard does not reach {found}')


# Leave quickly


def test_leaving_quickly_takes_the_place_of_this_page_and_says_what_stays(content, server, page):
    elsewhere = '<link rel="icon" href="data:,">Elsewhere'  # with an icon, else the browser asks for one whenever it likes
    for leave in (lambda: page.locator('[data-leave]').click(), lambda: [page.keyboard.press('Shift') for _ in range(3)]):
        page.unroute_all()
        page.goto(f'{server.url}?lang=en')
        opened(page, server, content, 'leave')
        listening(page)
        expect(page.locator('.g-told')).to_contain_text(content.ui_texts.leave_tells)
        page.route(content.service.leave_to, lambda route: route.fulfill(body=elsewhere, content_type='text/html'))
        before = page.evaluate('history.length')
        leave()
        page.wait_for_url(content.service.leave_to)
        assert page.evaluate('history.length') == before
        page.faults[:] = [fault for fault in page.faults if not fault.startswith(content.service.leave_to)]


def test_shift_pressed_once_or_slowly_or_held_does_nothing_and_other_pages_have_no_such_button(content, server, page):
    opened(page, server, content, 'leave')
    for key in ('Shift', 'Shift', 'Tab', 'Shift', 'Tab', 'Escape', 'Escape', 'Escape'):
        page.keyboard.press(key)
    slowly = """() => { for (const timeStamp of [0, 2500, 5100, 'Tab', 9000, 9100]) {
        const event = new KeyboardEvent('keydown', { key: timeStamp === 'Tab' ? 'Tab' : 'Shift', bubbles: true });
        Object.defineProperty(event, 'timeStamp', { value: timeStamp });
        document.body.dispatchEvent(event); } }"""
    page.evaluate(slowly)
    drawn(page)
    assert page.url.startswith(server.url) and not page.evaluate('document.body.hidden')  # as it is at once by who leaves
    for kind in ('start', 'calm', 'result', 'practise'):
        opened(page, server, content, kind)
        assert page.locator('[data-leave]').count() == 0


def test_quick_keys_on_a_slow_telephone_choose_what_they_choose(content, server, page):
    """What is kept of a choice, in case the form is drawn anew, came between two keys and took the second one back."""
    before = {name: chosen for name, chosen in case(content, 's06').items() if name != 'province'}
    page.goto(server.url + query_string(parameters(content, before, 'en')))
    taken_over(page)
    heading(page, content.question['province'].ask.for_(before))
    page.context.new_cdp_session(page).send('Emulation.setCPUThrottlingRate', {'rate': 8})
    tab_to(page, "document.activeElement.type === 'radio'")
    page.keyboard.press('Space')
    for _ in range(12):
        page.keyboard.press('ArrowDown')
    expect(page.locator('#root .g-option input').nth(12)).to_be_checked()
    page.keyboard.press('ArrowUp')
    expect(page.locator('#root .g-option input').nth(11)).to_be_checked()
