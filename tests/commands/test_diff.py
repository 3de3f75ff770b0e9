"""The command that says what an edit does to people: what it tells, in each format, and how it ends."""

import re
import shutil
import subprocess

import pytest
import yaml

from guidance.__main__ import main
from guidance.diff.difference import difference
from guidance.diff.editions import checked_edition
from guidance.diff.markdown import LIMIT
from guidance.diff.markdown import as_markdown
from guidance.diff.page import as_html
from guidance.diff.report import SIGN
from guidance.diff.report import Document
from guidance.diff.report import Item
from guidance.diff.report import Section
from guidance.diff.report import document
from guidance.languages.update import update
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.paths import ROOT
from tests.support.paths import SMALL
from tests.support.shipped import SHIPPED
from tests.support.small import built
from tests.support.small import small_content

MAIN, HUT, TICKET = 'flows/main.yaml', 'flows/hut.yaml', 'flows/ticket.yaml'
DOCTOR, WARM = '- call-doctor', '- {say: Keep warm., source: page}'
STAY = '- {step: stay, when: {place: {not: unknown}}}'
OWN_WORDS = {'data/interface.yaml': None, 'data/training.yaml': (SMALL / 'data/training.yaml').read_text()}
"""Leaves the words of the screens to the program, which says conditions in them."""


@pytest.fixture
def compared(tmp_path):
    """Compare the small content with itself after these replacements: file -> (text, other text)."""

    def compare(changed):
        files = dict(OWN_WORDS)
        for name, (text, other) in changed.items():
            assert text in small_content()[name]
            files[name] = small_content()[name].replace(text, other)
        old, new = built(tmp_path / 'old', OWN_WORDS), built(tmp_path / 'new', files)
        return difference(checked_edition('old', old, None), checked_edition('new', new, None))

    return compare


def what(found):
    return [told.change.what for told in found.told]


def told(found, part):
    (one,) = [each for each in found.told if part in each.change.what]
    return one


def test_nothing_that_anybody_reads(compared):
    found = compared({})
    assert not found.touches_people and found.affected.all == 0
    assert document(found).summary == ('Nothing that anybody reads.',)


def test_a_limit_that_becomes_a_promise_comes_first_with_both_texts_whom_it_touches_and_an_example(compared):
    found = compared({MAIN: ('No helicopter comes for', 'A helicopter comes for'), HUT: ('ask: Is the hut', 'ask: Was the hut')})
    first = found.told[0]
    assert first.change.what == 'A line about a limit reads differently: No flights' and first.change.marked
    before, after = 'No helicopter comes for a sprained foot.', 'A helicopter comes for a sprained foot.'
    assert first.change.texts == (('en', before, after),)
    assert first.who == '“What has happened?” is “Somebody is hurt”'
    assert first.number == found.affected and 0 < found.affected.all < found.total.all
    assert [row for row in first.example.rows if row[0] != ' '] == [('~', before, after)]
    assert ('What has happened to you?', 'Somebody is hurt') in first.example.answers
    assert found.links.changed > 0 and found.links.asked == found.links.elsewhere == 0


def test_who_gains_and_who_loses_an_assistance(compared):
    found = compared({TICKET: ('Ask the office how to get home.', '{say: Ask the office how to get home., when: {who: me}}')})
    fewer = found.told[0]
    assert fewer.change.what == '“Advice” is offered to fewer people' and fewer.change.marked
    assert '“The ferry ticket is gone”' in fewer.who and '“Who needs help?” is not “I do”' in fewer.who
    assert 0 < fewer.number.all < found.affected.all or fewer.number == found.affected
    assert ('-', 'Advice: the reader may ask', '') in fewer.example.rows
    assert not [change for change in what(found) if 'to more people' in change]


def test_numbers_of_people_with_one_situation_stand_beside_those_of_all(compared):
    found = compared({MAIN: ('No helicopter comes for', 'A helicopter comes for')})
    assert found.affected.single < found.affected.all and found.total.single < found.total.all
    assert f'{found.affected.single} of {found.total.single} with one situation only' in document(found).summary[1]


