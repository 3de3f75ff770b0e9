"""The map: every question and outcome in it, no box on another, arrows from left to right, and the same as a list."""

from __future__ import annotations

import itertools
import random
import xml.etree.ElementTree as ET

import pytest

from guidance.book.book import Book
from guidance.book.draw import file
from guidance.book.draw import whole_map
from guidance.book.graph import Graph
from guidance.book.layout import placed
from tests.support.shipped import EXAMPLES
from tests.support.shipped import SHIPPED
from tests.support.shipped import TODAY
from tests.support.shipped import report_of

SVG = '{http://www.w3.org/2000/svg}'


def apart(where):
    boxes = where.boxes.values()
    for one, two in itertools.combinations(boxes, 2):
        beside = one.x + one.width <= two.x or two.x + two.width <= one.x
        below = one.y + one.height <= two.y or two.y + two.height <= one.y
        assert beside or below, (one, two)
    assert all(box.x + box.width <= where.width and box.y + box.height <= where.height for box in boxes)


@pytest.mark.parametrize('name', ['shipped', *EXAMPLES])
def test_no_box_is_on_another_and_arrows_lead_to_the_right(name):
    content = report_of(name).content
    graph = Graph(content)
    drawn = set()
    for chapter in graph.chapters:
        panel = graph.panel(chapter)
        where = placed(panel.nodes, panel.arrows, dict.fromkeys(panel.nodes, 40.0), 250)
        assert where.boxes.keys() == set(panel.nodes)
        apart(where)
        for one, to in panel.arrows:
            assert where.boxes[one].x < where.boxes[to].x
        drawn |= set(chapter.names)
    assert drawn == {f'question {q.id}' for q in content.questions} | {f'outcome {o.id}' for o in content.outcomes}


@pytest.mark.parametrize('seed', range(5))
def test_forty_questions_and_sixty_outcomes_in_one_flow_stay_apart(seed):
    chance = random.Random(seed)
    questions, outcomes = [f'q{n}' for n in range(40)], [f'o{n}' for n in range(60)]
    arrows = [(chance.choice(questions[:at]), to) for at, to in enumerate(questions) if at]
    arrows += [(chance.choice(questions), to) for to in outcomes]
    nodes = [*questions, *outcomes]
    apart(placed(nodes, arrows, {node: chance.choice([35.0, 52.0, 69.0]) for node in nodes}, 250))


@pytest.mark.parametrize('lang', list(SHIPPED.contents))
def test_each_box_says_its_number_and_words_and_leads_into_the_wizard(lang):
    book = Book(SHIPPED.contents, (lang,), SHIPPED.confirmed, wizard='https://help.example/')
    root = ET.fromstring(whole_map(book))
    boxes = {''.join(link.find(f'.//{SVG}text').itertext()): link.get('href') for link in root.iter(f'{SVG}a')}
    for question in SHIPPED.contents[lang].questions:
        number = book.number[f'question {question.id}']
        ((text, link),) = [(text, link) for text, link in boxes.items() if text.startswith(f'{number} ')]
        assert link.startswith('https://help.example/?') and f'lang={lang}' in link
        assert question.ask.variants[-1].say[:6] in text


def test_the_list_says_the_same_without_the_picture():
    book = Book(SHIPPED.contents, ('en',), SHIPPED.confirmed)
    page = file(book, 'map', TODAY)
    listed = page[page.index('The same as a list') :]
    for chapter in book.chapters:
        for name in chapter.names:
            assert f'id="p{book.number[name]}"' in listed
    assert listed.count('Try from here') == len(SHIPPED.content.questions) + len(SHIPPED.content.outcomes)


def test_what_must_not_be_answered_opens_nothing():
    graph = Graph(SHIPPED.content)
    outcomes = {outcome.id: outcome for outcome in SHIPPED.content.outcomes}
    assert graph.opened_by(outcomes['danger'].applies) == ('danger-now',)
    assert graph.opened_by(outcomes['custody-criminal'].applies) == ('custody-kind',)
