"""What stands around every page: the start page's situations, the way out, the way to report a mistake, links to other sites."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import pytest

import wizard
from guidance.journey.query import Reading
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.screens.page import Page
from guidance.screens.report import report_link
from tests.support.asgi import Client
from tests.support.plain import Html
from tests.support.shipped import SHIPPED
from tests.support.small import small_content

CONTENT = SHIPPED.content
ATTACK = {'who': ('me',), 'asker-place': ('mainland',), 'danger-now': ('no',), 'resident': ('yes',), 'happened': ('attack',)}
EDITIONS = ('plain', '')


@pytest.fixture(scope='module')
def client():
    return Client(wizard.app)


def body(client, edition, answers, lang='en', **more):
    query = query_string(parameters(CONTENT, answers, lang, **more))
    return client.get(f'/{edition}{query}', {'Host': 'localhost:8501'}).text


@pytest.mark.parametrize('edition', EDITIONS)
@pytest.mark.parametrize('lang', SHIPPED.contents)
def test_each_situation_of_the_start_page_answers_its_question_and_none_is_missing(client, edition, lang):
    page = Html(body(client, edition, {}, lang))
    options = CONTENT.question['happened'].options
    expected = [query_string(parameters(CONTENT, {'happened': (option.id,)}, lang)) for option in options]
    assert [link for link in page.links if 'happened=' in link] == expected
    following = body(client, edition, {'happened': (options[-1].id,)}, lang)
    assert f'data-step="{CONTENT.questions[0].id}"' in following


def test_without_start_with_the_start_page_has_one_way_in(serving, folder):
    serving(folder())
    page = Html(Client(wizard.app).get('/plain?lang=en').text)
    assert [link for link in page.links if 'change=who' in link or 'happened' in link] == ['?lang=en&change=who']


@pytest.mark.parametrize('edition', EDITIONS)
def test_the_way_to_leave_is_told_on_the_first_page_that_has_it_and_on_no_other(client, edition):
    asked = body(client, edition, ATTACK)
    told, way = CONTENT.ui_texts.leave_tells.split('"')[-1], 'data-leave aria-label'
    assert told in asked and way in asked
    before = body(client, edition, {name: ATTACK[name] for name in list(ATTACK)[:4]})
    assert told not in before and way not in before
    after = ATTACK | {'attack-kind': ('family',)}
    assert told not in body(client, edition, after) and way in body(client, edition, after)
    arrived = after | {'province': ('hunan',)}
    assert told not in body(client, edition, arrived) and way in body(client, edition, arrived)
    assert told in body(client, edition, arrived, shared=True, seen='00000000')


def reported(to, answers, lang='en'):
    content = SHIPPED.contents[lang]
    changed = replace(content, service=content.service.model_copy(update={'report_to': to}))
    return report_link(Page(changed, lang, Reading(answers), wizard_url='https://help.example/'))


@pytest.mark.parametrize('lang', SHIPPED.contents)
def test_a_report_says_which_page_it_is_about_and_no_answer(lang):
    custody = {'who': ('me',), 'happened': ('custody',), 'asker-place': ('mainland',), 'resident': ('yes',)}
    for answers in ({}, {'who': ('me',)}, custody):
        link = reported('mailto:desk@help.example', answers, lang)
        told = parse_qs(urlsplit(link).query)
        assert urlsplit(link).path == 'desk@help.example'
        assert f'https://help.example/?lang={lang}\n' in told['body'][0] and CONTENT.version in told['body'][0]
        assert 'custody' not in link and 'happened' not in link and '+' not in link  # a plus stays one in an e-mail
        site = parse_qs(urlsplit(reported('https://desk.example/form?kind=page', answers, lang)).query)
        assert site['kind'] == ['page'] and site['address'] == [f'https://help.example/?lang={lang}']
        assert site['page'][0] in told['subject'][0]


@pytest.mark.parametrize('to', ['', 'report-to: https://quay.example/\n'])
def test_every_page_has_the_way_to_report_and_without_an_address_the_words_of_the_content(serving, folder, to):
    service = re.sub('(?m)^report: .*\n', 'report: Tell us on the quay.\n', small_content()['data/service.yaml'])
    serving(folder({'data/service.yaml': service + to}))
    client = Client(wizard.app)
    for path in ('/', '/?change=who', '/plain?change=who', '/?who=me&happened=nothing', '/plain?who=me&happened=nothing'):
        page = client.get(path).text
        assert ('Tell us on the quay.' in page) is not bool(to), path
        assert ('href="https://quay.example/?page=' in page) is bool(to), path
    assert ('href="https://quay.example/?page=' in client.get('/training').text) is bool(to)


def test_a_link_to_another_site_says_so_with_its_language_and_that_it_is_a_pdf():
    source = CONTENT.sources['details-59'].model_copy(update={'url': 'https://a.example/b.PDF'})

    def said(lang, shown):
        page = Page(replace(SHIPPED.contents[lang], sources={'a': shown}), lang, Reading({}))
        found = re.search('<span class="g-kind">(.*?)</span></span>', page.render('source.html', name='a'))[1]
        return re.sub('<[^>]*>', '', found)

    assert said('en', source) == 'another site PDF'
    assert said('zh-Hant', source) == '其他網站 English PDF'
    assert said('zh-Hant', source.model_copy(update={'url_in': {'zh-Hant': source.url}})) == '其他網站 PDF'
    assert said('en', source.model_copy(update={'lang': 'zh-Hans'})) == 'another site 简体中文 PDF'
