"""`--version`: the versions of the program and of the content."""

from __future__ import annotations

from pathlib import Path

from guidance import __version__
from guidance.content.load import version


def run(folder: Path) -> int:
    """Print the versions; return the exit code."""
    print(f'guidance {__version__}, content {version(folder)}')
    return 0
