"""Records of training on the shipped cases, and texts that are costly to read as records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from guidance.content.case_format import Case
from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.journey.query import Reading
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.training.case import expected
from guidance.training.record import Record
from guidance.training.record import fingerprint
from guidance.training.record import read_record
from tests.support.shipped import SHIPPED

CONTENT = SHIPPED.contents['en']
CASES = tuple(CONTENT.cases)


def case_of(name: str) -> Case:
    return CONTENT.cases[name]


def right(name: str) -> Answers:
    return expected(CONTENT, case_of(name))


def made(name: str = 's06', answers: Answers | None = None, content: Content = CONTENT, **changes: Any) -> str:
    """The address of a finished record."""
    case = content.cases[name]
    record = Record(case=name, mode='assess', offered=case.offer, stated=case.limits, done=True, label='AB')
    more = replace(record, **changes).parameters()
    answers = expected(content, case) if answers is None else answers
    seen = fingerprint(content, case)
    return 'https://help.example/training' + query_string(parameters(content, answers, 'en', seen=seen, more=more))


def read(address: str, content: Content = CONTENT) -> tuple[Reading, Record]:
    reading = read_query(content, parse_query(address.partition('?')[2]))
    return reading, read_record(content, reading)


NEAR = '&'.join(f'{name}-{letter}=1' for name in CONTENT.question for letter in 'xy')
COSTLY: dict[str, Callable[[], str]] = {
    'one parameter again and again': lambda: '\n'.join(f'?case=s06&label={n}&' + 'who=me&' * 850 for n in range(1_000)),
    'names that are close to known ones': lambda: ' '.join(f'case=s06&label={n:x}&{NEAR}' for n in range(1_000)),
    'one word of many escapes': lambda: 'case%3d%25' * 1_500_000,
    'many short records': lambda: ' '.join(f'case=s06&label={n:x}' for n in range(20_000)),
    'many addresses in one': lambda: 'case=s06' + '?who=me' * 100_000,
    'many torn answers': lambda: ('case=s06&who=a.' + '&b.' * 1_900 + ' ') * 100,
    'no space': lambda: 'http://' * 1_000_000,
    'only space': lambda: ' ' * 10_000_000,
}
