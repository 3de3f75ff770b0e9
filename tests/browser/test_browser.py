"""The wizard in a real browser: what only a browser can show."""

from __future__ import annotations

import io
import re
import unicodedata

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from guidance.journey.query import Reading
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import result
from guidance.journey.walk import walk
from guidance.screens.page import Page
from tests.support.browsing import Server
from tests.support.browsing import at_result
from tests.support.browsing import case
from tests.support.browsing import choose
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import in_language
from tests.support.browsing import led_on
from tests.support.browsing import no_overflow
from tests.support.browsing import row
from tests.support.browsing import said
from tests.support.browsing import sharing
from tests.support.browsing import taken_over
from tests.support.browsing import to_result
from tests.support.browsing import unfolded
from tests.support.sampling import sampled

pytestmark = pytest.mark.browser
QR = zxingcpp.BarcodeFormat.QRCode


WHOLE = [('s10', 'zh-Hans', 360), ('s02', 'en', 360), ('s06', 'zh-Hant', 360), ('s14', 'zh-Hant', 1280), ('s08', 'en', 1280)]


@pytest.mark.parametrize(('name', 'lang', 'width'), sampled(WHOLE, 5))
def test_from_start_to_the_whole_result(server, page, name, lang, width):
    """All cases go this way in `test_screens`, without a browser."""
    content = said(lang)
    page.set_viewport_size({'width': width, 'height': 800})
    answers = case(content, name)
    result = to_result(content, page, server, answers, lang)
    unfolded(page)
    text = page.locator('body').inner_text()
    for told in (*result.can, *result.cannot):
        assert all(line.say in text for line in told.lines)
    for part in result.parts:
        assert all(step.say in text for step in part.do_now)
    assert f'seen={result.fingerprint}' in page.url
    assert no_overflow(page)


def test_back_and_forward_of_the_browser_follow_every_answer(content, server, page):
    answers = case(content, 's06')
    to_result(content, page, server, answers)
    order = list(walk(content, answers).answered)
    for name in reversed(order):
        page.go_back()
        before = {n: answers[n] for n in order[: order.index(name)]}
        heading(page, content.question[name].ask.for_(before))
    for _ in order:
        page.go_forward()
    heading(page, walk(content, answers).result.heading)


def test_back_on_the_page_shows_the_answer_before_and_keeps_everything(content, server, page):
    answers = case(content, 's06')
    at_result(content, page, server, answers)
    page.get_by_role('link', name=content.ui_texts.back, exact=True).click()
    last = list(walk(content, answers).answered)[-1]
    heading(page, content.question[last].ask.for_(answers))
    assert given(content, page) == answers
    expect(page.locator('input:checked')).to_have_count(len(answers[last]))
    page.get_by_role('button', name=content.ui_texts.next).click()
    heading(page, walk(content, answers).result.heading)


@pytest.mark.usefixtures('own_context')
def test_a_journey_leaves_nothing_in_the_browser_but_its_history(content, server, page):
    """Streamlit keeps a token against forged requests and which theme is on; nothing of ours, and no answer, anywhere."""
    to_result(content, page, server, case(content, 's06'))
    assert {cookie['name'] for cookie in page.context.cookies()} <= {'_streamlit_xsrf'}
    kept = page.evaluate('Object.entries({ ...localStorage, ...sessionStorage })')
    assert {name.split('-')[0] for name, _ in kept} <= {'stActiveTheme'}
    everything = str(kept) + str(page.context.cookies())
    assert not [name for name in content.question if f'{name}=' in everything or f'"{name}"' in everything]
    assert page.evaluate('indexedDB.databases().then(found => found.length)') == 0


