"""The shell around Streamlit's page, as a browser without JavaScript, a crawler or an attacker meets it."""

from __future__ import annotations

import itertools
import logging
import tomllib
from unittest import TestCase

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.routing import WebSocketRoute
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from guidance.screens.site import shell
from guidance.screens.site.compress import STATIC
from guidance.screens.site.compress import Compressed
from guidance.screens.site.compress import pack
from guidance.screens.site.headers import Headers as SecurityHeaders
from guidance.screens.site.logs import keep_answers_out
from guidance.screens.site.shell import Shell
from guidance.screens.site.shell import page_of
from tests.support.asgi import Client
from tests.support.asgi import call
from tests.support.paths import ROOT
from tests.support.sampling import sampled

LONG = 'a=' + 'x' * 6_000
DRAWN = BackMsg(rerun_script={'query_string': '?who=me'}).SerializeToString()  # what a page sends
SCRIPT = next(file.name for file in (STATIC / 'js').glob('index.*.js') if file.stat().st_size > 100_000)


def healthy(request):
    return PlainTextResponse('ok')


def kept(request):
    return HTMLResponse('<p>kept</p>' * 100, headers={'Content-Security-Policy': "default-src 'none'"})


async def echo(websocket):
    assert 'origin' not in websocket.headers, 'Streamlit would judge it once more'
    await websocket.accept()
    await websocket.send_bytes(await websocket.receive_bytes())
    await websocket.close()


def page(request):
    return page_of(request.scope, f'<p>{request.scope["path"]}</p>' * 100, 200)


def missing(request, start):
    return f'<h1>Not here</h1><a href="{start}">Start</a>'


def make(shorten=lambda query: 'who=me&cut=1', known=lambda query: '', folder='/'):
    own = [Route('/healthz', healthy), Route('/keep/{form}', kept), Route(f'{folder}training', page)]
    options = {'first': page, 'beside': ['plain', 'keep', 'training'], 'routes': own}
    options |= {'shorten': shorten, 'known': known, 'missing': missing}
    middleware = [Middleware(SecurityHeaders), Middleware(Compressed), Middleware(Shell, **options)]
    routes = [*own, WebSocketRoute('/_stcore/stream', echo)]
    return Starlette(routes=routes + create_streamlit_static_assets_routes(None), middleware=middleware)


@pytest.fixture(scope='module')
def client():
    return Client(make())


def test_page_headers(client):
    headers = client.get('/').headers
    assert headers['cache-control'] == 'no-cache'
    assert headers['x-content-type-options'] == 'nosniff'
    assert headers['referrer-policy'] == 'no-referrer'
    assert headers['x-frame-options'] == 'SAMEORIGIN'
    assert 'x-robots-tag' not in headers
    assert client.get('/?who=me').headers['x-robots-tag'] == 'noindex'


@pytest.mark.parametrize(
    ('path', 'start'),
    [('/nowhere', './'), ('/a/b/', '../../'), ('/index.html', './'), ('/_stcore', './'), ('/nowhere/healthz', '../'),
     ('/manifest.json', './'), ('/%00', './'), ('/%ff%fe', './'), ('/a%2f..%2fb', './'), ('/training/x', '../')],
)  # fmt: skip
def test_unknown_path_is_a_404_with_a_way_back(client, path, start):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers['content-type'] == 'text/html; charset=utf-8'
    assert 'content-security-policy' in answer.headers
    assert answer.text == f'<h1>Not here</h1><a href="{start}">Start</a>'
    assert answer.headers['cache-control'] == 'private, no-store'


METHODS = ['GET', 'HEAD', 'POST', 'BREW']
RAW = ['//evil.example', '//', '/../../etc/passwd', '/\x00', '/\udcff', '/C:\\x', '*']
QUERIES = [b'', b'\xff\x00\r\n=%', b'lang=\xe4']


@pytest.mark.parametrize(('path', 'query', 'method'), sampled(itertools.product(RAW, QUERIES, METHODS), 5))
def test_raw_requests_never_crash(path, query, method):
    sent = call(make(), {'type': 'http', 'method': method, 'path': path, 'query_string': query})
    assert sent[0]['status'] in (200, 301, 400, 404, 405)
    assert dict(sent[0]['headers']).get(b'location', b'./').startswith(b'.')


