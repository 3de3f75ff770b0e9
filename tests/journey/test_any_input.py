"""Any answers, addresses and texts: nothing crashes, and what is said of them is true."""

from __future__ import annotations

from urllib.parse import urlencode

from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

import wizard
from guidance.content.condition import holds
from guidance.journey.query import _OURS
from guidance.journey.query import TRAINING_IDS
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.training.record import read_record
from guidance.training.table import Unscored
from guidance.training.table import record_table
from tests.support.asgi import Client
from tests.support.shipped import SHIPPED

CONTENT = SHIPPED.contents['en']
CLIENT = Client(wizard.app)
HOST = {'Host': 'help.example'}

# Answers and addresses

SOME_ID = st.sampled_from([*CONTENT.question, *CONTENT.assistance, 'nothing', '', 'lang', 'change'])
SOME_OPTION = st.sampled_from(sorted({option.id for question in CONTENT.questions for option in question.options}) + ['x', ''])
VALUE = st.lists(SOME_OPTION, max_size=4).map('.'.join) | st.text(max_size=30)
NAME = st.sampled_from([*CONTENT.question, *_OURS, *TRAINING_IDS, 'asked', 'part', 'fbclid']) | st.text(max_size=15)
LANGUAGES = st.text('abcdefghijklmnopqrstuvwxyz-_;=,.019* ', max_size=40) | st.sampled_from(sorted(get_global('likely_subtags')))
PAIRS = st.lists(st.tuples(NAME, VALUE), max_size=25)


@given(st.dictionaries(SOME_ID | st.text(max_size=5), st.lists(SOME_OPTION, max_size=4).map(tuple), max_size=22))
def test_walk_takes_any_map_and_counts_only_what_is_an_answer(answers):
    journey = walk(CONTENT, answers)
    assert (journey.next is None) is (journey.result is not None)
    for name, chosen in journey.answered.items():
        assert set(chosen) == set(answers[name]) <= CONTENT.question[name].option.keys()
        assert holds(CONTENT.question[name].when, journey.answered)
    assert walk(CONTENT, journey.answered).answered == journey.answered
    assert not journey.answered.keys() & journey.idle.keys()


@given(PAIRS)
def test_any_pairs_are_read_and_what_was_read_makes_an_address_that_reads_the_same(pairs):
    reading = read_query(CONTENT, pairs)
    made = parameters(CONTENT, reading.answers, reading.lang or 'en')
    assert read_query(CONTENT, parse_query(query_string(made)[1:])).answers == reading.answers
    record = read_record(CONTENT, reading)
    again = read_record(CONTENT, read_query(CONTENT, list(record.parameters().items())))
    assert again == record


@given(st.sampled_from(['/plain', '/keep', '/', '/training']), PAIRS | st.binary(max_size=80), LANGUAGES)
def test_any_query_is_a_page(path, query, accepted):
    asked = query.decode('latin-1') if isinstance(query, bytes) else urlencode(query, errors='replace')
    response = CLIENT.get(f'{path}?{asked}', HOST | {'Accept-Language': accepted})
    assert response.status_code in (200, 303)
    if response.status_code == 200:
        assert '</html>' in response.text and 'Traceback' not in response.text


@given(st.text(max_size=300))
def test_any_text_is_a_table_of_records(text):
    found = record_table(CONTENT, text + ' ?case=' + text)
    assert all(isinstance(row, Unscored) or 0 <= row.score.percent <= 100 for row in found.rows)
