"""The address is the state: whatever stands in it, it is read whole or not at all, and nothing fails."""

import random
from urllib.parse import parse_qsl
from urllib.parse import quote

import pytest

from guidance.content.format import RESERVED_IDS
from guidance.journey.query import Reading
from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.query import shorten_query
from guidance.journey.walk import accepted
from guidance.journey.walk import walk
from tests.support.answers import complete
from tests.support.sampling import sampled
from tests.support.small import small_content


def opened(content, query):
    return read_query(content, parse_qsl(query, keep_blank_values=True, errors='replace'))


@pytest.mark.parametrize('seed', sampled(range(60), 5))
def test_round_trip_of_random_answers(content, seed):
    rng = random.Random(seed)
    answers = complete(content, rng)
    kept = dict(list(answers.items())[: rng.randint(0, len(answers))])
    made = query_string(parameters(content, kept, 'en'))
    assert opened(content, made[1:]) == Reading(kept, lang='en')
    assert query_string(parameters(content, opened(content, made[1:]).answers, 'en')) == made


def test_the_address_names_questions_in_order_then_the_language(content):
    answers = {'place': ('hill',), 'happened': ('hurt', 'ticket'), 'who': ('me',)}
    made = query_string(parameters(content, answers, 'en', change='who', seen='abc'))
    assert made == '?who=me&happened=hurt.ticket&place=hill&lang=en&change=who&seen=abc'


def test_answers_that_do_not_count_keep_their_place_in_the_travellers_own_address(content):
    answers = {'who': ('me',), 'happened': ('nothing',), 'ticket-kind': ('day',)}
    assert query_string(parameters(content, answers)) == '?who=me&happened=nothing&ticket-kind=day'
    assert query_string(parameters(content, walk(content, answers).answered)) == '?who=me&happened=nothing'


@pytest.mark.parametrize(
    ('query', 'answers'),
    [
        ('', {}),
        ('who=me', {'who': ('me',)}),
        ('WHO=Me', {'who': ('me',)}),
        ('%20who%20=%20me%20', {'who': ('me',)}),
        ('who=me&who=me', {'who': ('me',)}),
        ('happened=ticket&happened=hurt', {'happened': ('hurt', 'ticket')}),
        ('happened=ticket.hurt', {'happened': ('hurt', 'ticket')}),
        ('happened=ticket..hurt.', {'happened': ('hurt', 'ticket')}),
        ('asker=stranger', {'who': ('other',)}),
        ('asker=me&who=me', {'who': ('me',)}),
        ('place=sands', {'place': ('beach',)}),
        ('from=timeline&isappinstalled=0&fbclid=x&utm_source=a&utm_who=b&gclid=c&embed=true&who=me', {'who': ('me',)}),
        ('ref=newsletter&_ga=1.2&who=me', {'who': ('me',)}),
    ],
)
def test_what_is_read_without_a_word(content, query, answers):
    reading = opened(content, query)
    assert reading.answers == answers
    assert not reading.damaged


@pytest.mark.parametrize(
    ('query', 'unread'),
    [
        ('who=nobody', {'who': ()}),
        ('who=', {'who': ()}),
        ('who=me&who=friend', {'who': ()}),
        ('who=me.friend', {'who': ()}),
        ('who=me&asker=friend', {'who': ()}),
        ('who=m', {'who': ()}),
        ('who=me%00', {'who': ()}),
        ('happened=hurt.hu', {'happened': ('hurt',)}),
        ('happened=hurt.nothing', {'happened': ('hurt', 'nothing')}),
        ('happened=hurt&happened=gone', {'happened': ('hurt',)}),
        ('happened=hurt,ticket', {'happened': ()}),
        ('place=lighthouse', {'place': ()}),
    ],
)
def test_what_cannot_be_read_whole_does_not_count_and_is_told(content, query, unread):
    reading = opened(content, query)
    assert reading.answers == {}
    assert reading.unread == unread
    assert reading.damaged


@pytest.mark.parametrize('name', ['hapened', 'happend', 'Happenned', 'ticket_kind', 'plaec'])
def test_a_name_near_that_of_a_question_is_told(content, name):
    reading = opened(content, f'{name}=hurt')
    assert reading.unknown == (name.lower(),)
    assert reading.answers == {}
    assert reading.damaged


def test_change_names_a_question_or_nothing(content):
    assert opened(content, 'change=WHO').change == 'who'
    assert opened(content, 'change=asker').change == 'who'
    assert opened(content, 'change=nothing').change is None
    assert opened(content, 'change=<b>').change is None


