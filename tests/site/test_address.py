"""The address of the wizard: the one that the browser used, if somebody named it, and none in any doubt."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

import wizard
from guidance.screens.routes import routes
from guidance.screens.site.address import wizard_url_of
from tests.support.asgi import Client
from tests.support.plain import CASES
from tests.support.plain import CONTENT
from tests.support.plain import HOST
from tests.support.plain import Html
from tests.support.plain import page
from tests.support.plain import query


@pytest.fixture(scope='module')
def client():
    return Client(wizard.app)


def wizard_url(headers=(), path='/plain', root_path='', scheme='http'):
    raw = [(name.lower().encode(), value.encode('latin-1')) for name, value in dict(headers).items()]
    return wizard_url_of(Request({'type': 'http', 'path': path, 'root_path': root_path, 'scheme': scheme, 'headers': raw}))


PROXY = {'Host': 'inner:8501', 'X-Forwarded-Host': 'help.example', 'X-Forwarded-Proto': 'https'}


@pytest.mark.parametrize(
    ('given', 'expected'),
    [
        ({'headers': {'Host': 'localhost:8501'}}, 'http://localhost:8501/'),
        ({'headers': {'Host': '[::1]:8501'}}, 'http://[::1]:8501/'),
        ({'headers': {'Host': '127.3.2.1'}, 'scheme': 'https'}, 'https://127.3.2.1/'),
        ({'headers': {'Host': 'localhost'}, 'path': '/base/keep'}, 'http://localhost/base/'),
        ({'headers': {'Host': 'localhost'}, 'path': '/help/plain', 'root_path': '/help'}, 'http://localhost/help/'),
        ({'headers': {'Host': 'localhost'}, 'path': '/plain', 'root_path': '/help'}, 'http://localhost/help/'),
        ({'headers': {'Host': 'help.example'}}, ''),  # a name that nobody named
        ({'headers': {'Host': '10.0.0.1:8501'}}, ''),
        ({'headers': {'Host': 'localhost.evil.example'}}, ''),
        ({'headers': {'Host': 'localhost'}, 'path': f'/{"a" * 200}/keep'}, ''),
        ({'headers': PROXY}, 'https://help.example/'),
        ({'headers': PROXY | {'X-Forwarded-Host': 'first.example, second.example'}}, 'https://first.example/'),
        ({'headers': PROXY | {'X-Forwarded-Prefix': '/help/'}}, 'https://help.example/help/'),
        ({'headers': PROXY | {'X-Forwarded-Prefix': '/help'}, 'path': '/base/plain'}, 'https://help.example/help/base/'),
        (
            {'headers': PROXY | {'X-Forwarded-Prefix': '/help'}, 'path': '/help/plain', 'root_path': '/help'},
            'https://help.example/help/',
        ),
    ],
)
def test_the_address_is_the_one_that_the_browser_used(given, expected):
    assert wizard_url(**given) == expected


BAD_HOSTS = ['', '"><script>alert(1)</script>', 'a b', 'a/b', 'user@evil.example', 'a?b', 'a#b', 'é.example', "a'b", 'a:port',
             'a' * 300]  # fmt: skip


@pytest.mark.parametrize('host', BAD_HOSTS, ids=range(len(BAD_HOSTS)))
def test_a_host_that_is_none_makes_no_link_and_no_markup(client, host):
    assert wizard_url({'Host': host}) == ''
    assert wizard_url({'Host': 'localhost', 'X-Forwarded-Host': host}) == ('' if host else 'http://localhost/')
    for path in ('plain', 'keep'):
        html = client.get(f'/{path}{query(CASES["s02"])}', {'X-Forwarded-Host': host, 'X-Forwarded-Proto': 'https'}).text
        assert 'alert' not in html and 'evil' not in html and 'https://a' not in html
        assert CONTENT.ui_texts.do_now in html
    assert not [href for href in Html(html).links if href.startswith('?')], 'a file has no relative links'
    assert not Html(html).all('img')


@pytest.mark.parametrize(
    'headers',
    [{'X-Forwarded-Proto': 'javascript'}, {'X-Forwarded-Proto': 'http://x'}, {'X-Forwarded-Prefix': '/"><b>'},
     {'X-Forwarded-Prefix': '//evil'}, {'X-Forwarded-Prefix': 'evil'}],
)  # fmt: skip
def test_a_forwarded_header_that_is_none_makes_no_link(headers):
    assert wizard_url({'Host': 'localhost'} | headers) == ''


def test_a_configured_address_overrides_what_the_browser_used(client, monkeypatch):
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://public.example/help')
    assert wizard_url({'Host': '"><b>'}) == 'https://public.example/help/'
    assert 'https://public.example/help/?c=' in page(client, f'/keep{query(CASES["s02"])}')


def test_routes_lie_beside_the_pages_below_a_base_path():
    client = Client(Starlette(routes=routes('/base/')))
    assert [client.get(path, HOST).status_code for path in ('/base/plain', '/plain', '/status')] == [200, 404, 200]
    assert 'http://help.example/base/?c=' in client.get(f'/base/plain{query(CASES["s02"])}', HOST).text
