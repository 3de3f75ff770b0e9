"""Waiting for a state, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar('T')

DEADLINE = 90.0
"""Seconds after which a wait fails: only what hangs takes that long, on a busy machine, too."""


def _short_sleep() -> None:
    time.sleep(0.05)


def until(holds: Callable[[], T | None], pause: Callable[[], object] = _short_sleep) -> T:
    """Ask until the answer is true, and return it. `pause` is what passes the time in between."""
    end = time.monotonic() + DEADLINE
    while not (found := holds()):
        assert time.monotonic() < end, 'it never came'
        pause()
    return found
