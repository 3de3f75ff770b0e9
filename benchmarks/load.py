"""Visitors who answer question after question, and what an answer, a visitor and a long day cost a server."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable
from collections.abc import Callable
from typing import NamedTuple

from benchmarks.servers import Server
from benchmarks.visitor import Visitor

FIRST = {'wizard': 'change=who&lang=en', 'bare': '', 'floor': '', 'shipped': ''}
"""The queries of the first question."""


class Answered(NamedTuple):
    """What many answers cost: their number per second, the middle and the 95th percentile in ms, processor time in ms each."""

    per_second: float
    middle: float
    p95: float
    cpu: float


def answers(server: Server, visitors: int, number: int) -> Answered:
    """Let visitors answer so many questions in all, each the next one as soon as it stands there."""
    return asyncio.run(_answers(server, visitors, number))


async def _answers(server: Server, visitors: int, number: int) -> Answered:
    times: list[float] = []

    async def visit(visitor: Visitor) -> None:
        while len(times) < number:
            if _at_an_end(visitor):
                await visitor.open(FIRST[server.name])
            times.append(await _timed(lambda: answer(visitor)))

    async with asyncio.timeout(600):
        opened = [Visitor(server.url) for _ in range(visitors)]
        await asyncio.gather(*(each.__aenter__() for each in opened))
        cpu, began = server.cpu(), time.perf_counter()
        await asyncio.gather(*(visit(each) for each in opened))
        taken, cpu = time.perf_counter() - began, server.cpu() - cpu
        await asyncio.gather(*(each.__aexit__(None, None, None) for each in opened))
    times.sort()
    middle, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    return Answered(len(times) / taken, middle * 1e3, p95 * 1e3, cpu / len(times) * 1e3)


def _at_an_end(visitor: Visitor) -> bool:
    return not visitor.asked


async def answer(visitor: Visitor) -> None:
    """Answer as a relative in Hong Kong does whose son is held; on other pages take the first option."""
    boxes = visitor.many
    relative = not boxes and 'who' not in visitor.answers and 'lang' in visitor.answers
    await visitor.choose(2 if boxes else 1 if relative or visitor.answers.keys() == {'who', 'lang'} else 0)


async def _timed(run: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await run()
    return time.perf_counter() - began


def to_result(server: Server, query: str, times: int) -> float:
    """Return the ms from opening a link to its page, the middle of several."""
    return asyncio.run(_to_result(server, query, times))


async def _to_result(server: Server, query: str, times: int) -> float:
    async def visit() -> None:
        async with Visitor(server.url, query):
            pass

    found = sorted([await _timed(visit) for _ in range(times)])
    return found[len(found) // 2] * 1e3


def memory(server: Server, visitors: int) -> tuple[float, float, float]:
    """Return the MiB before, with so many visitors who have each seen a page, and after each has answered ten questions."""
    return asyncio.run(_memory(server, visitors))


async def _memory(server: Server, visitors: int) -> tuple[float, float, float]:
    before = server.memory()
    opened: list[Visitor] = []
    for _ in range(visitors):
        opened.append(await Visitor(server.url).__aenter__())
    seen = server.memory()
    for visitor in opened:
        for _ in range(10):
            if _at_an_end(visitor):
                await visitor.open(FIRST[server.name])
            await answer(visitor)
    answered = server.memory()
    for visitor in opened:
        await visitor.__aexit__(None, None, None)
    return before, seen, answered


def soak(server: Server, journeys: int, report: Callable[[int, float], None]) -> None:
    """Let so many visitors go from the start to a result, eight at a time; `report` is told the memory now and then."""
    asyncio.run(_soak(server, journeys, report))


async def _soak(server: Server, journeys: int, report: Callable[[int, float], None]) -> None:
    left = iter(range(journeys))
    rng = random.Random(1)

    async def visit() -> None:
        for number in left:
            async with Visitor(server.url, 'change=who&lang=en') as visitor:
                while visitor.asked:
                    await visitor.choose(rng.randrange(visitor.asked))
                assert 'seen' in visitor.answers, visitor.query
            if number % max(1, journeys // 20) == 0:
                report(number, server.memory())

    await asyncio.gather(*(visit() for _ in range(8)))
    report(journeys, server.memory())
