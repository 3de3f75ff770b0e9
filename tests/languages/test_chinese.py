"""How the Chinese of the catalogues is set: no Latin words but names, no half-width marks among it, no quotation marks twice."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from guidance.screens.contacts import emergency_lines
from guidance.screens.texts import ScreenTexts
from tests.support.chinese import foreign
from tests.support.paths import ROOT
from tests.support.shipped import SHIPPED

CATALOGUES = [f'{folder}/{lang}.po' for folder in ('data/translations', 'guidance/words') for lang in ('zh-Hant', 'zh-Hans')]
HAN = '[\u3400-\u9fff]'
HALF_WIDTH = re.compile(rf'{HAN}[,;:?!()]|[,;:?!(]{HAN}')
TERMS = re.compile(r'SIM|CSV|\.csv')  # which Chinese writes so, too
DOUBLED = re.compile('「「|」」|『『|』』|““|””|‘‘|’’|「[^」]*「|“[^”]*“')


def texts(path):
    """The translations of a catalogue that have Chinese in them, without the blanks that are filled in."""
    said = [message.string for message in read_po((ROOT / path).open('rb')) if message.id and message.string]
    every = [text for one in said for text in (one if isinstance(one, tuple) else (one,))]
    return [re.sub(r'\{\w+\}', '', text) for text in every if re.search(HAN, text)]


@pytest.mark.parametrize(
    ('pattern', 'wrong', 'right'),
    [
        (HALF_WIDTH, '致電1868,再說', '致電1868，再說'),
        (HALF_WIDTH, '證件(回鄉卡)', '證件（回鄉卡）'),
        (DOUBLED, '「「否」」', '「否」和「是」'),
        (DOUBLED, '““否””', '“否”和“是”'),
    ],
)
def test_what_is_wrong_is_found(pattern, wrong, right):
    assert pattern.search(wrong)
    assert not pattern.search(right)


@pytest.mark.parametrize('path', CATALOGUES)
def test_chinese_has_no_latin_words_half_width_marks_or_doubled_quotation_marks(path):
    found = texts(path)
    assert len(found) > 50
    assert foreign(TERMS.sub('', text) for text in found) == []
    assert [text for text in found if HALF_WIDTH.search(text)] == []
    assert [text for text in found if DOUBLED.search(text)] == []


@pytest.mark.parametrize('lang', ['zh-Hant', 'zh-Hans'])
def test_numbers_and_addresses_of_contacts_and_lists_on_the_screens_are_set_so_too(lang):
    texts = ScreenTexts(SHIPPED.contents[lang], lang)
    contacts = texts.content.contacts.values()
    numbers = [channel.value for contact in contacts for channel in contact.channels if channel.kind == 'phone']
    addresses = [contact.address_in.get(lang, contact.address) for contact in contacts if contact.address or contact.address_in]
    listed = [*emergency_lines(texts), texts.joined(['地', '水', '火'])]
    assert len(numbers) > 20 and len(addresses) == 4 and listed[-1] == '地；水；火'
    assert foreign(number for number in numbers if number) == []
    assert [text for text in (*addresses, *listed) if HALF_WIDTH.search(text) or '·' in text] == []
