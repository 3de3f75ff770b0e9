"""What is open to whom: which addresses answer, with which headers, whose word is believed, and what is kept by nobody."""

from __future__ import annotations

import inspect
import itertools
import re
from unittest import TestCase

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import wizard
from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from guidance.screens.site import address
from guidance.screens.site.address import wizard_url_seen
from guidance.screens.site.compress import FILES
from guidance.screens.site.headers import Headers
from guidance.screens.site.proxy import OnlyNamedProxies
from guidance.screens.site.proxy import proxies
from tests.support.apptest import app_of
from tests.support.asgi import Client
from tests.support.asgi import call
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED

CLIENT = Client(wizard.app)
CONTENT = SHIPPED.contents['en']
NONE = CONTENT.ui_texts.share_none
ANSWERS = current_answers(CONTENT, CONTENT.cases['s02'].answers)[0]
SEEN = walk(CONTENT, ANSWERS).result.fingerprint
RESULT = query_string(parameters(CONTENT, ANSWERS, 'en', seen=SEEN))
QUESTION = query_string(parameters(CONTENT, dict(list(ANSWERS.items())[:2]), 'en'))
LONG = 'who=me&' * 2_000

# Caches


@pytest.mark.parametrize('path', ['/', '/plain', '/keep', '/training', '/keep。', '/plain/', '/nowhere', '/?', '/%3F'])
@pytest.mark.parametrize('query', [RESULT[1:], QUESTION[1:], LONG])
def test_nobody_keeps_what_follows_from_answers(path, query):
    for headers in ({}, {'If-None-Match': CLIENT.get('/').headers['etag']}):
        answer = CLIENT.get(f'{path}?{query}', headers)
        assert answer.status_code in (200, 301, 303, 404)
        assert answer.headers.getlist('cache-control') == ['private, no-store']
        assert 'etag' not in answer.headers and 'last-modified' not in answer.headers


@pytest.mark.parametrize('path', ['/', '/plain', '/training'])
def test_a_page_without_answers_is_compared_and_not_sent_again(path):
    answer = CLIENT.get(path)
    assert answer.headers['cache-control'] == 'no-cache'
    assert CLIENT.get(path, {'If-None-Match': answer.headers['etag']}).status_code == 304


def test_streamlits_files_are_kept():
    cached = CLIENT.get(f'/static/{SCRIPT}').headers['cache-control']
    assert 'public' in cached and 'immutable' in cached


# Headers

FONT = min(name for name in FILES if name.endswith('.woff2'))
SCRIPT = min(name for name in FILES if name.endswith('.js'))
ANY = ['/', '/plain', f'/keep{RESULT}', f'/plain?{LONG}', '/plain/', '/nowhere', '/status', '/favicon.png',
       f'/static/{SCRIPT}', f'/static/{FONT}', '/static/js/none.js', '/_stcore/health', '/_stcore/host-config',
       '/_stcore/metrics', '/.well-known/security.txt']  # fmt: skip


@pytest.mark.parametrize(('path', 'method'), sampled(itertools.product(ANY, ['GET', 'HEAD', 'POST']), 2))
def test_every_answer_has_each_security_header_once_and_no_cookie(path, method):
    headers = CLIENT.get(path, method=method).headers
    assert headers.getlist('x-content-type-options') == ['nosniff']
    assert headers.getlist('referrer-policy') == ['no-referrer']
    assert headers.getlist('x-frame-options') == ['SAMEORIGIN']
    assert headers.getlist('cross-origin-opener-policy') == ['same-origin']
    (policy,) = headers.getlist('content-security-policy')
    assert "base-uri 'none'" in policy and re.search("frame-ancestors '(self|none)'", policy) and 'ws:' not in policy
    assert 'set-cookie' not in headers


def test_a_cookie_that_streamlit_would_set_is_set_by_nobody():
    def endpoint(request):
        answer = PlainTextResponse('ok')
        answer.set_cookie('_streamlit_xsrf', 'x')
        return answer

    app = Starlette(routes=[Route('/', endpoint)], middleware=[Middleware(Headers)])
    assert 'set-cookie' not in Client(app).get('/').headers


# Doors


@pytest.mark.parametrize('path', ['/_stcore/health', '/_stcore/host-config', '/static/' + SCRIPT, '/status', '/', '/plain'])
def test_what_a_page_asks_for_is_answered(path):
    assert CLIENT.get(path).status_code in (200, 503)  # the second where Streamlit does not run


