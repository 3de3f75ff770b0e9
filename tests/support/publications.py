"""A published folder, and the draft that is published to it."""

from __future__ import annotations

from pathlib import Path

from guidance.commands import publish
from guidance.commands.publish import Reason
from guidance.serving.store import Store
from tests.support.small import built

NAMES = ('Island', 'Second island', 'Third island')


def draft_of(folder: Path) -> Path:
    """A draft of the small content, which is called as the first of NAMES."""
    draft = built(folder / 'draft')
    name_it(draft, NAMES[0])
    return draft


def name_it(draft: Path, name: str) -> None:
    path = draft / 'data/service.yaml'
    lines = path.read_text().splitlines(keepends=True)
    assert sum(line.startswith('name:') for line in lines) == 1
    path.write_text(''.join(f'name: {name}\n' if line.startswith('name:') else line for line in lines))


def published(draft: Path, live: Path, by: str = 'Ann', why: str = 'A new name', *, urgent: bool = False) -> int:
    return publish.run(draft, live, Reason(by, why), yes=True, urgent=urgent)


def three_editions(folder: Path) -> tuple[Path, Path]:
    """The draft and the published folder with an edition for each of NAMES."""
    draft, live = draft_of(folder), folder / 'live'
    for name in NAMES:
        name_it(draft, name)
        assert published(draft, live) == 0
    return draft, live


def served_name(live: Path) -> str:
    return str(Store(live).content().service.name)
