"""Every pair of situations together: nothing is asked of who cannot do it, and what comes first comes first.

What a reading of the pairs found is written down in docs/content/pairs.md; here is what can be held by a rule.
"""

from __future__ import annotations

import re
from itertools import combinations
from itertools import product

import pytest

from guidance.journey.walk import walk
from tests.support.shipped import SHIPPED

CONTENT = SHIPPED.content
THERE = {'person-place': ('mainland',)}
ASKERS = {
    'the person': {'who': ('me',), 'asker-place': ('mainland',)},
    'a relative in Hong Kong': {'who': ('relative',), 'asker-place': ('hong-kong',), **THERE},
    'a relative in the Mainland': {'who': ('relative',), 'asker-place': ('mainland',), **THERE},
    'a relative elsewhere': {'who': ('relative',), 'asker-place': ('elsewhere',), **THERE},
    'a friend in Hong Kong': {'who': ('friend',), 'asker-place': ('hong-kong',), **THERE},
    'a hospital': {'who': ('other',), 'asker-place': ('mainland',), **THERE},
}
FINER = {
    'hurt': 'hurt-cause',
    'attack': 'attack-kind',
    'death': 'death-cause',
    'custody': 'custody-kind',
    'missing': 'missing-kind',
    'care': 'care-kind',
    'papers': 'papers-where',
    'money': 'money-how',
    'callers': 'callers-kind',
    'disaster': 'disaster-state',
    'dispute': 'dispute-kind',
}
OTHERWISE = {
    'danger-now': ('no',),
    'resident': ('yes',),
    'hurt-state': ('serious',),
    'which-papers': ('home-return-permit', 'identity-card'),
    'province': ('guangdong',),
}
FREE = {'border', 'bail'}  # kinds of custody in which somebody can still move about


def arrived(asker, situations, **more):
    """The result for an asker, where each situation is a door with its finer option."""
    answers = ASKERS[asker] | OTHERWISE | {'happened': tuple(situations)}
    answers |= {FINER[door]: (option,) for door, option in situations.items()}
    return walk(CONTENT, answers | {name.replace('_', '-'): (option,) for name, option in more.items()}).result


def finer(door):
    return [{door: option.id} for option in CONTENT.question[FINER[door]].options]


def pairs():
    """Every pair of finer situations."""
    for one, other in combinations(FINER, 2):
        yield from (first | second for first, second in product(finer(one), finer(other)))


def results_of(chosen, thorough):
    """Each asker with every pair that is chosen, or with every sixth, another sixth for each."""
    for number, situations in enumerate(filter(chosen, pairs())):
        for turn, asker in enumerate(ASKERS):
            if thorough or (number + turn) % len(ASKERS) == 0:
                yield asker, situations, arrived(asker, situations)


def is_held(situations):
    return 'custody' in situations and situations['custody'] not in FREE


def now(result):
    return [part.advice for part in result.parts if part.advice] + [step.say for part in result.parts for step in part.do_now]


def told_to_move(result):
    return [said for said in now(result) if re.search(r'[Gg]o to the|^[Dd]ial|[^e] dial 1|Get to|to the nearest station', said)]


THOROUGH = [False, pytest.param(True, marks=pytest.mark.long)]


def test_who_cannot_move_is_found_where_it_stands():
    assert told_to_move(arrived('the person', {'missing': 'adult'}))  # so that the next test can fail


@pytest.mark.parametrize('thorough', THOROUGH)
def test_who_is_held_is_told_neither_to_go_anywhere_nor_to_dial(thorough):
    held = [found for found in results_of(is_held, thorough) if found[0] == 'the person']
    assert len(held) > 50
    assert [(situations, said) for _, situations, result in held for said in told_to_move(result)] == []


@pytest.mark.parametrize('thorough', THOROUGH)
def test_nothing_for_new_documents_is_asked_of_the_dead_the_held_and_the_badly_hurt(thorough):
    chosen = list(results_of(lambda pair: 'papers' in pair and {'death', 'custody', 'hurt', 'missing'} & set(pair), thorough))
    asked = 'Ask the person to report the loss'
    assert any(asked in said for said in now(arrived('a friend in Hong Kong', {'papers': 'lost'})))
    cannot = [
        (situations, result)
        for asker, situations, result in chosen
        if asker != 'the person' and situations.get('hurt') != 'unhurt' and situations.get('custody') not in FREE
    ]
    assert len(cannot) > 50
    assert [situations for situations, result in cannot if any(asked in said for said in now(result))] == []


