"""What can stand in a content file: ids, texts, dates, conditions, and the maps with known keys that are made of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Annotated
from typing import Any
from typing import ClassVar
from typing import Protocol
from typing import TypeVar
from typing import Unpack
from zoneinfo import ZoneInfo
from zoneinfo import ZoneInfoNotFoundError

from pydantic import AfterValidator
from pydantic import BaseModel
from pydantic import BeforeValidator
from pydantic import ConfigDict
from pydantic import Field
from pydantic import GetJsonSchemaHandler
from pydantic import Strict
from pydantic import WithJsonSchema
from pydantic_core import CoreSchema
from pydantic_core import PydanticCustomError

ID = re.compile(r'(?=[0-9_-]*[a-z])[a-z0-9][a-z0-9_-]*')

_ID_IS = 'small letters (at least one), digits, - and _, of which - and _ never stand first'


def fail(kind: str, message: str, expected: str = '') -> PydanticCustomError:
    """Return the exception to raise in a validator, with a message for the author."""
    # Braces would be read as placeholders by pydantic; the texts travel in the context instead.
    return PydanticCustomError('guidance', '{message}', {'message': message, 'expected': expected, 'kind': kind})


def _id(value: str) -> str:
    if not ID.fullmatch(value):
        raise fail('id', f'`{value[:60]}` is not an id', _ID_IS)
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise fail('text', 'this text is empty', 'some words')
    return ' '.join(value.split())


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fail('time-zone', f'`{value[:60]}` is not a time zone', 'a name such as Asia/Hong_Kong') from None
    return value


def _name(value: str) -> str:
    return _text(value)


def _region(value: str) -> str:
    if not re.fullmatch('[A-Z]{2}', value):
        raise fail('region', f'`{value[:60]}` is not a country or territory', 'its code of two capital letters')
    return value


K = TypeVar('K')
V = TypeVar('V')
_ID: dict[str, Any] = {'type': 'string', 'pattern': f'^{ID.pattern}$'}
_TEXT: dict[str, Any] = {'type': 'string', 'pattern': r'\S'}
Id = Annotated[str, AfterValidator(_id), WithJsonSchema(_ID)]
Region = Annotated[str, AfterValidator(_region), WithJsonSchema({'type': 'string', 'pattern': '^[A-Z]{2}$'})]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
# Words that a reader sees. The annotation is how translations find them.
Text = Annotated[str, AfterValidator(_text), WithJsonSchema(_TEXT)]
# Words that only authors see, which are never translated.
Name = Annotated[str, AfterValidator(_name), WithJsonSchema(_TEXT | {'minLength': 1})]
Map = Annotated[Mapping[K, V], AfterValidator(MappingProxyType)]
Items = tuple[V, ...]
# Only what YAML itself reads as such: pydantic would take 'yes' and 1 for true, and a number for a date.
Flag = Annotated[bool, Strict()]
Date = Annotated[datetime.date, Strict()]


@dataclass(frozen=True)
class Days:
    """The days from the one to the other, both included; None: no such end."""

    from_: datetime.date | None = None
    until: datetime.date | None = None

    def have(self, day: datetime.date) -> bool:
        """Tell whether the day is one of them."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)

    def and_(self, other: Days) -> Days:
        """Return the days that are among both."""
        if other is ALWAYS:  # as nearly always
            return self
        begins = [day for day in (self.from_, other.from_) if day]
        ends = [day for day in (self.until, other.until) if day]
        return Days(max(begins, default=None), min(ends, default=None))

    @property
    def none(self) -> bool:
        """Whether there is no such day."""
        return self.from_ is not None and self.until is not None and self.until < self.from_

    @property
    def over(self) -> datetime.date | None:
        """The first day after them."""
        return self.until + datetime.timedelta(days=1) if self.until else None


ALWAYS = Days()
"""Every day, as nearly all that is written has it."""


class HasDays(Protocol):
    """What is shown on some days only, or on all."""

    @property
    def days(self) -> Days:
        """The days on which it is shown."""


def _number_of_days(value: Any) -> int:
    days = re.fullmatch(r'(\d{1,4}) days?', value) if isinstance(value, str) else None
    if days is None or int(days[1]) == 0:
        raise fail('days', f'`{str(value)[:60]}` is no number of days', '1 day, or such as 10 days')
    return int(days[1])


