"""The content that is shipped: everything in it can be reached, every case walks as a good officer would expect."""

import random
from functools import cache
from itertools import chain
from urllib.parse import parse_qsl

import pytest

from guidance.content.case_format import Case
from guidance.content.condition import all_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.content.ledger import changed_since
from guidance.content.load import loaded_once
from guidance.journey.query import Reading
from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.proof.count import counts
from guidance.proof.count import paths
from guidance.proof.reach import Prover
from guidance.serving.check import check
from guidance.training.case import differences
from tests.support.answers import assert_answers_not_listed_do_not_matter
from tests.support.answers import complete
from tests.support.paths import ROOT
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED
from tests.support.shipped import TODAY

CASES = sorted(path.stem for path in (ROOT / 'data/cases').glob('*.yaml'))


@pytest.fixture
def shipped():
    assert SHIPPED.content is not None, '\n\n'.join(map(str, SHIPPED.errors))
    return SHIPPED.content


def lines_of(outcome):
    """The name and the condition of every line that the outcome can show."""
    said = chain(outcome.do_now, *outcome.can.values(), *outcome.cannot.values())
    yield from ((str(line.place), line.when) for line in chain(said, outcome.contacts))


def goals(content):
    """The name and the condition of everything that must be shown to somebody."""
    yield from ((f'question {question.id}', question.when) for question in content.questions)
    for outcome in content.outcomes:
        yield f'outcome {outcome.id}', outcome.applies
        yield from ((name, all_of([outcome.applies, when])) for name, when in lines_of(outcome))


RANDOM = 3_000
"""To find answers that reach a goal takes as long as to make a hundred random ones, and most goals are reached by those."""


def test_check_of_what_is_shipped_is_green_with_nothing_to_warn_of_and_counted_in_seconds(quick):
    """But for an edition that is not recorded yet: that is done when a content is published, not at each change of it."""
    loaded_once.cache_clear()
    with quick(1.5):
        report = check(ROOT, TODAY)
        found = [*report.errors, *report.warnings, *report.overdue]
    assert [str(problem) for problem in found if problem != changed_since(report.content)] == []
    with quick(0.8):
        assert counts(report.content).paths.number > 10**14


def test_all_paths_of_what_is_shipped_are_counted_at_once(shipped, quick):
    with quick(0.4):
        assert paths(shipped.questions, tuple(question.when for question in shipped.questions)).number > 10**14


@cache
def walks():
    """Complete answers: random ones, those of many more that reach something new, and one set for every goal that is left."""
    content = SHIPPED.content
    prover, rng = Prover(content.questions), random.Random(0)
    left = [goal for _, goal in goals(content)]
    found = []
    for number in range(RANDOM):
        answers = complete(content, rng)
        missed = [goal for goal in left if not holds(goal, answers)]
        if number < 100 or len(missed) < len(left):
            found.append(answers)
        left = missed
    rare = []
    for goal in left:
        if not any(holds(goal, answers) for answers in rare):
            rare.append(complete(content, rng, prover.shortest(goal)))
    return found + rare


def test_everything_is_reached_by_walks(shipped):
    named = list(goals(shipped))  # the lines of a shared step have one name, and each need be shown in one outcome only
    reached = {name for name, goal in named if any(holds(goal, answers) for answers in walks())}
    assert {name for name, _ in named} - reached == set()


def test_every_option_is_taken_and_leads_to_a_result(shipped):
    for question in shipped.questions:
        asked = [answers for answers in walks() if question.id in answers]
        assert asked, question.id
        for option in question.options:
            answers = complete(shipped, random.Random(1), asked[0] | {question.id: (option.id,)})
            assert walk(shipped, answers).result.parts, (question.id, option.id)


def test_no_result_is_empty_and_none_promises_what_may_not_be_asked(shipped):
    for answers in walks():
        found = walk(shipped, answers).result
        assert found.parts
        if any(part.outcome.help for part in found.parts):
            assert found.contacts[0] == shipped.service.help
        assert found.can or any(part.no_assistance for part in found.parts)
        for said in found.can:
            may_ask = holds(shipped.on_request_of[said.id], answers)
            assert said.may_ask is may_ask, (said.id, answers)


def test_every_wording_has_one_variant_that_holds(shipped):
    for answers in walks():
        asked = [question for question in shipped.questions if question.id in answers]
        wordings = [wording for question in asked for wording in (question.ask, question.hint, question.why) if wording]
        assert all(wording.for_(answers) for wording in wordings)


