"""What the server draws of the full edition: a whole page that works by itself, and what starts Streamlit behind it."""

from __future__ import annotations

import base64
import itertools
import re
from hashlib import sha256
from urllib.parse import urlencode

import pytest

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.screens.scripts import SCRIPT
from tests.support.plain import CASES
from tests.support.plain import CONTENT
from tests.support.plain import CONTENTS
from tests.support.plain import HOST
from tests.support.plain import KB
from tests.support.plain import Html
from tests.support.plain import assert_loads_nothing
from tests.support.plain import checked
from tests.support.plain import followed
from tests.support.plain import full_edition
from tests.support.plain import page
from tests.support.plain import parsed
from tests.support.plain import query
from tests.support.plain import result_of
from tests.support.sampling import sampled

PAGES = ('/', '/?change=who', f'/{query(CASES["s02"])}', f'/{query(CASES["s06"], "zh-Hant", shared="1")}', '/?asked=who')


def said(html):
    """What stands in a page outside of its scripts, and where it leads."""
    found = Html(re.sub(r'<(script|noscript)>.*?</\1>', '', html, flags=re.DOTALL))
    return found.said, found.links


def sent(html, chosen=()):
    """The address that a browser opens when the form of a page is sent with these options chosen."""
    form = Html(re.search(r'<form.*?</form>', html, re.DOTALL)[0])
    pairs = [(given['name'], given['value']) for given in form.all('input') if 'name' in given]
    hidden = [(given['name'], given['value']) for given in form.all('input') if given['type'] == 'hidden']
    assert [given['action'] for given in form.all('form')] == ['./']
    return '/?' + urlencode([pair for pair in pairs if pair not in hidden and pair[1] in chosen] + hidden)


@pytest.mark.parametrize('name, lang', sampled(zip(CASES, itertools.cycle(CONTENTS), strict=False), 23))
def test_every_case_is_answered_without_streamlit_within_the_same_addresses(client, name, lang):
    content, answers = CONTENTS[lang], CASES[name]
    html = page(client, f'/?lang={lang}')
    url = '/' + next(href for href in Html(html).links if 'change=' in href)
    html = page(client, url)
    while 'name="asked"' in html:
        question = next(given['value'] for given in Html(html).all('input') if given.get('name') == 'asked')
        assert checked(html) == []
        url, html = followed(client, sent(html, answers[question]))
    journey = walk(content, answers)
    assert url == '/' + query_string(parameters(content, journey.answered, lang, seen=journey.result.fingerprint))
    assert read_query(content, parsed(url)).answers == journey.answered and journey.result.heading in html


@pytest.mark.parametrize('lang', sampled(CONTENTS, 3, 1))
def test_the_server_draws_what_streamlit_draws(client, app, lang, thorough):
    for answers in list(CASES.values())[list(CONTENTS).index(lang) :: len(CONTENTS) if thorough else 12]:
        drawn = page(client, f'/{query(answers, lang)}')
        streamlit = full_edition(app, answers, lang)
        assert result_of(drawn) == result_of(streamlit, 'g-line')
        for part in ('header', 'footer'):
            found = [Html(re.search(f'<{part}.*?</{part}>', html, re.DOTALL)[0]) for html in (drawn, streamlit)]
            assert (found[0].said, found[0].links) == (found[1].said, found[1].links)


@pytest.mark.parametrize('url', PAGES)
def test_a_page_loads_nothing_before_it_can_be_read(client, url):
    html = page(client, url)
    assert '<div id="root"></div>' in html and html.count('<script') == 1
    assert_loads_nothing(re.sub(r'<script>.*?</script>|<img class="g-qr"[^>]*loading="lazy"[^>]*>', '', html, flags=re.DOTALL))
    assert '"start": "static/js/index.' in SCRIPT and SCRIPT.count('/Html.') == 1