@pytest.mark.parametrize(
    'path',
    ['/_stcore/metrics', '/_stcore/script-health-check', '/_stcore/agent/openapi.json', '/_stcore/agent', '/_stcore/skills',
     '/_stcore/upload_file/a/b', '/_stcore/bidi-components/x/y.js', '/_stcore/stream', '/media/x', '/component/x/index.html',
     '/app/static/x', '/auth/login', '/oauth2callback', '/healthz', '/_stcore/message'],
)  # fmt: skip
def test_what_no_page_asks_for_is_not_there(path):
    answer = CLIENT.get(path)
    assert answer.status_code == 404 and CONTENT.ui_texts.not_found in answer.text


def test_every_route_of_streamlit_is_closed_but_those_that_its_page_needs():
    """Also those that a later Streamlit brings along."""
    opened = set()
    CLIENT.get('/')
    for route in wizard.app._starlette_app.routes:
        path = re.sub(r'\{[^}]*\}', 'x', getattr(route, 'path', ''))
        if path.startswith('/') and route not in wizard.own and CLIENT.get(path).status_code != 404:
            opened.add(path)
    assert opened <= {'/_stcore/health', '/_stcore/host-config', '/'}


def test_what_takes_long_to_make_holds_nobody_up():
    """Starlette runs a plain function beside the loop that all visitors share."""
    assert wizard.own and not [route for route in wizard.own if inspect.iscoroutinefunction(route.endpoint)]


def test_the_page_takes_orders_from_no_other_site():
    assert CLIENT.get('/_stcore/host-config').text.replace(' ', '').count('"allowedOrigins":[]') == 1


# Whose word is believed


def told(environment, peer, monkeypatch, **headers):
    """Which of these headers come through, for a peer and a setting."""
    if environment is None:
        monkeypatch.delenv('GUIDANCE_PROXY', raising=False)
    else:
        monkeypatch.setenv('GUIDANCE_PROXY', environment)
    app = Starlette(
        routes=[Route('/', lambda request: JSONResponse(sorted(request.headers)))], middleware=[Middleware(OnlyNamedProxies)]
    )
    return re.findall(r'"(.*?)"', Client(app, peer=peer).get('/', headers).text)


