"""What is written once and used in many places: named conditions, shared lines, and texts that depend on who asks."""

from itertools import combinations

import pytest

from guidance.content.condition import AnswerIs
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.journey.walk import walk
from guidance.serving.check import check

HUT = """\
title: The mountain hut
questions:
  hut:
    when: {happened: hut}
    ask: Is the hut open?
    options: {open: It is, shut: It is not}
outcomes:
  hut:
    when: {happened: hut}
    urgency: other
    title: Something about the hut
    do-now: [{step: stay, when: {hut: shut}}]
    can: {advice: Ask us for the key.}
"""
SHUT, ME = (AnswerIs(name, frozenset([option])) for name, option in (('hut', 'shut'), ('who', 'me')))


def hut_with(*changes, more=''):
    """The flow of the hut with parts of it replaced."""
    text = HUT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text + more


@pytest.fixture
def hut(folder):
    """Return the outcome of the hut in the small content with these files."""

    def outcome(files):
        report = check(folder(files))
        assert report.content, '\n\n'.join(map(str, report.errors))
        return next(outcome for outcome in report.content.outcomes if outcome.id == 'hut')

    return outcome


NAMED = 'conditions:\n  mine: {is: closed, who: me}\n'


@pytest.mark.parametrize(
    ('when', 'expected'),
    [
        ('{is: closed}', SHUT),
        ('{is: closed, who: me}', all_of([SHUT, ME])),
        ('{is: mine}', all_of([SHUT, ME])),
        ('{is: [mine, closed]}', SHUT),
        ('[{is: mine}, {who: friend}]', any_of([all_of([SHUT, ME]), AnswerIs('who', frozenset(['friend']))])),
    ],
)
def test_a_condition_by_its_name_holds_where_what_it_stands_for_does(hut, when, expected):
    flow = hut_with(('when: {hut: shut}', f'when: {when}'), more=NAMED)
    flow = flow.replace('title: Something', 'summary: [{say: Shut., when: {is: mine}}, Open.]\n    title: Something')
    made = hut({'flows/hut.yaml': flow, 'data/conditions.yaml': 'closed: {hut: shut}\n'})
    assert made.do_now[0].when == expected
    assert made.summary.variants[0].when == all_of([SHUT, ME])


def test_a_name_is_of_one_condition(report_of):
    flow = hut_with(('when: {hut: shut}', 'when: {is: closed}'), more='conditions:\n  closed: {hut: shut}\n')
    report = report_of({'flows/hut.yaml': flow, 'data/conditions.yaml': 'closed: {hut: shut}\n'})
    assert report.splitlines()[0] == 'flows/hut.yaml:15:3: the condition `closed` stands in data/conditions.yaml too'
    assert report.count('expected:') == 1


def test_who_may_ask_and_the_strip_know_the_names_too(folder):
    assistance = 'data/assistance.yaml'
    target = folder({'data/conditions.yaml': 'oneself: {who: me}\n'})
    before = (target / assistance).read_text()
    (target / assistance).write_text(before.replace('on-request-of: {who: me}', 'on-request-of: {is: oneself}'))
    report = check(target)
    assert report.content and report.content.on_request_of['new-ticket'] == ME


LINES = """\
ask-for-key: Ask us for the key.
wait-for-warden:
  - {say: Wait for the warden., when: {hut: shut}}
  - {say: [{say: Ring for the warden., when: {who: me}}, Have the warden rung for.], source: old-page}
"""
USES = 'can: {advice: [{line: ask-for-key}, {line: wait-for-warden, when: {who: [me, friend]}}, Ask for the way.]}'


