"""The desk, for those who look after the content: what is open, book, map, draft. The server draws it; nothing runs in it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.responses import Response

from guidance.book.book import Book
from guidance.book.draw import STYLE
from guidance.book.draw import inside
from guidance.book.draw import whole_map
from guidance.book.numbers import read_numbers
from guidance.content.days import today
from guidance.content.model import Content
from guidance.content.problem import ContentError
from guidance.content.published import served
from guidance.diff.difference import difference
from guidance.diff.editions import ComparedEdition
from guidance.diff.editions import NoEdition
from guidance.diff.page import as_html
from guidance.diff.report import document as report_on
from guidance.journey.query import query_string
from guidance.screens.answer import last
from guidance.screens.desk import DESK
from guidance.screens.page import Page
from guidance.screens.plain.draw import document
from guidance.screens.plain.plain import POLICY
from guidance.screens.plain.plain import accepted_languages
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import safe
from guidance.screens.preview import PREVIEW
from guidance.screens.preview import draft_folder
from guidance.screens.preview import store_of
from guidance.screens.site.shell import PLAIN
from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import page_of
from guidance.serving.confirmations import confirmed
from guidance.serving.confirmations import read_confirmations
from guidance.serving.store import Store
from guidance.serving.store import store

_SHOW = 'show'
_PAGES = {'': 'desk', 'book': 'book', 'book_all': 'book', 'map': 'map'}
"""What the address asks to be shown -> what is drawn."""

_DRAFT, _CHANGES, _PICTURE = 'draft', 'draft_changes', 'picture'
_FRAMES = f"{POLICY}; frame-src 'self'"
"""For the page that has others in it: those of this wizard only."""


_counting = threading.Lock()
_counted: dict[tuple[object, ...], str] = {}
"""What the draft changes, as a page: one at most, by the two contents, the day and the language."""


@safe('plain', POLICY)
def desk(request: Request) -> Response:
    """Answer for a page of the desk, or for the map as one picture."""
    pairs = pairs_of(request)
    show = last(pairs, _SHOW) or ''
    drawn = _PAGES | ({_DRAFT: 'draft'} if draft_folder() else {})
    page = Page.open(pairs, accepted_languages(request), 'plain')
    if show == _PICTURE:
        return Response(
            whole_map(_book(page, show)),
            headers={'Cache-Control': PRIVATE, 'Content-Security-Policy': POLICY},
            media_type='image/svg+xml',
        )
    if show == _CHANGES and (draft := draft_folder()):
        return _changes(request, page, draft)
    show = show if show in drawn else ''
    page = replace(page, more={_SHOW: show} if show else {})
    book = _book(page, show)
    pages = [(_at(page, key), key) for key in (*drawn, *([_CHANGES] if _DRAFT in drawn else [])) if key]
    body = inside(
        book,
        drawn[show],
        today(page.content.service),
        book_at='' if drawn[show] == 'book' else _at(page, 'book'),
        picture_at=_at(page, _PICTURE),
        pages=pages,
        panes=[(f'{place}?lang={page.lang}', key) for place, key in ((f'{PREVIEW}/{PLAIN}', 'draft'), (PLAIN, 'served'))],
    )
    t = book.first.t
    around = page.render(
        'desk.html', inside=body, home=_at(page, ''), pages=[(link, t(key)) for link, key in pages], desk=t('desk')
    )
    html = document(page, f'{t(show or "desk")} - {page.content.service.name}', around)
    policy = _FRAMES if show == _DRAFT else POLICY
    response = page_of(request.scope, html.replace('</style>', f'{STYLE}</style>', 1), 200, policy)
    response.headers['X-Robots-Tag'] = 'noindex'
    return response


def _changes(request: Request, page: Page, draft: Path) -> Response:
    """Answer with what the draft changes for people."""
    try:
        response = page_of(request.scope, _report(page, _contents(store_of(draft))), 200, POLICY)
    except (ContentError, NoEdition) as error:
        response = PlainTextResponse(f'{error}\n\nThis draft cannot be compared.\n', 503, {'Cache-Control': PRIVATE})
    response.headers['X-Robots-Tag'] = 'noindex'
    return response


def _report(page: Page, draft: Mapping[str, Content]) -> str:
    """Return what a draft changes, as a page. It is counted once, and again when one of the two contents becomes another."""
    served = _contents(store())
    versions = [content.version for contents in (served, draft) for content in contents.values()]
    key = (*versions, today(page.content.service), page.lang)
    with _counting:
        if key not in _counted:
            _counted.clear()
            found = difference(ComparedEdition('what is served', served), ComparedEdition('the draft', draft), page.lang)
            _counted[key] = as_html(report_on(found))
        return _counted[key]


def _contents(of: Store) -> dict[str, Content]:
    return {lang: of.content(lang) for lang in of.content().service.languages}


def _at(page: Page, show: str) -> str:
    """Return the address of a page of the desk in the language of this one."""
    return DESK + query_string({**({_SHOW: show} if show else {}), 'lang': page.lang})


def _book(page: Page, show: str) -> Book:
    serving = store()
    contents = _contents(serving)
    others = [lang for lang in contents if lang != page.lang] if show == 'book_all' else []
    folder = served(serving.folder).folder
    try:
        given = read_numbers(folder)
    except ContentError:  # `book` tells what is wrong with them; until then they are counted anew
        given = {}
    was = confirmed(read_confirmations(folder)[0], contents)
    return Book(contents, (page.lang, *others), was, given)