def test_pages_and_routes_are_found(client):
    assert client.get('/training').status_code == 200
    assert client.get('/healthz').text == 'ok'
    assert client.get('/healthz').headers['x-content-type-options'] == 'nosniff'
    assert client.get('/', method='HEAD').status_code == 200
    assert client.get('/favicon.png').headers['content-type'] == 'image/svg+xml'


def test_route_keeps_its_own_policy(client):
    answer = client.get('/keep/pdf?who=me')
    assert answer.headers['content-security-policy'] == "default-src 'none'"
    assert answer.headers['referrer-policy'] == 'no-referrer'
    assert answer.headers['x-robots-tag'] == 'noindex'


def test_slash_at_the_end_is_taken_away(client):
    answer = client.get('/training/?who=me')
    assert (answer.status_code, answer.headers['location']) == (301, '../training?who=me')


@pytest.mark.parametrize('query', [LONG, '&'.join(['a=1'] * 201), '&' * 5_000])
def test_over_long_query_is_shortened(client, query):
    assert client.get(f'/?{query}').status_code == 303
    assert client.get(f'/?{query}').headers['location'] == './?who=me&cut=1'
    assert client.get(f'/training?{query}').headers['location'] == './training?who=me&cut=1'


def test_query_at_the_limit_is_not_shortened(client):
    assert client.get(f'/?{LONG[:6_000]}').status_code == 200
    assert client.get('/?' + '&'.join(['a=1'] * 200)).status_code == 200


@pytest.mark.parametrize('shortened', [LONG, '', '&' * 300])
def test_no_redirect_leads_to_another(shortened):
    client = Client(make(shorten=lambda query: shortened))
    assert client.get(f'/?{LONG}').headers['location'] == './'


def test_redirect_cannot_add_headers():
    client = Client(make(shorten=lambda query: 'a=\r\nSet-Cookie: x'))
    assert client.get(f'/?{LONG}').headers['location'] == './?a=%0D%0ASet-Cookie:%20x'


def test_works_below_a_prefix_and_a_configured_base(monkeypatch):
    assert Client(make(), root_path='/help').get('/help/training').status_code == 200
    monkeypatch.setattr(shell.streamlit, 'get_option', lambda name: '/base/')
    client = Client(make(folder='/base/'))
    paths = ('/base/', '/base/training', '/base/no', '/training', '/baseball/', '/healthz')
    assert [client.get(path).status_code for path in paths] == [200, 200, 404, 404, 404, 200]
    for path in ('/', '/base'):
        assert client.get(f'{path}?who=me').headers['location'] == './base/?who=me'


def test_what_a_page_sends_is_not_touched(client):
    messages = [{'type': 'websocket.connect'}, {'type': 'websocket.receive', 'bytes': DRAWN}]
    sent = call(client.app, {'type': 'websocket', 'path': '/_stcore/stream', 'subprotocols': []}, *messages)
    assert [message['type'] for message in sent] == ['websocket.accept', 'websocket.send', 'websocket.close']
    assert sent[1]['bytes'] == DRAWN


@pytest.mark.parametrize(
    ('headers', 'accepted'),
    [({}, True), ({'origin': 'https://help.example'}, True), ({'origin': 'https://evil.example'}, False),
     ({'origin': 'null'}, False), ({'origin': 'https://help.example.evil'}, False),
     ({'origin': 'https://out.example', 'x-forwarded-host': 'out.example, inner'}, True),
     ({'origin': 'https://public.example'}, True)],
)  # fmt: skip
def test_a_page_of_another_site_gets_no_web_socket(client, monkeypatch, headers, accepted):
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://public.example/help/')
    raw = [(name.encode(), value.encode()) for name, value in ({'host': 'help.example'} | headers).items()]
    messages = [{'type': 'websocket.connect'}, {'type': 'websocket.receive', 'bytes': DRAWN}]
    scope = {'type': 'websocket', 'path': '/_stcore/stream', 'subprotocols': [], 'headers': raw}
    sent = call(client.app, scope, *messages)
    assert (sent[0]['type'] == 'websocket.accept') is accepted
    assert accepted or sent == [{'type': 'websocket.close', 'code': 1008}]


