"""Bringing catalogues up to date: no translation is lost on the way, and writing that fails leaves everything as it was."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess

import pytest

from guidance.__main__ import main
from guidance.content import files
from guidance.content.load import read
from guidance.content.problem import ContentError
from guidance.languages import catalogue
from guidance.languages.update import needed
from guidance.languages.update import new
from guidance.languages.update import update
from guidance.languages.update import updated
from guidance.serving.check import check
from tests.support.catalogues import HANS
from tests.support.catalogues import HANT
from tests.support.catalogues import first_text
from tests.support.paths import ROOT
from tests.support.sampling import sampled


def test_a_file_takes_the_place_of_the_old_one_at_once_and_has_its_permissions(tmp_path):
    path, link = tmp_path / 'a.po', tmp_path / 'link.po'
    path.write_text('old')
    path.chmod(0o640)
    link.symlink_to(path)
    with path.open() as reading:
        assert files.replace(link, b'new')
        assert reading.read() == 'old'
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode), link.is_symlink()) == ('new', 0o640, True)
    seen = path.stat()
    assert not files.replace(path, b'new') and path.stat() == seen
    mask = os.umask(0o027)
    try:
        files.replace(tmp_path / 'b.po', b'b')
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / 'b.po').stat().st_mode) == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ['a.po', 'b.po', 'link.po']


@pytest.mark.parametrize('failing', ['fsync', 'replace'])
def test_writing_that_fails_leaves_everything_as_it_was(target, failing, monkeypatch, capsys):
    (target / 'flows/main.yaml').write_text((target / 'flows/main.yaml').read_text().replace('Who needs', 'Who really needs'))
    before = {path: path.read_bytes() for path in sorted(target.rglob('*')) if path.is_file()}

    def full(*_):
        raise OSError(28, 'No space left on device')

    monkeypatch.setattr(files.os, failing, full)
    assert main(['--content', str(target), 'translate']) == 1
    assert 'since it cannot be written: [Errno 28] No space left on device' in capsys.readouterr().err
    assert {path: path.read_bytes() for path in sorted(target.rglob('*')) if path.is_file()} == before


def edit(target, old, new):
    path = target / 'flows/main.yaml'
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    update(target)


def test_a_sentence_that_comes_back_has_its_translation_again(target):
    whole = (target / HANT).read_bytes()
    edit(target, 'Who needs help?', 'Is somebody hurt, and where?')
    text = (target / HANT).read_text()
    assert '#~ msgctxt "Variant.say"\n#~ msgid "Who needs help?"\n#~ msgstr "譯Who needs help?"\n' in text
    assert first_text(check(target).contents) == 'Is somebody hurt, and where?'
    edit(target, 'Is somebody hurt, and where?', 'Who needs help?')
    assert (target / HANT).read_bytes() == whole


def test_what_went_is_kept_over_many_changes_and_thrown_away_only_on_demand(target):
    for text in ('Who needs help now?', 'Who is in need?', 'Somebody else?'):
        edit(target, re.search('who:.*?ask: (.*?)\n', (target / 'flows/main.yaml').read_text(), re.S)[1], text)
    assert (target / HANT).read_text().count('#~ msgstr "譯Who needs help?"') == 1
    before = (target / HANT).read_text()
    assert update(target) == {target / HANT: False, target / HANS: False} and (target / HANT).read_text() == before
    assert main(['translate', '--forget', '--content', str(target)]) == 0
    assert '#~' not in (target / HANT).read_text()


def test_a_changed_sentence_keeps_its_old_translation_as_a_draft_that_says_of_what(target):
    edit(target, 'Who needs help?', 'Who needs help now?')
    assert (
        '#, fuzzy\n#| msgid "Who needs help?"\nmsgctxt "Variant.say"\nmsgid "Who needs help now?"\nmsgstr "譯Who needs help?"\n'
    ) in (target / HANT).read_text()
    assert [problem.message for problem in check(target).warnings if 'zh-Hant' in problem.message] == [
        'the translation into zh-Hant is of an earlier text: "Who needs help now?"'
    ]


def test_a_draft_that_is_looked_at_is_used_and_no_draft_is_made_of_a_text_that_is_still_there(target):
    edit(target, 'Who needs help?', 'Who needs help now?')
    path = target / HANT
    path.write_text(path.read_text().replace('#, fuzzy\n#| msgid "Who needs help?"', '#| msgid "Who needs help?"'))
    update(target)
    assert first_text(check(target).contents) == '譯Who needs help?' and '#|' not in path.read_text()


def test_obsolete_entries_of_any_kind_break_nothing(target):
    path = target / HANT
    whole = path.read_text()
    path.write_text(
        whole
        + '# a note\n#, fuzzy\n#~| msgid "older"\n#~ msgid "gone"\n#~ msgstr "one"\n\n#~ msgid "gone"\n#~ msgstr "two"\n\n'
        + '#~ msgctxt "Variant.say"\n#~ msgid "Who needs help?"\n#~ msgstr "of old"\n\n#~ msgid ""\n#~ msgstr ""\n\n'
        + '#~ msgid ""\n#~ "long "\n#~ "gone"\n#~ msgstr "three"\n'
    )
    assert check(target).errors == () and first_text(check(target).contents) == '譯Who needs help?'
    update(target)
    kept = '# a note\n#, fuzzy\n#~ msgid "gone"\n#~ msgstr "one"\n\n#~ msgid "long gone"\n#~ msgstr "three"\n\n'
    assert path.read_text() == whole + kept


def test_what_translators_wrote_beside_a_text_stays(target):
    path = target / HANT
    path.write_text(path.read_text().replace('#. questions.who.ask.0.say', '# ask Ms Chan\n#. questions.who.ask.0.say'))
    path.write_text(
        path.read_text().replace('\nmsgctxt "Variant.say"\nmsgid "Who n', '\n#, no-wrap\nmsgctxt "Variant.say"\nmsgid "Who n')
    )
    assert '# ask Ms Chan' in path.read_text() and '#, no-wrap' in path.read_text()
    whole = path.read_bytes()
    update(target)
    assert path.read_bytes() == whole


@pytest.mark.skipif(shutil.which('msgfmt') is None, reason='needs gettext')
def test_gettext_reads_what_is_written(target):
    edit(target, 'ask: Who needs help?', """ask: 'Say "C:\\temp" and who needs help?'""")
    assert '\\"C:\\\\temp\\"' in (target / HANT).read_text()
    edit(target, """ask: 'Say "C:\\temp" and who needs help?'""", 'ask: Who needs help?')
    assert '#~ msgid "Say' not in (target / HANT).read_text()
    edit(target, 'Who needs help?', 'Something else')
    assert '#~ msgid "Who' in (target / HANT).read_text()
    subprocess.run(['msgfmt', '--check', '-o', '/dev/null', target / HANT], check=True)


@pytest.mark.parametrize('text', ['a "b" \\ c', 'a\tb\n', 'one\ntwo\n', '\\n', 'ends with \\', '\u2028', '{n} % ~ # "'])
def test_whatever_is_written_is_read_again(text):
    made = new('zh-Hant')
    made.entries['A.b', text] = catalogue.Entry(text, comments=('# x',))
    made.obsolete['A.c', text] = catalogue.Entry(text)
    whole = catalogue.written(made)
    again = catalogue.parsed(whole, 'x.po')
    assert catalogue.written(again) == whole
    assert again.entries['A.b', text].string == again.obsolete['A.c', text].string == text


def changed(whole, number):
    """The shipped catalogue as if so many English texts had been slightly edited since."""
    made = catalogue.parsed(whole, HANT)
    keys = [key for key in made.entries if len(key[1].split()) > 4]
    for key in keys[:: len(keys) // number][:number]:
        context, text = key
        made.entries[context, f'Now {text[0].lower()}{text[1:]}'] = made.entries.pop(key)
    return made


@pytest.mark.parametrize('number, seconds', sampled([(50, 1), (400, 2)], 2))
def test_many_changed_sentences_are_matched_at_once(number, seconds, quick):
    parts = read(ROOT)
    old = changed((ROOT / HANT).read_text(), number)
    with quick(seconds):
        made = updated(needed(parts, 'zh-Hant'), old)
    drafts = {key: entry for key, entry in made.entries.items() if entry.fuzzy}
    whole = catalogue.parsed((ROOT / HANT).read_text(), HANT)
    assert len(drafts) == number
    assert {key: entry.string for key, entry in drafts.items()} == {key: whole.entries[key].string for key in drafts}


def test_a_foreign_catalogue_costs_no_time(target, quick):
    (target / HANT).write_text((ROOT / HANT).read_text())
    with quick(1), pytest.raises(ContentError, match='of another content'):
        update(target)
