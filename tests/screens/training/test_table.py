"""The table of the records of a class."""

from __future__ import annotations

import re

from guidance.journey.query import query_string
from guidance.training.table import MAX_TEXT
from tests.support.training_pages import CONTENT
from tests.support.training_pages import WORDS
from tests.support.training_pages import address
from tests.support.training_pages import opened
from tests.support.training_pages import right
from tests.support.training_pages import shown


def test_the_table_shows_what_was_pasted(fresh):
    opened(fresh, {'mode': 'table', 'lang': 'en'})
    made = (
        address('s06', right('s06'), mode='assess', offered=offered, label=who, done=True)
        for who, offered in (('AB', ('lawyers',)), ('CD', ('entry-permit',)))
    )
    records = ['https://help.example/training' + query_string(each) for each in made]
    fresh.text_area[0].set_value('Good evening,\n' + '\n'.join(records))
    fresh.button[0].click().run()
    page = shown(fresh)
    assert 'AB' in page and CONTENT.assistance['entry-permit'].title in page and WORDS.table_topics in page
    csv = re.search(r'data-save="([^"]*)"', page)[1]
    assert csv.splitlines()[1].startswith('AB,Son held in Shenzhen,15 %,')


def test_what_was_pasted_is_not_kept_by_the_server(fresh):
    opened(fresh, {'mode': 'table', 'lang': 'en'})
    fresh.text_area[0].set_value('https://help.example/?secret=1')
    fresh.button[0].click().run()
    assert WORDS.table_skipped.one in shown(fresh)
    assert 'secret' not in repr(vars(fresh.session_state._state))


def test_a_text_that_is_too_long_is_said_to_be_cut(fresh):
    opened(fresh, {'mode': 'table', 'lang': 'en'})
    fresh.text_area[0].set_value('x ' * MAX_TEXT)
    fresh.button[0].click().run()
    assert WORDS.table_cut in shown(fresh)


def test_a_table_of_nothing_says_so(fresh):
    opened(fresh, {'mode': 'table', 'lang': 'en'})
    fresh.text_area[0].set_value('hello')
    fresh.button[0].click().run()
    assert WORDS.table_none in shown(fresh)
