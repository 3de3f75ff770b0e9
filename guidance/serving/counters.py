"""How often each outcome was reached: numbers only, in this process only, and only where `GUIDANCE_COUNT=on` asks for it."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterable

_reached: Counter[str] = Counter()
_lock = threading.Lock()


def counting() -> bool:
    """Tell whether outcomes are counted. Nothing is, unless whoever runs the wizard asks for it."""
    return os.environ.get('GUIDANCE_COUNT', '').strip().lower() == 'on'


def count(outcomes: Iterable[str]) -> None:
    """Add one to each outcome that an answer has just led to. When, by whom and with which answers is not kept."""
    if counting():
        with _lock:
            _reached.update(outcomes)


def counted() -> dict[str, int]:
    """Return how often each outcome was reached since this process began."""
    with _lock:
        return dict(sorted(_reached.items()))
