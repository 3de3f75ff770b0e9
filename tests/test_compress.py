"""What is sent is compressed: Streamlit's own files once for all visitors, in the way that each browser takes."""

from __future__ import annotations

import pytest
from test_shell import SCRIPT
from test_shell import Client
from test_shell import make

from guidance.screens.site.compress import FILES
from guidance.screens.site.compress import STATIC
from guidance.screens.site.compress import pack
from guidance.screens.site.compress import smaller


@pytest.fixture(scope='module')
def client():
    return Client(make())


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


def test_static_files_are_sent_by_brotli_at_once_and_smaller_to_those_who_come_later(client):
    name = min(file.name for file in (STATIC / 'js').glob('Radio.*.js'))
    first = client.get(f'/static/js/{name}', headers={'Accept-Encoding': 'gzip, deflate, br, zstd'})
    smaller().join()
    later = client.get(f'/static/js/{name}', headers={'Accept-Encoding': 'br'})
    for answer in (first, later):
        assert (answer.headers['content-encoding'], answer.headers['vary']) == ('br', 'Accept-Encoding')
        assert answer.content == (STATIC / 'js' / name).read_bytes()
    assert len(later.raw) < len(first.raw) < len(client.get(f'/static/js/{name}').raw)
    again = client.get(f'/static/js/{name}', headers={'Accept-Encoding': 'br', 'If-None-Match': later.headers['etag']})
    assert (again.status_code, again.raw) == (304, b'')


@pytest.mark.parametrize(
    ('accepted', 'coding'),
    [('br;q=0, gzip', 'gzip'), ('br;q=0.000', None), ('gzip;q=0.5,br;q=0.1', 'br'), ('BR', 'br'), ('brotli', None), ('', None)],
)
def test_static_files_are_sent_as_the_browser_takes_them(client, accepted, coding):
    answer = client.get('/static/' + min(name for name in FILES if name.endswith('.css')), headers={'Accept-Encoding': accepted})
    assert answer.headers.get('content-encoding') == coding


@pytest.mark.parametrize('headers', [{'Accept-Encoding': 'identity'}, {'Range': 'bytes=0-9'}])
def test_static_files_are_sent_as_they_are_where_asked(client, headers):
    answer = client.get(f'/static/js/{SCRIPT}', headers=headers)
    assert 'content-encoding' not in answer.headers
    assert answer.content == (STATIC / 'js' / SCRIPT).read_bytes()[: 10 if 'Range' in headers else None]


def test_pages_are_compressed(client):
    answer = client.get('/', headers={'Accept-Encoding': 'gzip, br'})
    assert answer.headers['content-encoding'] == 'gzip'
    assert answer.content == client.get('/', headers={'Accept-Encoding': 'identity'}).raw
