"""What has to be seen, is: in the reader's own colours and size of text, whatever has the focus, and on a line that is cut."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL import ImageChops

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from tests.support.browsing import case
from tests.support.browsing import expect
from tests.support.browsing import no_overflow
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.pages import kinds
from tests.support.sampling import sampled
from tests.support.wire import Wire

pytestmark = pytest.mark.browser
CUSTODY = ('who', 'asker-place', 'person-place', 'danger-now', 'resident', 'happened')
MANY = '?who=me&asker-place=mainland&danger-now=no&resident=yes&lang=en'
ROWS = {'full': '#root .g-option', 'first': '.g-option', 'plain': '.g-option'}


def custody(content, lang='en'):
    answers = case(content, 's06')
    return query_string(parameters(content, {name: answers[name] for name in CUSTODY}, lang))


def picture(place):
    return Image.open(io.BytesIO(place.screenshot(animations='disabled'))).convert('RGB')


def different(one, other):
    """How many pixels of two pictures differ, where both are."""
    size = (min(one.width, other.width), min(one.height, other.height))
    changed = ImageChops.difference(one.crop((0, 0, *size)), other.crop((0, 0, *size))).convert('L')
    return sum(changed.histogram()[33:])


def around(page, place):
    """A picture of something and of what stands close around it."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    clip = {'x': box['x'] - 8, 'y': box['y'] - 8, 'width': box['width'] + 16, 'height': box['height'] + 16}
    return Image.open(io.BytesIO(page.screenshot(clip=clip, animations='disabled'))).convert('RGB')


@pytest.mark.parametrize('edition', ROWS)
@pytest.mark.parametrize(
    'page',
    [{'forced_colors': 'active', 'color_scheme': scheme} for scheme in ('light', 'dark')],
    indirect=True,
    ids=['light', 'dark'],
)
def test_the_chosen_answer_and_the_focus_are_seen_in_the_readers_own_colours(server, page, edition):
    for path in ('?change=who&lang=en', MANY):
        page.goto(server.url + ('plain' if edition == 'plain' else '') + path)
        if edition == 'full':
            taken_over(page)
        row, control = page.locator(ROWS[edition]).nth(1), page.locator(f':is({ROWS[edition]}) input').nth(1)
        expect(row).to_be_visible()
        settled(page)
        unchosen = picture(row)
        row.click()
        expect(control).to_be_checked()
        control.evaluate('element => element.blur()')
        page.mouse.move(0, 0)
        chosen = picture(row)
        mark = (0, 0, 55, min(unchosen.height, chosen.height))  # at the left, where the dot or tick is
        assert different(unchosen, chosen) > 1_500, 'a frame all around'
        assert different(unchosen.crop(mark), chosen.crop(mark)) > 300, 'a mark'
        without = around(page, row)
        control.focus()
        page.keyboard.press('Shift+Tab')
        page.keyboard.press('Tab')
        expect(control).to_be_focused()
        assert different(without, around(page, row)) > 1_000, 'the focus, all around'
    good = picture(page.locator('.g-form fieldset'))
    row.click()  # takes the tick away again
    page.locator('.g-send button').click()
    expect(page.locator('.g-error')).to_be_focused()
    assert different(good, picture(page.locator('.g-form fieldset'))) > 1_000, 'the answers where one is missing'
    page.locator('.g-languages summary').click()
    current = page.locator('.g-languages [aria-current]')
    assert current.evaluate('element => getComputedStyle(element).borderLeftStyle') == 'solid'
    menu = page.locator('.g-languages ul')
    before = picture(menu)
    page.keyboard.press('Tab')
    assert different(before, picture(menu)) > 100


COVERED = """() => {
    const element = document.activeElement.closest('label') || document.activeElement, box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2];
    const over = document.elementFromPoint(Math.max(1, x), y), name = element.innerText.slice(0, 40);
    if (element === document.body) return ['end', true];
    return [name, !!over && (element.contains(over) || over.contains(element))];
}"""

TAKES_TAPS = """() => [...document.querySelectorAll(':is(#first, #root) :is(a, summary, label, button)')]
    .every(each => !each.checkVisibility() || getComputedStyle(each).pointerEvents !== 'none')"""

LARGE, SMALL = (360, 640), (320, 256)
SIZES = [(LARGE, ''), (SMALL, 'first'), (LARGE, 'plain'), (SMALL, ''), (LARGE, 'first'), (SMALL, 'plain')]
PLACES = [('leave', *place) for place in SIZES] + [('result', *place) for place in reversed(SIZES)]


