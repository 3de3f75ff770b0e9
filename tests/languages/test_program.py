"""The words of the program: there in three languages, whatever a content says in words of its own."""

from __future__ import annotations

import pytest

from guidance.content.braces import faults
from guidance.content.braces import names
from guidance.content.defaults import WORDS
from guidance.content.load import read
from guidance.content.placeholders import placeholders
from guidance.languages import catalogue
from guidance.languages import program
from guidance.languages.numbers import numbers
from guidance.languages.program import program_messages
from guidance.languages.update import update
from guidance.languages.update import updated
from guidance.serving.check import check
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.small import small_content

CHINESE = ['zh-Hant', 'zh-Hans']
THREE = '{en: English, zh-Hant: 繁體中文, zh-Hans: 简体中文}'
MESSAGES = list(program_messages())


def in_chinese(files):
    """The small content with the program's words, in other languages."""
    return {'data/service.yaml': SERVICE['data/service.yaml'].replace('zh-Hans: 简体中文', 'fr: Français')} | files


@pytest.mark.parametrize('lang', CHINESE)
def test_the_program_has_each_of_its_words_in_each_language(lang):
    entries = catalogue.read(WORDS / f'{lang}.po', lang).entries
    assert list(entries) == list(dict.fromkeys(message.key for message in MESSAGES))
    for (kind, text), entry in entries.items():
        assert entry.string and not entry.fuzzy, text
        assert names(entry.string) == names(text) and not list(faults(entry.string, placeholders()[kind]))
        assert numbers(text, 'en') == numbers(entry.string, lang), text


def test_no_word_of_the_program_needs_a_contact_or_an_owner_of_one_service():
    for message in MESSAGES:
        assert '{help}' not in message.text and 'Government' not in message.text, message.text


@pytest.mark.parametrize('lang', CHINESE)
def test_the_catalogues_of_the_program_are_up_to_date(lang):
    path = WORDS / f'{lang}.po'
    assert catalogue.written(updated(program_messages(), catalogue.read(path, lang))) == path.read_text()


def test_a_new_word_that_no_catalogue_has_yet_has_no_translation(monkeypatch):
    new = ('Interface.back', 'Go back')
    monkeypatch.setattr(program, '_keys', lambda: {new})
    assert [program.said(lang, new) for lang in ('en', *CHINESE)] == ['Go back', '', '']


def test_a_content_without_words_has_those_of_the_program(folder):
    report = check(folder())
    assert report.errors == () and report.content.ui_texts.back == 'Back'
    assert report.content.training.words.training == 'Training'


def test_a_content_says_some_words_in_its_own(folder):
    training = small_content()['data/training.yaml'] + "words: {'yes': Aye}\n"
    own = {'data/interface.yaml': 'back: Go back\n', 'data/training.yaml': training}
    content = check(folder(own)).content
    assert (content.ui_texts.back, content.ui_texts.next) == ('Go back', 'Continue')
    assert (content.training.words.yes, content.training.words.no) == ('Aye', 'No')


def test_a_catalogue_has_the_words_of_the_program_only_for_a_language_that_it_does_not_speak(folder):
    target = folder(in_chinese({'data/interface.yaml': 'back: Go back\n'}))
    for path in update(target):
        filled(path)
    entries = {lang: catalogue.read(target / f'data/translations/{lang}.po', lang).entries for lang in ('zh-Hant', 'fr')}
    kinds = {lang: {kind for kind, _ in keys} for lang, keys in entries.items()}
    assert {'Interface.back'} == {kind for kind in kinds['zh-Hant'] if kind.startswith(('Interface', 'TrainingWords'))}
    assert {message.kind for message in MESSAGES if not message.kind.startswith('Desk.')} <= kinds['fr']
    report = check(target)
    assert (report.errors, report.warnings) == ((), ())
    chinese, french = report.contents['zh-Hant'].ui_texts, report.contents['fr'].ui_texts
    assert (chinese.back, chinese.next, french.next) == ('譯Go back', '繼續', '譯Continue')


def test_a_content_written_in_chinese_has_the_words_in_chinese_and_in_english(folder):
    service = SERVICE['data/service.yaml'].replace(THREE, '{zh-HK: 中文, en: English}')
    target = folder({'data/service.yaml': service})
    for path in update(target):
        filled(path)
    contents = check(target).contents
    assert (contents['zh-HK'].ui_texts.next, contents['en'].ui_texts.next) == ('繼續', 'Continue')
    of_the_program = {f'guidance/words/{name}.yaml' for name in ('interface', 'training', 'desk')}
    assert {message.file.name for message in MESSAGES} == of_the_program
    assert read(target).ui_texts.value.next == 'Continue'


def test_words_in_a_language_that_the_program_does_not_speak_are_marked_as_foreign(folder):
    service = SERVICE['data/service.yaml'].replace(THREE, '{fr: Français}')
    texts = check(folder({'data/service.yaml': service, 'data/interface.yaml': 'back: Retour\n'})).content.ui_texts
    assert texts.next.foreign and texts.next.lang == 'en' and not hasattr(texts.back, 'foreign')
