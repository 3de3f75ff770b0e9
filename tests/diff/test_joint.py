"""Two editions walked at once: numbers, examples and links as brute force finds them on small random contents."""

import random
from dataclasses import replace

import pytest

from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.content.model import Option
from guidance.diff.changes import Compared
from guidance.diff.changes import changes
from guidance.diff.compare import differing
from guidance.diff.joint import Joint
from guidance.diff.links import old_links
from guidance.diff.numbers import Numbers
from guidance.diff.pairs import one_at_a_time
from guidance.diff.shown import said
from guidance.diff.shown import shown
from guidance.journey.walk import walk
from tests.support.bruteforce import journeys
from tests.support.edits import arrives
from tests.support.edits import edited
from tests.support.edits import joint_journeys
from tests.support.edits import some_content

MOST = 1_500  # journeys of one content that are listed
FEW = range(15)
MANY = range(15, 2_000)


def editions(base, seed):
    """Two random editions; None where there are too many journeys to list."""
    rng = random.Random(seed)
    old = some_content(rng, base)
    new = edited(rng, old)
    return None if any(journeys(each.questions, MOST) is None for each in (old, new)) else (old, new)


def shows(content, given):
    """What a reader sees in order, section by section; None where a question comes first."""
    arrived = arrives(content, given)
    return None if arrived is None else [(section, key) for section, _, key in said(content, arrived.result)]


def numbers(old, new):
    """The number of joint journeys, of those asked again, and of those whose results differ."""
    joint = Joint(old, new)
    affected = joint.arriving(differing(joint, shown([old]), shown([new])))
    found = Numbers(joint, [joint.again, affected])
    return joint, affected, (found.total, found.of(joint.again), found.of(affected))


def listed(old, new):
    """The same numbers, counted one by one."""
    every = joint_journeys(old, new)
    results = [(shows(old, given), shows(new, given)) for given in every]
    again = sum(None in both for both in results)
    return every, (len(every), again, sum(None not in both and both[0] != both[1] for both in results))


def differ(old, new, given, joint=None):
    """Whether the two editions both show a result for some answers, and not the same."""
    answers = (given, given) if joint is None else (joint.answers('old', given), joint.answers('new', given))
    results = (shows(old, answers[0]), shows(new, answers[1]))
    return None not in results and results[0] != results[1]


def compare(base, seeds):
    """Compare all that is counted with brute force; return how many journeys of each kind there were."""
    total = [0, 0, 0]
    for seed in seeds:
        if (pair := editions(base, seed)) is None:
            continue
        old, new = pair
        joint, affected, found = numbers(old, new)
        every, expected = listed(old, new)
        assert found == expected, seed
        assert numbers(one_at_a_time(old), one_at_a_time(new))[2] == listed(one_at_a_time(old), one_at_a_time(new))[1], seed
        total = [one + other for one, other in zip(total, expected, strict=True)]
        given = Numbers(joint, [affected]).shortest(affected)
        assert (given is None) == (expected[2] == 0), seed
        if given is not None:
            assert differ(old, new, given, joint), seed
            assert len(given) == min(len(each) for each in every if differ(old, new, each)), seed
    return total


def test_journeys_affected_and_asked_again_are_those_that_brute_force_lists(content):
    total, again, affected = compare(content, FEW)
    assert total > 500 and again > 20 and affected > 50


@pytest.mark.long
def test_the_same_of_many_more(content):
    assert compare(content, MANY)[0] > 50_000


def test_each_journey_that_is_affected_is_one_of_a_change_that_is_told(content):
    many = 0
    for seed in FEW:
        if (pair := editions(content, seed)) is None:
            continue
        old, new = pair
        joint = Joint(old, new)
        pieces = {'old': shown([old]), 'new': shown([new])}
        found = changes(Compared({'old': [old], 'new': [new]}, ('en',), pieces), joint)
        affected = joint.arriving(differing(joint, pieces['old'], pieces['new']))
        untold = all_of([affected, *(negate(change.where(joint)) for change in found if change.where)])
        counted = Numbers(joint, [affected, untold])
        assert counted.of(untold) == 0, seed
        many += counted.of(affected)
    assert many > 50


def situations(result):
    return {part.outcome.id for part in result.parts}


def test_old_links_lead_where_walking_them_leads(content):
    kinds = [0, 0, 0]
    for seed in range(30):
        if (pair := editions(content, seed)) is None:
            continue
        old, new = pair
        every = [given for given in journeys(old.questions) if given == walk(old, given).answered]
        found = old_links(old, new)
        there = [(arrives(old, given), arrives(new, given)) for given in every]
        arrived = [(one.result, other.result) for one, other in there if other is not None]
        elsewhere = sum(situations(one) != situations(other) for one, other in arrived)
        changed = sum(one.fingerprint != other.fingerprint for one, other in arrived)
        expected = (len(every), len(every) - len(arrived), elsewhere, changed)
        assert (found.all, found.asked, found.elsewhere, found.changed) == expected, seed
        kinds = [before + now for before, now in zip(kinds, expected[1:], strict=True)]
    assert min(kinds) > 0


def test_a_renamed_question_or_option_is_the_same_one(content):
    place = content.question['place']
    options = tuple(replace(option, id=f'at-{option.id}', was=(option.id,)) for option in place.options)
    renamed = replace(place, id='where', was=('place',), options=options)
    old = replace(content, outcomes=content.outcomes[-1:])
    new = replace(old, questions=tuple(renamed if question is place else question for question in content.questions))
    joint, _, (total, again, affected) = numbers(old, new)
    assert total == Numbers(Joint(old, old), []).total and (again, affected) == (0, 0)
    given = {'who': ('me',), 'happened': ('hurt',), 'where': (options[0].id,)}
    assert joint.answers('old', given)['place'] == (place.options[0].id,)


def test_an_option_of_one_edition_only_is_asked_again_and_nothing_is_asked_after_it(content):
    who = content.question['who']
    longer = replace(who, options=(*who.options, Option('cat', 'My cat')))
    new = replace(content, questions=(longer, *content.questions[1:]))
    joint, _, (total, again, affected) = numbers(content, new)
    old_total = Numbers(Joint(content, content), []).total
    assert affected == 0 and again == total - old_total > 0
    one_answer = Numbers(joint, [joint.chosen('new', 'who', 'me')]).of(joint.chosen('new', 'who', 'me'))
    assert again == one_answer


def test_numbers_are_exact_where_the_editions_reverse_a_dependence(content):
    first, second = (replace(content.question['who'], id=name, was=()) for name in ('one', 'two'))
    old = replace(content, questions=(first, replace(second, when=AnswerIs('one', frozenset(['me'])))), outcomes=())
    new = replace(content, questions=(second, replace(first, when=AnswerIs('two', frozenset(['me'])))), outcomes=())
    every, expected = listed(old, new)
    assert numbers(old, new)[2] == expected == (9, 0, 0)
    assert len(every) == 9


def test_what_does_not_depend_on_each_other_may_change_places(content):
    first, second = (replace(content.question['who'], id=name, was=(), when=TRUE) for name in ('one', 'two'))
    old = replace(content, questions=(first, second), outcomes=())
    new = replace(content, questions=(second, first), outcomes=())
    joint = Joint(old, new)
    assert joint.again == any_of([])
    assert Numbers(joint, []).total == 9
    assert holds(joint.legal, {})