@pytest.mark.parametrize(('kind', 'size', 'edition'), sampled(PLACES, 4), ids=str)
def test_nothing_that_stands_over_the_page_hides_what_has_the_focus(content, server, page, kind, edition, size):
    page.set_viewport_size(dict(zip(('width', 'height'), size, strict=True)))
    page.goto(server.url + edition.replace('first', '') + kinds(content)[kind])
    expect(page.locator('.g-footer')).to_be_visible()
    if not edition:
        taken_over(page)
        expect(page.locator('#root :is(.g-form, .g-result)')).to_be_visible()
    page.wait_for_function(TAKES_TAPS)
    seen, hidden = [], []
    for key in ('Tab', 'Shift+Tab'):
        for _ in range(40):
            page.keyboard.press(key)
            name, good = page.evaluate(COVERED)
            seen.append(name)
            if name == 'end':
                break
            hidden += [] if good else [name]
    assert len(set(seen)) > 12 and hidden == []


COLOURS = [
    (edition, colours)
    for colours in ({'color_scheme': 'dark'}, *({'forced_colors': 'active', 'color_scheme': each} for each in ('dark', 'light')))
    for edition in ('full', 'plain')
]


@pytest.mark.parametrize(('edition', 'page'), sampled(COLOURS, 2), indirect=['page'], ids=str)
def test_the_parts_of_a_result_and_the_focus_are_seen_in_the_dark_and_in_the_readers_own_colours(content, server, page, edition):
    page.goto(server.url + ('plain' if edition == 'plain' else '') + kinds(content)['result'])
    if edition == 'full':
        taken_over(page)
    result = page.locator('#root .g-result' if edition == 'full' else '.g-result')
    expect(result).to_be_visible()
    settled(page)
    for name in ('.g-call', '.g-share > summary', '.g-contact > a.g-number'):
        assert framed(picture(result.locator(name).first)), name
    for name in ('.g-call', '.g-can summary', '.g-contact summary', '.g-contact > a.g-number', '.g-ask > summary'):
        place = result.locator(name).first
        without = around(page, place)
        place.focus()
        page.keyboard.press('Shift+Tab')
        page.keyboard.press('Tab')
        expect(place).to_be_focused()
        assert different(without, around(page, place)) > 500, (name, 'the focus, all around')
    for name in ('.g-can', '.g-cannot', '.g-ask'):
        summary = result.locator(f'{name} summary').first
        folded = picture(summary)
        summary.click()
        summary.evaluate('element => element.blur()')
        page.mouse.move(0, 0)
        corner = (folded.width - 40, 0, folded.width, folded.height)
        assert different(folded.crop(corner), picture(summary).crop(corner)) > 20, (name, 'whether it is open')


def framed(drawn):
    """Whether the edge of a picture, within two pixels, is of another colour than what stands outside its round corner."""
    outside = drawn.getpixel((0, 0))
    edge = [drawn.getpixel((x, 1)) for x in range(drawn.width // 4, drawn.width * 3 // 4)]
    return all(sum(abs(one - other) for one, other in zip(pixel, outside, strict=True)) > 150 for pixel in edge)


@pytest.mark.parametrize('scheme', ['light', 'dark'])
def test_a_button_of_streamlits_can_be_read_while_it_cannot_be_tapped(content, server, page, scheme):
    page.emulate_media(color_scheme=scheme)
    wire = Wire(page)
    page.goto(server.url + kinds(content)['marks'])
    button = page.locator('.stFormSubmitButton button')
    expect(button).to_be_enabled()
    wire.away = True
    wire.cut()
    expect(button).to_be_disabled()
    colours = button.evaluate("""element => [
        getComputedStyle(element.querySelector('p')).color, getComputedStyle(element).backgroundColor,
    ].map(colour => colour.match(/[\\d.]+/g).map(Number))""")
    assert len(colours[1]) == 3 and contrast(*colours) >= 4.5
    page.faults.clear()  # Streamlit says in the console that it could not connect


def contrast(one, other):
    """The contrast of two colours as WCAG computes it."""

    def light(colour):
        parts = [part / 255 for part in colour[:3]]
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize('edition', sampled(['', 'first', 'plain'], 2))
def test_the_size_of_text_that_is_chosen_in_the_browser_counts(content, server, page, edition):
    sizes = {}
    texts = """() => [...document.querySelectorAll('h1, main p, .stHtml p, .g-option span, button')]
        .filter(element => element.innerText).map(element => parseFloat(getComputedStyle(element).fontSize))"""
    result = query_string(parameters(content, case(content, 's06'), 'en'))
    for size in (16, 32):
        page.context.new_cdp_session(page).send('Page.setFontSizes', {'fontSizes': {'standard': size}})
        for path in (custody(content), MANY, result):
            page.goto(server.url + edition.replace('first', '') + path)
            expect(page.locator('.g-footer')).to_be_visible()
            if not edition:
                taken_over(page)
            if path != result:  # they come after the rest, by a file of their own
                expect(page.locator('.g-option').last).to_be_visible()
            sizes.setdefault(size, []).extend(page.evaluate(texts))
            assert no_overflow(page)
    assert len(sizes[16]) > 30 and sizes[32] == pytest.approx([2 * size for size in sizes[16]])
    assert min(sizes[16]) >= 14