def test_questions_options_and_cases(compared):
    found = compared({MAIN: ('friend: A friend of mine', 'cousin: A cousin\n      friend: A friend of mine')})
    option = told(found, 'The option “A cousin” of “Who needs help?” is new')
    assert option.number == found.again and option.number.all > 0
    found = compared({MAIN: ('when: {happened: [hurt, ticket]}', 'when: {happened: [hurt, ticket, hut]}')})
    asked = told(found, '“Where on the island?” is asked of more people')
    assert '“Something about the hut”' in asked.who
    assert 0 < found.links.asked < found.links.all
    assert 'Where on the island?' in [question for question, _ in asked.example.answers]


def test_what_only_stands_in_another_place_is_told_with_where_it_does(compared):
    found = compared({MAIN: (f'{DOCTOR}\n      {WARM}', f'{WARM}\n      {DOCTOR}')})
    (moved,) = found.told
    assert moved.change.what == 'The step “Keep warm.” stands in another place' and not moved.change.marked
    assert moved.number == found.affected and 0 < found.affected.all < found.total.all
    assert {row[0] for row in moved.example.rows} > {' '}


def test_a_step_that_is_a_later_one_now_is_told_once(compared):
    found = compared({MAIN: (f'{WARM}\n      {STAY}\n', f'{STAY}\n    later:\n      {WARM}\n')})
    assert what(found)[0] == 'A step is a later step now: “Keep warm.”'
    assert not [each for each in what(found) if 'Keep warm.' in each and 'now:' not in each]


def test_words_of_the_screens_and_of_every_page_are_told_by_their_place(compared):
    found = compared({'data/service.yaml': ('Without guarantee.', 'No guarantee.')})
    assert [change.what for change in found.elsewhere] == ['`disclaimer` reads differently']
    assert found.touches_people and found.told == () and found.affected.all == 0


# The command


def run(capsys, *arguments):
    code = main(['diff', *map(str, arguments)])
    return code, capsys.readouterr().out


@pytest.fixture
def repository(tmp_path):
    """A repository with two editions of the small content in a folder of it, and which has what is not whole in between."""

    def git(*arguments):
        author = ['-c', 'user.name=a', '-c', 'user.email=a@b.example']
        subprocess.run(['git', '-C', tmp_path, *author, *arguments], check=True, capture_output=True)

    git('init', '-q')
    built(tmp_path / 'island')
    git('add', '.')
    git('commit', '-qm', 'one')
    git('tag', 'first')
    main_file = tmp_path / 'island' / MAIN
    main_file.write_text(main_file.read_text() + 'nonsense: {}\n')
    git('commit', '-qam', 'broken')
    git('tag', 'broken')
    main_file.write_text(small_content()[MAIN].replace('Keep warm.', 'Keep dry.'))
    return tmp_path


def test_a_revision_against_the_folder_as_it_is(repository, capsys):
    folder = repository / 'island'
    code, text = run(capsys, 'first', folder, '--content', folder)
    assert code == 1 and 'en - Keep warm.' in text and 'en + Keep dry.' in text
    assert run(capsys, 'first:island', folder, '--content', repository / 'island')[0] == 1
    same = 'What changes from first to first\n\nNothing that anybody reads.\n'
    assert run(capsys, 'first', 'first', '--content', folder) == (0, same)


@pytest.mark.parametrize(
    'old, said',
    [
        ('nosuch', 'nosuch is neither a folder nor a revision of the repository'),
        ('--upload-pack', ''),
        ('first:flows', 'first has no folder flows'),
        ('first:island/flows', 'first:island/flows has no content'),
    ],
)
def test_what_is_no_edition_is_told_in_a_sentence(repository, capsys, old, said):
    if old.startswith('-'):
        with pytest.raises(SystemExit) as left:
            run(capsys, old, repository / 'island', '--content', repository / 'island')
        assert left.value.code == 2
        return
    code, text = run(capsys, old, repository / 'island', '--content', repository / 'island')
    assert code == 2 and text.startswith(said) and text.count('\n') == 1


def test_a_folder_without_content_or_without_a_repository(tmp_path, capsys):
    (tmp_path / 'empty').mkdir()
    content = built(tmp_path / 'content')
    code, text = run(capsys, tmp_path / 'empty', content, '--content', content)
    assert code == 2 and text == f'{tmp_path / "empty"} has no content: a content has flows/ and data/\n'
    code, text = run(capsys, 'HEAD', content, '--content', content)
    assert code == 2 and text.startswith('HEAD is neither a folder nor a revision of the repository')


