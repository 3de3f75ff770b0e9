"""The plain edition: its forms, and what each page of it says and weighs."""

from __future__ import annotations

import itertools
import random
import re
from urllib.parse import quote

import pytest

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.screens.plain.plain import POLICY
from tests.support.answers import complete
from tests.support.plain import CASES
from tests.support.plain import CONTENT
from tests.support.plain import CONTENTS
from tests.support.plain import HOST
from tests.support.plain import KB
from tests.support.plain import Html
from tests.support.plain import assert_loads_nothing
from tests.support.plain import checked
from tests.support.plain import followed
from tests.support.plain import page
from tests.support.plain import parsed
from tests.support.plain import query
from tests.support.plain import sent
from tests.support.sampling import sampled

# The forms


@pytest.mark.parametrize('name, lang', sampled(zip(CASES, itertools.cycle(CONTENTS), strict=False), 13, 1))
def test_every_case_is_answered_by_its_forms_from_the_start_to_the_result(client, name, lang):
    content, answers = CONTENTS[lang], CASES[name]
    start = page(client, f'/plain?lang={lang}')
    url = '/plain' + next(href for href in Html(start).links if 'change=' in href)
    html = page(client, url)
    asked = []
    while 'name="asked"' in html:
        question = next(given['value'] for given in Html(html).all('input') if given['name'] == 'asked')
        assert content.question[question].ask.for_(walk(content, read_query(content, parsed(url)).answers).answered) in html
        assert checked(html) == [] and 'Question(' not in html
        asked.append(question)
        url, html = followed(client, sent(html, answers[question]))
    journey = walk(content, answers)
    assert asked == list(journey.answered)
    assert url == '/plain' + query_string(
        parameters(content, journey.answered, lang, seen=journey.result.fingerprint),
    )
    assert journey.result.heading in html


def test_a_changed_answer_keeps_all_others_and_back_leads_to_the_question_before(client):
    answers = CASES['s02']
    html = page(client, f'/plain{query(answers, change="happened", seen="00000000")}')
    assert checked(html) == ['papers', 'money']
    url, _ = followed(client, sent(html, ['papers']))
    now = answers | {'happened': ('papers',)}
    assert url == f'/plain{query(now, seen=walk(CONTENT, now).result.fingerprint)}'
    back = html[html.index('class="g-back"') - 3 : html.index('class="g-name"') - 3]
    assert Html(back).links == [query(answers, change='resident')]


@pytest.mark.parametrize('lang', CONTENTS)
def test_nothing_chosen_is_an_error_in_words(client, lang):
    html = page(client, f'/plain?change=who&lang={lang}')
    texts = CONTENTS[lang].ui_texts
    assert texts.error_one not in html
    failed = page(client, sent(html))
    assert texts.error_one in failed and checked(failed) == []
    assert ' id="error" role="alert" tabindex="-1" autofocus>' in failed and failed.count('autofocus') == 1
    assert f'<title>{texts.error_title.format(title=CONTENTS[lang].question["who"].ask.for_({}))}' in failed


def test_nothing_chosen_of_several_is_an_error_and_the_other_answers_stay(client):
    before = {name: CASES['s02'][name] for name in ('who', 'asker-place', 'danger-now', 'resident')}
    failed = page(client, sent(page(client, f'/plain{query(before)}')))
    assert CONTENT.ui_texts.error_many in failed
    url, _ = followed(client, sent(failed, ['papers']))
    assert url == f'/plain{query(before | {"happened": ("papers",)})}'


def test_an_exclusive_answer_beside_others_is_an_error_and_both_stay_chosen(client):
    before = {name: CASES['s02'][name] for name in ('who', 'asker-place', 'danger-now', 'resident')}
    question = CONTENT.question['happened']
    alone = next(option for option in question.options if option.alone)
    other = next(option for option in question.options if not option.alone)
    failed = page(client, sent(page(client, f'/plain{query(before)}'), [alone.id, other.id]))
    assert CONTENT.ui_texts.error_alone.format(alone=alone.label) in Html(failed).said
    assert sorted(checked(failed)) == sorted([alone.id, other.id])
    assert CONTENT.ui_texts.notice_damaged not in failed and 'class="g-notice"' not in failed


