"""What Streamlit's WebSocket takes from a page: what our pages send, and nothing else. The filter alone, without a server."""

from __future__ import annotations

import asyncio
import random
import time
from unittest import TestCase

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from guidance.screens.site import messages
from guidance.screens.site.messages import LIMITS
from guidance.screens.site.messages import QUERY
from guidance.screens.site.messages import MessageRefused
from guidance.screens.site.messages import Messages
from guidance.screens.site.messages import admitted
from guidance.screens.site.messages import measured
from tests.support.messages import LARGEST
from tests.support.messages import PAGE
from tests.support.messages import WIDGET
from tests.support.messages import about
from tests.support.messages import message
from tests.support.messages import mutated
from tests.support.messages import named
from tests.support.messages import states

# One message


def test_what_a_page_sends_is_passed_on_as_it_came():
    assert admitted(message()) == message()
    assert admitted(BackMsg(rerun_script={}).SerializeToString())


@pytest.mark.parametrize('kind', [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name['type'].fields])
def test_of_all_types_only_the_one_that_draws_a_page_is_passed_on(kind):
    if kind == 'rerun_script':
        assert admitted(named(kind))
    else:
        with pytest.raises(MessageRefused, match=f'^a message of type {kind}$'):
            admitted(named(kind))


def test_a_message_that_killed_a_server_is_refused_at_once():
    with pytest.raises(MessageRefused, match='file_urls_request'):
        admitted(named('file_urls_request', 400_000))
    with pytest.raises(MessageRefused, match=r'^message \d+ of 1000000$') as refused:
        admitted(named('file_urls_request', 1_700_000))
    assert refused.value.code == 1009


@pytest.mark.parametrize('data', [None, b'', b'\0', b'\xff' * 9, b'"\x03abc', b'"\x02\n\xff', b'hello'], ids=repr)
def test_what_is_no_message_is_refused(data):
    with pytest.raises(MessageRefused) as refused:
        admitted(data)
    assert refused.value.code == 1008


@pytest.mark.parametrize('kind', [field.name for field in WidgetState.DESCRIPTOR.oneofs_by_name['value'].fields])
def test_a_widget_holds_a_click_a_tick_or_a_text_and_nothing_else(kind):
    state = WidgetState(id=WIDGET)
    field = WidgetState.DESCRIPTOR.fields_by_name[kind]
    if field.message_type:
        getattr(state, kind).SetInParent()
    else:
        setattr(state, kind, {'string': '1', 'bytes': b'1'}.get(type(getattr(state, kind)).__name__.replace('str', 'string'), 1))
    data = message(widget_states={'widgets': [state]})
    if kind in messages.KINDS:
        assert admitted(data) == data
    else:
        with pytest.raises(MessageRefused, match=f'^a state of type {kind}$'):
            admitted(data)


@pytest.mark.parametrize('name', ['', '0', 'a key', '$$ID-0', '$$STREAMLIT_INTERNAL_KEY_0', f' {WIDGET}'])
def test_what_is_no_widget_of_streamlit_has_no_state(name):
    with pytest.raises(MessageRefused, match='^a state of no widget$'):
        admitted(message(widget_states={'widgets': [{'id': name, 'bool_value': True}]}))


def test_every_limit_is_tried():
    assert {*LARGEST, 'message'} == LIMITS.keys()


@pytest.mark.parametrize('name', LARGEST)
def test_the_largest_is_passed_on_and_one_more_is_refused(name):
    largest = message(**LARGEST[name](LIMITS[name]))
    assert admitted(largest) == largest
    with pytest.raises(MessageRefused, match=f'^{name} {LIMITS[name] + 1} of {LIMITS[name]}$') as refused:
        admitted(message(**LARGEST[name](LIMITS[name] + 1)))
    assert refused.value.code == 1009


def test_the_largest_text_in_any_script_fits_in_a_message():
    assert len(message(**states(string_value='三' * LIMITS['string_value']))) < LIMITS['message']


def test_an_address_that_is_too_long_is_cut_and_marked_and_loses_no_whole_answer():
    short = '?who=me&lang=en&x=' + 'y' * (QUERY - 18)
    assert admitted(message(query_string=short)) == message(query_string=short)
    passed = BackMsg.FromString(admitted(message(query_string='?who=me&lang=en' + '&happened=custody' * 400)))
    assert passed.rerun_script.query_string.startswith('?who=me&lang=en&happened=custody&')
    assert passed.rerun_script.query_string.endswith('&happened=custody&cut=1')
    assert QUERY - 20 < len(passed.rerun_script.query_string) <= QUERY
    passed.rerun_script.query_string = PAGE['query_string']
    assert passed.SerializeToString() == message()  # all else is as it was


