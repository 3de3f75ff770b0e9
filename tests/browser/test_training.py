"""Training in a real browser, as a trainee on a phone and a trainer before a class use it."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from guidance.training.record import Record
from guidance.training.record import fingerprint
from tests.support.browsing import Server
from tests.support.browsing import case
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import idle
from tests.support.browsing import in_language
from tests.support.browsing import led_on
from tests.support.browsing import listening
from tests.support.browsing import no_overflow
from tests.support.browsing import row
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.browsing import until_on
from tests.support.wire import Wire

pytestmark = pytest.mark.browser


def opened(page, server, content, answers=None, lang='en', **record):
    """Open a training page by its address."""
    made = parameters(content, answers or {}, lang, more=Record(**record).parameters())
    page.goto(f'{server.url}training{query_string(made)}')
    expect(page.locator('.g-footer')).to_have_count(1)  # two, where Streamlit takes over by itself, and this may see both
    listening(page)


def choose(content, page, chosen):
    """Answer the question that stands there, and wait for the next page."""
    question = walk(content, given(content, page)).next
    heading(page, question.ask.for_(given(content, page)))
    settled(page)
    for option in chosen:
        row(page, question, option).click()
    page.get_by_role('button', name=content.ui_texts.next).click()
    led_on(page, question.id)


def test_a_case_is_assessed_on_a_phone_and_the_record_opens_the_same_debrief_elsewhere(content, server, page, chromium):
    words, the_case, answers = content.training.words, content.cases['s07'], case(content, 's07')
    page.goto(f'{server.url}training?lang=en')
    page.get_by_role('link', name=the_case.title).click()
    page.get_by_role('link', name=words.mode_assess_start).click()
    while walk(content, given(content, page)).next:
        choose(content, page, answers[walk(content, given(content, page)).next.id])
    heading(page, words.marks_title)
    for title in (content.assistance['enquire-case'].title, content.assistance['notify-arrest'].title):
        page.locator('.stCheckbox label', has_text=title).click()
    page.get_by_label(words.marks_label).fill('AB')
    page.get_by_role('button', name=words.marks_done).click()
    page.wait_for_url(lambda url: 'done=1' in url and 'label=AB' in url)
    expect(page.locator('.g-over').first).to_contain_text(content.assistance['notify-arrest'].title)
    idle(page)  # the debrief comes in parts, and those of the page before go last
    expect(page.locator('h1')).to_be_focused()
    assert no_overflow(page)
    score, record = page.locator('h1').inner_text(), page.locator('.g-record code').inner_text()
    assert record.startswith(server.url + 'training?case=s07&mode=assess')
    with chromium.new_context() as other:
        second = other.new_page()
        second.goto(record)
        heading(second, score)
        assert second.locator('.g-marks').all_inner_texts() == page.locator('.g-marks').all_inner_texts()
    page.get_by_role('link', name=words.to_library).last.click()
    expect(page.locator('.g-progress')).to_contain_text(words.progress_cases.format(done=1, all=len(content.cases)))


def test_a_wrong_turn_in_practice_is_told_and_can_be_taken_back_or_gone_on_with(content, server, page):
    words, answers = content.training.words, case(content, 's06')
    before = {name: answers[name] for name in list(answers)[:6]}
    opened(page, server, content, before, case='s06', mode='practise')
    choose(content, page, ('administrative',))
    heading(page, words.wrong_title)
    expect(page.get_by_text(content.cases['s06'].turns['custody-kind'].wrong['administrative'])).to_be_visible()
    page.get_by_role('link', name=words.wrong_again).click()
    heading(page, content.question['custody-kind'].ask.for_(before))
    row(page, content.question['custody-kind'], 'criminal').click()
    page.get_by_role('button', name=content.ui_texts.next).click()
    led_on(page, 'custody-kind', 'criminal')
    expect(page.locator('.g-fits')).to_be_visible()
    page.go_back()
    page.go_back()
    heading(page, words.wrong_title)
    page.get_by_role('link', name=words.wrong_on).click()
    after = before | {'custody-kind': ('administrative',)}
    heading(page, walk(content, after).next.ask.for_(after))
    assert given(content, page) == after and 'wrong=' not in page.url


def test_a_demonstration_is_led_by_the_keyboard_and_read_from_afar(content, server, chromium):
    words, the_case = content.training.words, content.cases['s01']
    with chromium.new_context(viewport={'width': 1280, 'height': 800}) as context:
        page = context.new_page()
        opened(page, server, content, case='s01', mode='show')
        taken_over(page)
        for number in range(1, len(the_case.turns) + 2):
            page.keyboard.press('ArrowRight' if number % 2 else 'PageDown')
            expect(page.get_by_text(words.show_step.format(n=number + 1, all=len(the_case.turns) + 2))).to_be_visible()
            expect(page.locator('h1')).to_be_focused()
        heading(page, words.show_end)
        page.keyboard.press('ArrowRight')
        page.keyboard.press('ArrowLeft')
        expect(page.get_by_text(words.show_step.format(n=len(the_case.turns) + 1, all=len(the_case.turns) + 2))).to_be_visible()
        assert page.locator('.g-says').evaluate("box => parseFloat(getComputedStyle(box.querySelector('p')).fontSize)") > 22


def test_the_table_of_a_class_is_shown_and_saved_as_a_file(content, server, page, tmp_path):
    words = content.training.words
    records = []
    for who, offered in (('AB', ('lawyers',)), ('CD', ('entry-permit', 'lawyers'))):
        more = Record(case='s06', mode='assess', offered=offered, label=who, done=True).parameters()
        seen = fingerprint(content, content.cases['s06'])
        query = query_string(parameters(content, case(content, 's06'), 'en', seen=seen, more=more))
        records.append(f'{server.url}training{query}')
    opened(page, server, content, mode='table')
    page.get_by_label(words.table_paste).fill('\n'.join(records))
    page.get_by_role('button', name=words.table_show).click()
    expect(page.locator('.g-records tbody').first.locator('tr')).to_have_count(2)
    assert no_overflow(page)
    with page.expect_download() as download:
        page.get_by_role('button', name=words.table_csv).click()
    expect(page.locator('.g-records [data-copied]')).to_have_text(content.ui_texts.share_saved)
    download.value.save_as(tmp_path / 'records.csv')
    rows = (tmp_path / 'records.csv').read_text(encoding='utf-8-sig').splitlines()
    assert (len(rows), rows[2].partition(',')[0]) == (3, 'CD')
    with page.expect_popup() as beside:
        page.get_by_role('link', name=content.cases['s06'].title).first.click()
    expect(beside.value.locator('.g-mode')).to_contain_text('AB')
    expect(page.locator('.g-records tbody').first.locator('tr')).to_have_count(2)  # the table is still there


@pytest.mark.parametrize('lang', ['en', 'zh-Hant', 'zh-Hans'])
def test_training_is_unmistakable_in_title_colour_and_address_in_every_language(content, server, page, lang):
    page.goto(f'{server.url}training?lang={lang}')
    expect(page.locator('.g-banner')).to_be_visible()
    assert page.locator('html').get_attribute('class').split()[0] == 'training'
    training_colour = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')")
    title = page.title()
    in_language(page, 'en' if lang != 'en' else 'zh-Hant')
    expect(page.locator('html')).not_to_have_attribute('lang', lang)
    expect(page.locator('.g-banner')).to_be_visible()
    page.locator('.g-banner a').click()
    expect(page.locator('.g-strip')).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')") != training_colour
    assert page.title() != title and 'training' not in page.url


def test_switched_off_the_training_pages_cannot_be_reached_by_any_way(content, chromium):
    server = Server(GUIDANCE_STAFF='off')
    try:
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(f'{server.url}training?case=s06')
        assert error.value.code == 404
        with chromium.new_context() as context:
            page = context.new_page()
            wire = Wire(page)
            page.goto(server.url)
            taken_over(page)
            idle(page)
            before = wire.runs
            page.evaluate("history.pushState({}, '', './training?case=s06&mode=show&step=3')")
            page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
            until_on(page, lambda: wire.runs > before)
            idle(page)
            assert content.training.words.training_banner not in page.locator('body').inner_text()
    finally:
        server.kill()
