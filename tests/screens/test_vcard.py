"""The numbers of a result as contacts of a telephone: only those that can be dialled, and nothing that breaks a card."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from guidance.content.format import Channel
from guidance.content.format import Contact
from guidance.journey.query import Reading
from guidance.screens.page import Page
from guidance.screens.plain.vcard import cards
from tests.support.plain import CASES
from tests.support.plain import CONTENT
from tests.support.plain import CONTENTS
from tests.support.plain import HOST
from tests.support.plain import Html
from tests.support.plain import page
from tests.support.plain import query


def unfolded(text):
    """The lines of a file of cards, as a telephone reads them: none is too long as sent."""
    assert text.endswith('\r\n') and '\n' not in text.replace('\r\n', '')
    assert max(len(line.encode()) for line in text.split('\r\n')) <= 75
    return text.replace('\r\n ', '').split('\r\n')[:-1]


@pytest.mark.parametrize('lang', CONTENTS)
def test_the_file_has_each_contact_that_can_be_dialled(client, lang, thorough):
    for answers in list(CASES.values())[list(CONTENTS).index(lang) :: len(CONTENTS) if thorough else 12]:
        (address,) = {href for href in Html(page(client, f'/plain{query(answers, lang)}')).links if href.startswith('card?')}
        answer = client.get(f'/{address}', HOST)
        assert answer.headers['content-type'] == 'text/vcard; charset=utf-8'
        assert answer.headers['cache-control'] == 'private, no-store' and '.vcf' in answer.headers['content-disposition']
        lines = unfolded(answer.text)
        shown = Page(CONTENTS[lang], lang, Reading(answers))
        contacts = [CONTENTS[lang].contacts[name] for name in shown.journey.result.contacts if shown.can_dial(name)]
        named = [each.name for each in contacts if any(channel.kind == 'phone' for channel in each.channels)]
        assert [re.sub(r'\\(.)', r'\1', line.removeprefix('FN:')) for line in lines if line.startswith('FN:')] == named != []
        assert lines.count('BEGIN:VCARD') == lines.count('VERSION:3.0') == lines.count('END:VCARD') == len(named)
        assert ('TEL;TYPE=VOICE:+8521868' in lines) is ('ahu' in shown.journey.result.contacts)


def test_without_a_result_there_is_no_such_file(client):
    assert [client.get(f'/card{asked}', HOST).status_code for asked in ('', '?who=me', '?who=nobody&lang=xx')] == [404] * 3


def test_a_number_that_cannot_be_dialled_from_there_is_not_in_it():
    result = SimpleNamespace(contacts=('police', 'hong-kong-emergency'))
    told = {place: cards(Page(CONTENT, 'en', Reading({'asker-place': (place,)})), result) for place in ('mainland', 'hong-kong')}
    assert [('TEL;TYPE=VOICE:110' in text, 'TEL;TYPE=VOICE:999' in text) for text in told.values()] != [(True, True)] * 2


@pytest.mark.parametrize(
    ('name', 'expected'),
    [
        ('Fire, police; help\\', r'Fire\, police\; help\\'),
        ('two\nEND:VCARD', r'two\nEND:VCARD'),
        ('長' * 60, '長' * 60),
        ('\U0001f198' * 40, '\U0001f198' * 40),
    ],
)
def test_no_name_breaks_a_card(name, expected):
    contact = Contact.model_construct(
        name=name, of=None, hours=None, channels=(Channel.model_construct(kind='phone', value='(86 20) 1234 5678 ext. 9'),)
    )
    fake = SimpleNamespace(can_dial=lambda _: True, content=SimpleNamespace(contacts={'x': contact}, service=CONTENT.service))
    lines = unfolded(cards(fake, SimpleNamespace(contacts=('x',))))
    assert [line for line in lines if line.startswith('FN:')] == [f'FN:{expected}']
    assert len(lines) == 7 and 'TEL;TYPE=VOICE:+862012345678,9' in lines