@pytest.mark.parametrize('asked', ['nothing', 'province', '', '<b>'])
def test_a_form_of_a_question_that_is_not_asked_now_leads_to_the_one_that_is(client, asked):
    answer = client.get(f'/plain?who=me&lang=en&asked={quote(asked)}')
    assert (answer.status_code, answer.headers['location']) == (303, './plain?who=me&lang=en')


# Every page


def size(client, url):
    """The bytes of a page as they are sent."""
    return len(client.get(url, HOST).raw)


def test_pages_are_small(client, thorough):
    for number, lang in enumerate(CONTENTS):
        assert size(client, f'/plain?lang={lang}') < 9 * KB
        for answers in list(CASES.values()) if thorough else list(CASES.values())[number::6]:
            assert size(client, f'/plain{query(answers, lang, shared="1", seen="00000000")}') < 13 * KB
            for question in list(walk(CONTENT, answers).answered)[::6]:
                assert size(client, f'/plain{query(answers, lang, change=question)}') < 13 * KB


def test_what_is_sent_is_small_for_any_answers(client):
    rng = random.Random(7)
    for _ in range(15):
        asked = query(complete(CONTENT, rng), rng.choice(list(CONTENTS)), shared='1', seen='00000000')
        assert size(client, f'/plain{asked}') < 13 * KB
        assert len(page(client, f'/keep{asked}').encode()) < 100 * KB


def test_a_page_loads_nothing_and_runs_nothing(client):
    for url in ('/plain', '/plain?who=me', f'/plain{query(CASES["s02"], shared="1")}'):
        assert_loads_nothing(page(client, url))


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
        query(answers, lang): content.ui_texts.do_now,
        query(answers, lang, change='happened'): asked['happened'],
        query(CASES['s06'], lang, change='custody-kind'): content.ui_texts.question_title.format(n=7),
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
    assert title(page(client, f'/plain?lang={lang}')) == f'{content.ui_texts.start_title} – {name}'
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
        assert CONTENT.ui_texts.contact_now in html


def test_what_is_wrong_with_an_address_is_said(client):
    texts, ask = CONTENT.ui_texts, CONTENT.question['who'].ask.for_({})
    assert texts.notice_unread.format(question=ask) in Html(page(client, '/plain?who=relatve')).said
    assert texts.notice_damaged in page(client, '/plain?hapened=custody')
    assert texts.notice_changed in page(client, f'/plain{query(CASES["s02"], seen="00000000")}')
    same = walk(CONTENT, CASES['s02']).result.fingerprint
    for quiet in (query(CASES['s02'], seen=same), '?fbclid=x&from=timeline&isappinstalled=0&utm_source=y'):
        assert 'class="g-notice"' not in page(client, f'/plain{quiet}')


def test_a_receiver_is_told_that_a_result_was_shared(client):
    said = CONTENT.ui_texts.received
    assert Html(page(client, f'/plain{query(CASES["s02"], shared="1")}')).said.count(said) == 1
    assert said not in page(client, f'/plain{query(CASES["s02"])}')
    assert said not in page(client, f'/keep{query(CASES["s02"], shared="1")}')


def test_a_fault_of_ours_is_a_plain_sentence(client, monkeypatch):
    monkeypatch.setattr('guidance.journey.walk.result', lambda *_: 1 / 0)
    for path in ('plain', 'keep'):
        answer = client.get(f'/{path}{query(CASES["s02"])}', HOST | {'Accept-Language': 'zh-HK'})
        assert answer.status_code == 500
        assert CONTENTS['zh-Hant'].ui_texts.fault_title in answer.text and 'ZeroDivision' not in answer.text
