"""A content folder that changes while a store serves it."""

from __future__ import annotations

from pathlib import Path

from guidance.serving.store import Store


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / 'data/service.yaml'
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def look(store: Store) -> None:
    """Two looks: what changed is read only once it stands still."""
    store.follow()
    store.follow()
