"""The numbers of journeys: each has one and each is one's, compared with all journeys that brute force lists."""

import random

import pytest

from guidance.content.condition import TRUE
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.edition import Edition
from guidance.content.edition import read_edition
from guidance.content.edition import written_edition
from guidance.proof.ranking import Ranking
from guidance.proof.ranking import ranking
from tests.support.bruteforce import journeys
from tests.support.editions import asked
from tests.support.editions import chose
from tests.support.editions import forty_five
from tests.support.editions import question
from tests.support.editions import some_questions
from tests.support.shipped import TODAY

SEEDS = range(100)
MOST = 400  # journeys of one content that are listed


@pytest.fixture(scope='module')
def small():
    """Small random questions with all their journeys."""
    made = [some_questions(random.Random(seed)) for seed in SEEDS]
    listed = [(questions, journeys(questions, MOST)) for questions in made]
    return [(questions, every) for questions, every in listed if every]


def test_the_random_questions_have_what_is_to_be_numbered(small):
    every = [each for questions, _ in small for each in questions]
    assert len(small) > 60
    assert sum(each.many and len(each.options) > 3 for each in every) > 40
    assert sum(any(option.alone for option in each.options) for each in every) > 40
    assert sum(any(option.when != TRUE for option in each.options) for each in every) > 40


def situations(questions, journey):
    """The options chosen at the first `choose: many` that is asked."""
    first = next((each.id for each in questions if each.many and each.id in journey), None)
    return len(journey[first]) if first else 0


def test_each_journey_has_a_number_of_its_own_and_each_number_is_the_journeys(small):
    for questions, every in small:
        ranked = Ranking(asked(questions))
        numbers = {ranked.number(journey): journey for journey in every}
        assert sorted(numbers) == list(range(len(every)))
        assert sum(ranked.numbers) == len(every)
        assert all(ranked.journey(number) == journey for number, journey in numbers.items())


def test_journeys_of_fewer_situations_come_first(small):
    for questions, every in small:
        ranked = Ranking(asked(questions))
        found = [situations(questions, journey) for journey in sorted(every, key=ranked.number)]
        assert found == sorted(found)
        assert [found.count(number) for number in range(len(ranked.numbers))] == list(ranked.numbers)


def test_an_edition_read_from_its_text_gives_the_same_numbers(small):
    for questions, every in small:
        edition = Edition(1, TODAY, asked(questions))
        again = read_edition(written_edition(edition))
        assert again == edition
        again_ranked, ranked = Ranking(again.questions), Ranking(edition.questions)
        assert all(again_ranked.number(journey) == ranked.number(journey) for journey in every[:20])


def test_what_is_no_journey_has_no_number(small):
    ranked = Ranking(asked((question('who', options='ab'), question('what', chose('who', 'a'), 'cde', True, 'e'))))
    assert sum(ranked.numbers) == 5
    for answers in ({}, {'who': ('a',)}, {'who': ('x',)}, {'who': ('a', 'b')}, {'who': ('a',), 'what': ('x',)}):
        with pytest.raises(ValueError):
            ranked.number(answers)
    for number in (-1, 5, 10**40):
        with pytest.raises(ValueError):
            ranked.journey(number)


# Numbers that were given out


def test_a_journey_keeps_its_number():
    """What an order of decisions can depend on is in these questions. Whoever changes a number here changes codes in use."""
    questions = (
        question('who', options=('me', 'friend')),
        question('what', TRUE, ('hurt', 'lost', 'held', 'other'), True, 'other'),
        question('how', any_of([chose('what', 'lost'), chose('what', 'held')]), 'xyz'),
        question('papers', chose('what', 'lost'), 'abc', True),
        question('where', negate(chose('papers', 'a')), 'mn'),
    )
    ranked = Ranking(asked(questions))
    assert ranked.numbers == (0, 80, 132, 60)
    given = {
        0: 'who=me&what=other&where=m',
        30: 'who=me&what=lost&how=z&papers=a.c',
        79: 'who=friend&what=held&how=z&where=n',
        150: 'who=friend&what=hurt.lost&how=x&papers=b&where=m',
        271: 'who=friend&what=hurt.lost.held&how=z&papers=a',
    }
    for number, journey in given.items():
        assert '&'.join(f'{name}={".".join(chosen)}' for name, chosen in ranked.journey(number).items()) == journey


# What it costs


def test_seven_choose_many_with_questions_of_their_own_among_forty_five(quick):
    questions = forty_five()
    with quick(1):
        ranked = Ranking(asked(questions))
    last = sum(ranked.numbers) - 1
    with quick(0.05):
        assert ranked.number(ranked.journey(last)) == last


def test_areas_with_many_questions_each_cost_as_much_as_their_questions(quick):
    """Each answer to the first question closes all other areas, one after the other: gone through each time, it took minutes."""
    areas = [f'area{number}' for number in range(40)]
    questions = [question('area', TRUE, areas)]
    for area in areas:
        when = chose('area', area)
        for number in range(40):
            questions.append(question(f'{area}-{number}', when))
            when = chose(f'{area}-{number}', 'a')
    with quick(1.5):
        ranked = Ranking(asked(questions))
    assert ranked.numbers == (40 * 41,)
    assert ranked.journey(40)['area'] == ('area0',)
    assert ranked.journey(41) == {'area': ('area1',), 'area1-0': ('a',), **{f'area1-{n}': ('a',) for n in range(1, 40)}}


def test_too_many_situations_are_given_up(quick):
    """Each question asks for a pair of the options before: every one of them has to be kept in mind to the end."""
    questions = [question(f'q{number}') for number in range(40)]
    questions += [question(f'r{a}-{b}', any_of([chose(f'q{a}', 'a'), chose(f'q{b}', 'a')])) for a in range(40) for b in range(a)]
    with quick(3):
        assert ranking(asked(questions)) is None
