"""What is installed: pinned with hashes from one short list, and under licences that go with ours."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.support.paths import ROOT

LOCKS = {name: (ROOT / name).read_text() for name in ('requirements.txt', 'deploy/requirements.txt', 'tests/requirements.txt')}
PROJECT = tomllib.loads((ROOT / 'pyproject.toml').read_text())


def locked(name: str) -> set[tuple[str, str]]:
    """Name and version of each package; of some there are two, for different versions of Python."""
    return set(re.findall(r'^([\w.-]+)==(\S+)', LOCKS[name], re.MULTILINE))


def short(names: list[str]) -> set[tuple[str, str]]:
    return {re.fullmatch(r'([\w.-]+)(?:\[\w+\])?==(\S+)', name.lower()).groups() for name in names}


@pytest.mark.parametrize('name', LOCKS)
def test_every_package_is_pinned_with_the_hashes_of_its_files(name):
    entries = re.split(r'\n(?=\S)', re.sub(r'^#.*\n', '', LOCKS[name], flags=re.MULTILINE).strip())
    assert len(entries) > 20
    for entry in entries:
        first, *hashes = entry.split(' \\\n')
        assert re.fullmatch(r'[\w.-]+==[\w.]+( ; .*)?', first)
        assert hashes and all(re.fullmatch(r'    --hash=sha256:[0-9a-f]{64}', line) for line in hashes), first


def test_the_short_lists_are_what_is_pinned():
    assert short(PROJECT['project']['dependencies']) <= locked('deploy/requirements.txt')
    assert 'pytest' not in dict(locked('deploy/requirements.txt'))
    assert locked('deploy/requirements.txt') | short(PROJECT['dependency-groups']['pytest']) <= locked('requirements.txt')
    tests = locked('tests/requirements.txt')
    assert short(PROJECT['dependency-groups']['test']) <= tests
    assert {pair for pair in tests if pair[0] in dict(locked('requirements.txt'))} <= locked('requirements.txt')


def test_the_bill_of_materials_is_of_what_is_pinned_and_no_licence_conflicts_with_ours():
    parts = json.loads((ROOT / 'deploy/sbom.cdx.json').read_text())['components']
    found = {re.sub(r'[-_.]+', '-', part['name']).lower(): part['version'] for part in parts}
    assert set(found.items()) <= locked('deploy/requirements.txt') and len(found) > 40
    permissive = r'MIT|MIT-CMU|BSD|0BSD|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|PSF-2\.0|Zlib|CC0-1\.0'
    for part in parts:
        licences = part.get('licenses', [])
        named = [each.get('expression') or each['license'].get('id') or each['license']['name'] for each in licences]
        if not named:
            assert part['name'] in {'protobuf', 'pydeck'}  # which have their licences, BSD and Apache, in a file only
        for text in named:
            words = re.sub(r'License :: OSI Approved :: |[()]', '', text)
            words = re.sub(r'Mozilla Public License 2\.0.*', 'MPL-2.0', words)
            words = re.sub(r'(BSD|MIT|Apache)(?: Software)? License', lambda m: {'Apache': 'Apache-2.0'}.get(m[1], m[1]), words)
            assert all(re.fullmatch(permissive, word) for word in re.split(r' (?:AND|OR) ', words)), (part['name'], text)
