"""Cases for training: how answers are judged, what was practised, and cases that drifted."""

from __future__ import annotations

import pytest

from guidance.journey.walk import walk
from guidance.serving.check import check
from guidance.training.case import practised
from guidance.training.case import present_turns
from guidance.training.case import revision
from guidance.training.score import LeadsOn
from guidance.training.score import against
from guidance.training.score import compare
from guidance.training.score import judge
from guidance.training.score import lead
from guidance.training.table import Unscored
from guidance.training.table import record_table
from tests.support.records import CASES
from tests.support.records import CONTENT
from tests.support.records import case_of
from tests.support.records import right
from tests.support.small import CASE

# Answers


@pytest.mark.parametrize('name', CASES)
def test_the_expected_way_is_right_at_each_turn_and_every_named_mistake_is_wrong(name):
    case = case_of(name)
    path = compare(CONTENT, case, walk(CONTENT, right(name)))
    assert [each.verdict for each in path] == ['right'] * len(case.turns)
    for question, turn in present_turns(CONTENT, case).items():
        for option in turn.wrong:
            assert judge(CONTENT, case, question, (option,)) == 'wrong'
            assert against(turn, turn.answer, (option,)) == turn.wrong[option]
        for other in turn.or_:
            assert judge(CONTENT, case, question, other) == 'accepted'


def test_a_wrong_answer_without_a_word_in_the_sheet_is_met_with_the_reason_for_the_right_one():
    turn = case_of('s06').turns['province']
    assert against(turn, turn.answer, ('fujian',)) == turn.because


def test_a_mistake_chosen_beside_the_right_answer_is_met_with_what_speaks_against_it_alone():
    turn = case_of('s01').turns['which-papers']
    chosen = ('home-return-permit', 'identity-card', 'passport')
    assert against(turn, turn.answer, chosen) == turn.wrong['passport']
    assert against(turn, turn.answer, ('home-return-permit',)) == turn.wrong['home-return-permit']


def test_a_question_that_the_case_never_comes_to_is_beside_the_way_and_one_that_was_left_out_is_missed():
    answers = {**right('s03'), 'hurt-cause': ('unhurt',)}
    verdicts = {each.question: each.verdict for each in compare(CONTENT, case_of('s03'), walk(CONTENT, answers))}
    assert verdicts['hurt-cause'] == 'wrong' and verdicts['hurt-state'] == 'missed'
    answers = {**right('s12'), 'happened': ('dispute', 'money'), 'money-how': ('lost',)}
    verdicts = {each.question: each.verdict for each in compare(CONTENT, case_of('s12'), walk(CONTENT, answers))}
    assert verdicts['money-how'] == 'aside'


def test_a_mistake_by_which_the_caller_may_not_ask_any_more_takes_the_assistance_away():
    for question, option in (('asker-place', 'mainland'), ('who', 'other')):
        way = {**right('s06'), question: (option,)}
        shown = {said.id: said.may_ask for said in walk(CONTENT, way).result.can}
        assert shown['enquire-case'] is False  # they are told who may ask
        assert 'enquire-case' in lead(CONTENT, case_of('s06'), way).lost


def test_a_case_works_on_where_questions_and_options_have_another_name(folder):
    flow = (folder() / 'flows/ticket.yaml').read_text()
    renamed = flow.replace('season: A season ticket', 'yearly: {label: A season ticket, was: [season]}')
    renamed = renamed.replace('ticket-kind: season', 'ticket-kind: yearly')
    case = (folder() / CASE).read_text()
    assert 'answer: season' in case and 'wrong: {day:' in case
    case = case.replace('answer: season', 'answer: unknown, or: [season]').replace('wrong: {day:', 'wrong: {season:')
    report = check(folder({'flows/ticket.yaml': renamed, CASE: case}))
    content = report.content
    assert content is not None, report.errors
    turn = present_turns(content, content.cases['lost-season-ticket'])['ticket-kind']
    assert (turn.or_, turn.wrong) == ((('yearly',),), {'yearly': 'It was for a year.'})


def test_where_a_mistake_leads_is_taken_from_the_content():
    found = lead(CONTENT, case_of('s06'), {**right('s06'), 'custody-kind': ('administrative',)})
    assert (found.lost, found.gained) == (('notify-arrest',), ())
    found = lead(CONTENT, case_of('s07'), {**right('s07'), 'custody-kind': ('criminal',)})
    assert (found.lost, found.gained) == ((), ('notify-arrest',))
    assert lead(CONTENT, case_of('s08'), {**right('s08'), 'happened': ('custody',)}) == LeadsOn('custody-kind')


# What was practised


def test_progress_is_what_the_cases_practise():
    assert practised(CONTENT, ()) == ((), ())
    offers, limits = practised(CONTENT, ('s06', 's01'))
    assert set(offers) == {*case_of('s06').offer, *case_of('s01').offer}
    assert set(limits) == {*case_of('s06').limits, *case_of('s01').limits}
    assert practised(CONTENT, CASES) == (tuple(CONTENT.assistance), tuple(CONTENT.limitations))


# Drift


def test_a_case_that_no_longer_fits_is_under_revision_with_the_step_and_is_not_scored(folder, serving):
    flow = (folder() / 'flows/ticket.yaml').read_text()
    assert 'ticket-kind: season' in flow
    report = check(folder({'flows/ticket.yaml': flow.replace('ticket-kind: season', 'ticket-kind: day')}))
    assert report.content is not None and not report.errors  # a correction of the guidance gets out
    (problem,) = report.warnings
    assert problem.message == 'this case is under revision: the result does not show `new-ticket`'
    assert str(problem.place).startswith(f'{CASE}:12:')
    assert [each.path for each in revision(report.content, 'lost-season-ticket')] == [('offer',)]
    (row,) = record_table(report.content, '?case=lost-season-ticket&mode=assess&done=1').rows
    assert isinstance(row, Unscored) and row.why == 'revision'


def test_a_question_that_comes_to_a_case_puts_it_under_revision_at_that_step(folder):
    flow = (folder() / 'flows/ticket.yaml').read_text()
    asked = '  ticket-age:\n    when: {ticket-kind: season}\n    ask: How old?\n    options: {new: New, old: Old}\noutcomes:'
    used = flow.replace('outcomes:', asked).replace('- stay', '- stay\n      - {step: show-receipt, when: {ticket-age: old}}')
    (problem,) = check(folder({'flows/ticket.yaml': used})).warnings
    assert problem.message == 'this case is under revision: after `ticket-kind`, the question `ticket-age` has no answer'


@pytest.mark.parametrize('name', CASES)
def test_a_case_gives_nothing_away_before_it_is_worked_on(name):
    """Every fact that decides is in the story or comes out at its question, and the title names no answer."""
    case = case_of(name)
    assert revision(CONTENT, name) == ()
    for question, turn in case.turns.items():
        assert turn.because and len(turn.because) < 400, question
    assert case.caller and case.never_say and case.sources
