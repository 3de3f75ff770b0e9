"""The tools agree with the code, and the engine stays free of Streamlit."""

import ast
import subprocess
import sys

import pytest
from conftest import ROOT

ENGINE = sorted((ROOT / 'guidance').glob('*.py'))


@pytest.mark.parametrize('command', [['ruff', 'check', '.'], ['ruff', 'format', '--check', 'guidance'], ['mypy']], ids=' '.join)
def test_tool_has_nothing_to_say(command):
    done = subprocess.run([sys.executable, '-m', *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize('path', ENGINE, ids=lambda path: path.stem)
def test_the_engine_imports_neither_streamlit_nor_the_screens(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split('.')[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {(node.module or '').split('.')[0], *(alias.name for alias in node.names)}
    assert not imported & {'streamlit', 'starlette', 'screens'}


def test_the_engine_runs_where_streamlit_is_missing():
    script = "import sys; sys.modules['streamlit'] = None; import guidance.__main__"
    assert subprocess.run([sys.executable, '-c', script], cwd=ROOT).returncode == 0
