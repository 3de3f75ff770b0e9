"""The kept file: it needs nothing else, and its code opens the same result."""

from __future__ import annotations

import itertools
import re
from urllib.parse import unquote

import pytest
import zxingcpp
from PIL import Image

from guidance.journey.query import read_query
from guidance.journey.walk import walk
from tests.support.plain import CASES
from tests.support.plain import CONTENT
from tests.support.plain import CONTENTS
from tests.support.plain import HOST
from tests.support.plain import KB
from tests.support.plain import Html
from tests.support.plain import assert_loads_nothing
from tests.support.plain import page
from tests.support.plain import parsed
from tests.support.plain import query
from tests.support.sampling import sampled


def test_a_result_whose_link_no_code_can_hold_is_kept_without_one(client, monkeypatch):
    assert '<img class="g-qr"' in page(client, f'/keep{query(CASES["s06"])}')
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', f'https://help.example/{"a" * 2_400}/')
    kept = page(client, f'/keep{query(CASES["s06"])}')
    assert 'a' * 2_400 in kept and '<img' not in kept


@pytest.mark.parametrize('name, lang', sampled(zip(CASES, itertools.cycle(CONTENTS), strict=False), 4))
def test_the_file_needs_nothing_else_and_has_all_that_is_needed(client, name, lang):
    answer = client.get(f'/keep{query(CASES[name], lang)}', HOST)
    html, found = answer.text, Html(answer.text)
    plain, own = re.fullmatch(r'attachment; filename="(.+)\.html"; filename\*=UTF-8\'\'(.+)\.html', named(answer)).groups()
    assert re.fullmatch(r'in-difficulty-in-the-mainland-\d{4}-\d\d-\d\d', plain)
    assert re.fullmatch(rf'{CONTENTS[lang].service.name} \d{{4}}-\d\d-\d\d', own)
    day = CONTENTS[lang].ui_texts.kept.partition('{')[0]
    assert html.index(day) < html.index('<h1')  # how old it is comes first
    assert answer.headers['content-type'] == 'text/html; charset=utf-8' and '<meta charset="UTF-8">' in html
    assert len(answer.content) < 100 * KB
    assert_loads_nothing(html)
    assert {'tel:110', 'tel:999', 'tel:+8521868'} <= set(found.links)
    assert not [href for href in found.links if not re.match(r'(https?://|tel:|mailto:|#)', href)]
    assert not found.all('form') and not found.all('input')
    assert CONTENT.version in html
    assert [given['name'] for given in found.all('meta') if 'name' in given][0] == 'viewport'
    assert '@media print' in html


def named(answer):
    return unquote(answer.headers['content-disposition'])


def modules(svg):
    """Return the dark modules that segno has drawn as strokes along the rows, with a margin of four."""
    dark, x, y = set(), 0, 0
    for kind, first, second in re.findall(r'([Mmh])(-?\d+)(?: (-?\d+))?', re.search(r"stroke='#000' d='(.*?)'", svg)[1]):
        if kind == 'h':
            dark |= {(x + step - 4, y - 4) for step in range(int(first))}
            x += int(first)
        else:
            x, y = (int(first), int(second)) if kind == 'M' else (x + int(first), y + int(second))
    return dark


def scanned(dark):
    """Return what a scanner reads from these modules, drawn as an image."""
    size = max(max(place) for place in dark) + 9
    picture = Image.new('L', (size, size), 255)
    for x, y in dark:
        picture.putpixel((x + 4, y + 4), 0)
    enlarged = picture.resize((4 * size, 4 * size), Image.Resampling.NEAREST)
    return [code.text for code in zxingcpp.read_barcodes(enlarged, zxingcpp.BarcodeFormat.QRCode)]


@pytest.mark.parametrize('name', sampled(CASES, 13, 1))
def test_the_address_in_the_file_is_also_its_code_and_opens_the_same_result(client, name):
    html = page(client, f'/keep{query(CASES[name], "zh-Hans")}')
    address = next(href for href in Html(html).links if href.startswith('http://help.example/'))
    assert address in ''.join(Html(html).said)
    reading = read_query(CONTENT, parsed(address))
    assert (reading.lang, reading.seen) == ('zh-Hans', walk(CONTENT, CASES[name]).result.fingerprint)
    assert walk(CONTENT, reading.answers).result == walk(CONTENT, CASES[name]).result
    svg = unquote(next(given['src'] for given in Html(html).all('img')))
    assert scanned(modules(svg)) == [address]


def test_answers_that_do_not_count_stay_out_of_the_file(client):
    answers = CASES['s02']
    idle = next(q.id for q in CONTENT.questions if q.id not in walk(CONTENT, answers).answered)
    given = answers | {idle: (CONTENT.question[idle].options[0].id,)}
    assert idle in walk(CONTENT, given).idle
    assert f'{idle}=' not in page(client, f'/keep{query(given)}')
    plain = Html(page(client, f'/plain{query(given)}')).links
    assert [href for href in plain if href.startswith('keep?')] == [f'keep{query(answers)}']


@pytest.mark.parametrize('asked', ['', 'who=me&lang=en', 'who=nobody', 'lang=zh-Hant'])
def test_without_a_result_the_file_is_the_page(client, asked):
    answer = client.get(f'/keep?{asked}', HOST)
    assert (answer.status_code, answer.headers['location']) == (303, f'./?{asked}' if asked else './')
