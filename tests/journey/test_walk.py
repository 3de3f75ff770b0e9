"""The rules of the language of a flow, one after the other, as the author's guide states them."""

import random

import pytest

from guidance.content.condition import holds
from guidance.journey.decided import decided_by
from guidance.journey.left import questions_left
from guidance.journey.query import current_answers
from guidance.journey.query import read_query
from guidance.journey.walk import accepted
from guidance.journey.walk import applying
from guidance.journey.walk import walk
from guidance.serving.check import check
from tests.support.answers import assert_answers_not_listed_do_not_matter
from tests.support.answers import complete
from tests.support.sampling import sampled

HURT_AND_TICKET = {'who': ('me',), 'happened': ('hurt', 'ticket'), 'ticket-kind': ('season',), 'place': ('harbour',)}


def ids(things):
    return [thing.id for thing in things]


def outcome(content, identity):
    return next(outcome for outcome in content.outcomes if outcome.id == identity)


@pytest.fixture
def condition(folder, resolved):
    """Read a condition as it stands in YAML, at a step of the last flow."""
    hut = (folder() / 'flows/hut.yaml').read_text()

    def read(text):
        changed = hut.replace('{hut: shut}}]', '{hut: shut}}, {step: call-doctor, when: ' + text + '}]')
        return outcome(resolved({'flows/hut.yaml': changed}), 'hut').do_now[1].when

    return read


# 1. Questions


def test_questions_are_asked_in_order_with_included_ones_at_their_place(content):
    assert ids(content.questions) == ['who', 'happened', 'ticket-kind', 'hut', 'place']
    answers = {}
    asked = []
    while question := walk(content, answers).next:
        asked.append(question.id)
        answers[question.id] = {'happened': ('ticket', 'hut')}.get(question.id, (question.options[0].id,))
    assert asked == ['who', 'happened', 'ticket-kind', 'hut', 'place']


def test_a_question_without_when_is_always_asked(content):
    assert walk(content, {}).next.id == 'who'
    assert all(walk(content, {'who': (option.id,)}).next.id == 'happened' for option in content.question['who'].options)


def test_a_question_is_asked_only_where_its_when_holds(content):
    assert walk(content, {'who': ('me',), 'happened': ('ticket',)}).next.id == 'ticket-kind'
    assert walk(content, {'who': ('me',), 'happened': ('hurt',)}).next.id == 'place'
    assert walk(content, {'who': ('me',), 'happened': ('nothing',)}).result is not None


def test_a_branch_of_a_branch_closes_with_it(folder, resolved):
    hut = (folder() / 'flows/hut.yaml').read_text()
    key = '  key:\n    when: {hut: shut}\n    ask: Have you a key?\n    options: {a: A, b: B}\noutcomes:'
    content = resolved({'flows/hut.yaml': hut.replace('outcomes:', key).replace('{hut: shut}}]', '{key: a}}]')})
    given = {'who': ('me',), 'happened': ('hut',), 'hut': ('shut',), 'key': ('a',)}
    assert [line.id for line in walk(content, given).result.parts[0].do_now] == ['stay']
    assert walk(content, given | {'hut': ('open',)}).idle == {'key': ('a',)}
    assert walk(content, given | {'hut': ('open',)}).result.parts[0].do_now == ()


def test_an_option_is_an_answer_only_where_it_is_offered(folder):
    tickets = (folder() / 'flows/ticket.yaml').read_text()
    day = 'season: {label: A season ticket, when: {who: me}}'
    report = check(folder({'flows/ticket.yaml': tickets.replace('season: A season ticket', day)}))
    assert [*report.errors] == []
    given = {'who': ('me',), 'happened': ('ticket',), 'ticket-kind': ('season',), 'place': ('hill',)}
    assert walk(report.content, given).result is not None
    question = report.content.question['ticket-kind']
    assert [option.id for option in question.offered(given)] == ['day', 'season', 'unknown']
    other = walk(report.content, given | {'who': ('friend',)})
    assert other.next is question
    assert other.idle == {'ticket-kind': ('season',), 'place': ('hill',)}
    assert [option.id for option in question.offered(other.answered)] == ['day', 'unknown']
    assert decided_by(report.content, given) == ('who', 'happened', 'ticket-kind', 'place')


# 2. Outcomes


def test_all_outcomes_that_apply_are_shown_most_urgent_first_then_in_order(content):
    assert ids(content.outcomes) == ['ticket', 'hut', 'hurt', 'nobody-knows', 'rest']
    given = HURT_AND_TICKET | {'happened': ('hurt', 'ticket', 'hut'), 'hut': ('open',)}
    assert [part.outcome.id for part in walk(content, given).result.parts] == ['hurt', 'ticket', 'hut']


