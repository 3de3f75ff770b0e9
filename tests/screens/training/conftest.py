"""A training page for all tests of a file, and a fresh one."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.training_pages import PAGE


@pytest.fixture(autouse=True)
def place(monkeypatch):
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://help.example/')


@pytest.fixture(scope='module')
def app():
    return AppTest.from_string(PAGE, default_timeout=20)


@pytest.fixture
def fresh():
    """For the table: the server forgets what was pasted, which Streamlit's test looks for when it opens another page."""
    return AppTest.from_string(PAGE, default_timeout=20)
