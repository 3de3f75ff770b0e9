"""The desk: there only where it is switched on; book and map in each language, with nothing that runs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from starlette.applications import Starlette

from guidance.screens.plain.plain import POLICY
from guidance.screens.routes import middleware
from guidance.screens.routes import routes
from tests.support.asgi import Client
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED


def client():
    own = routes('')
    return Client(Starlette(routes=own, middleware=middleware(own)))


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setenv('GUIDANCE_DESK', 'on')
    return client()


@pytest.mark.parametrize('setting', [None, 'off', ''])
def test_it_is_no_page_unless_it_is_switched_on(monkeypatch, setting):
    monkeypatch.delenv('GUIDANCE_DESK', raising=False)
    if setting is not None:
        monkeypatch.setenv('GUIDANCE_DESK', setting)
    for address in ('/desk', '/desk?show=book&lang=en', '/desk?show=picture', '/DESK', '/desk/'):
        assert client().get(address).status_code == client().get('/nowhere').status_code == 404


@pytest.mark.parametrize('lang', sampled(SHIPPED.contents, 3, 1))
def test_each_page_is_there_in_each_language_and_nothing_in_it_runs(desk, lang):
    for show in ('', 'book', 'map'):
        answer = desk.get(f'/desk?show={show}&lang={lang}')
        assert (answer.status_code, answer.headers['content-security-policy']) == (200, POLICY)
        assert answer.headers['x-robots-tag'] == 'noindex' and f'<html lang="{lang}"' in answer.text
        assert '<script' not in answer.text and answer.text.count('<h1') == 1
        for other in SHIPPED.contents.keys() - {lang}:
            kept = f'show={show}&amp;' if show else ''
            assert f'href="?{kept}lang={other}"' in answer.text


def test_the_addresses_on_it_lead_on(desk):
    text = desk.get('/desk?show=map&lang=en').text
    assert desk.get('/desk?show=book_all&lang=en').text.count('<th scope="col" lang="zh-Hant">') > 50
    at, place = re.search(r'href="(desk\?show=book&amp;lang=en)#(p[^"]+)"', text).groups()
    assert f'id="{place}"' in desk.get('/' + at.replace('&amp;', '&')).text
    (picture,) = re.findall(r'href="(desk\?show=picture&amp;lang=en)"', text)
    answer = desk.get('/' + picture.replace('&amp;', '&'))
    assert answer.headers['content-type'] == 'image/svg+xml' and "'unsafe-inline'" in answer.headers['content-security-policy']
    ET.fromstring(answer.text)
    tried = re.search(r'href="(\./\?who=[^"]+)"', text)[1].replace('&amp;', '&')
    assert desk.get(tried[1:]).status_code == 200


def test_what_it_does_not_know_leads_to_its_first_page(desk):
    first = desk.get('/desk?lang=en').text
    for show in ('%3Cscript%3E', 'draft', 'draft_changes'):  # there is no draft
        assert desk.get(f'/desk?lang=en&show={show}').text == first
    assert 'show=draft' not in first
    assert 'Outcomes that nobody has confirmed' in first
