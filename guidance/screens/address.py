"""Whole addresses: where the wizard stands as the browser sees it, and the link of a page to share."""

from __future__ import annotations

import os
import re

from starlette.requests import Request

from ..link import address
from ..link import parameters
from .view import Page

# Headers come from anybody; what has another character in it is nobody's host or folder.
_HOST = re.compile(r'(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?')
_FOLDER = re.compile(r'/(?:[A-Za-z0-9._~-]+/)*')


def public_url(seen: str) -> str:
    """Return the address of the wizard, with a slash at its end: `GUIDANCE_PUBLIC_URL`, else the one that was seen."""
    base = os.environ.get('GUIDANCE_PUBLIC_URL') or seen.partition('?')[0].partition('#')[0]
    return base if base.endswith('/') or not base else f'{base}/'


def base(request: Request) -> str:
    """Return the address of the wizard as the browser used it, also behind a proxy and below a sub-path.

    '' where the headers do not tell: addresses made from it are relative. The request is for one of our own routes,
    which all lie in the folder of the pages.
    """
    scheme = _told(request, 'x-forwarded-proto').lower() or request.scope.get('scheme', 'http')
    host = _told(request, 'x-forwarded-host') or _told(request, 'host')
    path, root = request.scope['path'], request.scope.get('root_path', '')
    inside = path if path.startswith(root) else root + path
    folder = inside.rpartition('/')[0] + '/'
    prefix = _told(request, 'x-forwarded-prefix').rstrip('/')
    if not folder.startswith(f'{prefix}/'):  # else the server knows the prefix, too
        folder = prefix + folder
    right = scheme in ('http', 'https') and _HOST.fullmatch(host) and _FOLDER.fullmatch(folder)
    return public_url(f'{scheme}://{host}{folder}' if right else '')


def _told(request: Request, name: str) -> str:
    """Return a header as the first proxy set it, the one nearest to the browser."""
    value: str = request.headers.get(name, '')
    return value.partition(',')[0].strip()


def shared_link(base: str, page: Page) -> str:
    """Return the link that brings back this page for anybody: the answers that count, the language, the fingerprint.

    An answer that does not count stays out of it: a person may have taken it back. The same result has the same link.
    """
    result = page.journey.result
    seen = result.fingerprint if result else None
    return base + address(parameters(page.content, page.journey.answered, page.lang, seen=seen, shared=result is not None))
