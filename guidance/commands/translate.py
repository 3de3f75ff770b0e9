"""`translate`: bring the translations up to date with the texts of the content."""

from __future__ import annotations

from pathlib import Path

from guidance.content.problem import ContentError
from guidance.languages.update import update
from guidance.languages.update import update_program


def run(folder: Path, *, forget: bool, program: bool, same_meaning: str = '') -> int:
    """Update every catalogue of `folder` and print which were changed; return the exit code.

    `forget` and `same_meaning`: see `update`. `program`: those of the program's own words instead.
    """
    try:
        catalogues = update_program() if program else update(folder, forget, same_meaning)
    except ContentError as error:
        print(f'{error}\n\nNo translation was touched.')
        return 1
    except OSError as error:
        print(f'A catalogue cannot be written ({error}). It stands there as it was; those before it are up to date.')
        return 1
    for path, changed in catalogues.items():
        print(f'{path if program else path.relative_to(folder)} {"was brought" if changed else "is"} up to date')
    return 0
