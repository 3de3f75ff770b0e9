"""The numbers in a text: a translation must not lose or change one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from functools import lru_cache

from babel import UnknownLocaleError
from babel.dates import get_month_names

from guidance.languages.language import locale_of

_SHORT = 3  # letters of a name that may be another word, too, such as the English `May`: it is a month beside a number only

_NUMBER = re.compile(r'\d+')
_THOUSANDS = re.compile(r'(?<=\d),(?=\d{3})')


@lru_cache(maxsize=16_384)
def numbers(text: str, lang: str) -> Counter[str]:
    """Return the numbers in a text; the name of a month counts as its number, as which another language may write it."""
    pattern, months = _months(lang)
    text = pattern.sub(lambda month: f' {months[month[0]]} ', text)
    return Counter(_NUMBER.findall(_THOUSANDS.sub('', text) if ',' in text else text))


@cache
def _months(lang: str) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """Return a pattern of the names of months in a language, and their numbers."""
    try:
        names = {name: number for number, name in get_month_names('wide', locale=locale_of(lang)).items()}
    except (UnknownLocaleError, ValueError):  # a language of which nothing is known, or no language: then there are only digits
        names = {}
    short = '|'.join(re.escape(name) for name in names if len(name) <= _SHORT)
    long = '|'.join(re.escape(name) for name in names if len(name) > _SHORT)
    patterns = [rf'\b(?:{long})\b'] if long else []
    patterns += [rf'\b(?:{short})\b(?=\s\d)', rf'(?<=\d\s)(?:{short})\b'] if short else []
    return re.compile('|'.join(patterns) or '(?!)'), names
