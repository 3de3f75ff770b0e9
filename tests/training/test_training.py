"""Training on cases: judging answers, scoring marks, records that anybody may have touched, and cases that drifted."""

from __future__ import annotations

import random
from urllib.parse import quote
from urllib.parse import urlencode

import pytest

from guidance.content.format import TRAINING_IDS
from guidance.journey import link
from guidance.journey.walk import walk
from guidance.serving.check import check
from guidance.training.record import clean_label
from guidance.training.record import read_record
from guidance.training.scenario import live_result
from guidance.training.scenario import practised
from guidance.training.scenario import present_turns
from guidance.training.scenario import revision
from guidance.training.score import against
from guidance.training.score import compare
from guidance.training.score import judge
from guidance.training.score import lead
from guidance.training.score import score
from guidance.training.table import MAX_TEXT
from guidance.training.table import record_table
from tests.support.answers import complete
from tests.support.records import CASES
from tests.support.records import CONTENT
from tests.support.records import COSTLY
from tests.support.records import made
from tests.support.records import read
from tests.support.records import right
from tests.support.records import sheet

CASE = 'data/scenarios/lost-season-ticket.yaml'


def percent(name, offered, stated):
    return score(CONTENT, sheet(name), offered, stated).percent


# Answers


@pytest.mark.parametrize('name', CASES)
def test_the_expected_way_is_right_at_each_turn_and_every_named_mistake_is_wrong(name):
    scenario = sheet(name)
    path = compare(CONTENT, scenario, walk(CONTENT, right(name)))
    assert [each.verdict for each in path] == ['right'] * len(scenario.turns)
    for question, turn in present_turns(CONTENT, scenario).items():
        for option in turn.wrong:
            assert judge(CONTENT, scenario, question, (option,)) == 'wrong'
            assert against(turn, turn.answer, (option,)) == turn.wrong[option]
        for other in turn.or_:
            assert judge(CONTENT, scenario, question, other) == 'accepted'


def test_a_wrong_answer_without_a_word_in_the_sheet_is_met_with_the_reason_for_the_right_one():
    turn = sheet('s06').turns['province']
    assert against(turn, turn.answer, ('fujian',)) == turn.because


def test_a_mistake_chosen_beside_the_right_answer_is_met_with_what_speaks_against_it_alone():
    turn = sheet('s01').turns['which-papers']
    chosen = ('home-return-permit', 'identity-card', 'passport')
    assert against(turn, turn.answer, chosen) == turn.wrong['passport']
    assert against(turn, turn.answer, ('home-return-permit',)) == turn.wrong['home-return-permit']


def test_a_question_that_the_case_never_comes_to_is_beside_the_way_and_one_that_was_left_out_is_missed():
    answers = {**right('s06'), 'custody-stage': ('bail',)}
    journey = walk(CONTENT, answers)
    verdicts = {each.question: each.verdict for each in compare(CONTENT, sheet('s06'), journey)}
    assert verdicts['custody-stage'] == 'wrong' and verdicts['custody-kind'] == 'missed'
    answers = {**right('s07'), 'custody-kind': ('criminal',), 'family-told': ('no',)}
    verdicts = {each.question: each.verdict for each in compare(CONTENT, sheet('s07'), walk(CONTENT, answers))}
    assert verdicts['family-told'] == 'aside'


def test_a_mistake_by_which_the_caller_may_not_ask_any_more_takes_the_assistance_away():
    for question, option in (('asker-place', 'mainland'), ('who', 'other')):
        way = {**right('s06'), question: (option,), 'family-in-hk': ('yes',)}
        shown = {said.id: said.may_ask for said in walk(CONTENT, way).result.can}
        assert shown['enquire-case'] is False  # they are told who may ask
        assert 'enquire-case' in lead(CONTENT, sheet('s06'), way).lost


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
    turn = present_turns(content, content.scenarios['lost-season-ticket'])['ticket-kind']
    assert (turn.or_, turn.wrong) == ((('yearly',),), {'yearly': 'It was for a year.'})


def test_where_a_mistake_leads_is_taken_from_the_content():
    found = lead(CONTENT, sheet('s06'), {**right('s06'), 'custody-kind': ('administrative',)})
    assert (found.lost, found.gained, found.asks) == (('notify-arrest',), (), None)
    found = lead(CONTENT, sheet('s07'), {**right('s07'), 'custody-kind': ('criminal',), 'family-told': ('no',)})
    assert (found.lost, found.gained) == ((), ('notify-arrest',))
    assert lead(CONTENT, sheet('s08'), {**right('s08'), 'happened': ('custody',)}).asks == 'custody-stage'


