"""Translations: complete, never stale, never with another number; the reader's language chosen and kept."""

from __future__ import annotations

import datetime
import itertools
import re
from html.parser import HTMLParser

import pytest

from guidance.__main__ import main
from guidance.content.defaults import WORDS
from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.flow_format import OutcomeVariantSpec
from guidance.content.load import read
from guidance.content.local_text import LocalText
from guidance.content.local_text import original
from guidance.content.texts import texts
from guidance.journey.query import Reading
from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.walk import walk
from guidance.languages import catalogue
from guidance.languages import translate
from guidance.languages.language import date_in_words
from guidance.languages.language import plural
from guidance.languages.language import preferred
from guidance.languages.messages import messages
from guidance.languages.update import needed
from guidance.languages.update import update
from guidance.languages.update import updated
from guidance.screens.page import Page
from guidance.serving.check import check
from tests.support.apptest import app_of
from tests.support.apptest import error
from tests.support.apptest import send
from tests.support.chinese import foreign
from tests.support.paths import ROOT
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED
from tests.support.small import own_words

CONTENTS = SHIPPED.contents
LANGUAGES = ('en', 'zh-Hant', 'zh-Hans')
CHINESE = LANGUAGES[1:]

SERVICE = {
    'data/service.yaml': (ROOT / 'tests/small/data/service.yaml')
    .read_text()
    .replace('languages: {en: English}', 'languages: {en: English, zh-Hant: 繁體中文}')
}


# The language of a reader


@pytest.mark.parametrize(
    'accepted, expected',
    [
        ('zh-HK,zh;q=0.9,en;q=0.8', 'zh-Hant'),
        ('zh-MO', 'zh-Hant'),
        ('zh-TW', 'zh-Hant'),
        ('zh-Hant-HK', 'zh-Hant'),
        ('zh', 'zh-Hans'),
        ('zh-CN', 'zh-Hans'),
        ('zh-SG', 'zh-Hans'),
        ('en-GB,zh-HK;q=0.9', 'en'),
        ('fr,de;q=0.9,zh-TW;q=0.2,en;q=0.1', 'zh-Hant'),
        ('en;q=0.1,zh-CN;q=0.7', 'zh-Hans'),
        ('zh-HK;q=0,en', 'en'),
        ('', 'en'),
        ('fr', 'en'),
        ('\x00;q=,,zh_;;<script>', 'en'),
        ('nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,zh-HK;q=0.6,en;q=0.5', 'zh-Hant'),
        (','.join(f'x{number}' for number in range(500)) + ',zh-HK', 'en'),
        ('ja', 'en'),
        ('*', 'en'),
        ('*;q=0.5, zh', 'zh-Hans'),
        ('*, zh-HK;q=0.5', 'zh-Hant'),
        ('ZH-hk', 'zh-Hant'),
        ('zh_HK', 'zh-Hant'),
        ('zh-Hant-CN', 'zh-Hant'),
        ('zh-Hans-HK', 'zh-Hans'),
        ('zh-Latn', 'zh-Hant'),
        ('yue', 'zh-Hant'),
        ('yue-Hant-HK', 'zh-Hant'),
        ('yue-CN', 'zh-Hans'),
        ('zh-yue', 'zh-Hant'),
        ('nan-TW', 'zh-Hant'),
        ('zh-min-nan-TW', 'zh-Hant'),
        ('hak-HK', 'zh-Hant'),
        ('nan', 'zh-Hans'),
        ('wuu', 'zh-Hans'),
        ('cmn-Hant', 'zh-Hant'),
        ('cmn', 'zh-Hans'),
        ('zh-HK; q=0.3 , en ; q = 0.2', 'zh-Hant'),
        ('en;Q=0.1,zh-TW;Q=0.9', 'zh-Hant'),
        ('zh-HK,en;q=0.8', 'zh-Hant'),
        ('en;q=0', 'zh-Hant'),
        ('en;q=0,*', 'zh-Hant'),
        ('zh-Hant;q=0', 'en'),
        ('zh-HK;q=0,zh', 'zh-Hans'),
        ('zh,zh-CN;q=0', 'zh-Hant'),
        ('en;q=0,zh;q=0,zh-HK;q=0', 'en'),
        ('zh-HK;q=7,zh-CN;q=nan,zh-TW;q=inf,en;q=0.1', 'en'),
        ('zh-HK;q=-1', 'en'),
    ],
)
def test_the_first_visit_is_in_the_language_that_the_browser_prefers(accepted, expected):
    assert preferred(accepted, LANGUAGES) == expected


