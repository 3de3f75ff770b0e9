"""The plain edition and the kept file: what they say is what the full edition says, and nothing in an address breaks them."""

from __future__ import annotations

import itertools
import random
import re
from html.parser import HTMLParser
from urllib.parse import quote
from urllib.parse import unquote
from urllib.parse import urlencode

import pytest
import zxingcpp
from conftest import ROOT
from conftest import complete
from PIL import Image
from shipped import SHIPPED
from starlette.applications import Starlette
from starlette.requests import Request
from streamlit.testing.v1 import AppTest
from test_shell import Client

import wizard
from guidance.journey import link
from guidance.journey.walk import walk
from guidance.screens import styles
from guidance.screens.plain.plain import POLICY
from guidance.screens.scripts import SCRIPT
from guidance.screens.site.address import base

CONTENTS = SHIPPED.contents
CONTENT = CONTENTS['en']
HOST = {'X-Forwarded-Host': 'help.example'}  # as the proxy on this machine says
KB = 1024
CASES = {name: link.current(CONTENT, scenario.answers)[0] for name, scenario in CONTENT.scenarios.items()}
VOID = {'meta', 'link', 'input', 'img', 'br', 'hr', 'wbr'}


@pytest.fixture(scope='module')
def client():
    return Client(wizard.app)


class Html(HTMLParser):
    """What stands in a page: every tag with its attributes, and text and links outside of the classes to `skip`."""

    def __init__(self, text, skip=()):
        super().__init__()
        self.tags, self.said, self.links = [], [], []
        self._skip, self._open = {'style', 'title', *skip}, []
        self.feed(text)
        self.close()
        assert self._open == [], 'every element is closed'

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        hidden = (self._open and self._open[-1][1]) or bool(self._skip & {tag, *given.get('class', '').split()})
        if tag not in VOID:
            self._open.append((tag, hidden))
        if tag == 'a' and not hidden:
            self.links.append(given['href'])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        if data.strip() and not (self._open and self._open[-1][1]):
            self.said.append(' '.join(data.split()))

    def all(self, tag):
        return [given for name, given in self.tags if name == tag]


def query(answers, lang='en', **more):
    return link.address(link.parameters(CONTENT, answers, lang) | more)


def page(client, url, **headers):
    answer = client.get(url, HOST | headers)
    assert answer.status_code == 200, url
    return answer.text


def followed(client, url):
    """Open an address, with at most one redirect."""
    answer = client.get(url, HOST)
    if answer.status_code == 303:
        url = answer.headers['location'].removeprefix('.')
        answer = client.get(url, HOST)
    assert answer.status_code == 200
    return url, answer.text


def sent(html, chosen=()):
    """Return the address that a browser opens when the form of a page is sent with these options chosen."""
    form = Html(re.search(r'<form.*?</form>', html, re.DOTALL)[0])
    inputs = form.all('input')
    hidden = [(given['name'], given['value']) for given in inputs if given['type'] == 'hidden']
    offered = [(given['name'], given['value']) for given in inputs if given['type'] in ('radio', 'checkbox')]
    assert set(chosen) <= {value for _, value in offered}
    assert [given['action'] for given in form.all('form')] == ['plain']
    return '/plain?' + urlencode([pair for pair in offered if pair[1] in chosen] + hidden)


def checked(html):
    return [given['value'] for given in Html(html).all('input') if 'checked' in given]


def result_of(html, *skip):
    """Return what a page says and links to as its result, without what only one edition has."""
    inside = html[html.index('<h1') : html.index('<footer')]
    opened = re.sub(r'(</div>\s*)?</main>\s*$', '', inside)
    found = Html(opened, {'g-keep', *skip})
    return found.said, found.links


# Both editions


def full_edition(app, answers, lang):
    app.query_params.clear()
    for name, value in link.parameters(CONTENT, answers, lang).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return '\n'.join(part.proto.body for part in app.get('html'))


def assert_same_result(client, app, answers, lang):
    """The full edition, the file and the plain edition, all its parts together, say the same in the same order."""
    full = full_edition(app, answers, lang)
    parts = plain_parts(client, answers, lang)
    assert walk(CONTENTS[lang], answers).result.parts[0].title in parts[0]
    if len(parts) == 1:
        assert result_of(parts[0], 'g-change') == result_of(full, 'g-change')
    assert sections_of(''.join(parts)) == sections_of(full)
    kept = page(client, f'/keep{query(answers, lang)}')
    assert sections_of(kept) == sections_of(full)
    assert result_of(kept, 'g-kept') == result_of(full, 'g-back', 'g-change', 'g-again')


