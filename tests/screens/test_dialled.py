"""A number in a text is a link where the reader can dial it, and nowhere else."""

import re

import pytest

import wizard
from guidance.content.local_text import LocalText
from guidance.screens.dialled import dialled
from tests.support.asgi import Client
from tests.support.shipped import SHIPPED

SAID = 'Dial 110 or call 1868 at once, <110 days>.'
POLICE = '<a href="tel:110">110</a>'
HELP = '<a href="tel:+8521868">1868</a>'
HURT = '/plain?who=me&asker-place=mainland&resident=yes&happened=hurt&danger-now=unknown&hurt-state=light&hurt-cause=traffic'
HURT += '&dependant=no&province=hunan'


@pytest.mark.parametrize(('place', 'police'), [('mainland', POLICE), ('hong-kong', '110'), ('elsewhere', '110')])
def test_a_number_is_a_link_where_it_can_be_dialled(place, police):
    html = str(dialled(SHIPPED.content, SAID, {'asker-place': (place,)}))
    assert html == f'Dial {police} or call {HELP} at once, &lt;{police} days&gt;.'


def test_a_text_in_another_language_keeps_its_language():
    text = LocalText('Call 1868.', 'Call 1868.', 'en', foreign=True)
    assert str(dialled(SHIPPED.content, text, {})) == f'<span lang="en">Call {HELP}.</span>'


def test_a_number_that_only_the_translation_seems_to_name_is_no_link():
    text = LocalText('1868 元', '$1868', 'zh-Hant')
    assert str(dialled(SHIPPED.content, text, {})) == '1868 元'


def test_every_link_of_a_result_leads_to_a_number_of_a_contact():
    page = Client(wizard.app).get(HURT, {'Host': 'help.example'}).text
    steps = page.partition('id="do"')[2].partition('id="contacts"')[0]
    assert {'tel:110', 'tel:122', 'tel:+8521868'} <= set(re.findall(r'href="(tel:[^"]*)"', steps))
    assert 'tel:999' not in steps
