"""What the program fills into its own words: the names that the braces of each text may hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType

from guidance.content.braces import Fills
from guidance.content.desk_words import DeskWords
from guidance.content.fields import Shape
from guidance.content.training_words import TrainingWords
from guidance.content.ui_texts import Plural
from guidance.content.ui_texts import UiTexts


@cache
def placeholders() -> Mapping[str, tuple[str, ...]]:
    """Return the names that are filled in: kind of text, such as `Interface.part-of` -> names. In other texts none are."""
    shapes: tuple[type[Shape], ...] = (Plural, UiTexts, TrainingWords, DeskWords)
    names: dict[str, tuple[str, ...]] = {}
    for shape in shapes:
        for name, field in shape.model_fields.items():
            known = (mark.names for mark in field.metadata if isinstance(mark, Fills))
            names[f'{shape.context}.{field.alias or name}'] = ('help', *chain.from_iterable(known))
    return MappingProxyType(names)
