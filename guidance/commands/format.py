"""`format`: print the reference of the content format as Markdown, or as a JSON Schema."""

from __future__ import annotations

from guidance.content.json_schema import json_schema
from guidance.content.reference import reference


def run(*, as_schema: bool) -> int:
    """Print the reference; return the exit code."""
    print(json_schema() if as_schema else reference(), end='')
    return 0