def test_reload_and_a_second_browser_show_the_same_page(content, server, page, chromium):
    answers = case(content, 's02')
    half = dict(list(answers.items())[:3])
    page.goto(server.url + query_string(parameters(content, half, 'en')))
    question = walk(content, half).next
    heading(page, question.ask.for_(half))
    page.reload()
    heading(page, question.ask.for_(half))
    expect(page.locator('input:checked')).to_have_count(0)
    at_result(content, page, server, answers)
    with chromium.new_context(viewport={'width': 1280, 'height': 900}) as other:
        second = other.new_page()
        second.goto(page.url)
        heading(second, page.locator('h1').inner_text())
        assert second.locator('.g-can').inner_text() == page.locator('.g-can').inner_text()


def test_change_keeps_the_later_answers(content, server, page):
    answers = case(content, 's02')
    at_result(content, page, server, answers)
    page.locator('.g-why-result summary').click()
    page.locator('.g-list a[href*="change=province"]').click()
    other = next(o for o in content.question['province'].options if o.id not in answers['province'])
    expect(page.locator('input:checked')).to_have_count(1)
    row(page, content.question['province'], other.id).click()
    page.get_by_role('button', name=content.ui_texts.next).click()
    led_on(page, 'province', other.id)
    assert given(content, page) == {**answers, 'province': (other.id,)}
    heading(page, walk(content, answers).result.heading)


def test_nothing_chosen_is_a_clear_error_and_the_answer_after_it_counts(content, server, page):
    answers = case(content, 's02')
    page.goto(server.url)
    page.get_by_role('link', name=content.ui_texts.start_without).click()
    heading(page, walk(content, {}).next.ask.for_({}))
    page.get_by_role('button', name=content.ui_texts.next).click()
    expect(page.get_by_role('alert')).to_contain_text(content.ui_texts.error_one)
    choose(content, page, answers)
    heading(page, walk(content, given(content, page)).next.ask.for_(given(content, page)))


def test_the_focus_moves_to_the_new_heading(content, server, page):
    page.goto(server.url)
    taken_over(page)
    page.get_by_role('link', name=content.ui_texts.start_without).click()
    heading(page, walk(content, {}).next.ask.for_({}))
    expect(page.locator('h1')).to_be_focused()
    choose(content, page, case(content, 's02'))
    expect(page.locator('h1')).to_be_focused()


@pytest.mark.parametrize(
    'query',
    [
        'who=<script>window.hurt=1</script>',
        'who=me&who=relative',
        'happened=%00%E2%80%AE%FF.javascript:alert(1)',
        'change=<img src=x onerror=window.hurt=1>&who=me',
        'who=me&' + 'a=b&' * 5000,
        'who=' + 'x' * 30_000,
        'hapened=custody&lang=xx&seen=<b>&utm_source=x&fbclid=1',
    ],
)
def test_a_hostile_address_gives_a_sensible_page(content, server, page, query):
    page.goto(f'{server.url}?{query}')
    expect(page.locator('.g-footer')).to_be_visible()
    assert page.evaluate('window.hurt') is None
    body = page.locator('body').inner_text()
    assert 'Traceback' not in body and '<script' not in body and content.ui_texts.fault_title not in body
    assert page.locator('h1').count() == 1


def test_a_killed_server_loses_no_answer(content, page):
    answers = case(content, 's02')
    server = Server()
    try:
        page.goto(server.url)
        taken_over(page)  # a page of the server's needs no connection
        page.get_by_role('link', name=content.ui_texts.start_without).click()
        choose(content, page, answers)
        question = walk(content, given(content, page)).next
        heading(page, question.ask.for_(given(content, page)))
        row(page, question, answers[question.id][0]).click()
        server.kill()
        server.start()
        page.get_by_role('button', name=content.ui_texts.next).click()
        led_on(page, question.id)
        following = walk(content, given(content, page)).next
        heading(page, following.ask.for_(given(content, page)))
        gone = re.compile('WebSocket|ERR_CONNECTION|server endpoint|not responding|timed out|disconnected')  # as both say it
        page.faults[:] = [fault for fault in page.faults if not gone.search(fault)]
    finally:
        server.kill()