def test_why_a_message_is_refused_has_nothing_of_what_was_sent():
    for data in (message(fragment_id='secret\nline'), message(**about(url='secret' * 1_000)), b'secret'):
        with pytest.raises(MessageRefused) as refused:
            admitted(data)
        assert 'secret' not in str(refused.value) and '\n' not in str(refused.value)


def test_any_frame_is_refused_or_is_within_all_limits():
    rng, seeds = random.Random(11), [message()] * 30 + [*(named(field.name) for field in BackMsg.DESCRIPTOR.fields)]
    found = {True: 0, False: 0}
    for _ in range(10_000):
        try:
            data = admitted(mutated(rng, rng.choice(seeds)))
        except MessageRefused:
            found[False] += 1
            continue
        found[True] += 1
        page = BackMsg.FromString(data).rerun_script
        assert all(number <= LIMITS[name] for name, number in measured(page).items()) and len(page.query_string) <= QUERY
    assert min(found.values()) > 500, found


# One connection


async def wizard(scope, receive, send):
    """Stands for Streamlit: draws a page for each message, and keeps those that came."""
    scope['came'] = []
    while (got := await receive())['type'] == 'websocket.receive':
        scope['came'].append(got['bytes'])
        if scope['draws']:
            for status in (ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY):
                await send({'type': 'websocket.send', 'bytes': ForwardMsg(script_finished=status).SerializeToString()})
    scope['came'].append(got['code'])


def connected(frames, *, draws=True, headers=()):
    """Send these frames at once; return what came through, what was sent back, and how many frames were left over."""
    scope, sent = {'type': 'websocket', 'headers': list(headers), 'draws': draws, 'came': []}, []
    waiting = [{'type': 'websocket.receive', 'bytes' if isinstance(each, bytes) else 'text': each} for each in frames]
    waiting.append({'type': 'websocket.disconnect', 'code': 1001})

    async def receive():
        return waiting.pop(0)

    async def send(sending):
        sent.append(sending)

    asyncio.run(Messages(wizard)(scope, receive, send))
    return scope['came'], sent, len(waiting)


def test_a_page_that_waits_for_its_answers_is_never_held_up():
    came, sent, _ = connected([message()] * 500)
    assert came == [message()] * 500 + [1001]
    assert all(each['type'] == 'websocket.send' for each in sent) and len(sent) == 1_000


@pytest.mark.parametrize(
    ('frame', 'code'),
    [
        ('text', 1008),
        (b'\xff', 1008),
        (named('load_git_info'), 1008),
        (b'\0' * 1_000_001, 1009),
        (message(fragment_id='a'), 1009),
    ],
    ids=['text', 'broken', 'git', 'long', 'fragment'],
)
def test_what_is_refused_ends_the_connection_with_a_code_and_one_line(frame, code):
    with TestCase().assertLogs() as log:
        came, sent, left = connected([message(), frame, message(), message()])
    assert came == [message(), code]
    assert sent[-1] == {'type': 'websocket.close', 'code': code} and len(sent) == 3
    assert left == 0  # what came after it is not kept
    (line,) = [record.getMessage() for record in log.records]
    assert line.startswith(f'a WebSocket was closed ({code}): ') and len(line) < 100 and '\n' not in line


def test_a_burst_is_handed_on_one_page_after_the_other(monkeypatch):
    monkeypatch.setattr(messages, '_LONGEST', 0.01)
    began = time.monotonic()
    came, _, _ = connected([message()] * 20, draws=False)
    assert came == [message()] * 20 + [1001]
    assert time.monotonic() - began >= 19 * 0.01


def test_who_never_waits_for_a_page_is_no_visitor(monkeypatch):
    monkeypatch.setattr(messages, '_LONGEST', 0)
    came, sent, left = connected([message()] * 20_000, draws=False)
    assert len(came) == 52 and came[-1] == 1008
    assert sent == [{'type': 'websocket.close', 'code': 1008}] and left == 0


def test_who_sends_without_a_pause_is_no_visitor(monkeypatch):
    monkeypatch.setattr(messages, '_PER_SECOND', 0.0)  # else who is slow at it sends more
    came, _, left = connected([message()] * 2_000)
    assert len(came) - 1 == 600 and came[-1] == 1008 and left == 0


def test_headers_that_nobody_needs_are_not_kept():
    came, sent, _ = connected([message()], headers=[(b'cookie', b'c' * 8_000)] * 4)
    assert came[-1] == 1001
    with TestCase().assertLogs() as log:
        came, sent, _ = connected([message()], headers=[(b'cookie', b'c' * 8_000)] * 9)
    assert (came, sent) == ([], [{'type': 'websocket.close', 'code': 1008}]) and len(log.records) == 1


def test_the_filter_costs_little_beside_an_answer(quick):
    data = message(**states(13, bool_value=True))
    with quick(0.3):  # an answer takes 6 ms
        for _ in range(1_000):
            admitted(data)
