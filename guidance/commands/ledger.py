"""`ledger`: which number of the ledger the content has, and with `--record` its file there, so that its codes open for ever."""

from __future__ import annotations

import datetime
from pathlib import Path

from guidance.commands.ends import ends
from guidance.content.days import today
from guidance.content.ledger import edition_of
from guidance.content.ledger import record
from guidance.serving.check import checked


@ends(1, undone='Nothing was recorded.', unwritten='The ledger cannot be written')
def run(folder: Path, *, recording: bool, day: datetime.date | None) -> int:
    """Print the number of the content, which has to pass the check; write its file if asked to. Return the exit code."""
    content = checked(folder, day)
    path = record(folder, content, day or today(content.service)) if recording else None
    number = edition_of(content)
    if path:
        print(f'{path.relative_to(folder)} is new: number {number} of the ledger')
    else:
        print(f'number {number} of the ledger, {"recorded" if number <= len(content.ledger) else "not recorded yet"}')
    return 0