# The score


@pytest.mark.parametrize('name', CASES)
def test_a_perfect_run_is_a_hundred_and_nothing_or_everything_fails(name):
    scenario = sheet(name)
    perfect = score(CONTENT, scenario, scenario.offer, scenario.limits)
    assert (perfect.percent, perfect.passed, perfect.over_promised) == (100, True, ())
    nothing = score(CONTENT, scenario, (), ())
    assert (nothing.percent, nothing.passed) == (0, False)
    everything = score(CONTENT, scenario, CONTENT.assistance, CONTENT.limitations)
    assert everything.percent <= 40 and not everything.passed
    assert set(scenario.must_not_offer) <= set(everything.over_promised)


@pytest.mark.parametrize('name', CASES)
def test_one_over_promise_fails_whatever_else_is_right(name):
    scenario = sheet(name)
    for wrong in scenario.must_not_offer:
        found = score(CONTENT, scenario, (*scenario.offer, wrong), scenario.limits)
        assert found.over_promised == (wrong,)
        assert found.percent <= CONTENT.training.scoring.most_after_over_promise and not found.passed


def test_scores_by_hand():
    """S06: four to offer, four limits: 4 x 3 + 4 x 2 = 20 points."""
    offers, limits = sheet('s06').offer, sheet('s06').limits
    assert percent('s06', offers, limits[:2]) == 80  # 12 + 4 of 20
    assert percent('s06', offers[:2], limits) == 70  # 6 + 8
    assert percent('s06', [*offers, 'entry-permit'], limits) == 40  # 20 - 6 = 70 %, held down by the over-promise
    assert percent('s06', [offers[0], 'entry-permit'], ()) == 0  # 3 - 6: never below nothing
    assert score(CONTENT, sheet('s06'), offers, limits[:2]).passed
    assert not score(CONTENT, sheet('s06'), offers[:2], limits).passed


def test_what_may_be_offered_and_limits_that_hold_anyway_change_nothing():
    case = next(name for name in CASES if sheet(name).may_offer)
    scenario = sheet(case)
    more = score(CONTENT, scenario, (*scenario.offer, *scenario.may_offer), CONTENT.limitations)
    assert (more.percent, more.passed) == (100, True)
    assert {mark.verdict for mark in more.offers if mark.id in scenario.may_offer} == {'fine'}
    assert {mark.verdict for mark in more.limits if mark.id not in scenario.limits} <= {'unscored'}


def test_being_told_whom_to_ask_is_no_over_promise():
    """S10: the son may not ask for it, but the result tells him that his mother can."""
    said = {each.id: each.may_ask for each in live_result(CONTENT, sheet('s10')).can}
    assert said['contact-for-money'] is False
    assert score(CONTENT, sheet('s10'), ['contact-for-money'], ()).over_promised == ()


# The record


@pytest.mark.parametrize('name', CASES)
def test_a_record_survives_its_link(name):
    address = made(name)
    reading, record = read(address)
    assert reading.answers == right(name)
    assert (record.case, record.mode, record.done, record.label) == (name, 'assess', True, 'AB')
    assert (record.offered, record.stated) == (sheet(name).offer, sheet(name).limits)
    (row,) = record_table(CONTENT, address).rows
    assert (row.score.percent, row.doubt) == (100, '')


def test_the_score_is_not_in_the_link_and_a_forged_one_changes_nothing():
    address = made(offered=('entry-permit',), stated=())
    forged = address + '&score=100&percent=100&passed=1&done=2&done=1'
    assert 'score' not in address and '100' not in address
    assert record_table(CONTENT, address).rows[0].score.percent == 0
    (row,) = record_table(CONTENT, forged).rows
    assert row.score is None or row.score.percent == 0


@pytest.mark.parametrize(
    'more',
    ['&offer=advice', '&limits=no-payment', '&case=s01', '&mode=practise', '&done=0', '&label=Other', '&OFFER=advice'],
)
def test_a_record_that_says_two_things_has_no_score(more):
    (row,) = record_table(CONTENT, made() + more).rows
    assert row.score is None


def test_marks_that_do_not_exist_are_left_out():
    (row,) = record_table(CONTENT, made(offered=('advice', 'free-flight'), stated=('no-rain',))).rows
    assert (row.record.offered, row.record.stated) == (('advice',), ())


