"""A damaged address leads to the page it was made for, in one step, whether its path or its query was damaged."""

from __future__ import annotations

import itertools
import json
import time
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wizard
from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.screens.site.paths import MOST
from guidance.screens.site.paths import shortened
from tests.support.asgi import Client
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED

CLIENT = Client(wizard.app)
CONTENT = SHIPPED.contents['zh-Hant']
ANSWERS = current_answers(CONTENT, CONTENT.cases['s02'].answers)[0]
GOOD = query_string(parameters(CONTENT, ANSWERS, 'zh-Hant', seen=walk(CONTENT, ANSWERS).result.fingerprint))
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
BOLD = {ord(letter): 0x1D41A + number for number, letter in enumerate('abcdefghijklmnopqrstuvwxyz')}


def thrice(text):
    return quote(quote(quote(text, safe=''), safe=''), safe='')


# Each takes the whole of what stands behind the host, as it was, and gives it as a chat, a mail or a hand passes it on.
MUTILATIONS = {
    'a full stop behind': lambda text: f'{text}。',
    'a bracket behind': lambda text: f'{text}）',
    'marks behind': lambda text: f'{text}”、…',
    'a bracket and the next words behind': lambda text: f'{text}），請看' if '?' not in text else f'{text}）',
    'question mark full-width': lambda text: text.replace('?', '？'),
    'question mark escaped': lambda text: text.replace('?', '%3F'),
    'question mark lost': lambda text: text.replace('?', ''),
    'question mark became an ampersand': lambda text: text.replace('?', '&'),
    'two slashes': lambda text: f'/{text}',
    'a slash before the question mark': lambda text: text.replace('?', '/?'),
    'two slashes before the question mark': lambda text: text.replace('?', '//?'),
    'capitals': lambda text: text.upper().replace('ZH-HANT', 'zh-Hant'),
    'escaped': lambda text: '/' + quote(text[1:], safe=''),
    'escaped twice': lambda text: '/' + quote(quote(text[1:], safe=''), safe=''),
    'escaped three times': lambda text: '/' + thrice(text[1:]),
    'query escaped twice more': lambda text: (
        text.partition('?')[0] + '?' + quote(quote(text.partition('?')[2], safe=''), safe='')
    ),
    'query escaped three times': lambda text: text.partition('?')[0] + '?' + thrice(text.partition('?')[2]),
    'all full-width': lambda text: '/' + text[1:].translate(WIDE),
    'query full-width': lambda text: text.partition('?')[0] + '?' + text.partition('?')[2].translate(WIDE),
    'bold': lambda text: text.partition('?')[0] + '?' + text.partition('?')[2].translate(BOLD),
    'as in an e-mail': lambda text: text.replace('=', '=3D'),
    'as in JSON': lambda text: json.dumps(text.replace('&', '\\u0026')).strip('"').replace('\\\\', '\\'),
    'as in HTML': lambda text: escape(text),
    'as in HTML by number': lambda text: text.replace('&', '%26%2338;'),
    'semicolons': lambda text: text.replace('&', ';'),
    **{f'dash {ord(dash):x}': (lambda text, dash=dash: text.replace('-', dash)) for dash in '‐‑‒–—―−－'},
}


def opened(url):
    """Open an address as a browser would, which escapes what is not ASCII; return the page and in how many steps it came."""
    asked = quote(url, safe="/?&=%;:+,!$'()*[]@~.-_\\")
    answer, steps = CLIENT.get(asked), 0
    while answer.status_code in (301, 303):
        location = answer.headers['location']
        path = asked.partition('?')[0]
        up = location.count('../')
        folder = path.split('/')[: -1 - up] if path.count('/') > up else ['']
        asked = '/'.join([*folder, location.replace('../', '').removeprefix('./')])
        answer, steps = CLIENT.get(asked), steps + 1
    return answer, asked, steps


@pytest.mark.parametrize(('mutilation', 'page'), sampled(itertools.product(MUTILATIONS, ['plain', '']), 3))
def test_a_damaged_address_leads_to_its_page_in_one_step(page, mutilation):
    answer, url, steps = opened(MUTILATIONS[mutilation](f'/{page}{GOOD}'))
    assert answer.status_code == 200 and steps <= 1, (url, answer.status_code)
    assert url.partition('?')[0] == f'/{page}'
    reading = read_query(CONTENT, parse_query(url.partition('?')[2]))
    assert (reading.answers, reading.lang) == (ANSWERS, 'zh-Hant')
    assert walk(CONTENT, reading.answers).result.heading in answer.text or page == ''


@pytest.mark.parametrize('page', ['', 'plain', 'training'])
@pytest.mark.parametrize('around', ['。', '）', '/', '//', '.', '”', '%E3%80%82', '%20', '/？', '！'])
def test_marks_around_a_page_are_no_part_of_its_address(page, around):
    answer, url, steps = opened(f'/{page}{around}')
    assert (answer.status_code, url, steps) == (200, f'/{page}', 1)


