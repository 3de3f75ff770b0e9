"""Hostile messages to a real server: none reaches Streamlit, and nobody waits for them. `pytest -s` shows what each costs."""

from __future__ import annotations

import asyncio
import math
import random
from contextlib import suppress
from multiprocessing import get_context

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from benchmarks.servers import Server
from benchmarks.visitor import Visitor
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from guidance.screens.site.messages import LIMITS
from guidance.screens.site.messages import is_drawn
from guidance.training.table import MAX_TEXT
from tests.support.answers import complete
from tests.support.messages import LARGEST
from tests.support.messages import about
from tests.support.messages import message
from tests.support.messages import mutated
from tests.support.messages import named
from tests.support.messages import states
from tests.support.records import COSTLY
from tests.support.shipped import MOST_ANSWERS
from tests.support.shipped import SHIPPED
from tests.support.waiting import DEADLINE

pytestmark = pytest.mark.server

CONTENT = SHIPPED.contents['en']
QUESTION = '?change=who&lang=en'
RESULT = query_string(parameters(CONTENT, walk(CONTENT, complete(CONTENT, random.Random(1), MOST_ANSWERS)).answered, 'en'))
LONG = {'query_string': '?' + '&'.join(f'{name}-{n}=1' for n in range(1_000) for name in CONTENT.question)}
FIRST = {'page_name': '', 'page_script_hash': ''}
MANY = 20  # answers, which the dearest message may cost
TEXT = 150  # answers, which the dearest pasted text may cost: a second
PROMPT = 100  # answers, for which the server may work on a flood from dozens of connections before it answers another visitor
MEMORY = 30  # MiB by which the server may grow


@pytest.fixture(scope='module')
def wizard(tmp_path_factory):
    """A server as it is run for others, with its log, and the processor time that an answer costs."""
    path = tmp_path_factory.mktemp('log') / 'log'
    with path.open('w') as file, Server('wizard', log=file.fileno()) as server:
        server.log = path
        asyncio.run(answers(server, 20))
        server.answer = an_answer(server)
        yield server


async def answers(server, number):
    """Let a visitor answer a question, and open it again, so many times; return for how many seconds the server worked each time.

    Seconds of its processor: on a busy machine everybody waits longer, but not for more work.
    """
    taken = []
    async with Visitor(server.url, QUESTION) as visitor:
        for _ in range(number):
            for step in (visitor.choose(0), visitor.open(QUESTION)):
                before = server.cpu()
                await step
                taken.append(server.cpu() - before)
    return taken


def an_answer(server):
    """Return for how many seconds the server works for an answer now."""
    before = server.cpu()
    asyncio.run(answers(server, 20))
    return (server.cpu() - before) / 40


async def sent(server, frames, *, pages=math.inf, wait=DEADLINE):
    """Send these frames by one connection; return the code with which it was closed, or None when so many pages were drawn."""
    url = server.url.replace('http', 'ws', 1) + '_stcore/stream'
    async with connect(url, subprotocols=['streamlit', 'x'], max_size=None) as socket:
        with suppress(ConnectionClosed):
            for frame in frames:
                await socket.send(frame)
        with suppress(TimeoutError, ConnectionClosed):
            async with asyncio.timeout(wait):
                while pages > 0:
                    pages -= is_drawn(await socket.recv())
        return socket.close_code


def in_answers(server, work, enough):
    """Do this work, which returns seconds of the server's processor; return how many answers of the same moment it costs.

    Where that is not below `enough`, it is the least of a few tries: on a busy machine the same work takes more, at times.
    """
    least = math.inf
    for again in range(5):
        if again:
            server.answer = an_answer(server)
        seconds = work()
        least = min(least, seconds / server.answer)
        print(f'\n  {seconds * 1e3:.0f} ms, an answer {server.answer * 1e3:.1f} ms', end='')
        if least < enough:
            break
    return least


def harmless(server, attack):
    """Run an attack, in a process of its own, while another visitor answers; see that nobody waits and the server stays small.

    One that is over before the visitor has answered is run again: it would have kept nobody waiting.
    """

    def longest_wait():
        own = get_context('fork')
        answered, waits = own.Event(), []

        def attacks():
            asyncio.run(attack())
            while not answered.is_set():
                asyncio.run(attack())

        attacker = own.Process(target=attacks)
        attacker.start()
        while attacker.is_alive():
            waits += asyncio.run(answers(server, 1))
            answered.set()
        assert attacker.exitcode == 0
        return max(waits)

    before = server.memory()
    assert in_answers(server, longest_wait, PROMPT) < PROMPT
    grown = server.memory() - before
    print(f', {grown:+.1f} MiB', end='')
    assert grown < MEMORY


def cost(server, frame, times, pages=math.inf):
    """Send this frame by one connection after another; return the codes, and how many answers one connection costs."""
    codes = []

    async def one_after_the_other():
        return [await sent(server, [frame], pages=pages) for _ in range(times)]

    def each():
        before = server.cpu()
        codes[:] = asyncio.run(one_after_the_other())
        return (server.cpu() - before) / times

    answers_each = in_answers(server, each, MANY)
    return codes, answers_each


