"""What `check --style` measures: it tells what passes a limit, with its place, and never fails."""

from __future__ import annotations

import dataclasses

import pytest

from guidance import __main__ as program
from guidance.content.format import Style
from guidance.proof.style import measured
from guidance.proof.style import style
from guidance.proof.style import syllables
from guidance.proof.width import lines_of
from guidance.serving.check import check
from tests.support.shipped import SHIPPED
from tests.support.small import small_content

LONG = 'Has anybody whom you know well seen the person on the island today, or heard of the person from others who were there?'


def told(folder, files):
    report = check(folder(files))
    assert report.content is not None, report.errors
    return [(problem.place.file, problem.message) for problem in style(report.contents)]


@pytest.mark.parametrize(
    ('text', 'column', 'lines'),
    [('', 10, 1), ('short', 10, 1), ('one two', 2, 2), ('字' * 10, 10, 1), ('字' * 11, 10, 2), ('字' * 10 + '？', 10, 1)],
)
def test_lines_are_counted_by_the_widths_of_the_characters(text, column, lines):
    assert lines_of(text, column) == lines


@pytest.mark.parametrize(
    ('number', 'words'),
    [
        (1, "the one are while asked called names rules clothes who's 1868"),
        (2, 'police table handled wanted needed places wishes rescue handles relay'),
        (3, 'relatives officers arrested evidence hospital'),
    ],
)
def test_vowels_are_counted_that_are_heard(number, words):
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), number)


def test_a_question_and_a_sentence_that_are_too_long_are_told_and_the_limit_can_be_another(folder):
    main = small_content()['flows/main.yaml'].replace('ask: Who needs help?', f'ask: {LONG}')
    assert LONG in main
    (message,) = [message for file, message in told(folder, {'flows/main.yaml': main}) if file == 'flows/main.yaml']
    assert message.startswith('en: this question needs 6 lines')
    service = small_content()['data/service.yaml'] + '\nstyle: {question-lines: 9, sentence-words: 20}\n'
    found = told(folder, {'flows/main.yaml': main, 'data/service.yaml': service})
    (message,) = [message for file, message in found if file == 'flows/main.yaml']
    assert message.startswith('en: a sentence of 23 words:')


def test_the_command_tells_it_and_does_not_fail(capsys, folder):
    main = small_content()['flows/main.yaml'].replace('ask: Who needs help?', f'ask: {LONG}')
    strictly = ['--content', str(folder({'flows/main.yaml': main})), 'check', '--strict']
    assert program.main([*strictly, '--style']) == program.main(strictly)
    with_style, without = capsys.readouterr().out.split('The content is consistent')[:2]
    assert 'this question needs 6 lines' in with_style and 'lines' not in without.partition('\n\n')[2]


def test_every_question_of_the_shipped_content_is_measured_in_each_language():
    limits = Style(**{'question-lines': 1, 'reading-age': 1})
    strict = {lang: _with(content, limits) for lang, content in SHIPPED.contents.items()}
    found = [problem.message for problem in style(strict)]
    for lang in strict:
        assert len([message for message in found if message.startswith(f'{lang}: this question')]) >= 5
    assert any('can be read from the age' in message for message in found)


def test_every_chinese_language_is_counted_in_characters():
    outcome = SHIPPED.contents['zh-Hant'].outcomes[0]
    found = measured(outcome, 'yue')
    assert found == measured(outcome, 'zh-Hant') and found.chinese and found.words > 100


def test_the_shipped_english_has_no_long_sentence_and_no_outcome_for_older_readers():
    english = style({'en': SHIPPED.contents['en']})
    assert [problem.message for problem in english if 'sentence' in problem.message or 'age' in problem.message] == []


def _with(content, limits):
    return dataclasses.replace(content, service=content.service.model_copy(update={'style': limits}))
