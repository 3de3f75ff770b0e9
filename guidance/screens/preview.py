"""A draft, drawn as visitors would see it once it is published, for staff: where the desk is open, and a draft is named."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.responses import PlainTextResponse
from starlette.responses import Response
from starlette.routing import Route

from guidance.content.problem import ContentError
from guidance.screens import desk
from guidance.screens.page import Page
from guidance.screens.plain.keep import card
from guidance.screens.plain.keep import keep
from guidance.screens.plain.keep import picture
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import plain
from guidance.screens.route_names import CARD
from guidance.screens.route_names import KEEP
from guidance.screens.route_names import PLAIN
from guidance.screens.route_names import PREVIEW
from guidance.screens.route_names import QR
from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import redirect
from guidance.serving.store import Store
from guidance.serving.store import answering_from

_PAGES: dict[str, Callable[[Request], Response]] = {PLAIN: plain, KEEP: keep, CARD: card, QR: picture}


def draft_folder() -> Path | None:
    """Return the folder of the draft: `GUIDANCE_DRAFT`, else none."""
    name = os.environ.get('GUIDANCE_DRAFT')
    return Path(name) if name else None


def preview_routes(folder: str) -> list[Route]:
    """Return the routes of the preview, below the address `folder`: none, unless the desk is open and a draft is named."""
    draft = draft_folder() if desk.is_open() else None
    if draft is None:
        return []
    pages = [Route(f'{folder}{PREVIEW}/{name}', _of_draft(draft, page)) for name, page in _PAGES.items()]
    return [*pages, Route(f'{folder}{PREVIEW}/', _first), Route(f'{folder}{PREVIEW}', _first)]


def _first(request: Request) -> Response:
    """Lead to the plain edition, in which a draft is shown: it is the same content, without what runs in the browser."""
    here = './' if request.scope['path'].endswith('/') else f'./{PREVIEW.rpartition("/")[2]}/'
    query = request.scope.get('query_string', b'').decode('ascii', 'replace')
    return _private(redirect(f'{here}{PLAIN}', query, 303))


def _of_draft(draft: Path, page: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return what answers with a page of the draft in place of what is served."""

    def answer(request: Request) -> Response:
        try:
            store = store_of(draft)
        except ContentError as error:
            return _private(PlainTextResponse(f'{error}\n\nThis draft cannot be shown.\n', 503))
        with answering_from(store):
            response = page(request)
            return _private(_marked(request, response, store) if response.media_type == 'text/html' else response)

    return answer


@cache
def store_of(draft: Path) -> Store:
    """Return what a draft is shown from: its last state that was good. Raises ContentError if there was none."""
    store = Store(draft)
    store.watch()
    return store


def _marked(request: Request, response: Response, store: Store) -> Response:
    """Return a page with the banner that says what it is, and with why a newer state of the draft is not shown."""
    page = Page.open(pairs_of(request), request.headers, 'plain')
    query = request.scope.get('query_string', b'').decode('ascii', 'replace')
    live = f'../../{PLAIN}?{query}' if query else f'../../{PLAIN}'
    banner = page.render('draft.html', live=live, problems=store.told()[1:])
    before, body, after = bytes(response.body).decode().partition('<body>')
    headers = {name: value for name, value in response.headers.items() if name not in ('content-length', 'etag')}
    return HTMLResponse(f'{before}{body}\n{banner}{after}', response.status_code, headers)


def _private(response: Response) -> Response:
    response.headers['Cache-Control'] = PRIVATE
    response.headers['X-Robots-Tag'] = 'noindex'
    return response