# What is refused

REFUSED = {
    **{kind: lambda kind=kind: named(kind) for kind in ('load_git_info', 'clear_cache', 'backend_operation_request')},
    'uploads without end': lambda: named('file_urls_request', 400_000),
    'what killed a server': lambda: named('file_urls_request', 1_700_000),
    'a text': lambda: 'x' * 900_000,
    'nothing that can be read': lambda: b'\xff' * 900_000,
    'an address of 5 MB': lambda: message(**about(url='u' * 5_000_000)),
    'a fragment of 2 MB': lambda: message(fragment_id='f\n' * 400_000),
    'many widgets': lambda: message(**states(10_000, bool_value=True)),
    'many empty widgets': lambda: message(widget_states={'widgets': [{}] * 450_000}),
    'many hashes': lambda: message(cached_message_hashes=[''] * 450_000),
}


@pytest.mark.parametrize('name', REFUSED)
def test_what_is_refused_costs_little(wizard, name):
    codes, each = cost(wizard, REFUSED[name](), 5)
    assert set(codes) <= {1008, 1009}
    assert each < MANY


def test_nobody_waits_for_floods_of_what_is_refused(wizard):
    frames = [each() for each in REFUSED.values()]
    short = [frame for frame in frames if len(frame) < 10_000]
    assert len(short) >= 3

    async def flood():
        floods = [[frame] * 3 for frame in frames] + [[frame] * 2_000 for frame in short]
        codes = await asyncio.gather(*(sent(wizard, flood) for flood in floods * 2))
        assert set(codes) <= {1006, 1008, 1009}, codes  # who goes on sending is cut off in the end

    harmless(wizard, flood)


def test_nobody_waits_for_frames_of_any_kind(wizard):
    rng, seeds = random.Random(12), [message(**FIRST)] * 5 + [named('load_git_info'), named('file_urls_request', 9)]

    async def frames():
        codes = [await sent(wizard, [mutated(rng, rng.choice(seeds)) for _ in range(20)]) for _ in range(60)]
        assert 1008 in codes and None not in codes, codes  # among twenty is always one that no page sends

    harmless(wizard, frames)


# What is taken


@pytest.mark.parametrize('name', sorted(LARGEST.keys() - {'fragment_id'}))
def test_the_largest_that_is_taken_costs_no_more_than_twenty_answers(wizard, name):
    codes, each = cost(wizard, message(**{'query_string': RESULT} | FIRST | LARGEST[name](LIMITS[name])), 3, pages=1)
    assert codes == [None] * 3
    assert each < MANY


@pytest.mark.parametrize('query', ['?' + 'who=me&' * 850, LONG['query_string'][:6_000], LONG['query_string'], RESULT], ids=len)
def test_no_address_costs_more_than_twenty_answers(wizard, query):
    codes, each = cost(wizard, message(**FIRST | {'query_string': query}), 3, pages=1)
    assert codes == [None] * 3
    assert each < MANY


def test_nobody_waits_for_who_asks_for_the_largest_result_again_and_again(wizard):
    result = message(**{'query_string': RESULT} | FIRST)

    async def storm():
        codes = await asyncio.gather(*(sent(wizard, [result] * 2_000) for _ in range(2)))
        assert set(codes) == {1008}, codes

    harmless(wizard, storm)


def test_nobody_waits_for_who_connects_again_and_again(wizard):
    async def storm():
        for _ in range(20):
            await asyncio.gather(*(sent(wizard, [message(**FIRST)] * 2, wait=0) for _ in range(5)))

    harmless(wizard, storm)


@pytest.mark.parametrize('name', COSTLY)
def test_no_pasted_text_takes_more_than_a_second_and_nobody_waits_for_it(wizard, name):
    async def pasted():
        async with Visitor(wizard.url, '?mode=table&lang=en', page='training') as trainer:
            (field,), (button,) = trainer.of('text_area'), trainer.of('button')
            text = COSTLY[name]()[:MAX_TEXT]
            await trainer.rerun({field.id: ('string_value', text), button.id: ('trigger_value', True)})
            return '\n'.join(each.body for each in trainer.of('html'))

    def work():
        before = wizard.cpu()
        page = asyncio.run(pasted())
        assert CONTENT.training.words.table_title in page and 'g-records' in page
        return wizard.cpu() - before

    assert in_answers(wizard, work, TEXT) < TEXT
    harmless(wizard, pasted)


def test_in_the_end_the_log_is_short_and_has_nothing_of_what_was_sent(wizard):
    log = wizard.log.read_text()
    assert 'a WebSocket was closed (1008): a message of type load_git_info' in log
    assert 'Traceback' not in log, log[log.index('Traceback') :][:3_000]
    assert 'xxx' not in log and 'uuu' not in log and max(map(len, log.splitlines())) < 200
    assert wizard.memory() < 200
