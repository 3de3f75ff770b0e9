"""One deliberate mistake per file of `tests/bad/`: the report is the product, so all of it is compared.

The first lines of each file say which file of `tests/small` it stands for, and what the check says about it.
"""

import unicodedata

import pytest

from guidance.content import include
from guidance.content.defaults import WORDS
from guidance.content.problem import closest
from guidance.content.problem import nearest
from guidance.content.yamlfile import YamlFile
from guidance.serving.check import check
from tests.support.paths import TESTS
from tests.support.sampling import sampled
from tests.support.small import small_content

BAD = sorted((TESTS / 'bad').glob('*.yaml'))
ALONE = [path for path in BAD if path.stem.startswith(('yaml-', 'shape-'))]
TOGETHER = [path for path in BAD if path not in ALONE]
NEEDED = {'data/service.yaml', 'flows/main.yaml'}


LETTERS = ', '.join(f'U+{ord(c):04X} {unicodedata.name(c)}' for c in 'ｕｒｇｅｎ')


def stated(text):
    """The file that is replaced and the report that is expected, from the first comment lines."""
    lines = text.splitlines()
    expected = []
    for line in lines[2:]:
        if not line.startswith('#'):
            break
        expected.append(line[2:])
    return lines[0].removeprefix('# replaces: '), '\n'.join(expected)


@pytest.mark.parametrize('path', ALONE, ids=lambda path: path.stem)
def test_the_report_of_a_file_that_is_bad_by_itself(path, report_of):
    """It stops the check before anything is looked up in another file, so that few others need be there."""
    text = path.read_text(encoding='utf-8')
    name, expected = stated(text)
    assert report_of(dict.fromkeys(small_content().keys() - NEEDED) | {name: text}) == expected


@pytest.mark.parametrize('path', sampled(TOGETHER, 3), ids=lambda path: path.stem)
def test_the_report_of_a_file_that_is_bad_beside_the_others(path, report_of):
    text = path.read_text(encoding='utf-8')
    name, expected = stated(text)
    assert report_of({name: text}) == expected


def test_each_bad_file_says_what_is_expected():
    assert [path.stem for path in BAD if path.read_text(encoding='utf-8').splitlines()[1] != '# expects:'] == []


def test_there_is_a_bad_file_for_every_stage():
    assert {path.stem.partition('-')[0] for path in BAD} == {'yaml', 'shape', 'reference', 'meaning', 'trust', 'case'}


def test_the_small_content_itself_is_good(report_of):
    assert report_of() == ''


# What a file with readable comments cannot hold


def test_nul_character(report_of):
    assert report_of({'data/steps.yaml': 'stay: {say: "a\0b", source: page}\n'}) == (
        'data/steps.yaml:1:15: here is a control character\n'
        '    stay: {say: "a b", source: page}\n'
        '                  ^\n'
        '  expected: a text without it'
    )


def test_wrong_encoding(report_of):
    assert report_of({'data/steps.yaml': 'a: b\nc: Käse\n'.encode('latin-1')}) == (
        'data/steps.yaml:2:5: this file is not UTF-8 text\n  expected: save it as UTF-8'
    )


def test_utf_16_is_not_utf_8(report_of):
    assert report_of({'data/steps.yaml': 'a: b\n'.encode('utf-16')}) == (
        'data/steps.yaml:1:1: this file is not UTF-8 text\n  expected: save it as UTF-8'
    )


def test_empty_file(report_of):
    assert report_of({'data/steps.yaml': ''}) == 'data/steps.yaml:1:1: this file is empty\n  expected: key: value'


@pytest.mark.parametrize('change', [lambda raw: b'\xef\xbb\xbf' + raw, lambda raw: raw.replace(b'\n', b'\r\n')])
def test_byte_order_mark_and_windows_line_ends_are_fine(change, folder, report_of):
    raw = (folder() / 'flows/main.yaml').read_bytes()
    assert report_of({'flows/main.yaml': change(raw)}) == ''


