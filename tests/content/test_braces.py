"""Braces in texts: filled in by name only, known names only, in every language; a text can never be a program."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import jinja2
import pytest

from guidance.content.braces import faults
from guidance.content.braces import fill
from guidance.content.local_text import LocalText
from guidance.content.placeholders import placeholders
from guidance.content.training_words import TrainingWords
from guidance.content.ui_texts import UiTexts
from guidance.journey.query import Reading
from guidance.screens.page import Page
from tests.support.paths import ROOT
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED
from tests.support.small import own_words

ATTACK = '{question.__class__.__new__.__globals__[escape].__globals__[_re].enum.sys.modules[os].environ}'
NOT_NAMES = [
    '{', '}', '{}', '{0}', '{n', 'n}', '{n!r}', '{n:>9}', '{n:{all}}', '{n.real}', '{n[0]}', '{{n}}', '{{', '}}', '{ n }',
    '{N}', '{m}', '{}{', '}{', '{n}{', ATTACK,
]  # fmt: skip


def test_names_are_filled_in_once_and_as_they_are():
    assert fill('{n} of {all}, {n}', {'n': 3, 'all': '{n}'}) == '3 of {n}, 3'
    assert fill('{name}', {'name': '\\1 \\g<0> {x!r} <b>'}) == '\\1 \\g<0> {x!r} <b>'
    said = fill(LocalText('第{n}部分', 'Part {n}', 'zh-Hant'), {'n': 1})
    assert isinstance(said, LocalText) and (said, said.original, said.lang) == ('第1部分', 'Part 1', 'zh-Hant')


@pytest.mark.parametrize('text', NOT_NAMES)
def test_what_is_no_name_is_never_filled_in_and_always_told(text):
    values = {'n': 'FILLED', 'all': 'FILLED', 'question': 'FILLED'}
    assert fill(text, values) == text.replace('{n}', 'FILLED').replace('{all}', 'FILLED')
    assert list(faults(text, ('n', 'all'))), text


def test_names_that_have_no_value_stay_and_nothing_is_raised():
    assert fill('{n} {other} {', {'n': 1}) == '1 {other} {'


@pytest.mark.parametrize(
    'text, told',
    [
        ('{n} of {all}', None),
        ('no braces', None),
        ('{nn}', '`{nn}` is not filled in here (did you mean `{n}`?)'),
        ('{all.x}', '`{all.x}` is not filled in here (did you mean `{all}`?)'),
        ('{n!r}', '`{n!r}` is not filled in here (did you mean `{n}`?)'),
        ('{}', '`{}` is not filled in here'),
        ('{n', 'the brace `{` stands here without its partner'),
        ('{{n}}', 'the brace `{` stands here without its partner'),
    ],
)
def test_a_fault_is_named_with_the_nearest_name(text, told):
    assert [fault.message for fault in faults(text, ('n', 'all'))][:1] == [told] * bool(told)
    assert {fault.expected for fault in faults(text, ('n', 'all'))} <= {'one of `{n}`, `{all}`'}


# What the screens fill in is what the texts may name


def calls_in_python():
    """Yield (key or its beginning, names that are given) for every call of `words(...)` and `t(...)` in the program."""
    for path in (*(ROOT / 'guidance').rglob('*.py'), ROOT / 'wizard.py'):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or getattr(node.func, 'attr', getattr(node.func, 'id', '')) not in ('words', 't'):
                continue
            given = {each.arg for each in node.keywords}
            for key in ast.walk(node.args[0]):
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value != '':
                    yield key.value, given


def calls_in_templates():
    for path in (ROOT / 'guidance').rglob('templates/*.html'):
        for call in jinja2.Environment().parse(path.read_text()).find_all(jinja2.nodes.Call):
            if getattr(call.node, 'name', getattr(call.node, 'attr', '')) == 't':
                keys = [call.args[0], *call.args[0].find_all(jinja2.nodes.Const)]
                yield from (
                    (key.value, {each.key for each in call.kwargs}) for key in keys if isinstance(key, jinja2.nodes.Const)
                )


# Keys that the program puts together, and what it gives them (explain.py, demonstrate.py, debrief.py, routes.py, book/).
COMPUTED = {
    'condition-is': {'question', 'options'}, 'condition-not': {'question', 'options'}, 'condition-other': {'question', 'options'},
    'condition-and': {'one', 'two'}, 'condition-or': {'one', 'two'}, 'condition-choice': {'one', 'two'}, 'joined': {'one', 'two'},
    'opens-question': {'name'}, 'opens-outcome': {'name'}, 'opens-assistance': {'name'},
    'rule': {'most', 'offer', 'limit', 'over', 'passed'}, 'part-of-training': {'part', 'title'},
    'read-in-words': {'words', 'longest'}, 'read-in-characters': {'words', 'longest'},
}  # fmt: skip


def test_the_names_that_a_text_may_have_are_those_that_the_program_gives_it():
    given = defaultdict(list)
    for key, names in (*calls_in_python(), *calls_in_templates()):
        given[key.replace('_', '-')].append(names - {'key'})
    plurals = {
        field.alias for shape in (UiTexts, TrainingWords) for field in shape.model_fields.values() if field.annotation is not str
    }
    known = {kind.split('.')[1]: set(names) - {'help'} for kind, names in placeholders().items() if kind[:6] != 'Plural'}
    for key, names in known.items():
        expected = {'n'} if key in plurals else names
        if key in COMPUTED:
            assert names == COMPUTED[key], key
        elif expected:
            assert given[key] and all(each == expected for each in given[key]), (key, given[key])
    assert COMPUTED.keys() <= known.keys()


def test_every_text_of_the_screens_is_filled_in_whole_in_every_language():
    for lang, content in SHIPPED.contents.items():
        page = Page(content, lang, Reading({}))
        for shape in (UiTexts, TrainingWords):
            for key, field in shape.model_fields.items():
                names = placeholders()[f'{shape.context}.{field.alias or key}']
                said = page.words(key, **dict.fromkeys((*names[1:], 'n'), 1))
                assert '{' not in said and '}' not in said, (lang, key)


# What is told


@pytest.mark.parametrize('text', sampled(NOT_NAMES, 5))
def test_braces_that_nothing_fills_in_stop_content_from_being_served(report_of, small_interface, text):
    said = report_of(small_interface('part-of', f'Part {text}'))
    assert said.startswith('data/interface.yaml:') and 'expected: one of `{help}`, `{n}`, `{all}`' in said


def test_they_are_told_at_their_column_and_also_where_nothing_is_filled_in(report_of, small_interface):
    said = report_of(small_interface('content-version', 'Version {version'))
    assert re.search(
        r'data/interface.yaml:\d+:27: the brace `{` stands here without its partner\n'
        r"    content-version: 'Version {version'\n"
        r'                              \^\n'
        r'  expected: one of `{help}`, `{version}`',
        said,
    )
    flow = (ROOT / 'tests/small/flows/main.yaml').read_text()
    said = report_of({'flows/main.yaml': flow.replace('friend: A friend of', 'friend: A {help} of')})
    assert 'flows/main.yaml:8:17: `{help}` is not filled in here\n' in said and 'expected: a text without braces' in said


@pytest.fixture
def small_interface():
    """The texts of the screens in the small content, with one of them replaced."""
    whole = own_words()['data/interface.yaml']

    def replaced(key, text):
        assert f'\n{key}: Words\n' in whole
        quoted = text.replace("'", "''")
        return {'data/interface.yaml': whole.replace(f'\n{key}: Words\n', f"\n{key}: '{quoted}'\n")}

    return replaced
