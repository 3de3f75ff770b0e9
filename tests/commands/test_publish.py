"""Publishing on purpose, what stops it, taking it back, and what the log says of it."""

from __future__ import annotations

import os
import shutil

import pytest

from guidance import __main__ as program
from guidance.commands import publish
from guidance.commands.publish import Reason
from guidance.content.ledger import record
from guidance.content.published import LOG
from guidance.content.published import read_log
from guidance.languages.update import update
from guidance.serving.check import checked
from guidance.serving.store import Store
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.publications import NAMES
from tests.support.publications import draft_of
from tests.support.publications import name_it
from tests.support.publications import published
from tests.support.publications import served_name
from tests.support.small import built
from tests.support.stores import edit

ANN = Reason('Ann', 'A new name')


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    """Nothing is waited for: no test here pulls the plug."""
    monkeypatch.setattr(os, 'fsync', lambda _: None)


def back(live, edition=None):
    return publish.rollback(live, edition, Reason('Bea', 'It was wrong'), yes=True)


def state_of(live):
    """All that stands in a published folder."""
    return {str(path.relative_to(live)): path.read_bytes() for path in live.rglob('*') if path.is_file()}


@pytest.fixture
def live(editions):
    """A published folder with one edition, and a draft of the next one beside it."""
    draft, live = editions(1)
    name_it(draft, NAMES[1])
    return live


@pytest.fixture
def draft(live, tmp_path):
    return tmp_path / 'draft'


