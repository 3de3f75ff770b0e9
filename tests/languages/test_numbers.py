"""The numbers in a text, in any language: the name of a month is one, as which another language may write it."""

import pytest

from guidance.languages.numbers import numbers


@pytest.mark.parametrize(
    'text, lang, there',
    [
        ('On 2 May 2026', 'en', '2 5 2026'),
        ('Le 2 mai 2026', 'fr', '2 5 2026'),
        ('2026年5月2日', 'zh-Hant', '2 5 2026'),
        ('in November', 'en', '11'),
        ('in November', 'fr', ''),
        ('May I call 110?', 'en', '110'),
        ('HK$100,000 or 2,5', 'en', '100000 2 5'),
        ('On 2 May', 'xx', '2'),
        ('On 2 May', 'no language', '2'),
    ],
)
def test_numbers_are_found_and_months_count_as_theirs(text, lang, there):
    assert sorted(numbers(text, lang).elements()) == sorted(there.split())
