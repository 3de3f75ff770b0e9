"""How a command ends that could not do its work: what is wrong is told on standard error, and its exit code says so."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from guidance.content.problem import ContentError

P = ParamSpec('P')


def ends(code: int, *, undone: str, unwritten: str) -> Callable[[Callable[P, int]], Callable[P, int]]:
    """Let a command end with an exit code where the content is bad, or a file cannot be read or written.

    Of a bad content it tells what `check` tells, then `undone`; of a file `unwritten` and why, in one sentence.
    """

    def decorate(run: Callable[P, int]) -> Callable[P, int]:
        @wraps(run)
        def command(*given: P.args, **named: P.kwargs) -> int:
            try:
                return run(*given, **named)
            except ContentError as error:
                print(f'{error}\n\n{undone}', file=sys.stderr)
            except BrokenPipeError:  # no file
                raise
            except OSError as error:
                print(f'{unwritten}: {error}', file=sys.stderr)
            return code

        return command

    return decorate