def test_shared_lines_stand_among_others_under_their_own_ids(hut):
    made = hut({'flows/hut.yaml': hut_with(('can: {advice: Ask us for the key.}', USES)), 'data/lines.yaml': LINES})
    lines = made.can['advice']
    ours = AnswerIs('who', frozenset(['me', 'friend']))
    assert [(line.id, line.say, line.when, line.source) for line in lines] == [
        ('ask-for-key', 'Ask us for the key.', all_of([]), 'old-page'),
        ('wait-for-warden.0', 'Wait for the warden.', all_of([SHUT, ours]), 'old-page'),
        ('wait-for-warden.1', 'Ring for the warden.', all_of([ME, ours]), 'old-page'),
        ('wait-for-warden.1', 'Have the warden rung for.', all_of([negate(ME), ours]), 'old-page'),
        ('hut.can.advice.2', 'Ask for the way.', all_of([]), 'old-page'),
    ]
    assert {line.place.file for line in lines} == {'data/lines.yaml', 'flows/hut.yaml'}
    assert {line.used.file for line in lines if line.used} == {'flows/hut.yaml'}


def test_a_line_without_a_source_has_that_of_what_it_is_about(hut):
    flow = hut_with(('Ask us for the key.}', '{line: key}}\n    cannot: {no-money: {line: key}, no-flight: {line: key}}'))
    made = hut({'flows/hut.yaml': flow, 'data/lines.yaml': 'key: Ask us for the key.\n'})
    assert made.can['advice'][0].source == 'old-page' and made.cannot['no-money'][0].source == 'page'


TWO = """\
title: The mountain hut
questions:
  hut:
    when: {happened: hut}
    ask: Is the hut open?
    options: {open: It is, shut: It is not}
outcomes:
  open: {when: {hut: open}, urgency: other, title: Open, can: {advice: [{line: both}, Ask.]}}
  shut: {when: {hut: shut}, urgency: other, title: Shut, can: {advice: [{line: both}, Ask.]}}
"""
BOTH = 'both: [{say: Walk in., when: {hut: open}}, {say: Knock., when: {hut: shut}}]\n'


NEITHER = '{line: both, when: {happened: ticket, not: {happened: hut}}}'


@pytest.mark.parametrize(
    ('flow', 'lines', 'missed'),
    [
        (TWO, BOTH, []),
        (TWO.replace('Shut, can: {advice: [{line: both}, ', 'Shut, can: {advice: ['), BOTH, ['data/lines.yaml:1']),
        (TWO, BOTH.replace('{hut: shut}', '{hut: open}'), ['flows/hut.yaml:9']),
        (TWO.replace('{line: both}', '{line: both, when: {happened: hurt}}'), BOTH, []),
        (TWO.replace('{line: both}', NEITHER), BOTH, ['flows/hut.yaml:8', 'flows/hut.yaml:9']),
    ],
)
def test_each_use_of_shared_lines_and_each_of_their_words_is_shown_to_somebody(report_of, flow, lines, missed):
    """What one use never shows is fine as long as another does."""
    reports = report_of({'flows/hut.yaml': flow, 'data/lines.yaml': lines}).split('\n\n')
    told = [report.splitlines()[0] for report in reports if 'never shown' in report]
    assert [':'.join(line.split(':')[:2]) for line in told] == missed


def test_of_the_wordings_of_a_step_exactly_one_is_shown_and_the_step_once(folder):
    steps = 'stay: {say: [{say: Stay where you are., when: {who: me}}, They stay where they are.], source: practice}\n'
    rest = 'call-doctor: {say: Call., source: page}\nshow-receipt: {say: Show it., source: page}\n'
    report = check(folder({'data/steps.yaml': steps + rest}))
    assert report.content, '\n\n'.join(map(str, report.errors))
    for who, said in (('me', 'Stay where you are.'), ('friend', 'They stay where they are.')):
        answers = {'who': (who,), 'happened': ('ticket', 'hut'), 'ticket-kind': ('day',), 'hut': ('shut',), 'place': ('hill',)}
        shown = [step for part in walk(report.content, answers).result.parts for step in part.do_now]
        assert [(step.id, step.say) for step in shown] == [('stay', said)]


HEAD = ('title: The mountain hut\n', 'title: The mountain hut\nurgency: danger\nsource: practice\n')
STEPS = 'do-now: [{say: Knock.}, {say: Wait., source: old-page}, {step: stay, when: {hut: shut}}]'


