"""A case for training: does it still walk as a good officer would expect?"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from .format import Scenario
from .link import current
from .model import Content
from .problem import listed
from .problem import nearest
from .walk import walk


def differences(content: Content, scenario: Scenario) -> Iterator[str]:
    """Yield every way in which the content's result is not what the scenario expects.

    Expected: offer within the result, the result within offer and may-offer, nothing of must-not-offer, every limit
    explained for the situation. Being told whom to ask counts as offered.
    """
    for kind, names in (('assistance', _assistance(scenario)), ('limitations', scenario.limits)):
        known = getattr(content, kind)
        for name in names:
            if name not in known:
                yield f'`{name}` is not in data/{kind}.yaml{nearest(name, known)}'
    answers, unknown = current(content, scenario.answers)
    if unknown:
        yield f'these answers are not in the content any more: {listed(unknown)}'
        return
    journey = walk(content, answers)
    if journey.idle:
        yield f'these answers do not count: {listed(journey.idle)}'
    if journey.result is None:
        yield f'the question `{journey.next.id if journey.next else ""}` has no answer'
        return
    shown = [said.id for said in journey.result.can]
    limits = [said.id for said in journey.result.cannot]
    yield from _named('the result does not show', (set(scenario.offer) - set(shown)) & content.assistance.keys())
    yield from _named('the result shows, against `must-not-offer`,', set(shown) & set(scenario.must_not_offer))
    unexpected = set(shown) - {*_assistance(scenario)}
    yield from _named('the result shows, beyond `offer` and `may-offer`,', unexpected)
    yield from _named('the result does not explain the limit', (set(scenario.limits) - set(limits)) & content.limitations.keys())


def _assistance(scenario: Scenario) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*scenario.offer, *scenario.may_offer, *scenario.must_not_offer)))


def _named(what: str, names: Iterable[str]) -> Iterator[str]:
    if names:
        yield f'{what} {listed(sorted(names))}'
