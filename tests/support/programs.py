"""What some tests need of the machine: a browser, the fonts of a phone, and nginx.

Debian: `apt-get install chromium fonts-roboto-unhinted fonts-noto-cjk nginx-light`.
"""

from __future__ import annotations

import os
import shutil

import pytest

from tests.support.paths import TESTS

CHROMIUM = shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome')
FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync']  # fmt: skip
PHONE = os.environ | {'FONTCONFIG_FILE': str(TESTS / 'support/fonts.conf')}
"""The environment in which a browser draws with the fonts of a phone, so that what is measured holds there."""
NGINX = shutil.which('nginx') or shutil.which('nginx', path='/usr/sbin:/usr/local/sbin')


def needed(program: str | None, package: str) -> str:
    """Return where a program is; skip the test on a machine without it, where `CI` is set let it fail."""
    if not program:
        missing = f'this machine has no {package}: install it to run this test'
        stop = pytest.fail if os.environ.get('CI') else pytest.skip
        stop(missing)
    return program
