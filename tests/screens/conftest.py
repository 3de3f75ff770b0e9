"""The wizard for the tests of a file: asked without a browser, and drawn by Streamlit's own AppTest."""

from __future__ import annotations

import pytest

import wizard
from tests.support.apptest import app_of
from tests.support.asgi import Client


@pytest.fixture(scope='module')
def client():
    return Client(wizard.app)


@pytest.fixture(scope='module')
def app():
    return app_of()