def plain_parts(client, answers, lang):
    """Every part of a plain result, found as a reader finds them: by the link to the next one."""
    parts, url = [], f'/plain{query(answers, lang)}'
    while url:
        parts.append(page(client, url))
        following = [given['href'] for given in Html(parts[-1]).all('a') if given.get('class') == 'g-button']
        url = f'/plain{following[0]}' if following else None
    return parts


def sections_of(html):
    """What the sections of a result say and link to."""
    found = re.findall(r'<section(?! class="g-(?:leave|strip|keep|printed|kept|received))[^>]*>.*?</section>', html, re.DOTALL)
    inside = Html(''.join(found), {'g-change'})
    return inside.said, inside.links


@pytest.fixture(scope='module')
def app():
    return AppTest.from_file(str(ROOT / 'guidance/screens/app.py'), default_timeout=20)


@pytest.mark.parametrize('lang', CONTENTS)
def test_both_editions_and_the_file_say_the_same_for_every_case(client, app, lang):
    for answers in list(CASES.values())[list(CONTENTS).index(lang) :: len(CONTENTS)]:
        assert_same_result(client, app, answers, lang)


@pytest.mark.parametrize('seed', range(3))
def test_both_editions_and_the_file_say_the_same_for_random_answers(client, app, seed):
    rng = random.Random(seed)
    for _ in range(4):
        assert_same_result(client, app, complete(CONTENT, rng), rng.choice(list(CONTENTS)))


def test_each_edition_leads_to_the_same_page_of_the_other(client, app):
    answers = CASES['s02']
    for more in ({}, {'change': 'happened'}, {'seen': '00000000', 'shared': '1'}):
        asked = query(answers, 'zh-Hant', **more)
        app.query_params.clear()
        for name, value in link.parameters(CONTENT, answers, 'zh-Hant').items():
            app.query_params[name] = value
        for name, value in more.items():
            app.query_params[name] = value
        full = '\n'.join(part.proto.body for part in app.run().get('html'))
        assert f'plain{asked}' in Html(full).links
        assert f'./{asked}' in Html(page(client, f'/plain{asked}')).links


# The forms


@pytest.mark.parametrize('name, lang', list(zip(CASES, itertools.cycle(CONTENTS), strict=False)))
def test_every_case_is_answered_by_its_forms_from_the_start_to_the_result(client, name, lang):
    content, answers = CONTENTS[lang], CASES[name]
    start = page(client, f'/plain?lang={lang}')
    url = '/plain' + next(href for href in Html(start).links if 'change=' in href)
    html = page(client, url)
    asked = []
    while 'name="asked"' in html:
        question = next(given['value'] for given in Html(html).all('input') if given['name'] == 'asked')
        assert content.question[question].ask.for_(walk(content, link.read(content, parsed(url)).answers).answered) in html
        assert checked(html) == [] and 'Question(' not in html
        asked.append(question)
        url, html = followed(client, sent(html, answers[question]))
    journey = walk(content, answers)
    assert asked == list(journey.answered)
    assert url == '/plain' + link.address(
        link.parameters(content, journey.answered, lang, seen=journey.result.fingerprint),
    )
    assert journey.result.parts[0].title in html


def parsed(url):
    return [tuple(map(unquote, pair.split('='))) for pair in url.partition('?')[2].split('&')]


def test_a_changed_answer_keeps_all_others_and_back_leads_to_the_question_before(client):
    answers = CASES['s02']
    html = page(client, f'/plain{query(answers, change="happened", seen="00000000")}')
    assert checked(html) == ['papers', 'money']
    url, _ = followed(client, sent(html, ['papers']))
    now = answers | {'happened': ('papers',)}
    assert url == f'/plain{query(now, seen=walk(CONTENT, now).result.fingerprint)}'
    assert Html(html[html.index('class="g-back"') - 3 : html.index('<h1')]).links == [query(answers, change='resident')]


