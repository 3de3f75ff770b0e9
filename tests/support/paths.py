"""Where things stand in the project."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TESTS = ROOT / 'tests'
SMALL = TESTS / 'small'
DEPLOY = ROOT / 'deploy'