def test_otherwise_applies_only_where_no_other_does(content):
    assert ids(applying(content, {'who': ('me',), 'happened': ('nothing',)})) == ['rest']
    assert 'rest' not in ids(applying(content, HURT_AND_TICKET))


# 3. Guarded lines


@pytest.mark.parametrize(
    ('change', 'steps', 'sentences', 'contacts'),
    [
        ({}, ['stay', 'show-receipt'], ['You can get a new ticket.'], ['helpdesk', 'ferry', 'harbour-office']),
        ({'ticket-kind': ('day',)}, ['stay'], [], ['helpdesk', 'ferry', 'harbour-office']),
        ({'who': ('other',)}, ['stay', 'show-receipt'], ['Only the person can ask for a new ticket.'], None),
        ({'place': ('hill',)}, ['stay', 'show-receipt'], ['You can get a new ticket.'], ['helpdesk']),
    ],
)
def test_when_guards_single_lines(content, change, steps, sentences, contacts):
    found = walk(content, HURT_AND_TICKET | {'happened': ('ticket',)} | change).result
    assert [line.id for line in found.parts[0].do_now] == steps
    assert [line.say for said in found.can if said.id == 'new-ticket' for line in said.lines] == sentences
    assert contacts is None or list(found.contacts) == contacts


def test_a_limitation_without_a_sentence_here_stands_among_the_others(content):
    found = walk(content, HURT_AND_TICKET | {'happened': ('ticket',), 'place': ('hill',)}).result
    assert ids(found.cannot) == ['no-money']
    assert ids(found.other_limits) == ['no-flight']


def test_the_first_variant_that_holds_is_said(content):
    title = outcome(content, 'ticket').title
    assert title.for_({'who': ('me',)}) == 'Your ticket is gone'
    assert title.for_({'who': ('friend',)}) == 'The ticket is gone'


def test_no_assistance_is_said_only_where_none_is_shown(content):
    parts = walk(content, {'who': ('me',), 'happened': ('unknown',)}).result.parts
    assert [part.no_assistance for part in parts] == ['There is nothing to offer as long as nobody knows what has happened.']
    assert all(part.no_assistance is None for part in walk(content, HURT_AND_TICKET).result.parts)


def test_who_may_not_ask_is_told_whom_to_ask(content):
    def may_ask(who):
        found = walk(content, HURT_AND_TICKET | {'who': (who,)}).result
        return {said.id: said.may_ask for said in found.can}

    assert may_ask('me') == {'new-ticket': True, 'doctor': True, 'advice': True}
    assert may_ask('friend') == {'new-ticket': False, 'doctor': True, 'advice': True}


# 4. Conditions

ME, FRIEND, OTHER, NOBODY = {'who': ('me',)}, {'who': ('friend',)}, {'who': ('other',)}, {}
BOTH, TICKET = {'who': ('me',), 'happened': ('hurt', 'ticket')}, {'who': ('other',), 'happened': ('ticket',)}


@pytest.mark.parametrize(
    ('text', 'true', 'false'),
    [
        ('{who: me}', [ME, BOTH], [FRIEND, OTHER, NOBODY]),
        ('{who: [me, friend]}', [ME, FRIEND], [OTHER, NOBODY]),
        ('{who: me, happened: hurt}', [BOTH], [ME, TICKET, NOBODY]),
        ('[{who: me}, {happened: ticket}]', [ME, BOTH, TICKET], [FRIEND, NOBODY]),
        ('{who: {not: me}}', [FRIEND, OTHER], [ME, NOBODY]),
        ('{who: {not: [me, friend]}}', [OTHER], [ME, FRIEND, NOBODY]),
        ('{happened: {not: hurt}}', [TICKET], [BOTH, ME, NOBODY]),
        ('{who: answered}', [ME, FRIEND, OTHER], [NOBODY]),
        ('{not: {who: me}}', [FRIEND, OTHER, NOBODY], [ME, BOTH]),
        ('{not: {who: me, happened: hurt}}', [ME, TICKET, NOBODY], [BOTH]),
        ('{not: [{who: me}, {happened: ticket}]}', [FRIEND, NOBODY], [ME, BOTH, TICKET]),
        ('{not: {who: answered}}', [NOBODY], [ME, FRIEND]),
        ('{not: {not: {who: me}}}', [ME, BOTH], [FRIEND, NOBODY]),
        ('{not: {who: {not: me}}}', [ME, NOBODY], [FRIEND]),
        ('{who: me, not: {happened: hurt}}', [ME], [BOTH, FRIEND, TICKET]),
        ('{happened: [hurt, ticket]}', [BOTH, TICKET], [ME, {'happened': ('hut',)}]),
    ],
)
def test_condition_forms(condition, text, true, false):
    read = condition(text)
    assert [holds(read, answers) for answers in true] == [True] * len(true)
    assert [holds(read, answers) for answers in false] == [False] * len(false)


