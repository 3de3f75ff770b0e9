"""What is said of a click that gave no answer stands where the reader looks: in view, with the focus, and in the title."""

from __future__ import annotations

import re

import pytest

from guidance.journey.query import Reading
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.screens.page import Page
from guidance.screens.titles import title_of
from guidance.screens.titles import titled
from tests.support.browsing import case
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import row
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.sampling import sampled

pytestmark = pytest.mark.browser

SMALL, BROAD = {'width': 360, 'height': 640}, {'width': 390, 'height': 664}


QUESTIONS = [('resident', BROAD), ('happened', SMALL), ('province', SMALL)]
ALL = [(name, phone, edition) for name, phone in QUESTIONS for edition in ('full', 'first', 'plain')]


@pytest.mark.parametrize(('name', 'phone', 'edition'), sampled(ALL, 2))
def test_an_error_has_the_focus_is_in_the_title_and_leads_to_the_answers(content, server, page, name, edition, phone):
    answers, question = case(content, 's06'), content.question[name]
    before = dict(list(answers.items())[: list(answers).index(name)])
    page.set_viewport_size(phone)
    page.goto(f'{server.url}{"plain" if edition == "plain" else ""}{query_string(parameters(content, before, "en"))}')
    heading(page, question.ask.for_(before))
    if edition == 'full':
        taken_over(page)
    here = Page(content, 'en', Reading(before))
    said = content.ui_texts.error_many if question.many else content.ui_texts.error_one
    title, error, entries = title_of(here, question), page.get_by_role('alert'), page.evaluate('history.length')
    expect(page).to_have_title(titled(here, title))
    for _ in range(2):  # the same sentence, asked for once more
        settled(page)
        page.get_by_role('button', name=content.ui_texts.next).click()
        expect(error).to_be_focused()
        expect(error).to_be_in_viewport(ratio=0.95)
        expect(error.get_by_role('link')).to_have_text(said)
        expect(page).to_have_title(titled(here, title, failed=True))
        page.mouse.wheel(0, 5_000)
    answer = page.locator('.g-option input').first
    expect(page.locator('fieldset')).to_have_accessible_description(re.compile(re.escape(said)))
    assert (answer if question.many else page.locator('fieldset')).get_attribute('aria-invalid') == 'true'
    expect(page.locator('.g-send')).to_contain_text(said)  # beside the button
    settled(page)
    error.get_by_role('link').click()
    expect(answer).to_be_focused()
    if edition == 'plain':
        return
    row(page, question, answers[name][0]).click()
    page.get_by_role('button', name=content.ui_texts.next).click()
    page.wait_for_function('name => !location.search.includes("asked") && location.search.includes(name)', arg=f'{name}=')
    expect(page.locator('h1')).to_be_focused()
    after = Page(content, 'en', Reading(given(content, page)))
    expect(page).to_have_title(titled(after, title_of(after, after.journey.next or after.journey)))
    assert page.locator('.g-wrong, [aria-invalid]').count() == 0
    if edition == 'full':
        assert page.evaluate('history.length') == entries + 1, 'an answer is one entry, what is none is no entry'


def test_a_result_and_the_start_page_have_titles_that_tell_nothing(content, server, page):
    name = content.service.name
    result = query_string(parameters(content, case(content, 's06'), 'en'))
    for query, title in (('', content.ui_texts.start_title), (result, None)):
        page.goto(server.url + query)
        expect(page).to_have_title(f'{title or content.ui_texts.do_now} – {name}')
