"""Names that folders and shapes had once: a content and catalogues of then are read on, and `check` tells the new name."""

from guidance.content.load import state
from guidance.content.load import version
from guidance.languages import catalogue as po
from guidance.serving.check import check

NOW, THEN = 'data/cases', 'data/scenarios'
CASE = 'lost-season-ticket'
HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_Hant\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def told(report):
    return [str(problem) for problem in (*report.errors, *report.warnings)]


def test_cases_in_the_folder_of_then_are_read_and_its_new_name_is_told_once(folder):
    target = folder()
    text = (target / f'{NOW}/{CASE}.yaml').read_text()
    now = check(target)
    assert told(now) == [] and list(now.content.cases) == [CASE]
    (target / NOW).rename(target / THEN)
    (target / f'{THEN}/another.yaml').write_text(text)
    then = check(target)
    assert told(then) == [
        'data/scenarios:1:1: warning: this folder is called `data/cases` now\n  expected: git mv data/scenarios data/cases'
    ]
    assert list(then.content.cases) == ['another', CASE]
    assert then.content.cases[CASE].title == now.content.cases[CASE].title


def test_what_changes_in_the_folder_of_then_is_seen(folder):
    target = folder()
    (target / NOW).rename(target / THEN)
    before = state(target), version(target)
    path = target / f'{THEN}/{CASE}.yaml'
    path.write_text(path.read_text() + '# a remark\n')
    assert state(target) != before[0] and version(target) != before[1]


def test_of_a_case_that_stands_in_both_folders_the_one_of_then_is_refused(folder):
    target = folder({f'{THEN}/{CASE}.yaml': 'title: Of then'})
    assert told(check(target)) == [
        'data/scenarios/lost-season-ticket.yaml:1:1: nothing reads this file\n'
        '  expected: another name: there is data/cases/lost-season-ticket.yaml'
    ]


def test_a_case_with_a_mistake_is_told_where_it_stands(folder):
    target = folder()
    (target / NOW).rename(target / THEN)
    path = target / f'{THEN}/{CASE}.yaml'
    path.write_text(path.read_text().replace('offer: [new-ticket]', 'offer: [doctor]'))
    assert f'{THEN}/{CASE}.yaml' in {problem.place.file for problem in check(target).warnings}


def test_no_translation_that_was_made_under_the_name_of_then_is_lost():
    entry = 'msgctxt "Scenario.title"\nmsgid "A ticket"\nmsgstr "一張車票"\n\n'
    gone = '#~ msgctxt "Scenario.never-say"\n#~ msgid "Run"\n#~ msgstr "跑"\n'
    catalogue = po.parsed(HEADER + entry + gone, 'zh-Hant.po')
    assert {key: entry.string for key, entry in catalogue.entries.items()} == {('Case.title', 'A ticket'): '一張車票'}
    assert {key: entry.string for key, entry in catalogue.obsolete.items()} == {('Case.never-say', 'Run'): '跑'}
    assert 'Scenario' not in po.written(catalogue)
