"""What a reader meets whose line is slow, breaks or comes back: no answer is lost, changed or made up."""

from __future__ import annotations

import pytest

from guidance.journey.walk import walk
from tests.support.browsing import at
from tests.support.browsing import at_once
from tests.support.browsing import centre
from tests.support.browsing import chosen
from tests.support.browsing import drawn
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import idle
from tests.support.browsing import later
from tests.support.browsing import led_on
from tests.support.browsing import row
from tests.support.browsing import taken_over
from tests.support.browsing import until_on
from tests.support.wire import Wire
from tests.support.wire import away

pytestmark = pytest.mark.browser


SEEN = """[seen('h1').map(each => each.innerText).join(), seen('.g-option').map(each => each.innerText.split('\\n')[0]),
    seen('.g-send button').length]"""
"""The heading, the options and how many buttons there are."""


def test_nothing_can_be_answered_to_the_page_before(content, server, page):
    """A page came in pieces once: below the new heading stood the options of the question before, and took answers."""
    wire = Wire(page)
    before, _, answers, button = at(content, server, page, 'asker-place')
    after = content.question['person-place']

    def shown(question):
        return [question.ask.for_(answers), [option.label for option in question.options], 1]

    row(page, before, answers[before.id][0]).click()
    wire.holds = True
    button.click()
    seen = []

    def all_came():
        if wire.pieces:
            wire.send(wire.pieces.pop(0))
        drawn(page)
        seen.append(at_once(page, SEEN))
        return seen[-1] == shown(after)

    until_on(page, all_came)
    assert [state for number, state in enumerate(seen) if state not in seen[:number]] == [shown(before), shown(after)]


def connected(page):
    expect(page.locator('[data-test-connection-state=CONNECTED]')).to_have_count(1)


@pytest.mark.parametrize(('name', 'taps', 'left'), [('happened', (0, 1, 2, 1), (0, 2)), ('resident', (1, 0), (0,))])
def test_what_is_chosen_and_sent_while_the_page_connects_again_is_chosen_and_sent(content, server, page, name, taps, left):
    """Streamlit takes nothing then; what is sent is sent when it does."""
    wire = Wire(page)
    question, before, _, button = at(content, server, page, name)
    wire.away = True
    wire.cut()
    away(page)
    for number in taps:
        page.mouse.click(*centre(row(page, question, question.options[number].id)))
    assert chosen(page) == {question.options[number].id for number in left}
    button.click()
    wire.away = False
    connected(page)
    after = before | {name: tuple(question.options[number].id for number in left)}
    heading(page, walk(content, after).next.ask.for_(after))
    assert given(content, page) == after
    page.faults[:] = [fault for fault in page.faults if 'when disconnected from server' not in fault]  # Streamlit's own note


@pytest.mark.parametrize(('came', 'finished'), [(None, False), (0, False), (0, True), (1, True)])
def test_a_click_whose_answer_was_cut_off_leads_on_when_the_page_connects_again(content, server, page, came, finished):
    """`came` parts of the next page came before. If the server also said that it was finished, Streamlit takes away the rest."""
    wire = Wire(page)
    question, before, answers, button = at(content, server, page, 'happened')
    row(page, question, answers[question.id][0]).click()
    wire.holds = True
    button.click()
    until_on(page, lambda: 'script_finished' in wire.kinds)  # the server seems slow, not away
    end = wire.kinds.index('script_finished')
    begun = 0 if came is None else wire.kinds.index('delta') + came
    for piece in wire.pieces[:begun] + (wire.pieces[end:] if finished else []):
        wire.send(piece)
    if finished and not came:
        expect(page.locator('.g-footer')).to_have_count(0)
    drawn(page)  # what came, before it is cut
    wire.cut()
    led_on(page, question.id)
    after = before | {question.id: answers[question.id]}
    assert given(content, page) == after
    heading(page, walk(content, after).next.ask.for_(after))
    expect(page.locator('#root .g-form')).to_be_visible()
    until_on(page, lambda: len(wire.lines) == 2)
    idle(page)
    assert page.get_by_role('alert').count() == 0


@pytest.mark.parametrize('name', ['happened', 'custody-kind'])
def test_a_choice_that_was_not_sent_outlives_a_form_that_is_taken_away_and_drawn_again(content, server, page, name):
    """When a run of the server ends before its page is whole, Streamlit takes the rest of the page away."""
    wire = Wire(page)
    question, before, _, button = at(content, server, page, name)
    row(page, question, question.options[1].id).click()
    expect(page.locator('#root .g-option input').nth(1)).to_be_checked()
    wire.holds = True
    page.locator('html').evaluate("() => dispatchEvent(new PopStateEvent('popstate', { state: {} }))")
    until_on(page, lambda: 'script_finished' in wire.kinds)
    for piece in wire.pieces[: wire.kinds.index('ref_hash')] + wire.pieces[wire.kinds.index('script_finished') :]:
        wire.send(piece)
    expect(page.locator('#root .g-form')).to_have_count(0)
    wire.cut()
    expect(page.locator('#root .g-option input').nth(1)).to_be_checked()
    expect(page.locator('#root .g-option input:checked')).to_have_count(1)
    button.click()
    led_on(page, name)
    assert given(content, page) == before | {name: (question.options[1].id,)}


@pytest.mark.usefixtures('own_context')
def test_who_goes_back_while_a_click_is_not_answered_gets_the_page_before(content, server, page):
    page.clock.install()
    wire = Wire(page)
    question, before, answers, button = at(content, server, page, 'happened')
    row(page, question, answers[question.id][0]).click()
    wire.away = wire.loses = True
    button.click()
    wire.cut()
    away(page)
    page.locator('.g-back a').first.click()
    earlier, wanted = content.question[list(before)[-1]], page.url
    wire.away = False
    heading(page, earlier.ask.for_(before))
    later(page, 500)
    assert page.url == wanted and given(content, page) == before
    page.faults[:] = [fault for fault in page.faults if 'when disconnected from server' not in fault]  # Streamlit's own note


@pytest.mark.usefixtures('own_context')
@pytest.mark.parametrize('press', ['right', 'dragged'])
def test_continue_is_not_done_for_who_did_not_click_it(content, server, page, press):
    page.clock.install()
    wire = Wire(page)
    question, before, answers, button = at(content, server, page, 'happened')
    row(page, question, answers[question.id][0]).click()
    if press == 'right':
        button.click(button='right')
    else:
        page.set_viewport_size({'width': 360, 'height': 740})  # where this was taken for a click
        button.scroll_into_view_if_needed()
        page.mouse.move(*centre(page.locator('#root .g-option').last))
        page.mouse.down()
        page.mouse.move(*centre(button), steps=4)
        page.mouse.up()
        later(page, 1_200)  # for a second it counts as a click
    wire.away = True  # until it is seen: the page would connect again at once
    wire.cut()
    away(page)
    wire.away = False
    connected(page)
    later(page, 500)
    assert given(content, page) == before


def test_a_line_that_breaks_before_streamlit_takes_over_does_no_harm(content, server, page):
    wire = Wire(page)
    page.goto(server.url)
    page.wait_for_function('() => window.guidance.ready()')
    wire.cut()
    until_on(page, lambda: len(wire.lines) == 2)
    taken_over(page)
    assert wire.runs == 2  # this page, drawn unseen, and the one that was asked for
    expect(page.get_by_role('link', name=content.ui_texts.start_without)).to_be_visible()
