"""The report as a page: one file, without a script, to read and to print."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from jinja2 import FileSystemLoader
from jinja2 import StrictUndefined

from guidance.diff.report import SIGN
from guidance.diff.report import Document

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)


def as_html(document: Document) -> str:
    """Return the report as HTML."""
    return _TEMPLATES.get_template('page.html').render(document=document, sign=SIGN)
