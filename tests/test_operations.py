"""What whoever runs the wizard relies on: a clear start, a status, versions, counters that count nothing by default."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from conftest import ROOT
from shipped import SHIPPED
from test_shell import Client

import wizard
from guidance import counters
from guidance import link
from guidance.scenario import expected
from guidance.walk import walk

CONTENT = SHIPPED.contents['en']
HOST = {'Host': 'help.example'}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(counters, '_reached', counters.Counter())


def status():
    return Client(wizard.app).get('/status', HOST)


def answered(name):
    """The last form of a case in the plain edition, which leads to the result."""
    answers = expected(CONTENT, CONTENT.scenarios[name])
    last = list(walk(CONTENT, answers).answered)[-1]
    return f'/plain{link.address(link.parameters(CONTENT, answers, "en"))}&asked={last}'


def test_the_status_names_the_content_that_is_served():
    answer = status()
    assert (answer.status_code, answer.text) == (200, f'ok, content {CONTENT.version}\n')


def test_a_newer_content_that_is_refused_is_told_there_and_the_wizard_goes_on(folder, serving):
    target = folder()
    store = serving(target)
    (target / 'flows/hut.yaml').write_text('title: no\n')
    store.follow()
    store.follow()
    text = Client(wizard.app).get('/status', HOST).text
    assert text.startswith(f'ok, content {store.content().version}\n') and 'flows/hut.yaml:1:8' in text


def test_nothing_is_counted_by_default():
    Client(wizard.app).get(answered('s06'), HOST)
    assert counters.counted() == {}
    assert status().text.count('\n') == 1


def test_where_it_is_asked_for_outcomes_are_counted_and_nothing_else_is_kept(monkeypatch):
    monkeypatch.setenv('GUIDANCE_COUNT', 'on')
    client = Client(wizard.app)
    for _ in range(2):
        client.get(answered('s06'), HOST)
    client.get(answered('s02'), HOST)
    client.get('/plain' + link.address(link.parameters(CONTENT, expected(CONTENT, CONTENT.scenarios['s06']), 'en')), HOST)
    assert counters.counted() == {'custody-criminal': 2, 'no-money': 1, 'papers-gone': 1}  # a page that is opened is not counted
    assert status().text == f'ok, content {CONTENT.version}\n\ncustody-criminal 2\nno-money 1\npapers-gone 1\n'


def run(*arguments, **environment):
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, env=environment or None)


def test_the_versions_of_program_and_content_are_one_line():
    assert re.fullmatch(rf'guidance \d+\.\d+\.\d+, content {CONTENT.version}\n', run('-m', 'guidance', '--version').stdout)


def test_broken_content_is_a_clear_failure_at_the_start(folder):
    target = folder({'flows/hut.yaml': 'title: no\n'})
    done = run('-c', 'import wizard', GUIDANCE_CONTENT=str(target))
    assert done.returncode == 1 and 'Traceback' not in done.stderr
    assert 'flows/hut.yaml:1:8: `no` without quotes' in done.stderr
    assert done.stderr.rstrip().endswith('The wizard does not start: its content has 1 problem(s).')