def test_lang_is_one_of_the_languages_or_nothing(content):
    assert opened(content, 'lang=EN').lang == 'en'
    assert opened(content, 'lang=xx').lang is None
    assert not opened(content, 'lang=xx').damaged


HOSTILE = [
    '<script>alert(1)</script>', 'javascript:alert(1)', '"><img src=x onerror=alert(1)>', '\u202eem', 'me\u200f', '\0', 'me\0',
    '../../etc/passwd', '{{7*7}}', '%s%n', "' or 1=1 --", '\ud800', 'ｍｅm', 'K' * 100_000, '.' * 100_000, '🙂' * 1000,
    '\r\nSet-Cookie: a=b', '\ufdfa' * 2_000,
]  # fmt: skip


@pytest.mark.parametrize('name', sampled([*sorted(RESERVED_IDS), 'utm_place', '2nd-place'], 3, 2))
def test_a_question_may_be_called_as_what_addresses_need(name, resolved):
    flow = small_content()['flows/hut.yaml'].replace('\n  hut:', f'\n  {name}:', 1).replace('{hut: shut}', f'{{{name}: shut}}')
    content = resolved({'flows/hut.yaml': flow})
    answers = {'who': ('me',), 'happened': ('hut',), name: ('shut',)}
    address = query_string(parameters(content, answers, 'en', change=name))
    reading = opened(content, address)
    assert (reading.answers, reading.change, reading.damaged) == (answers, name, False)
    assert current_answers(content, answers) == (answers, [])
    assert shorten_query(content, address[1:]).startswith(address[1:])
    assert name not in opened(content, f'?{name}=shut&who=me&lang=en').answers or name == '2nd-place'


@pytest.mark.parametrize('text', sampled(HOSTILE, 3, 2), ids=lambda text: ascii(text)[:20])
def test_hostile_names_and_values_mean_nothing_and_never_fail(content, text):
    names = ['who', 'happened', 'change', 'lang', 'seen', text, *sorted(RESERVED_IDS)]
    reading = read_query(content, [(name, text) for name in names])
    assert reading.answers == {}
    assert reading.change is None and reading.lang is None
    assert set(reading.unread) == {'who', 'happened'}
    assert all(len(name) <= 40 for name in reading.unknown)
    assert len(reading.seen or '') <= 40
    assert text not in shorten_query(content, f'who={quote(text, errors="replace")}')


@pytest.mark.parametrize('seed', sampled(range(30), 5))
def test_a_damaged_address_gives_only_answers_that_stand_in_it_whole(content, seed):
    rng = random.Random(seed)
    query = query_string(parameters(content, complete(content, rng), 'en'))[1:]
    for _ in range(40):
        at = rng.randrange(len(query))
        broken = rng.choice([query[:at], query[:at] + query[at + 1 :], query[:at] + rng.choice('&=.%+a<\0é') + query[at:]])
        for name, chosen in opened(content, broken).answers.items():
            stated = {
                part.strip().lower()
                for key, value in parse_qsl(broken)
                if key.strip().lower() == name
                for part in value.split('.')
            }
            assert stated - {''} == set(chosen)
            assert accepted(content.question[name], chosen) == chosen


def test_a_huge_address_is_read_in_time_and_never_in_part(content, quick):
    junk = '&'.join(f'happenes{n}=x' for n in range(50_000))
    with quick(2):
        reading = opened(content, f'who=me&happened=hurt&{junk}&happened=gone&who=friend')
        assert reading.answers == {}
        assert reading.unread == {'who': (), 'happened': ('hurt',)}
        assert len(reading.unknown) == 20
        assert opened(content, 'happened=' + 'hurt.' * 20_000 + 'ticket').answers == {'happened': ('hurt', 'ticket')}
        assert opened(content, 'happened=' + 'hurt.' * 20_000 + 'tick').answers == {}


def test_shorten_keeps_what_is_known_and_says_so(content, quick):
    query = 'who=me&happened=hurt.ticket&change=place&lang=en&' + '&'.join(f'x{n}=y' for n in range(20_000))
    with quick(1):
        short = shorten_query(content, query)
    assert short == 'who=me&happened=hurt.ticket&lang=en&change=place&cut=1'
    reading = opened(content, short)
    assert reading.answers == {'who': ('me',), 'happened': ('hurt', 'ticket')}
    assert reading.cut and reading.damaged
    assert shorten_query(content, short) == short


def test_recorded_answers_that_are_not_known_any_more_are_named(content):
    assert current_answers(content, {'asker': ['me'], 'hapened': ['hurt'], 'place': ['moon']}) == (
        {'who': ('me',)},
        ['hapened', 'place'],
    )
