"""What a reader takes along: the link, the text for a chat, the QR code, and what a receiver is told."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
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
from guidance.screens.parts import ResultPage
from guidance.screens.parts import Share
from guidance.screens.share import only_calls
from guidance.screens.share import qr
from guidance.screens.share import with_steps
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
    return Page(content, lang, Reading(answers), wizard_url=BASE)


@pytest.mark.parametrize('name', sampled(CASES, 5, 3))
def test_a_link_opens_the_same_result_in_its_own_language_without_a_notice(name):
    for lang in CONTENTS:
        page = page_of(name, lang)
        reading = read_query(CONTENT, parse_qsl(urlsplit(page.links.shared()).query))
        opened = walk(CONTENT, reading.answers).result
        assert opened.fingerprint == page.journey.result.fingerprint == reading.seen
        assert reading.lang == lang and reading.shared and not reading.damaged


@pytest.mark.parametrize('name', sampled(CASES, 5, 4))
def test_a_link_has_only_characters_that_chats_neither_cut_nor_escape(name):
    assert re.fullmatch(r'https://help\.example/wizard/\?[A-Za-z0-9._=&-]+', page_of(name).links.shared())


def test_the_same_result_always_has_the_same_link():
    page = page_of('s06')
    turned = dict(reversed(page.given.items()))
    assert Page(CONTENT, 'en', Reading(turned), wizard_url=BASE).links.shared() == page.links.shared()


def test_an_answer_that_does_not_count_stays_out_of_the_link():
    page = page_of('s09', more={'custody-kind': ('criminal',)})
    assert 'custody-kind' in page.journey.idle
    assert 'custody' not in page.links.shared()


def test_in_mid_journey_the_link_brings_back_the_question():
    answers = dict(list(page_of('s06').given.items())[:4])
    page = Page(CONTENT, 'en', Reading(answers), wizard_url=BASE)
    link = page.links.shared()
    assert 'seen=' not in link and 'shared' not in link
    assert walk(CONTENT, read_query(CONTENT, parse_qsl(urlsplit(link).query)).answers).next is page.journey.next


def test_the_public_address_overrides_what_the_browser_used(monkeypatch):
    assert public_url('http://10.0.0.1:8501/?who=me#x') == 'http://10.0.0.1:8501/'
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://help.example/wizard')
    assert public_url('http://10.0.0.1:8501/?who=me') == BASE


@pytest.mark.parametrize(('name', 'lang'), sampled(itertools.product(CASES, CONTENTS), 7))
def test_a_message_has_every_step_and_says_what_it_leaves_out(name, lang):
    page = page_of(name, lang)
    result = page.journey.result
    text = with_steps(page, result, 'LINK')
    assert text.startswith(result.heading) and text.endswith(ending(page, 'share_rest_steps'))
    assert [step.say for step in result.steps if step.say not in text] == []
    assert [part.title for part in result.parts if part.title not in text] == []
    assert numbers_of(page) <= set(text.split('\n')) and '<' not in text and '\n\n\n' not in text


@pytest.mark.parametrize('name', sampled(CASES, 5))
def test_the_other_message_says_whom_to_call_and_nothing_of_what_happened(name):
    page = page_of(name)
    result = page.journey.result
    text = only_calls(page, result, 'LINK')
    assert text.startswith(CONTENT.service.name) and text.endswith(ending(page, 'share_rest_calls'))
    told = [text for part in result.parts for text in (part.title, part.heading)] + [step.say for step in result.steps]
    assert [said for said in told if said in text] == []
    assert numbers_of(page) <= set(text.split('\n'))


def numbers_of(page):
    """Name and number of each contact that has one, in a line each."""
    cards = (page.contact(name) for name in page.journey.result.contacts)
    found = {page.words('share_contact', name=card.about.name, number=card.call.value) for card in cards if card.call}
    assert found
    return found


def ending(page, left_out):
    """What is left out, where the whole is, and the code of it."""
    return '\n'.join([page.words(left_out), page.words('share_code', code=page.code()), page.words('share_whole'), 'LINK'])


def test_no_number_is_told_as_that_of_somebody_else():
    page = page_of('s06')
    unnumbered = [name for name in page.journey.result.contacts if not CONTENT.contacts[name].channels]
    for text in (with_steps(page, page.journey.result, ''), only_calls(page, page.journey.result, '')):
        assert unnumbered and not [name for name in unnumbered if CONTENT.contacts[name].name in text]
        assert page.words('share_whole') not in text


def received(page):
    page = replace(page, reading=replace(page.reading, shared=True))
    return page.render('result.html', shown=ResultPage(page.journey.result))


def test_a_receiver_is_told_in_a_line_and_sensitive_answers_are_folded_away():
    page = page_of('s06')
    html = received(page)
    assert html.index(CONTENT.ui_texts.received) < html.index('<h1') < html.index('<h2')
    why = html[html.index('g-why-result') :]
    folded = why.index(CONTENT.ui_texts.received_private)
    for name in page.decided_by():
        assert (why.index(page.ask(name).replace("'", '&#39;')) > folded) is (name in page.content.sensitive)
    assert CONTENT.ui_texts.received_private not in page.render('result-why.html')


@pytest.mark.parametrize('name', sampled(CASES, 13))
def test_the_qr_code_is_that_of_the_link(name):
    link = page_of(name).links.shared()
    image = unquote(qr(link))
    assert image.startswith('data:image/svg+xml') and 'http://www.w3.org' in image
    assert image == unquote(
        segno.make(link, error='m', micro=False, mask=3).svg_data_uri(scale=4, border=4, dark='#000', light='#fff', omitsize=True)
    )
    assert segno.make(link, error='m').version <= 25


def test_markup_in_words_never_breaks_out_of_an_attribute():
    share = Share('"><script>', 'keep', 'card', qr('x'), '</pre><script>', '"><img onerror=x>')
    html = page_of('s02').render('result-share.html', share=share)
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
    card = page_of('s02', lang).render('contact.html', name='cts-futian')
    assert re.findall(r'<dd lang="[\w-]+">([^<]+)</dd>', card) == expected
