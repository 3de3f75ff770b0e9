"""What is over, or has not begun, is not shown: to the day, in the time zone of the service, on a server that runs on."""

import datetime

import pytest

import wizard
from guidance.content import days
from guidance.content.days import as_of
from guidance.content.days import turns
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.serving.check import check
from guidance.serving.store import Store
from tests.support.asgi import Client
from tests.support.small import small_content

HURT = {'who': ('me',), 'happened': ('hurt',), 'place': ('harbour',)}
LAST, NEXT = datetime.date(2100, 1, 31), datetime.date(2100, 2, 1)
BEFORE_MIDNIGHT = datetime.datetime(2100, 1, 31, 15, 59, 59, tzinfo=datetime.UTC)  # in Hong Kong
DATED = """doctor:
        - {say: A doctor comes to you., until: 2100-01-31}
        - {say: A nurse comes to you., from: 2100-02-01}
"""
LEAFLET = """leaflet:
  {title: A leaflet, publisher: A, looked-up: 2026-11-22, confidence: practice, review-by: 2027-05-22, until: 2100-01-31}
"""


def changed(name, old, new):
    """A file of the small content with other words in it."""
    text = small_content()[name]
    assert old in text
    return {name: text.replace(old, new)}


DOCTOR = changed('flows/main.yaml', 'doctor: A doctor comes to you.\n', DATED)
ZONE = changed('data/service.yaml', 'languages:', 'time-zone: Asia/Hong_Kong\nlanguages:')


def said(content, answers=HURT):
    """The words of all steps and of what can be done."""
    result = walk(content, answers).result
    return [line.say for line in (*result.steps, *(line for item in result.can for line in item.lines))]


@pytest.fixture
def clock(monkeypatch):
    """Set the clock of the server."""
    return lambda time: monkeypatch.setattr(days, 'now', lambda: time)


def test_a_line_is_shown_on_its_days_both_included(resolved):
    content = resolved(DOCTOR)
    assert turns(content) == (NEXT,)
    assert said(as_of(content, LAST))[-1] == 'A doctor comes to you.'
    assert said(as_of(content, NEXT))[-1] == 'A nurse comes to you.'
    assert as_of(as_of(content, NEXT), LAST) is not as_of(content, LAST)
    assert said(as_of(as_of(content, NEXT), LAST)) == said(as_of(content, LAST))


def test_content_without_days_is_the_same_on_all(content):
    assert turns(content) == ()
    assert as_of(content, NEXT) is content


@pytest.mark.parametrize(
    ('files', 'gone'),
    [
        (changed('flows/main.yaml', 'Keep warm., source: page', 'Keep warm., source: page, until: 2100-01-31'), 'Keep warm.'),
        (changed('flows/main.yaml', '- call-doctor', '- {step: call-doctor, until: 2100-01-31}'), 'Call the doctor.'),
        (changed('data/steps.yaml', 'Call the doctor.,', 'Call the doctor., until: 2100-01-31,'), 'Call the doctor.'),
        (changed('flows/main.yaml', '{say: Keep warm., source: page}', '{say: Keep warm., source: leaflet}')
         | changed('data/sources.yaml', 'old-page:', LEAFLET + 'old-page:'), 'Keep warm.'),
    ],
    ids=['step', 'use of a step', 'shared step', 'source'],
)  # fmt: skip
def test_what_is_over_is_shown_no_more(files, gone, resolved):
    content = resolved(files)
    assert set(said(as_of(content, LAST))) - set(said(as_of(content, NEXT))) == {gone}


def test_for_a_contact_that_is_over_the_fallback_stands_in(resolved):
    office = changed('data/contacts.yaml', 'hours: Mornings,', 'hours: Mornings, until: 2100-01-31,')
    found = [walk(as_of(resolved(office), day), HURT).result.contacts for day in (LAST, NEXT)]
    assert found == [('helpdesk', 'harbour-office'), ('helpdesk',)]


