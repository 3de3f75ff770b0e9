"""Three replicas behind nginx, as `deploy/` says: what it answers, with which headers, and what it keeps to itself.

nginx, the replicas and the browser run on this machine and speak over loopback only. Needs nginx (Debian: `nginx-light`).
"""

from __future__ import annotations

import re

import pytest

from guidance.journey.walk import walk
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import row
from tests.support.nginx import NAME
from tests.support.nginx import Front
from tests.support.nginx import ask
from tests.support.nginx import free_port
from tests.support.shipped import SHIPPED
from tests.support.visitors import no_answers_in_logs
from tests.support.visitors import opened
from tests.support.visitors import whole
from tests.support.waiting import until

FIRST = '?who=relative&asker-place=hong-kong&lang=en'

pytestmark = pytest.mark.browser


def test_the_kept_file_comes_from_every_replica_and_is_the_same(service):
    front, replicas = service
    earlier = len(front.lines('/keep'))
    files = [front.ask(f'/keep{whole("s06")}') for _ in range(9)]
    lines = front.lines('/keep', earlier + len(files))[earlier:]
    assert {words[6] for words in lines} == {f'127.0.0.1:{replica.port}' for replica in replicas}
    assert {answer.status for answer in files} == {200} and len({answer.text for answer in files}) == 1
    assert files[0].headers['content-disposition'].startswith('attachment; filename=')
    assert f'{front.url}?c=' in files[0].text


