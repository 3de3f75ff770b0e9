"""The guide says where each text appears: of every text that a shape can have, and of no other."""

from __future__ import annotations

from guidance.content import case_format
from guidance.content import flow_format
from guidance.content import format
from guidance.content.fields import Shape
from guidance.content.guide import APPEARS
from guidance.content.guide import SECTIONS
from guidance.content.guide import guide
from guidance.content.placeholders import placeholders
from guidance.content.texts import kinds
from guidance.content.training_words import Training
from tests.support.paths import ROOT


def test_the_guide_is_up_to_date():
    assert (ROOT / 'docs/guide/texts.md').read_text() == guide()


def test_it_says_where_every_text_appears():
    shapes = [
        value
        for module in (case_format, flow_format, format)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Shape) and value is not Shape
    ]
    every = {kind for shape in (*shapes, Training) for kind in kinds(shape)}
    assert set(APPEARS) == every


def test_the_sections_of_the_screens_begin_with_texts_of_theirs_in_order():
    order = [kind for kind in placeholders() if not kind.startswith('Plural.')]
    assert [kind for kind in order if kind in SECTIONS] == list(SECTIONS)
    assert order[0] in SECTIONS and 'TrainingWords.training' in SECTIONS


def test_it_names_what_each_text_of_the_screens_may_hold():
    of_the_screens = ('| `Interface.', '| `Training', '| `Desk.')
    rows = dict(row.split(' | ')[::2] for row in guide().splitlines() if row.startswith(of_the_screens))
    for kind, names in placeholders().items():
        if not kind.startswith('Plural.') and len(names) > 1:
            assert [f'{{{name}}}' for name in names[1:]] == rows[f'| `{kind}`'].strip(' |').replace('`', '').split()