@pytest.mark.parametrize('lang', sampled(CONTENTS, 3, 2))
def test_pages_are_small_as_sent(client, lang, thorough):
    cases = list(CASES.values())[:: 1 if thorough else 6]
    for url in (f'/?lang={lang}', f'/?change=who&lang={lang}', *(f'/{query(each, lang, shared="1")}' for each in cases)):
        assert len(client.get(url, HOST).raw) < 24 * KB


def test_policy_allows_exactly_the_script_of_the_page(client):
    answer = client.get('/?lang=zh-Hant', HOST)
    (script,) = re.findall(r'<script>(.*?)</script>', answer.text, re.DOTALL)
    assert answer.headers['content-security-policy'].split('; ') == [
        "default-src 'self'",
        f"script-src 'self' 'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]


def test_the_title_says_which_page_it_is_and_a_preview_the_service_only(client):
    name, description = CONTENT.service.name, CONTENT.service.description
    for url in (*PAGES, '/training', '/nowhere'):
        html = client.get(url, HOST).text
        head = html[: html.index('</head>')]
        heading = re.search(r'<title>(.*?)</title>', head)[1]
        assert name in heading or CONTENTS['zh-Hant'].service.name in heading
        if url in PAGES[:3]:
            previews = [given['content'] for given in Html(html).all('meta') if 'property' in given]
            assert previews == ['website', name, description]
    assert CONTENT.question['who'].ask.for_({}) in re.search('<title>(.*?)</title>', page(client, '/?change=who'))[1]


def test_training_says_its_colour_at_once_and_is_found_by_no_search_engine(client):
    answer = client.get('/training', HOST)
    assert '<html lang="en" class="training">' in answer.text and answer.headers['x-robots-tag'] == 'noindex'


def test_an_error_is_said_by_the_server_with_what_was_chosen(client):
    before = {name: CASES['s02'][name] for name in ('who', 'asker-place', 'danger-now', 'resident')}
    failed = page(client, sent(page(client, f'/{query(before)}')))
    assert CONTENT.ui_texts.error_many in said(failed)[0]
    assert CONTENT.ui_texts.error_title.partition('{')[0] in re.search('<title>(.*?)</title>', failed)[1]
    alone = next(option for option in CONTENT.question['happened'].options if option.alone)
    failed = page(client, sent(failed, [alone.id, 'papers']))
    assert sorted(checked(failed)) == sorted([alone.id, 'papers'])
    url, _ = followed(client, sent(failed, ['papers']))
    assert url == f'/{query(before | {"happened": ("papers",)})}'


def test_the_code_of_a_journey_is_a_picture_of_its_own_for_any_server_to_draw(client):
    html = page(client, f'/{query(CASES["s06"])}')
    (code,) = [given['src'] for given in Html(re.sub('<script>.*?</script>', '', html, flags=re.DOTALL)).all('img')]
    answer = client.get(f'/{code}', HOST)
    assert answer.headers['content-type'].startswith('image/svg+xml') and answer.content.startswith(b'<?xml')
    assert answer.headers['cache-control'] == 'private, no-store'
    assert "default-src 'none'" in answer.headers['content-security-policy']
    assert [client.get(url, HOST).status_code for url in ('/qr', '/qr?who=me', f'/qr?{"x=" * 5_000}')] == [404, 200, 303]


def test_an_unchanged_start_page_is_not_sent_again(client):
    etag = client.get('/', HOST).headers['etag']
    assert client.get('/', HOST | {'If-None-Match': etag}).status_code == 304
    assert 'etag' not in client.get('/?who=me', HOST).headers


@pytest.mark.parametrize('lang', CONTENTS)
def test_what_is_not_there_is_said_in_the_readers_language_with_the_numbers(client, lang):
    answer = client.get(f'/a/nowhere?lang={lang}', HOST)
    texts = CONTENTS[lang].ui_texts
    assert answer.status_code == 404 and f'<html lang="{lang}">' in answer.text
    assert texts.not_found_title in said(answer.text)[0] and '../' in said(answer.text)[1] and '999' in answer.text