@pytest.mark.parametrize('width', [320, 360, 1280])
def test_nothing_overflows_at_any_width(content, server, page, width):
    page.set_viewport_size({'width': width, 'height': 800})
    for query in ('', '?change=who', query_string(parameters(content, case(content, 's02'), 'en'))):
        page.goto(server.url + query)
        expect(page.locator('.g-footer')).to_be_visible()
        assert no_overflow(page)


def test_streamlit_shows_none_of_its_own_controls(server, page):
    page.goto(server.url)
    taken_over(page)
    expect(page.locator('.g-footer')).to_be_visible()
    for name in ('stToolbar', 'stAppDeployButton', 'stMainMenu', 'stHeader'):
        shown = page.locator(f'[data-testid={name}]')
        assert shown.count() == 0 or not shown.first.is_visible()


@pytest.mark.parametrize('lang', ['zh-Hant', 'zh-Hans'])
def test_chinese_pages_have_real_glyphs_and_do_not_overflow_on_a_phone(content, server, page, lang):
    for query in ({'lang': lang}, {'lang': lang, 'change': 'who'}, parameters(content, case(content, 's06'), lang)):
        page.goto(server.url + query_string(query))
        expect(page.locator('.g-footer')).to_be_visible()
        expect(page.locator('html')).to_have_attribute('lang', lang)
        assert no_overflow(page)
        # A missing glyph is drawn as the same box for every character: two that differ prove that the font has them.
        drawn = """text => [...text].map(c => { const b = document.createElement('canvas'), x = b.getContext('2d');
            x.font = `40px ${getComputedStyle(document.querySelector('h1')).fontFamily}`;
            x.fillText(c, 5, 45); return b.toDataURL(); })"""
        first, second, missing = page.evaluate(drawn, '困难\U000f1234' if lang == 'zh-Hans' else '困難\U000f1234')
        assert len({first, second, missing}) == 3


def test_the_language_switch_keeps_place_and_answers(content, server, page):
    answers = case(content, 's06')
    half = dict(list(answers.items())[:4])
    shown = [(half, None), (half, 'who'), (answers, None)]
    for query in (parameters(content, answers, 'en', change=change) for answers, change in shown):
        page.goto(server.url + query_string(query))
        expect(page.locator('.g-footer')).to_be_visible()
        english = page.locator('h1').inner_text()
        in_language(page, 'zh-Hans')
        expect(page.locator('html')).to_have_attribute('lang', 'zh-Hans')
        expect(page.locator('h1')).to_have_count(1)
        expect(page.locator('h1')).not_to_have_text(english)
        assert page.url == server.url + query_string(query | {'lang': 'zh-Hans'})
        in_language(page, 'en')
        expect(page.locator('h1')).to_have_text([english])


@pytest.mark.parametrize('page', [{'locale': 'zh-HK'}], indirect=True)
def test_the_first_visit_is_in_the_language_of_the_browser_and_the_first_answer_fixes_it(server, page):
    page.goto(server.url)
    expect(page.locator('html')).to_have_attribute('lang', 'zh-Hant')
    taken_over(page)
    page.locator('.g-else a').click()
    page.locator('.g-option').first.click()
    page.locator('.g-send button').click()
    page.wait_for_url(lambda url: 'who=me' in url and 'lang=zh-Hant' in url)


def test_copying_puts_link_and_text_on_the_clipboard_and_says_so(content, server, chromium):
    with chromium.new_context(
        viewport={'width': 360, 'height': 740}, permissions=['clipboard-read', 'clipboard-write']
    ) as context:
        page = context.new_page()
        page.goto(server.url + query_string(parameters(content, case(content, 's02'), 'en')))
        keep, texts, found = sharing(page), content.ui_texts, result(content, case(content, 's02'))
        link = keep.locator('code').inner_text()
        steps, calls = found.steps[-1].say, texts.share_rest_calls
        status = keep.locator('[data-copied]')
        for name, expected in ((texts.share_copy, link), (texts.share_copy_steps, steps), (texts.share_copy_calls, calls)):
            status.evaluate("said => { said.textContent = ''; }")  # of the button before
            keep.get_by_role('button', name=name, exact=True).click()
            expect(status).to_have_text(content.ui_texts.share_copied)
            assert expected in page.evaluate('navigator.clipboard.readText()')
        assert link.startswith(server.url + '?c=')