@given(st.sampled_from(['', 'plain', 'keep']), st.lists(st.sampled_from(list(MUTILATIONS)[:11]), min_size=1, max_size=3))
def test_several_damages_lead_to_the_same_page_in_one_step(page, mutilations):
    text = f'/{page}{GOOD}'
    for mutilation in dict.fromkeys(mutilations):
        text = MUTILATIONS[mutilation](text)
    answer, url, steps = opened(text)
    assert answer.status_code == 200 and steps <= 1, text
    assert url.partition('?')[0] == f'/{page}'
    assert read_query(CONTENT, parse_query(url.partition('?')[2])).answers == ANSWERS


@pytest.mark.parametrize(
    'path',
    ['/nowhere。', '/plain.html', '/plain/deeper', '/training/x', '/a%3Dme', '/x=y&z', '/%00', '/%ff', '/..%2fplain2', '/Status'],
)
def test_what_is_truly_unknown_stays_unknown_with_a_way_on(path):
    answer = CLIENT.get(path)
    assert answer.status_code == 404 and CONTENT.ui_texts.not_found in CLIENT.get(f'{path}?lang=zh-Hant').text
    assert answer.headers['cache-control'] == 'private, no-store'


@pytest.mark.parametrize(
    'query', ['%25%25%25', '请看', '%E2%9D%93%E2%9D%93=%E2%9D%93', '%FF%FE', '%7B%22who%22%3A%22me%22%7D', '%3Cwho%3E']
)
def test_a_query_of_which_nothing_can_be_read_is_said_on_the_start_page(query):
    answer, _, steps = opened(f'/plain?{query}')
    english = SHIPPED.contents['en'].ui_texts
    assert (answer.status_code, steps) == (200, 0)
    assert english.start_lead in answer.text and english.notice_damaged in answer.text


@pytest.mark.parametrize('query', ['', 'utm_source=x', 'ref=newsletter&_ga=1.2', 'fbclid=%E2%9D%93', 'lang=en'])
def test_what_others_add_is_passed_over_in_silence(query):
    assert SHIPPED.contents['en'].ui_texts.notice_damaged not in opened(f'/plain?{query}')[0].text


# Cost


def test_of_an_over_long_query_only_the_beginning_and_the_end_are_read():
    read = []
    query = b'who=me&' + b'&'.join(b'x%d=y' % number for number in range(20_000)) + b'&lang=zh-Hant'
    assert shortened(query, lambda text: read.append(text) or 'who=me') == 'who=me'
    assert read[0].startswith('who=me&') and read[0].endswith('&lang=zh-Hant') and len(read[0]) < MOST
    assert read[0].count('&') < 200
    assert shortened(b'a=' + b'x' * 9_000 + b'&lang=en', str) == 'lang=en'  # half a word is no word


LONG = 57_000
COSTLY = {
    'the same answer again and again': ('/?' + 'who=me&' * (LONG // 7), {}),
    'the same for the plain edition': ('/plain?' + 'who=me&' * (LONG // 7), {}),
    'the same for a file': ('/keep?' + 'who=me&' * (LONG // 7), {}),
    'names near a name': ('/?' + 'happene=d&' * (LONG // 10), {}),
    'marks': ('/?' + '&' * LONG, {}),
    'names near a name, within the limit': ('/?' + '&'.join(f'happene{number}=d' for number in range(199)), {}),
    'the same in the full edition': ('/?who=' + '%EF%B7%BA' * 600, {}),
    'dashes and semicolons': ('/?' + quote('who=me;‐' * 300), {}),
    'escapes': ('/plain?' + '%2526' * (MOST // 5), {}),
    'within the limit': ('/plain?' + '&'.join(['happened=hurt.death'] * 199), {}),
    'a letter that is eighteen': ('/plain?who=' + '%EF%B7%BA' * 600, {}),
    'a path': ('/' + 'a' * LONG, {}),
    'a path of slashes': ('/' * LONG, {}),
    'a path of escapes': ('/' + '%25' * (LONG // 3), {}),
    'a path that is a query': ('/' + 'who=me&' * 800, {}),
    'Accept-Language': ('/plain', {'Accept-Language': 'zh-HK;q=0.5,' * (LONG // 12)}),
    'cookies': ('/plain', {'Cookie': 'a=b; ' * (LONG // 5)}),
    'If-None-Match': ('/plain', {'If-None-Match': '"x", ' * (LONG // 5)}),
    'X-Forwarded-Host': ('/plain', {'X-Forwarded-Host': 'a,' * (LONG // 2)}),
}


def seconds(url, headers):
    def once():
        begun = time.process_time()
        CLIENT.get(url, headers)
        return time.process_time() - begun

    return min(once() for _ in range(3))


@pytest.mark.parametrize('what', sampled(COSTLY, 3))
def test_no_request_costs_much_more_than_a_page(what):
    url, headers = COSTLY[what]
    cost, normal = seconds(url, headers), seconds('/plain?who=me&lang=en', {})
    print(f'\n  {what}: {cost * 1000:.1f} ms, a page {normal * 1000:.1f} ms', end='')
    assert cost < 20 * normal
