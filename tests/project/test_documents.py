"""What the README and the author's guide say is what the project does."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wizard
from guidance.__main__ import main
from guidance.content.published import read_log
from guidance.content.reference import reference
from guidance.languages.update import update
from tests.support.asgi import Client
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.paths import ROOT
from tests.support.small import built

DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for top in ROOT.glob('[!.]*')
    for path in (top.rglob('*.md') if top.is_dir() else [top])
    if path.suffix == '.md'
)
"""All documents of the repository, and none of an environment, which has a name with a dot."""


def command(readme: str, ending: str) -> str:
    found = [line for line in readme.splitlines() if line.startswith('python3 -m venv') and line.endswith(ending)]
    assert len(found) == 1
    return found[0]


def test_ci_runs_exactly_the_test_command_of_the_readme():
    test = command((ROOT / 'README.md').read_text(), '-m pytest')
    assert (ROOT / '.ci/run').read_text().splitlines()[-1] == test


def test_the_readme_has_one_command_that_installs_and_runs_the_wizard():
    assert 'requirements.txt' in command((ROOT / 'README.md').read_text(), 'streamlit run wizard.py')


@pytest.mark.server
def test_the_readmes_recipe_for_other_content_makes_one_that_is_served(tmp_path, serving):
    """Its commands are run as they stand, in a copy of what they need; for the server that the last one starts, ours answers."""
    (block,) = re.findall(r'## Other content\n.*?```\n(.*?)```', (ROOT / 'README.md').read_text(), re.DOTALL)
    *commands, last = block.splitlines()
    assert last == 'GUIDANCE_CONTENT=island .venv/bin/streamlit run wizard.py'
    shutil.copytree(ROOT / 'guidance', tmp_path / 'guidance')
    (tmp_path / '.venv').symlink_to(Path(sys.executable).parent.parent)
    done = subprocess.run(['bash', '-ec', '\n'.join(commands)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and 'The content is consistent' in done.stdout, done.stdout + done.stderr
    assert serving(tmp_path / 'island').content().service.name == 'Library cards'
    for address, status in {'/': 200, '/plain': 200, '/plain?card=lost': 200, '/training': 404}.items():  # it has no training
        assert Client(wizard.app).get(address, {'Host': 'help.example'}).status_code == status


def test_the_commands_for_who_publishes_publish_an_edition_and_take_it_back(tmp_path, monkeypatch):
    page = (ROOT / 'docs/guide/publisher.md').read_text()
    begin = '.venv/bin/python -m guidance '
    lines = [shlex.split(line.removeprefix(begin)) for line in page.splitlines() if line.startswith(begin)]
    preview, publish, editions, rollback = lines
    assert [line[0] for line in lines] == ['preview', 'publish', 'editions', 'rollback']
    built(tmp_path / 'draft', SERVICE)
    monkeypatch.chdir(tmp_path)
    for path in update(Path('draft')):
        filled(path)
    started = []
    monkeypatch.setattr('os.execve', lambda program, command, given: started.append(given['GUIDANCE_DRAFT']))
    main(preview)
    assert started == [str(tmp_path / 'draft')]
    assert main([*publish, '--yes']) == 0
    (tmp_path / 'draft/data/sources.yaml').write_text('# Looked at\n' + (tmp_path / 'draft/data/sources.yaml').read_text())
    assert [main([*publish, '--yes']), main(editions), main([*rollback, '--yes'])] == [0, 0, 0]
    assert [entry.restores for entry in read_log(tmp_path / 'live')] == [1, None, None]


def test_the_authors_guide_says_each_rule_once():
    guide = (ROOT / 'flows/README.md').read_text()
    rules = re.findall(r'^(\d+)\. (.*(?:\n(?:   .*|)(?=\n))*)', guide[: guide.index('## Write a case')], re.MULTILINE)
    assert [int(number) for number, _ in rules] == list(range(1, len(rules) + 1))
    assert sum('under `gone:`' in rule for _, rule in rules) == 1


def test_the_authors_guide_has_the_present_reference_of_every_key():
    guide = (ROOT / 'flows/README.md').read_text()
    inside = re.search(r'<!-- reference -->\n(.*)<!-- end of reference -->', guide, re.DOTALL)
    assert inside and inside[1] == reference() + '\n'


def test_the_readme_has_each_folder_of_the_program():
    lines = (ROOT / 'README.md').read_text().splitlines()
    named = {name for line in lines if re.match('  [a-z]|guidance/', line) for name in re.findall(r'(\w+)/ ', line)}
    assert {path.name for path in (ROOT / 'guidance').glob('[!_]*') if path.is_dir()} - named == set()


@pytest.mark.parametrize('page', DOCUMENTS)
def test_every_file_and_heading_that_a_page_links_to_exists(page):
    place = ROOT / page
    for name, heading in re.findall(r'\]\(([^):#]*)(?:#([^)]*))?\)', place.read_text()):
        target = place.parent / name if name else place
        assert target.exists(), name
        headings = re.findall(r'^#+ (.*)', target.read_text(), re.MULTILINE) if heading else []
        assert not heading or heading in [re.sub(r'[^a-z0-9 -]', '', each.lower()).replace(' ', '-') for each in headings]