@pytest.mark.parametrize('shares', [True, False])
def test_the_share_sheet_of_the_phone_is_offered_where_the_browser_has_one(content, server, chromium, shares):
    has = 'text => { window.sent = text; return Promise.reject(new DOMException("", "AbortError")); }' if shares else 'undefined'
    with chromium.new_context(viewport={'width': 360, 'height': 740}) as context:
        context.add_init_script(f"Object.defineProperty(navigator, 'share', {{ value: {has} }})")
        page = context.new_page()
        page.goto(server.url + query_string(parameters(content, case(content, 's06'), 'en')))
        expect(page.locator('.g-footer')).to_be_visible()
        title, link = result(content, case(content, 's06')).heading, sharing(page).locator('code').inner_text()
        for name, tells in ((content.ui_texts.share_send_steps, True), (content.ui_texts.share_send_calls, False)):
            button = page.get_by_role('button', name=name, exact=True)
            assert button.is_visible() is shares
            if shares:
                button.click()  # the reader closes the sheet again: nothing happens
                text = page.evaluate('window.sent').get('text')
                assert content.ui_texts.contacts in text and text.endswith(link)
                assert (title in text) is tells  # the sender chooses


def test_the_code_on_the_screen_opens_the_same_result_on_another_phone(content, server, page):
    page.goto(server.url + query_string(parameters(content, case(content, 's08'), 'zh-Hant')))
    link = sharing(page).locator('code').inner_text()
    page.locator('.g-qr').scroll_into_view_if_needed()
    page.wait_for_function('() => document.querySelector(".g-qr").naturalWidth')
    picture = Image.open(io.BytesIO(page.locator('.g-qr').screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(picture, QR)] == [link]


def test_a_shared_link_tells_the_receiver_and_offers_a_start_of_their_own(content, server, page):
    page.goto(server.url + query_string(parameters(content, case(content, 's02'), 'en')))
    page.goto(sharing(page).locator('code').inner_text())
    expect(page.locator('.g-received')).to_contain_text(content.ui_texts.received)
    page.get_by_role('link', name=content.ui_texts.received_mine).click()
    expect(page.get_by_role('link', name=content.ui_texts.start_without)).to_be_visible()


def read_from(path):
    """The text of each sheet of a PDF, and what the codes on all of them say; it is light, and on A4."""
    with pypdfium2.PdfDocument(path) as document:
        assert all(abs(sheet.get_width() - 595) < 2 for sheet in document)
        assert all(sheet.render().to_numpy().mean() > 225 for sheet in document)
        codes = [code.text for sheet in document for code in zxingcpp.read_barcodes(sheet.render(scale=3).to_pil(), QR)]
        return [squeezed(sheet.get_textpage().get_text_range()) for sheet in document], codes


@pytest.mark.parametrize(('name', 'lang'), sampled([('s02', 'en'), ('s06', 'zh-Hant'), ('s10', 'zh-Hans')], 3, 1))
def test_printing_makes_one_clean_document(server, chromium, name, lang, tmp_path):
    content = said(lang)
    answers = case(content, name)
    result = walk(content, answers).result
    with chromium.new_context(color_scheme='dark') as context:
        page = context.new_page()
        page.goto(server.url + query_string(parameters(content, answers, lang)))
        expect(page.locator('.g-footer')).to_be_visible()
        link = page.locator('.g-share code').text_content()
        # A browser fetches the code of the paper as it is asked to print; `pdf` takes the paper as it is until then.
        page.locator('.g-qr').evaluate("code => { code.loading = 'eager'; return code.decode(); }")
        page.pdf(path=tmp_path / 'result.pdf', prefer_css_page_size=True)
        hidden = '.g-share, .g-call, .g-languages, .g-back, .g-again, .g-why-result, .stFormSubmitButton'
        page.emulate_media(media='print')
        assert not any(box.is_visible() for box in page.locator(hidden).all())
        colours = """() => [...document.querySelectorAll('.stHtml *')].filter(e => e.checkVisibility() && e.innerText)
            .map(e => Math.max(...getComputedStyle(e).color.match(/\\d+/g).slice(0, 3)))"""
        assert max(page.evaluate(colours)) < 80  # black on white, though the screen was dark
    sheets, codes = read_from(tmp_path / 'result.pdf')
    assert 2 <= len(sheets) <= 5
    first, whole = sheets[0], ''.join(sheets)
    numbers = [channel.value for name in result.contacts for channel in content.contacts[name].channels[:1]]
    items = (*result.cannot, *result.other_limits)
    limits = [item.lines[0].say if item.lines else content.limitations[item.id].say for item in items]
    on_the_first = [result.heading, *(step.say for step in result.steps), *numbers, *limits]
    assert [text for text in on_the_first if squeezed(text) not in first] == []
    assert all(f'{number}/{len(sheets)}' in sheet for number, sheet in enumerate(sheets, 1))
    told = [line.say for item in (*result.can, *result.cannot) for line in item.lines]
    assert [text for text in told if squeezed(text) not in whole] == []  # all is open
    assert squeezed(content.ui_texts.why_result) not in whole  # but the answers
    shown = Page(content, lang, Reading(answers)).sources(result)
    sources = {content.sources[name].url for name in shown if content.sources[name].url}
    assert all(squeezed(url) in whole for url in sources)
    assert content.version in whole and '2026' in first
    assert squeezed(content.service.disclaimer) in whole and squeezed(content.ui_texts.footer) not in whole
    assert codes == [link]  # scanned from the paper, it opens this result
    assert squeezed(content.ui_texts.start_again) not in whole


def squeezed(text):
    """A text without any space or hyphen: where a PDF breaks lines is no matter."""
    return re.sub(r'[\s\u0002\ufffe-]', '', unicodedata.normalize('NFKC', text))


def test_without_javascript_every_page_works_by_itself(content, server, chromium):
    answers = case(content, 's06')
    with chromium.new_context(java_script_enabled=False, viewport={'width': 360, 'height': 740}) as context:
        page = context.new_page()
        result = to_result(content, page, server, answers)
        assert page.url.startswith(f'{server.url}?') and f'seen={result.fingerprint}' in page.url
        page.locator('.g-do summary').click()  # what comes later is folded
        text = page.locator('.g-do').inner_text()
        assert all(step.say in text for step in result.steps)
        page.locator('.g-can summary').click()
        told = page.locator('.g-can').inner_text()
        assert all(line.say in told for item in result.can for _, line in item.known)
        sharing(page)
        assert page.locator('.g-actions button:visible').count() == 0  # they would do nothing


def test_the_kept_file_opens_without_a_network(content, server, chromium, tmp_path):
    with chromium.new_context(accept_downloads=True) as context:
        page = context.new_page()
        page.goto(server.url + query_string(parameters(content, case(content, 's02'), 'en')))
        with page.expect_download() as download:
            sharing(page).get_by_role('link', name=content.ui_texts.share_keep).click()
        download.value.save_as(tmp_path / 'kept.html')
        context.set_offline(True)
        page.goto((tmp_path / 'kept.html').as_uri())
        expect(page.locator('h1')).to_have_text(walk(content, case(content, 's02')).result.heading)
        assert page.locator('a[href="tel:+8521868"]').count()
