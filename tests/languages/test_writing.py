"""Text in another language than the page is found by how that language is written."""

from __future__ import annotations

import pytest

from guidance.languages.language import foreign_writing
from guidance.languages.language import writing


def in_languages(text, lang, *languages):
    """The text with each letter of another language replaced by that language's first letter."""
    foreign = foreign_writing(lang, languages)
    return ''.join(foreign.get(writing(letter), letter)[0] for letter in text)


@pytest.mark.parametrize(
    ('lang', 'languages', 'text', 'expected'),
    [
        ('en', ('en', 'zh-Hant', 'zh-Hans'), 'Ask for 入境處, 九龙々〇 (Kowloon)', 'Ask for zzz, zzzz (Kowloon)'),
        ('en', ('en',), 'Ask for 入境處', 'Ask for 入境處'),
        ('zh-Hant', ('en', 'zh-Hant', 'zh-Hans'), '用 WhatsApp 或 é', '用 WhatsApp 或 é'),
        ('zh-Hans', ('en', 'zh-Hant', 'zh-Hans'), '入境處與入境处', '入境處與入境处'),
        ('en', ('en', 'ru', 'ko', 'th'), 'Да 네 ใช่ yes 是', 'rr k ttt yes 是'),
        ('ru', ('en', 'ru', 'uk'), 'Да, Київ, yes', 'Да, Київ, yes'),
    ],
)
def test_letters_of_another_language_are_known_by_how_it_is_written(lang, languages, text, expected):
    assert in_languages(text, lang, *languages) == expected
