"""A text that changed in form only keeps its translations, where somebody says so, and where they fit it."""

from __future__ import annotations

import itertools

import pytest

from guidance.__main__ import main
from guidance.serving.check import check
from tests.support.catalogues import HANS
from tests.support.catalogues import HANT
from tests.support.sampling import sampled

OWNER = 'owner'
STEP = 'outcomes.hurt.do-now.1.say.0.say'


def changed(target, name, old, new):
    path = target / name
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def translate(target, name):
    return main(['--content', str(target), 'translate', '--same-meaning', name])


@pytest.mark.parametrize(('name', 'before'), sampled(itertools.product([OWNER, f'data/service.yaml:{OWNER}'], [False, True]), 3))
def test_a_corrected_comma_takes_the_translation_from_nobody(target, name, before):
    changed(target, 'data/service.yaml', 'The islanders', 'The islanders,')
    if before:
        assert main(['--content', str(target), 'translate']) == 0
    assert len(check(target).untranslated) == 2
    assert translate(target, name) == 0
    report = check(target)
    assert report.untranslated == ()
    for lang in ('zh-Hant', 'zh-Hans'):
        assert report.contents[lang].service.owner == '譯The islanders'


def test_only_the_text_that_is_named_keeps_it(target):
    changed(target, 'data/service.yaml', 'The islanders', 'The islanders,')
    changed(target, 'flows/main.yaml', 'Keep warm.', 'Keep warm!')
    assert translate(target, STEP) == 0
    assert {problem.place.file for problem in check(target).untranslated} == {'data/service.yaml'}
    assert translate(target, OWNER) == 0
    assert check(target).untranslated == ()


@pytest.mark.parametrize(('name', 'told'), [('owned', 'did you mean `owner`?'), ('description', 'no text called `description`')])
def test_a_text_that_does_not_wait_is_told_and_nothing_is_touched(target, capsys, name, told):
    changed(target, 'data/service.yaml', 'The islanders', 'The islanders,')
    before = [(target / path).read_bytes() for path in (HANT, HANS)]
    assert translate(target, name) == 1
    assert told in capsys.readouterr().err
    assert [(target / path).read_bytes() for path in (HANT, HANS)] == before


def test_a_translation_with_another_number_is_not_kept(target, capsys):
    changed(target, 'flows/main.yaml', 'Keep warm.', 'Keep warm for 7 days.')
    assert translate(target, STEP) == 1
    assert 'it has other numbers than the text' in capsys.readouterr().err
    assert len(check(target).untranslated) == 2
