"""Nothing that a real browser sends in a whole session is refused, or near a limit. `pytest -s` shows the table."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from guidance.screens.site.messages import LIMITS
from guidance.screens.site.messages import QUERY
from guidance.screens.site.messages import admitted
from guidance.screens.site.messages import measured
from guidance.training.record import Record
from guidance.training.record import fingerprint
from guidance.training.table import MAX_TEXT
from tests.support.browsing import case
from tests.support.browsing import choose
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import idle
from tests.support.browsing import in_language
from tests.support.browsing import listening
from tests.support.browsing import taken_over
from tests.support.browsing import until_on
from tests.support.wire import Wire

pytestmark = pytest.mark.browser


@pytest.fixture
def wire(page):
    return Wire(page)


def broken(page, wire):
    """Break the connection, and wait until the page is connected again and has what it asks for then."""
    lines = len(wire.lines)
    wire.cut()
    until_on(page, lambda: len(wire.lines) > lines)
    idle(page)


def records(content, server, number):
    """Links of finished cases, as a trainer pastes them."""
    seen = fingerprint(content, content.cases['s06'])
    made = (Record(case='s06', mode='assess', label=f'T{n}', done=True).parameters() for n in range(number))
    answers = case(content, 's06')
    return [f'{server.url}training{query_string(parameters(content, answers, "en", seen=seen, more=more))}' for more in made]


def largest(sent):
    """The most that any of these messages has of all that is limited."""
    most = {'message': max(map(len, sent)), 'query_string': 0}
    for message in sent:
        drawn = BackMsg.FromString(message).rerun_script
        for name, number in {**measured(drawn), 'query_string': len(drawn.query_string)}.items():
            most[name] = max(most.get(name, 0), number)
    return most


def test_nothing_of_a_whole_session_is_refused_or_near_a_limit(content, server, page, wire):
    answers, words = case(content, 's06'), content.training.words
    page.goto(f'{server.url}?lang=en')
    taken_over(page)
    page.get_by_role('link', name=content.ui_texts.start_without).click()
    choose(content, page, answers)
    broken(page, wire)
    while walk(content, given(content, page)).next:
        choose(content, page, answers)
    title = walk(content, given(content, page)).result.heading
    heading(page, title)
    page.go_back()
    heading(page, content.question[list(answers)[-1]].ask.for_(answers))
    page.go_forward()
    heading(page, title)
    in_language(page, 'zh-Hant')
    expect(page.locator('html')).to_have_attribute('lang', 'zh-Hant')
    page.reload()
    taken_over(page)
    page.goto(f'{server.url}training?mode=table&lang=en')
    page.get_by_label(words.table_paste).fill('\n'.join(records(content, server, 30)))
    page.get_by_role('button', name=words.table_show).click()
    expect(page.locator('.g-records tbody').first.locator('tr')).to_have_count(30)
    page.goto(f'{server.url}training?case=s06&mode=show&lang=en')
    taken_over(page)
    for _ in range(30):  # somebody holds the key down
        page.keyboard.press('ArrowRight')
    page.wait_for_url(lambda url: 'step=' in url)
    expect(page.locator('h1')).to_be_focused()
    idle(page)
    assert wire.codes == [] and len(wire.lines) >= 5 and len(wire.sent) > 30
    assert [admitted(message) for message in wire.sent] == wire.sent
    limits = LIMITS | {'query_string': QUERY}
    for name, number in largest(wire.sent).items():
        print(f'\n  {name:22} {number:>7,} of {limits[name]:>9,}: {number / limits[name] if limits[name] else 0:.1%}', end='')
        assert number <= limits[name] / 4


def test_a_longer_text_than_the_table_takes_is_cut_and_the_page_says_so(content, server, page, wire):
    words = content.training.words
    page.goto(f'{server.url}training?mode=table&lang=en')
    listening(page)
    page.get_by_label(words.table_paste).focus()
    page.keyboard.insert_text(' '.join([*records(content, server, 3), 'x' * MAX_TEXT]))
    assert len(page.get_by_label(words.table_paste).input_value()) == MAX_TEXT
    page.get_by_role('button', name=words.table_show).click()
    expect(page.get_by_text(words.table_cut)).to_be_visible()
    rows = page.locator('.g-records tbody').first.locator('tr')
    expect(rows).to_have_count(3)
    in_language(page, 'zh-Hant')
    expect(page.locator('html')).to_have_attribute('lang', 'zh-Hant')
    expect(rows).to_have_count(0)  # the server has forgotten the text, and the browser has not
    page.locator('.stFormSubmitButton button').click()
    expect(rows).to_have_count(3)
    broken(page, wire)
    expect(rows).to_have_count(3)
    assert wire.codes == [] and max(map(len, wire.sent)) < LIMITS['message'] / 4
