"""Which language a reader wants, and how dates and numbers are said in it."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

from babel import Locale
from babel import UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date

_MOST = 20  # languages of a browser that are looked at; nobody reads more
_PART = re.compile(r'\s*([a-z0-9*]+(?:[-_][a-z0-9]+)*)\s*(?:;\s*q\s*=\s*([01](?:\.\d*)?)\s*)?', re.IGNORECASE)
# Languages that are written as Chinese is, and have a code of their own.
_CHINESE = frozenset(('cmn', 'yue', 'nan', 'hak', 'wuu', 'gan', 'hsn', 'cdo', 'cjy', 'cpx', 'czh', 'czo', 'mnp', 'lzh'))


BEGIN_NO_LINE = '，。、；：？！）」』》”’'
"""Marks of Chinese that begin no line: they stand behind what they belong to, even where that was the last in its line."""


def preferred(accepted: str, available: Iterable[str]) -> str:
    """Return the available language that a browser's `Accept-Language` asks for first; without a match, the first one.

    A language is matched in its likely script: zh-HK, zh-MO, zh-TW and Cantonese are Traditional Chinese, zh and zh-SG
    Simplified. The other script of a language is better than one that nobody asked for. What is refused (`q=0`) is not
    chosen as long as there is something else.
    """
    asked = [part.groups() for part in map(_PART.fullmatch, accepted[:1_000].split(',')[:_MOST]) if part]
    weighted = sorted(
        ((code.lower(), float(weight or 1)) for code, weight in asked), key=lambda code_and_weight: -code_and_weight[1]
    )
    refused = [script(code) for code, weight in weighted if not weight]
    languages = list(available)
    languages = [code for code in languages if script(code) not in refused] or languages
    wanted = [code for code, weight in weighted if 0 < weight <= 1]
    by_code = {code.lower(): code for code in reversed(languages)}
    by_script = {script(code): code for code in reversed(languages)}
    by_language = {script(code)[0]: code for code in reversed(languages)}
    exact = (by_code.get(code) or by_script.get(script(code)) for code in wanted)
    in_other_script = (by_language.get(script(code)[0]) for code in wanted)
    return next((code for code in (*exact, *in_other_script) if code), languages[0])


@lru_cache(maxsize=1024)
def script(code: str) -> tuple[str, str]:
    """Return the language of a code and the script that it is likely written in; `zh-HK` is `('zh', 'hant')`.

    Every Chinese language is `zh`: in writing they are one. No script where none is known.
    """
    language, *rest = re.split('[-_]', code.strip().lower())
    while language in ('zh', 'min') and rest and len(rest[0]) == 3 and rest[0].isalpha():  # zh-yue, zh-min-nan
        language = rest.pop(0)
    known = 'zh' if language in _CHINESE else language
    named = next((part for part in rest if len(part) == 4 and part.isalpha()), '')
    region = next((part.upper() for part in rest if len(part) == 2 or (len(part) == 3 and part.isdecimal())), '')
    likely = get_global('likely_subtags')
    names = (f'{language}_{region}', f'{known}_{region}', language, known)
    usual = next((likely[name].split('_')[1] for name in names if name in likely), '')
    return known, named or usual.lower()


def date_in_words(date: datetime.date, lang: str, region: str | None) -> str:
    """Return a date as the language writes it, in `region` (such as `GB`) if it is known how: 22 November 2026."""
    return format_date(date, 'long', locale_of(lang, region))


def plural(number: int, lang: str) -> str:
    """Return the plural category of a number in the language: `one`, `other`, ..."""
    return locale_of(lang).plural_form(number)


def semicolon(lang: str) -> str:
    """Return what sets apart the items of a list in one line that have commas themselves; Chinese has a wider mark, no space."""
    return '\uff1b' if script(lang)[0] == 'zh' else '; '


def width(text: str) -> int:
    """Return how wide a text is, in Latin letters; a Chinese one is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in 'WF' else 1 for letter in text)


@lru_cache(maxsize=256)
def locale_of(lang: str, region: str | None = None) -> Locale:
    """Return what is known of a language, in a region if anything is known of it there. Raises UnknownLocaleError.

    A language that names its region itself, such as `en-GB`, keeps it.
    """
    with suppress(UnknownLocaleError, ValueError):
        if region:
            return Locale.parse(f'{lang}-{region}', sep='-')
    return Locale.parse(lang, sep='-')


@lru_cache(maxsize=64)
def foreign_writing(lang: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    """Return how the others of these languages are written, beside what this one has: writing, see `writing`, -> language.

    A language is written as its own name is. Latin letters are in texts of every language, so they are never foreign.
    """
    own = _writings(lang) | {'LATIN'}
    return {name: script(code)[0] for code in reversed(languages) for name in _writings(code) - own}


def _writings(code: str) -> frozenset[str]:
    return frozenset(writing(letter) for letter in str(locale_of(code).get_language_name()) if letter.isalpha())


@lru_cache(maxsize=8192)
def writing(letter: str) -> str:
    """Return the writing that a letter or its mark belongs to, as Unicode's names begin: `LATIN`, `CJK`; '' for anything else."""
    kind = unicodedata.category(letter)
    if kind[0] not in 'LM' and kind != 'Nl':
        return ''
    first = unicodedata.name(letter, '').partition(' ')[0]
    return 'CJK' if first == 'IDEOGRAPHIC' else first