OWN = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ('path', 'method', 'status', 'policy'),
    [
        (f'/{FIRST}', 'GET', 200, "default-src 'self'; script-src 'self' 'sha256-"),
        (f'/plain{FIRST}', 'GET', 200, "default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
        (f'/keep{whole("s02")}', 'GET', 200, "default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
        (f'/nowhere{FIRST}', 'GET', 404, "default-src 'self'; script-src 'self' 'sha256-"),
        ('/status', 'GET', 200, "default-src 'none'; base-uri 'none'"),
        (f'/{FIRST}', 'POST', 413, OWN),
    ],
)
def test_every_answer_has_each_security_header_once(service, path, method, status, policy):
    more = {'Content-Length': '99999'} if method == 'POST' else {}
    answer = service[0].ask(path, method, **more)
    assert answer.status == status
    assert answer.headers.get_all('referrer-policy') == ['no-referrer']
    assert answer.headers.get_all('x-content-type-options') == ['nosniff']
    assert answer.headers.get_all('strict-transport-security') == ['max-age=31536000']
    policies = answer.headers.get_all('content-security-policy') or []
    assert [found.startswith(policy) for found in policies] == [True]
    assert answer.headers.get_all('server') == ['nginx']


def test_the_status_is_told_to_load_balancers_only(service):
    front, _ = service
    assert front.ask('/status').text == f'ok, content {SHIPPED.content.version}\n'
    assert front.ask('/status', source='127.0.0.2').status == 403
    assert front.ask('/metrics').status == 404
    assert front.ask(f'/plain{FIRST}', source='127.0.0.2').status == 200


def test_streamlits_files_come_compressed_by_the_app_and_with_the_headers(service):
    front, _ = service
    script = re.search(r'static/js/[\w.-]+\.js', front.ask('/').text)[0]
    raw = front.ask(f'/{script}', 'HEAD', Accept_Encoding='gzip')
    assert raw.headers.get_all('content-encoding') == ['gzip']
    assert 'immutable' in raw.headers['cache-control']
    assert raw.headers.get_all('referrer-policy') == ['no-referrer']
    assert raw.headers.get_all('x-content-type-options') == ['nosniff']


def test_plain_http_leads_to_the_same_place_with_tls(service):
    front, _ = service
    answer = ask(front.plain_port, f'/plain{FIRST}', tls=None, Host=NAME)
    assert (answer.status, answer.headers['location']) == (301, f'{front.url}plain{FIRST}')
    assert answer.headers.get_all('referrer-policy') == ['no-referrer']
    assert answer.headers['strict-transport-security'] is None


def test_a_page_of_another_site_may_not_use_our_web_socket(service):
    front, _ = service
    handshake = {
        'Connection': 'Upgrade',
        'Upgrade': 'websocket',
        'Sec_WebSocket_Version': '13',
        'Sec_WebSocket_Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    asked = {origin: front.ask('/_stcore/stream', Origin=origin, **handshake) for origin in ('https://evil.example', 'null')}
    assert {answer.status for answer in asked.values()} == {403}
    refused = until(lambda: [words for words in front.lines('/_stcore/stream') if words[3] == '403'][1:])
    assert {words[6] for words in refused} == {'-'}  # no replica was asked
    assert front.ask('/_stcore/stream', Origin=front.url.rstrip('/'), **handshake).status == 101


@pytest.mark.parametrize('length', [5_000, 6_500, 20_000, 30_000])
def test_an_over_long_address_opens_and_keeps_what_is_known(service, browser, length):
    front, _ = service
    with opened(browser, java_script_enabled=False) as page:
        answer = page.goto(f'{front.url}{FIRST}&x={"y" * length}')
        assert answer.status == 200
        assert given(SHIPPED.content, page) == {'who': ('relative',), 'asker-place': ('hong-kong',)}
        assert ('cut=1' in page.url) is (length > 6_000)


def test_links_have_the_public_address(service, browser):
    front, _ = service
    with opened(browser) as page:
        page.goto(front.url + whole('s06'))
        expect(page.locator('.g-footer')).to_be_visible()
        full = page.locator('.g-share code').text_content()
        page.goto(f'{front.url}plain{whole("s06")}')
        plain = page.locator('.g-share code').text_content()
    assert full == plain and full.startswith(f'{front.url}?c=')


def below(text):
    """The configuration with its own example of a sub-path in use, and nothing at the top of the site."""
    said = re.search(r'# Below a folder of another site.*\n((?: +#.*\n)+)', text)
    example = re.sub(r'^ +# ?', '', said[1], flags=re.MULTILINE)
    nothing = re.sub(r'(location (?:/|/_stcore/stream) \{\n)[^}]*\}', r'\1return 404; }', text)
    return nothing.replace(said[0], example)


def test_the_wizard_works_below_a_folder_of_another_site(service, browser, tmp_path_factory):
    front, replicas = service
    other = Front(front.folder.parent / 'below', [replica.port for replica in replicas], below)
    try:
        answer = other.ask(f'/help{FIRST}')
        assert (answer.status, answer.headers['location']) == (301, f'/help/{FIRST}')
        assert other.ask(f'/{FIRST}').status == other.ask('/help/status').status == other.ask('/help/metrics').status == 404
        with opened(browser) as page:
            english = SHIPPED.content
            page.goto(f'{other.url}help/{FIRST}')
            question = walk(english, given(english, page)).next
            heading(page, question.ask.for_(given(english, page)))
            row(page, question, question.options[0].id).click()
            page.get_by_role('button', name=english.ui_texts.next).click()
            page.wait_for_url(lambda url: url.startswith(f'{other.url}help/?who=relative&') and f'&{question.id}=' in url)
            page.goto(f'{other.url}help/{whole("s06")}')
            expect(page.locator('.g-footer')).to_be_visible()
            full = page.locator('.g-share code').text_content()
            page.goto(f'{other.url}help/plain{whole("s06")}')
            assert full == page.locator('.g-share code').text_content()
            assert full.startswith(f'{other.url}help/?c=')
        assert f'{other.url}help/?c=' in other.ask(f'/help/keep{whole("s06")}').text
    finally:
        other.end()


def test_with_all_replicas_down_nginx_names_the_help_line_and_no_answers(browser, service):
    front = Front(service[0].folder.parent / 'down', [free_port() for _ in range(3)])
    try:
        for method in ('GET', 'HEAD', 'POST'):
            answer = front.ask(f'/{FIRST}', method)
            assert answer.status == 502
            assert answer.headers.get_all('content-security-policy') == [OWN]
            assert answer.headers.get_all('referrer-policy') == ['no-referrer']
            assert answer.headers.get_all('strict-transport-security') == ['max-age=31536000']
            assert not re.search('relative|hong-kong', answer.text)
        with opened(browser) as page:
            assert page.goto(f'{front.url}{FIRST}').status == 502
            assert page.locator('a[href="tel:+8521868"]').count() == 3
            again = page.get_by_role('link', name='Load the page again')
            assert again.evaluate('link => link.href') == page.url  # with the answers, which are in no other place
            assert page.evaluate('document.scrollingElement.scrollWidth <= window.innerWidth')
    finally:
        front.end()
    assert [path.name for path in front.folder.glob('*.log') if 'who=' in path.read_text()] == []


def test_the_error_log_of_nginx_would_have_the_answers(service):
    """Why deploy/nginx.conf has none for requests. If this fails, nginx has learnt it, and the log can be kept."""
    kept = lambda text: text.replace('error_log /dev/null emerg;', f'error_log {service[0].folder.parent}/leak/leak.log error;')  # noqa: E731
    front = Front(service[0].folder.parent / 'leak', [free_port() for _ in range(3)], kept)
    try:
        assert front.ask(f'/{FIRST}').status == 502
    finally:
        front.end()
    assert 'who=relative' in (front.folder / 'leak.log').read_text()


def test_a_damaged_link_leaves_no_answer_in_a_log(service):
    front, replicas = service
    earlier = len(front.lines('/keep'))
    for path in ('/%3Fwho=me&lang=en', '/who=me', '/keep%3Fwho%3Dme', '/plain?who=me', '/keep?who=me'):
        assert front.ask(path, Referer=f'{front.url}?who=me').status in (200, 301, 303)
    assert len(front.lines('(unusual)', 3)) >= 3
    front.lines('/keep', earlier + 1)  # the last of them is written
    no_answers_in_logs(front, replicas)
