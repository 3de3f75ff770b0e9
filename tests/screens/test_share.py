"""What a reader takes along: the link, the text for a chat, the QR code, and what a receiver is told."""

from __future__ import annotations

import re
from types import SimpleNamespace
from urllib.parse import parse_qsl
from urllib.parse import unquote
from urllib.parse import urlsplit

import pytest
import segno

from guidance.journey.query import Reading
from guidance.journey.query import current_answers
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.screens.page import Page
from guidance.screens.parts import Share
from guidance.screens.share import message
from guidance.screens.share import qr
from guidance.screens.site.address import public_url
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED

CONTENTS = SHIPPED.contents
CONTENT = CONTENTS['en']
BASE = 'https://help.example/wizard/'
CASES = tuple(CONTENT.cases)


def page_of(name, lang='en', more=None):
    content = CONTENTS[lang]
    answers = current_answers(content, content.cases[name].answers)[0] | (more or {})
    return Page(content, lang, Reading(answers))


@pytest.mark.parametrize('name', CASES)
def test_a_link_opens_the_same_result_in_its_own_language_without_a_notice(name):
    for lang in CONTENTS:
        page = page_of(name, lang)
        reading = read_query(CONTENT, parse_qsl(urlsplit(page.links.shared(BASE)).query))
        opened = walk(CONTENT, reading.answers).result
        assert opened.fingerprint == page.journey.result.fingerprint == reading.seen
        assert reading.lang == lang and reading.shared and not reading.damaged


@pytest.mark.parametrize('name', CASES)
def test_a_link_has_only_characters_that_chats_neither_cut_nor_escape(name):
    assert re.fullmatch(r'https://help\.example/wizard/\?[A-Za-z0-9._=&-]+', page_of(name).links.shared(BASE))


def test_the_same_result_always_has_the_same_link():
    page = page_of('s06')
    turned = dict(reversed(page.given.items()))
    assert Page(CONTENT, 'en', Reading(turned)).links.shared(BASE) == page.links.shared(BASE)


def test_an_answer_that_does_not_count_stays_out_of_the_link():
    page = page_of('s09', more={'custody-kind': ('criminal',)})
    assert 'custody-kind' in page.journey.idle
    assert 'custody' not in page.links.shared(BASE)


def test_in_mid_journey_the_link_brings_back_the_question():
    answers = dict(list(page_of('s06').given.items())[:4])
    page = Page(CONTENT, 'en', Reading(answers))
    link = page.links.shared(BASE)
    assert 'seen=' not in link and 'shared' not in link
    assert walk(CONTENT, read_query(CONTENT, parse_qsl(urlsplit(link).query)).answers).next is page.journey.next


def test_the_public_address_overrides_what_the_browser_used(monkeypatch):
    assert public_url('http://10.0.0.1:8501/?who=me#x') == 'http://10.0.0.1:8501/'
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://help.example/wizard')
    assert public_url('http://10.0.0.1:8501/?who=me') == BASE


@pytest.mark.parametrize('name', CASES)
@pytest.mark.parametrize('lang', CONTENTS)
def test_the_text_for_a_chat_has_headline_steps_contacts_and_link(name, lang):
    page = page_of(name, lang)
    text = message(page, page.journey.result, 'LINK')
    assert text.endswith('\nLINK') and '1868' in text and '<' not in text
    parts = [part for part in page.journey.result.parts if not page.private(part)]
    if parts:
        assert text.startswith(parts[0].title)
        assert parts[0].do_now[0].say in text
    assert len(text) < 2_000


def test_what_follows_from_a_sensitive_answer_stays_out_of_the_text():
    page = page_of('s06')
    assert any(page.private(part) for part in page.journey.result.parts)
    text = message(page, page.journey.result, 'LINK')
    assert text.startswith(CONTENT.service.name)
    for part in page.journey.result.parts:
        assert part.title not in text and part.do_now[1].say not in text


def received(page):
    return page.render('received.html', result=page.journey.result)


def test_a_result_for_whom_nothing_else_applies_is_no_secret_and_a_list_without_lines_is_not_there():
    answers = {'who': ('me',), 'asker-place': ('mainland',), 'resident': ('yes',), 'happened': ('other',), 'danger-now': ('no',)}
    answers |= {'province': ('guangdong',)}
    page = Page(CONTENT, 'en', Reading(answers))
    result = page.journey.result
    assert [part.outcome.otherwise for part in result.parts] == [True]
    text = message(page, page.journey.result, 'LINK')
    assert result.parts[0].title in text and all(step.say in text for step in result.parts[0].do_now)
    assert '<ul></ul>' not in re.sub(r'\s', '', received(page_of('s06')))


def test_a_receiver_is_told_and_sensitive_answers_are_folded_away():
    page = page_of('s06')
    html = received(page)
    folded = html.index(CONTENT.ui_texts.received_private)
    assert CONTENT.ui_texts.received in html and CONTENT.ui_texts.received_mine in html
    for name in page.journey.answered:
        assert (html.index(page.ask(name).replace("'", '&#39;')) > folded) is (name in page.sensitive())
    assert not any(part.title in html for part in page.journey.result.parts if page.private(part))


@pytest.mark.parametrize('name', sampled(CASES, 13))
def test_the_qr_code_is_that_of_the_link(name):
    link = page_of(name).links.shared(BASE)
    image = unquote(qr(link))
    assert image.startswith('data:image/svg+xml') and 'http://www.w3.org' in image
    assert image == unquote(
        segno.make(link, error='m', micro=False, mask=3).svg_data_uri(scale=4, border=4, dark='#000', light='#fff', omitsize=True)
    )
    assert segno.make(link, error='m').version <= 25


def test_markup_in_words_never_breaks_out_of_an_attribute():
    share = Share('"><script>', '"><img onerror=x>', qr('x'))
    html = page_of('s02').render('result-keep.html', share=share)
    assert '<script' not in html and '<img onerror' not in html


@pytest.mark.parametrize(
    ('lang', 'expected'),
    [
        ('en', ['East side of the 3/F departure hall, Futian Control Point, Shenzhen', '深圳福田口岸三楼出境大厅东侧']),
        ('zh-Hant', ['深圳福田口岸三樓出境大廳東側']),
        ('zh-Hans', ['深圳福田口岸三楼出境大厅东侧']),
    ],
)
def test_an_address_stands_in_the_readers_language_and_as_it_is_read_where_it_is(lang, expected):
    card = page_of('s02', lang).render('result-contacts.html', result=SimpleNamespace(contacts=['cts-futian']))
    assert re.findall(r'<dd lang="[\w-]+">([^<]+)</dd>', card) == expected
