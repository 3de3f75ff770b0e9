"""Catalogues of the small content in three languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from guidance.content.model import Content
from tests.support.paths import ROOT

SERVICE = {
    'data/service.yaml': (ROOT / 'tests/small/data/service.yaml')
    .read_text()
    .replace('languages: {en: English}', 'languages: {en: English, zh-Hant: 繁體中文, zh-Hans: 简体中文}')
}
HANT, HANS = 'data/translations/zh-Hant.po', 'data/translations/zh-Hans.po'


def filled(path: Path) -> None:
    """Give every text in the catalogue a translation: itself, with a mark before it."""
    text = path.read_text()
    path.write_text(re.sub(r'^msgid "(.+)"\nmsgstr ""$', r'msgid "\1"\nmsgstr "譯\1"', text, flags=re.M))


def first_text(contents: Mapping[str, Content], lang: str = 'zh-Hant') -> str:
    return contents[lang].questions[0].ask.variants[0].say


def of(path: Path, *words: str) -> str:
    return next(line for line in path.read_text().split('\n') if all(word in line for word in words))
