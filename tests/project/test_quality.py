"""The tools agree with the code, the engine stays free of Streamlit, nothing is long, and no text becomes a program."""

import ast
import subprocess
import sys
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter

import pytest

from tests.support.paths import ROOT

ENGINE = sorted(path for path in (ROOT / 'guidance').rglob('*.py') if 'screens' not in path.parts)


@pytest.mark.server
@pytest.mark.parametrize('command', [['ruff', 'check', '.'], ['ruff', 'format', '--check', 'guidance'], ['mypy']], ids=' '.join)
def test_tool_has_nothing_to_say(command):
    done = subprocess.run([sys.executable, '-m', *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@cache
def nodes_of(path):
    """Every node of a file; most tests here go through them."""
    return list(ast.walk(ast.parse(path.read_text())))


@cache
def imports_of(path):
    """The modules that a file imports, each by its whole name."""
    found = []
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, 'imports name the whole way, so that it can be seen which room they lead to'
            found += [f'{node.module}.{alias.name}' for alias in node.names]
    return found


def test_the_engine_imports_neither_streamlit_nor_the_screens():
    imported = {(path.stem, name) for path in ENGINE for name in imports_of(path)}
    assert [each for each in sorted(imported) if each[1].startswith(('streamlit', 'starlette', 'guidance.screens'))] == []


ROOMS = ['content', 'languages', 'proof', 'journey', 'training', 'serving', 'watch', 'diff', 'book', 'commands']
"""The rooms of the engine, lowest first: none imports from one above it."""


def test_imports_of_the_engine_run_one_way():
    upwards = []
    for path in ENGINE:
        room = path.relative_to(ROOT / 'guidance').parts[0]
        for name in imports_of(path) if room in ROOMS else ():
            other = name.split('.')[1] if name.startswith('guidance.') else ''
            if other in ROOMS and ROOMS.index(other) > ROOMS.index(room):
                upwards.append(f'{path.stem} imports {name}')
    assert upwards == []


def test_no_modules_import_each_other_in_a_circle():
    files = {'.'.join(path.relative_to(ROOT).with_suffix('').parts): path for path in (ROOT / 'guidance').rglob('*.py')}
    imported = {}
    for name, path in files.items():
        named = set(imports_of(path))
        imported[name] = (named | {of.rpartition('.')[0] for of in named}) & files.keys()
    assert sum(map(len, imported.values())) > 300
    TopologicalSorter(imported).prepare()  # raises CycleError


@pytest.mark.server
def test_the_engine_runs_where_streamlit_is_missing():
    commands = sorted(f'guidance.commands.{path.stem}' for path in (ROOT / 'guidance/commands').glob('*.py'))
    script = f"import sys; sys.modules['streamlit'] = None; import {', '.join(['guidance.__main__', *commands])}"
    assert subprocess.run([sys.executable, '-c', script], cwd=ROOT).returncode == 0


RENDERED = ('page.render(', '_templates.get_template(', 'drawing(')
"""What makes markup and escapes what it puts there."""


def test_no_code_runs_from_content_or_address_and_no_markup_comes_from_them():
    """No `eval` or `exec`, no loader of YAML that makes objects, and Markup only of what is escaped already."""
    for path in sorted((ROOT / 'guidance').rglob('*.py')):
        for node in nodes_of(path):
            if isinstance(node, ast.Call):
                assert is_harmless(node), (path, ast.unparse(node))
        text = path.read_text()
        for unsafe in ('| safe', 'unsafe_allow_html', 'unsafe_allow_javascript'):
            assert unsafe not in text, path


def is_harmless(call):
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, 'attr', '')
    if name == 'compile':
        return ast.unparse(call.func) == 're.compile'
    if name == 'load':
        return 'yaml' not in ast.unparse(call.func)
    if name == 'Markup':
        what = ast.unparse(call.args[0])
        fixed = isinstance(call.args[0], ast.Constant)  # filled by `format`, which escapes
        return fixed or what in ('icon()', 'style', 'SCRIPT', 'STYLE') or what.startswith(RENDERED)
    return name not in ('eval', 'exec', '__import__', 'full_load', 'unsafe_load')


def test_no_template_prints_anything_unescaped():
    for path in (ROOT / 'guidance').rglob('templates/*.html'):
        assert '|safe' not in path.read_text().replace(' ', '') and 'autoescape' not in path.read_text(), path


# Sizes, and what tests may import

CODE = sorted(path for name in ('guidance', 'benchmarks', 'tests', 'tools') for path in (ROOT / name).rglob('*.py'))
CODE += [ROOT / 'wizard.py']
MOST = {'file': 400, 'class': 250, 'function': 40}
"""Lines, a function's without its decorators: what is longer holds several ideas, or one that is not understood yet."""


def lengths(path):
    """The kind, name and number of lines of a file and of every class and function in it."""
    yield 'file', path.name, len(path.read_text().splitlines())
    for node in nodes_of(path):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            kind = 'class' if isinstance(node, ast.ClassDef) else 'function'
            yield kind, node.name, node.end_lineno - node.lineno + 1


def test_no_file_class_or_function_is_long():
    assert len(CODE) > 100
    found = [(path.relative_to(ROOT), *each) for path in CODE for each in lengths(path)]
    long = [f'{path}: {kind} {name}' for path, kind, name, lines in found if lines > MOST[kind]]
    assert long == []


def test_no_two_classes_have_one_name():
    files = (ROOT / 'guidance').rglob('*.py')
    classes = Counter(node.name for path in files for node in nodes_of(path) if isinstance(node, ast.ClassDef))
    assert len(classes) > 100
    assert [name for name, number in classes.items() if number > 1] == []


def test_tests_import_what_they_share_from_the_support_package_only():
    """No test imports a test or a conftest, and nothing in the support package imports either."""
    tests = [path for path in CODE if path.is_relative_to(ROOT / 'tests')]
    names = {path.stem for path in tests if path.stem.startswith(('test_', 'conftest'))}
    assert len(names) > 40
    wrong = []
    for path in tests:
        for name in imports_of(path):
            within = name.startswith('tests.') and not name.startswith('tests.support.')
            if within or names & set(name.split('.')):
                wrong.append(f'{path.relative_to(ROOT)} imports {name}')
    assert wrong == []