@pytest.mark.parametrize(
    'accepted, available, expected',
    [
        ('fr', ['zh-HK', 'en', 'zh-TW'], 'zh-HK'),
        ('fr', ['en-GB', 'zh-Hant', 'en-US'], 'en-GB'),
        ('', ['zh-Hant', 'en'], 'zh-Hant'),
        ('xx', ['en', 'qaa', 'qab'], 'en'),
        ('<script>', ['en', 'qaa'], 'en'),
        ('qaa', ['en', 'qaa'], 'qaa'),
        ('pt-PT', ['en', 'pt-BR', 'pt-PT'], 'pt-PT'),
        ('pt-AO', ['en', 'pt-BR', 'pt-PT'], 'pt-BR'),
        ('zh-HK', ['en', 'zh-Hans'], 'zh-Hans'),
        ('zh-HK,en;q=0.9', ['en', 'zh-Hans'], 'en'),
        ('zh-TW', ['zh-HK'], 'zh-HK'),
        ('yue', ['en', 'zh-Hant', 'yue'], 'yue'),
        ('nb-NO', ['en', 'nb'], 'nb'),
    ],
)
def test_of_any_languages_the_nearest_is_chosen_and_else_the_first(accepted, available, expected):
    assert preferred(accepted, available) == expected


def test_dates_are_written_as_each_language_writes_them():
    date = datetime.date(2026, 11, 22)
    assert [date_in_words(date, lang, 'HK') for lang in LANGUAGES] == ['22 November 2026', '2026年11月22日', '2026年11月22日']


def test_english_tells_one_from_more_and_chinese_does_not():
    assert [plural(n, 'en') for n in (1, 2)] == ['one', 'other']
    assert [plural(n, 'zh-Hant') for n in (1, 2)] == ['other', 'other']


# The catalogues


@pytest.fixture(scope='module')
def shipped():
    """What is read of the shipped content."""
    return read(ROOT)


def test_the_catalogues_are_up_to_date_with_the_content(shipped):
    for lang in CHINESE:
        path = ROOT / f'data/translations/{lang}.po'
        made = updated(needed(shipped, 'zh-Hant'), catalogue.read(path, path.name))
        assert path.read_text() == catalogue.written(made), lang


@pytest.mark.parametrize('lang', CHINESE)
def test_every_context_of_the_catalogue_is_one_that_the_content_has(shipped, lang):
    entries = catalogue.read(ROOT / f'data/translations/{lang}.po', lang).entries
    assert {kind for kind, _ in entries} == {kind for kind, _ in translate.to_translate(messages(shipped), lang)}


def test_a_text_keeps_its_context_whatever_the_class_of_its_shape_is_called():
    class Renamed(Shape, context='Question'):
        why_not: Text

    assert [found.kind for found in texts(Renamed.model_validate({'why-not': 'Why not?'}))] == ['Question.why-not']


def test_no_two_shapes_have_one_context():
    shapes = [shape for shape in Shape.__subclasses__() if shape.__module__.startswith('guidance')]
    contexts = [shape.context for shape in shapes if shape is not OutcomeVariantSpec]  # whose words are those of a variant
    assert len(contexts) > 25 and len(set(contexts)) == len(contexts)


