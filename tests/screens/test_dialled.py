"""A number in a text is a link where the reader can dial it, and nowhere else."""

import re

import pytest

import wizard
from guidance.content.load import read
from guidance.content.local_text import LocalText
from guidance.content.resolve import resolve
from guidance.journey.query import Reading
from guidance.screens.contacts import link
from guidance.screens.dialled import dialled
from guidance.screens.dialled import out_of_reach
from guidance.screens.page import Page
from tests.support.asgi import Client
from tests.support.shipped import SHIPPED
from tests.support.small import small_content

SAID = 'Dial 110 or call 1868 at once, <110 days>.'
HURT = '/plain?who=me&asker-place=mainland&danger-now=unknown&resident=yes&happened=hurt&hurt-cause=traffic&hurt-state=light'
HURT += '&province=hunan'


@pytest.mark.parametrize(('place', 'police'), [('mainland', 'tel:110'), ('hong-kong', None), ('elsewhere', None)])
def test_a_number_is_a_link_where_it_can_be_dialled(place, police):
    said = dialled(SHIPPED.content, SAID, out_of_reach(SHIPPED.content, {'asker-place': (place,)}))
    assert ''.join(piece for piece, _ in said.pieces) == SAID
    links = [(piece, to) for piece, to in said.pieces if to]
    assert links == [('110', police), ('1868', 'tel:+8521868'), ('110', police)] if police else [('1868', 'tel:+8521868')]
    assert said.lang == ''


def test_a_text_in_another_language_keeps_its_language():
    text = LocalText('Call 1868.', 'Call 1868.', 'en', foreign=True)
    assert dialled(SHIPPED.content, text, frozenset()).lang == 'en'


def test_a_number_that_only_the_translation_seems_to_name_is_no_link():
    text = LocalText('1868 元', '$1868', 'zh-Hant')
    assert dialled(SHIPPED.content, text, frozenset()).pieces == (('1868 元', None),)


def test_a_text_that_reads_like_another_is_drawn_as_what_it_stands_for():
    page = Page(SHIPPED.content, 'en', Reading({}))
    said = [page.dialled(LocalText('1868', of, 'en', foreign)) for of in ('1868', '$1868') for foreign in (False, True)]
    linked = '<a href="tel:+8521868">1868</a>'
    assert said == [linked, f'<span lang="en">{linked}</span>', '1868', '<span lang="en">1868</span>']


def test_every_link_of_a_result_leads_to_a_number_of_a_contact():
    page = Client(wizard.app).get(HURT, {'Host': 'help.example'}).text
    steps = page.partition('id="do"')[2].partition('id="contacts"')[0]
    assert {'tel:110', 'tel:122', 'tel:+8521868'} <= set(re.findall(r'href="(tel:[^"]*)"', steps))
    assert 'tel:999' not in steps


def test_a_step_a_sentence_and_an_assistance_can_link_a_contact_or_a_source(folder, serving):
    hut = small_content()['flows/hut.yaml'].replace('{hut: shut}}', '{hut: shut}, link: helpdesk}')
    hut = hut.replace('Ask us for the key.', '{say: Ask us for the key., link: old-page}')
    assistance = small_content()['data/assistance.yaml'].replace('{title: Advice,', '{title: Advice, link: page,')
    serving(folder({'flows/hut.yaml': hut, 'data/assistance.yaml': assistance}))
    page = Client(wizard.app).get('/plain?who=me&happened=hut&hut=shut', {'Host': 'help.example'}).text
    assert 'Stay where you are. <a href="tel:155">Helpdesk</a>' in page
    assert 'Ask us for the key. <a href="https://press.example/island">A newspaper</a>' in page
    assert '<a href="https://island.example/">The island page</a></dd>' in page


def test_a_link_to_a_number_that_the_reader_cannot_dial_leads_to_another_way_or_is_none(folder):
    ferry = 'ferry: {name: The ferry, unknown: Its number is not known., source: page}'
    ways = {'{kind: app, name: Ferry}': None, "{kind: web, value: 'https://ferry.example'}": 'https://ferry.example'}
    for way, href in ways.items():
        channels = f"[{{kind: phone, value: '144'}}, {way}]"
        contact = f'ferry: {{name: The ferry, channels: {channels}, reach: {{who: me}}, source: page}}'
        contacts = small_content()['data/contacts.yaml'].replace(ferry, contact)
        content = resolve(read(folder({'data/contacts.yaml': contacts})), 'x')
        assert link(content, 'ferry', out_of_reach(content, {'who': ('me',)})) == ('tel:144', 'The ferry')
        assert link(content, 'ferry', out_of_reach(content, {'who': ('friend',)})) == (href and (href, 'The ferry'))
