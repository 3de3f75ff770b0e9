"""Any input: conditions, answers, addresses, content files. Nothing crashes, and what is said of it is true."""

from __future__ import annotations

import ast
import itertools
import os
from urllib.parse import urlencode

import pytest
from babel.core import get_global
from conftest import ROOT
from conftest import built
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from shipped import SHIPPED
from test_shell import Client

import wizard
from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import all_of
from guidance.content.condition import answer
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.content.condition import open_to
from guidance.content.condition import questions_in
from guidance.content.problem import Problem
from guidance.content.yamlfile import YamlFile
from guidance.journey import link
from guidance.journey.walk import walk
from guidance.serving.check import check
from guidance.training.record import read_record
from guidance.training.table import record_table

CONTENT = SHIPPED.contents['en']
CLIENT = Client(wizard.app)
HOST = {'Host': 'help.example'}
TIMES = int(os.environ.get('EXAMPLES', '1'))  # EXAMPLES=100 tries a hundred times as many, others at each run
FEW = settings(max_examples=15 * TIMES, deadline=None, derandomize=TIMES == 1, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=50 * TIMES)

# Conditions over four questions of three options

NAMES, OPTIONS = 'pqrs', 'abc'
TESTS = st.builds(AnswerIs, st.sampled_from(NAMES), st.sets(st.sampled_from(OPTIONS), min_size=1).map(frozenset))
CONDITIONS = st.recursive(
    TESTS | TESTS.map(negate) | st.sampled_from([TRUE, FALSE]),
    lambda inner: st.lists(inner, max_size=4).map(all_of) | st.lists(inner, max_size=4).map(any_of) | inner.map(negate),
    max_leaves=12,
)
ANSWERS = st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(OPTIONS), min_size=1).map(lambda s: tuple(sorted(s))))


@MANY
@given(st.lists(CONDITIONS, min_size=1, max_size=4), ANSWERS)
def test_conditions_mean_what_they_are_made_of(conditions, answers):
    values = [holds(condition, answers) for condition in conditions]
    assert holds(all_of(conditions), answers) is all(values)
    assert holds(any_of(conditions), answers) is any(values)
    assert [holds(negate(condition), answers) for condition in conditions] == [not value for value in values]
    assert negate(negate(conditions[0])) == conditions[0] or holds(negate(negate(conditions[0])), answers) is values[0]


@MANY
@given(CONDITIONS, ANSWERS)
def test_what_remains_of_a_condition_once_all_is_known_is_its_value(condition, answers):
    rest = condition
    for name in NAMES:
        rest = answer(rest, name, answers.get(name, ()))
        assert name not in questions_in(rest)
    assert rest == (TRUE if holds(condition, answers) else FALSE)


@FEW
@given(CONDITIONS, ANSWERS, st.sampled_from(NAMES))
def test_an_answer_that_a_condition_is_not_open_to_cannot_turn_it(condition, answers, name):
    if not open_to(condition, name, answers):
        for size in range(len(OPTIONS) + 1):
            for other in itertools.combinations(OPTIONS, size):
                assert holds(condition, {**answers, name: other}) is holds(condition, answers)


# Answers and addresses

SOME_ID = st.sampled_from([*CONTENT.question, *CONTENT.assistance, 'nothing', '', 'lang', 'change'])
SOME_OPTION = st.sampled_from(sorted({option.id for question in CONTENT.questions for option in question.options}) + ['x', ''])
VALUE = st.lists(SOME_OPTION, max_size=4).map('.'.join) | st.text(max_size=30)
NAME = st.sampled_from([*CONTENT.question, *link._OURS, *link.TRAINING_IDS, 'asked', 'part', 'fbclid']) | st.text(max_size=15)
LANGUAGES = st.text('abcdefghijklmnopqrstuvwxyz-_;=,.019* ', max_size=40) | st.sampled_from(sorted(get_global('likely_subtags')))
PAIRS = st.lists(st.tuples(NAME, VALUE), max_size=25)


@MANY
@given(st.dictionaries(SOME_ID | st.text(max_size=5), st.lists(SOME_OPTION, max_size=4).map(tuple), max_size=22))
def test_walk_takes_any_map_and_counts_only_what_is_an_answer(answers):
    journey = walk(CONTENT, answers)
    assert (journey.next is None) is (journey.result is not None)
    for name, chosen in journey.answered.items():
        assert set(chosen) == set(answers[name]) <= CONTENT.question[name].option.keys()
        assert holds(CONTENT.question[name].when, journey.answered)
    assert walk(CONTENT, journey.answered).answered == journey.answered
    assert not journey.answered.keys() & journey.idle.keys()


