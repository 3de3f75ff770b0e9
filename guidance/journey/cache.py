"""A cache for what follows from a content, kept for as long as the content is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from functools import partial
from functools import wraps
from typing import Any
from typing import Concatenate
from typing import ParamSpec
from typing import TypeVar

from guidance.content.model import Content

P = ParamSpec('P')
R = TypeVar('R')
_Of = Callable[Concatenate[Content, P], R]


def cached_in_content(most: int) -> Callable[[_Of[P, R]], _Of[P, R]]:
    """Cache the last `most` values of a function of a content, in the content itself.

    A cache in the function would keep every content that was ever served.
    """

    def decorate(function: _Of[P, R]) -> _Of[P, R]:
        @wraps(function)
        def answer(content: Content, /, *args: P.args, **kwargs: P.kwargs) -> R:
            known: Any = content.cache.get(function)
            if known is None:
                known = content.cache[function] = lru_cache(most)(partial(function, content))
            found: R = known(*args, **kwargs)
            return found

        return answer

    return decorate