@pytest.mark.parametrize('cut', ['custody-kind=criminal&', 'province=guangdong&', 'done=1&', 'mode=assess&'])
def test_a_record_without_a_part_of_it_is_not_finished(cut):
    assert cut in made()
    (row,) = record_table(CONTENT, made().replace(cut, '')).rows
    assert (row.score, row.why) == (None, 'unfinished')


def test_a_record_that_was_changed_on_its_way_is_read_all_the_same():
    address = made()
    for changed in (address.upper(), address.replace('&', '&amp;'), f'{address} {address}', f'<{address}>', f'{address}&gclid=x'):
        (row,) = record_table(CONTENT, changed).rows
        assert row.score.percent == 100


def test_a_record_of_other_content_is_scored_anew_and_that_is_said(folder):
    content = check(folder()).content
    address = made('lost-season-ticket', content=content)
    assert not record_table(content, address).rows[0].doubt
    steps = (folder() / 'data/steps.yaml').read_text().replace('say: ', 'say: Please. ')
    other = check(folder({'data/steps.yaml': steps})).content
    (row,) = record_table(other, address).rows
    assert (row.doubt, row.score.percent) == ('changed', 100)
    case = (folder() / CASE).read_text().replace('limits: [no-money, no-flight]', 'limits: [no-money]')
    (row,) = record_table(check(folder({CASE: case})).content, address).rows
    assert (row.doubt, row.score.percent) == ('changed', 100)
    rule = (folder() / 'data/training.yaml').read_text().replace('passed: ', 'passed: 1')
    (row,) = record_table(check(folder({'data/training.yaml': rule})).content, address).rows
    assert row.doubt == 'changed'  # what it takes to pass is a part of the score


@pytest.mark.parametrize('damage', [('&seen=', '&sen='), ('notify-arrest', 'notify-arest'), ('no-shielding', 'no-shield')])
def test_a_record_whose_marks_or_fingerprint_were_damaged_is_said_to_be(damage):
    address = made()
    assert damage[0] in address
    (row,) = record_table(CONTENT, address.replace(*damage)).rows
    assert row.doubt == 'damaged'
    (row,) = record_table(CONTENT, address.replace('.', '.%20')).rows
    assert (row.doubt, row.score.percent) == ('', 100)  # spaces are no damage


@pytest.mark.parametrize(
    ('given', 'kept'),
    [('AB', 'AB'), ('陳大文', '陳大文'), ('=SUM(A1)', 'SUM A1'), ('-2+3', '2 3'), ('@x', 'x'), ('<b>x</b>', 'b x b'),
     ('a' * 99, 'a' * 20), ('\u202eab', 'ab'), ('', ''), ('J.-P.', 'J.-P'), ('a_b', 'a b')],
)  # fmt: skip
def test_a_label_is_a_few_letters_no_markup_and_no_formula(given, kept):
    assert clean_label(given) == kept
    assert read(made(label=given))[1].label == kept


def test_any_address_is_a_record():
    rng = random.Random(4)
    names = [*TRAINING_IDS, 'who', 'lang', 'seen']
    values = ['s06', 'S06', 'assess', 'x', '', '1', '-1', '9' * 40, 'advice.lawyers', 'no-payment', '<b>', '\0', 'me', '%', '..']
    for _ in range(500):
        pairs = [(rng.choice(names), rng.choice(values)) for _ in range(rng.randint(0, 8))]
        reading = link.read(CONTENT, pairs)
        record = read_record(CONTENT, reading)
        assert read_record(CONTENT, link.read(CONTENT, list(record.parameters().items()))) == record
        record_table(CONTENT, f'https://a.example/training?{urlencode(pairs)}')


def test_reading_many_records_takes_little_time_and_shows_what_they_have_in_common(quick):
    rng = random.Random(1)
    links = []
    for number in range(200):
        name = CASES[number % len(CASES)]
        answers = right(name) if number % 3 else {**right(name), 'asker-place': ('elsewhere',)}
        offered = tuple(sorted(rng.sample(list(CONTENT.assistance), rng.randint(0, 7)), key=list(CONTENT.assistance).index))
        links.append(made(name, complete(CONTENT, rng, answers), offered=offered, label=f'T{number}'))
    with quick(2):
        found = record_table(CONTENT, '\n'.join(['Here are the links:', *links, *links[:10]]))
    assert len(found.rows) == 200
    assert [mean for _, mean, _ in found.topics] == sorted(mean for _, mean, _ in found.topics)
    assert sum(number for _, _, number in found.topics) == len([row for row in found.rows if row.score])
    worst, times = found.turns[0]
    assert (worst.question, worst.given) == ('asker-place', ('elsewhere',)) and times > 20


