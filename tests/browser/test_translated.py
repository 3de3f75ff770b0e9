"""A page that the browser translates, and a page whose language is changed."""

from __future__ import annotations

import pytest

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from tests.support.browsing import case
from tests.support.browsing import expect
from tests.support.browsing import heading
from tests.support.browsing import in_language
from tests.support.browsing import said
from tests.support.browsing import taken_over
from tests.support.sampling import sampled

pytestmark = pytest.mark.browser

TRANSLATE = """() => { const walk = document.createTreeWalker(document.querySelector('.stMain'), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) if (walk.currentNode.data.trim()) texts.push(walk.currentNode);
    for (const text of texts) { const outer = document.createElement('font'), inner = document.createElement('font');
        inner.textContent = `Traduit ${text.data}`; outer.append(inner); text.replaceWith(outer); } }"""
"""What a browser that translates does to a page: it puts two elements of its own around each text."""


ALL = [('happened', True), ('happened', False), ('custody-kind', True), ('custody-kind', False)]


@pytest.mark.parametrize(('name', 'translated'), sampled(ALL, 3))
def test_after_a_change_of_language_all_words_are_of_the_new_one_and_what_was_chosen_is_chosen(
    content, server, page, name, translated
):
    answers, other = case(content, 's06'), said('zh-Hant')
    before = dict(list(answers.items())[: list(answers).index(name)])
    page.goto(server.url + query_string(parameters(content, before, 'en')))
    heading(page, content.question[name].ask.for_(before))
    taken_over(page)
    page.locator('#root .g-option').nth(1).click()
    expect(page.locator('#root .g-option input').nth(1)).to_be_checked()
    if translated:
        page.evaluate(TRANSLATE)
        expect(page.locator('h1')).to_contain_text('Traduit')
    in_language(page, 'zh-Hant')
    heading(page, other.question[name].ask.for_(before))
    options = [f'{o.label}\n{o.hint}' if o.hint else o.label for o in other.question[name].options]
    expect(page.locator('#root .g-option')).to_have_text([option.replace('\n', ' ') for option in options])
    expect(page.locator('#root .g-option input').nth(1)).to_be_checked()
    expect(page.locator('#root .g-option input:checked')).to_have_count(1)
    expect(page.locator('.stMain')).not_to_contain_text('Traduit')
