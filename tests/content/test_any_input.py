"""Any condition, any answers to it, and any content file: nothing crashes, and what is said of it is true."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

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
from guidance.serving.check import check
from tests.support.paths import ROOT
from tests.support.small import built

# Conditions over four questions of three options

NAMES, OPTIONS = 'pqrs', 'abc'
TESTS = st.builds(AnswerIs, st.sampled_from(NAMES), st.sets(st.sampled_from(OPTIONS), min_size=1).map(frozenset))
CONDITIONS = st.recursive(
    TESTS | TESTS.map(negate) | st.sampled_from([TRUE, FALSE]),
    lambda inner: st.lists(inner, max_size=4).map(all_of) | st.lists(inner, max_size=4).map(any_of) | inner.map(negate),
    max_leaves=12,
)
ANSWERS = st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(OPTIONS), min_size=1).map(lambda s: tuple(sorted(s))))


@given(st.lists(CONDITIONS, min_size=1, max_size=4), ANSWERS)
def test_conditions_mean_what_they_are_made_of(conditions, answers):
    values = [holds(condition, answers) for condition in conditions]
    assert holds(all_of(conditions), answers) is all(values)
    assert holds(any_of(conditions), answers) is any(values)
    assert [holds(negate(condition), answers) for condition in conditions] == [not value for value in values]
    assert negate(negate(conditions[0])) == conditions[0] or holds(negate(negate(conditions[0])), answers) is values[0]


@given(CONDITIONS, ANSWERS)
def test_what_remains_of_a_condition_once_all_is_known_is_its_value(condition, answers):
    rest = condition
    for name in NAMES:
        rest = answer(rest, name, answers.get(name, ()))
        assert name not in questions_in(rest)
    assert rest == (TRUE if holds(condition, answers) else FALSE)


@given(CONDITIONS, ANSWERS, st.sampled_from(NAMES))
def test_an_answer_that_a_condition_is_not_open_to_cannot_turn_it(condition, answers, name):
    if not open_to(condition, name, answers):
        for size in range(len(OPTIONS) + 1):
            for other in itertools.combinations(OPTIONS, size):
                assert holds(condition, {**answers, name: other}) is holds(condition, answers)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode('utf-8', 'replace')))
def test_any_text_is_a_file_or_a_clean_report(text):
    file = YamlFile('any.yaml', text)
    if not file.problems:
        assert file.data is not None and file.place(()).line >= 1
    for problem in file.problems:
        assert isinstance(problem, Problem) and str(problem).startswith('any.yaml:')


FLOW = (ROOT / 'tests/small/flows/ticket.yaml').read_text()
SCRAPS = [*FLOW.splitlines(keepends=True), '- ', '{', '}', ': ', 'no', '*x', '&x', '!!python/object:os.system ', '\t', '"', "'"]
SCRAPS += ['\0', '2026-11-22', '- {say: A, when: {place: hill}}\n', 'when: {', 'not: ', 'was: [who]\n']


@given(st.integers(0, len(FLOW)), st.integers(0, 40), st.sampled_from(SCRAPS) | st.text(max_size=20))
def test_any_change_of_a_flow_is_content_or_a_clean_report(tmp_path_factory, at, length, scrap):
    changed = FLOW[:at] + scrap + FLOW[at + length :]
    folder = built(tmp_path_factory.mktemp('any') / 'content', {'flows/ticket.yaml': changed.encode('utf-8', 'surrogateescape')})
    report = check(folder)
    assert (report.content is not None) is (not report.errors)
    assert all(problem.place.file and problem.place.line >= 1 and problem.message for problem in report.errors)
