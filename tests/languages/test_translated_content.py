"""A content in another language is the one that was resolved, in the words of its translation."""

import re

from guidance.content.local_text import LocalText
from guidance.languages import catalogue
from guidance.serving.check import check
from tests.support.shipped import SHIPPED


def words_of(content):
    """Every text in what was made of the flows, and its kind if that stands beside it."""
    wordings = [each for one in content.questions for each in (one.ask, one.hint, one.why)]
    wordings += [each for one in content.outcomes for each in (one.title, one.advice, one.summary, one.no_assistance)]
    said = [each for wording in wordings if wording for each in wording.variants]
    said += [line for outcome in content.outcomes for line in outcome.lines]
    yield from ((each.say, each.kind) for each in said)
    yield from ((text, '') for each in said for named in each.named for text in named.texts.values())
    for question in content.questions:
        for option in question.options:
            yield option.label, f'{option.kind}.label'
            yield from ((text, '') for text in (option.hint, option.group) if text)
        yield from ((text, '') for text in question.gone.values())
    yield from ((group.title, '') for group in content.emergency)
    yield from ((text, '') for text in content.gone.values())


def test_every_word_is_in_the_language_and_nothing_else_differs():
    english, chinese = SHIPPED.contents['en'], SHIPPED.contents['zh-Hant']
    words = list(words_of(chinese))
    assert [(text.original, kind) for text, kind in words] == list(words_of(english))
    assert {text.lang for text, _ in words if isinstance(text, LocalText)} == {'zh-Hant'}
    assert {kind for _, kind in words} >= {'Variant.say', 'Line.say', 'StepLine.say', 'Step.say', 'Option.label', 'Row.label'}
    assert [each.applies for each in chinese.outcomes] == [each.applies for each in english.outcomes]


def test_two_options_that_read_alike_in_a_translation_are_a_mistake_of_its_catalogue(target):
    path = target / 'data/translations/zh-Hant.po'
    found = catalogue.read(path, path.name)
    for option in check(target).contents['en'].questions[0].options[:2]:
        key = 'Option.label', option.label
        found.entries[key] = found.entries[key]._replace(string='同')
    path.write_text(catalogue.written(found))
    [problem] = check(target).errors
    assert re.fullmatch('`.*` reads as the option `.*` of `who`: 同', problem.message)
    assert (problem.place.file, problem.place.quoted) == ('data/translations/zh-Hant.po', 'msgstr "同"')