def test_the_quoted_line_is_right_after_every_kind_of_line_end(report_of):
    text = 'stay:\r  say: a\r\n  source: page\nb: no\n'
    assert 'data/steps.yaml:4:4: `no` without quotes' in report_of({'data/steps.yaml': text})
    assert '\n    b: no\n       ^\n' in report_of({'data/steps.yaml': text})


def test_a_long_line_is_quoted_around_the_mistake(report_of):
    text = 'stay: {say: ' + 'very ' * 200 + 'long, source: no}\n'
    report = report_of({'data/steps.yaml': text})
    quoted, caret = report.splitlines()[1:3]
    assert len(quoted) < 160
    assert quoted[len(caret) - 1 :].startswith('no}')


def test_missing_folder(tmp_path):
    report = check(tmp_path / 'nowhere')
    (problem,) = report.errors
    assert problem.message == 'there is no such content folder'
    assert problem.expected == 'a folder with flows/ and data/'


def test_missing_files(report_of):
    assert report_of({'data/service.yaml': None, 'flows/main.yaml': None}) == (
        'data/service.yaml:1:1: this file is missing\n  expected: every content has it\n\n'
        'flows/main.yaml:1:1: this file is missing\n  expected: the flow that is walked'
    )


def test_empty_folder(tmp_path):
    places = [(problem.place.file, problem.message) for problem in check(tmp_path).errors]
    assert places == [
        ('data/service.yaml', 'this file is missing'),
        ('flows', 'this folder is missing'),
    ]


def test_a_folder_named_like_a_file(folder):
    target = folder()
    (target / 'flows/extra.yaml').mkdir()
    assert [str(problem) for problem in check(target).errors] == [
        'flows/extra.yaml:1:1: this is a folder, not a file\n  expected: a file with text'
    ]


def test_a_link_that_leads_nowhere(folder):
    target = folder()
    (target / 'flows/extra.yaml').symlink_to(target / 'gone.yaml')
    assert [str(problem) for problem in check(target).errors] == [
        'flows/extra.yaml:1:1: this file cannot be read: No such file or directory'
    ]


def test_a_file_that_nothing_reads(report_of):
    read = (
        '`data/assistance.yaml`, `data/cases`, `data/conditions.yaml`, `data/contacts.yaml`, `data/interface.yaml`, '
        '`data/limitations.yaml`, `data/lines.yaml`, `data/lists`, `data/service.yaml`, `data/sources.yaml`, `data/steps.yaml`, '
        '`data/training.yaml` and 1 more'
    )
    assert report_of({'flows/hut.yml': 'a: b', 'data/step.yaml': 'a: b', 'flows/old/hut.yaml': 'a: b'}) == (
        f'data/step.yaml:1:1: nothing reads this file (did you mean `data/steps.yaml`?)\n  expected: {read}\n\n'
        'flows/hut.yml:1:1: nothing reads this file\n  expected: hut.yaml\n\n'
        f'flows/old/hut.yaml:1:1: nothing reads this file\n  expected: {read}'
    )


def test_huge_file(report_of, quick):
    with quick(1):
        assert report_of({'data/steps.yaml': '# ' + 'x' * 5_000_000}) == (
            'data/steps.yaml:1:1: this file is too large\n  expected: at most 4,000,000 bytes'
        )


@pytest.mark.parametrize('opening', ['[', '{a: ', '- ', '{not: '])
def test_nesting_that_would_end_the_interpreter(opening, report_of, quick):
    with quick(1):
        report = report_of({'data/steps.yaml': 'a:\n ' + opening * 100_000})
    assert report.splitlines()[0].endswith(': this is nested too deeply')
    assert report.endswith('  expected: at most 250 levels')


def test_more_questions_than_a_check_takes(report_of, monkeypatch):
    monkeypatch.setattr(include, 'MAX_QUESTIONS', 500)
    questions = ''.join(f'  q{n}: {{ask: A, options: {{a: A}}}}\n' for n in range(1_000))
    report = report_of({'flows/hut.yaml': 'title: Many\nquestions:\n' + questions})
    assert 'flows/hut.yaml:500:3: this is question 501 of 1,004: the check cannot prove so many' in report
    assert report.endswith('  expected: at most 500 questions')


