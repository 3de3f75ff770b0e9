"""Streamlit's files are sent as the browser takes them, packed once for all visitors; by Brotli once more, as small as can be."""

from __future__ import annotations

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from guidance.screens.site import compress
from guidance.screens.site.compress import FILES
from guidance.screens.site.compress import STATIC
from guidance.screens.site.compress import Compressed
from guidance.screens.site.compress import smaller
from tests.support.asgi import Client

NAME = next(name for name in FILES if name.startswith('js/Html.'))


@pytest.fixture(scope='module')
def client():
    return Client(Starlette(routes=create_streamlit_static_assets_routes(None), middleware=[Middleware(Compressed)]))


def test_files_are_sent_by_brotli_at_once_and_smaller_to_those_who_come_later(client, monkeypatch):
    monkeypatch.setattr(compress, '_smallest', {})  # where another test asked for it before
    first = client.get(f'/static/{NAME}', headers={'Accept-Encoding': 'gzip, deflate, br, zstd'})
    smaller().join()
    later = client.get(f'/static/{NAME}', headers={'Accept-Encoding': 'br'})
    for answer in (first, later):
        assert (answer.headers['content-encoding'], answer.headers['vary']) == ('br', 'Accept-Encoding')
        assert brotli.decompress(answer.raw) == (STATIC / NAME).read_bytes()
    assert len(later.raw) < len(first.raw) < len(client.get(f'/static/{NAME}').raw)
    again = client.get(f'/static/{NAME}', headers={'Accept-Encoding': 'br', 'If-None-Match': later.headers['etag']})
    assert (again.status_code, again.raw) == (304, b'')


@pytest.mark.parametrize(
    ('accepted', 'coding'),
    [('br;q=0, gzip', 'gzip'), ('br;q=0.000', None), ('gzip;q=0.5,br;q=0.1', 'br'), ('BR', 'br'), ('brotli', None), ('', None)],
)
def test_files_are_sent_as_the_browser_takes_them(client, accepted, coding):
    answer = client.get(f'/static/{NAME}', headers={'Accept-Encoding': accepted})
    assert answer.headers.get('content-encoding') == coding
