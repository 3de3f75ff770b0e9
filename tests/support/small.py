"""A small complete content (`tests/small`), built in a folder with files replaced."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from guidance.content.training_words import TrainingWords
from guidance.content.ui_texts import UiTexts
from tests.support.paths import SMALL

CASE = 'data/cases/lost-season-ticket.yaml'


@cache
def small_content() -> dict[str, str]:
    """The files of the small content. What the screens say is the program's own."""
    return {str(path.relative_to(SMALL)): path.read_text() for path in SMALL.rglob('*') if path.is_file()}


@cache
def own_words() -> dict[str, str]:
    """The files with which the small content says all words of the screens and of training itself, each of them `Words`."""

    def words(shape: Any) -> Any:
        fields = getattr(shape, 'model_fields', {})
        needed = {field.alias or name: field.annotation for name, field in fields.items() if field.is_required()}
        return {key: words(part) for key, part in needed.items()} or 'Words'

    training = yaml.safe_load(small_content()['data/training.yaml']) | {'words': words(TrainingWords)}
    return {'data/interface.yaml': yaml.safe_dump(words(UiTexts)), 'data/training.yaml': yaml.safe_dump(training)}


def built(target: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Build a content folder: the small content with the given files replaced (text or bytes) or left out (None)."""
    if target.exists():
        shutil.rmtree(target)
    wanted = {f'{target}/{name}': given for name, given in {**small_content(), **(files or {})}.items() if given is not None}
    for folder in {path.rpartition('/')[0] for path in wanted}:
        os.makedirs(folder, exist_ok=True)
    for path, given in wanted.items():
        with open(path, 'wb') as file:
            file.write(given if isinstance(given, bytes) else given.encode())
    return target
