"""A draft beside what is served: for staff, where the desk is open, and for nobody else."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from starlette.applications import Starlette

from guidance.screens import preview
from guidance.screens.plain import desk as desk_page
from guidance.screens.plain.plain import POLICY
from guidance.screens.routes import middleware
from guidance.screens.routes import routes
from guidance.serving import counters
from guidance.serving.store import is_preview
from tests.support.asgi import Client
from tests.support.publications import name_it
from tests.support.waiting import until

PLAIN = '/desk/preview/plain'


@pytest.fixture
def draft(editions, serving, monkeypatch):
    """A draft that is called Draft, beside a published folder with the edition before it, which is served."""
    draft, live = editions(1)
    name_it(draft, 'Draft')
    serving(live)
    monkeypatch.setenv('GUIDANCE_DRAFT', str(draft))
    yield draft
    preview.store_of.cache_clear()  # else each would be watched to the end of all tests


@pytest.fixture
def client(draft, monkeypatch):
    monkeypatch.setenv('GUIDANCE_DESK', 'on')
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://help.example/')
    return client_of()


def client_of():
    """The wizard as it is put together with the settings of now."""
    own = routes('')
    return Client(Starlette(routes=own, middleware=middleware(own)))


def names(text):
    """The names of the services that a page has: of the draft, and of what is served."""
    return {name for name in ('Draft', 'Island') if f'>{name}</a>' in text}


def test_the_draft_stands_beside_what_is_served_with_a_banner(client):
    text = client.get(f'{PLAIN}?lang=en').text
    assert names(text) == {'Draft'} and 'This is a draft. Visitors do not see it.' in text
    live = re.search(r'href="([^"]*)"[^>]*>The same page as visitors see it', text)[1]
    assert urljoin(f'{PLAIN}?lang=en', live) == '/plain?lang=en'
    for address in ('/', '/plain', '/plain?lang=en'):
        text = client.get(address).text
        assert names(text) == {'Island'} and 'draft' not in text
    assert not is_preview()


def test_one_walks_through_the_draft_to_its_result_and_nothing_is_counted_nor_shared(client, monkeypatch):
    monkeypatch.setenv('GUIDANCE_COUNT', 'on')
    monkeypatch.setattr(counters, '_every', {})
    address = '/desk/preview'
    for _ in range(12):
        answer = client.get(address)
        if answer.status_code == 303:
            address = urljoin(address, answer.headers['location'])
            assert address.startswith('/desk/preview/plain')
            continue
        assert 'This is a draft' in answer.text
        if 'data-step="result"' in answer.text:
            break
        if 'data-step="start"' in answer.text:
            question = _store().content().questions[0]
            address = f'{PLAIN}?{question.id}={question.options[0].id}&asked={question.id}&lang=en'
        else:
            question = _store().content().question[re.search('data-step="([^"]*)"', answer.text)[1]]
            address += f'&{question.id}={question.options[-1].id}'
    assert 'data-step="result"' in answer.text
    assert 'help.example' not in answer.text and 'help.example' in client.get(address.replace('/desk/preview', '')).text
    assert counters.counted() == {}
    kept = client.get(address.replace('plain?', 'keep?'))
    assert kept.status_code == 200 and 'This is a draft' in kept.text


def _store():
    return preview.store_of(preview.draft_folder())


@pytest.mark.parametrize('name', ['', '/', '/plain', '/plain?lang=en', '/keep', '/qr?lang=en'])
def test_nobody_else_keeps_or_finds_it(client, name):
    answer = client.get(f'/desk/preview{name}')
    assert answer.status_code in (200, 303, 404)
    assert answer.headers['cache-control'] == 'private, no-store' and answer.headers['x-robots-tag'] == 'noindex'
    assert 'etag' not in answer.headers


@pytest.mark.server  # it watches the disk, and looks through all that there is for what is given up
def test_a_draft_that_breaks_is_shown_as_it_was_before_with_the_reason(client, draft):
    assert names(client.get(PLAIN).text) == {'Draft'}
    (draft / 'flows/hut.yaml').write_text('title: no\n')
    until(lambda: 'flows/hut.yaml:1:8' in client.get(PLAIN).text)
    text = client.get(PLAIN).text
    assert names(text) == {'Draft'} and 'What was saved last in the draft cannot be shown.' in text


def test_a_draft_that_was_never_whole_is_told_and_what_is_served_goes_on(client, draft):
    (draft / 'flows/hut.yaml').write_text('title: no\n')
    answer = client.get(PLAIN)
    assert answer.status_code == 503 and 'flows/hut.yaml:1:8' in answer.text
    assert names(client.get('/plain').text) == {'Island'}


def test_the_desk_has_the_draft_beside_what_is_served_and_only_that_page_may_have_others_in_it(client):
    first = client.get('/desk?lang=en')
    assert 'href="desk?show=draft&amp;lang=en"' in first.text and 'frame-src' not in first.headers['content-security-policy']
    both = client.get('/desk?show=draft&lang=en')
    assert both.headers['content-security-policy'] == f"{POLICY}; frame-src 'self'"
    shown = re.findall('<iframe src="([^"]*)"', both.text)
    assert shown == re.findall('<h2><a href="([^"]*)"', both.text) == ['desk/preview/plain?lang=en', 'plain?lang=en']
    for address, name in zip(shown, ('Draft', 'Island'), strict=True):
        page = client.get(f'/{address}')
        assert names(page.text) == {name} and "frame-ancestors 'self'" in page.headers['content-security-policy']


@pytest.mark.server  # it watches the disk, and looks through all that there is for what is given up
def test_the_desk_tells_what_the_draft_changes_and_counts_again_only_when_it_is_another(client, draft, monkeypatch):
    address = '/desk?show=draft_changes&lang=en'
    answer = client.get(address)
    assert (answer.status_code, answer.headers['content-security-policy']) == (200, POLICY)
    assert 'What changes from what is served to the draft' in answer.text and 'Draft' in answer.text
    with monkeypatch.context() as patched:
        patched.setattr(desk_page, 'difference', None)
        assert client.get(address).text == answer.text
    name_it(draft, 'Another')
    until(lambda: 'Another' in client.get(address).text)


def test_a_draft_that_was_never_whole_cannot_be_compared(client, draft):
    (draft / 'flows/hut.yaml').write_text('title: no\n')
    answer = client.get('/desk?show=draft_changes&lang=en')
    assert answer.status_code == 503 and 'flows/hut.yaml:1:8' in answer.text


@pytest.mark.parametrize('desk', ['', 'off'])
def test_without_the_desk_there_is_none(draft, monkeypatch, desk):
    monkeypatch.setenv('GUIDANCE_DESK', desk)
    for name in ('', '/', '/plain', '/keep', '/qr'):
        answer = client_of().get(f'/desk/preview{name}')
        assert answer.status_code in (301, 404) and 'Draft' not in answer.text, name


def test_with_the_desk_and_without_a_draft_there_is_none(client, monkeypatch):
    monkeypatch.delenv('GUIDANCE_DRAFT')
    assert client_of().get(PLAIN).status_code == 404