@pytest.mark.parametrize('lang', CONTENTS)
def test_nothing_chosen_is_an_error_in_words(client, lang):
    html = page(client, f'/plain?change=who&lang={lang}')
    texts = CONTENTS[lang].interface
    assert texts.error_one not in html
    failed = page(client, sent(html))
    assert texts.error_one in failed and checked(failed) == []
    assert ' id="error" role="alert" tabindex="-1" autofocus>' in failed and failed.count('autofocus') == 1
    assert f'<title>{texts.error_title.format(title=CONTENTS[lang].question["who"].ask.for_({}))}' in failed


def test_nothing_chosen_of_several_is_an_error_and_the_other_answers_stay(client):
    before = {name: CASES['s02'][name] for name in ('who', 'asker-place', 'resident')}
    failed = page(client, sent(page(client, f'/plain{query(before)}')))
    assert CONTENT.interface.error_many in failed
    url, _ = followed(client, sent(failed, ['papers']))
    assert url == f'/plain{query(before | {"happened": ("papers",)})}'


def test_an_exclusive_answer_beside_others_is_an_error_and_both_stay_chosen(client):
    before = {name: CASES['s02'][name] for name in ('who', 'asker-place', 'resident')}
    question = CONTENT.question['happened']
    alone = next(option for option in question.options if option.alone)
    other = next(option for option in question.options if not option.alone)
    failed = page(client, sent(page(client, f'/plain{query(before)}'), [alone.id, other.id]))
    assert CONTENT.interface.error_alone.format(alone=alone.label) in Html(failed).said
    assert sorted(checked(failed)) == sorted([alone.id, other.id])
    assert CONTENT.interface.notice_damaged not in failed and 'class="g-notice"' not in failed


@pytest.mark.parametrize('asked', ['nothing', 'province', '', '<b>'])
def test_a_form_of_a_question_that_is_not_asked_now_leads_to_the_one_that_is(client, asked):
    answer = client.get(f'/plain?who=me&lang=en&asked={quote(asked)}')
    assert (answer.status_code, answer.headers['location']) == (303, './plain?who=me&lang=en')


# Every page


def test_the_button_for_a_change_leads_where_the_link_of_the_full_edition_leads(client, app):
    answers = CASES['s02']
    links = Html(full_edition(app, answers, 'en')).all('a')
    changes = [given['href'] for given in links if 'change=' in given['href'] and 'aria-label' in given]
    found = Html(page(client, f'/plain{query(answers)}'))
    hidden = [(given['name'], given['value']) for given in found.all('input')]
    buttons = [(given['name'], given['value']) for given in found.all('button')]
    assert ['?' + urlencode([*hidden, button], safe='.') for button in buttons] == changes != []


def size(client, url):
    """The bytes of a page as they are sent."""
    return len(client.get(url, HOST).raw)


def test_pages_are_small(client):
    for lang in CONTENTS:
        assert size(client, f'/plain?lang={lang}') < 7 * KB
        for answers in CASES.values():
            assert size(client, f'/plain{query(answers, lang, shared="1", seen="00000000")}') < 12 * KB
            for question in list(walk(CONTENT, answers).answered)[::6]:
                assert size(client, f'/plain{query(answers, lang, change=question)}') < 12 * KB


def test_what_is_sent_is_small_for_any_answers(client):
    rng = random.Random(7)
    for _ in range(15):
        asked = query(complete(CONTENT, rng), rng.choice(list(CONTENTS)), shared='1', seen='00000000')
        assert size(client, f'/plain{asked}') < 12 * KB
        assert len(page(client, f'/keep{asked}').encode()) < 100 * KB


def test_a_page_loads_nothing_and_runs_nothing(client):
    for url in ('/plain', '/plain?who=me', f'/plain{query(CASES["s02"], shared="1")}'):
        assert_loads_nothing(page(client, url))


def assert_loads_nothing(html):
    found = Html(html)
    for tag, given in found.tags:
        assert tag not in ('script', 'iframe', 'object', 'embed', 'base', 'video', 'audio')
        assert not [name for name in given if name.startswith('on') or name in ('srcset', 'style', 'background')]
        for name in ('src', 'href') if tag != 'a' else ():
            assert given.get(name, 'data:').startswith('data:')
    style = html[html.index('<style>') : html.index('</style>')]
    assert 'url(' not in style and '@import' not in style


