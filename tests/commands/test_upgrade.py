"""A content of the first edition: it works as it is, and `upgrade` brings it up to date without losing anything."""

from __future__ import annotations

import re
import shutil

import pytest

from guidance.commands import upgrade
from guidance.content.defaults import WORDS
from guidance.content.texts import texts
from guidance.languages.update import update
from guidance.serving.check import check
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.paths import ROOT
from tests.support.small import built
from tests.support.small import own_words

TRAINING = (ROOT / 'tests/small/data/training.yaml').read_text()
INTERFACE = (WORDS / 'interface.yaml').read_text().replace('\nback: Back\n', '\nback: Go back  # as our readers say\n')


@pytest.fixture(scope='module')
def made(tmp_path_factory):
    """The small content with all words of the screens in it, and its cases in the folder of then."""
    words = (WORDS / 'training.yaml').read_text().partition('\nwords:')[2]
    files = {'data/interface.yaml': INTERFACE, 'data/training.yaml': f'{TRAINING}words:{words}'}
    target = built(tmp_path_factory.mktemp('first') / 'content', SERVICE | files)
    (target / 'data/cases').rename(target / 'data/scenarios')
    (target / 'data/translations').mkdir()
    for lang in ('zh-Hant', 'zh-Hans'):
        shutil.copy(WORDS / f'{lang}.po', target / 'data/translations')
    for path in update(target):
        filled(path)
    return target


@pytest.fixture
def first_edition(made, tmp_path):
    """A copy of it, to be brought up to date."""
    return shutil.copytree(made, tmp_path / 'content')


def said(target):
    """All words of the screens in each language."""
    report = check(target)
    assert report.errors == ()
    contents = report.contents.items()
    return {lang: [str(placed.text) for placed in texts(content.ui_texts)] for lang, content in contents}, {
        lang: [str(placed.text) for placed in texts(content.training)] for lang, content in contents
    }


def test_a_content_of_the_first_edition_says_the_same_after_the_upgrade(first_edition, capsys):
    before = said(first_edition)
    assert upgrade.run(first_edition) == 0
    assert said(first_edition) == before
    interface = (first_edition / 'data/interface.yaml').read_text()
    assert 'back: Go back  # as our readers say\n' in interface and 'next:' not in interface and '# Question\n' in interface
    assert 'words' not in (first_edition / 'data/training.yaml').read_text()
    assert (first_edition / 'data/cases/lost-season-ticket.yaml').exists() and not (first_edition / 'data/scenarios').exists()
    told = capsys.readouterr().out
    assert 'data/interface.yaml: ' in told and 'data/training.yaml: ' in told
    assert upgrade.run(first_edition) == 0
    assert capsys.readouterr().out == 'Nothing is to be changed.\n'


def test_everything_else_stays_as_it_was_typed(first_edition):
    before = {path: path.read_text() for path in first_edition.rglob('*.yaml') if path.parent.name == 'flows'}
    assert upgrade.run(first_edition) == 0
    assert len(before) == 3
    for path, text in before.items():
        assert path.read_text() == f'# yaml-language-server: $schema=schema.json\n{text}'


def test_a_word_with_another_translation_than_the_programs_stays(first_edition):
    path = first_edition / 'data/translations/zh-Hant.po'
    path.write_text(path.read_text().replace('msgstr "繼續"', 'msgstr "下一步"'))
    before = said(first_edition)
    assert '下一步' in before[0]['zh-Hant']
    assert upgrade.run(first_edition) == 0
    assert said(first_edition) == before
    assert 'next: Continue\n' in (first_edition / 'data/interface.yaml').read_text()


def test_nothing_is_changed_where_a_file_cannot_be_read(first_edition, capsys):
    (first_edition / 'flows/hut.yaml').write_text('title: [\n')
    before = {path: path.read_bytes() for path in first_edition.rglob('*') if path.is_file()}
    assert upgrade.run(first_edition) == 1
    assert 'once its files can be read' in capsys.readouterr().err
    assert {path: path.read_bytes() for path in first_edition.rglob('*') if path.is_file()} == before


