"""Services that leave out what others have: each is proved, drawn without an empty section, and answers every question."""

from __future__ import annotations

import datetime
import re

import pytest
import yaml

import wizard
from guidance.commands import new
from guidance.content.defaults import defaults
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from guidance.screens.trial import trial
from guidance.serving.check import check
from tests.support.asgi import Client
from tests.support.plain import Html
from tests.support.small import built
from tests.support.small import small_content

TODAY = datetime.date(2026, 11, 26)
WORDS = defaults('data/interface.yaml').data


def service(**left_out):
    """The service file of the small content, with some keys as given; None leaves a key out."""
    written = yaml.safe_load(small_content()['data/service.yaml']) | {key.replace('_', '-'): v for key, v in left_out.items()}
    return {'data/service.yaml': yaml.safe_dump({key: value for key, value in written.items() if value is not None})}


NO_CASES = {'data/training.yaml': None, 'data/cases/lost-season-ticket.yaml': None}
SERVICES = {
    'without help contact': service(help=None),
    'without emergency': service(emergency=None),
    'without training': NO_CASES,
    'without any of them': NO_CASES | service(help=None, emergency=None, can_do=None, cannot_do=None, onward=None),
    'without all that may be left out': service(
        can_do=None, cannot_do=None, disclaimer=None, privacy=None, report=None, source_page=None, help=None
    ),
}


@pytest.fixture(params=SERVICES)
def left_out(request, tmp_path):
    """A content folder that lacks something."""
    return built(tmp_path / 'content', SERVICES[request.param])


def pages(target, serving):
    """The plain pages of a content: the start, and the result of each way through it that a first or last option begins."""
    content = serving(target).content()
    client = Client(wizard.app)
    for at in (0, -1):
        given = {}
        while question := walk(content, given).next:
            given[question.id] = (question.options[at].id,)
        yield client.get('/plain' + query_string(parameters(content, given, 'en')), {'Host': 'help.example'}).text
    yield client.get('/plain?lang=en', {'Host': 'help.example'}).text


def test_a_service_that_leaves_something_out_is_proved_and_drawn(left_out, serving):
    report = check(left_out, TODAY)
    assert (report.errors, report.warnings) == ((), ())
    assert list(trial(report.contents)) == []
    for page in pages(left_out, serving):
        Html(page)  # every element is closed
        assert '{help}' not in page and 'None' not in page


def test_without_emergency_numbers_no_page_has_the_colour_of_alarm(tmp_path, serving):
    for page in pages(built(tmp_path / 'content', SERVICES['without emergency']), serving):
        assert 'g-strip-calm' in page and 'class="g-strip"' not in page


def test_no_section_is_empty_and_no_link_leads_to_one_that_is_not_there(tmp_path, serving):
    target = tmp_path / 'new'
    assert new.run(target, TODAY) == 0
    has, lost, start = pages(target, serving)
    assert WORDS['do-now'] in lost
    for page in (lost, has, start):
        for key in ('can', 'cannot', 'contacts', 'onward', 'contact-now', 'emergency', 'start-can', 'source-page'):
            assert f'>{WORDS[key]}<' not in page and f'"{WORDS[key]}"' not in page, key
        assert re.findall('href="#([^"]*)', page) == ['main'] and 'g-strip"' not in page
    assert WORDS['privacy'][:20] in start


def test_the_smallest_service_is_good_and_short(tmp_path, capsys):
    target = tmp_path / 'new'
    assert new.run(target, TODAY) == 0
    report = check(target, TODAY)
    assert (report.errors, report.warnings, report.overdue) == ((), (), ())
    lines = [line for path in target.rglob('*.yaml') for line in path.read_text().splitlines()]
    assert 20 < len(lines) <= 40
    assert f'--content {target} check' in capsys.readouterr().out


def test_without_training_there_is_no_page_for_it(tmp_path, serving):
    serving(built(tmp_path / 'content', NO_CASES))
    answer = Client(wizard.app).get('/training?lang=en', {'Host': 'help.example'})
    assert (answer.status_code, answer.headers['cache-control']) == (404, 'private, no-store')
    assert WORDS['not-found-title'] in answer.text and 'href="./"' in answer.text


def test_nothing_is_written_into_a_folder_that_has_something_in_it(tmp_path):
    (tmp_path / 'mine').write_text('my work')
    assert new.run(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ['mine']


def test_a_text_with_the_number_of_a_help_contact_is_refused_where_there_is_none(report_of):
    words = {'data/interface.yaml': 'fault: Call {help}.\n'}
    assert report_of(words) == ''
    assert report_of(words | service(help=None)).startswith('data/interface.yaml:1:13: `{help}` is not filled in here')


def test_an_outcome_leaves_the_help_contact_out(resolved, small_flow):
    content = resolved({'flows/hut.yaml': small_flow.replace('urgency: other\n', 'urgency: other\n    help: false\n')})
    hut = {'who': ('me',), 'happened': ('hut',), 'hut': ('open',)}
    assert walk(content, hut).result.contacts == ()
    both = hut | {'happened': ('ticket', 'hut'), 'ticket-kind': ('day',), 'place': ('beach',)}
    assert walk(content, both).result.contacts == ('helpdesk',)


@pytest.fixture
def small_flow():
    """The flow of the hut."""
    return small_content()['flows/hut.yaml']


def test_a_limitation_may_hold_for_all_or_only_where_it_is_named(resolved, report_of):
    entry = 'no-{}: {{title: No {}, say: No {}., source: page, general: {}}}\n'
    limits = small_content()['data/limitations.yaml']
    more = limits + entry.format('boat', 'boat', 'boat', 'true')
    assert report_of({'data/limitations.yaml': more}) == ''
    assert 'nothing uses the limitation `no-boat`' in report_of({'data/limitations.yaml': more.replace('true', 'false')})
    some = more.replace('Nobody is flown home., source: page', 'Nobody is flown home., source: page, general: false')
    found = walk(resolved({'data/limitations.yaml': some}), {'who': ('me',), 'happened': ('nothing',)}).result
    assert [item.id for item in found.other_limits] == ['no-money', 'no-boat']
