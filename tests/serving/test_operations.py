"""What whoever runs the wizard relies on: a clear start, a status, versions."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys

import pytest

import wizard
from guidance import __main__ as program
from guidance.serving.check import check
from tests.support.asgi import Client
from tests.support.paths import ROOT
from tests.support.paths import SMALL
from tests.support.shipped import SHIPPED
from tests.support.waiting import DEADLINE

CONTENT = SHIPPED.contents['en']
HOST = {'Host': 'localhost'}


def status():
    return Client(wizard.app).get('/status', HOST)


def test_the_status_names_the_content_that_is_served():
    answer = status()
    assert (answer.status_code, answer.text) == (200, f'ok, content {CONTENT.version}\n')


def test_a_newer_content_that_is_refused_is_told_there_and_the_wizard_goes_on(folder, serving, monkeypatch):
    monkeypatch.setenv('GUIDANCE_DESK', 'on')
    target = folder()
    store = serving(target)
    (target / 'flows/hut.yaml').write_text('title: no\n')
    store.follow()
    store.follow()
    text = Client(wizard.app).get('/status', HOST).text
    assert text.startswith(f'ok, content {store.content().version}\n') and 'flows/hut.yaml:1:8' in text


def told(service, folder, serving):
    """What security.txt says with this more in `data/service.yaml`."""
    serving(folder({'data/service.yaml': (SMALL / 'data/service.yaml').read_text() + service}))
    return Client(wizard.app, peer='192.0.2.1').get('/.well-known/security.txt')


def test_where_to_report_a_weakness_is_told_if_the_content_says_it(folder, serving):
    answer = told('security: {contact: "mailto:safe@island.example", expires: 2027-06-30}\n', folder, serving)
    assert (answer.status_code, answer.headers['content-type']) == (200, 'text/plain; charset=utf-8')
    languages = answer.text.splitlines()[2].removeprefix('Preferred-Languages: ').split(', ')
    assert answer.text.splitlines()[:2] == ['Contact: mailto:safe@island.example', 'Expires: 2027-06-30T23:59:59Z']
    assert languages and all(re.fullmatch('[A-Za-z-]+', each) for each in languages)


def test_without_it_there_is_no_such_file(folder, serving):
    assert told('', folder, serving).status_code == 404
    assert SHIPPED.content.service.security is None  # nobody has given an address for it yet


def test_a_contact_for_weaknesses_that_is_over_is_told_by_a_check_and_stops_nothing(folder):
    service = (SMALL / 'data/service.yaml').read_text() + 'security: {contact: "https://island.example/", expires: 2027-06-30}\n'
    target = folder({'data/service.yaml': service})
    said = 'the contact for weaknesses held until 2027-06-30'
    in_time, late = check(target, datetime.date(2027, 6, 30)), check(target, datetime.date(2027, 7, 1))
    assert said not in str(in_time.overdue) and said in str(late.overdue)
    assert late.content is not None and not late.warnings


@pytest.mark.parametrize('contact', ['safe@island.example', 'http://island.example', 'mailto:a b', '"mailto:a\\nExpires: x"'])
def test_a_contact_that_is_none_is_refused(folder, contact):
    service = (SMALL / 'data/service.yaml').read_text() + f'security: {{contact: {contact}, expires: 2027-06-30}}\n'
    assert check(folder({'data/service.yaml': service})).errors


def run(*arguments, **environment):
    """Run the program until it ends; a server that should not have started would go on."""
    how = {'cwd': ROOT, 'capture_output': True, 'text': True, 'env': environment or None, 'timeout': DEADLINE}
    return subprocess.run([sys.executable, *arguments], **how)


def test_the_versions_of_program_and_content_are_one_line(capsys):
    assert program.main(['--version']) == 0
    assert re.fullmatch(rf'guidance \d+\.\d+\.\d+, content {CONTENT.version}\n', capsys.readouterr().out)


UVICORN = ('-m', 'uvicorn', 'wizard:app', '--port', '0')
STREAMLIT = ('-m', 'streamlit', 'run', 'wizard.py', '--server.port', '0', '--server.headless', 'true')


@pytest.mark.server
def test_a_proxy_that_is_no_address_is_a_clear_failure_at_the_start():
    done = run(*STREAMLIT, GUIDANCE_PROXY='proxy.example')
    assert done.returncode == 1 and 'Traceback' not in done.stderr
    assert "GUIDANCE_PROXY: 'proxy.example' does not appear to be an IPv4 or IPv6 network; give addresses" in done.stderr


@pytest.mark.server
def test_broken_content_is_a_clear_failure_at_the_start(folder):
    target = folder({'flows/hut.yaml': 'title: no\n'})
    done = run(*UVICORN, GUIDANCE_CONTENT=str(target))
    assert done.returncode == 1 and 'Traceback' not in done.stderr
    assert 'flows/hut.yaml:1:8: `no` without quotes' in done.stderr
    assert done.stderr.rstrip().endswith('The wizard does not start: its content has 1 problem(s).')


IMPORTED = """
import sys
import threading

seen = []
sys.addaudithook(lambda event, given: event in ('open', 'os.listdir', 'os.scandir') and seen.append(str(given[0])))


def done():
    read = any(path.startswith(sys.argv[1]) for path in seen)
    return f'content was {"read" if read else "left alone"}, threads: {", ".join(each.name for each in threading.enumerate())}'


import wizard
from guidance import __main__ as program
from guidance.screens.routes import start

print(done())
start()
print(done())
"""


@pytest.mark.server
def test_to_import_the_program_starts_nothing(folder):
    target = str(folder())
    done = run('-c', IMPORTED, target, GUIDANCE_CONTENT=target)
    assert done.stdout.splitlines() == [
        'content was left alone, threads: MainThread',
        'content was read, threads: MainThread, content',
    ], done.stderr