def test_conditions_nested_two_hundred_deep_mean_what_they_say(condition):
    read = condition('{not: ' * 200 + '{who: me}' + '}' * 200)
    assert holds(read, ME) and not holds(read, FRIEND)
    deep = condition('{who: me, not: [{happened: hurt}, ' * 60 + '{who: me}' + ']}' * 60)
    assert not holds(deep, BOTH)


# 5. alone


def test_an_option_that_stands_alone_is_no_answer_beside_others(content):
    question = content.question['happened']
    assert accepted(question, ['nothing']) == ('nothing',)
    assert accepted(question, ['nothing', 'hurt']) == ()
    assert accepted(question, ['nothing', 'unknown']) == ()
    assert accepted(question, ['ticket', 'hurt']) == ('hurt', 'ticket')


def test_one_option_only_for_choose_one(content):
    assert accepted(content.question['who'], ['me', 'friend']) == ()
    assert walk(content, {'who': ('me', 'friend')}).next.id == 'who'


def test_an_unknown_option_is_no_answer(content):
    assert accepted(content.question['happened'], ['hurt', 'gone']) == ()


# 6. Lists


def test_options_are_the_rows_of_the_list_without_exceptions_then_the_own_ones(content):
    assert [(option.id, option.label) for option in content.question['place'].options] == [
        ('harbour', 'The harbour'),
        ('beach', 'The beach'),
        ('hill', 'The hill'),
        ('unknown', "I don't know"),
    ]


@pytest.mark.parametrize(
    ('place', 'contacts'),
    [
        ('harbour', ['helpdesk', 'ferry', 'harbour-office']),  # the row names one
        ('beach', ['helpdesk']),  # the row has no such field: the fallback
        ('hill', ['helpdesk']),  # the field is empty: the fallback
        ('unknown', ['helpdesk', 'ferry']),  # no row: the fallback
    ],
)
def test_a_contact_comes_from_the_chosen_row_or_the_fallback(content, place, contacts):
    given = {'who': ('me',), 'happened': ('ticket',), 'ticket-kind': ('day',), 'place': (place,)}
    assert list(walk(content, given).result.contacts) == contacts


def test_check_names_at_most_twelve_rows_without_a_contact(folder):
    places = (folder() / 'data/lists/places.yaml').read_text()
    more = ''.join(f'  p{n}: {{label: Place {n}}}\n' for n in range(20))
    said = check(folder({'data/lists/places.yaml': places.replace('rows:\n', f'rows:\n{more}')})).proved['places without office']
    assert said == ', '.join(f'p{n}' for n in range(12)) + ' and 10 more (`helpdesk` stands in)'


def test_check_names_the_rows_without_a_contact_that_can_be_chosen(folder):
    assert check(folder()).proved['places without office'] == 'beach, hill (`helpdesk` stands in)'


@pytest.mark.parametrize(('place', 'shown'), [('harbour', True), ('beach', True), ('hill', False), ('unknown', False)])
def test_a_group_means_each_of_its_rows(content, place, shown):
    (line,) = outcome(content, 'ticket').cannot['no-flight']
    assert holds(line.when, {'place': (place,)}) is shown


# 7. Includes


def test_outcomes_of_an_included_flow_stand_at_the_place_of_the_include(content):
    assert ids(content.outcomes)[:2] == ['ticket', 'hut']
    assert content.flows == 3


# 8. Answers to questions that are not asked


def test_an_answer_to_a_question_that_is_not_asked_does_not_count_and_is_not_lost(content):
    given = {'who': ('me',), 'happened': ('nothing',), 'ticket-kind': ('day',), 'place': ('hill',)}
    journey = walk(content, given)
    assert journey.answered == {'who': ('me',), 'happened': ('nothing',)}
    assert journey.idle == {'ticket-kind': ('day',), 'place': ('hill',)}
    assert journey.result == walk(content, journey.answered).result
    back = walk(content, given | {'happened': ('ticket',)})
    assert back.answered == given | {'happened': ('ticket',)}
    assert back.idle == {}


def test_an_answer_to_a_later_question_waits_for_the_earlier_one(content):
    journey = walk(content, {'happened': ('hurt',)})
    assert journey.next.id == 'who'
    assert journey.idle == {'happened': ('hurt',)}


def test_a_question_that_was_not_asked_matches_nothing(content):
    given = {'who': ('me',), 'happened': ('hurt',), 'ticket-kind': ('season',), 'place': ('hill',)}
    assert walk(content, given).result == walk(content, {k: v for k, v in given.items() if k != 'ticket-kind'}).result


