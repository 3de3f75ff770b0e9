"""`case`: write a case for training by walking the flow here."""

from __future__ import annotations

import datetime
from pathlib import Path

from guidance.commands.author import write_case
from guidance.commands.ends import ends


@ends(1, undone='A case can be written once the content is good.', unwritten='The case cannot be put aside')
def run(folder: Path, name: str, today: datetime.date | None) -> int:
    """Ask for the case `name` in the terminal and write it into `folder`, as its content is `today`; return the exit code."""
    return write_case(folder, name, today=today)
