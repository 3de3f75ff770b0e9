"""The desk, for those who look after the content: what is open, the book and the map. The server draws it; nothing runs in it."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from guidance.book.book import Book
from guidance.book.draw import STYLE
from guidance.book.draw import inside
from guidance.book.draw import whole_map
from guidance.book.numbers import read_numbers
from guidance.content.days import today
from guidance.content.problem import ContentError
from guidance.content.published import served
from guidance.journey.query import query_string
from guidance.screens.answer import last
from guidance.screens.desk import DESK
from guidance.screens.page import Page
from guidance.screens.plain.draw import document
from guidance.screens.plain.plain import POLICY
from guidance.screens.plain.plain import accepted_languages
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import safe
from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import page_of
from guidance.serving.confirmations import confirmed
from guidance.serving.confirmations import read_confirmations
from guidance.serving.store import store

_SHOW = 'show'
_PAGES = {'': 'desk', 'book': 'book', 'book_all': 'book', 'map': 'map'}
"""What the address asks to be shown -> what is drawn."""

_PICTURE = 'picture'


@safe('plain', POLICY)
def desk(request: Request) -> Response:
    """Answer for a page of the desk, or for the map as one picture."""
    pairs = pairs_of(request)
    show = last(pairs, _SHOW) or ''
    page = Page.open(pairs, accepted_languages(request), 'plain')
    if show == _PICTURE:
        return Response(
            whole_map(_book(page, show)),
            headers={'Cache-Control': PRIVATE, 'Content-Security-Policy': POLICY},
            media_type='image/svg+xml',
        )
    show = show if show in _PAGES else ''
    page = replace(page, more={_SHOW: show} if show else {})
    book = _book(page, show)
    pages = [(_at(page, key), key) for key in _PAGES if key]
    body = inside(
        book,
        _PAGES[show],
        today(page.content.service),
        book_at='' if _PAGES[show] == 'book' else _at(page, 'book'),
        picture_at=_at(page, _PICTURE),
        pages=pages,
    )
    t = book.first.t
    around = page.render(
        'desk.html', inside=body, home=_at(page, ''), pages=[(link, t(key)) for link, key in pages], desk=t('desk')
    )
    html = document(page, f'{t(show or "desk")} - {page.content.service.name}', around)
    response = page_of(request.scope, html.replace('</style>', f'{STYLE}</style>', 1), 200, POLICY)
    response.headers['X-Robots-Tag'] = 'noindex'
    return response


def _at(page: Page, show: str) -> str:
    """Return the address of a page of the desk in the language of this one."""
    return DESK + query_string({**({_SHOW: show} if show else {}), 'lang': page.lang})


def _book(page: Page, show: str) -> Book:
    serving = store()
    contents = {lang: serving.content(lang) for lang in page.content.service.languages}
    others = [lang for lang in contents if lang != page.lang] if show == 'book_all' else []
    folder = served(serving.folder).folder
    try:
        given = read_numbers(folder)
    except ContentError:  # `book` tells what is wrong with them; until then they are counted anew
        given = {}
    was = confirmed(read_confirmations(folder)[0], contents)
    return Book(contents, (page.lang, *others), was, given)
