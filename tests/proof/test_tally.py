"""Many conditions counted together, and the journey with the fewest answers, as listing every journey finds them."""

import random
from dataclasses import replace

import pytest

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.proof import tally
from guidance.proof.branches import NotProved
from guidance.proof.diagram import ALWAYS
from guidance.proof.diagram import NEVER
from guidance.proof.diagram import Diagrams
from guidance.proof.tally import Tally
from tests.support.bruteforce import journeys
from tests.support.edits import some_condition
from tests.support.edits import some_content

MOST = 2_000  # journeys that are listed


def options(given):
    return sum(map(len, given.values()))


@pytest.mark.parametrize('seed', range(25))
def test_numbers_and_shortest_journeys_are_those_that_listing_finds(content, seed):
    rng = random.Random(seed)
    questions = some_content(rng, content).questions
    every = journeys(questions, MOST)
    if every is None:
        pytest.skip('too many journeys to list')
    offered = all_of(question.only_where_offered for question in questions)
    conditions = [TRUE, FALSE, *(some_condition(rng, questions, 3, 0.2) for _ in range(8))]
    found = Tally(questions, conditions, offered)
    for condition in conditions:
        fitting = [given for given in every if holds(condition, given)]
        assert found.number(condition) == len(fitting)
        given = found.shortest(condition)
        assert (given is None) == (not fitting)
        if given is not None:
            assert given in fitting
            best = min((len(other), options(other)) for other in fitting)
            assert (len(given), options(given)) == best


def test_an_option_that_is_no_answer_does_not_make_a_journey_longer(content):
    who = content.question['who']
    none, other = (AnswerIs('who', frozenset([option.id])) for option in who.options[:2])
    found = Tally((who,), [none, other])
    assert found.shortest(none, who.options[0].id) == {}
    assert found.shortest(other, who.options[0].id) == {'who': (who.options[1].id,)}


def test_too_much_to_count_is_told(content, monkeypatch):
    monkeypatch.setattr(tally, '_LIMIT', 1)
    condition = any_of([AnswerIs('who', frozenset(['me'])), AnswerIs('place', frozenset(['hut']))])
    with pytest.raises(NotProved):
        Tally(content.questions, [condition]).number(condition)


def test_a_condition_on_more_questions_than_can_be_joined_is_told(content):
    who = content.question['who']
    every = tuple(replace(who, id=f'q{number}', was=()) for number in range(1_500))
    one = AnswerIs('q7', frozenset(['me']))
    some, other = (any_of(AnswerIs(each.id, frozenset([option])) for each in every) for option in ('me', 'friend'))
    found = Tally(every, [one, some, all_of([some, other])])
    assert found.number(one) == 3**1_499 and found.number(some) == 3**1_500 - 2**1_500
    with pytest.raises(NotProved):
        found.number(all_of([some, other]))


def test_equal_conditions_are_one_node():
    diagrams = Diagrams([3, 2, 2])
    a, b = diagrams.test(0, frozenset([1])), diagrams.test(1, frozenset([1]))
    other = diagrams.test(0, frozenset([0, 2]))
    assert diagrams.any_of([a, other]) == ALWAYS and diagrams.all_of([a, other]) == NEVER
    assert diagrams.any_of([a, diagrams.all_of([other, b])]) == diagrams.any_of([b, a])
    assert diagrams.fixed(diagrams.all_of([a, b]), 1, 1) == a and diagrams.fixed(diagrams.all_of([a, b]), 0, 0) == NEVER


def test_a_condition_and_its_contrary_are_all_journeys(content):
    condition = some_condition(random.Random(1), content.questions, 3, 0.2)
    found = Tally(content.questions, [TRUE, condition, negate(condition)])
    assert found.number(condition) + found.number(negate(condition)) == found.number(TRUE)
