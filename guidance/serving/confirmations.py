"""What a person at the owner confirmed: an outcome, or what rests on a source; until its words change in any language."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path

from guidance.content import files
from guidance.content.disk import Unreadable
from guidance.content.disk import read_text
from guidance.content.model import Content
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import nearest
from guidance.serving.resting import resting

CONFIRMATIONS = 'data/confirmations.json'
"""Where they stand: `outcome:ID` or `source:ID` -> who confirmed it, when, and a digest of its words. `confirm` writes it."""

_EXPECTED = 'the file as `confirm` wrote it'


@dataclass(frozen=True)
class Confirmation:
    """Who confirmed something and when; `words` is a digest of what it said then, in all languages."""

    by: str
    on: datetime.date
    words: str


@dataclass(frozen=True)
class Confirmed:
    """The confirmations of a content: those that stand, and those that fell because the words changed since."""

    standing: Mapping[str, Confirmation]
    fallen: Mapping[str, Confirmation]

    def of(self, kind: str) -> int:
        """Return how many of a kind (`outcome` or `source`) stand."""
        return sum(name.startswith(f'{kind}:') for name in self.standing)


def read_confirmations(folder: Path) -> tuple[dict[str, Confirmation], list[Problem]]:
    """Return the confirmations of a content folder, and what is wrong with their file."""
    path = folder / CONFIRMATIONS
    if not path.exists():
        return {}, []
    try:
        written = json.loads(read_text(path, CONFIRMATIONS))
        return {
            name: Confirmation(str(each['by']), datetime.date.fromisoformat(each['on']), str(each['words']))
            for name, each in written.items()
        }, []
    except Unreadable as error:
        return {}, [error.problem]
    except json.JSONDecodeError as error:
        return {}, [Problem(Place(CONFIRMATIONS, error.lineno, error.colno), f'this is no JSON: {error.msg}', _EXPECTED)]
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}, [Problem(Place(CONFIRMATIONS), 'this is no file of confirmations', _EXPECTED)]


def confirmed(confirmations: Mapping[str, Confirmation], contents: Mapping[str, Content]) -> Confirmed:
    """Tell which confirmations stand: those whose words are the same still, in every language."""
    now = digests(contents) if confirmations else {}
    standing = {name: each for name, each in confirmations.items() if now.get(name) == each.words}
    return Confirmed(standing, {name: each for name, each in confirmations.items() if name not in standing})


def with_confirmed_sources(contents: Mapping[str, Content], found: Confirmed) -> dict[str, Content]:
    """Return the contents, in which sources with a confirmation that stands count as confirmed by the owner."""
    days = {name.partition(':')[2]: each.on for name, each in found.standing.items() if name.startswith('source:')}
    if not days:
        return dict(contents)
    return {lang: changed(content, sources={
        name: source.model_copy(update={'confirmed_by_owner': days[name]}) if name in days else source
        for name, source in content.sources.items()
    }) for lang, content in contents.items()}  # fmt: skip


def fallen(found: Confirmed, contents: Mapping[str, Content]) -> Iterator[Problem]:
    """Yield what has to be confirmed again, and confirmations of what does not exist."""
    names = digests(contents) if found.fallen else {}
    for name, each in found.fallen.items():
        place = Place(CONFIRMATIONS)
        if name in names:
            message = f'the words of `{name}` changed since {each.by} confirmed them on {each.on}'
            yield Problem(place, message, f'`confirm {name}` by somebody who has read them', 'warning')
        else:
            yield Problem(place, f'there is no `{name}` any more{nearest(name, names)}', 'no confirmation of it', 'warning')


def confirm(folder: Path, contents: Mapping[str, Content], names: tuple[str, ...], by: str, on: datetime.date) -> list[Problem]:
    """Write that `by` confirmed these `names` on that day; or write nothing and return what is wrong. Raises OSError."""
    before, problems = read_confirmations(folder)
    now = digests(contents)
    problems += [
        Problem(Place('confirm'), f'there is no `{name}`{nearest(name, now)}', 'outcome:ID or source:ID')
        for name in names
        if name not in now
    ]
    if problems:
        return problems
    after = before | {name: Confirmation(by, on, now[name]) for name in names}
    written = {name: asdict(each) | {'on': each.on.isoformat()} for name, each in sorted(after.items())}
    files.replace(folder / CONFIRMATIONS, f'{json.dumps(written, indent=2, ensure_ascii=False)}\n'.encode())
    return []


def digests(contents: Mapping[str, Content]) -> dict[str, str]:
    """Return for each `outcome:ID` and `source:ID` a digest of its words in all languages, on whatever day."""
    said: dict[str, list[str]] = {}
    for lang, each in contents.items():
        content = each.whole or each
        for outcome in content.outcomes:
            said.setdefault(f'outcome:{outcome.id}', []).extend([lang, *_words(content, outcome)])
        for name, sentences in resting(content).items():
            said.setdefault(f'source:{name}', []).extend([lang, content.sources[name].title, *sentences])
    return {name: hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16] for name, words in said.items()}


def _words(content: Content, outcome: Outcome) -> Iterator[str]:
    for wording in (outcome.title, outcome.advice, outcome.summary, outcome.no_assistance):
        yield from (variant.say for variant in wording.variants) if wording else ('',)
    for line in (*outcome.do_now, *outcome.later):
        yield line.say
    for items in (outcome.can, outcome.cannot):
        for name, lines in items.items():
            yield name
            yield from (line.say for line in lines)
    for named in outcome.contacts:
        if isinstance(named, NamedContact):
            contact = content.contacts[named.contact]
            yield from (contact.name, contact.hours or '', *(channel.value for channel in contact.channels))
        else:
            yield f'{named.question}.{named.field}'
