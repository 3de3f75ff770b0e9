"""Braces in texts: `{name}` is filled in by name and by nothing else, so that no text can ever be a program."""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import reduce
from typing import NamedTuple

from guidance.content.local_text import LocalText
from guidance.content.local_text import original
from guidance.content.problem import closest
from guidance.content.problem import listed

_NAME = re.compile(r'\{([a-z0-9][a-z0-9_.-]*)\}')
_BRACE = re.compile(r'\{([^{}]*)\}|[{}]')


class Fills:
    """Marks a text of the program, in `ui_texts.py` and its like: the names that its braces may hold, besides `help`."""

    def __init__(self, *names: str) -> None:
        self.names = names


class Fault(NamedTuple):
    """Braces that nothing fills in: what stands there, what is wrong with it, and what was expected."""

    part: str
    message: str
    expected: str


def fill(text: str, values: Mapping[str, object]) -> str:
    """Return the text with each `{name}` replaced by the value of that name, which is taken as it is.

    A name without a value stays as it stands; nothing in a text makes this fail.
    """

    def filled(text: str, values: Mapping[str, object]) -> str:
        return _NAME.sub(lambda brace: str(values[brace[1]]) if brace[1] in values else brace[0], text)

    if not isinstance(text, LocalText):
        return filled(text, values)
    originals = {name: original(value) if isinstance(value, str) else value for name, value in values.items()}
    return LocalText(filled(text, values), filled(text.original, originals), text.lang, text.foreign)


def put_together(text: str, parts: Iterable[str]) -> str:
    """Return parts as one, by a text with the braces `{one}` and `{two}` that says what stands between two; '' for none."""
    parts = tuple(parts)
    return reduce(lambda one, two: fill(text, {'one': one, 'two': two}), parts) if parts else ''


def faults(text: str, known: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with the braces of a text in which the names `known` are filled in."""
    if '{' not in text and '}' not in text:
        return
    expected = f'one of {listed(f"{{{name}}}" for name in known)}' if known else 'a text without braces'
    for brace in _BRACE.finditer(text):
        part, name = brace[0], brace[1]
        if name is None:
            yield Fault(part, f'the brace `{part}` stands here without its partner', expected)
        elif name not in known:
            match = closest(re.split(r'\W', name.strip())[0], known)
            yield Fault(part, f'`{part}` is not filled in here' + (f' (did you mean `{{{match}}}`?)' if match else ''), expected)


def names(text: str) -> list[str]:
    """Return the names in the braces of a text, in order of the alphabet."""
    return sorted(_NAME.findall(text))
