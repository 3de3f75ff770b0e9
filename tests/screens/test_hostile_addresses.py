"""Nothing in an address breaks the plain edition and the kept file, or reaches a page."""

from __future__ import annotations

import itertools
from urllib.parse import urlencode

import pytest

from guidance.screens.scripts import SCRIPT
from tests.support.plain import CASES
from tests.support.plain import CONTENTS
from tests.support.plain import HOST
from tests.support.plain import followed
from tests.support.plain import page
from tests.support.plain import query
from tests.support.sampling import sampled

HOSTILE = [  # each has `alert` in it, or a mark that turns the writing round
    '<script>alert(1)</script>', 'javascript:alert(1)', '"><img src=x onerror=alert(1)>', "'onfocus=alert(1) autofocus='",
    '{{alert(1)}}', 'alert(1)\r\nSet-Cookie: alert=1', '\u202ealert\u200f', 'alert\0', '</style><b>alert', '&lt;alert&#62;',
    '..%2falert',
]  # fmt: skip
NAMES = ['who', 'happened', 'province', 'change', 'lang', 'seen', 'shared', 'asked', 'cut', 'fbclid', 'from', 'x']


@pytest.mark.parametrize('path', ['/plain', '/keep', '/'])
@pytest.mark.parametrize('text', sampled(HOSTILE, 6), ids=ascii)
def test_nothing_of_a_hostile_address_reaches_a_page(client, path, text):
    given = urlencode([(name, text) for name in NAMES] + [(text, 'me')])
    alone = [urlencode({name: text}) for name in (*NAMES, text)]
    mixed = [f'{query(CASES["s02"])[1:]}&{urlencode({name: text})}' for name in ('seen', 'change', 'asked')]
    for asked in (given, *mixed, *(alone if path == '/plain' else ())):
        answer = client.get(f'{path}?{asked}', HOST)
        assert answer.status_code in (200, 303)
        page = answer.text.replace(SCRIPT, '')  # which has `role=alert`
        assert 'alert' not in page and '\u202e' not in page and '\0' not in page
        assert not [name for name in answer.headers if 'cookie' in name]
        if path != '/keep':  # which hands an incomplete address on to the page as it is
            assert 'alert' not in answer.headers.get('location', '')


BROKEN = ['%', '%f', '%ff%fe', '%ed%a0%80', '\\', '&&&===', '=', '%00=%00', 'who=me%00', 'who=%c3%28', ';;', '?', '#']


@pytest.mark.parametrize(('text', 'path'), sampled(itertools.product(BROKEN, ['/plain', '/keep']), 3))
def test_broken_bytes_break_nothing(client, path, text):
    for asked in (text, f'who=me&{text}', f'{text}&lang=zh-Hant'):
        _, html = followed(client, f'{path}?{asked}')
        assert '</html>' in html


@pytest.mark.parametrize(
    'junk',
    ['x=' + 'a' * 100_000, 'who=' + '%3Cb%3E' * 20_000, '&'.join(f'p{n}=1' for n in range(5_000)),
     '&'.join(['happened=money'] * 3_000), '&' * 50_000, 'asked=who&' * 400, 'a' * 100_000],
    ids=range(7),
)  # fmt: skip
def test_an_over_long_address_is_shortened_at_once_to_what_is_known(client, junk, quick):
    for path in ('/plain', '/keep'):
        with quick(1):
            answer = client.get(f'{path}?resident=yes&{junk}&lang=zh-Hant', HOST)
        assert answer.status_code == 303
        location = answer.headers['location']
        assert location.startswith(f'.{path}?resident=yes') and location.endswith('&lang=zh-Hant&cut=1') and len(location) < 200
    assert CONTENTS['zh-Hant'].ui_texts.notice_damaged in page(client, '/plain?resident=yes&lang=zh-Hant&cut=1')


def test_what_chat_programs_add_changes_nothing(client):
    asked = query(CASES['s02'])
    added = f'{asked}&fbclid=IwAR0x&from=groupmessage&isappinstalled=0&utm_medium=x&gclid=1'
    assert page(client, f'/plain{added}') == page(client, f'/plain{asked}')
    assert page(client, f'/keep{added}') == page(client, f'/keep{asked}')