@pytest.mark.parametrize('thorough', THOROUGH)
def test_after_a_death_sympathy_stands_before_tasks(thorough):
    """But where it may be a trick: then the news itself is checked first."""
    bereaved = [found for found in results_of(lambda pair: 'death' in pair, thorough) if found[0] != 'the person']
    assert len(bereaved) > 50
    for asker, situations, result in bereaved:
        if result.parts[0].outcome.id != 'false-officers':
            assert result.heading.startswith('We are sorry'), (asker, situations)


@pytest.mark.parametrize('thorough', THOROUGH)
def test_no_part_of_a_pair_has_more_than_seven_things_to_do_at_once(thorough):
    """Five for a situation alone; beside another one, a death also tells whom the page means, and asks about custody."""
    for asker, situations, result in results_of(lambda pair: True, thorough):
        for part in result.parts:
            assert len(part.do_now) <= 7, (asker, situations, part.outcome.id)


@pytest.mark.parametrize(
    ('first', 'situations'),
    [
        ('false-officers', {'hurt': 'traffic', 'callers': 'relative'}),
        ('left-alone', {'hurt': 'illness', 'care': 'alone'}),
        ('found-person', {'hurt': 'illness', 'missing': 'found'}),
        ('missing', {'hurt': 'illness', 'missing': 'vulnerable'}),
        ('death', {'hurt': 'traffic', 'death': 'accident'}),
        ('death', {'attack': 'attacked', 'death': 'unnatural'}),
        ('hurt', {'hurt': 'illness', 'custody': 'criminal'}),
        ('false-officers', {'custody': 'unknown', 'callers': 'officers'}),
        ('drugged', {'hurt': 'drugged', 'papers': 'stolen'}),
    ],
)
@pytest.mark.parametrize('asker', [asker for asker in ASKERS if asker != 'the person'])
def test_what_comes_first_comes_first(asker, first, situations):
    assert arrived(asker, situations).parts[0].outcome.id == first


def test_danger_on_the_spot_leads_and_documents_and_money_wait():
    result = arrived('a hospital', {'hurt': 'drugged', 'papers': 'stolen', 'money': 'robbed'}, danger_now='yes')
    assert [part.outcome.id for part in result.parts[:2]] == ['danger', 'drugged']
    shown = {step.id for step in result.steps}
    assert 'after-danger' in shown
    assert not shown & {'proof-of-lost-papers', 'electronic-permit', 'permit-of-non-chinese'}


@pytest.mark.parametrize('asker', ASKERS)
@pytest.mark.parametrize(
    'other', [{'hurt': 'drugged'}, {'hurt': 'accident'}, {'money': 'robbed'}, {'papers': 'stolen'}, {'papers': 'kept'}]
)
@pytest.mark.parametrize('attack', ['sexual', 'family', 'unknown'])
def test_a_victim_is_told_to_report_nothing_beside_something_else_either(asker, other, attack):
    """Nor to tell the employer, who may ask why."""
    result = arrived(asker, {'attack': attack} | other)
    assert 'report-police' not in {step.id for step in result.steps}
    assert not any('Tell your insurer, tour' in said for said in now(result))


@pytest.mark.parametrize('attack', ['sexual', 'family', 'unknown'])
def test_nobody_is_told_to_report_what_a_victim_may_keep_silent_about(attack):
    for asker, other in product(ASKERS, ({}, {'custody': 'criminal'}, {'death': 'natural'})):
        result = arrived(asker, {'attack': attack} | other)
        assert 'report-police' not in {step.id for step in result.steps}, (asker, other)
        assert not any('tell the police' in said or 'you were attacked' in said for said in now(result)), (asker, other)


@pytest.mark.parametrize('asker', ASKERS)
@pytest.mark.parametrize('held', [{'attack': 'criminals'}, {'callers': 'ransom'}])
def test_nobody_is_helped_to_send_money_to_criminals(asker, held):
    for money in finer('money'):
        assert 'contact-for-money' not in {item.id for item in arrived(asker, held | money).can}, money
        assert 'contact-for-money' in {item.id for item in arrived(asker, money).can}, money


BY_THE_FREE = re.compile('^(?!When ).*(a hotel|the hotel|have the (bank|phone company)|Dial 120|Call 12356|go to the person)')


