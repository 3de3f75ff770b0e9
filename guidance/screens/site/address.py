"""Where the wizard stands as the browser sees it: what all whole addresses begin with."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from guidance.serving.store import is_preview

# Whatever a browser or a proxy says; what has another character in it is nobody's host or folder.
_HOST = re.compile(r'(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?')
_FOLDER = re.compile(r'/(?:[A-Za-z0-9._~-]+/)*')
_LONGEST = 200  # characters of a folder
_log = logging.getLogger(__name__)


def public_url(seen: str) -> str:
    """Return the address of the wizard, with a slash at its end: `GUIDANCE_PUBLIC_URL`, else the one that was seen."""
    url = os.environ.get('GUIDANCE_PUBLIC_URL') or seen.partition('?')[0].partition('#')[0]
    return url if url.endswith('/') or not url else f'{url}/'


def wizard_url_of(request: Request) -> str:
    """Return the address of the wizard as the browser used it, also behind a proxy and below a sub-path.

    '' in a preview of a draft, whose results nobody shares, and where nobody whom the operator has named says which that is: a
    link with the name that a visitor sent could lead others to somebody else. The request is for one of our own routes, which all
    lie in the folder of the pages, and came through `OnlyNamedProxies`.
    """
    if is_preview():
        return ''
    scheme = _told(request.headers, 'x-forwarded-proto').lower() or request.scope.get('scheme', 'http')
    host = _told(request.headers, 'x-forwarded-host') or _told(request.headers, 'host')
    path, root = request.scope['path'], request.scope.get('root_path', '')
    inside = path if path.startswith(root) else root + path
    folder = inside.rpartition('/')[0] + '/'
    prefix = _told(request.headers, 'x-forwarded-prefix').rstrip('/')
    if not folder.startswith(f'{prefix}/'):  # else the server knows the prefix, too
        folder = prefix + folder
    return _wizard_url(scheme, host, folder, request.headers)


def wizard_url_seen(seen: str | None, headers: Mapping[str, str], page: str = '') -> str:
    """Return the same for a `page` of Streamlit: `seen` is where the browser says it is, without a query or slash at its end."""
    url = urlsplit(seen or '')
    folder = url.path.rstrip('/').removesuffix(page and f'/{page}') + '/'
    return _wizard_url(url.scheme, url.netloc, folder, headers)


def _wizard_url(scheme: str, host: str, folder: str, headers: Mapping[str, str]) -> str:
    right = scheme in ('http', 'https') and _HOST.fullmatch(host) and _FOLDER.fullmatch(folder) and len(folder) <= _LONGEST
    named = host == _told(headers, 'x-forwarded-host') or _is_this_machine(host)
    url = public_url(f'{scheme}://{host}{folder}' if right and named else '')
    if not url:
        _tell_the_operator()
    return url


@cache
def _tell_the_operator() -> None:
    """Once: the name that was asked for comes from anybody, so it is not in the log."""
    _log.warning('A page shows no link, since the name it was asked for by is not known: set GUIDANCE_PUBLIC_URL')


def _is_this_machine(host: str) -> bool:
    name = urlsplit(f'//{host}').hostname or ''
    try:
        return name == 'localhost' or ip_address(name).is_loopback
    except ValueError:
        return False


def _told(headers: Mapping[str, str], name: str) -> str:
    """Return a header as the first proxy set it, the one nearest to the browser."""
    return headers.get(name, '').partition(',')[0].strip()
