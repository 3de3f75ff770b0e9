"""What is said of a click that gave no answer stands where the reader looks: in view, with the focus, and in the title."""

from __future__ import annotations

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
from tests.support.browsing import taken_over
from tests.support.sampling import sampled

pytestmark = pytest.mark.browser

SMALL, BROAD = {'width': 360, 'height': 640}, {'width': 390, 'height': 664}


QUESTIONS = [('resident', BROAD), ('happened', SMALL), ('custody-stage', BROAD), ('province', SMALL), ('province', BROAD)]
ALL = [(name, phone, edition) for name, phone in QUESTIONS for edition in ('full', 'first', 'plain')]


@pytest.mark.parametrize(('name', 'phone', 'edition'), sampled(ALL, 2))
def test_an_error_is_in_view_with_the_focus_and_in_the_title(content, server, page, name, edition, phone):
    answers, question = case(content, 's06'), content.question[name]
    before = dict(list(answers.items())[: list(answers).index(name)])
    page.set_viewport_size(phone)
    page.goto(f'{server.url}{"plain" if edition == "plain" else ""}{query_string(parameters(content, before, "en"))}')
    heading(page, question.ask.for_(before))
    if edition == 'full':
        taken_over(page)
    here = Page(content, 'en', Reading(before))
    title, error = title_of(here, question), page.get_by_role('alert')
    expect(page).to_have_title(titled(here, title))
    for _ in range(2):  # the same sentence, asked for once more
        page.get_by_role('button', name=content.ui_texts.next).click()
        expect(error).to_be_focused()
        expect(error).to_be_in_viewport(ratio=0.95)
        expect(error).to_have_text(content.ui_texts.error_many if question.many else content.ui_texts.error_one)
        expect(page).to_have_title(titled(here, title, failed=True))
        page.mouse.wheel(0, 5_000)
    described = page.locator('.stForm [type=checkbox], .stForm [role=radiogroup], fieldset').first
    assert described.get_attribute('aria-describedby') == error.get_attribute('id') == 'error'
    if edition == 'full':
        row(page, question, answers[name][0]).click()
        page.get_by_role('button', name=content.ui_texts.next).click()
        page.wait_for_url(lambda url: f'{name}=' in url)
        after = Page(content, 'en', Reading(given(content, page)))
        expect(page).to_have_title(titled(after, title_of(after, after.journey.next or after.journey)))
        expect(page.locator('h1')).to_be_focused()
        assert page.locator('[aria-describedby=error], [aria-invalid]').count() == 0


def test_a_result_and_the_start_page_have_titles_that_tell_nothing(content, server, page):
    name = content.service.name
    result = query_string(parameters(content, case(content, 's06'), 'en'))
    for query, title in (('', content.ui_texts.start_title), (result, None)):
        page.goto(server.url + query)
        expect(page).to_have_title(f'{title or content.ui_texts.do_now} – {name}')