def test_links_are_found_however_people_set_them_together():
    one, two = made(label='A'), made('s07', label='B')
    wrapped = f'https://eur01.safelinks.protection.outlook.com/?url={quote(one, safe="")}&data=05%7C01%7C&reserved=0'
    ways = (f'{one},{two}', f'A，{one}，B：{two}。', f'"{one}"、"{two}"', f'{one}{two}', f'<{one}>;<{two}>', f'{wrapped} {two}')
    for text in ways:
        found = record_table(CONTENT, text)
        assert [(row.record.label, row.score.percent) for row in found.rows] == [('A', 100), ('B', 100)], text
        assert (found.skipped, found.equal) == (0, 0)


def test_what_is_left_out_of_the_table_is_counted():
    record = made()
    found = record_table(CONTENT, f'{record} {record}&practised=s01 {made(label="")} https://help.example/?who=me')
    assert [row.record.label for row in found.rows] == ['AB', '']
    assert (found.equal, found.skipped) == (1, 1)


def test_a_text_without_records_has_no_rows():
    assert record_table(CONTENT, '').rows == ()
    assert record_table(CONTENT, 'Good morning! https://help.example/?who=me').rows == ()
    (row,) = record_table(CONTENT, 'https://help.example/training?case=s99&mode=assess&done=1').rows
    assert row.why == 'no-case'


def test_too_many_records_are_not_read_without_end():
    found = record_table(CONTENT, ' '.join(f'?case=x{number}' for number in range(700)))
    assert (found.beyond, found.cut) == (400, False)


def test_of_a_text_that_is_too_long_the_end_is_left_out_and_this_is_said():
    first, last = made(label='A'), made(label='B')
    between = ' x' * (MAX_TEXT // 2)
    for text in (first + between, f'{first} {last[:20]}{between}', first + between[: -len(last) // 2] + last):
        found = record_table(CONTENT, text)
        assert [row.record.label for row in found.rows] == ['A'] and found.cut
    assert not record_table(CONTENT, (first + between)[: MAX_TEXT - 1]).cut
    smile = first + ' \U0001f600' * (MAX_TEXT // 3)
    assert len(smile) < MAX_TEXT and record_table(CONTENT, smile).cut  # the browser's field cut it there
    assert not record_table(CONTENT, smile[: MAX_TEXT // 2]).cut


@pytest.mark.parametrize('text', COSTLY)
def test_no_text_takes_long_to_read(text, quick):
    pasted = COSTLY[text]()
    with quick(1):
        record_table(CONTENT, pasted)


# What was practised


def test_progress_is_what_the_cases_practise():
    assert practised(CONTENT, ()) == ((), ())
    offers, limits = practised(CONTENT, ('s06', 's01'))
    assert set(offers) == {*sheet('s06').offer, *sheet('s01').offer}
    assert set(limits) == {*sheet('s06').limits, *sheet('s01').limits}
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
    assert (row.score, row.why) == (None, 'revision')


def test_a_question_that_comes_to_a_case_puts_it_under_revision_at_that_step(folder):
    flow = (folder() / 'flows/ticket.yaml').read_text()
    asked = '  ticket-age:\n    when: {ticket-kind: season}\n    ask: How old?\n    options: {new: New, old: Old}\noutcomes:'
    used = flow.replace('outcomes:', asked).replace('- stay', '- stay\n      - {step: show-receipt, when: {ticket-age: old}}')
    (problem,) = check(folder({'flows/ticket.yaml': used})).warnings
    assert problem.message == 'this case is under revision: after `ticket-kind`, the question `ticket-age` has no answer'


@pytest.mark.parametrize('name', CASES)
def test_a_case_gives_nothing_away_before_it_is_worked_on(name):
    """Every fact that decides is in the story or comes out at its question, and the title names no answer."""
    scenario = sheet(name)
    assert revision(CONTENT, name) == ()
    for question, turn in scenario.turns.items():
        assert turn.because and len(turn.because) < 400, question
    assert scenario.caller and scenario.never_say and scenario.sources