# A number of days, written `10 days`.
NumberOfDays = Annotated[
    int, BeforeValidator(_number_of_days), WithJsonSchema({'type': 'string', 'pattern': r'^[0-9]{1,4} days?$'})
]


def nothing() -> Mapping[Any, Any]:
    """Return an empty map that cannot change: the default of a field."""
    return MappingProxyType({})


_ALWAYS: tuple[Any, ...] = (
    {},
    [],
    True,
    'always',
    'true',
    'yes',
    '',
)  # what people write for a condition that everything fulfils
_NO_CONDITION = 'no `when` for what holds always; where one is needed, `{question: answered}` of a question that all are asked'


def _condition(value: Any) -> Any:
    """Check the shape of a condition; what it names is checked with the references."""
    for tests in value if isinstance(value, list) and value else [value]:
        if not isinstance(tests, dict) or not tests:
            always = tests in _ALWAYS
            raise fail(
                'when', 'this is not a condition', _NO_CONDITION if always else '{question: option}, or a list of such maps'
            )
        for key, test in tests.items():
            if key == 'not':
                _condition(test)
            elif key == 'is':
                _names(test)
            else:
                _test(key, test)
    return value


def _test(key: str, test: Any) -> None:
    if isinstance(test, dict) and 'at-least' in test and set(test) <= {'at-least', 'of'}:
        number = test['at-least']
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise fail('when', f'`at-least` of `{key}` is no number of options', 'a number from 1 on')
        test = test.get('of', [])
    elif isinstance(test, dict) and set(test) in ({'not'}, {'all'}):
        (test,) = test.values()
    else:
        test = test or [None]
    if not all(isinstance(option, str) for option in (test if isinstance(test, list) else [test])):
        message = f'`{key}` is not tested for an option here'
        raise fail('when', message, 'option, [option, option], {not: option}, {all: [option, option]}, {at-least: 2} or answered')


def _names(test: Any) -> None:
    many = test if isinstance(test, list) and test else [test]
    if not all(isinstance(name, str) for name in many):
        raise fail('when', '`is` names no condition here', 'the name of a condition, or [name, name] for any of them')


@dataclass(frozen=True)
class Written(BeforeValidator):
    """Takes other ways of writing a value, which `schema` adds to the JSON Schema of the value."""

    schema: Callable[[dict[str, Any]], dict[str, Any]] = dict

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the JSON Schema of all that may be written."""
        return self.schema(handler(schema))


CONDITION = {'condition': True}
"""Stands in a JSON Schema where a condition may: `json_schema` puts there what a condition is."""

When = Annotated[Any, Written(_condition, schema=lambda _: CONDITION)]


def text_or(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a text, or of what `schema` says."""
    return {'anyOf': [_TEXT, schema]}


def _one_or_list(key: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of an item alone, or of the list that `schema` says; each may be what stands under `key` in it."""
    item = {'anyOf': [_TEXT if key == 'say' else _ID, schema['items']]}
    return {'anyOf': [*item['anyOf'], {**schema, 'items': item}]}


def one_of(*keys: list[str], **needing: list[str]) -> dict[str, Any]:
    """Return what a JSON Schema says of a map with the keys of exactly one of these lists; `needing`: key -> those it needs."""
    return {'oneOf': [{'required': names} for names in keys]} | ({'dependencies': needing} if needing else {})


def as_list_of(key: str) -> BeforeValidator:
    """Let `text`, `{say: text}` and a list of them mean the same."""

    def normal(value: Any) -> Any:
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        return [item if item is None or isinstance(item, (list, dict)) else {key: item} for item in items]

    return Written(normal, schema=partial(_one_or_list, key))


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


class _FromUntil(Protocol):
    @property
    def from_(self) -> datetime.date | None: ...

    @property
    def until(self) -> datetime.date | None: ...


class Dated:
    """A shape that has the keys `from` and `until`, each with its own description."""

    @property
    def days(self: _FromUntil) -> Days:
        """The days on which it is shown."""
        return Days(self.from_, self.until) if self.from_ or self.until else ALWAYS


FROM: Any = Field(None, alias='from', description='the first day on which it is shown')
UNTIL: Any = Field(None, description='the last day on which it is shown')