def test_git_that_is_not_there_is_told(tmp_path, capsys, monkeypatch):
    content = built(tmp_path / 'content')
    monkeypatch.setenv('PATH', str(tmp_path))
    told = 'HEAD is no folder, and git, which knows revisions, is not installed\n'
    assert run(capsys, 'HEAD', content, '--content', content) == (2, told)


def test_an_edition_with_mistakes_is_told_as_check_tells_them(repository, capsys):
    folder = repository / 'island'
    code, text = run(capsys, 'broken', folder, '--content', folder)
    assert code == 2 and re.search(r'^flows/main.yaml:\d+:1: ', text) and text.endswith('so nothing was compared\n')


def test_a_language_that_one_edition_lacks_is_told(tmp_path, capsys):
    content = built(tmp_path / 'content')
    assert run(capsys, content, content, '--lang', 'fr') == (2, 'fr is no language of both editions.\n')


def test_texts_and_examples_are_in_the_language_that_is_asked_for(tmp_path, capsys):
    old, new = built(tmp_path / 'old', SERVICE), tmp_path / 'new'
    for path in update(old):
        filled(path)
    shutil.copytree(old, new)
    (new / MAIN).write_text((old / MAIN).read_text().replace('Keep warm.', 'Keep dry.'))
    code, text = run(capsys, old, new, '--lang', 'zh-Hant', '--format', 'markdown')
    assert code == 1 and '譯Keep warm.' in text and '譯Who needs help?' in text and 'Keep dry.' in text


@pytest.mark.long
def test_the_shipped_content_in_another_language(tmp_path, capsys):
    """One word of one outcome: at once, in all languages, and examples in the language that is asked for."""
    new = tmp_path / 'new'
    for part in ('flows', 'data'):
        shutil.copytree(ROOT / part, new / part)
    flow = new / 'flows/custody.yaml'
    assert 'officers cannot' in flow.read_text()
    flow.write_text(flow.read_text().replace('officers cannot', 'officers can'))
    code, text = run(capsys, ROOT, new, '--lang', 'zh-Hant', '--format', 'markdown')
    assert code == 1 and 'zh-Hant' in text and SHIPPED.contents['zh-Hant'].question['who'].ask.variants[-1].say in text


# Formats


def huge():
    texts = (('en', 'b' * 900, 'a' * 900),)
    items = tuple(Item(f'A step reads differently {number}', number < 3, ('Touches 1.',), texts) for number in range(200))
    return Document('What changes', (f'{SIGN} 3 changes.', 'Some.'), (Section('One', items[:100]), Section('Two', items[100:])))


def test_markdown_fits_into_a_comment_and_says_what_it_leaves_out():
    text = as_markdown(huge())
    assert len(text.encode()) <= LIMIT and text.index('3 changes') < text.index('<details>')
    shown = text.count('#### ')
    assert f'{200 - shown} more changes did not fit' in text
    assert text.count('<details>') == text.count('</details>')


def test_no_text_of_the_content_becomes_markup_or_a_mention():
    item = Item('<img src=x> @owner [a](b) `c` | #1', True, (), (('en', '<b>|\n', '**&'),))
    sheet = Document('T', ('S',), (Section('H', (item,)),))
    text = as_markdown(sheet)
    assert '<img' not in text and '@owner' not in text and '[a](' not in text
    assert '| en | &lt;b&gt;\\|<br> | \\*\\*&amp; |' in text
    page = as_html(sheet)
    assert '<img' not in page and '&lt;img' in page and '<script' not in page and 'http' not in page
    assert page.count('<h2>') == 1 and '<article class="marked">' in page


def test_the_workflow_runs_the_command_that_there_is(capsys):
    workflow = yaml.safe_load((ROOT / '.github/workflows/guidance-diff.yml').read_text())
    (job,) = workflow['jobs'].values()
    script = '\n'.join(step.get('run', '') for step in job['steps'])
    assert 'python -m guidance diff' in script and '--format markdown' in script
    assert job['permissions'] == {'contents': 'read', 'pull-requests': 'write'}
    with pytest.raises(SystemExit):
        main(['diff', '--help'])
    assert 'Exit code: 0' in capsys.readouterr().out