@pytest.mark.parametrize('method', ['PUT', 'POST', 'DELETE', 'OPTIONS'])
def test_nothing_is_taken_from_anybody(client, method):
    for path in ('/', '/healthz', '/_stcore/upload_file/a/b'):
        answer = client.get(path, method=method)
        assert (answer.status_code, answer.headers['allow']) == (405, 'GET, HEAD')
        assert answer.headers['x-content-type-options'] == 'nosniff'


def test_static_files_are_sent_compressed_and_compressed_once(client):
    answer = client.get(f'/static/js/{SCRIPT}')
    assert answer.content == (STATIC / 'js' / SCRIPT).read_bytes()
    assert answer.headers['content-encoding'] == 'gzip'
    assert int(answer.headers['content-length']) < len(answer.content) / 3
    assert answer.headers['cache-control'] == 'public, immutable, max-age=31536000'
    assert answer.headers['vary'] == 'Accept-Encoding'
    assert 'javascript' in answer.headers['content-type']
    assert pack(f'js/{SCRIPT}', 'gzip') is pack(f'js/{SCRIPT}', 'gzip')
    again = client.get(f'/static/js/{SCRIPT}', headers={'If-None-Match': answer.headers['etag']})
    assert (again.status_code, again.content) == (304, b'')


@pytest.mark.parametrize('headers', [{'Accept-Encoding': 'identity'}, {'Range': 'bytes=0-9'}])
def test_static_files_are_sent_as_they_are_where_asked(client, headers):
    answer = client.get(f'/static/js/{SCRIPT}', headers=headers)
    assert 'content-encoding' not in answer.headers
    assert answer.content == (STATIC / 'js' / SCRIPT).read_bytes()[: 10 if 'Range' in headers else None]


@pytest.mark.parametrize(
    'name', ['none.js', '../../x.js', '..%2f..%2fconfig.py', '%00.js', '..%5c..%5cx.js', 'x' * 5_000 + '.js']
)
def test_hostile_static_names_find_nothing(client, name):
    answer = client.get(f'/static/js/{name}')
    assert answer.status_code == 404


def test_pages_are_compressed(client):
    answer = client.get('/')
    assert answer.headers['content-encoding'] == 'gzip'
    assert answer.content == client.get('/', headers={'Accept-Encoding': 'identity'}).raw


@pytest.mark.parametrize('name', ['uvicorn.access', 'uvicorn.error'])
def test_the_servers_log_has_no_answers(name):
    keep_answers_out()
    keep_answers_out()
    with TestCase().assertLogs(name) as log:
        logging.getLogger(name).info('%s - "%s %s HTTP/%s" %d', '1.2.3.4', 'GET', '/plain?who=me&happened=custody', '1.1', 200)
        logging.getLogger(name).info('%s - "WebSocket %s" [accepted]', '1.2.3.4', '/_stcore/stream?who=me')
        logging.getLogger(name).info('%s - "%s %s HTTP/%s" %d', '1.2.3.4', 'GET', '/%3Fwho=me&happened=custody', '1.1', 404)
    assert [record.getMessage() for record in log.records] == [
        '1.2.3.4 - "GET /plain HTTP/1.1" 200',
        '1.2.3.4 - "WebSocket /_stcore/stream" [accepted]',
        '1.2.3.4 - "GET / HTTP/1.1" 404',
    ]


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize('mode', ['light', 'dark'])
@pytest.mark.parametrize(('front', 'least'), [('textColor', 7), ('linkColor', 4.5), ('primaryColor', 4.5), ('borderColor', 3)])
@pytest.mark.parametrize('back', ['backgroundColor', 'secondaryBackgroundColor'])
def test_theme_has_contrast(mode, front, back, least):
    theme = tomllib.loads((ROOT / '.streamlit/config.toml').read_text())['theme'][mode]
    darker, lighter = sorted([luminance(theme[front]), luminance(theme[back])])
    assert (lighter + 0.05) / (darker + 0.05) >= least