def test_an_option_that_is_over_is_told_as_gone_to_whoever_brings_it(resolved):
    friend = 'friend: {label: A friend of mine, was: [pal], until: 2100-01-31}'
    content = resolved(changed('flows/main.yaml', 'friend: A friend of mine', friend))
    offered = [list(as_of(content, day).question['who'].option) for day in (LAST, NEXT)]
    assert offered == [['me', 'friend', 'other'], ['me', 'other']]
    for name in ('friend', 'pal'):
        assert read_query(as_of(content, LAST), [('who', name)]).answers == {'who': ('friend',)}
        reading = read_query(as_of(content, NEXT), [('who', name)])
        assert (reading.answers, reading.gone, reading.damaged) == ({}, {'who': (name,)}, False)
    assert as_of(content, NEXT).question['who'].gone['friend'] == 'A friend of mine'


def test_a_running_server_turns_at_midnight_in_its_time_zone(folder, clock):
    clock(BEFORE_MIDNIGHT)
    store = Store(folder(DOCTOR | ZONE))
    before = store.content()
    assert said(before)[-1] == 'A doctor comes to you.'
    assert store.content() is before
    clock(BEFORE_MIDNIGHT + datetime.timedelta(seconds=1))
    assert said(store.content())[-1] == 'A nurse comes to you.'
    assert store.content() is store.content()


def test_a_link_of_the_day_before_is_told_of_the_change_and_a_kept_file_has_the_day(folder, serving, clock):
    clock(BEFORE_MIDNIGHT)
    store = serving(folder(DOCTOR | ZONE | {'data/interface.yaml': 'notice-changed: It has changed\n'}))
    seen = walk(store.content(), HURT).result.fingerprint
    link = f'plain?who=me&happened=hurt&place=harbour&lang=en&seen={seen}'
    client, host = Client(wizard.app), {'Host': 'help.example'}
    assert 'It has changed' not in client.get(f'/{link}', host).text
    clock(BEFORE_MIDNIGHT + datetime.timedelta(seconds=1))
    after = client.get(f'/{link}', host).text
    assert 'It has changed' in after and 'A nurse comes to you.' in after
    kept = client.get(f'/{link}'.replace('plain', 'keep'), host)
    assert '2100-02-01' in kept.headers['content-disposition'] and 'A nurse comes to you.' in kept.text


def test_check_tells_for_thirty_days_what_goes_and_what_comes_in_its_place(folder):
    target = folder(DOCTOR | ZONE)
    days_before = {day: check(target, LAST - datetime.timedelta(days=day)).coming for day in (31, 30, 0, -1)}
    told = {day: [problem.message for problem in problems] for day, problems in days_before.items()}
    ahead = '"A doctor comes to you." is shown until 2100-01-31; then comes "A nurse comes to you."'
    assert told == {31: [], 30: [ahead], 0: [ahead], -1: ['"A doctor comes to you." was shown until 2100-01-31']}


def test_check_tells_which_outcome_loses_its_last_line_and_that_days_need_a_time_zone(folder):
    sentence, dated = 'No helicopter comes for a sprained foot.', '{say: None., until: 2100-01-31}'
    one = changed('flows/main.yaml', sentence, dated)
    assert [problem.message for problem in check(folder(one), LAST).coming] == [
        'days begin at midnight UTC',
        '"None." is shown until 2100-01-31; nothing comes in its place, and `hurt` has no line in `cannot.no-flight` any more',
    ]


def test_a_case_is_checked_as_of_the_day(folder):
    later = changed('flows/ticket.yaml', 'no-money: The price', 'no-money: {from: 2100-02-01, say: The price').copy()
    later['flows/ticket.yaml'] = later['flows/ticket.yaml'].replace('is not paid back.', 'is not paid back.}')
    reports = [check(folder(later), day) for day in (LAST, NEXT)]
    assert ['under revision' in str(report.warnings) for report in reports] == [True, False]


def test_a_source_that_ends_cannot_be_linked(folder):
    hut = changed('flows/hut.yaml', '{step: stay, when: {hut: shut}}', '{step: stay, when: {hut: shut}, link: leaflet}')
    sources = changed('data/sources.yaml', 'old-page:', LEAFLET + 'old-page:')
    (problem,) = check(folder(hut | sources)).errors
    assert problem.message == '`leaflet` has days, and a link to it has none'
