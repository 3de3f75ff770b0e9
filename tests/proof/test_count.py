"""Paths counted against brute force on small random contents with much `choose: many`, and what counting costs on large ones."""

import random

import pytest

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.proof.count import Counting
from guidance.proof.count import Paths
from guidance.proof.count import paths
from tests.support.bruteforce import journeys
from tests.support.editions import chose
from tests.support.editions import forty_five
from tests.support.editions import question
from tests.support.editions import some_condition

SEEDS = range(400)
SOME = 60  # of them
MOST = 1500  # journeys of one content that are listed


def whens(questions):
    return tuple(each.when for each in questions)


def some_questions(rng):
    questions = []
    for number in range(rng.randint(2, 6)):
        many = rng.random() < 0.5
        options = 'abcde'[: rng.randint(1, 5 if many else 3)]
        alone = ''.join(option for option in options if many and rng.random() < 0.2)
        when = TRUE if rng.random() < 0.3 else some_condition(rng, questions)
        questions.append(question(f'q{number}', when, options, many, alone))
    return tuple(questions)


@pytest.fixture(scope='module')
def small(thorough):
    """Small random contents with all their journeys, and some targets that name several questions each."""
    made = []
    for seed in SEEDS[: None if thorough else SOME]:
        rng = random.Random(seed)
        questions = some_questions(rng)
        if every := journeys(questions, MOST):
            targets = [some_condition(rng, questions, 3) for _ in range(4)]
            made.append((questions, every, [*targets, negate(any_of(targets)), TRUE, FALSE]))
    return made


def test_the_random_contents_have_what_is_to_be_counted(small):
    every = [each for questions, *_ in small for each in questions]
    assert len(small) > 40
    assert sum(each.many and len(each.options) > 3 for each in every) > 20
    assert sum(any(option.alone for option in each.options) for each in every) > 20


def test_paths_and_paths_to_each_target_are_those_that_brute_force_lists(small):
    for questions, every, targets in small:
        lengths = [len(journey) for journey in every]
        expected = Paths(len(every), min(lengths), max(lengths))
        assert paths(questions, whens(questions)) == expected
        counting = Counting(questions, whens(questions), targets)
        assert counting.paths == expected
        for target in targets:
            assert counting.to(target) == sum(holds(target, journey) for journey in every)


# What it costs


def test_a_further_option_costs_as_much_as_a_further_question(quick):
    options = 'abcdefghijklmnopq'
    flows = [question(f'of-{option}', chose('many', option), 'xyz') for option in options]
    questions = (question('many', TRUE, options + '-', True, '-'), *flows, question('any', chose('many', *options)))
    targets = [chose(each.id, 'x') for each in flows]
    with quick(1):
        counting = Counting(questions, whens(questions), targets)
        assert counting.paths == Paths(2 * (4**17 - 1) + 1, 1, 19)
        assert {counting.to(target) for target in targets} == {2 * 4**16}


def test_seven_choose_many_with_questions_of_their_own_among_forty_five(quick):
    questions = forty_five()
    assert (len(questions), sum(each.many for each in questions)) == (45, 7)
    targets = [chose(each.id, each.options[0].id) for each in questions[1:]]
    with quick(0.6):
        counting = Counting(tuple(questions), whens(questions), targets)
        found = [counting.to(target) for target in targets]
    assert all(0 < each < counting.paths.number for each in found)
    assert counting.to(targets[0]) == found[0]


def test_targets_beside_each_other_are_counted_in_a_time_that_grows_with_their_number_only(quick):
    questions = [question('area', TRUE, 'abcdefghij')]
    for number in range(600):
        questions.append(question(f'q{number}', chose('area', 'abcdefghij'[number // 60]), 'xyz'))
    with quick(2):
        targets = [chose(each.id, 'x') for each in questions[1:]]
        counting = Counting(tuple(questions), whens(questions), targets)
        assert counting.paths == Paths(10 * 3**60, 61, 61)
        assert {counting.to(target) for target in targets} == {3**59}