def test_the_log_says_who_when_why_and_which(live, draft, capsys):
    told = ['--by', 'Bea', '--why', 'Ein Grund: "so"', '--why-in', 'en', 'A reason', '--yes']
    assert program.main(['publish', str(draft), str(live), *told]) == 0
    assert f'Edition 2 is published: content {Store(live).content().version}' in capsys.readouterr().out
    entry = read_log(live)[0]
    assert (entry.edition, entry.by, entry.why, entry.urgent) == (2, 'Bea', 'Ein Grund: "so"', False)
    assert entry.why_in == {'en': 'A reason'}
    assert entry.content == Store(live).content().version
    assert program.main(['editions', str(live)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and lines[0].startswith('   2  ') and 'Bea: Ein Grund: "so" (served)' in lines[0]
    assert 'Ann: A new name' in lines[1] and '(' not in lines[1]


@pytest.mark.parametrize(('said', 'code'), [('yes', 0), ('Y', 0), ('', 1), ('no', 1), (None, 1)])
def test_it_is_published_only_if_one_says_yes_and_what_changes_is_shown_before(live, draft, capsys, said, code):
    def ask(prompt):
        assert prompt.startswith('Publish this as edition 2?') and NAMES[1] in capsys.readouterr().out
        if said is None:
            raise EOFError
        return said

    before = state_of(live)
    assert publish.run(draft, live, ANN, ask=ask) == code
    assert (state_of(live) == before) == bool(code)


BROKEN = {
    'content that cannot be served': ('title: no\n', 1, 'flows/hut.yaml:1:8'),
    'a file that nothing reads': (None, 1, 'nothing reads this file'),
}


@pytest.mark.parametrize('name', sorted(BROKEN))
def test_broken_content_is_told_as_check_tells_it_and_changes_nothing(live, draft, capsys, name):
    text, code, told = BROKEN[name]
    (draft / 'flows/hut.yaml' if text else draft / 'flows/hat.yml').write_text(text or 'title: Hat\n')
    before = state_of(live)
    assert published(draft, live) == code
    assert told in capsys.readouterr().err
    assert state_of(live) == before


def test_a_warning_stops_a_publication(live, draft, capsys):
    shutil.rmtree(draft / 'data/cases')
    before = state_of(live)
    assert published(draft, live, urgent=True) == 1
    assert 'there is no case for training' in capsys.readouterr().err
    assert state_of(live) == before


def test_what_is_not_translated_stops_it_unless_it_is_urgent_and_the_log_says_so(tmp_path, capsys):
    draft, live = built(tmp_path / 'draft', SERVICE), tmp_path / 'live'
    for path in update(draft):
        filled(path)
    assert published(draft, live) == 0
    assert Store(live).content('zh-Hant').service.owner == '譯The islanders'
    edit(draft, 'The islanders', 'The islanders,')
    before = state_of(live)
    capsys.readouterr()
    assert published(draft, live) == 1
    assert '2 translations are missing. With --urgent' in capsys.readouterr().err and state_of(live) == before
    assert published(draft, live, urgent=True) == 0
    assert 'readers of zh-Hant, zh-Hans find the reason as it is written' in capsys.readouterr().out
    entry = read_log(live)[0]
    assert (entry.urgent, entry.untranslated) == (True, 2)
    assert str(Store(live).content('zh-Hant').service.owner) == 'The islanders,'
    assert Store(live).content('zh-Hant').service.owner.foreign


def test_what_is_served_already_is_not_published_again(live, draft, capsys):
    name_it(draft, NAMES[0])
    before = state_of(live)
    assert published(draft, live) == 1
    assert 'Edition 1, which is served, is the same.' in capsys.readouterr().err and state_of(live) == before


NO_REASONS = [Reason('', 'Why'), Reason('Ann', ' '), Reason('Ann', 'two\nlines'), Reason('Ann', 'Why', {'fr': 'Ah'})]


@pytest.mark.parametrize('reason', NO_REASONS)
def test_who_and_why_are_a_line_each_in_languages_of_the_service(live, draft, reason, capsys):
    before = state_of(live)
    assert publish.run(draft, live, reason, yes=True) == 2
    assert state_of(live) == before
    assert capsys.readouterr().err.startswith(('Say in one line', 'The service has no language fr'))


def test_a_folder_that_is_no_published_one_is_left_as_it_is(draft, tmp_path, capsys):
    other = built(tmp_path / 'other')
    before = state_of(other)
    assert published(draft, other) == 2
    assert 'is no published folder' in capsys.readouterr().err and state_of(other) == before
    assert published(tmp_path / 'nothing', tmp_path / 'new') == 2
    assert 'has no content' in capsys.readouterr().err and not (tmp_path / 'new').exists()


@pytest.mark.parametrize('command', ['publish', 'rollback', 'editions'])
@pytest.mark.parametrize('log', ['', '- edition: 1\n', '[', None])
def test_a_log_that_is_damaged_or_gone_is_told_and_no_edition_is_touched(editions, command, log, capsys):
    draft, live = editions(3)
    name_it(draft, 'Fourth island')
    (live / LOG).unlink() if log is None else (live / LOG).write_text(log)
    before = state_of(live)
    who = [] if command == 'editions' else ['--by', 'Ann', '--why', 'Why', '--yes']
    assert program.main([command, *([str(draft)] if command == 'publish' else []), str(live), *who]) == 2
    assert state_of(live) == before
    assert capsys.readouterr().err.strip()


def test_an_edition_is_taken_back_and_the_one_before_it_too(editions):
    _, live = editions(3)
    assert back(live) == 0
    assert served_name(live) == NAMES[1]
    assert back(live) == 0
    assert served_name(live) == NAMES[0]
    assert back(live) == 2
    assert served_name(live) == NAMES[0]
    log = read_log(live)
    assert [(entry.edition, entry.restores) for entry in log] == [(5, 1), (4, 2), (3, None), (2, None), (1, None)]
    assert (log[0].by, log[0].why, log[0].content) == ('Bea', 'It was wrong', log[-1].content)


def test_any_edition_can_be_taken_up_again_that_is_not_served(editions, capsys):
    _, live = editions(3)
    assert back(live, 3) == back(live, 9) == 2
    assert 'Edition 3 is what is served. Earlier editions: 2, 1.' in capsys.readouterr().err
    assert back(live, 1) == 0
    assert served_name(live) == NAMES[0]
    assert back(live, 3) == 0
    assert served_name(live) == NAMES[2]


def test_an_edition_that_was_changed_on_the_disk_is_not_taken_up_again(editions, capsys):
    _, live = editions(3)
    (live / 'editions/2/flows/main.yaml').unlink()
    before = state_of(live)
    assert back(live) == 2
    assert 'editions/2' in capsys.readouterr().err and state_of(live) == before


def test_no_code_that_was_given_out_is_lost(tmp_path, capsys):
    """Neither by a draft of somebody who lacks an edition of the ledger, nor by going back."""
    draft, live = draft_of(tmp_path), tmp_path / 'live'
    other = shutil.copytree(draft, tmp_path / 'other')
    assert published(draft, live) == 0
    assert record(draft, checked(draft), publish.now().date()) == draft / 'data/ledger/1.json'
    assert published(draft, live) == 0
    name_it(other, NAMES[1])
    assert published(other, live) == 1
    assert 'data/ledger/1.json' in capsys.readouterr().err
    assert back(live, 1) == 0
    assert len(Store(live).content().ledger) == 1
