"""A training page for all tests of a file, and a fresh one."""

from __future__ import annotations

import pytest

from tests.support.apptest import app_of
from tests.support.training_pages import PAGE


@pytest.fixture(autouse=True)
def place(monkeypatch):
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://help.example/')


@pytest.fixture(scope='module')
def app():
    return app_of(PAGE)


@pytest.fixture
def fresh():
    """For the table: the server forgets what was pasted, which Streamlit's test looks for when it opens another page."""
    return app_of(PAGE)
