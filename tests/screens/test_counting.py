"""What is counted of a visit, on the pages that the server draws and on those of Streamlit; and what of no visit."""

from __future__ import annotations

import asyncio
import json
import re
from urllib.parse import urlencode

import pytest

import wizard
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from guidance.screens.counting import is_visit
from guidance.serving import counters
from guidance.serving.counters import Event
from guidance.training.case import expected
from tests.support.apptest import app_of
from tests.support.apptest import html_of
from tests.support.asgi import Client
from tests.support.shipped import SHIPPED

CONTENT = SHIPPED.contents['en']
ANSWERS = expected(CONTENT, CONTENT.cases['s06'])
REACHED = [part.outcome.id for part in walk(CONTENT, ANSWERS).result.parts]
LAST = list(walk(CONTENT, ANSWERS).answered)[-1]
RESULT = query_string(parameters(CONTENT, ANSWERS, 'en'))
SENT = f'{RESULT}&asked={LAST}'
HOST = {'Host': 'localhost'}
CLIENT = Client(wizard.app)
FIRST, SECOND = (question.id for question in CONTENT.questions[:2])
ONE = {FIRST: (CONTENT.questions[0].options[0].id,)}


def query(answers, **more):
    return query_string(parameters(CONTENT, answers, 'en') | more)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(counters, '_every', {})
    monkeypatch.setattr(counters.Counters, '_begin', lambda self, folder: None)
    monkeypatch.setenv('GUIDANCE_COUNT', str(tmp_path / 'counts'))
    return tmp_path / 'counts'


def counted():
    """The numbers so far, for each thing and what happened to it."""
    return {(event.id, event.what): number for event, number in counters.counted().items()}


def ask(address, method='GET', **headers):
    return CLIENT.get(address, HOST | {name.replace('_', '-'): value for name, value in headers.items()}, method)


# A visit


@pytest.mark.parametrize('place', ['/', '/plain'])
def test_a_question_that_is_shown_and_answered_and_a_result_that_is_reached(folder, place):
    following = walk(CONTENT, ONE).next.id
    ask(f'{place}{query({}, change=FIRST)}')
    ask(f'{place}{query(ONE, asked=FIRST)}')
    ask(f'{place}{query(ONE)}')
    assert counted() == {(FIRST, 'shown'): 1, (FIRST, 'answered'): 1, (following, 'shown'): 1}
    ask(f'{place}{query(ONE, change=FIRST)}')  # Back
    assert counted()[following, 'back'] == 1 and counted()[FIRST, 'shown'] == 2
    before = counted()
    ask(f'{place}{SENT}')
    assert counted() == before | {(LAST, 'answered'): 1} | {(name, 'reached'): 1 for name in REACHED}
    before = counted()
    ask(f'{place}{RESULT}')  # a result that is opened was not reached
    ask(f'{place}{query(ONE, asked=following)}')  # no answer
    ask(f'{place}{query(ONE, asked="nothing")}')
    assert counted() == before


def test_who_does_not_know_is_counted_apart(folder):
    answered = walk(CONTENT, ANSWERS).answered
    question = next(each for each in CONTENT.questions if 'unknown' in each.option and each.id in answered)
    ask('/plain' + query(ANSWERS | {question.id: ('unknown',)}, asked=question.id))
    assert counted()[question.id, 'unknown'] == counted()[question.id, 'answered'] == 1


def test_streamlit_counts_what_the_server_did_not(folder):
    app = app_of()
    app.query_params['lang'] = 'en'
    app.query_params['change'] = FIRST
    app.run()
    assert counted() == {}  # the server drew this page before, and counted it
    app.query_params.clear()
    for name, value in (parameters(CONTENT, ONE, 'en') | {'asked': FIRST}).items():
        app.query_params[name] = value
    app.run()
    assert counted() == {(FIRST, 'answered'): 1, (walk(CONTENT, ONE).next.id, 'shown'): 1} and html_of(app)


