"""Links of `tests/versions`: recorded on its `old` content, opened as a reader opens them on that and on later ones."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs
from urllib.parse import parse_qsl
from urllib.parse import urlsplit

from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.journey.decided import decided_by
from guidance.journey.query import Reading
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.walk import Result
from guidance.journey.walk import walk
from guidance.screens.notices import notices
from guidance.screens.page import Page
from tests.support.paths import TESTS

VERSIONS = TESTS / 'versions'
LINKS = (VERSIONS / 'links.txt').read_text().split()
LINKS_OF_WORDS = (VERSIONS / 'links-of-words.txt').read_text().split()  # the same results, with fingerprints of the second rule
RESULTS = [each for each in LINKS if 'seen=' in each]
BASE = 'https://island.example/'
SEASON, RETURN, HURT, NOBODY, SHUT, OPEN, BOTH, NOTHING, QUESTION = LINKS


def files_of(version: str) -> dict[str, str | None]:
    """The flows of a version."""
    parts = [path for part in ('old', version) for path in (VERSIONS / part).glob('*.yaml')]
    files: dict[str, str | None] = {f'flows/{path.name}': path.read_text() for path in parts}
    if 'include: hut.yaml' not in (files['flows/main.yaml'] or ''):
        files['flows/hut.yaml'] = None
    return files


class Opened(NamedTuple):
    """What a reader sees of an address: the question that is asked, or the result, and what is said about the address."""

    reading: Reading
    asked: str | None
    result: Result | None
    said: list[str]

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        return dict(self.reading.answers)

    def decided_by(self, content: Content) -> tuple[str, ...]:
        return decided_by(content, walk(content, self.answers).answered)


def opened(content: Content, address: str) -> Opened:
    """Open an address as a browser and both editions do, which must see the same: one has the parameters grouped by name."""
    query = urlsplit(address).query if '?' in address else ''
    grouped = parse_qs(query, keep_blank_values=True, errors='replace')
    readings = [
        read_query(content, pairs)
        for pairs in (
            [(name, value) for name, values in grouped.items() for value in values],
            parse_qsl(query, keep_blank_values=True, errors='replace'),
        )
    ]
    assert readings[0] == readings[1]
    reading = readings[0]
    page = Page(content, 'en', reading)
    journey = page.journey
    changing = reading.change if reading.change in journey.answered else None
    asked = changing or (journey.next.id if journey.next else None)
    return Opened(reading, asked, None if asked else journey.result, notices(page))


def as_now(content: Content, recorded: str) -> str:
    """A link of `links.txt`, as it is written today: with a fingerprint by the present rule."""
    seen = opened(content, recorded)
    return recorded if seen.result is None else re.sub('seen=[0-9a-f]{8}', f'seen={seen.result.fingerprint}', recorded)


def made(content: Content, answers: Answers) -> str:
    """A link with its answers in words, as those of results were before they had codes."""
    journey = walk(content, answers)
    seen = journey.result.fingerprint if journey.result else None
    return BASE + query_string(parameters(content, journey.answered, 'en', seen=seen, shared=seen is not None))


CHANGED = 'The guidance for this situation has changed since this link was made. This is the guidance as it is today.'
MORE = 'This link was made for a result. Before it can be shown as it is today, please answer this question.'
MENDED = 'This link was changed on its way here, but all of its answers could be read.'
CUT = 'The end of this link may be missing. What could be read is kept.'
DAMAGED = 'A part of the link could not be read. Everything else is as it was.'


def again(question: str) -> str:
    return f'One part of the link could not be read, so please answer this again: {question}'


def gone(answer: str, question: str) -> str:
    return f'The answer "{answer}" to "{question}" is not offered any more. Please answer again.'


def gone_question(question: str) -> str:
    return f'The question "{question}" is not asked any more, so its answer was left out.'
