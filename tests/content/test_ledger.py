"""The ledger of editions: written by a command, read with the content, and refused where it cannot be right."""

import datetime
import json
from dataclasses import replace

import pytest

from guidance.__main__ import main
from guidance.content.edition import Edition
from guidance.content.edition import read_edition
from guidance.content.edition import written_edition
from guidance.content.ledger import changed_since
from guidance.content.ledger import edition_of
from guidance.content.ledger import forgotten
from guidance.content.ledger import questions_of
from guidance.content.ledger import read_ledger
from guidance.content.ledger import record
from guidance.content.load import state
from guidance.content.load import version
from guidance.serving.check import check
from guidance.serving.last_good import save
from guidance.serving.last_good import unpacked
from tests.support.links import files_of
from tests.support.paths import ROOT
from tests.support.shipped import SHIPPED
from tests.support.small import built

DAY = datetime.date(2026, 11, 26)
FIRST = 'data/ledger/1.json'


def ledger_file(content, number=1, day=DAY, questions=None):
    return written_edition(Edition(number, day, questions_of(content) if questions is None else questions))


@pytest.mark.parametrize('name', ['.', 'examples/trick', 'examples/sorting'])
def test_an_edition_is_written_so_that_it_is_read_again(name):
    content = SHIPPED.content if name == '.' else check(ROOT / name).content
    edition = Edition(3, DAY, questions_of(content))
    assert read_edition(written_edition(edition)) == edition
    assert len(written_edition(edition)) < 20_000


def test_the_shipped_ledger_is_read():
    assert SHIPPED.content.ledger == read_ledger(ROOT)[0] and SHIPPED.content.ledger
    assert all(each.ledger == SHIPPED.content.ledger for each in SHIPPED.contents.values())


def test_the_first_edition_needs_no_ledger(folder):
    report = check(folder())
    assert report.content.ledger == () and edition_of(report.content) == 1
    assert not report.warnings and 'number 1 of the ledger (not recorded)' in report.proved['codes']


def test_a_recorded_edition_is_the_contents_until_its_questions_change(folder):
    target = folder(files_of('old'))
    assert record(target, check(target).content, DAY) == target / FIRST
    report = check(target)
    assert edition_of(report.content) == 1 and not report.warnings
    assert 'number 1 of the ledger (recorded)' in report.proved['codes']
    assert record(target, report.content, DAY) is None

    words = (target / FIRST).read_text()
    only_words = check(folder({**files_of('text-changed'), FIRST: words}))
    assert edition_of(only_words.content) == 1 and not only_words.warnings

    changed = check(folder({**files_of('renamed'), FIRST: words}))
    (warning,) = changed.warnings
    assert (
        str(warning.place) == 'data/ledger/1.json:1:1'
        and 'number 1 of the ledger' in warning.message
        and '`ticket-' in warning.message
    )
    assert edition_of(changed.content) == 2 and 'number 2 of the ledger (not recorded)' in changed.proved['codes']
    assert record(target, changed.content, DAY) == target / 'data/ledger/2.json'


def test_a_change_of_the_order_only_is_told(content):
    turned = tuple(reversed(questions_of(content)[:1])) + questions_of(content)[1:]
    assert changed_since(replace(content, ledger=(Edition(1, DAY, turned),))) is None
    other = (*questions_of(content)[1:2], *questions_of(content)[:1], *questions_of(content)[2:])
    assert 'their order' in changed_since(replace(content, ledger=(Edition(1, DAY, other),))).message


def test_names_of_an_edition_that_nothing_has_any_more_are_told(folder):
    old = check(folder(files_of('old'))).content
    for name in ('renamed', 'moved', 'option-gone', 'question-gone', 'situation-gone'):
        content = replace(check(folder(files_of(name))).content, ledger=(Edition(1, DAY, questions_of(old)),))
        assert list(forgotten(content)) == [], name
        without = replace(content, gone={}, questions=tuple(replace(each, was=(), gone={}) for each in content.questions))
        lost = [f'{problem.place.line} {problem.message}' for problem in forgotten(without)]
        assert (
            lost
            == {
                'renamed': ['4 the question `ticket-kind` was asked in number 1 of the ledger, and nothing has this name now'],
                'moved': [],
                'option-gone': [
                    '4 the option `season` of `ticket-kind` was asked in number 1 of the ledger, and nothing has this name now'
                ],
                'question-gone': ['5 the question `hut` was asked in number 1 of the ledger, and nothing has this name now'],
                'situation-gone': [
                    '3 the option `hut` of `happened` was asked in number 1 of the ledger, and nothing has this name now',
                    '5 the question `hut` was asked in number 1 of the ledger, and nothing has this name now',
                ],
            }[name]
        )


