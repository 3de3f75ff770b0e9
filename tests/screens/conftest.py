"""The wizard for the tests of a file: asked without a browser, and drawn by Streamlit's own AppTest."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

import wizard
from tests.support.asgi import Client
from tests.support.paths import ROOT


@pytest.fixture(scope='module')
def client():
    return Client(wizard.app)


@pytest.fixture(scope='module')
def app():
    return AppTest.from_file(str(ROOT / 'guidance/screens/app.py'), default_timeout=20)
