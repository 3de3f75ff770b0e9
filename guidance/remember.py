"""Remembers what follows from a content for as long as there is the content."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from functools import partial
from functools import wraps
from typing import Any
from typing import Concatenate
from typing import ParamSpec
from typing import TypeVar

from .model import Content

P = ParamSpec('P')
R = TypeVar('R')
_Of = Callable[Concatenate[Content, P], R]


def remembered(most: int) -> Callable[[_Of[P, R]], _Of[P, R]]:
    """Make a function of a content remember its last `most` answers, in the content itself.

    A cache of the function would keep every content that was ever served.
    """

    def decorate(function: _Of[P, R]) -> _Of[P, R]:
        @wraps(function)
        def answer(content: Content, /, *args: P.args, **kwargs: P.kwargs) -> R:
            known: Any = content.remembered.get(function)
            if known is None:
                known = content.remembered[function] = lru_cache(most)(partial(function, content))
            found: R = known(*args, **kwargs)
            return found

        return answer

    return decorate
