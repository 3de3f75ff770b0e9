"""The score of marks, and what an answer is worth: one over-promise fails."""

from __future__ import annotations

import pytest

from guidance.training.case import live_result
from guidance.training.score import score
from tests.support.records import CASES
from tests.support.records import CONTENT
from tests.support.records import case_of
from tests.support.sampling import sampled


def percent(name, offered, stated):
    return score(CONTENT, case_of(name), offered, stated).percent


@pytest.mark.parametrize('name', sampled(CASES, 5, 1))
def test_a_perfect_run_is_a_hundred_and_nothing_or_everything_fails(name):
    case = case_of(name)
    perfect = score(CONTENT, case, case.offer, case.limits)
    assert (perfect.percent, perfect.passed, perfect.over_promised) == (100, True, ())
    nothing = score(CONTENT, case, (), ())
    right = not (case.offer or case.limits)  # a caller for whom nothing of all this is
    assert (nothing.percent, nothing.passed) == ((100, True) if right else (0, False))
    everything = score(CONTENT, case, CONTENT.assistance, CONTENT.limitations)
    assert everything.percent <= 40 and not everything.passed
    assert set(case.must_not_offer) <= set(everything.over_promised)


@pytest.mark.parametrize('name', sampled(CASES, 5, 2))
def test_one_over_promise_fails_whatever_else_is_right(name):
    case = case_of(name)
    for wrong in case.must_not_offer:
        found = score(CONTENT, case, (*case.offer, wrong), case.limits)
        assert found.over_promised == (wrong,)
        assert found.percent <= CONTENT.training.scoring.most_after_over_promise and not found.passed


def test_scores_by_hand():
    """S06: four to offer, four limits: 4 x 3 + 4 x 2 = 20 points."""
    offers, limits = case_of('s06').offer, case_of('s06').limits
    assert percent('s06', offers, limits[:2]) == 80  # 12 + 4 of 20
    assert percent('s06', offers[:2], limits) == 70  # 6 + 8
    assert percent('s06', [*offers, 'entry-permit'], limits) == 40  # 20 - 6 = 70 %, held down by the over-promise
    assert percent('s06', [offers[0], 'entry-permit'], ()) == 0  # 3 - 6: never below nothing
    assert score(CONTENT, case_of('s06'), offers, limits[:2]).passed
    assert not score(CONTENT, case_of('s06'), offers[:2], limits).passed


def test_what_may_be_offered_and_limits_that_hold_anyway_change_nothing():
    case = next(name for name in CASES if case_of(name).may_offer)
    case = case_of(case)
    more = score(CONTENT, case, (*case.offer, *case.may_offer), CONTENT.limitations)
    assert (more.percent, more.passed) == (100, True)
    assert {mark.verdict for mark in more.offers if mark.id in case.may_offer} == {'fine'}
    assert {mark.verdict for mark in more.limits if mark.id not in case.limits} <= {'unscored'}


def test_being_told_whom_to_ask_is_no_over_promise():
    """S10: the son may not ask for it, but the result tells him that his mother can."""
    said = {each.id: each.may_ask for each in live_result(CONTENT, case_of('s10')).can}
    assert said['contact-for-money'] is False
    assert score(CONTENT, case_of('s10'), ['contact-for-money'], ()).over_promised == ()
