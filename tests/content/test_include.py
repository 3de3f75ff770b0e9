"""A flow that is included under a condition, and outcomes with `otherwise` that are the last of one flow only."""

import pytest

from guidance.journey.walk import walk
from guidance.serving.check import check

HUT = """title: The mountain hut
questions:
  hut:
    ask: Is the hut open?
    options: {open: It is, shut: It is not}
outcomes:
  shut:
    when: {hut: shut}
    urgency: other
    title: The hut is shut
    do-now: [{step: stay, when: {hut: shut}}]
    can: {advice: Ask us for the key.}
  hut-rest:
    otherwise: true
    accepts: {fine: {hut: open}}
    urgency: other
    title: The hut is open
    can: {advice: Go in.}
"""


@pytest.fixture
def files(folder):
    main = (folder() / 'flows/main.yaml').read_text()
    included = main.replace('    include: hut.yaml', '    include: hut.yaml\n    when: {happened: hut}')
    return {'flows/hut.yaml': HUT, 'flows/main.yaml': included}


def outcomes(content, **answers):
    journey = walk(content, {name: tuple(chosen.split('.')) for name, chosen in answers.items()})
    assert journey.idle == {}
    return [part.outcome.id for part in journey.result.parts]


def test_what_stands_in_the_flow_is_asked_and_shown_only_where_its_include_holds(files, folder):
    report = check(folder(files))
    assert [*report.errors] == []
    assert outcomes(report.content, who='me', happened='hut', hut='shut') == ['shut']
    assert outcomes(report.content, who='me', happened='hut', hut='open') == ['hut-rest']
    both = outcomes(report.content, who='me', happened='ticket.hut', hut='open', place='hill', **{'ticket-kind': 'day'})
    assert both == ['ticket', 'hut-rest']
    assert outcomes(report.content, who='me', happened='nothing') == ['rest']


def test_the_last_outcome_of_a_flow_accepts_what_ends_there(files, report_of):
    report = report_of(files | {'flows/hut.yaml': HUT.replace('    accepts: {fine: {hut: open}}\n', '')})
    assert 'only the outcome `hut-rest` applies to happened=hut&hut=open\n' in report
    assert report.count('expected:') == report.count('only the outcome `hut-rest`')


def test_a_flow_without_a_condition_at_its_include_has_no_last_outcome_of_its_own(files, report_of):
    del files['flows/main.yaml']
    assert '`rest` is a second outcome with `otherwise`' in report_of(files)


def test_the_condition_of_an_include_holds_for_the_flows_that_are_included_there(files, folder):
    files['flows/key.yaml'] = (
        'title: The key\nquestions:\n  key:\n    ask: Have you a key?\n    options: {a: A, b: B}\n'
        'outcomes:\n  key:\n    when: {key: a}\n    urgency: other\n    title: A key\n    can: {advice: Use it.}\n'
    )
    files['flows/hut.yaml'] = HUT.replace('outcomes:\n', '  key-flow: {include: key.yaml, when: {hut: shut}}\noutcomes:\n')
    report = check(folder(files))
    assert [*report.errors] == []
    assert outcomes(report.content, who='me', happened='hut', hut='shut', key='a') == ['key', 'shut']
    assert outcomes(report.content, who='me', happened='hut', hut='open') == ['hut-rest']