@MANY
@given(PAIRS)
def test_any_pairs_are_read_and_what_was_read_makes_an_address_that_reads_the_same(pairs):
    reading = link.read(CONTENT, pairs)
    made = link.parameters(CONTENT, reading.answers, reading.lang or 'en')
    assert link.read(CONTENT, link.parsed(link.address(made)[1:])).answers == reading.answers
    record = read_record(CONTENT, reading)
    again = read_record(CONTENT, link.read(CONTENT, list(record.parameters().items())))
    assert again == record


@FEW
@given(st.sampled_from(['/plain', '/keep', '/', '/training']), PAIRS | st.binary(max_size=80), LANGUAGES)
def test_any_query_is_a_page(path, query, accepted):
    asked = query.decode('latin-1') if isinstance(query, bytes) else urlencode(query, errors='replace')
    response = CLIENT.get(f'{path}?{asked}', HOST | {'Accept-Language': accepted})
    assert response.status_code in (200, 303)
    if response.status_code == 200:
        assert '</html>' in response.text and 'Traceback' not in response.text


@FEW
@given(st.text(max_size=300))
def test_any_text_is_a_table_of_records(text):
    found = record_table(CONTENT, text + ' ?case=' + text)
    assert all(row.score is None or 0 <= row.score.percent <= 100 for row in found.rows)


# Content files


@MANY
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode('utf-8', 'replace')))
def test_any_text_is_a_file_or_a_clean_report(text):
    file = YamlFile('any.yaml', text)
    if not file.problems:
        assert file.data is not None and file.place(()).line >= 1
    for problem in file.problems:
        assert isinstance(problem, Problem) and str(problem).startswith('any.yaml:')


FLOW = (ROOT / 'tests/content/flows/ticket.yaml').read_text()
SCRAPS = [*FLOW.splitlines(keepends=True), '- ', '{', '}', ': ', 'no', '*x', '&x', '!!python/object:os.system ', '\t', '"', "'"]
SCRAPS += ['\0', '2026-11-22', '- {say: A, when: {place: hill}}\n', 'when: {', 'not: ', 'was: [who]\n']


@settings(FEW, max_examples=30 * TIMES)
@given(st.integers(0, len(FLOW)), st.integers(0, 40), st.sampled_from(SCRAPS) | st.text(max_size=20))
def test_any_change_of_a_flow_is_content_or_a_clean_report(tmp_path_factory, at, length, scrap):
    changed = FLOW[:at] + scrap + FLOW[at + length :]
    folder = built(tmp_path_factory.mktemp('any') / 'content', {'flows/ticket.yaml': changed.encode('utf-8', 'surrogateescape')})
    report = check(folder)
    assert (report.content is not None) is (not report.errors)
    assert all(problem.place.file and problem.place.line >= 1 and problem.message for problem in report.errors)


# By reading the program


@pytest.mark.parametrize('path', sorted((ROOT / 'guidance').rglob('*.py')), ids=lambda path: path.stem)
def test_no_code_runs_from_content_or_address_and_no_markup_comes_from_them(path):
    """No `eval` or `exec`, no loader of YAML that makes objects, and Markup only of what is escaped already."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, 'attr', '')
            assert name not in ('eval', 'exec', '__import__', 'full_load', 'unsafe_load')
            assert name != 'compile' or ast.unparse(node.func) == 're.compile'
            if name == 'load':
                assert 'yaml' not in ast.unparse(node.func)
            if name == 'Markup':
                what = ast.unparse(node.args[0])
                assert what in ('icon()', 'style', 'SCRIPT') or what.startswith("page.part('strip.html'")
    text = path.read_text()
    assert '| safe' not in text and 'unsafe_allow_html' not in text and 'unsafe_allow_javascript' not in text


def test_no_template_prints_anything_unescaped():
    for path in (ROOT / 'guidance/screens/templates').glob('*.html'):
        assert '|safe' not in path.read_text().replace(' ', '') and 'autoescape' not in path.read_text(), path
