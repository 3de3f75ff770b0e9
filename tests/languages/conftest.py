"""The small content in three languages, with everything translated."""

from __future__ import annotations

import shutil

import pytest

from guidance.content.load import read
from guidance.languages.update import update
from guidance.serving.check import check
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.small import built
from tests.support.small import own_words


@pytest.fixture(scope='module')
def whole(tmp_path_factory):
    """The small content in three languages, with words of its own, everything translated."""
    made = built(tmp_path_factory.mktemp('whole') / 'content', SERVICE | own_words())
    for path in update(made):
        filled(path)
    report = check(made)
    assert (report.errors, report.warnings) == ((), ())
    return made


@pytest.fixture
def target(whole, tmp_path):
    """A copy of it to change."""
    return shutil.copytree(whole, tmp_path / 'content')


@pytest.fixture(scope='module')
def parts(whole):
    """What is read of it."""
    return read(whole)