def test_headers(client):
    answer = client.get('/plain?who=me', HOST)
    assert answer.headers['content-security-policy'] == POLICY
    assert POLICY.startswith("default-src 'none'; ") and "form-action 'self'" in POLICY and 'script' not in POLICY
    assert answer.headers['x-robots-tag'] == 'noindex'
    assert answer.headers['referrer-policy'] == 'no-referrer'
    assert 'Accept-Language' in answer.headers['vary']
    etag = client.get('/plain', HOST).headers['etag']
    again = client.get('/plain', HOST | {'If-None-Match': etag})
    assert (again.status_code, again.headers['content-security-policy']) == (304, POLICY)
    assert client.get('/plain', HOST, method='HEAD').status_code == 200
    assert client.get('/plain', HOST, method='POST').status_code == 405


LARGEST = {
    'who': ('friend',), 'asker-place': ('mainland',), 'person-place': ('unknown',), 'resident': ('unknown',),
    'happened': ('hurt', 'death', 'custody', 'missing', 'papers', 'money', 'disaster', 'dispute'), 'danger-now': ('yes',),
    'hurt-state': ('unknown',), 'hurt-cause': ('violence',), 'custody-stage': ('held',), 'custody-kind': ('criminal',),
    'papers-where': ('stolen',), 'which-papers': ('home-return-permit', 'identity-card', 'passport'),
    'dispute-kind': ('bill', 'complaint', 'court', 'contract', 'permit', 'threatened'), 'dependant': ('yes',),
}  # fmt: skip


@pytest.mark.parametrize('lang', CONTENTS)
def test_a_result_of_everything_at_once_comes_in_parts_that_are_small(client, app, lang):
    answers = complete(CONTENT, random.Random(1), LARGEST)
    parts = plain_parts(client, answers, lang)
    assert len(parts) > 1
    assert max(len(part.replace(styles.SERVER, '').encode()) for part in parts) < 25 * KB
    if lang == 'en':
        assert_same_result(client, app, answers, lang)
        leads = {href for part in parts for href in Html(part).links if '#' in href}
        for name, anchor in (href.split('#') for href in leads):
            assert f'id="{anchor}"' in (page(client, f'/plain{name}') if name else ''.join(parts))
    for asked in ('0', '99', 'x', '<b>', '9' * 50):
        assert '</html>' in page(client, f'/plain{query(answers, lang, part=asked)}')


def test_a_slash_at_the_end_is_taken_away(client):
    answer = client.get('/plain/?who=me&lang=en')
    assert (answer.status_code, answer.headers['location']) == (301, '../plain?who=me&lang=en')
    assert client.get('/keep/').headers['location'] == '../keep'


@pytest.mark.parametrize('path', ['/plain/who', '/keep/x.html', '/plain.html'])
def test_below_the_pages_there_is_nothing(client, path):
    assert client.get(path).status_code == 404


def title(html):
    return re.search(r'<title>(.*?)</title>', html)[1]


@pytest.mark.parametrize('lang', CONTENTS)
def test_the_preview_of_an_address_with_answers_names_only_the_service_and_the_title_what_the_page_is(client, lang):
    content = CONTENTS[lang]
    name = content.service.name
    answers = CASES['s02']
    asked = {name: content.question[name].ask.for_({'who': ('me',)}) for name in ('who', 'asker-place', 'happened')}
    expected = {
        query(answers, lang): content.interface.do_now,
        query(answers, lang, change='happened'): asked['happened'],
        query(CASES['s06'], lang, change='custody-kind'): content.interface.question_title.format(n=7),
        f'?who=x&lang={lang}': asked['who'],
        f'?who=me&lang={lang}': asked['asker-place'],
    }
    for url, said in expected.items():
        html = page(client, f'/plain{url}')
        assert title(html) == f'{said} – {name}'
        assert re.findall(r'<meta (?:name|property)="(?:og:title|og:description|description)" content="(.*?)">', html) == [
            content.service.description,
            name,
            content.service.description,
        ]
    assert title(page(client, f'/plain?lang={lang}')) == f'{content.interface.start_title} – {name}'
    first = content.questions[0]
    assert title(page(client, f'/plain?change={first.id}&lang={lang}')) == f'{first.ask.for_({})} – {name}'


