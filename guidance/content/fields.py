"""What can stand in a content file: ids, texts, dates, conditions, and the maps with known keys that are made of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated
from typing import Any
from typing import ClassVar
from typing import TypeVar
from typing import Unpack

from pydantic import AfterValidator
from pydantic import BaseModel
from pydantic import BeforeValidator
from pydantic import ConfigDict
from pydantic import Strict
from pydantic import WithJsonSchema
from pydantic_core import PydanticCustomError

ID = re.compile(r'[a-z][a-z0-9_-]*')


def fail(kind: str, message: str, expected: str = '') -> PydanticCustomError:
    """Return the exception to raise in a validator, with a message for the author."""
    # Braces would be read as placeholders by pydantic; the texts travel in the context instead.
    return PydanticCustomError('guidance', '{message}', {'message': message, 'expected': expected, 'kind': kind})


def _id(value: str) -> str:
    if not ID.fullmatch(value):
        raise fail('id', f'`{value[:60]}` is not an id', 'a small letter, then small letters, digits, - or _')
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise fail('text', 'this text is empty', 'some words')
    return ' '.join(value.split())


def _region(value: str) -> str:
    if not re.fullmatch('[A-Z]{2}', value):
        raise fail('region', f'`{value[:60]}` is not a country or territory', 'its code of two capital letters')
    return value


K = TypeVar('K')
V = TypeVar('V')
Id = Annotated[str, AfterValidator(_id)]
Region = Annotated[str, AfterValidator(_region)]
# Words that a reader sees. The annotation is how translations find them.
Text = Annotated[str, AfterValidator(_text)]
Map = Annotated[Mapping[K, V], AfterValidator(MappingProxyType)]
Items = tuple[V, ...]
# Only what YAML itself reads as such: pydantic would take 'yes' and 1 for true, and a number for a date.
Flag = Annotated[bool, Strict()]
Date = Annotated[datetime.date, Strict()]


def _days(value: Any) -> int:
    days = re.fullmatch(r'(\d{1,4}) days?', value) if isinstance(value, str) else None
    if days is None or int(days[1]) == 0:
        raise fail('days', f'`{str(value)[:60]}` is no number of days', '1 day, or such as 10 days')
    return int(days[1])


# A number of days, written `10 days`.
Days = Annotated[int, BeforeValidator(_days), WithJsonSchema({'type': 'string', 'pattern': r'^[0-9]{1,4} days?$'})]


def nothing() -> Mapping[Any, Any]:
    """Return an empty map that cannot change: the default of a field."""
    return MappingProxyType({})


def _condition(value: Any) -> Any:
    """Check the shape of a condition; what it names is checked with the references."""
    for tests in value if isinstance(value, list) and value else [value]:
        if not isinstance(tests, dict) or not tests:
            raise fail('when', 'this is not a condition', '{question: option}, or a list of such maps')
        for key, test in tests.items():
            if key == 'not':
                _condition(test)
            else:
                _test(key, test['not'] if isinstance(test, dict) and set(test) == {'not'} else test)
    return value


def _test(key: str, test: Any) -> None:
    many = test if isinstance(test, list) and test else [test]
    if not all(isinstance(option, str) for option in many):
        raise fail('when', f'`{key}` is not tested for an option here', 'option, [option, option], {not: option} or answered')


When = Annotated[Any, BeforeValidator(_condition)]


def as_list_of(key: str) -> BeforeValidator:
    """Let `text`, `{say: text}` and a list of them mean the same."""

    def normal(value: Any) -> Any:
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        return [item if item is None or isinstance(item, (list, dict)) else {key: item} for item in items]

    return BeforeValidator(normal)


class Shape(BaseModel):
    """A map in a content file: unknown keys are refused, words are joined by `-`, nothing changes after loading.

    `context` is what translators and authors know the shape by. With the key of a text it is the text's context in the
    catalogues (`Question.ask`), so that a shape with another context loses its translations.
    """

    context: ClassVar[str]
    model_config = ConfigDict(
        extra='forbid', frozen=True, alias_generator=lambda name: name.replace('_', '-'), validate_default=False
    )

    def __init_subclass__(cls, *, context: str, **config: Unpack[ConfigDict]) -> None:
        """Name the new shape."""
        super().__init_subclass__(**config)
        cls.context = context
