"""One address of every kind of page."""

from __future__ import annotations

from typing import Any

from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import result
from guidance.training.record import Record
from tests.support.browsing import case

CUSTODY = ('who', 'asker-place', 'person-place', 'danger-now', 'resident', 'happened')


def kinds(content: Content) -> dict[str, str]:
    """One address of every kind of page, by the name of the kind."""
    answers = case(content, 's06')
    half = {name: answers[name] for name in CUSTODY}
    shared = {'seen': result(content, answers).fingerprint, 'shared': True}

    def made(given: Answers, **more: Any) -> str:
        return query_string(parameters(content, given, 'en', **more))

    return {
        'start': '?lang=en',
        'question': '?change=who&lang=en',
        'many': made({name: half[name] for name in CUSTODY[:5]}),
        'sensitive': made(half),
        'leave': made({**half, 'happened': ('attack',)}),
        'change': made(half, change='resident'),
        'notice': '?who=nobody&lang=en',
        'result': made(answers),
        'calm': made(case(content, 's14')),
        'received': made(answers, **shared),
        'chinese': query_string(parameters(content, answers, 'zh-Hant')),
        'not-found': 'nowhere',
        'plain-start': 'plain?lang=en',
        'plain-question': 'plain' + made(half),
        'plain-error': 'plain' + made(half) + '&asked=custody-kind',
        'plain-result': 'plain' + made(answers),
        **_training(content, answers, half),
    }


def _training(content: Content, answers: Answers, half: Answers) -> dict[str, str]:
    def training(given: Answers, **record: Any) -> str:
        more = Record(case='s06', **record).parameters()
        return 'training' + query_string(parameters(content, given, 'en', more=more))

    marks = {'mode': 'assess', 'offered': ('entry-permit',), 'stated': ('no-payment',)}
    return {
        'library': 'training?practised=s01&lang=en',
        'case': training({}),
        'practise': training(half, mode='practise'),
        'wrong': training({**half, 'happened': ('missing',)}, mode='practise', wrong='happened'),
        'end': training(answers, mode='practise'),
        'marks': training(answers, mode='assess'),
        'debrief': training(answers, done=True, **marks),
        'show': training({}, mode='show', step=6),
        'show-end': training({}, mode='show', step=99),
        'table': 'training?mode=table&lang=en',
    }
