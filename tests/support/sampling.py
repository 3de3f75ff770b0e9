"""Tables of which all tests try a sample, and the long tests (`-m long`) every row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


class Asked:
    """Which rows are wanted; set before the tests are collected."""

    long = False


def sampled(rows: Iterable[Any], every: int, first: int = 0) -> list[Any]:
    """Return each `every`-th row for `parametrize`, from `first` on; for the long tests the others, too, marked `long`.

    A row is a value, or a tuple of values. Tests that try the same table begin at different rows, so that together they try more.
    """
    values = [row if isinstance(row, tuple) else (row,) for row in rows]
    if not Asked.long:
        return [pytest.param(*row) for row in values[first::every]]
    return [pytest.param(*row, marks=() if at % every == first else pytest.mark.long) for at, row in enumerate(values)]
