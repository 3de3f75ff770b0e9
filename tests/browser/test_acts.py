"""What a browser does for the reader or refuses: copy, send, print, save. What is said is what happened."""

from __future__ import annotations

from urllib.parse import parse_qsl
from urllib.parse import urlsplit

import pytest

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.screens.page import Page
from guidance.screens.parts import ResultPage
from tests.support.browsing import at_result
from tests.support.browsing import case
from tests.support.browsing import drawn
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import later
from tests.support.browsing import listening
from tests.support.browsing import ready
from tests.support.browsing import said
from tests.support.browsing import sharing
from tests.support.browsing import taken_over
from tests.support.browsing import until_on

pytestmark = pytest.mark.browser

NO_CLIPBOARD = {
    'missing': 'undefined',
    'refusing': '{ writeText: () => Promise.reject(new DOMException("", "NotAllowedError")) }',
    'silent': '{ writeText: () => new Promise(() => {}) }',
}
NO_COMMAND = {'refusing': '() => false', 'throwing': '() => { throw new Error() }', 'missing': 'undefined'}


def put(page, of, name, value):
    """Let the browser have another function than its own, or none."""
    page.evaluate(f"() => {{ Object.defineProperty({of}, '{name}', {{ value: {value}, configurable: true }}); }}")


def by_hand(page):
    """What is marked in the field for the reader's own hand; it has the focus and can be seen."""
    field = page.locator('.g-by-hand')
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=0.9)
    marked = 'e => e.value.slice(e.selectionStart, e.selectionEnd)'
    return field.evaluate(marked)


@pytest.mark.parametrize('clipboard', NO_CLIPBOARD)
def test_what_was_not_copied_is_said_and_marked_for_the_hand(content, server, page, clipboard):
    at_result(content, page, server, case(content, 's02'))
    listening(page)
    keep, texts = sharing(page), content.ui_texts
    put(page, 'navigator', 'clipboard', NO_CLIPBOARD[clipboard])
    for command in NO_COMMAND if clipboard == 'missing' else ['refusing']:
        put(page, 'document', 'execCommand', NO_COMMAND[command])
        for name, expected in ((texts.share_copy_steps, texts.contacts), (texts.share_copy, keep.locator('code').inner_text())):
            keep.get_by_role('button', name=name, exact=True).click()
            expect(keep.locator('[data-copied]')).to_have_text(texts.share_not_copied)
            expect(keep.locator('[data-copied]')).to_be_in_viewport()
            page.wait_for_function('text => document.activeElement.value?.includes(text)', arg=expected)
            assert expected in by_hand(page) and keep.locator('textarea').count() == 1
    put(page, 'document', 'execCommand', '() => true')
    keep.get_by_role('button', name=texts.share_copy, exact=True).click()
    expect(keep.locator('[data-copied]')).to_have_text(texts.share_copied)
    expect(keep.locator('textarea')).to_have_count(0)


@pytest.mark.parametrize('lang', ['zh-Hant', 'zh-Hans'])
def test_a_question_says_so_too_in_the_language_of_the_page(server, page, lang):
    content = said(lang)
    page.goto(server.url + query_string(parameters(content, {'who': ('me',)}, lang)))
    listening(page)
    put(page, 'navigator', 'clipboard', 'undefined')
    put(page, 'document', 'execCommand', '() => false')
    page.locator('.g-later summary').click()
    page.get_by_role('button', name=content.ui_texts.share_copy).click()
    expect(page.locator('.g-later [data-copied]')).to_have_text(content.ui_texts.share_not_copied)
    assert by_hand(page) == page.locator('.g-later code').inner_text()


@pytest.mark.parametrize('error', ['NotAllowedError', 'DataError', 'AbortError', 'InvalidStateError'])
def test_what_was_not_sent_is_said_but_for_who_closed_the_sheet(content, server, page, error):
    page.add_init_script(f"navigator.share = () => Promise.reject(new DOMException('', '{error}'))")
    at_result(content, page, server, case(content, 's02'))
    listening(page)
    keep = sharing(page)
    keep.get_by_role('button', name=content.ui_texts.share_send_calls, exact=True).click()
    status = keep.locator('[data-copied]')
    if error in ('NotAllowedError', 'DataError'):
        expect(status).to_have_text(content.ui_texts.share_not_sent)
        assert content.ui_texts.contacts in by_hand(page)
    else:
        drawn(page)
        expect(status).to_have_text('')


@pytest.mark.usefixtures('own_context')
@pytest.mark.parametrize('prints', ['() => {}', 'undefined', None])
def test_where_nothing_was_printed_it_is_said(content, server, page, prints):
    page.clock.install()
    at_result(content, page, server, case(content, 's02'))
    listening(page)
    if prints:
        put(page, 'window', 'print', prints)
    keep = sharing(page)
    keep.get_by_role('button', name=content.ui_texts.share_print, exact=True).click()
    status = keep.locator('[data-copied]')
    if prints:
        expect(status).to_have_text(content.ui_texts.share_not_printed)
        expect(status).to_be_in_viewport()
    else:
        later(page, 1_200)  # after one second it would be said
        expect(status).to_have_text('')


def test_of_a_file_is_said_where_to_look_for_it(content, server, page):
    at_result(content, page, server, case(content, 's02'))
    listening(page)
    keep = sharing(page)
    for name in (content.ui_texts.share_keep, content.ui_texts.share_card):
        with page.expect_download():
            keep.get_by_role('link', name=name).click()
    expect(keep.locator('[data-copied]')).to_have_text(content.ui_texts.share_saved)


@pytest.mark.parametrize('leads', [ready, taken_over], ids=['first', 'full'])
def test_where_the_history_takes_no_more_a_link_loads_its_page(content, server, page, leads):
    """A browser refuses after a hundred in half a minute; a link needs no history before Streamlit is ready."""
    answers = case(content, 's06')
    before = dict(list(answers.items())[:3])
    page.goto(server.url + query_string(parameters(content, before, 'en')))
    leads(page)
    put(page, 'history', 'pushState', '() => { throw new DOMException("", "SecurityError"); }')
    page.evaluate('window.same = true')
    page.locator('.g-back a').first.click()
    heading(page, content.question[list(before)[-1]].ask.for_(before))
    assert page.evaluate('window.same') is None and given(content, page) == before


# What is counted


def test_where_it_counts_the_server_is_told_what_was_copied_and_printed(content, server, page, monkeypatch, tmp_path):
    told = []

    def count(route):
        told.append(dict(parse_qsl(urlsplit(route.request.url).query)))
        route.fulfill(status=204)

    page.route('**/count?*', count)
    at_result(content, page, server, case(content, 's02'))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    monkeypatch.setenv('GUIDANCE_COUNT', str(tmp_path))
    shown = Page.open(parse_qsl(urlsplit(page.url).query), {})
    form = shown.render('result-count.html', shown=ResultPage(shown.journey.result))
    page.locator('#main').evaluate("(main, form) => main.insertAdjacentHTML('beforeend', form)", form)
    put(page, 'navigator', 'clipboard', '{ writeText: () => Promise.resolve() }')
    sharing(page).get_by_role('button', name=content.ui_texts.share_copy, exact=True).click()
    expect(page.locator('[data-copied]')).to_have_text(content.ui_texts.share_copied)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    until_on(page, lambda: len(told) > 1)
    carried = shown.links.this_page
    assert told == [{'count': 'shared', **carried}, {'count': 'printed', **carried}]
