"""A code typed in, on the page that the server drew and on the one that Streamlit did."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from guidance.journey.code import code
from guidance.journey.code import grouped
from tests.support.browsing import case
from tests.support.browsing import heading
from tests.support.browsing import said
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.shipped import SHIPPED

pytestmark = pytest.mark.browser


def test_a_code_is_typed_in_on_either_page_and_the_language_stays(server, page):
    texts, content = said('zh-Hans').ui_texts, SHIPPED.content
    made = code(content, case(content, 's06'))
    page.goto(f'{server.url}?lang=zh-Hans')
    field = page.get_by_label(texts.code_label)
    settled(page)  # a page that just came takes nothing
    field.fill('k4t 82w9')
    field.press('Enter')
    expect(page.get_by_text(texts.notice_code)).to_be_visible()
    expect(field).to_have_value('k4t 82w9')
    assert field.bounding_box()['y'] < page.get_by_role('heading', level=1).bounding_box()['y']
    taken_over(page)
    page.locator('.g-name').click()
    expect(page.get_by_text(texts.notice_code)).to_have_count(0)  # the next page, which has the same heading
    heading(page, texts.start_title)
    expect(page.locator('#first')).to_have_count(0)  # it is Streamlit's page now
    settled(page)
    field.fill(grouped(made).lower())
    field.press('Enter')
    expect(page.locator('.g-received')).to_contain_text(texts.received)
    expect(page.locator('.g-code b')).to_have_text(grouped(made))
    assert page.url.startswith(f'{server.url}?c=') and 'custody' not in page.url
