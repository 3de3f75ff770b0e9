"""`format`: print the reference of the content format as Markdown."""

from __future__ import annotations

from guidance.content.reference import reference


def run() -> int:
    """Print the reference; return the exit code."""
    print(reference(), end='')
    return 0
