"""What a page sends over Streamlit's WebSocket, the largest of it, and what a hostile one may send."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

WIDGET = f'$$ID-{"0" * 32}-question-'
PAGE: dict[str, Any] = {
    'query_string': '?who=me&asker-place=mainland&lang=zh-Hant',
    'page_script_hash': 'f' * 32,
    'page_name': 'training',
    'cached_message_hashes': ['a' * 32] * 2,
    'context_info': {'url': 'https://help.example/training', 'timezone': 'Asia/Hong_Kong', 'locale': 'zh-HK'},
    'widget_states': {
        'widgets': [
            {'id': f'{WIDGET}GO', 'trigger_value': True},
            {'id': f'{WIDGET}a', 'bool_value': False},
            {'id': f'{WIDGET}b', 'string_value': '三'},
            {'id': f'{WIDGET}c'},
        ]
    },
}  # fmt: skip
"""What a page sends when somebody taps Continue."""


def message(**changes: Any) -> bytes:
    return BackMsg(rerun_script=ClientState(**(PAGE | changes))).SerializeToString()


def states(number: int = 1, **state: Any) -> dict[str, Any]:
    return {'widget_states': {'widgets': [{'id': f'{WIDGET}{place}', **state} for place in range(number)]}}


def about(**context: str) -> dict[str, Any]:
    return {'context_info': context}


def named(kind: str, number: int = 1) -> bytes:
    """A message of this type, with something in it."""
    made = BackMsg()
    part = getattr(made, kind)
    if isinstance(part, bool):
        setattr(made, kind, True)
    else:
        part.SetInParent()
        if kind == 'file_urls_request':
            part.file_names.extend([''] * number)
    return made.SerializeToString()


LARGEST: dict[str, Callable[[int], dict[str, Any]]] = {
    'widget_states': lambda most: states(most, bool_value=True),
    'string_value': lambda most: states(string_value='三' * most),
    'id': lambda most: {'widget_states': {'widgets': [{'id': WIDGET.ljust(most, 'i')}]}},
    'url': lambda most: about(url='u' * most),
    'timezone': lambda most: about(timezone='u' * most),
    'locale': lambda most: about(locale='u' * most),
    'color_scheme': lambda most: about(color_scheme='u' * most),
    'page_name': lambda most: {'page_name': 'p' * most},
    'page_script_hash': lambda most: {'page_script_hash': 'p' * most},
    'fragment_id': lambda most: {'fragment_id': 'f' * most},
    'cached_message_hashes': lambda most: {'cached_message_hashes': ['h'] * most},
    'cached_message_hash': lambda most: {'cached_message_hashes': ['h' * most]},
}


def mutated(rng: Random, data: bytes) -> bytes:
    """The message with some bytes changed, taken out, doubled, or with others set in."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        at, end = sorted((rng.randrange(len(changed) + 1), rng.randrange(len(changed) + 1)))
        match rng.choice((0, 0, 0, 0, 0, 0, 1, 2, 3, 4)):
            case 0 if at < len(changed):
                changed[at] = rng.randrange(256)
            case 1:
                del changed[at : min(end, at + 30)]
            case 2:
                changed[at:at] = rng.randbytes(rng.randrange(1, 9))
            case 3:
                changed[at:at] = changed[at:end]
            case _ if len(changed) > 1:
                changed = changed[:end]
    return bytes(changed)
