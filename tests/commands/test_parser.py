"""The command line: `--content` names the folder of any command, before it or behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance import __main__ as program
from guidance.commands.parser import OF_FOLDERS
from guidance.commands.parser import WITHOUT_CONTENT
from guidance.commands.parser import parsed
from tests.support.publications import published

REASON = ['--by', 'Ann', '--why', 'Why']
NEEDED = {
    'book': ['book.html'],
    'case': ['s15'],
    'confirm': ['outcome:hut', '--by', 'Ann'],
    'counts': ['counts'],
    'diff': ['old', 'new'],
    'map': ['map.svg'],
    'publish': ['live', *REASON],
    'rollback': REASON,
}
COMMANDS = sorted(program._COMMANDS)


@pytest.mark.parametrize('name', [name for name in COMMANDS if name not in WITHOUT_CONTENT])
def test_a_folder_is_named_before_and_behind_every_command(name):
    more = NEEDED.get(name, [])
    forms = [['--content', 'island', name, *more], [name, '--content', 'island', *more], [name, *more, '--content=island']]
    forms += [[name, 'island', *more]] if name in OF_FOLDERS else []
    given = [parsed(form, {}) for form in forms]
    assert given[0].content == Path('island') and all(each == given[0] for each in given)


@pytest.mark.parametrize('name', OF_FOLDERS)
def test_a_folder_that_is_named_twice_or_never_is_told(name, capsys):
    more = NEEDED.get(name, [])
    for twice in ['--content', 'island', name, 'other', *more], [name, '--cont', 'island', 'other', *more]:
        with pytest.raises(SystemExit, match='2'):
            parsed(twice, {})
        told = "argument EDITION: invalid int value: 'other'" if name == 'rollback' else '(--content names the folder already)'
        assert capsys.readouterr().err.endswith(f'{told}\n')
    with pytest.raises(SystemExit, match='2'):
        parsed([name, *more], {})
    assert 'the following arguments are required' in capsys.readouterr().err


@pytest.mark.parametrize('more', [[], ['--content', 'island']])
@pytest.mark.parametrize('name', OF_FOLDERS)
def test_a_mistyped_option_is_told_as_it_was_typed(name, more, capsys):
    folder = [] if more else ['island']
    with pytest.raises(SystemExit, match='2'):
        parsed([name, *folder, *NEEDED.get(name, []), *more, '--urgnt'], {})
    assert capsys.readouterr().err.endswith('unrecognized arguments: --urgnt\n')


@pytest.mark.parametrize(('name', 'told'), WITHOUT_CONTENT.items())
def test_a_command_that_is_about_no_content_refuses_one_in_both_forms(name, told, capsys):
    more = NEEDED.get(name, [])
    for form in ['--content', 'island', name, *more], [name, '--content', 'island', *more]:
        with pytest.raises(SystemExit, match='2'):
            program.main(form)
        assert capsys.readouterr().err.endswith(f'error: `{name}` reads no content: {told}\n')


def test_a_folder_that_content_names_is_the_one_that_the_command_works_on(folder, tmp_path, capsys):
    live = tmp_path / 'live'
    assert program.main(['--content', str(tmp_path / 'new'), 'new']) == 0
    assert program.main(['upgrade', '--content', str(tmp_path / 'new')]) == 0
    assert capsys.readouterr().out.endswith('Nothing is to be changed.\n')
    assert program.main(['--content', str(live), 'editions']) == 2
    assert published(folder(), live) == 0
    assert program.main(['editions', '--content', str(live)]) == 0
    assert '   1  ' in capsys.readouterr().out


def test_an_earlier_name_takes_what_its_command_takes():
    given = parsed(['numbering', '--record'], {'numbering': 'ledger'})
    assert given.command == 'numbering' and given.record


@pytest.mark.parametrize(
    ('arguments', 'code', 'told'),
    [
        (['case', 's15'], 1, 'A case can be written once the content is good.'),
        (['translate'], 1, 'No translation was touched.'),
        (['upgrade'], 1, 'A content is brought up to date once its files can be read.'),
        (['ledger', '--record'], 1, 'Nothing was recorded.'),
        (['confirm', 'outcome:hut', '--by', 'Ann'], 1, 'Nothing was confirmed.'),
        (['book', 'book.html'], 2, 'No book was written.'),
        (['new'], 2, 'is there already; nothing was written.'),
        (['publish', 'live', *REASON], 1, 'Nothing was published.'),
        (['editions'], 2, 'content.'),
    ],
)
def test_what_stops_a_command_is_told_on_standard_error(folder, tmp_path, monkeypatch, capsys, arguments, code, told):
    target = folder({'flows/hut.yaml': 'title: [\n'})
    monkeypatch.chdir(tmp_path)
    assert program.main(['--content', str(target), *arguments]) == code
    said = capsys.readouterr()
    assert said.out == '' and said.err.rstrip().endswith(told)
