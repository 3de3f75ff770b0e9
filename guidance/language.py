"""Which language a reader wants, and how dates and numbers are said in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date

_MOST = 20  # languages of a browser that are looked at; nobody reads more


def preferred(accepted: str, available: Iterable[str]) -> str:
    """Return the available language that a browser's `Accept-Language` asks for first; without a match, the first one.

    A language is matched in its likely script: zh-HK, zh-MO and zh-TW are Traditional Chinese, zh and zh-SG Simplified.
    """
    languages = {_script(code): code for code in reversed(list(available))}
    wanted = sorted((_weighted(part) for part in accepted[:1_000].split(',')[:_MOST]), key=lambda each: -each[1])
    found = (languages.get(_script(code)) for code, weight in wanted if weight > 0)
    return next((code for code in found if code), list(languages.values())[-1])


def date_in_words(date: datetime.date, lang: str) -> str:
    """Return a date as the language writes it, such as 22 November 2026."""
    return format_date(date, 'd MMMM y' if lang == 'en' else 'long', _locale(lang))


def plural(number: int, lang: str) -> str:
    """Return the plural category of a number in the language: `one`, `other`, ..."""
    return _locale(lang).plural_form(number)


def _locale(lang: str) -> Locale:
    return Locale.parse(lang, sep='-')


@lru_cache(maxsize=1024)
def _script(code: str) -> tuple[str, str | None] | None:
    try:
        locale = _locale(code.strip())
        if locale.script is None:
            locale = Locale.parse(get_global('likely_subtags').get(locale.language, locale.language))
    except (ValueError, UnknownLocaleError):  # also for languages that there are: Babel does not know Norwegian's script
        return None
    return locale.language, locale.script


def _weighted(part: str) -> tuple[str, float]:
    code, _, weight = part.partition(';q=')
    try:
        return code, float(weight or 1)
    except ValueError:
        return code, 0
