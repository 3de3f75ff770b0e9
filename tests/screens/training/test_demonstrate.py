"""A case is demonstrated, turn by turn."""

from __future__ import annotations

import re

import pytest

from guidance.journey.query import query_string
from tests.support.sampling import sampled
from tests.support.training_pages import CASES
from tests.support.training_pages import CONTENT
from tests.support.training_pages import WORDS
from tests.support.training_pages import address
from tests.support.training_pages import opened
from tests.support.training_pages import right


@pytest.mark.parametrize('name', sampled(CASES, 15))
def test_a_demonstration_leads_forwards_through_every_turn_and_back(app, name):
    case = CONTENT.cases[name]
    url = query_string(address(name, mode='show'))
    seen, back = [], None
    while url:
        page = opened(app, url)
        seen.append(page)
        following = re.search(r'<a href="([^"]*)" data-soft data-next>', page)
        previous = re.search(r'<a href="([^"]*)" data-soft data-previous>', page)
        assert (previous and previous[1]) == back
        back, url = url, following and following[1]
    assert len(seen) == len(case.turns) + 2
    assert case.story in seen[0] and case.debrief in seen[-1]
    for page, turn in zip(seen[1:-1], case.turns.values(), strict=True):
        said = (turn.tells, turn.because, turn.say, turn.never_say, *turn.wrong.values())
        assert all(text in page for text in said if text)


def test_a_demonstration_tells_what_each_answer_opens_in_words(app):
    step = list(right('s03')).index('hurt-cause') + 1
    page = opened(app, address('s03', mode='show', step=step))
    asks = CONTENT.question['hurt-state'].ask.for_({'who': ('relative',)})
    assert WORDS.opens_question.format(name=asks) in page[page.index(WORDS.opens_title) :]
    step = list(right('s06')).index('custody-kind') + 1
    page = opened(app, address('s06', mode='show', step=step))
    opens = page[page.index(WORDS.opens_title) :]
    assert opens.count(WORDS.opens_assistance.format(name=CONTENT.assistance['notify-arrest'].title)) == 4
    step = list(right('s06')).index('who') + 1
    page = opened(app, address('s06', mode='show', step=step))
    option = WORDS.condition_option.format(option='Somewhere else')
    condition = WORDS.condition_is.format(question=CONTENT.question['asker-place'].ask.for_({}), options=option)
    assert condition in page


def test_a_step_beyond_the_last_is_the_last(app):
    assert CONTENT.cases['s06'].debrief in opened(app, address('s06', mode='show', step=999))
