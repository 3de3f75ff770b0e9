"""What the app is made of beside Streamlit: our own routes, the middleware, and what has to be right before anybody is served."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.responses import Response
from starlette.routing import Route

from guidance.content.published import is_published
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import read_query
from guidance.journey.query import shorten_query
from guidance.screens import desk
from guidance.screens.links import COUNT_AT
from guidance.screens.plain.changes import changes
from guidance.screens.plain.count import count_of
from guidance.screens.plain.count import metrics_page
from guidance.screens.plain.desk import desk as desk_page
from guidance.screens.plain.keep import card
from guidance.screens.plain.keep import keep
from guidance.screens.plain.keep import picture
from guidance.screens.plain.plain import full
from guidance.screens.plain.plain import not_found
from guidance.screens.plain.plain import plain
from guidance.screens.plain.training import training as training_page
from guidance.screens.preview import preview_routes
from guidance.screens.route_names import CARD
from guidance.screens.route_names import CHANGES
from guidance.screens.route_names import DESK
from guidance.screens.route_names import KEEP
from guidance.screens.route_names import PLAIN
from guidance.screens.route_names import QR
from guidance.screens.route_names import TRAINING
from guidance.screens.site.compress import Compressed
from guidance.screens.site.discreet import Discreet
from guidance.screens.site.headers import Headers
from guidance.screens.site.logs import keep_answers_out
from guidance.screens.site.proxy import OnlyNamedProxies
from guidance.screens.site.proxy import is_local
from guidance.screens.site.shell import Shell
from guidance.screens.site.theme import keep_theme
from guidance.screens.training import library as training
from guidance.screens.trial import trial
from guidance.serving.counters import begin
from guidance.serving.store import store
from guidance.serving.store import trials

_log = logging.getLogger(__name__)


def start() -> None:
    """Begin to serve: check the content, and follow its files from now on. Raises ContentError if there is none to be served."""
    keep_answers_out()
    keep_theme()
    begin()
    trials.add(trial)
    serving = store()
    if not is_published(serving.folder):
        _log.warning('%s is no published folder: what is saved there is served as soon as it passes', serving.folder)
    serving.watch()


def known(query: str) -> bool:
    """Tell whether something can be read of a query."""
    content = store().content()
    said = read_query(content, parse_query(query))
    return bool(parameters(content, said.answers, said.lang, change=said.change, seen=said.seen, shared=said.shared))


def shorten(query: str) -> str:
    """Return what the content knows of an over-long query string."""
    return shorten_query(store().content(), query)


def status(request: Request) -> PlainTextResponse:
    """Tell staff and load balancers which content is served, and whether a newer one on disk is not.

    Why that is, in which file and line, is for the desk: where it is open, and on this machine only.
    """
    serving, detailed = store(), desk.is_open() and is_local(request.scope)
    told = [f'ok, content {serving.content().version}']
    told += serving.told() if detailed else serving.told()[:1]
    return PlainTextResponse('\n\n'.join(told) + '\n')


def security(request: Request) -> PlainTextResponse:
    """Tell where to report a weakness of the service (RFC 9116), if the content says so."""
    service = store().content().service
    if service.security is None:
        return PlainTextResponse('There is none.\n', 404)
    lines = [f'Contact: {service.security.contact}', f'Expires: {service.security.expires}T23:59:59Z']
    return PlainTextResponse('\n'.join([*lines, f'Preferred-Languages: {", ".join(service.languages)}', '']))


def routes(base: str) -> list[Route]:
    """Return our own routes: those beside the pages below the base path, the status where load balancers look."""
    folder = '/'.join(('', *filter(None, base.split('/')), ''))
    top = [Route('/status', status), Route('/metrics', metrics_page), Route('/.well-known/security.txt', security)]
    return [*top, *(Route(f'{folder}{name}', page) for name, page in _beside().items()), *preview_routes(folder)]


def _beside() -> dict[str, Callable[[Request], Response]]:
    """Return what draws each of the pages that stand beside the first one; each is drawn in a thread of its own."""
    found: dict[str, Callable[[Request], Response]] = {PLAIN: plain, CHANGES: changes, KEEP: keep, CARD: card, QR: picture}
    found |= {COUNT_AT[edition]: count_of(edition) for edition in COUNT_AT}
    found |= {TRAINING: training_page} if training.is_open() else {}
    return found | ({DESK: desk_page} if desk.is_open() else {})


def middleware(own: list[Route]) -> list[Middleware]:
    """Return what stands around Streamlit and around `own`, our routes; the first is the outermost."""
    shell = Middleware(Shell, first=full, beside=_beside(), routes=own, shorten=shorten, known=known, missing=not_found)
    return [Middleware(OnlyNamedProxies), Middleware(Headers), Middleware(Discreet), Middleware(Compressed), shell]