@pytest.mark.parametrize('seed', range(15))
def test_an_answer_that_is_not_listed_can_be_changed_without_changing_the_result(shipped, seed):
    assert_answers_not_listed_do_not_matter(shipped, complete(shipped, random.Random(seed)))


@pytest.mark.parametrize('seed', range(15))
def test_random_answers_survive_their_address(shipped, seed):
    answers = complete(shipped, random.Random(seed))
    made = query_string(parameters(shipped, answers, 'en'))
    assert len(made) < 6000
    assert read_query(shipped, parse_qsl(made[1:])) == Reading(answers, lang='en')


def test_one_more_answer_never_asks_an_earlier_question(shipped):
    position = {question.id: number for number, question in enumerate(shipped.questions)}
    for answers in walks()[:15]:
        kept, before = {}, -1
        for name in answers:
            following = walk(shipped, kept).next.id
            assert following == name
            assert position[name] > before
            kept, before = kept | {name: answers[name]}, position[name]
        assert walk(shipped, kept).result is not None


# The cases for training


@pytest.fixture(params=CASES)
def case(request, shipped) -> Case:
    return shipped.cases[request.param]


def answers_of(content, case):
    answers, unknown = current_answers(content, case.answers)
    assert unknown == []
    return answers


def test_a_case_walks_as_expected(shipped, case):
    assert list(differences(shipped, case)) == []


def test_a_case_says_what_must_not_be_offered_or_what_must(case):
    assert case.offer or case.must_not_offer
    assert not set(case.must_not_offer) & {*case.offer, *case.may_offer}


@pytest.mark.parametrize('case', sampled(CASES, 5, 1), indirect=True)
def test_a_case_walks_forward_and_back(shipped, case):
    answers = answers_of(shipped, case)
    names = list(walk(shipped, answers).answered)
    for last in reversed(range(len(names))):
        left = {name: answers[name] for name in names[:last]}
        journey = walk(shipped, left)
        assert journey.next.id == names[last]
        assert journey.answered == left
    for last in range(len(names) + 1):
        assert walk(shipped, {name: answers[name] for name in names[:last]}).idle == {}


@pytest.mark.parametrize('case', sampled(CASES, 6), indirect=True)
def test_a_change_keeps_the_later_answers_that_still_apply(shipped, case):
    answers = answers_of(shipped, case)
    for name in answers:
        for other in shipped.question[name].options:
            changed = answers | {name: (other.id,)}
            journey = walk(shipped, changed)
            assert journey.answered | journey.idle == changed
            assert all(holds(shipped.question[kept].when, journey.answered) for kept in journey.answered)
            assert walk(shipped, changed | {name: answers[name]}).result == walk(shipped, answers).result


@pytest.mark.parametrize('case', sampled(CASES, 5, 2), indirect=True)
def test_a_case_survives_its_address(shipped, case):
    answers = answers_of(shipped, case)
    made = query_string(parameters(shipped, answers, 'en'))
    reading = read_query(shipped, parse_qsl(made[1:]))
    assert not reading.damaged
    assert walk(shipped, reading.answers).result == walk(shipped, answers).result


def test_there_are_cases_and_together_they_show_all_assistance_and_limitations(shipped):
    results = [walk(shipped, answers_of(shipped, case)).result for case in shipped.cases.values()]
    assert {said.id for found in results for said in found.can} == set(shipped.assistance)
    assert {said.id for found in results for said in found.cannot} == set(shipped.limitations)


def test_together_the_cases_have_every_asker_in_every_place_and_every_office(shipped):
    answers = [answers_of(shipped, case) for case in shipped.cases.values()]
    for question in ('who', 'asker-place', 'danger-now'):
        options = {option.id for option in shipped.question[question].options}
        assert {chosen for given in answers for chosen in given.get(question, ())} == options, question
    offices = {row.fields['office'].id for row in shipped.lists['provinces'].rows.values() if 'office' in row.fields}
    assert {contact for given in answers for contact in walk(shipped, given).result.contacts} >= offices


def test_what_is_on_request_of_somebody_is_never_offered_to_another(shipped):
    """The prover says so at each line; here once more, for all lines of an assistance together."""
    prover = Prover(shipped.questions)
    for outcome in shipped.outcomes:
        for identity, lines in outcome.can.items():
            for line in lines:
                forbidden = shipped.on_request_of[identity] if line.whom_to_ask else negate(shipped.on_request_of[identity])
                assert not prover.possible(all_of([outcome.applies, line.when, forbidden])), line.place