def test_what_stands_at_the_head_holds_where_nothing_nearer_is_said(hut):
    flow = hut_with(HEAD, ('    urgency: other\n', ''), ('do-now: [{step: stay, when: {hut: shut}}]', STEPS))
    made = hut({'flows/hut.yaml': flow})
    assert made.urgency == 'danger'
    assert [step.source for step in made.do_now] == ['practice', 'old-page', 'practice']
    assert made.can['advice'][0].source == 'old-page', 'that of the assistance: a head never stands below a promise'
    nearer = flow.replace('    title: Something', '    urgency: other\n    source: page\n    title: Something')
    second = '  shut: {when: {hut: shut}, title: Shut, do-now: [{say: Ring.}], can: {advice: Ask.}}\n'
    made = hut({'flows/hut.yaml': nearer + second})
    assert (made.urgency, made.do_now[0].source) == ('other', 'page')


@pytest.mark.parametrize(
    ('test', 'holding'),
    [
        ('{all: [hut, ticket]}', lambda chosen: {'hut', 'ticket'} <= chosen),
        ('{all: hut}', lambda chosen: 'hut' in chosen),
        ('{at-least: 2}', lambda chosen: len(chosen) >= 2),
        ('{at-least: 2, of: [hut, hurt]}', lambda chosen: {'hut', 'hurt'} <= chosen),
        ('{at-least: 1, of: [ticket, hurt]}', lambda chosen: bool({'ticket', 'hurt'} & chosen)),
        ('{at-least: 3}', lambda chosen: len(chosen) == 3),
    ],
)
def test_all_of_some_options_and_so_many_of_them(hut, test, holding):
    step, kept = 'do-now: [', 'do-now: [{step: stay, when: {hut: shut}}, '
    flow = hut_with(('when: {hut: shut}', f'when: {{happened: {test}}}'), (step, kept))
    when = hut({'flows/hut.yaml': flow}).do_now[1].when
    for chosen in (some for n in range(4) for some in combinations(('hut', 'hurt', 'ticket'), n)):
        assert holds(when, {'happened': chosen}) == holding(set(chosen)), chosen
    assert not holds(when, {'happened': ('unknown',)})


def test_so_many_ways_that_a_condition_would_be_too_large_are_told(report_of):
    options = ', '.join(f'o{n}: Option {n}' for n in range(20))
    many = ('options: {open: It is, shut: It is not}', f'choose: many\n    options: {{{options}}}')
    flow = hut_with(many, ('{hut: shut}', '{hut: {at-least: 10}}'))
    report = report_of({'flows/hut.yaml': flow})
    assert 'there are 184,756 ways to choose 10 of 20 options' in report and 'expected: at most 1,000' in report


SUMMARY = ('    title: Something', '    summary: [{say: Knock., when: {hut: shut}}, {line: on-the-hill}]\n    title: Something')


@pytest.mark.parametrize('key', ['summary', 'advice'])
def test_a_summary_and_an_advice_can_be_in_the_words_of_a_shared_line(hut, key):
    flow = hut_with(tuple(text.replace('summary', key) for text in SUMMARY))
    made = hut({'flows/hut.yaml': flow, 'data/lines.yaml': 'on-the-hill: It stands on the hill.\n'})
    assert [(variant.say, variant.when) for variant in getattr(made, key).variants] == [
        ('Knock.', SHUT),
        ('It stands on the hill.', all_of([])),
    ]


@pytest.mark.parametrize('more', ['source: page', 'when: {hut: shut}', 'whom-to-ask: true'])
def test_a_shared_line_that_is_more_than_words_is_no_summary(report_of, more):
    lines = f'on-the-hill: {{say: It stands on the hill., {more}}}\n'
    report = report_of({'flows/hut.yaml': hut_with(SUMMARY), 'data/lines.yaml': lines})
    assert report.startswith('flows/hut.yaml:11:56: `on-the-hill` says more than one text that always holds')
    assert report.endswith('expected: a line with nothing but `say`')
