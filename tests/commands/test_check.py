"""The command line: what it prints and how it ends."""

import datetime
import json
import subprocess
import sys

import pytest

from guidance import __main__ as program
from guidance.commands import check as check_command
from guidance.content.problem import ContentError
from guidance.proof import count
from guidance.serving.check import check
from guidance.serving.check import checked
from guidance.serving.check import in_digits
from tests.support.paths import ROOT

GOOD = """\
The content is consistent.
  flows: 3
  questions: 5
  outcomes: 5
  possible answer paths: 264 (2 to 5 questions each)
  assistance reached: 3 of 3
  limitations reached: 2 of 2
  cases: 1
  sources: 3
  confirmed by the owner: 0 of 5 outcomes, 0 of 3 sources
  next review due: 2027-02-22
  codes: 4 signs with one situation, 4 signs with two, 4 at most, number 1 of the ledger (not recorded)
  places without office: beach, hill (`helpdesk` stands in)

Answer paths to each outcome, of 264:
  216  ticket
  174  hut
  144  hurt
    3  nobody-knows
    3  rest
"""
TODAY = ['--today', '2026-11-22']


@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = program.main([str(argument) for argument in arguments])
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def revised(folder):
    """Content that is good but for a case that walks in another way."""
    case = (folder() / 'data/cases/lost-season-ticket.yaml').read_text()
    return folder({'data/cases/lost-season-ticket.yaml': case.replace('offer: [new-ticket]', 'offer: [doctor]', 1)})


@pytest.fixture
def wrong(folder):
    return folder({'data/steps.yaml': 'stay: no\n'})


def test_what_it_prints_on_success(run, folder):
    assert run('check', '--content', folder(), *TODAY) == (0, GOOD)


def test_content_can_be_named_before_and_after_the_command(run, folder, monkeypatch):
    target = folder()
    assert run('--content', target, 'check', *TODAY) == run('check', '--content', target, *TODAY) == (0, GOOD)
    monkeypatch.setenv('GUIDANCE_CONTENT', str(target))
    assert run('check', *TODAY) == (0, GOOD)


def test_mistakes_end_with_one(run, wrong):
    code, out = run('check', '--content', wrong)
    assert code == 1
    assert out == (
        'data/steps.yaml:1:7: `no` without quotes is read as true or false by YAML\n'
        '    stay: no\n'
        '          ^\n'
        '  expected: a map (key: value)\n\n'
        'Answer paths are counted once all files can be read and every reference leads somewhere.\n\n'
        '1 problem: this content cannot be served\n'
    )


def test_paths_are_counted_of_a_content_with_a_gap_too(run, folder):
    main = (folder() / 'flows/main.yaml').read_text()
    code, out = run('check', '--content', folder({'flows/main.yaml': main.replace('{happened: nothing}', '{who: me}')}))
    assert code == 1
    *_, paths, ending = out.split('\n\n')
    assert paths == GOOD.rpartition('\n\n')[2].rstrip()
    assert ending == '2 problems: this content cannot be served\n'


def test_paths_are_counted_of_a_half_written_flow(run, folder):
    steps = (folder() / 'data/steps.yaml').read_text()
    out = run('check', '--content', folder({'data/steps.yaml': steps + 'wait: {say: Wait., source: page}\n'}))[1]
    problem, paths, _ = out.split('\n\n')
    assert 'nothing uses the step `wait`' in problem
    assert paths == GOOD.rpartition('\n\n')[2].rstrip()


def test_what_is_too_much_to_count_is_said(run, folder, monkeypatch):
    monkeypatch.setattr(count, 'LIMIT', 5)
    *_, proved, paths = run('check', '--content', folder())[1].split('\n\n')
    assert '  possible answer paths: not counted (too many situations)\n' in proved
    assert paths == 'Answer paths are not counted: too many situations.\n'


def test_of_many_outcomes_the_first_hundred_are_printed(run, folder, monkeypatch):
    monkeypatch.setattr(check_command, 'MOST', 3)
    out = run('check', '--content', folder(), *TODAY)[1]
    assert out == GOOD.replace('    3  nobody-knows\n    3  rest\n', '  and 2 more outcomes\n')


def test_a_number_of_any_length_has_all_its_digits():
    assert in_digits(10**6000 + 1) == '1' + ',000' * 1999 + ',001'
    assert in_digits(0) == '0'


