"""What an address opens, where the page leads, and what its templates are given."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from guidance.content.format import Channel
from guidance.journey.query import Reading
from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.walk import Arrived
from guidance.journey.walk import Asking
from guidance.journey.walk import walk
from guidance.screens.answer import why_refused
from guidance.screens.contacts import Dial
from guidance.screens.contacts import DialRow
from guidance.screens.contacts import href_of
from guidance.screens.contacts import strip
from guidance.screens.page import Page
from tests.support.shipped import SHIPPED

CONTENT = SHIPPED.contents['en']
CASES = {name: current_answers(CONTENT, case.answers)[0] for name, case in CONTENT.cases.items()}


def page_of(name, **reading):
    return Page(CONTENT, 'en', Reading(CASES[name], **reading))


# What an address opens


@pytest.mark.parametrize(
    ('query', 'accepted', 'lang', 'shown'),
    [
        ('', 'zh-HK', 'zh-Hant', 'start'),
        ('lang=zh-Hans', 'zh-HK', 'zh-Hans', 'start'),
        ('change=who', '', 'en', 'who'),
        ('who=me', '', 'en', 'asker-place'),
        ('who=me&change=who', '', 'en', 'who'),
        ('who=nobody', '', 'en', 'who'),
    ],
)
def test_an_address_opens_a_page_in_its_language_or_the_readers(query, accepted, lang, shown):
    page = Page.open(parse_query(query), {'accept-language': accepted})
    found = page.shown()
    assert (page.lang, found if found == 'start' else found.id) == (lang, shown)


@pytest.mark.parametrize(('edition', 'shared'), [('full', True), ('plain', True), ('kept', False), ('training', False)])
def test_only_a_page_that_is_read_is_one_that_somebody_shared(edition, shared):
    found = Page.open(list(parameters(CONTENT, CASES['s02'], 'en', shared=True).items()), {}, edition)
    assert found.reading.shared is shared and isinstance(found.shown(), Arrived)


def test_a_page_with_other_answers_leads_elsewhere_and_keeps_the_rest():
    page = page_of('s02', seen='01234567')
    other = page.answering({'who': ('me',)})
    assert isinstance(page.journey, Arrived) and isinstance(other.journey, Asking)
    assert other.links.here() == '?who=me&lang=en&seen=01234567' and other.links.start() == page.links.start()


@pytest.mark.parametrize('more', [{}, {'shared': '1', 'seen': 'w01234567'}, {'change': 'who'}, {'made': '2026-01-02'}], ids=str)
@pytest.mark.parametrize('name', CASES)
def test_the_page_that_an_answer_leads_to_is_that_of_its_address(name, more):
    answers = list(CASES[name].items())
    for number in range(1, len(answers) + 1):
        pairs = {**parameters(CONTENT, dict(answers[:number]), 'en'), **more, 'asked': 'who'}
        led_to = Page.open(pairs.items(), {}).led_to()
        opened = Page.open(parse_query(led_to.links.here()[1:]), {})
        assert (opened.reading, opened.journey, opened.links.here()) == (led_to.reading, led_to.journey, led_to.links.here())


def test_the_last_answer_to_a_shared_link_keeps_it_shared_but_a_changed_one_does_not():
    assert page_of('s02', shared=True).led_to().reading.shared
    assert not page_of('s02', shared=True, change='who').led_to().reading.shared


# What is said of no answer


def test_what_is_said_of_no_answer_tells_what_was_wrong():
    page, texts = page_of('s02'), CONTENT.ui_texts
    many = next(question for question in CONTENT.questions if question.many and any(o.alone for o in question.options))
    alone = next(option for option in many.options if option.alone)
    other = next(option for option in many.options if not option.alone)
    one = next(question for question in CONTENT.questions if not question.many)
    assert why_refused(page, one, ()) == texts.error_one
    assert why_refused(page, many, ()) == texts.error_many
    assert why_refused(page, many, (other.id, alone.id)) == texts.error_alone.format(alone=alone.label)


# What templates are given


@pytest.mark.parametrize('calm', [True, False])
@pytest.mark.parametrize('near', [(False, False, False), (True, False, False), (False, True, False)])
def test_the_strip_has_every_number_and_in_sight_those_of_the_place(near, calm):
    found = strip(page_of('s02'), near, calm=calm, wide=False, contacts=('ahu',), contacts_at=None)
    assert sorted(group.title for group in found.groups) == sorted(group.title for group in CONTENT.emergency)
    in_sight = [(cell.number, cell.label) for row in found.rows for cell in row.cells]
    help_line, mainland, hong_kong = ('1868', '24 hours'), ('110', 'Police'), ('999', 'Police, fire, ambulance')
    here = [mainland, ('120', 'Ambulance')] if near[0] else [hong_kong] if near[1] else []
    anywhere = [('110', 'In the Mainland'), ('999', 'In Hong Kong')]
    assert in_sight == (here if calm else [help_line, *(here or anywhere)])
    assert [card.about for card in found.contacts] == [CONTENT.contacts['ahu']]


def test_where_danger_comes_first_the_numbers_stand_by_place():
    found = strip(page_of('s02'), (False,) * 3, calm=False, wide=True, contacts=(), contacts_at=None)
    rows = [(row.title, [(cell.number, cell.href) for cell in row.cells]) for row in found.rows]
    last = [('999', 'tel:999'), ('1868', 'tel:+8521868')]
    assert rows == [('In the Mainland', [('110', 'tel:110'), ('120', 'tel:120')]), ('', last)]


def test_a_strip_on_a_page_with_the_contacts_has_none_itself():
    assert strip(page_of('s02'), (False,) * 3, calm=False, wide=False, contacts=('ahu',), contacts_at='#').contacts == ()


def test_a_number_in_the_strip_that_nothing_can_dial_is_no_link():
    rows = (DialRow((Dial('999', None, 'By text'),)),)
    found = strip(page_of('s02'), (False,) * 3, calm=False, wide=False, contacts=(), contacts_at=None)
    html = page_of('s02').render('strip.html', strip=replace(found, rows=rows))
    assert '<a><b>999</b>' in html and 'href=""' not in html


def test_a_telephone_of_which_only_a_name_is_known_is_read_and_never_called():
    named = Channel(kind='phone', name='the number on your card')
    for channels, called in ((named,), None), ((named, Channel(kind='phone', value='110')), 'tel:110'):
        contact = CONTENT.contacts['ahu'].model_copy(update={'channels': channels})
        page = replace(page_of('s02'), content=replace(CONTENT, contacts={**CONTENT.contacts, 'ahu': contact}))
        card = page.contact('ahu')
        assert (card.call and card.call.href) == called
        assert [way.href for way in card.ways] == [None]


@pytest.mark.parametrize('kind', ['phone', 'web', 'email'])
def test_a_way_that_has_only_a_name_is_no_link(kind):
    assert href_of(Channel(kind=kind, name='the number on your card')) is None
    assert href_of(Channel(kind=kind, value='12345678'))


def test_only_what_the_content_calls_an_alarm_is_marked_as_one():
    seen = set()
    for name in CASES:
        result = walk(CONTENT, CASES[name]).result
        html = page_of(name).render('result-do.html', result=result)
        marked = [found == ' g-part-alarm' for found in re.findall(r'class="g-part( [\w-]+)?"', html)]
        assert marked == [CONTENT.service.urgencies[part.outcome.urgency].alarm for part in result.parts]
        seen |= set(marked)
    assert seen == {True, False}
