"""What is counted of a visit, and which requests are none: whoever only looks ahead, or makes the preview of a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping

from guidance.content.days import today
from guidance.content.model import Question
from guidance.journey.walk import Arrived
from guidance.screens.page import Page
from guidance.serving.counters import EVENTS
from guidance.serving.counters import Event
from guidance.serving.counters import Kind
from guidance.serving.counters import count
from guidance.serving.counters import shown
from guidance.serving.store import is_preview

UNKNOWN = 'unknown'
"""What an option is called that says "I don't know": whoever chooses it is counted apart."""

TOLD = ('useful', 'not-useful', 'wrong')
"""What a reader can say of a result."""

DONE = ('shared', 'printed')
"""What the browser tells, since only it knows."""

_AHEAD = ('sec-purpose', 'purpose', 'x-purpose', 'x-moz')  # headers of a browser that loads a page before anybody asked for it
_NOBODY = re.compile(
    r'(?i)(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|\bwhatsapp/|embedly|^(curl|wget)/|^python-'
)


def is_visit(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether somebody asks, and no program that looks ahead, searches the web or makes the preview of a link."""
    ahead = any(word in headers.get(name, '').lower() for name in _AHEAD for word in ('prefetch', 'prerender', 'preview'))
    return method == 'GET' and not ahead and not _NOBODY.search(headers.get('user-agent', ''))


def count_shown(page: Page) -> None:
    """Count the question that a page shows, if it shows one; and that somebody went back to it from the next one."""
    if page.edition in ('full', 'plain') and isinstance(question := page.shown(), Question):
        _count(page, _shown(page, question))


def count_answer(page: Page, asked: str) -> None:
    """Count the answer to a question, which the page has, and the result if it led to one."""
    if page.edition in ('full', 'plain') and asked in page.journey.answered:
        _count(page, _answered(page, asked))


def count_result(page: Page, what: str) -> None:
    """Count what is done with a result, or said of it: one of the events of an outcome."""
    if what in EVENTS['outcome'] and isinstance(page.journey, Arrived):
        _count(page, _of_result(page.journey, what))


def metrics(numbers: Mapping[Event, int]) -> str:
    """Return numbers in the text format of Prometheus, rounded down as `shown` does; what is none then is left out."""
    return ''.join(_metric(kind, numbers) for kind in EVENTS)


def _metric(kind: Kind, numbers: Mapping[Event, int]) -> str:
    name = f'guidance_{kind}_events_total'
    rows = [
        f'{name}{{{kind}="{event.id}",event="{event.what}"}} {shown(number)}\n'
        for event, number in sorted(numbers.items())
        if event.kind == kind and shown(number)
    ]
    about = f'What happened to each {kind} since this replica began, rounded down to tens.'
    return ''.join([f'# HELP {name} {about}\n# TYPE {name} counter\n', *rows])


def _shown(page: Page, question: Question) -> Iterator[Event]:
    yield Event('question', question.id, 'shown')
    following = page.journey.next
    if page.reading.change and following and following.id != question.id:
        yield Event('question', following.id, 'back')


def _answered(page: Page, asked: str) -> Iterator[Event]:
    yield Event('question', asked, 'answered')
    if UNKNOWN in page.journey.answered[asked]:
        yield Event('question', asked, 'unknown')
    if isinstance(page.journey, Arrived):
        yield from _of_result(page.journey, 'reached')


def _of_result(arrived: Arrived, what: str) -> Iterator[Event]:
    return (Event('outcome', part.outcome.id, what) for part in arrived.result.parts)


def _count(page: Page, events: Iterator[Event]) -> None:
    """Count events today; none of a draft."""
    if not is_preview():
        count(events, today(page.content.service))
