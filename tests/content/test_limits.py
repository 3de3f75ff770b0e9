"""What no person wrote: a check of it ends in bounded time and memory, its report at a hundred problems."""

from __future__ import annotations

import json
import subprocess
import sys
from unittest import TestCase

import pytest

import wizard
from guidance import __main__ as program
from guidance.content.problem import MOST
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import closest
from guidance.content.problem import counted
from guidance.content.problem import listing
from guidance.serving.check import check
from guidance.serving.store import Store
from tests.support.asgi import Client
from tests.support.paths import ROOT
from tests.support.sampling import sampled
from tests.support.stores import look

STEPS = 'data/steps.yaml'
HUGE = 3_900_000  # bytes, a little less than a file may have
TOO_MANY = 'this file has too many values'
MANY = {
    'aliases on one line': ('a: &a b\nc: [', '*a, ', 24_000, 'an alias (`*name`) repeats another part of the file'),
    'wrong keys': ('stay: {say: A, source: page}\n', 'Wrong: no\n', 20_000, 'the key `Wrong` stands here twice'),
    'wrong keys in a huge file': ('', 'Wrong: no\n', HUGE // 10, TOO_MANY),
    'marks of a merge': ('', '<<<<<<<\n', HUGE // 8, '`<<<<<<<` was left here by a merge of two versions'),
    'unseen characters': ('a: x', '\u200b', HUGE // 3, 'U+200B ZERO WIDTH SPACE stands here, unseen'),
    'many values on one line': ('a: [', 'x' * 38 + ', ', 60_000, 'this is a list'),
    'an endless text': ('a: ', 'text ', HUGE // 5, 'this is text'),
    'a text without an end': ('a: "', 'text\n', HUGE // 5, 'this is not YAML: found unexpected end of stream'),
}


@pytest.mark.parametrize('kind', sampled(MANY, 3))
def test_a_file_that_nobody_wrote_is_refused_in_bounded_time(kind, folder, quick):
    begin, again, times, first = MANY[kind]
    target = folder({STEPS: begin + again * times + (']\n' if '[' in begin else '')})
    with quick(2):
        report = check(target)
        told = '\n'.join(listing(report.errors))
    assert len(report.errors) <= 2 * MOST + 1 and len(told) < 100_000
    assert first in {problem.message for problem in report.errors}
    if kind in ('aliases on one line', 'wrong keys'):
        assert counted(report.errors) >= times and told.endswith(' more')


@pytest.mark.server
def test_it_takes_bounded_memory(folder):
    target = folder({STEPS: ''.join(f'Wrong-{n}: {{no: no}}\n' for n in range(20_000))})
    script = 'import resource, sys\nfrom pathlib import Path\nfrom guidance.serving.check import check\n' + (
        'peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024**2)\n'
        'before = peak()\nassert check(Path(sys.argv[1])).errors\nprint(peak() - before)'
    )
    done = subprocess.run([sys.executable, '-c', script, str(target)], cwd=ROOT, capture_output=True, text=True)
    assert int(done.stdout) < 200, done.stderr  # MB


def test_all_problems_of_a_file_that_a_person_wrote_are_told(folder):
    report = check(folder({STEPS: ''.join(f'Step-{n}: no\n' for n in range(40))}))
    assert counted(report.errors) == len(report.errors) == 40


def test_references_to_nothing_in_a_large_content_end_soon(folder, quick, thorough):
    many = 1_500 if thorough else 300
    lines = ''.join(f'  question-{n}: {{when: {{qestion-{n}x: a}}, ask: A, options: {{a: A}}}}\n' for n in range(many))
    with quick(many / 300):
        report = check(folder({'flows/hut.yaml': 'title: Many\nquestions:\n' + lines}))
    assert counted(report.errors) >= many
    assert report.errors[0].message == 'there is no question `qestion-0x` (did you mean `question-0`?)'


def test_the_closest_of_many_names_is_the_closest(quick):
    names = [
        f'{first}-{second}-{n}' for first in ('report', 'tell', 'ask') for second in ('police', 'family') for n in range(1_500)
    ]
    with quick(3):
        for n in range(0, 1_500, 150):
            assert closest(f'report-plice-{n}', names) == f'report-police-{n}'
            assert closest(f'tell-fmaily-{n}', names) == f'tell-family-{n}'
    assert closest('x' * 4_000_000, names) is None


def test_a_message_quotes_no_more_than_can_be_read():
    problem = Problem(Place.quoting('x.yaml', 1, 500_000, 'y' * 1_000_000), '`' + 'z' * 1_000_000, 'w' * 1_000_000)
    assert len(str(problem)) < 2_500
    assert len(repr(problem)) < 2_500


def test_a_report_ends_at_a_hundred_problems_and_says_how_many_more(folder, capsys, serving, monkeypatch):
    target = folder()
    store = serving(target)
    text = (target / STEPS).read_text() + ''.join(f'Step-{n}: no\n' for n in range(500))
    (target / STEPS).write_text(text)
    assert program.main(['check', '--content', str(target)]) == 1
    *problems, last, _, ending = capsys.readouterr().out.strip().split('\n\n')
    assert (len(problems), last) == (100, 'and 400 more')
    assert ending == '500 problems: this content cannot be served'
    assert program.main(['check', '--json', '--content', str(target)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert len(told['errors']) == 100 and told['total'] == {'errors': 500, 'warnings': 0, 'overdue': 0, 'coming': 0}
    with TestCase().assertLogs(level='ERROR') as log:
        look(store)
    monkeypatch.setenv('GUIDANCE_DESK', 'on')
    status = Client(wizard.app).get('/status', {'Host': 'help.example'}).text
    for said in (log.output[0], status):
        assert len(said) < 30_000 and 'and 400 more' in said
    with pytest.raises(ContentError) as refused:
        Store(target)
    assert len(str(refused.value)) < 30_000


def test_warnings_end_at_a_hundred_too(capsys, monkeypatch, folder):
    many = tuple(Problem(Place('x.yaml', n), 'x', severity='warning') for n in range(300))
    report = check(folder())
    monkeypatch.setattr('guidance.commands.check.check', lambda *_: type(report)(report.contents, (), many, ()))
    assert program.main(['check', '--content', 'x']) == 0
    out = capsys.readouterr().out
    assert out.count(': warning: x') == 100 and 'and 200 more\n\nThe content is consistent, 300 warnings.' in out
