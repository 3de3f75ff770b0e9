"""Options that are offered only to some: proved, counted and walked as brute force finds it on small random contents."""

import random

import pytest

from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.content.model import Option
from guidance.content.model import Question
from guidance.content.problem import Place
from guidance.proof.count import Counting
from guidance.proof.count import Paths
from guidance.proof.count import paths
from guidance.proof.reach import Prover
from tests.support.bruteforce import journeys
from tests.support.edits import some_condition

SEEDS = range(400)
SOME = 50  # of them
SINGLE = 0.5  # of conditions, how many are one test


def some_questions(rng):
    """Some questions; the first option of each is always offered, others only where a condition holds."""
    questions = []
    for number in range(rng.randint(2, 4)):
        many = rng.random() < 0.4
        names = 'abcd'[: rng.randint(2, 4 if many else 3)]
        options = [Option('a', 'a')]
        for name in names[1:]:
            offered = some_condition(rng, questions, single=SINGLE) if rng.random() < 0.6 else TRUE
            options.append(Option(name, name, alone=many and rng.random() < 0.2, when=offered))
        when = TRUE if rng.random() < 0.4 else some_condition(rng, questions, single=SINGLE)
        questions.append(Question(f'q{number}', None, None, None, many, when, tuple(options), None, (), Place('')))
    return tuple(questions)


@pytest.fixture(scope='module')
def small(thorough):
    made = []
    for seed in SEEDS[: None if thorough else SOME]:
        rng = random.Random(seed)
        questions = some_questions(rng)
        made.append((questions, journeys(questions), [some_condition(rng, questions, 3, single=SINGLE) for _ in range(4)]))
    return made


def test_possible_is_exactly_what_some_journey_does(small):
    seen = set()
    for questions, every, targets in small:
        prover = Prover(questions)
        for target in [*targets, negate(any_of(targets)), *(option.when for each in questions for option in each.options)]:
            expected = any(holds(target, journey) for journey in every)
            assert prover.possible(target) is expected
            seen.add(expected)
    assert seen == {True, False}


def test_the_answers_that_show_a_fault_can_be_given_and_show_it_whatever_else_is_answered(small):
    shown = 0
    for questions, every, targets in small:
        for target in targets:
            found = Prover(questions).shortest(target)
            assert (found is None) is (not any(holds(target, journey) for journey in every))
            if found is not None:
                like = [journey for journey in every if found.items() <= journey.items()]
                assert like and all(holds(target, journey) for journey in like)
                shown += 1
    assert shown > 50


def test_paths_and_paths_to_each_target_are_those_that_brute_force_lists(small):
    for questions, every, targets in small:
        lengths = [len(journey) for journey in every]
        offered = all_of(question.only_where_offered for question in questions)
        whens = tuple(question.when for question in questions)
        assert paths(questions, whens, within=offered) == Paths(len(every), min(lengths), max(lengths))
        aims = [all_of([target, offered]) for target in targets]
        counting = Counting(questions, whens, aims)
        assert [counting.to(aim) for aim in aims] == [sum(holds(target, journey) for journey in every) for target in targets]


def test_where_no_option_is_offered_there_is_no_path():
    never = all_of([AnswerIs('q', frozenset('a')), negate(AnswerIs('q', frozenset('ab')))])
    options = (Option('a', 'a'), Option('b', 'b'))
    first = Question('q', None, None, None, False, TRUE, options, None, (), Place(''))
    second = Question('r', None, None, None, False, TRUE, (Option('c', 'c', when=never),), None, (), Place(''))
    assert paths((first, second), (TRUE, TRUE), within=second.only_where_offered) == Paths(0, 0, 0)