@pytest.mark.parametrize(
    ('asked', 'accepted', 'lang'),
    [('', '', 'en'), ('', 'zh-CN,en;q=0.5', 'zh-Hans'), ('', 'zh-HK', 'zh-Hant'), ('', 'fr', 'en'),
     ('?lang=zh-hant', 'zh-CN', 'zh-Hant'), ('?lang=xx', 'zh-CN', 'zh-Hans'), ('?who=me', 'zh-CN', 'zh-Hans')],
)  # fmt: skip
def test_language_is_the_one_of_the_address_else_the_browsers(client, asked, accepted, lang):
    html = page(client, f'/plain{asked}', **{'Accept-Language': accepted})
    assert f'<html lang="{lang}">' in html
    assert CONTENTS[lang].service.name in html
    assert [given['hreflang'] for given in Html(html).all('a') if 'hreflang' in given] == [c for c in CONTENTS if c != lang]


def test_every_page_has_the_emergency_numbers_and_whom_to_contact(client):
    for url in ('', '?change=who', '?who=me', '?asked=who', query(CASES['s02'])):
        html = page(client, f'/plain{url}')
        assert {'tel:110', 'tel:999', 'tel:+8521868'} <= set(Html(html).links)
        assert CONTENT.interface.contact_now in html


def test_what_is_wrong_with_an_address_is_said(client):
    texts, ask = CONTENT.interface, CONTENT.question['who'].ask.for_({})
    assert texts.notice_unread.format(question=ask) in Html(page(client, '/plain?who=relatve')).said
    assert texts.notice_damaged in page(client, '/plain?hapened=custody')
    assert texts.notice_changed in page(client, f'/plain{query(CASES["s02"], seen="00000000")}')
    same = walk(CONTENT, CASES['s02']).result.fingerprint
    for quiet in (query(CASES['s02'], seen=same), '?fbclid=x&from=timeline&isappinstalled=0&utm_source=y'):
        assert 'class="g-notice"' not in page(client, f'/plain{quiet}')


def test_a_receiver_is_told_that_a_result_was_shared(client):
    said = CONTENT.interface.received
    assert Html(page(client, f'/plain{query(CASES["s02"], shared="1")}')).said.count(said) == 1
    assert said not in page(client, f'/plain{query(CASES["s02"])}')
    assert said not in page(client, f'/keep{query(CASES["s02"], shared="1")}')


def test_a_result_whose_link_no_code_can_hold_is_kept_without_one(client, monkeypatch):
    assert '<img class="g-qr"' in page(client, f'/keep{query(CASES["s06"])}')
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', f'https://help.example/{"a" * 2_400}/')
    kept = page(client, f'/keep{query(CASES["s06"])}')
    assert 'a' * 2_400 in kept and '<img' not in kept


def test_a_fault_of_ours_is_a_plain_sentence(client, monkeypatch):
    monkeypatch.setattr('guidance.journey.walk.result', lambda *_: 1 / 0)
    for path in ('plain', 'keep'):
        answer = client.get(f'/{path}{query(CASES["s02"])}', HOST | {'Accept-Language': 'zh-HK'})
        assert answer.status_code == 500
        assert CONTENTS['zh-Hant'].interface.fault_title in answer.text and 'ZeroDivision' not in answer.text


# Hostile addresses

HOSTILE = [  # each has `alert` in it, or a mark that turns the writing round
    '<script>alert(1)</script>', 'javascript:alert(1)', '"><img src=x onerror=alert(1)>', "'onfocus=alert(1) autofocus='",
    '{{alert(1)}}', 'alert(1)\r\nSet-Cookie: alert=1', '\u202ealert\u200f', 'alert\0', '</style><b>alert', '&lt;alert&#62;',
    '..%2falert',
]  # fmt: skip
NAMES = ['who', 'happened', 'province', 'change', 'lang', 'seen', 'shared', 'asked', 'cut', 'fbclid', 'from', 'x']


@pytest.mark.parametrize('path', ['/plain', '/keep', '/'])
@pytest.mark.parametrize('text', HOSTILE, ids=range(len(HOSTILE)))
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


@pytest.mark.parametrize('path', ['/plain', '/keep'])
@pytest.mark.parametrize(
    'text', ['%', '%f', '%ff%fe', '%ed%a0%80', '\\', '&&&===', '=', '%00=%00', 'who=me%00', 'who=%c3%28', ';;', '?', '#']
)
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
    assert CONTENTS['zh-Hant'].interface.notice_damaged in page(client, '/plain?resident=yes&lang=zh-Hant&cut=1')


def test_what_chat_programs_add_changes_nothing(client):
    asked = query(CASES['s02'])
    added = f'{asked}&fbclid=IwAR0x&from=groupmessage&isappinstalled=0&utm_medium=x&gclid=1'
    assert page(client, f'/plain{added}') == page(client, f'/plain{asked}')
    assert page(client, f'/keep{added}') == page(client, f'/keep{asked}')