def test_a_case_under_revision_warns_and_fails_only_when_strict(run, revised):
    code, out = run('check', '--content', revised, *TODAY)
    assert code == 0
    assert out.count('warning: this case is under revision: ') == 2
    assert 'The content is consistent, 2 warnings.\n' in out
    assert run('check', '--strict', '--content', revised, *TODAY) == (1, out)


def test_overdue_reviews_never_fail(run, folder):
    code, out = run('check', '--strict', '--today', '2030-01-01', '--content', folder())
    assert code == 0
    assert out.startswith(
        'data/sources.yaml:9:14: warning: `page` was to be looked up again by 2027-05-22\n'
        '    review-by: 2027-05-22\n'
        '               ^\n'
        '  expected: a new look-up\n\n'
    )
    assert 'The content is consistent, 3 warnings.\n' in out


def test_overdue_begins_on_the_day_after(folder):
    target = folder()
    assert check(target, datetime.date(2027, 2, 22)).overdue == ()
    assert len(check(target, datetime.date(2027, 2, 23)).overdue) == 1


def test_the_report_as_json(run, wrong, folder):
    code, out = run('check', '--json', '--content', wrong)
    assert (code, json.loads(out)) == (
        1,
        {
            'errors': [
                {
                    'file': 'data/steps.yaml',
                    'line': 1,
                    'column': 7,
                    'message': '`no` without quotes is read as true or false by YAML',
                    'expected': 'a map (key: value)',
                }
            ],
            'warnings': [],
            'overdue': [],
            'coming': [],
            'total': {'errors': 1, 'warnings': 0, 'overdue': 0, 'coming': 0},
            'proved': None,
            'paths': None,
        },
    )
    code, out = run('check', '--json', '--content', folder(), *TODAY)
    assert code == 0
    assert json.loads(out)['proved']['questions'] == '5'
    assert json.loads(out)['paths'] == {'ticket': '216', 'hut': '174', 'hurt': '144', 'nobody-knows': '3', 'rest': '3'}


@pytest.mark.parametrize('arguments', [[], ['chekc'], ['check', '--today', 'soon'], ['check', '--quick']])
def test_a_wrong_command_line_ends_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        program.main(arguments)
    assert ended.value.code == 2
    assert 'usage: ' in capsys.readouterr().err


def test_the_earlier_name_of_a_command_goes_on_working_and_is_told_once(folder, capsys):
    target = folder()
    codes = [program.main([name, '--content', str(target), 'No name']) for name in ('case', 'scenario')]
    told = capsys.readouterr()
    assert codes == [2, 2] and told.err == '`scenario` is called `case` now\n'
    assert told.out == '`No name` cannot be the name of a new case: small letters, digits, - and _\n' * 2
    for name in ('ledger', 'edition'):
        assert program.main([name, '--record', '--content', str(target), *TODAY]) == 0
    told = capsys.readouterr()
    assert told.err == '`edition` is called `ledger` now\n'
    assert told.out == 'data/ledger/1.json is new: number 1 of the ledger\nnumber 1 of the ledger, recorded\n'


def test_format_prints_every_key_of_the_format(run):
    code, out = run('format')
    assert code == 0
    for key in ('options-from', 'whom-to-ask', 'no-assistance', 'on-request-of', 'confirmed-by-owner', 'must-not-offer'):
        assert f'| `{key}` |' in out


def test_checked_gives_the_content_or_every_problem(folder, wrong):
    with pytest.raises(ContentError) as raised:
        checked(wrong)
    assert [problem.message for problem in raised.value.problems] == ['`no` without quotes is read as true or false by YAML']
    assert len(checked(folder()).questions) == 5


def test_a_content_without_a_case_for_training_is_told(folder):
    report = check(folder({'data/cases/lost-season-ticket.yaml': None}))
    assert [str(problem).splitlines()[0] for problem in report.warnings] == [
        'data/cases:1:1: warning: there is no case for training'
    ]


def test_the_version_follows_every_file_of_the_content(folder):
    steps = (folder() / 'data/steps.yaml').read_text()
    first = checked(folder()).version
    assert checked(folder()).version == first
    assert checked(folder({'data/steps.yaml': steps + '# a remark\n'})).version != first


@pytest.mark.server
def test_who_reads_no_more_meets_no_traceback():
    """As with `head`, which ends as soon as it has its lines."""
    done = subprocess.run(['sh', '-c', f'{sys.executable} -m guidance format | true'], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ''