@pytest.mark.parametrize('lang', CHINESE)
def test_every_text_of_the_content_has_a_usable_translation(shipped, lang):
    every = messages(shipped)
    translation = translate.Translation(translate.read_catalogue(shipped, every, ROOT, lang), lang, 'en')
    assert [str(problem) for problem in translate.differences(every, translation)] == []


def test_simplified_is_no_copy_of_traditional():
    hant, hans = (catalogue.read(ROOT / f'data/translations/{lang}.po', lang).entries for lang in CHINESE)
    assert [text for text, entry in hant.items() if len(entry.string) > 20 and hans[text].string == entry.string] == []
    assert '內地' not in str(hans) and '内地' not in str(hant)


@pytest.fixture
def translated(folder):
    """Build the small content in two languages, with its catalogue filled by `said` (English -> translation).

    The words of the screens are all translated, since a language without any would not be served.
    """

    def build(said=None, files=None):
        target = folder(SERVICE | own_words() | (files or {}))
        [path] = update(target)
        text = path.read_text()
        for text_en, text_zh in (said or {}).items():
            assert f'msgid "{text_en}"\nmsgstr ""' in text, text_en
            text = text.replace(f'msgid "{text_en}"\nmsgstr ""', f'msgid "{text_en}"\nmsgstr "{text_zh}"')
        screens = r'^(msgctxt "(?:Interface|TrainingWords)\..*"\nmsgid "(.+)"\nmsgstr )""$'
        path.write_text(re.sub(screens, r'\1"譯\2"', text, flags=re.M))
        return target

    return build


def warnings(target, about=''):
    report = check(target)
    assert report.errors == ()
    return [problem.message for problem in report.warnings if about in problem.message]


def first_text(target):
    content = check(target).contents['zh-Hant']
    return content.questions[0].ask.variants[0].say


def english_of_first_question(folder):
    return original(first_text(folder))


def test_a_missing_translation_stands_in_english_marked_and_is_listed_with_its_place(translated):
    target = translated()
    text = first_text(target)
    assert isinstance(text, LocalText) and text.lang == 'en' and text == original(text)
    listed = [problem for problem in check(target).warnings if f'is missing: "{text}"' in problem.message]
    assert listed and listed[0].place.file == 'flows/main.yaml' and listed[0].place.line > 1


def test_a_translation_is_used_and_keeps_the_english_for_the_fingerprint(translated):
    said = english_of_first_question(translated())
    text = first_text(translated({said: '誰需要協助？'}))
    assert (text, text.lang, original(text)) == ('誰需要協助？', 'zh-Hant', said)


def test_a_changed_english_sentence_never_shows_its_old_translation(translated):
    said = english_of_first_question(translated())
    target = translated({said: '誰需要協助？'})
    path = target / 'flows/main.yaml'
    path.write_text(path.read_text().replace(said, f'{said[:-1]} now?'))
    assert first_text(target) == f'{said[:-1]} now?'
    update(target)
    assert first_text(target) == f'{said[:-1]} now?'
    assert warnings(target, 'is of an earlier text')
    assert 'fuzzy' in (target / 'data/translations/zh-Hant.po').read_text()


def test_a_translation_that_lost_a_placeholder_is_not_used(translated):
    interface = {'data/interface.yaml': (WORDS / 'interface.yaml').read_text()}
    target = translated({'About {n} more questions after this one': '還有幾條問題'}, interface)
    assert warnings(target, 'is not used: it has other braces than the text: "About {n} more')
    assert check(target).contents['zh-Hant'].ui_texts.about_more.other == 'About {n} more questions after this one'


@pytest.mark.parametrize(
    'said, text, fit',
    [
        ('Call 1868.', '請致電1868。', True),
        ('Call 1868.', '請致電1886。', False),
        ('Within 14 days.', '在十四日內。', False),
        ('HK$100,000 at most', '最多100000港元', True),
        ('On 30 November 2024', '在2024年11月30日', True),
        ('On 30 November 2024', '在2024年10月30日', False),
        ('Call 110 or 120', '請致電120或110', True),
    ],
)
def test_numbers_must_be_the_same_in_every_language(said, text, fit):
    entries = {('Question.ask', said): catalogue.Entry(text)}
    translation = translate.Translation(catalogue.Catalogue('x.po', entries=entries), 'zh-Hant', 'en')
    assert translation.of(('Question.ask', said))[0] == (text if fit else '')