def test_the_words_of_a_service_that_says_all_of_them_itself_stay(tmp_path):
    target = built(tmp_path / 'content', own_words())
    assert upgrade.run(target) == 0
    assert (target / 'data/interface.yaml').read_text().endswith(own_words()['data/interface.yaml'])


def test_words_that_stand_on_no_page_any_more_are_told_and_taken_out(folder, capsys):
    target = folder({'data/interface.yaml': 'waiting: This takes long.\n# ours\nback: Go back\nno-script: Without scripts.\n'})
    warnings = [problem.message for problem in check(target).warnings]
    assert warnings == ['`waiting` stands on no page any more', '`no-script` stands on no page any more']
    assert upgrade.run(target) == 0
    assert 'data/interface.yaml: 2 words stand on no page any more' in capsys.readouterr().out
    assert (target / 'data/interface.yaml').read_text().splitlines()[1:] == ['# ours', 'back: Go back']
    assert check(target).warnings == ()


BRACES = 'urgencies: {danger: {title: Safety first, calm: false}, other: {title: Other}}  # the order'
LINES = """urgencies:
  danger:  # comes first
    title: Safety first
  other: {title: Other}"""


def service_with(urgencies):
    """The service of the small content with other urgencies."""
    text = (ROOT / 'tests/small/data/service.yaml').read_text()
    return {'data/service.yaml': re.sub(r'^urgencies:\n(  .*\n)+', f'{urgencies}\n', text, flags=re.MULTILINE)}


@pytest.mark.parametrize(
    ('typed', 'upgraded'),
    [(BRACES, BRACES.replace('{title: S', '{alarm: true, title: S')), (LINES, LINES.replace('    t', '    alarm: true\n    t'))],
    ids=['braces', 'lines'],
)
def test_the_urgency_that_had_the_colour_of_alarm_by_its_name_is_told_once_and_gets_it(folder, capsys, typed, upgraded):
    target = folder(service_with(typed))
    (told,) = check(target).warnings
    assert (told.place.file, told.message) == ('data/service.yaml', '`danger` has the colour of alarm by its name no more')
    assert upgrade.run(target) == 0
    assert f'\n{upgraded}\n' in (target / 'data/service.yaml').read_text()
    report = check(target)
    assert report.warnings == () and report.content.service.urgencies['danger'].alarm
    capsys.readouterr()
    assert upgrade.run(target) == 0
    assert capsys.readouterr().out == 'Nothing is to be changed.\n'


def test_where_it_is_said_of_any_urgency_nothing_is_told(folder):
    for more in ('danger: {title: First, alarm: false}', 'danger: {title: First}, now: {title: Now, alarm: true}'):
        assert check(folder(service_with(f'urgencies: {{{more}, other: {{title: Other}}}}'))).warnings == ()


def test_a_file_goes_on_naming_a_schema_that_is_there(folder, tmp_path, capsys):
    target = folder()
    (tmp_path / 'schema.json').write_text('{}')
    elsewhere, nowhere = target / 'flows/hut.yaml', target / 'flows/ticket.yaml'
    elsewhere.write_text(f'# yaml-language-server: $schema=../../schema.json\n{elsewhere.read_text()}')
    nowhere.write_text(f'# yaml-language-server: $schema=../../gone.json\n{nowhere.read_text()}')
    before = elsewhere.read_text()
    assert upgrade.run(target) == 0
    assert elsewhere.read_text() == before
    assert nowhere.read_text().startswith('# yaml-language-server: $schema=schema.json\n')
    assert (target / 'flows/schema.json').is_file()
    for path in target.rglob('*.yaml'):
        path.write_text(re.sub('^# yaml.*', f'# yaml-language-server: $schema={tmp_path}/schema.json', path.read_text()))
    (target / 'flows/schema.json').unlink()
    capsys.readouterr()
    assert upgrade.run(target) == 0
    assert capsys.readouterr().out == 'Nothing is to be changed.\n' and not (target / 'flows/schema.json').exists()
