"""No text claims more than its source says, and no date says that somebody looked who did not."""

import re
from functools import cache

import pytest

from guidance.content.load import read as read_content
from guidance.languages.catalogue import read
from guidance.languages.messages import every_message
from guidance.languages.program import said
from guidance.screens.contacts import contact_card
from guidance.screens.texts import ScreenTexts
from tests.support.paths import ROOT
from tests.support.shipped import SHIPPED

LANGUAGES = ('en', 'zh-Hant', 'zh-Hans')
ONLY_THEY_MAY_ASK = {
    'en': r'\bonly\b[^.?!]*\b(relatives?|family|friends?)\b[^.?!]*\b(ask|request|apply|call)\b',
    'zh-Hant': r'(只有|只限|僅限|必須由)[^。？！]*(親屬|家人|朋友)[^。？！]*(查詢|要求|提出|申請)',
    'zh-Hans': r'(只有|只限|仅限|必须由)[^。？！]*(亲属|家人|朋友)[^。？！]*(查询|要求|提出|申请)',
}
SOMEBODY_LOOKED = {
    'en': r'\b(checked|reviewed|verified|confirmed) (on|by us|as of)\b|\blast (checked|reviewed|updated)\b',
    'zh-Hant': r'(已核實|已查證|經核實|經查證|最後更新|最後查核)',
    'zh-Hans': r'(已核实|已查证|经核实|经查证|最后更新|最后查核)',
}
REFUSING = [
    'Only relatives or friends who are in Hong Kong can ask for this.',
    '只有在香港的親屬才可要求查詢。',
    '只有在香港的亲属才能提出。',
]
LOOKING = ['Checked on 22 November 2026.', '已核實：2026年11月22日', '最后更新：2026年11月22日']


@cache
def public_texts(lang: str) -> tuple[str, ...]:
    """Every text for travellers, in a language. What staff read of the cases quotes mistakes, too."""
    public = [
        each for each in every_message(read_content(ROOT)) if not each.file.name.startswith(('data/cases/', 'data/training'))
    ]
    keys = dict.fromkeys(each.key for each in public)
    if lang == 'en':
        return tuple(text for _, text in keys)
    entries = read(ROOT / f'data/translations/{lang}.po', lang).entries
    return tuple(entries[key].string if key in entries else said(lang, key) for key in keys)


@pytest.mark.parametrize('lang', LANGUAGES)
def test_nobody_is_told_that_only_others_may_ask(lang):
    assert len(public_texts(lang)) > 900
    assert [text for text in public_texts(lang) if re.search(ONLY_THEY_MAY_ASK[lang], text, re.IGNORECASE)] == []
    assert re.search(ONLY_THEY_MAY_ASK[lang], REFUSING[LANGUAGES.index(lang)], re.IGNORECASE)


@pytest.mark.parametrize('lang', LANGUAGES)
def test_no_text_says_that_somebody_looked_on_a_day(lang):
    assert [text for text in public_texts(lang) if re.search(SOMEBODY_LOOKED[lang], text, re.IGNORECASE)] == []
    assert re.search(SOMEBODY_LOOKED[lang], LOOKING[LANGUAGES.index(lang)], re.IGNORECASE)


@pytest.mark.parametrize('lang', LANGUAGES)
def test_beside_an_old_number_stand_its_page_and_the_date_of_the_page(lang):
    content = SHIPPED.contents[lang]
    texts = ScreenTexts(content, lang)
    seen = [card for name in content.contacts if (card := contact_card(texts, name)).seen]
    assert len(seen) > 10
    for card in seen:
        source = content.sources[card.about.source]
        dated = texts.day(source.dated) if source.dated else texts.words('seen_undated')
        assert source.title in card.seen and dated in card.seen and content.help_number in card.seen
        assert texts.day(source.looked_up) not in card.seen  # which is our own day, not one of the page
