"""The title of each page: its own, and none that tells an answer."""

from __future__ import annotations

import itertools

import pytest

from guidance.journey.query import Reading
from guidance.journey.query import current_answers
from guidance.journey.walk import walk
from guidance.screens.page import Page
from guidance.screens.titles import title_of
from guidance.screens.titles import titled
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED

CONTENTS = SHIPPED.contents
CASES = {name: current_answers(SHIPPED.content, case.answers)[0] for name, case in SHIPPED.content.cases.items()}


def way(content, lang, answers):
    """Each page of a journey, as page and question, from the first question on."""
    order = list(walk(content, answers).answered)
    for number, name in enumerate(order):
        before = {each: answers[each] for each in order[:number]}
        yield Page(content, lang, Reading(before)), content.question[name]


@pytest.mark.parametrize(('name', 'lang'), sampled(itertools.product(CASES, CONTENTS), 7))
def test_each_page_of_a_journey_has_a_title_of_its_own_that_tells_no_answer(name, lang):
    content, answers = CONTENTS[lang], CASES[name]
    titles, private = [], False
    for number, (page, question) in enumerate(way(content, lang, answers), 1):
        private = private or question.sensitive
        titles.append(title_of(page, question))
        assert titles[-1] == (content.ui_texts.question_title.format(n=number) if private else page.ask(question.id))
        # The same when it is shown again from the result, with all later answers there.
        again = Page(content, lang, Reading(answers, change=question.id))
        assert private or title_of(again, question) == again.ask(question.id)
        assert not private or title_of(again, question) == titles[-1]
    result = Page(content, lang, Reading(answers))
    titles += [title_of(result, result.journey), title_of(result, 'start')]
    assert titles[-2:] == [content.ui_texts.do_now, content.ui_texts.start_title]
    assert len(set(titles)) == len(titles)
    told = {
        page.labels(each, (option.id,)) for each in answers for option in content.question[each].options if len(option.label) > 5
    }
    assert not [(label, title) for label in told for title in titles if label in title]
    assert not [part.title for part in result.journey.result.parts if part.title in titles]


def test_a_title_names_the_service_and_an_error_before_all():
    content = CONTENTS['en']
    page = Page(content, 'en', Reading({}))
    assert titled(page, 'What?') == f'What? – {content.service.name}'
    assert titled(page, 'What?', failed=True) == f'Error: What? – {content.service.name}'


def test_some_cases_have_private_questions_and_some_have_none():
    private = [any(CONTENTS['en'].question[name].sensitive for name in answers) for answers in CASES.values()]
    assert any(private) and not all(private)
