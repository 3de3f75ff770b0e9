"""An edition: what the journeys of a content are made of, which is another only if questions, options or conditions are."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from guidance.content.condition import TRUE
from guidance.content.condition import AllOf
from guidance.content.condition import AnswerIs
from guidance.content.condition import AnyOf
from guidance.content.condition import Condition
from guidance.content.condition import Not
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import questions_in

_SIGNS_OF_SUM = 16


@dataclass(frozen=True)
class Choice:
    """An option of a question: see `Option`."""

    id: str
    alone: bool
    when: Condition


@dataclass(frozen=True)
class Asked:
    """A question of an edition: see `Question`."""

    id: str
    many: bool
    when: Condition
    options: tuple[Choice, ...]


Questions = tuple[Asked, ...]


@dataclass(frozen=True)
class Edition:
    """The questions of a content of some time, as recorded; `number` counts from 1, `recorded` is the day."""

    number: int
    recorded: datetime.date
    questions: Questions


def written_edition(edition: Edition) -> str:
    """Return an edition as text, a line for each question."""
    lines = [_line(question) for question in edition.questions]
    head = {'edition': edition.number, 'recorded': edition.recorded.isoformat(), 'sum': _sum(lines)}
    begin = json.dumps(head)[:-1]
    return f'{begin}, "questions": [\n' + ',\n'.join(lines) + '\n]}\n'


def read_edition(text: str) -> Edition:
    """Return the edition that a text is. Raises ValueError, with what is wrong, for what `written_edition` did not write."""
    try:
        data = json.loads(text)
        questions = tuple(map(_question, data['questions']))
        edition = Edition(data['edition'], datetime.date.fromisoformat(data['recorded']), questions)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f'this is no edition ({type(error).__name__}: {error})') from error
    if type(edition.number) is not int or edition.number < 1:
        raise ValueError('the number of an edition is 1 or more')
    _check(questions)
    if data.get('sum') != _sum(map(_line, questions)):
        raise ValueError('this edition was changed after it was recorded, or its end is missing')
    return edition


def _sum(lines: Iterable[str]) -> str:
    return hashlib.sha256('\n'.join(lines).encode()).hexdigest()[:_SIGNS_OF_SUM]


def _line(question: Asked) -> str:
    """Return a question as JSON. What is as it is most often is left out."""
    many = {'many': True} if question.many else {}
    when = {'when': _packed(question.when)} if question.when != TRUE else {}
    options = [_option(option) for option in question.options]
    return json.dumps({'id': question.id, **many, **when, 'options': options}, ensure_ascii=False)


def _option(option: Choice) -> str | dict[str, Any]:
    alone = {'alone': True} if option.alone else {}
    when = {'when': _packed(option.when)} if option.when != TRUE else {}
    return {'id': option.id, **alone, **when} if alone or when else option.id


def _packed(condition: Condition) -> list[Any]:
    """Return a condition as lists, those of equal conditions equal."""
    match condition:
        case AnswerIs():
            return ['is', condition.question, *sorted(condition.options)]
        case Not(part):
            return ['not', part.question, *sorted(part.options)]
        case AllOf(parts):
            return ['all', *sorted(map(_packed, parts), key=repr)]
        case AnyOf(parts):
            return ['any', *sorted(map(_packed, parts), key=repr)]


def _question(data: dict[str, Any]) -> Asked:
    options = tuple(_choice({'id': option} if isinstance(option, str) else option) for option in data['options'])
    return Asked(_text(data['id']), bool(data.get('many')), _condition(data.get('when', ['all'])), options)


def _choice(data: dict[str, Any]) -> Choice:
    return Choice(_text(data['id']), bool(data.get('alone')), _condition(data.get('when', ['all'])))


def _condition(packed: list[Any]) -> Condition:
    kind, *parts = packed
    match kind:
        case 'is':
            return AnswerIs(_text(parts[0]), frozenset(map(_text, parts[1:])))
        case 'not':
            return Not(AnswerIs(_text(parts[0]), frozenset(map(_text, parts[1:]))))
        case 'all':
            return all_of(map(_condition, parts))
        case 'any':
            return any_of(map(_condition, parts))
    raise ValueError(f'{kind!r} begins no condition')


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f'{value!r} is no id')
    return value


def _check(questions: Questions) -> None:
    """Raise ValueError if an id stands twice, or a condition names a question that does not stand before it."""
    before: set[str] = set()
    for question in questions:
        if question.id in before or len({option.id for option in question.options}) < len(question.options):
            raise ValueError(f'`{question.id}`, or an option of it, stands there twice')
        for condition in (question.when, *(option.when for option in question.options)):
            if not questions_in(condition) <= before:
                raise ValueError(f'a condition of `{question.id}` names a question that does not stand before it')
        before.add(question.id)
