"""The examples of the flows, which their authors wrote to be told when a change leads somebody elsewhere: each one is walked."""

from __future__ import annotations

from collections.abc import Iterator

from guidance.content.days import sections
from guidance.content.flow_format import ExampleSpec
from guidance.content.loaded import Files
from guidance.content.model import Content
from guidance.content.problem import Problem
from guidance.content.problem import listed
from guidance.content.problem import nearest
from guidance.content.references import Spot
from guidance.journey.query import parse_query
from guidance.journey.query import read_query
from guidance.journey.walk import Arrived
from guidance.journey.walk import Asking
from guidance.journey.walk import Result
from guidance.journey.walk import walk


def failed_examples(files: Files, content: Content) -> Iterator[Problem]:
    """Yield what is wrong with each example: answers that lead to no result, or a result that is not what it says."""
    known = _every_name(content.whole or content)
    for loaded in files.flows.values():
        for index, example in enumerate(loaded.value.examples):
            spot = Spot(loaded.file) / 'examples' / index
            unknown = list(_unknown(spot, example, content, known))
            yield from unknown or _failed(spot, example, content)


def _every_name(content: Content) -> frozenset[str]:
    """Return every id that a result can be asked about."""
    lines = {line.id for outcome in content.outcomes for said in sections(outcome).values() for line in said}
    return frozenset().union(lines, content.assistance, content.limitations, content.contacts)


def _unknown(spot: Spot, example: ExampleSpec, content: Content, known: frozenset[str]) -> Iterator[Problem]:
    outcomes = {outcome.id for outcome in content.outcomes}
    for key, names, possible, what in (
        ('outcomes', example.outcomes, outcomes, 'outcome'),
        ('shows', example.shows, known, 'assistance, limitation, contact, step or line'),
        ('not', example.not_, known, 'assistance, limitation, contact, step or line'),
    ):
        for index, name in enumerate(names):
            if name not in possible:
                message = f'there is no {what} `{name}`{nearest(name, possible)}'
                yield Problem((spot / key / index).place(), message, listed(sorted(possible)))


def _failed(spot: Spot, example: ExampleSpec, content: Content) -> Iterator[Problem]:
    reading = read_query(content, parse_query(example.answers.rpartition('?')[2]))
    journey = walk(content, reading.answers)
    if stray := [*reading.unread, *reading.unknown, *reading.gone, *journey.idle]:
        message = f'`{stray[0]}` is no answer on this way: it cannot be read, or the question is not asked'
        yield Problem((spot / 'answers').place(), message, 'the answers of one journey, as the address of its result has them')
    elif isinstance(journey, Asking):
        options = listed(f'{journey.next.id}={option}' for option in journey.next.option)
        yield Problem((spot / 'answers').place(), f'the question `{journey.next.id}` is not answered', options)
    else:
        yield from _differences(spot, example, journey)


def _differences(spot: Spot, example: ExampleSpec, arrived: Arrived) -> Iterator[Problem]:
    outcomes = [part.outcome.id for part in arrived.result.parts]
    if set(outcomes) != set(example.outcomes):
        message = f'these answers lead to {_names(outcomes)}'
        yield Problem((spot / 'outcomes').place(), message, _names(example.outcomes))
    shown = _shown(arrived.result)
    for index, name in enumerate(example.shows):
        if name not in shown:
            yield Problem((spot / 'shows' / index).place(), f'`{name}` is not shown with these answers', listed(sorted(shown)))
    for index, name in enumerate(example.not_):
        if name in shown:
            yield Problem((spot / 'not' / index).place(), f'`{name}` is shown with these answers', 'a result without it')


def _names(names: list[str] | tuple[str, ...]) -> str:
    return ', '.join(f'`{name}`' for name in names) or 'no outcome'


def _shown(result: Result) -> frozenset[str]:
    """Return the ids of what a result shows; an assistance counts only for whom it is offered to."""
    items = (*result.can, *result.cannot)
    lines = {line.id for lines in (result.steps, *(item.lines for item in items)) for line in lines}
    return frozenset().union(lines, (item.id for item in items if item.may_ask), result.contacts)
