"""Every version of the small content in `tests/versions`."""

from __future__ import annotations

import pytest

from guidance.serving.check import check
from tests.support.links import VERSIONS
from tests.support.links import files_of
from tests.support.small import built

NAMES = sorted(path.name for path in VERSIONS.iterdir() if path.is_dir())


@pytest.fixture(scope='module')
def versions(tmp_path_factory):
    """Every version of the small content, each proved by the check."""
    reports = {name: check(built(tmp_path_factory.mktemp(name) / 'content', files_of(name))) for name in NAMES}
    assert not [error for report in reports.values() for error in report.errors]
    return {name: report.content for name, report in reports.items()}


@pytest.fixture(scope='module')
def old(versions):
    return versions['old']
