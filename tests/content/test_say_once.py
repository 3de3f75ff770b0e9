"""What is written once and used in many places: named conditions, shared lines, and texts that depend on who asks."""

import pytest

from guidance.content.condition import AnswerIs
from guidance.content.condition import all_of
from guidance.content.condition import any_of
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
