"""Catalogues: what cannot be read, or is too little, is told and never served or written over."""

from __future__ import annotations

import os
import re

import pytest

from guidance.__main__ import main
from guidance.content.problem import ContentError
from guidance.languages import catalogue
from guidance.languages import translate
from guidance.languages.messages import messages
from guidance.languages.update import update
from guidance.serving.check import check
from guidance.serving.store import Store
from tests.support.catalogues import HANS
from tests.support.catalogues import HANT
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.catalogues import first_text
from tests.support.catalogues import of
from tests.support.sampling import sampled
from tests.support.small import own_words


def cut_in_a_quote(text):
    return text[: text.rindex('譯') + 3]


def directory(path):
    path.unlink()
    path.mkdir()


def loop(path):
    path.unlink()
    path.symlink_to(path.name)


def leads_nowhere(path):
    path.unlink()
    path.symlink_to('nothing.po')


def written(change):
    """A damage that changes the text of the catalogue."""
    return lambda path: path.write_text(change(path.read_text()))


NOT_READ = {
    'empty': (written(lambda _: ''), 'zh-Hant.po:1:1: this catalogue is empty'),
    'blank': (written(lambda _: '\n \n'), 'zh-Hant.po:1:1: this catalogue is empty'),
    'cut in a quote': (written(cut_in_a_quote), 'the quote is not closed'),
    'cut behind a keyword': (written(lambda text: text[: text.rindex('msgstr') + 6]), 'this is no line of a catalogue'),
    'cut behind a text': (written(lambda text: text[: text.rindex('msgstr')]), 'has no `msgstr`'),
    'cut behind a context': (written(lambda text: text[: text.rindex('msgid')]), 'has no `msgstr`'),
    'cut in a comment': (written(lambda text: text[: text.rindex('#:') + 5]), 'the file ends in the middle of an entry'),
    'cut at the beginning': (written(lambda text: text[text.index('#. questions') :]), 'this catalogue has no header'),
    'twice in one file': (written(lambda text: text + text), 'this is a second header'),
    'marks of a merge': (written(lambda text: text + '<<<<<<< HEAD\n'), 'this is no line of a catalogue'),
    'a line without a quote': (written(lambda text: text + '\nmsgid help\n'), 'this is no line of a catalogue'),
    'a text alone': (written(lambda text: '"help"\n' + text), 'zh-Hant.po:1:1: this line continues nothing'),
    'a translation alone': (written(lambda text: 'msgstr "help"\n' + text), 'zh-Hant.po:1:1: `msgstr` is out of order here'),
    'plural forms': (written(lambda text: text + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'), 'has plural forms'),
    'two translations': (
        written(lambda text: text + '\n'.join(text.split('\n')[-5:]).replace('譯', '另')),
        'this text has another translation at line',
    ),
    'bytes': (lambda path: path.write_bytes(bytes(range(256)) * 9), 'this catalogue is not UTF-8 text'),
    'cut in a character': (
        lambda path: path.write_bytes(path.read_bytes()[: path.read_bytes().rindex('譯'.encode()) + 2]),
        'the file ends in the middle of a character',
    ),
    'UTF-16': (lambda path: path.write_bytes(path.read_text().encode('utf-16')), 'zh-Hant.po:1:1: this catalogue is not UTF-8'),
    'Big5': (
        lambda path: path.write_bytes(path.read_text().replace('譯', '翻譯嗎').encode('big5', 'replace')),
        'this catalogue is not UTF-8 text',
    ),
    'said to be Big5': (written(lambda text: text.replace('charset=utf-8', 'charset=big5')), 'written in `big5`'),
    'directory': (directory, 'zh-Hant.po:1:1: this is a folder, not a file'),
    'loop of links': (loop, 'zh-Hant.po:1:1: this file cannot be read'),
    'link to nothing': (leads_nowhere, 'zh-Hant.po:1:1: this file cannot be read'),
    'YAML': (written(lambda _: 'a: b\n'), 'zh-Hant.po:1:1: this is no line of a catalogue'),
    'Simplified': (written(lambda text: text.replace('zh_Hant', 'zh_Hans')), 'says that it is in `zh_Hans`'),
    'German': (written(lambda text: text.replace('zh_Hant', 'de')), 'says that it is in `de`'),
    'other project': (written(lambda text: re.sub('(msgid ")(?!")', r'\1A ', text)), 'this catalogue is of another content'),
}


@pytest.mark.parametrize('damage, told', NOT_READ.values(), ids=NOT_READ)
def test_a_catalogue_that_is_not_one_is_refused(target, parts, damage, told):
    damage(target / HANT)
    with pytest.raises(ContentError) as error:
        translate.read_catalogue(parts, messages(parts), target, 'zh-Hant')
    assert told in str(error.value) and str(error.value).startswith(f'{HANT}:')


@pytest.mark.parametrize('damage', sampled(['cut in a quote', 'German', 'directory'], 3))
def test_what_is_refused_is_told_and_neither_served_nor_written_over(target, damage, capsys):
    store = Store(target)
    path, other = target / HANT, target / HANS
    damaged, told = NOT_READ[damage]
    damaged(path)
    (target / 'flows/main.yaml').write_text((target / 'flows/main.yaml').read_text().replace('Who needs', 'Who really needs'))
    before = path.read_bytes() if path.is_file() else None, other.read_bytes()

    assert main(['--content', str(target), 'check']) == 1
    said = capsys.readouterr().out
    assert told in said and said.startswith(HANT) and 'this content cannot be served' in said

    for _ in range(2):  # a state is read once two looks saw the same
        store.follow()
    assert store.content('zh-Hant').questions[0].ask.variants[0].say == '譯Who needs help?'
    assert [told in str(problem) for problem in store.problems] == [True]

    assert main(['--content', str(target), 'translate']) == 1
    said = capsys.readouterr().err
    assert told in said and said.endswith('No translation was touched.\n')
    assert (path.read_bytes() if path.is_file() else None, other.read_bytes()) == before


@pytest.mark.parametrize('mark', [b'\xef\xbb\xbf', b'\r\n'], ids=['byte order mark', 'ends of lines as on Windows'])
def test_what_editors_of_other_systems_write_is_read(target, mark):
    path = target / HANT
    raw = path.read_bytes()
    path.write_bytes(mark + raw if mark != b'\r\n' else raw.replace(b'\n', mark))
    report = check(target)
    assert (report.errors, report.warnings) == ((), ()) and first_text(report.contents).startswith('譯')
    update(target)
    assert path.read_bytes() == raw


def test_a_pipe_is_no_catalogue_and_nobody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / 'x.po')
    with pytest.raises(ContentError, match='x.po:1:1: this is a pipe, not a file'):
        catalogue.read(tmp_path / 'x.po', 'x.po')


def test_no_permission_is_told(target, monkeypatch):
    def refused(path, flags, *more):
        if str(path).endswith('.po'):
            raise PermissionError(13, 'Permission denied')
        return opened(path, flags, *more)

    opened = os.open
    monkeypatch.setattr('guidance.content.disk.os.open', refused)
    assert [str(problem) for problem in check(target).errors] == [
        f'{name}:1:1: this file cannot be read: Permission denied' for name in (HANS, HANT)
    ]


def test_every_catalogue_that_cannot_be_read_is_told_in_one_run_beside_what_else_is_wrong(target):
    (target / HANT).write_text('')
    (target / HANS).unlink()
    path = target / 'flows/main.yaml'
    path.write_text(path.read_text().replace('Who needs', 'Call 2345 6789 who needs'))
    assert [problem.place.file for problem in check(target).errors] == [HANS, HANT, 'flows/main.yaml']


def test_the_name_of_a_catalogue_that_is_nearly_right_is_told(target):
    (target / HANT).rename(target / 'data/translations/zh_Hant.po')
    [problem] = check(target).errors
    assert str(problem) == (
        f'{HANT}:1:1: there is no translation into zh-Hant (did you mean `zh_Hant.po`?)\n'
        '  expected: the catalogue; `python -m guidance translate` makes one for a new language'
    )


def test_a_quote_that_is_not_closed_is_pointed_at(target):
    path = target / HANT
    number = path.read_text().split('\n').index(of(path, 'msgstr', '譯', 'Who needs')) + 1
    path.write_text(path.read_text().replace('譯Who needs help?"', '譯Who needs help?'))
    [problem] = check(target).errors
    assert str(problem) == (
        f'{HANT}:{number}:8: the quote is not closed\n'
        '    msgstr "譯Who needs help?\n'
        '           ^\n'
        '  expected: the text between two quotes on one line'
    )


@pytest.mark.parametrize('language', ['zh_Hant', 'zh-Hant', 'zh_HK', 'zh_TW', 'ZH_hant', ''])
def test_the_language_may_be_written_as_translators_tools_write_it(target, parts, language):
    path = target / HANT
    path.write_text(path.read_text().replace('Language: zh_Hant', f'Language: {language}'))
    assert translate.translations(parts, messages(parts), target)[1] == []


# Too little


def test_a_language_without_translations_is_not_served_until_there_are_some(folder, capsys):
    made = folder(SERVICE | own_words() | {HANT: None})
    assert main(['--content', str(made), 'check']) == 1
    assert (
        'there is no translation into zh-Hant\n  expected: the catalogue; `python -m guidance translate` makes'
        in capsys.readouterr().out
    )
    assert main(['--content', str(made), 'translate']) == 0
    assert main(['--content', str(made), 'check']) == 1
    said = capsys.readouterr().out
    assert re.search(r'zh-Hant.po:1:1: only 0 of \d+ texts have a translation into zh-Hant', said)
    assert '`zh-Hant` taken out of `languages` in data/service.yaml' in said
    for name in (HANT, HANS):
        filled(made / name)
    assert main(['--content', str(made), 'check']) == 0


def test_single_texts_without_a_translation_stop_nothing(target):
    (target / HANT).write_text((target / HANT).read_text().replace('"譯Who needs help?"', '""'))
    report = check(target)
    assert report.errors == ()
    assert [problem.message for problem in report.warnings] == ['the translation into zh-Hant is missing: "Who needs help?"']


@pytest.mark.parametrize(
    'said, column, told, expected',
    [
        (
            '{question.__class__.__globals__}',
            10,
            '`{question.__class__.__globals__}` is not filled in here (did you mean `{version}`?)',
            'one of `{help}`, `{version}`',
        ),
        ('{version', 10, 'the brace `{` stands here without its partner', 'one of `{help}`, `{version}`'),
        ('{help!r}', 10, '`{help!r}` is not filled in here (did you mean `{help}`?)', 'one of `{help}`, `{version}`'),
        ('{version}', 10, 'it has other braces than the text', 'no braces'),
        ('12', 1, 'it has other numbers than the text', 'the same numbers'),
    ],
)
def test_a_translation_that_may_not_be_shown_is_told_at_its_line_and_english_stands(target, said, column, told, expected):
    path = target / HANT
    context = 'msgctxt "Interface.content-version"\nmsgid "Words"\n'
    path.write_text(path.read_text().replace(f'{context}msgstr "譯Words"', f'{context}msgstr "譯{said}"'))
    number = path.read_text().split('\n').index(f'msgstr "譯{said}"') + 1
    report = check(target)
    assert report.errors == () and str(report.contents['zh-Hant'].ui_texts.content_version) == 'Words'
    [problem] = report.warnings
    assert str(problem).startswith(
        f'{HANT}:{number}:{column}: warning: this translation into zh-Hant is not used: {told}: "Words"\n'
    )
    assert problem.expected.startswith(expected)


def test_a_catalogue_that_was_cut_between_two_entries_is_told(target):
    path = target / HANT
    entries = path.read_text().split('\n\n')
    path.write_text('\n\n'.join(entries[: len(entries) // 2]) + '\n')
    [problem] = check(target).errors
    assert re.fullmatch(r'\d+ of \d+ texts do not stand in this catalogue: it was cut, or not brought .*', problem.message)


def without_most(path):
    """Take most translations away, each entry for itself, which a check alone may take for work that has begun."""
    entries = path.read_text().split('\n\n')
    keep = len(entries) // 4
    emptied = [re.sub('^msgstr ".*"$', 'msgstr ""', entry, flags=re.M) for entry in entries[keep:]]
    path.write_text('\n\n'.join(entries[:keep] + emptied))


def test_a_running_wizard_refuses_what_lost_most_of_a_language_and_a_restart_serves_it(target):
    store = Store(target)
    without_most(target / HANT)
    assert check(target).errors == ()
    with pytest.MonkeyPatch.context() as patch:
        logged = []
        patch.setattr('guidance.serving.store._log.error', lambda *told: logged.append(told[0] % told[1:]))
        for _ in range(2):  # a state is read once two looks saw the same
            store.follow()
    [problem] = store.problems
    assert re.fullmatch(
        'the translation into zh-Hant has lost most of its texts: '
        r'\d+% of all texts are translated, 100% in what is being served',
        problem.message,
    )
    assert problem.place.file == HANT and problem.message in logged[0]
    assert first_text(store._contents) == '譯Who needs help?'
    assert Store(target).problems == ()


def test_only_a_language_that_is_served_before_and_after_can_be_lost(target):
    before = check(target).contents
    without_most(target / HANT)
    after = check(target).contents
    assert [problem.place.file for problem in translate.lost(before, after)] == [HANT]
    assert translate.lost(after, before) == translate.lost(after, after) == ()
    assert translate.lost({'en': before['en']}, after) == translate.lost(before, {'en': after['en']}) == ()
