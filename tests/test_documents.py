"""What the README and the author's guide say is what the project does."""

from __future__ import annotations

import re
from pathlib import Path

from guidance.reference import reference

ROOT = Path(__file__).parent.parent


def command(readme: str, ending: str) -> str:
    found = [line for line in readme.splitlines() if line.startswith('python3 -m venv') and line.endswith(ending)]
    assert len(found) == 1
    return found[0]


def test_ci_runs_exactly_the_test_command_of_the_readme():
    test = command((ROOT / 'README.md').read_text(), '-m pytest')
    assert (ROOT / '.ci/run').read_text().splitlines()[-1] == test


def test_the_readme_has_one_command_that_installs_and_runs_the_wizard():
    assert 'requirements.txt' in command((ROOT / 'README.md').read_text(), 'streamlit run wizard.py')


def test_the_authors_guide_has_the_present_reference_of_every_key():
    guide = (ROOT / 'flows/README.md').read_text()
    inside = re.search(r'<!-- reference -->\n(.*)<!-- end of reference -->', guide, re.DOTALL)
    assert inside and inside[1] == reference() + '\n'


def test_every_file_that_the_readme_names_exists():
    readme = (ROOT / 'README.md').read_text()
    for name in re.findall(r'\]\(([^):#]+)\)', readme):
        assert (ROOT / name).exists(), name


def test_every_requirement_is_pinned():
    for name in ('requirements.txt', 'tests/requirements.txt'):
        for line in (ROOT / name).read_text().splitlines():
            assert line.startswith('#') or re.fullmatch(r'[\w.\[\]-]+==[\w.]+', line), line
