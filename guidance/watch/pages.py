"""Fetching one page as a careful reader would: with an end to its time, its size and its redirects."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

import requests

State = Literal['answered', 'moved', 'broken', 'slow']

_AT_ONCE = 65_536  # bytes
_MOST = 10_000_000  # bytes: more is no page that somebody reads
_REDIRECTS = 5
_UNSEEN = {'script', 'style', 'noscript', 'template', 'head'}
_BY_NAME = {'User-Agent': 'guidance watch-sources'}


@dataclass(frozen=True)
class Fetched:
    """What came of an address: whether it answered, where it stands now, and a digest of its words."""

    state: State
    said: str  # what to tell of it: a status, an error, where it moved
    digest: str | None = None  # of the words of a page, of the bytes of another file; none where nothing could be read


def fetch(address: str, seconds: float, languages: Iterable[str]) -> Fetched:
    """Return what `address` answers a reader of these languages within so many seconds, with its redirects. Raises nothing."""
    end = time.monotonic() + seconds
    headers = {**_BY_NAME, 'Accept-Language': ', '.join(languages)}
    try:
        with requests.Session() as session:
            session.max_redirects = _REDIRECTS
            session.trust_env = False
            with session.get(address, headers=headers, timeout=seconds, stream=True) as response:
                if not response.ok:
                    return Fetched('broken', f'status {response.status_code}')
                body = _read(response, end)
                moved = response.url if response.history and _place(response.url) != _place(address) else ''
                digest = hashlib.sha256(_words(response, body)).hexdigest()
    except (requests.Timeout, TimeoutError):
        return Fetched('slow', f'no whole answer in {seconds:g} seconds')
    except requests.TooManyRedirects:
        return Fetched('broken', f'more than {_REDIRECTS} redirects')
    except (requests.RequestException, ValueError) as error:
        return Fetched('broken', _reason(error))
    return Fetched('moved', f'now at {moved}', digest) if moved else Fetched('answered', f'status {response.status_code}', digest)


def _read(response: requests.Response, end: float) -> bytes:
    body = b''
    try:
        for part in response.iter_content(_AT_ONCE):
            body += part
            if time.monotonic() > end:
                raise TimeoutError
            if len(body) > _MOST:
                raise ValueError(f'more than {_MOST:,} bytes')
    except requests.ConnectionError:  # so `requests` tells of a page that stopped on its way, too
        if time.monotonic() > end:
            raise TimeoutError from None
        raise
    return body


def _place(address: str) -> str:
    """Return an address without what a server may change of it: the scheme, a last slash, a fragment."""
    return address.split('#')[0].partition('://')[2].rstrip('/')


def _reason(error: Exception) -> str:
    return str(error) if type(error) is ValueError else type(error).__name__


def _words(response: requests.Response, body: bytes) -> bytes:
    """Return what counts of a page: its words, spaces alike, whatever its markup; of another file, its bytes."""
    if 'html' not in response.headers.get('content-type', 'text/html'):
        return body
    encoding = response.encoding if 'charset' in response.headers.get('content-type', '') else response.apparent_encoding
    try:
        text = body.decode(encoding or 'utf-8', 'replace')
    except LookupError:  # an encoding that does not exist
        text = body.decode('utf-8', 'replace')
    reader = _Words()
    reader.feed(text)
    reader.close()
    return ' '.join(' '.join(reader.said).split()).encode()


class _Words(HTMLParser):
    """Collects the words that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what is not seen."""
        self._unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        """End what is not seen."""
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self._unseen:
            self.said.append(data)
