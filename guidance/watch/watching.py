"""Looking at every page that a content rests on, and what is to be told of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path

from guidance.content import files
from guidance.content.format import Source
from guidance.content.model import Content
from guidance.serving.resting import resting
from guidance.watch.pages import Fetched

_AT_A_TIME = 8


@dataclass(frozen=True)
class Seen:
    """What is remembered of an address: its digest when the source was looked up last, as far as that was watched."""

    digest: str
    looked_up: str  # the source's date then; where it becomes another, the page was read again
    on: str  # the day on which the digest was taken


@dataclass(frozen=True)
class Finding:
    """An address of a source that somebody has to look at, and why."""

    source: str
    title: str
    address: str
    why: str
    resting: tuple[str, ...]


@dataclass(frozen=True)
class Watched:
    """What was found: how many addresses answered as before, what is to be looked at, and what to remember."""

    same: int
    new: int
    findings: tuple[Finding, ...]
    remembered: Mapping[str, Seen]


def addresses(sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """Yield each source with each of its addresses, those of other languages included."""
    for identity, source in sources.items():
        for address in dict.fromkeys(filter(None, (source.url, *source.url_in.values()))):
            yield identity, address


def watch(content: Content, before: Mapping[str, Seen], fetch: Callable[[str], Fetched], today: datetime.date) -> Watched:
    """Fetch every address once; return what changed since its source was looked up, as far as `before` remembers."""
    named = list(addresses(content.sources))
    every = list(dict.fromkeys(address for _, address in named))
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        pages = dict(zip(every, pool.map(fetch, every), strict=True))
    rests = resting(content)
    remembered, findings, new, same = dict[str, Seen](), list[Finding](), 0, 0
    for identity, address in named:
        source, page, known = content.sources[identity], pages[address], before.get(address)
        looked_up = source.looked_up.isoformat()
        current = known if known and known.looked_up == looked_up else None
        fresh = Seen(page.digest, looked_up, today.isoformat()) if page.digest and not current else None
        keep = fresh or known
        if keep:
            remembered[address] = keep
        why = _why(page, current)
        if why:
            findings.append(Finding(identity, source.title, address, why, rests[identity]))
        elif fresh:
            new += 1
        else:
            same += 1
    return Watched(same, new, tuple(findings), remembered)


def _why(page: Fetched, known: Seen | None) -> str:
    """Return why somebody has to look at a page, or nothing."""
    changed = f'its words changed since {known.on}' if known and page.digest and page.digest != known.digest else ''
    told = '' if page.state == 'answered' else f'{page.state}: {page.said}'
    return '; '.join(filter(None, (told, changed)))


def remembered(path: Path) -> dict[str, Seen]:
    """Return what was remembered at `path`; nothing where there is no file. Raises ValueError where it is no such file."""
    if not path.exists():
        return {}
    try:
        return {address: Seen(**seen) for address, seen in json.loads(path.read_text(encoding='utf-8')).items()}
    except (TypeError, AttributeError, ValueError) as error:
        raise ValueError(f'{path} is no file of `watch-sources`') from error


def remember(path: Path, seen: Mapping[str, Seen]) -> None:
    """Write what to remember, whole or not at all."""
    text = json.dumps({address: asdict(each) for address, each in sorted(seen.items())}, indent=2, ensure_ascii=False)
    files.replace(path, f'{text}\n'.encode())
