"""`confirm`: write down that a person at the owner has read an outcome, or what rests on a source, and stands by it."""

from __future__ import annotations

import datetime
from pathlib import Path

from guidance.commands.ends import ends
from guidance.content.days import today
from guidance.content.problem import ContentError
from guidance.serving.check import check
from guidance.serving.confirmations import confirm


@ends(1, undone='Nothing was confirmed.', unwritten='The confirmations cannot be written')
def run(folder: Path, names: tuple[str, ...], *, by: str, on: datetime.date | None) -> int:
    """Confirm `names` in the content of `folder`; return the exit code: 0 done, 1 nothing was written, and why is told."""
    report = check(folder, on)
    content = report.passed()
    if problems := confirm(folder, report.contents, names, by, on or today(content.service)):
        raise ContentError(problems)
    print('\n'.join(f'{name} is confirmed by {by}, until its words change' for name in names))
    return 0
