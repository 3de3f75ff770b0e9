"""`diff`: what a new edition of a content does to people, against an old one."""

from __future__ import annotations

import datetime
from pathlib import Path

from guidance.commands.parser import DIFF_FORMATS
from guidance.content.problem import listing
from guidance.diff.difference import difference
from guidance.diff.editions import ComparedEdition
from guidance.diff.editions import NoEdition
from guidance.diff.editions import checked_edition
from guidance.diff.editions import folders
from guidance.diff.markdown import as_markdown
from guidance.diff.page import as_html
from guidance.diff.report import document
from guidance.diff.text import as_text

FORMATS = dict(zip(DIFF_FORMATS, (as_text, as_markdown, as_html), strict=True))
"""How a report can be printed."""


def run(folder: Path, old: str, new: str, *, form: str, lang: str | None, today: datetime.date | None) -> int:
    """Print what changes from the edition `old` to `new`; return the exit code.

    It is 0 where nothing differs that anybody reads, 1 where something does, 2 where the two could not be compared. An edition is
    a content folder, or a revision of the repository of `folder`. `form`: one of FORMATS. `lang`: of examples.
    """
    try:
        with folders((old, new), folder) as found:
            before, after = (checked_edition(name, path, today) for name, path in zip((old, new), found, strict=True))
        if bad := [each for each in (before, after) if each.errors]:
            print('\n\n'.join(_problems(each) for each in bad))
            return 2
        if lang and not all(lang in each.contents for each in (before, after)):
            raise NoEdition(f'{lang} is no language of both editions.')
        found_out = difference(before, after, lang)
    except NoEdition as error:
        print(error)
        return 2
    print(FORMATS[form](document(found_out)), end='')
    return 1 if found_out.touches_people else 0


def _problems(each: ComparedEdition) -> str:
    problems = '\n\n'.join(listing(each.errors))
    return f'{problems}\n\n{each.name}: this content cannot be served, so nothing was compared'