@pytest.mark.parametrize(
    ('method', 'headers'),
    [
        ('HEAD', {}),
        ('GET', {'sec-purpose': 'prefetch;prerender'}),
        ('GET', {'x-moz': 'prefetch'}),
        ('GET', {'user-agent': 'WhatsApp/2.23.20.0 A'}),
        ('GET', {'user-agent': 'TelegramBot (like TwitterBot)'}),
        ('GET', {'user-agent': 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'}),
        ('GET', {'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'}),
    ],
)
def test_who_only_looks_ahead_or_makes_a_preview_is_no_visit(folder, method, headers):
    assert not is_visit(method, headers)
    for address in (f'/plain{SENT}', f'/{query(ONE)}', f'/keep{RESULT}', f'/count{RESULT}&count=useful'):
        CLIENT.get(address, HOST | headers, method)
    assert counted() == {}


@pytest.mark.parametrize(
    'agent',
    [
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.40 Language/zh_HK',
        'Mozilla/5.0 (Linux; Android 9; CUBOT NOTE) AppleWebKit/537.36 Chrome/109.0.0.0 Mobile Safari/537.36',
        'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 [FB_IAB/FB4A;FBAV/441.0.0.0;]',
        '',
    ],
)
def test_a_browser_within_another_app_is_one(agent):
    assert is_visit('GET', {'user-agent': agent})


# What is said of a result, and done with it


@pytest.mark.parametrize(('place', 'at', 'back'), [('/', 'count', './'), ('/plain', 'count-plain', 'plain')])
def test_a_reader_says_of_a_result_what_is_counted_and_is_thanked(folder, place, at, back):
    text = ask(f'{place}{RESULT}').text
    form = re.search(r'<form class="g-count" action="(.*?)".*?>(.*?)</form>', text, re.DOTALL)
    assert form[1] == at and set(re.findall('name="count" value="(.*?)"', form[2])) == {'useful', 'not-useful', 'wrong'}
    fields = dict(re.findall('type="hidden" name="(.*?)".*? value="(.*?)"', form[2]))
    for what in ('useful', 'wrong', 'wrong', 'nonsense'):
        answer = ask(f'/{at}?{urlencode(fields | {"count": what})}')
        assert answer.status_code == 303 and 'count=' not in answer.headers['location']
        assert answer.headers['location'].startswith(f'{at}?')
    thanks = ask('/' + answer.headers['location'])
    assert thanks.status_code == 200 and CONTENT.ui_texts.count_done in thanks.text
    assert f'href="{back}?' in thanks.text and '<script' not in thanks.text
    assert counted() == {(name, what): n for name in REACHED for what, n in (('useful', 1), ('wrong', 2))}


def test_what_the_browser_tells_and_a_file_that_is_kept_is_counted(folder):
    for what in ('shared', 'printed'):
        answer = ask(f'/count{RESULT}&count={what}')
        assert (answer.status_code, answer.content) == (204, b'')
    ask(f'/keep{RESULT}')
    assert counted() == {(name, what): 1 for name in REACHED for what in ('shared', 'printed', 'kept')}


def test_no_result_no_count(folder):
    assert ask(f'/count{query(ONE)}&count=useful').headers['location'].startswith('./?')
    assert counted() == {}


# On and off


@pytest.mark.parametrize('lang', sorted(SHIPPED.contents))
@pytest.mark.parametrize('place', ['/', '/plain'])
def test_the_privacy_sentence_and_the_form_stand_there_only_while_it_is_counted(folder, monkeypatch, place, lang):
    words = SHIPPED.contents[lang].ui_texts
    pages = [f'{place}?lang={lang}', place + query_string(parameters(CONTENT, ANSWERS, lang))]

    def found():
        texts = [ask(page).text for page in pages]
        return [words.privacy_counts in text for text in texts], ['class="g-count"' in text for text in texts]

    assert found() == ([True, True], [False, True])
    monkeypatch.delenv('GUIDANCE_COUNT')
    assert found() == ([False, False], [False, False])
    assert words.privacy_counts != SHIPPED.contents['en'].ui_texts.privacy_counts or lang == 'en'


def test_switched_off_nothing_is_counted_and_an_old_form_leads_back(folder, monkeypatch):
    monkeypatch.delenv('GUIDANCE_COUNT')
    answer = ask(f'/count{RESULT}&count=useful')
    assert answer.status_code == 303 and answer.headers['location'].startswith('./?')
    ask(f'/plain{SENT}')
    assert counted() == {} and ask('/metrics').status_code == 404 and not folder.exists()


def test_a_file_tells_nothing_of_the_visitor(folder):
    ask(f'/plain{SENT}', User_Agent='Mozilla/5.0 Own', X_Forwarded_For='203.0.113.9', Accept_Language='zh-HK')
    counters.finish()
    (path,) = folder.iterdir()
    assert json.loads(path.read_text()) == {
        'outcome': {name: {'reached': 1} for name in REACHED},
        'question': {LAST: {'answered': 1}},
    }


def test_what_is_not_written_yet_is_written_when_the_server_stops(folder, monkeypatch):
    monkeypatch.setattr(wizard, 'start', lambda: None)

    async def serve():
        async with wizard.lifespan(wizard.app):
            counters.count([Event('question', FIRST, 'shown')], counters.datetime.date(2027, 1, 31))
            assert not folder.exists()

    asyncio.run(serve())
    assert len(list(folder.iterdir())) == 1


# For Prometheus


def test_metrics_are_rounded_down_and_not_for_the_public(folder, monkeypatch):
    many, few = Event('question', FIRST, 'shown'), Event('outcome', REACHED[0], 'reached')
    for event, number in ((many, 29), (few, 9)):
        for _ in range(number):
            counters.count([event], counters.datetime.date(2027, 1, 31))
    answer = ask('/metrics')
    assert answer.headers['content-type'].startswith('text/plain; version=0.0.4')
    assert [line for line in answer.text.splitlines() if not line.startswith('#')] == [
        f'guidance_question_events_total{{question="{FIRST}",event="shown"}} 20',
    ]
    assert Client(wizard.app, peer='10.0.0.8').get('/metrics', {'Host': '10.0.0.9:8501'}).status_code == 200
    assert CLIENT.get('/metrics', HOST | {'X-Forwarded-Host': 'help.example'}).status_code == 404
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://help.example/')
    assert Client(wizard.app, peer='10.0.0.8').get('/metrics', {'Host': 'help.example'}).status_code == 404
