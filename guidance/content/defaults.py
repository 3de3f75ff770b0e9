"""What the program says itself where a content says nothing: the words of the screens and of the training pages, in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from guidance.content.yamlfile import YamlFile

WORDS = Path(__file__).parents[1] / 'words'
"""The folder of the program's own words, and of their translations."""

LANGUAGE = 'en'
"""The language that they are written in."""

DESK = 'desk'
"""What is asked for by this name are the words of the desk, of which a content has no file."""

_FILES = {'data/interface.yaml': 'interface.yaml', 'data/training.yaml': 'training.yaml', DESK: 'desk.yaml'}

FORMER_WORDS = {
    'data/interface.yaml': ('no-script', 'waiting', 'keep-title', 'share-text', 'received-describes', 'received-answers'),
}
"""Words that the screens had once, by file. A content of then is read on, and `check` tells that they stand nowhere."""


@cache
def defaults(name: str) -> YamlFile | None:
    """Return the program's file for what stands in the content file `name`; None where it has none."""
    return YamlFile.read(WORDS / _FILES[name], f'guidance/words/{_FILES[name]}') if name in _FILES else None


def without_former(name: str, data: Any) -> Any:
    """Return what stands in the content file `name`, without words that the screens have no more."""
    former = FORMER_WORDS.get(name, ())
    return {key: value for key, value in data.items() if key not in former} if former and isinstance(data, dict) else data


def completed(data: Any, by: Mapping[str, Any]) -> Any:
    """Return what stands in a file, with what only the program's file has. The words of training stand in a map of their own."""
    if not isinstance(data, dict):
        return data
    words = completed(data['words'], by['words']) if 'words' in data and 'words' in by else by.get('words')
    return {**by, **data, **({'words': words} if words is not None else {})}
