"""A browser has all it needs through the doors that are open, and is told nothing of the server."""

from __future__ import annotations

import re
import sys
from urllib.parse import urlsplit

import pytest
import streamlit

from tests.support.browsing import case
from tests.support.browsing import expect
from tests.support.browsing import taken_over
from tests.support.browsing import to_result
from tests.support.browsing import until_on
from tests.support.paths import ROOT

pytestmark = pytest.mark.browser


def recorded(page):
    """What is asked for and answered from now on: the paths with their status, and every frame that came."""
    asked, frames = {}, []
    page.on('response', lambda answer: asked.setdefault(urlsplit(answer.url).path, set()).add(answer.status))
    page.on('websocket', lambda opened: opened.on('framereceived', lambda frame: frames.append(frame)))
    return asked, frames


@pytest.mark.usefixtures('own_context')
def test_a_visit_needs_only_what_is_open_sets_no_cookie_and_learns_nothing_of_the_server(server, page, content):
    asked, frames = recorded(page)
    to_result(content, page, server, case(content, 's06'))
    if page.locator('#first').count():  # on a slow machine the server has drawn every page so far
        taken_over(page)
    page.goto(f'{server.url}training')
    expect(page.locator('.g-cases')).to_be_visible()
    page.goto(f'{server.url}training?mode=table&lang=en')
    expect(page.locator('textarea')).to_be_visible()
    # There the server answers a form, too, before Streamlit is ready: it leads on to the next page.
    right = {path: {200, 303, 304} if path == '/' else {200, 304} for path in asked}
    assert {path: found for path, found in asked.items() if not found <= right[path]} == {}
    others = {path for path in asked if not path.startswith('/static/')}
    assert others == {'/', '/training', '/_stcore/health', '/_stcore/host-config'}
    assert page.context.cookies() == []
    told = b''.join(frame if isinstance(frame, bytes) else frame.encode() for frame in frames)
    assert len(told) > 10_000
    for secret in (str(ROOT), '.'.join(map(str, sys.version_info)), sys.platform, 'installation'):
        assert secret.encode() not in told
    assert streamlit.__version__.encode() in told


def test_back_finds_a_page_that_was_not_kept(server, page, content):
    page.goto(f'{server.url}plain?who=me&lang=en')
    first = page.locator('h1').inner_text()
    page.locator('input[type=radio]').first.check()
    page.get_by_role('button', name=content.ui_texts.next).click()
    expect(page.locator('h1')).not_to_have_text(first)
    page.go_back()
    expect(page.locator('h1')).to_have_text(first)


def test_a_page_can_speak_to_no_other_host(server, page):
    """Not over a WebSocket either, which the policy once allowed to everywhere."""
    page.goto(f'{server.url}?lang=en')
    expect(page.locator('.g-footer')).to_be_visible()
    page.evaluate(
        """() => {
             document.addEventListener('securitypolicyviolation',
                 event => { if (event.blockedURI.startsWith('ws:')) window.blocked = event.violatedDirective; });
             try { new WebSocket('ws://127.0.0.2:9/'); } catch { }
           }"""
    )
    assert page.wait_for_function('() => window.blocked').json_value() == 'connect-src'
    until_on(page, lambda: page.faults)  # the console tells of it, too
    assert [fault for fault in page.faults if not re.search('127.0.0.2', fault)] == []
    page.faults.clear()