@pytest.mark.parametrize('asker', ASKERS)
@pytest.mark.parametrize('other', [{'money': 'phone'}, {'money': 'robbed'}, {'hurt': 'crisis'}])
def test_beside_somebody_whom_criminals_hold_nothing_is_asked_that_only_the_free_can_see_to(asker, other):
    def told(result):
        return [said for said in now(result) if BY_THE_FREE.match(said)]

    assert told(arrived(asker, other))
    assert told(arrived(asker, other | {'attack': 'criminals'})) == []


@pytest.mark.parametrize('asker', ASKERS)
@pytest.mark.parametrize('attack', ['sexual', 'family', 'unknown'])
def test_relatives_are_told_only_if_the_victim_agrees(asker, attack):
    """A relative may be the attacker, or may not be meant to know."""
    if asker == 'the person':
        expected = 'If you are badly hurt or ill and you agree, 1868 can tell your relatives in Hong Kong, and advise them.'
    else:
        expected = 'If the victim agrees and is badly hurt or ill, 1868 can tell relatives in Hong Kong, and advise them.'
    for cause in ('illness', 'drugged'):
        (told,) = [item for item in arrived(asker, {'attack': attack, 'hurt': cause}).can if item.id == 'notify-relatives']
        assert [line.say for line in told.lines] == [expected]


@pytest.mark.parametrize('asker', ASKERS)
def test_telling_relatives_of_a_bad_injury_is_offered_whoever_asks(asker):
    assert 'notify-relatives' in {item.id for item in arrived(asker, {'hurt': 'illness'}).can}


# Likely threes: what leads, and what is not asked of whom

TRIPLES = [
    ('a relative in Hong Kong', {'hurt': 'traffic', 'callers': 'relative', 'papers': 'lost'}, 'false-officers'),
    ('the person', {'attack': 'family', 'papers': 'kept', 'care': 'taken'}, 'abuse-at-home'),
    ('the person', {'attack': 'sexual', 'hurt': 'drugged', 'papers': 'stolen'}, 'sexual-assault'),
    ('a friend in Hong Kong', {'attack': 'criminals', 'money': 'used-up', 'papers': 'lost'}, 'held-by-criminals'),
    ('a relative in Hong Kong', {'custody': 'criminal', 'hurt': 'illness', 'papers': 'lost'}, 'hurt'),
    ('a relative elsewhere', {'death': 'accident', 'hurt': 'traffic', 'dispute': 'insurer'}, 'death'),
    ('a hospital', {'hurt': 'illness', 'missing': 'found', 'money': 'hospital-bill'}, 'found-person'),
    ('the person', {'custody': 'administrative', 'care': 'alone', 'money': 'phone'}, 'left-alone'),
    ('the person', {'papers': 'lost', 'money': 'robbed', 'attack': 'attacked'}, 'attacked'),
    ('a relative in the Mainland', {'disaster': 'unreachable', 'missing': 'vulnerable', 'hurt': 'unknown'}, 'disaster'),
    ('a relative in Hong Kong', {'death': 'unknown', 'custody': 'criminal', 'dispute': 'lawyer'}, 'death'),
    ('a friend in Hong Kong', {'hurt': 'crisis', 'money': 'used-up', 'dispute': 'contract'}, 'own-life'),
    ('the person', {'custody': 'border', 'dispute': 'court', 'money': 'used-up'}, 'exit-ban'),
    ('the person', {'attack': 'employer', 'papers': 'kept', 'money': 'phone'}, 'abuse-at-work'),
    ('a relative in Hong Kong', {'care': 'broken-down', 'hurt': 'illness', 'papers': 'expired'}, 'care-ends'),
    ('the person', {'hurt': 'unhurt', 'custody': 'summoned', 'papers': 'held'}, 'custody-summoned'),
    ('a relative elsewhere', {'disaster': 'safe', 'papers': 'lost', 'money': 'tour'}, 'disaster'),
]


@pytest.mark.parametrize(('asker', 'situations', 'first'), TRIPLES)
def test_a_likely_three_has_its_parts_in_order_and_no_line_twice(asker, situations, first):
    result = arrived(asker, situations)
    assert result.parts[0].outcome.id == first
    assert len(result.parts) == 3
    said = [step.say for step in result.steps]
    assert len(said) == len(set(said))
