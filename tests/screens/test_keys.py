"""Every text of the screens is asked for, and nothing is asked for that is no text: by reading program and templates."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from functools import cache
from typing import get_args

import jinja2
import pytest
from jinja2 import nodes

from guidance.content.format import Channel
from guidance.content.loaded import Loaded
from guidance.content.training_words import TrainingWords
from guidance.content.ui_texts import UiTexts
from tests.support.paths import ROOT

KEYS = {*UiTexts.model_fields, *TrainingWords.model_fields}
PROGRAM = [
    path
    for path in (*sorted((ROOT / 'guidance').rglob('*.py')), ROOT / 'wizard.py')
    if path.parent.name != 'content'  # which reads the file of the texts, and asks for none
]
TEMPLATES = sorted((ROOT / 'guidance/screens/templates').glob('*.html'))
KINDS = get_args(Channel.model_fields['kind'].annotation)  # of a way to reach somebody: the only key that content names
LOADED = tuple(field.name for field in fields(Loaded))  # what a file of texts has beside them
TEXTS = ('ui_texts', 'training_words')  # whose attributes are keys


def in_python(node):
    """Yield the key that an expression makes: a word, or a pattern where it is put together; None where it is from elsewhere."""
    match node:
        case ast.Constant(value=str(key)):
            yield re.escape(key)
        case ast.IfExp(body=one, orelse=other):
            yield from (*in_python(one), *in_python(other))
        case ast.JoinedStr(values=parts):
            yield ''.join(re.escape(part.value) if isinstance(part, ast.Constant) else r'\w+' for part in parts)
        case _:
            yield None


def in_template(node):
    """The same for a template."""
    match node:
        case nodes.Const():
            yield re.escape(node.value)
        case nodes.CondExpr():
            yield from (*in_template(node.expr1), *in_template(node.expr2))
        case nodes.Concat():
            yield ''.join(re.escape(part.value) if isinstance(part, nodes.Const) else r'\w+' for part in node.nodes)
        case _:
            yield None


def asked_in_python(source):
    """Yield what a module asks for. Where a key comes from elsewhere in it, any of its words may be one."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Attribute) and node.attr not in LOADED
        if is_text and getattr(node.value, 'attr', getattr(node.value, 'id', '')) in TEXTS:
            yield re.escape(node.attr)
        if isinstance(node, ast.Call) and getattr(node.func, 'attr', getattr(node.func, 'id', '')) == 'words':
            for key in in_python(node.args[0]):
                words = (each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and each.value in KEYS)
                yield from words if key is None else [key]


def asked_in_template(source):
    """Yield what a template asks for."""
    tree = jinja2.Environment().parse(source)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == 't':
            for key in in_template(call.args[0]):
                words = (each.value for each in tree.find_all(nodes.Const) if each.value in KEYS)
                yield from words if key is None else [key]


@cache
def asked(path):
    """What a file asks for, as patterns of keys."""
    return set((asked_in_python if path.suffix == '.py' else asked_in_template)(path.read_text()))


def test_only_texts_are_asked_for_that_there_are():
    found = {(path.name, key) for path in (*PROGRAM, *TEMPLATES) for key in asked(path)}
    assert sorted((name, key) for name, key in found if not any(re.fullmatch(key, known) for known in KEYS)) == []


def test_every_text_is_asked_for():
    patterns = {key for path in (*PROGRAM, *TEMPLATES) for key in asked(path)} | set(KINDS)
    assert sorted(key for key in KEYS if not any(re.fullmatch(pattern, key) for pattern in patterns)) == []


@pytest.mark.parametrize(
    ('source', 'expected'),
    [
        ("page.words('next')", {'next'}),
        ("page.words('nxt', n=1)", {'nxt'}),
        ("words('error_many' if many else 'error_one')", {'error_many', 'error_one'}),
        ("words(f'opens_{kind}')", {r'opens_\w+'}),
        ("[words(key) for key in ('can', 'nothing')]", {'can'}),
        ('content.ui_texts.fault + training_words.filter + other.next', {'fault', 'filter'}),
    ],
)
def test_it_is_seen_what_a_module_asks_for(source, expected):
    assert set(asked_in_python(source)) == expected


@pytest.mark.parametrize(
    ('source', 'expected'),
    [
        ("{{ t('nxt') }}", {'nxt'}),
        ("{{ t('yes' if a else 'no') | plain }}", {'yes', 'no'}),
        ("{{ t('mode_' ~ mode ~ '_how') }}", {r'mode_\w+_how'}),
        ("{% for key in ('can', 'nothing') %}{{ t(key) }}{% endfor %}", {'can'}),
    ],
)
def test_it_is_seen_what_a_template_asks_for(source, expected):
    assert set(asked_in_template(source)) == expected
