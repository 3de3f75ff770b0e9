"""What only the service knows stands in `data/service.yaml`: when a number counts as old, and as where dates are written."""

import datetime
import re

import pytest

from guidance.content.format import Source
from guidance.content.trust import unconfirmed
from guidance.languages.language import date_in_words
from tests.support.small import small_content

READ = datetime.date(2026, 11, 22)


def source(dated, confidence='official', confirmed=None):
    return Source.model_validate(
        {
            'title': 'A page', 'publisher': 'Somebody', 'url': 'https://island.example/', 'looked-up': READ, 'review-by': READ,
            'dated': dated, 'confidence': confidence, 'confirmed-by-owner': confirmed,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    'dated, old_after, old',
    [
        (datetime.date(2024, 5, 22), 30, True),
        (datetime.date(2024, 5, 23), 30, False),
        (datetime.date(2024, 4, 30), 30, True),
        (datetime.date(2026, 11, 22), 1, False),
        (datetime.date(2005, 6, 7), None, False),
        (None, 30, True),
        (None, None, True),
    ],
)
def test_a_number_is_old_that_many_months_after_its_page_was_made(dated, old_after, old):
    assert unconfirmed(source(dated), old_after) is old
    assert not unconfirmed(source(dated, confirmed=READ), old_after)
    assert unconfirmed(source(dated, confidence='secondary'), old_after)


@pytest.mark.parametrize(
    'lang, region, said',
    [
        ('en', None, 'November 22, 2026'),
        ('en', 'HK', '22 November 2026'),
        ('en', 'ZZ', 'November 22, 2026'),
        ('de', 'HK', '22. November 2026'),
        ('en-US', 'HK', 'November 22, 2026'),
        ('en-GB', 'US', '22 November 2026'),
        ('zh-Hans', 'HK', '2026年11月22日'),
    ],
)
def test_dates_are_written_as_in_the_region_where_the_language_is_known_there(lang, region, said):
    assert date_in_words(READ, lang, region) == said


@pytest.mark.parametrize('price', ['$10000000', 'HK$10000000', '¥20000000', '￥20000000', '£30000000', '€45000000'])
def test_a_price_in_any_currency_is_no_telephone_number(price, report_of):
    steps = small_content()['data/steps.yaml']
    assert report_of({'data/steps.yaml': steps.replace('Stay where you are', f'Pay {price}')}) == ''
    number = re.sub(r'\D', '', price)
    report = report_of({'data/steps.yaml': steps.replace('Stay where you are', f'Call {number}')})
    assert f'`{number}` looks like a telephone number' in report