# The place of the wizard


def place(headers=(), path='/plain', root_path='', scheme='http'):
    raw = [(name.lower().encode(), value.encode('latin-1')) for name, value in dict(headers).items()]
    return base(Request({'type': 'http', 'path': path, 'root_path': root_path, 'scheme': scheme, 'headers': raw}))


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
def test_the_place_is_the_one_that_the_browser_used(given, expected):
    assert place(**given) == expected


BAD_HOSTS = ['', '"><script>alert(1)</script>', 'a b', 'a/b', 'user@evil.example', 'a?b', 'a#b', 'é.example', "a'b", 'a:port',
             'a' * 300]  # fmt: skip


@pytest.mark.parametrize('host', BAD_HOSTS, ids=range(len(BAD_HOSTS)))
def test_a_host_that_is_none_makes_no_link_and_no_markup(client, host):
    assert place({'Host': host}) == ''
    assert place({'Host': 'localhost', 'X-Forwarded-Host': host}) == ('' if host else 'http://localhost/')
    for path in ('plain', 'keep'):
        html = client.get(f'/{path}{query(CASES["s02"])}', {'X-Forwarded-Host': host, 'X-Forwarded-Proto': 'https'}).text
        assert 'alert' not in html and 'evil' not in html and 'https://a' not in html
        assert CONTENT.interface.do_now in html
    assert not [href for href in Html(html).links if href.startswith('?')], 'a file has no relative links'
    assert not Html(html).all('img')


@pytest.mark.parametrize(
    'headers',
    [{'X-Forwarded-Proto': 'javascript'}, {'X-Forwarded-Proto': 'http://x'}, {'X-Forwarded-Prefix': '/"><b>'},
     {'X-Forwarded-Prefix': '//evil'}, {'X-Forwarded-Prefix': 'evil'}],
)  # fmt: skip
def test_a_forwarded_header_that_is_none_makes_no_link(headers):
    assert place({'Host': 'localhost'} | headers) == ''


def test_a_configured_place_overrides_what_the_browser_used(client, monkeypatch):
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://public.example/help')
    assert place({'Host': '"><b>'}) == 'https://public.example/help/'
    assert 'https://public.example/help/?who=me' in page(client, f'/keep{query(CASES["s02"])}')


def test_routes_lie_beside_the_pages_below_a_base_path():
    client = Client(Starlette(routes=wizard.routes('/base/')))
    assert [client.get(path, HOST).status_code for path in ('/base/plain', '/plain', '/status')] == [200, 404, 200]
    assert 'http://help.example/base/?who=me' in client.get(f'/base/plain{query(CASES["s02"])}', HOST).text


# The kept file


@pytest.mark.parametrize('name, lang', list(zip(CASES, itertools.cycle(CONTENTS), strict=False)))
def test_the_file_needs_nothing_else_and_has_all_that_is_needed(client, name, lang):
    answer = client.get(f'/keep{query(CASES[name], lang)}', HOST)
    html, found = answer.text, Html(answer.text)
    name = answer.headers['content-disposition']
    assert re.fullmatch(r'attachment; filename="in-difficulty-in-the-mainland-\d{4}-\d\d-\d\d\.html"', name)
    assert answer.headers['content-type'] == 'text/html; charset=utf-8' and '<meta charset="UTF-8">' in html
    assert len(answer.content) < 100 * KB
    assert_loads_nothing(html)
    assert {'tel:110', 'tel:999', 'tel:+8521868'} <= set(found.links)
    assert not [href for href in found.links if not re.match(r'(https?://|tel:|mailto:|#)', href)]
    assert not found.all('form') and not found.all('input')
    assert CONTENT.version in html
    assert [given['name'] for given in found.all('meta') if 'name' in given][0] == 'viewport'
    assert '@media print' in html


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


@pytest.mark.parametrize('name', CASES)
def test_the_address_in_the_file_is_also_its_code_and_opens_the_same_result(client, name):
    html = page(client, f'/keep{query(CASES[name], "zh-Hans")}')
    address = next(href for href in Html(html).links if href.startswith('http://help.example/'))
    assert address in ''.join(Html(html).said)
    reading = link.read(CONTENT, parsed(address))
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