SAID = {'X-Forwarded-Host': 'a', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Prefix': '/b', 'Forwarded': 'host=a', 'Host': 'c'}


@pytest.mark.parametrize(
    ('environment', 'peer', 'believed'),
    [
        (None, '127.0.0.1', True), (None, '127.8.8.8', True), (None, '::1', True), (None, '::ffff:127.0.0.1', True),
        (None, '10.0.0.7', False), (None, '', False), (None, 'unix', False), ('', '127.0.0.1', True),
        ('10.0.0.0/8', '10.0.0.7', True), ('10.0.0.0/8', '127.0.0.1', False), ('10.0.0.0/8', '::ffff:10.1.1.1', True),
        ('192.0.2.1, 2001:db8::/32', '2001:db8::9', True), ('192.0.2.1 2001:db8::/32', '192.0.2.1', True),
        ('192.0.2.1', '192.0.2.2', False),
    ],
)  # fmt: skip
def test_only_a_proxy_that_is_named_is_believed(monkeypatch, environment, peer, believed):
    names = told(environment, peer, monkeypatch, **SAID)
    assert 'host' in names
    assert ({'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-prefix', 'forwarded'} <= set(names)) is believed
    assert believed or not [name for name in names if 'forwarded' in name]


@pytest.mark.parametrize('named', ['proxy.example', '10.0.0.0/99', '*', '10.0.0.1;10.0.0.2'])
def test_a_proxy_that_is_no_address_is_named_at_the_start(monkeypatch, named):
    monkeypatch.setenv('GUIDANCE_PROXY', named)
    with pytest.raises(ValueError, match='GUIDANCE_PROXY: .* give addresses or networks, such as 10.0.0.7 or 10.0.0.0/8'):
        proxies()


def test_a_web_socket_believes_no_more(monkeypatch):
    """A page of another site would be let in by a name that anybody sends."""
    raw = [(b'host', b'ours.example'), (b'origin', b'https://evil.example'), (b'x-forwarded-host', b'evil.example')]
    scope = {'type': 'websocket', 'path': '/_stcore/stream', 'subprotocols': [], 'headers': raw, 'client': ('192.0.2.1', 1)}
    assert call(wizard.app, scope, {'type': 'websocket.connect'}) == [{'type': 'websocket.close', 'code': 1008}]


# Links

FOREIGN = [{'Host': 'evil.example'}, {'Host': '10.0.0.1:8501'}, {'Host': 'localhost', 'X-Forwarded-Host': 'evil.example'}]


@pytest.mark.parametrize('headers', FOREIGN, ids=range(3))
@pytest.mark.parametrize('path', [f'/keep{RESULT}', f'/plain{RESULT}', f'/plain{QUESTION}'])
def test_a_name_that_the_operator_did_not_name_makes_no_link_and_the_page_says_so(headers, path):
    peer = '192.0.2.1'
    text = Client(wizard.app, peer=peer).get(path, headers).text
    if headers['Host'] == 'localhost':  # what others forward is not looked at
        assert f'http://localhost/?{"who" if QUESTION in path else "c"}=' in text and NONE not in text
    else:
        assert NONE in text and '/?c=' not in text and '/?who=' not in text.replace('./?who=', '')
        assert 'data:image/svg+xml;charset' not in text or path.startswith('/plain')
    assert 'evil' not in text and '10.0.0.1' not in text


def test_with_a_public_address_every_name_makes_the_right_link(monkeypatch):
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://public.example/')
    for headers in FOREIGN:
        text = Client(wizard.app, peer='192.0.2.1').get(f'/keep{RESULT}', headers).text
        assert 'https://public.example/?c=' in text and NONE not in text


@pytest.mark.parametrize(
    ('seen', 'forwarded', 'expected'),
    [
        ('http://localhost:8501/', '', 'http://localhost:8501/'),
        ('http://localhost:8501', '', 'http://localhost:8501/'),
        ('http://127.0.0.1:8501/base', '', 'http://127.0.0.1:8501/base/'),
        ('http://[::1]:8501/training', '', 'http://[::1]:8501/'),
        ('https://help.example/help/training', 'help.example', 'https://help.example/help/'),
        ('https://help.example:8443/', 'help.example:8443', 'https://help.example:8443/'),
        ('https://help.example/', '', ''),
        ('https://evil.example/', 'help.example', ''),
        ('http://127.0.0.1.evil.example/', '', ''),
        ('http://localhost@evil.example/', '', ''),
        ('javascript://localhost/', '', ''),
        ('http://localhost/' + 'a' * 300 + '/', '', ''),
        ('http://localhost/"><b>/', '', ''),
        ('', 'help.example', ''),
        (None, '', ''),
    ],
)
def test_the_full_edition_makes_links_by_the_same_rule(seen, forwarded, expected):
    headers = {'x-forwarded-host': forwarded} if forwarded else {}
    assert wizard_url_seen(seen, headers, 'training' if seen and seen.endswith('training') else '') == expected


@pytest.mark.parametrize('query', [RESULT, QUESTION])
def test_the_full_edition_says_so_too(query):
    app = app_of()
    for name, value in parse_query(query[1:]):
        app.query_params[name] = value
    text = '\n'.join(part.proto.body for part in app.run().get('html'))
    assert NONE in text and CONTENT.ui_texts.share_none_how in text
    assert '<code>' not in text and CONTENT.ui_texts.share_qr not in text and CONTENT.ui_texts.keep_how not in text


def test_the_operator_is_told_once_what_to_set():
    address._tell_the_operator.cache_clear()
    with TestCase().assertLogs(address.__name__) as log:
        for host in ('evil.example', 'other.example'):
            Client(wizard.app, peer='192.0.2.1').get(f'/plain{RESULT}', {'Host': host})
    (line,) = log.output
    assert 'GUIDANCE_PUBLIC_URL' in line and 'example' not in line


# The status


def test_the_status_tells_details_at_the_desk_on_this_machine_only(folder, serving, monkeypatch):
    monkeypatch.setenv('GUIDANCE_DESK', 'on')
    monkeypatch.setenv('GUIDANCE_COUNT', 'on')
    target = folder()
    store = serving(target)
    (target / 'flows/hut.yaml').write_text('title: no\n')
    for _ in range(2):  # a state is read once two looks saw the same
        store.follow()
    here = CLIENT.get('/status').text
    assert 'flows/hut.yaml:1:8' in here
    refused = 'The content on disk is refused, and the content before it is served; problems: 1'
    others = [Client(wizard.app, peer='192.0.2.1').get('/status', {'X-Forwarded-For': '127.0.0.1'})]
    others.append(CLIENT.get('/status', {'X-Forwarded-Host': 'help.example'}))  # through a proxy on this machine
    monkeypatch.delenv('GUIDANCE_DESK')
    others.append(CLIENT.get('/status'))
    for answer in others:
        assert (answer.status_code, answer.text) == (
            200,
            f'ok, content {store.content().version}\n\n{refused}\n',
        )
