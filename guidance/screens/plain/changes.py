"""What has changed: the dates at which the content became another, and why, for everybody to read."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from guidance.content.published import Publication
from guidance.content.published import why
from guidance.screens.page import Page
from guidance.screens.plain.draw import document
from guidance.screens.plain.draw import missing
from guidance.screens.plain.plain import POLICY
from guidance.screens.plain.plain import accepted_languages
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import safe
from guidance.screens.site.shell import page_of
from guidance.screens.titles import titled

CHANGES = 'changes'
"""Where the page stands, beside the others."""


class ListedChange(NamedTuple):
    """Why the content became another; `lang` is the language of these words if it is not that of the page, else ''."""

    why: str
    lang: str
    restored: bool
    urgent: bool


@safe('plain', POLICY)
def changes(request: Request) -> Response:
    """Return the page; who published is not told. 404 where the content is served from a folder to which nobody publishes."""
    page = Page.open(pairs_of(request), accepted_languages(request), 'plain')
    log = page.content.published
    if not log:
        return page_of(request.scope, missing(page, './'), 404)
    days = [
        (page.day(date), [_change(page, entry) for entry in entries]) for date, entries in groupby(log, lambda entry: entry.date)
    ]
    body = page.render('changes.html', days=days)
    return page_of(request.scope, document(page, titled(page, page.words('changes')), body), 200, POLICY)


def _change(page: Page, entry: Publication) -> ListedChange:
    said, in_language = why(entry, page.lang)
    source = page.content.service.language
    return ListedChange(said, '' if in_language or page.lang == source else source, entry.restores is not None, entry.urgent)
