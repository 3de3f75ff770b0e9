"""`format`: print what the guide has from the definition of the content format, as Markdown; or the format as a JSON Schema."""

from __future__ import annotations

from guidance.content.guide import guide
from guidance.content.json_schema import json_schema
from guidance.content.reference import reference

PARTS = {'keys': reference, 'texts': guide}
"""What can be printed: every key; or the files, and where each text appears."""


def run(part: str, *, as_schema: bool) -> int:
    """Print a part, one of `PARTS`, or instead of it the schema; return the exit code."""
    print(json_schema() if as_schema else PARTS[part](), end='')
    return 0