# 9. Names that were


@pytest.mark.parametrize(
    ('pair', 'name', 'option'),
    [(('asker', 'me'), 'who', 'me'), (('who', 'stranger'), 'who', 'other'), (('place', 'sands'), 'place', 'beach')],
)
def test_earlier_names_of_questions_options_and_rows_still_work(content, pair, name, option):
    assert read_query(content, [pair]).answers == {name: (option,)}


def test_cases_with_earlier_names_still_work(content):
    assert current_answers(content, {'asker': ['stranger']}) == ({'who': ('other',)}, [])


# 10. What is shown once


def test_a_step_is_shown_once_at_its_most_urgent_place(content):
    hurt, ticket = walk(content, HURT_AND_TICKET).result.parts
    assert [line.id for line in hurt.do_now] == ['call-doctor', 'hurt.1', 'stay']
    assert [line.id for line in ticket.do_now] == ['show-receipt']


def test_assistance_and_limitations_are_shown_once_with_a_sentence_for_each_situation(content):
    found = walk(content, HURT_AND_TICKET).result
    assert [(said.id, [line.say for line in said.lines]) for said in found.cannot] == [
        ('no-flight', ['No helicopter comes for a sprained foot.', 'No flight replaces the ferry from the coast.']),
        ('no-money', ['The price is not paid back.']),
    ]
    assert found.other_limits == ()
    assert ids(found.can) == ['new-ticket', 'doctor', 'advice']


def test_the_same_sentence_is_said_once(folder, resolved):
    hut = (folder() / 'flows/hut.yaml').read_text()
    twice = 'advice: [Ask us for the key., {say: Ask us for the key., when: {hut: open}}]'
    content = resolved({'flows/hut.yaml': hut.replace('advice: Ask us for the key.', twice)})
    found = walk(content, {'who': ('me',), 'happened': ('hut',), 'hut': ('open',)}).result
    assert [line.say for line in found.can[0].lines] == ['Ask us for the key.']


def test_a_sentence_has_the_source_of_its_assistance_or_its_own(content):
    ticket = outcome(content, 'ticket')
    assert [line.source for line in ticket.can['advice']] == ['old-page']
    assert [line.source for line in ticket.cannot['no-flight']] == ['old-page']
    assert [line.source for line in ticket.cannot['no-money']] == ['page']


def test_the_help_line_always_stands_first_and_once(content):
    assert walk(content, {'who': ('me',), 'happened': ('unknown',)}).result.contacts == ('helpdesk',)


# What decided the result, and what stays the same


@pytest.mark.parametrize('seed', sampled(range(40), 5))
def test_an_answer_that_is_not_listed_can_be_changed_without_changing_the_result(content, seed):
    assert_answers_not_listed_do_not_matter(content, complete(content, random.Random(seed)))


def test_decided_by_lists_what_decides_and_not_what_does_not(content):
    assert decided_by(content, {'who': ('me',), 'happened': ('hut',), 'hut': ('shut',)}) == ('happened', 'hut')


def test_the_fingerprint_follows_what_is_shown_only(content, folder):
    ticket = (folder() / 'flows/ticket.yaml').read_text()
    sources = (folder() / 'data/sources.yaml').read_text()

    def fingerprint(files):
        return walk(check(folder(files)).content, HURT_AND_TICKET).result.fingerprint

    before = walk(content, HURT_AND_TICKET).result.fingerprint
    assert fingerprint({'flows/ticket.yaml': ticket.replace('Which ticket is it?', 'Which one?')}) == before
    assert fingerprint({'data/sources.yaml': sources.replace('2027-05-22', '2027-06-22')}) == before
    assert fingerprint({'flows/ticket.yaml': ticket.replace('not paid back', 'never paid back')}) != before
    assert fingerprint({'flows/ticket.yaml': ticket.replace('Your ticket is gone', 'Your ticket was lost')}) != before
    assert fingerprint({'flows/ticket.yaml': ticket.replace('  ticket:\n', '  lost-ticket:\n')}) == before
    assistance = (folder() / 'data/assistance.yaml').read_text()
    assert fingerprint({'data/assistance.yaml': assistance.replace('Only the person', 'The person alone')}) != before


def test_progress_is_exact_for_small_contents(content):
    found = questions_left(content, walk(content, {'who': ('me',)}))
    assert (found.shortest, found.longest) == (1, 4)
    assert questions_left(content, walk(content, HURT_AND_TICKET)).longest == 0


def test_a_calm_result_is_one_without_an_urgent_outcome(content):
    assert walk(content, {'who': ('me',), 'happened': ('hut',), 'hut': ('open',)}).result.calm
    assert not walk(content, HURT_AND_TICKET).result.calm