def test_all_mistakes_of_a_stage_are_told_in_one_run_in_order_of_place(report_of):
    report = report_of(
        {
            'flows/hut.yaml': 'title: no\nquestoins: {}\noutcomes: 5\n',
            'data/steps.yaml': 'Stay: {say: 5, source: page, colour: red}\n',
        }
    )
    assert [line for line in report.splitlines() if line[:1] not in (' ', '')] == [
        'data/steps.yaml:1:1: `Stay` is not an id',
        'data/steps.yaml:1:13: `5` without quotes is read as a number by YAML',
        'data/steps.yaml:1:30: `colour` is not a key here',
        'flows/hut.yaml:1:8: `no` without quotes is read as true or false by YAML',
        'flows/hut.yaml:2:1: `questoins` is not a key here (did you mean `questions`?)',
        'flows/hut.yaml:3:11: this is a number',
    ]


def test_what_follows_from_a_mistake_of_shape_is_left_out(report_of):
    """The flow that cannot be read holds the question that others name; nothing is said about those."""
    report = report_of({'flows/hut.yaml': 'title: The hut\nquestions: [\n'})
    assert report.count('expected:') == 1


def test_a_misspelt_key_of_the_screens(report_of):
    words = (WORDS / 'interface.yaml').read_text()
    report = report_of({'data/interface.yaml': words.replace('\nback:', '\nbackk:', 1)})
    assert ': `backk` is not a key here (did you mean `back`?)' in report
    assert 'is missing' not in report


def test_full_width_signs_and_unseen_characters_within_a_text_are_fine():
    said = '香港：你好，「好」（——）　10\u00a0km “yes” it’s 5–6; a#b ☎\ufe0f'
    text = (
        f"quoted: '\u3000who：{said} # not a comment\u00a0'  # two spaces before a comment, “，：\u00a0\n"
        f'plain: {said}\n'
        'word: id # a comment after an id\n'
        f'block: |\n  　who：me ［x］ say:Hello {said} # too\n  <<<<<<<\n'
        '香港: a key that is no id is told as such\n'
    )
    file = YamlFile('x.yaml', text)
    assert not file.problems
    assert file.data == {
        'quoted': f'\u3000who：{said} # not a comment\u00a0',
        'plain': said,
        'word': 'id',
        'block': f'　who：me ［x］ say:Hello {said} # too\n<<<<<<<\n',
        '香港': 'a key that is no id is told as such',
    }


@pytest.mark.parametrize(
    ('name', 'said'),
    [
        ('urgen\u200bcy', ' (did you mean `urgency`? There is U+200B ZERO WIDTH SPACE in it)'),
        ('home–permit', ' (did you mean `home-permit`? There is U+2013 EN DASH in it)'),
        (
            'ｈome－permit',
            ' (did you mean `home-permit`? There is U+FF48 FULLWIDTH LATIN SMALL LETTER H, U+FF0D FULLWIDTH HYPHEN-MINUS in it)',
        ),
        ('home–permitt', ' (did you mean `home-permit`?)'),
        ('urgncy', ' (did you mean `urgency`?)'),
        ('say：Hello', ' (`：` (U+FF1A FULLWIDTH COLON) is no colon of YAML)'),
        ('say:Hello', ' (a space is missing after this colon)'),
        ('nothing', ''),
        ('香港', ''),
        ('ｕｒｇｅｎｃｙ', ' (did you mean `urgency`? There is ' + LETTERS + ' and 2 more in it)'),
    ],
)
def test_a_name_that_looks_like_a_known_one_is_told_with_what_is_odd_in_it(name, said):
    assert nearest(name, ['urgency', 'home-permit']) == said


@pytest.mark.parametrize(
    ('name', 'near'),
    [
        ('police', 'police-hk'),  # and not `policy`, which has as many letters
        ('older-page', 'old-page'),  # `page` is less than half of it
        ('ahu', 'ahu-hotline'),
        ('polcie', 'policy'),
        ('form', 'from'),
        ('no', None),
    ],
)
def test_a_name_that_contains_the_other_ranks_first(name, near):
    assert closest(name, ['policy', 'police-hk', 'page', 'old-page', 'ahu-hotline', 'from', 'north']) == near
