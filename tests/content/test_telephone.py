"""Telephone numbers are known by the shape of numbers that people dial, in texts of any script."""

import pytest

from guidance.content.format import Channel
from guidance.content.telephone import short_number
from guidance.content.telephone import telephone_numbers

SHORT = ('110', '1868')


def numbers(text, through=()):
    return [named.written for named in telephone_numbers(text, SHORT, through)]


@pytest.mark.parametrize(
    'text',
    [
        '1200kg', '$90', '100%', 'within 180 days', 'Form 77B', 'since 2019', 'HK$110', '110 %', '110km', 'from 2024-2025 on',
        'on 2026-11-22', '22-11-2026', '1000–2000 guests', '28,675,678', '9:30-17:30', '1.5 or 12.75', 'Q1868A',
        '在2019年', '14天內',
    ],
)  # fmt: skip
def test_what_nobody_dials_is_text(text):
    assert numbers(text) == []


@pytest.mark.parametrize(
    ('text', 'written'),
    [
        ('Call 28675678.', ['28675678']),
        ('Call 2867 5678 or (+852) 2867-5678', ['2867 5678', '(+852) 2867-5678']),
        ('+86 10 6657 2880, 0755-8234 7136', ['+86 10 6657 2880', '0755-8234 7136']),
        ('110, 1868 or 110/1868', ['110', '1868', '110', '1868']),
        ('致電110或1868查詢，電話28675678。', ['110', '1868', '28675678']),
        ('１１０です', ['１１０']),
    ],
)
def test_what_people_dial_is_found(text, written):
    assert numbers(text) == written


def test_what_is_let_through_by_name_is_text_there_and_only_there():
    assert numbers('110 metres, or 1000-2000 metres; call 110', ('110 metres', '1000-2000 metres')) == ['110']


@pytest.mark.parametrize(
    ('value', 'short'),
    [('110', '110'), ('(852) 1868', '1868'), ('+852 1868', '1868'), ('(86 10) 6657 2880 ext. 032', None), ('28675678', None)],
)
def test_the_code_of_the_country_is_no_part_of_a_short_number(value, short):
    assert short_number(Channel(kind='phone', value=value)) == short
    assert short_number(Channel(kind='fax', value=value)) is None