def test_the_command_updates_the_catalogues(translated, capsys):
    target = translated()
    (target / 'flows/main.yaml').write_text((target / 'flows/main.yaml').read_text().replace('Who needs', 'Who really needs'))
    for said in ('was brought up to date', 'is up to date'):
        assert main(['--content', str(target), 'translate']) == 0
        assert capsys.readouterr().out == f'data/translations/zh-Hant.po {said}\n'
    assert main(['--content', str(target), 'check', '--strict']) == 1
    assert main(['--content', str(target), 'check']) == 0


# What a reader sees


class Collected(HTMLParser):
    """All text of a page, and all attributes that are read out, with the language each stands in. A code stands in none."""

    def __init__(self):
        super().__init__()
        self.found, self.open = [], [None]

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in ('br', 'img', 'input', 'meta', 'link', 'hr'):
            none = 'none' if attributes.get('translate') == 'no' else None
            self.open.append(none or attributes.get('lang', self.open[-1]))
        self.found += [
            (self.open[-1], attributes[name]) for name in ('aria-label', 'alt', 'title', 'placeholder') if name in attributes
        ]

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        self.found.append((self.open[-1], data.strip()))


def all_texts(app, lang):
    page = Collected()
    for part in app.get('html'):
        page.feed(part.proto.body)
    found = [text for said_in, text in page.found if said_in in (None, lang)]
    return found + [box.label for box in app.checkbox] + [button.label for button in app.button]


@pytest.fixture(scope='module')
def app():
    return app_of()


def opened(app, query):
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize('name, lang', sampled(zip(CONTENTS['en'].cases, itertools.cycle(CHINESE), strict=False), 23))
def test_all_text_on_every_page_of_a_case_is_in_the_language(app, name, lang):
    content = CONTENTS[lang]
    answers = current_answers(content, content.cases[name].answers)[0]
    for query in ({}, *({'change': question} for question in list(answers)[1::3])):
        made = parameters(content, answers if query else {}, lang, **query)
        assert foreign(all_texts(opened(app, made), lang)) == []
    assert foreign(all_texts(opened(app, parameters(content, answers, lang)), lang)) == []


@pytest.mark.parametrize('lang', CHINESE)
def test_errors_and_notices_are_in_the_language(app, lang):
    opened(app, {'change': 'who', 'lang': lang})
    send(app, ())
    assert error(app) and foreign(all_texts(app, lang)) == []
    assert foreign(all_texts(opened(app, {'who': 'xx', 'lang': lang}), lang)) == []
    assert foreign(all_texts(opened(app, {'hapened': 'xx', 'lang': lang}), lang)) == []


@pytest.mark.parametrize('name', sampled(CONTENTS['en'].cases, 7))
def test_switching_the_language_keeps_place_answers_and_fingerprint(name):
    answers = current_answers(CONTENTS['en'], CONTENTS['en'].cases[name].answers)[0]
    seen = {walk(CONTENTS[lang], answers).result.fingerprint for lang in LANGUAGES}
    assert len(seen) == 1
    page = Page(CONTENTS['en'], 'en', Reading(answers, change='who', seen=seen.pop()))
    for other in page.links.languages():
        assert other.link == page.links.here().replace('lang=en', f'lang={other.code}')
        assert 'change=who' in other.link and f'seen={page.reading.seen}' in other.link


def test_a_text_without_translation_is_marked_as_english_on_the_page(translated):
    content = check(translated()).contents['zh-Hant']
    page = Page(content, 'zh-Hant', Reading({}))
    assert f'<p><span lang="en">{content.service.privacy}</span></p>' in page.render('start.html')
