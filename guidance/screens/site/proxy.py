"""Who may say how a browser reached the wizard: the proxies that the operator names, and nobody else."""

from __future__ import annotations

import os
from functools import lru_cache
from ipaddress import IPv4Network
from ipaddress import IPv6Network
from ipaddress import ip_address
from ipaddress import ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp
from starlette.types import Receive
from starlette.types import Scope
from starlette.types import Send

from guidance.screens.site.address import public_url

_SAID_BY_PROXIES = (b'x-forwarded-', b'forwarded', b'x-real-ip')
_THIS_MACHINE = '127.0.0.0/8, ::1'


class OnlyNamedProxies:
    """Middleware: what a proxy would say is taken from every request that does not come from one that is named."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, so that behind this whatever a proxy says can be believed."""
        if scope['type'] in ('http', 'websocket') and not _in(_peer(scope), proxies()):
            own = [(name, value) for name, value in scope['headers'] if not name.lower().startswith(_SAID_BY_PROXIES)]
            scope = {**scope, 'headers': own}
        await self._app(scope, receive, send)


def proxies() -> str:
    """Return the addresses and networks of the proxies: `GUIDANCE_PROXY`, else this machine.

    Raises ValueError, with a sentence, where one of them is neither.
    """
    named = os.environ.get('GUIDANCE_PROXY') or _THIS_MACHINE
    _networks(named)
    return named


def is_local(scope: Scope) -> bool:
    """Tell whether somebody on this machine asks, and no proxy in between."""
    return _in(_peer(scope), _THIS_MACHINE) and not _passed_on(scope)


def is_public(scope: Scope) -> bool:
    """Tell whether a visitor asks: through a proxy that is named, or by the name that visitors use."""
    return _passed_on(scope) or Headers(scope=scope).get('host', '').lower() == urlsplit(public_url('')).netloc.lower() != ''


def _passed_on(scope: Scope) -> bool:
    return any(value for name, value in Headers(scope=scope).items() if name.startswith(('x-forwarded-', 'forwarded')))


def _peer(scope: Scope) -> str:
    client = scope.get('client')
    return client[0] if client else ''


@lru_cache(maxsize=4096)
def _in(peer: str, networks: str) -> bool:
    try:
        address = ip_address(peer.partition('%')[0])
    except ValueError:  # a socket of this machine has no address
        return False
    mapped = getattr(address, 'ipv4_mapped', None)  # as IPv4 looks to a server that listens to both
    return any((mapped or address) in network for network in _networks(networks))


@lru_cache(maxsize=8)
def _networks(named: str) -> tuple[IPv4Network | IPv6Network, ...]:
    words = [word for word in named.replace(',', ' ').split() if word]
    try:
        return tuple(ip_network(word, strict=False) for word in words)
    except ValueError as error:
        raise ValueError(f'GUIDANCE_PROXY: {error}; give addresses or networks, such as 10.0.0.7 or 10.0.0.0/8') from None
