"""`format`: print what the guide has from the definition of the content format, as Markdown."""

from __future__ import annotations

from guidance.content.guide import guide
from guidance.content.reference import reference

PARTS = {'keys': reference, 'texts': guide}
"""What can be printed: every key; or the files, and where each text appears."""


def run(part: str) -> int:
    """Print a part, one of `PARTS`; return the exit code."""
    print(PARTS[part](), end='')
    return 0
