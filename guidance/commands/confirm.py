"""`confirm`: write down that a person at the owner has read an outcome, or what rests on a source, and stands by it."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from guidance.content.days import today
from guidance.content.problem import listing
from guidance.serving.check import check
from guidance.serving.confirmations import confirm


def run(folder: Path, names: tuple[str, ...], *, by: str, on: datetime.date | None) -> int:
    """Confirm `names` in the content of `folder`; return the exit code: 0 done, 1 nothing was written, and why is told."""
    report = check(folder, on)
    if report.content is None:
        print('\n\n'.join([*listing(report.errors), 'Nothing was confirmed.']), file=sys.stderr)
        return 1
    try:
        problems = confirm(folder, report.contents, names, by, on or today(report.content.service))
    except OSError as error:
        print(f'The confirmations cannot be written: {error}', file=sys.stderr)
        return 1
    if problems:
        print('\n\n'.join([*listing(problems), 'Nothing was confirmed.']), file=sys.stderr)
        return 1
    print('\n'.join(f'{name} is confirmed by {by}, until its words change' for name in names))
    return 0