@pytest.mark.parametrize(
    ('change', 'place', 'message'),
    [
        (lambda text: text[:-40], '1.json:', 'this is no JSON'),
        (lambda text: '[]', '1.json:1:1', 'this is no edition'),
        (lambda text: '{}', '1.json:1:1', 'this is no edition'),
        (lambda text: '"x"', '1.json:1:1', 'this is no edition'),
        (lambda text: '[' * 100_000, '1.json:1:1', 'this is no edition'),
        (lambda text: text.replace('"edition": 1', '"edition": true'), '1.json:1:1', '1 or more'),
        (lambda text: text.replace('"edition": 1', '"edition": 2'), '1.json:1:1', 'the name of its file says 1'),
        (lambda text: text.replace('2026-11-26', '2026-13-26'), '1.json:1:1', ''),
        (lambda text: text.replace('"friend"', '"stranger"'), '1.json:1:1', 'was changed after it was recorded'),
        (lambda text: text.replace('"id": "place"', '"id": "who"'), '1.json:1:1', 'stands there twice'),
        (lambda text: text.replace('["is", "happened"', '["is", "place"', 1), '1.json:1:1', 'does not stand before it'),
        (lambda text: text.replace('["is", "happened"', '["has", "happened"', 1), '1.json:1:1', 'begins no condition'),
        (lambda text: text.replace('["is", "happened"', '["is", 7', 1), '1.json:1:1', 'is no id'),
    ],
)
def test_a_ledger_that_is_not_as_it_was_written_is_refused(folder, content, change, place, message):
    text = ledger_file(content)
    assert change(text) != text
    (problem,) = check(folder({FIRST: change(text)})).errors
    assert f'data/ledger/{place}' in str(problem) and message in problem.message and problem.expected


def test_what_the_editions_say_together_is_checked(folder, content):
    other = questions_of(content)[:-1]
    files = {
        FIRST: ledger_file(content),
        'data/ledger/2.json': ledger_file(content, 2),
        'data/ledger/4.json': ledger_file(content, 4, DAY - datetime.timedelta(1), other),
        'data/ledger/one.json': '',
    }
    told = [f'{problem.place.file} {problem.message}' for problem in check(folder(files)).errors]
    assert told == ['data/ledger/one.json nothing reads this file']
    told = [f'{problem.place.file} {problem.message}' for problem in check(folder(files | {'data/ledger/one.json': None})).errors]
    assert told == [
        'data/ledger/2.json this edition is the same as edition 1',
        'data/ledger/3.json this edition is missing: its codes could not be opened',
        'data/ledger/4.json this edition is older than edition 2',
    ]


def test_the_ledger_is_part_of_the_content(folder, content, tmp_path):
    target = folder()
    before = (state(target), version(target))
    record(target, check(target).content, DAY)
    assert state(target) != before[0] and version(target) != before[1]
    save(target, tmp_path / 'copy.zip', version(target))
    with unpacked(tmp_path / 'copy.zip') as again:
        assert len(check(again).content.ledger) == 1


def test_the_command_tells_the_number_and_records_it_once(tmp_path, capsys):
    target = built(tmp_path / 'content')
    for options, told in [
        ([], 'number 1 of the ledger, not recorded yet'),
        (['--record'], f'{FIRST} is new: number 1 of the ledger'),
        (['--record'], 'number 1 of the ledger, recorded'),
    ]:
        assert main(['--today', '2026-11-26', 'ledger', '--content', str(target), *options]) == 0
        assert capsys.readouterr().out.strip() == told
    assert json.loads((target / FIRST).read_text())['recorded'] == '2026-11-26'
    (target / 'flows/main.yaml').write_text('')
    assert main(['ledger', '--content', str(target), '--record']) == 1
    assert 'Nothing was recorded' in capsys.readouterr().err
