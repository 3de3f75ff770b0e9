"""The code to read out on the pages: where it stands, where it is typed in, and what either edition makes of it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from guidance.journey.code import code
from guidance.journey.code import grouped
from guidance.journey.query import Reading
from guidance.journey.query import current_answers
from guidance.screens.page import Page
from guidance.screens.share import with_steps
from tests.support.plain import Html
from tests.support.plain import page as page_of
from tests.support.plain import query
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED

CONTENTS = SHIPPED.contents
CONTENT = SHIPPED.content
CASES = {name: current_answers(CONTENT, case.answers)[0] for name, case in CONTENT.cases.items()}
CODES = {name: code(CONTENT, answers) for name, answers in CASES.items()}
HOST = {'Host': 'localhost'}
BAD = {
    'K4T 82W9': 'K4T 82W9',
    ' 1234567\n': '1234567',
    '😀' * 50: '😀' * 40,
    'x' * 5_000: 'x' * 40,
    '0' * 300: '0' * 40,
    '<b>"': '<b>"',
    '\0': '',
    'a%00\u202eb': 'ab',
}
"""What is typed, and what of it stands in the field again."""


@pytest.mark.parametrize('name', sampled(CASES, 8))
@pytest.mark.parametrize('path', ['/', '/plain'])
def test_a_code_opens_the_result_as_a_shared_link_does(client, name, path):
    by_code = page_of(client, f'{path}?c={CODES[name]}&lang=en', **HOST)
    by_answers = page_of(client, f'{path}{query(CASES[name], shared="1")}', **HOST)
    assert by_code == by_answers


def test_both_editions_open_a_code_and_say_the_same_of_one_that_is_none(client, app):
    for typed in (CODES['s02'], 'K4T 82W9'):
        app.query_params.clear()
        app.query_params['c'], app.query_params['lang'] = typed, 'en'
        app.run()
        assert not app.exception
        full = ''.join(part.proto.body for part in app.get('html'))
        plain = page_of(client, '/plain?' + urlencode({'c': typed, 'lang': 'en'}), **HOST)
        for words in (CONTENT.ui_texts.received, CONTENT.ui_texts.notice_code, CONTENT.ui_texts.code_label):
            assert (words in full) is (words in plain)
        assert (CONTENT.ui_texts.notice_code in full) is (typed != CODES['s02'])


@pytest.mark.parametrize(('typed', 'shown'), BAD.items(), ids=range(len(BAD)))
@pytest.mark.parametrize('path', ['/', '/plain'])
def test_a_code_that_is_none_gives_a_plain_sentence_and_the_start_page(client, typed, shown, path):
    html = page_of(client, f'{path}?' + urlencode({'c': typed, 'lang': 'en'}), **HOST)
    assert CONTENT.ui_texts.notice_code in html and CONTENT.ui_texts.start_title in html
    (field,) = [given for given in Html(html).all('input') if given.get('name') == 'c']
    assert field['aria-invalid'] == 'true' and field['value'] == shown
    assert 'value="<b>' not in html


@pytest.mark.parametrize('lang', CONTENTS)
@pytest.mark.parametrize(('path', 'to'), [('/', './'), ('/plain', 'plain')])
def test_the_start_page_has_a_field_that_works_without_scripts(client, lang, path, to):
    html = page_of(client, f'{path}?lang={lang}', **HOST)
    assert CONTENTS[lang].ui_texts.code_label in html
    (form,) = [given for given in Html(html).all('form') if given.get('class') == 'g-typed']
    fields = {given['name']: given for given in Html(html).all('input')}
    assert form['action'] == to and form.get('method', 'get') == 'get'
    assert fields['lang']['value'] == lang and 'aria-invalid' not in fields['c']
    assert [given['for'] for given in Html(html).all('label')] == [fields['c']['id']]
    sent = urlencode({'c': f' {grouped(CODES["s06"]).lower()} ', 'lang': lang})
    assert CONTENTS[lang].ui_texts.received in page_of(client, f'{path}?{sent}', **HOST)


@pytest.mark.parametrize('name', ['s02', 's06', 's14'])
def test_the_code_stands_with_the_result_in_the_file_and_in_the_text(client, name):
    read_out = grouped(CODES[name])
    assert len(read_out) > 6
    assert read_out in page_of(client, f'/{query(CASES[name])}', **HOST)
    whole = page_of(client, f'/plain{query(CASES[name])}', **HOST)
    parts = [whole] + [page_of(client, f'/plain{query(CASES[name], part=str(number))}', **HOST) for number in (2, 3)]
    assert sum(read_out in part for part in parts) >= 1
    assert read_out in client.get(f'/keep{query(CASES[name])}', HOST).text
    for lang in CONTENTS:
        page = Page(CONTENTS[lang], lang, Reading(CASES[name]))
        assert read_out in with_steps(page, page.journey.result, 'LINK')


def test_there_is_no_code_before_the_result_nor_in_training(client):
    answers = dict(list(CASES['s06'].items())[:4])
    assert Page(CONTENT, 'en', Reading(answers)).code() == ''
    assert Page(CONTENT, 'en', Reading(CASES['s06']), 'training').code() == ''
    assert 'class="g-code"' not in page_of(client, f'/{query(answers)}', **HOST)


def test_whoever_sees_the_link_cannot_read_the_situation():
    for answers in CASES.values():
        link = Page(CONTENT, 'zh-Hant', Reading(answers), wizard_url='https://help.example/').links.shared()
        assert re.fullmatch(r'https://help\.example/\?c=[0-9A-Z]{3,15}&lang=zh-Hant&seen=w[0-9a-f]{8}', link)


def test_where_journeys_cannot_be_counted_the_link_has_the_answers(monkeypatch):
    monkeypatch.setattr('guidance.screens.links.code', lambda content, answers: '')
    page = Page(CONTENT, 'en', Reading(CASES['s02']), wizard_url='https://help.example/')
    assert '?who=me&' in page.links.shared() and page.code() == ''
    assert 'g-code' not in page.render('code.html')
    assert CONTENT.ui_texts.share_code.partition('{')[0] not in with_steps(page, page.journey.result, 'LINK')
