"""`translate`: bring the translations up to date with the texts of the content."""

from __future__ import annotations

from pathlib import Path

from guidance.commands.ends import ends
from guidance.languages.update import update
from guidance.languages.update import update_program

_UNWRITTEN = 'Those before it are up to date; this catalogue stands as it was, since it cannot be written'


@ends(1, undone='No translation was touched.', unwritten=_UNWRITTEN)
def run(folder: Path, *, forget: bool, program: bool, same_meaning: str = '') -> int:
    """Update every catalogue of `folder` and print which were changed; return the exit code.

    `forget` and `same_meaning`: see `update`. `program`: those of the program's own words instead.
    """
    catalogues = update_program() if program else update(folder, forget, same_meaning)
    for path, changed in catalogues.items():
        print(f'{path if program else path.relative_to(folder)} {"was brought" if changed else "is"} up to date')
    return 0
