"""The format of the content files but flows, cases and words, defined once: loading, messages and the guide come from here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated
from typing import Any
from typing import Literal

from pydantic import AfterValidator
from pydantic import Field
from pydantic import Strict
from pydantic import WithJsonSchema
from pydantic import model_validator

from guidance.content.fields import FROM
from guidance.content.fields import ID
from guidance.content.fields import UNTIL
from guidance.content.fields import Date
from guidance.content.fields import Dated
from guidance.content.fields import Flag
from guidance.content.fields import Id
from guidance.content.fields import Items
from guidance.content.fields import Map
from guidance.content.fields import Name
from guidance.content.fields import Region
from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.fields import TimeZone
from guidance.content.fields import When
from guidance.content.fields import Written
from guidance.content.fields import as_list_of
from guidance.content.fields import fail
from guidance.content.fields import nothing
from guidance.content.fields import one_of
from guidance.content.fields import text_or
from guidance.content.flow_format import VariantSpec

TRAINING_IDS = ('case', 'mode', 'step', 'topic', 'practises', 'practised', 'wrong', 'offer', 'limits', 'label', 'done')
CONDITION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        'not': '`{not: ...}` in a condition is what must not hold',
        'answered': '`answered` in a condition is any answer',
        'group': '`group:` in a condition is a group of a list',
        'is': '`{is: ...}` in a condition is a condition with a name',
    }
)
"""What no question or option may be called, since it means something in a condition -> what."""

RESERVED_IDS = frozenset(
    ('c', 'lang', 'change', 'made', 'seen', 'shared', 'cut')  # of every address
    + TRAINING_IDS  # of the training pages
    + ('asked', 'part')  # of the plain edition
    + ('count',)  # of what a reader says of a result
    + ('embed', 'embed_options', 'from', 'isappinstalled', 'fbclid', 'gclid')  # that others add
)
"""What addresses need for something else: a question that is called so stands there with a prefix."""

RESERVED_PREFIX = 'utm_'
GROUP = 'group'
HAS = 'has'


Most = Annotated[int, Strict(), Field(gt=0)]


class Urgency(Shape, context='Urgency'):
    """How pressing an outcome is."""

    title: Name = Field(description='the name of this urgency')
    calm: Flag = Field(False, description='true: no emergency; the emergency strip steps back')
    alarm: Flag = Field(False, description='true: what is to be done is marked in the colour of alarm')


class EmergencyGroupSpec(Shape, context='EmergencyGroup'):
    """The numbers for one place in the emergency strip."""

    title: Text = Field(description='the place')
    contacts: Items[Id] = Field(description='contacts whose first channel is shown')
    when: When = Field(None, description='stands first where this holds; others step back')


_CONTACT = r'^(https://|mailto:)[^\s<>"]+$'


class Security(Shape, context='Security'):
    """Where somebody who finds a weakness of the service can report it."""

    contact: str = Field(pattern=_CONTACT, description='an `https://` address, or `mailto:` and an e-mail address')
    expires: Date = Field(description='until when this holds, at most a year ahead; `check` tells when it is over')


class Style(Shape, context='Style'):
    """The limits of `check --style`, which tells what passes them. For another content other limits may be right."""

    question_lines: Most = Field(default=3, description='lines of a question on a telephone of 360 pixels')
    hint_lines: Most = Field(default=2, description='lines of a hint there')
    sentence_words: Most = Field(default=25, description='words of a sentence')
    reading_age: Most = Field(default=14, description='age from which an outcome in English can be read')
    first_words: Most = Field(default=350, description='words of an outcome before anything is unfolded')
    first_characters: Most = Field(default=500, description='the same in Chinese characters')
    unknowns: Most = Field(default=3, description='contacts of an outcome of which something is not known')


class Service(Shape, context='Service'):
    """`data/service.yaml`: whose service this is, and what stands on every page."""

    name: Text = Field(description='the name of the service')
    short_name: Text | None = Field(None, description='a short one, for the top of each page on a phone')
    description: Text = Field(description='one sentence for search engines and previews')
    owner: Text = Field(description='who makes it, and who does not')
    can_do: Items[Text] = Field((), description='what this service is: sentences on the start page')
    cannot_do: Items[Text] = Field((), description='what it is not')
    disclaimer: Text | None = Field(None, description='at the foot of every page')
    privacy: Text | None = Field(None, description='what is kept and what is not, if not in the words of the program')
    report: Text | None = Field(None, description='where to report a mistake, in words; not needed where there is `report-to`')
    report_to: str | None = Field(
        None,
        pattern=_CONTACT,
        description='where each page leads to report a mistake in it: an `https://` address, or `mailto:` and an e-mail address; '
        'which page it is goes along, without answers',
    )
    start_with: Id | None = Field(None, description='the question that links of the start page answer, one for each option')
    security: Security | None = Field(None, description='where to report a weakness: makes `/.well-known/security.txt`')
    source_page: Id | None = Field(None, description='the source that the service implements')
    onward: Items[Id] = Field((), description='sources that a result points to for more')
    practice: Id | None = Field(None, description='the source that stands for practical advice without a published page')
    help: Id | None = Field(
        None, description='the contact that stands first in every result; its number stands for `{help}` in texts'
    )
    old_after: Annotated[int, Strict(), Field(gt=0)] | None = Field(
        None,
        description='months: numbers from a page of at least that age when looked up say where they were seen, until confirmed',
    )
    not_telephone_numbers: Items[str] = Field(
        (), description='words that have a number in them which looks like a telephone number and is none, as the texts have them'
    )
    leave_to: str | None = Field(
        None,
        pattern=r'^https://[^\s<>"]+$',
        description='where the way to leave quickly leads, which `leave` gives to pages: a site that tells nothing',
    )
    languages: Map[str, str] = Field(description='language code -> its name in itself; the first is the language of the content')
    region: Region | None = Field(
        None,
        description='country or territory, such as `GB`, as which dates are written, in each language that is known there',
    )
    time_zone: TimeZone | None = Field(None, description='in which days begin and end, such as Asia/Hong_Kong; without it, UTC')
    urgencies: Map[Id, Urgency] = Field(
        default_factory=nothing,
        description='urgency id -> urgency, most urgent first; none: outcomes stand in the order of the flows',
    )
    emergency: Items[EmergencyGroupSpec] = Field((), description='the groups of the emergency strip')
    style: Style | None = Field(None, description='other limits for `check --style`')

    @property
    def language(self) -> str:
        """The language that the content is written in."""
        return next(iter(self.languages))


class Assistance(Shape, context='Assistance'):
    """`data/assistance.yaml`: one thing that can be done for the person."""

    title: Text = Field(description='its name')
    say: Text = Field(description='what it is, in one sentence')
    who_may_ask: Text | None = Field(None, description='on whose request it is given')
    how_to_ask: Text | None = Field(None, description='how it is asked for')
    on_request_of: When = Field(None, description='the answers of those who may ask; it is never offered to others')
    source: Id = Field(description='the source that promises it')
    link: Id | None = Field(None, description='a contact or a source to link behind the words')


class Limitation(Shape, context='Limitation'):
    """`data/limitations.yaml`: one thing that cannot be done."""

    title: Text = Field(description='its name')
    say: Text = Field(description='what it means in general')
    source: Id = Field(description='the source that states it')
    general: Flag | None = Field(
        None,
        description='true: stands under every result, also if no outcome names it; false: only where one does; '
        'without it, under every result, and some outcome names it',
    )


def _step_in_outcome(value: str) -> str:
    if not re.fullmatch(rf'{ID.pattern}\.\d+', value):
        raise fail('step', f'`{value[:60]}` is not a step of an outcome', 'OUTCOME.N, the number of the step counted from 0')
    return value


_STEP_IN_OUTCOME = {'type': 'string', 'pattern': rf'^{ID.pattern}\.\d+$'}
StepInOutcome = Annotated[str, AfterValidator(_step_in_outcome), WithJsonSchema(_STEP_IN_OUTCOME)]


class SharedStepVariantSpec(VariantSpec, context='Step'):
    """One of several ways to say a step that is shared."""


class StepSpec(Dated, Shape, context='Step'):
    """`data/steps.yaml`: a step that several outcomes share."""

    say: Annotated[Items[SharedStepVariantSpec], as_list_of('say'), Field(min_length=1)] = Field(
        description='what to do; one text or variants, as for `ask`'
    )
    link: Id | None = Field(None, description='a contact or a source to link behind the words')
    same_as: Id | None = Field(None, description='another step that says the same: of the two, the first only is shown')
    by_others: Flag = Field(False, description='true: it has somebody on the spot call, where the reader cannot dial the number')
    source: Id = Field(description='where it comes from')
    was: Items[StepInOutcome] = Field((), description='where it stood in an outcome alone: `OUTCOME.N`, N from 0; for old links')
    from_: Date | None = FROM
    until: Date | None = UNTIL


class Channel(Shape, context='Channel', json_schema_extra=one_of(['value'], ['name'])):
    """One way to reach a contact."""

    kind: Literal['phone', 'whatsapp', 'app', 'web', 'email', 'fax'] = Field(description='how')
    value: str = Field('', description='the number or address as it is written, in quotes')
    value_in: Map[str, str] = Field(default_factory=nothing, description='language code -> the number or address for its readers')
    name: Text | None = Field(None, description='instead of `value`: what to look for, such as the name of an app')
    note: Text | None = Field(None, description='what to know about this way')
    source: Id | None = Field(None, description='where it was seen, if not at the source of the contact')

    @model_validator(mode='after')
    def _one_of(self) -> Channel:
        if bool(self.value) == bool(self.name):
            raise fail('channel', 'a channel has either a `value` or a `name`', 'one of the two')
        return self


class Contact(Dated, Shape, context='Contact'):
    """`data/contacts.yaml`: whom to contact. Numbers and addresses stand only here."""

    name: Text = Field(description='who it is')
    short: Text | None = Field(None, description='a short name, for the emergency strip')
    of: Text | None = Field(None, description='the organisation it belongs to')
    note: Text | None = Field(None, description='what it is for')
    hours: Text | None = Field(None, description='when it answers')
    address: str | None = Field(None, description='where it is, in the language that helps to find it')
    address_lang: str | None = Field(None, description='the language of the address, such as zh-Hans; none: that of the content')
    address_in: Map[str, str] = Field(
        default_factory=nothing,
        description='language code -> the same address in it; readers of other languages see `address`, then the first of these',
    )
    channels: Items[Channel] = Field((), description='ways to reach it, first first')
    reach: When = Field(None, description='who can dial its numbers: a condition; without it, everybody')
    unknown: Text | None = Field(None, description='what is not known about it, as a question to ask; pages gather these')
    source: Id = Field(description='where this was seen')
    from_: Date | None = FROM
    until: Date | None = UNTIL

    @property
    def telephones(self) -> tuple[Channel, ...]:
        """Its telephones of which there is a number, first first."""
        return tuple(channel for channel in self.channels if channel.kind == 'phone' and channel.value)

    @property
    def number(self) -> str:
        """The first number to dial; '' if there is none."""
        return next((channel.value for channel in self.telephones), '')


_HOLDS_FROM: Any = Field(None, alias='from', description='the first day on which what rests on it is shown')
_HOLDS_UNTIL: Any = Field(None, description='the last day on which what rests on it is shown')


_Url = Annotated[str, Field(pattern=r'^https?://[^\s<>"]+$')]


class Source(Dated, Shape, context='Source'):
    """`data/sources.yaml`: where a fact was read, and how far it can be trusted."""

    title: Text = Field(description='the name of the page')
    publisher: Text = Field(description='who published it')
    url: _Url | None = Field(None, description='its address; a law, or what else has none, is named by its title and date')
    lang: str | None = Field(None, description='the language of the page at `url`, if not that of the content')
    url_in: Map[str, _Url] = Field(default_factory=nothing, description='language code -> the address of the same page in it')
    dated: Date | None = Field(None, description='the date of the page; none: undated')
    looked_up: Date = Field(description='when it was read')
    confidence: Literal['official', 'secondary', 'practice', 'conflict'] = Field(
        description='official page; other page; practical advice without a page; sources that disagree (refused)'
    )
    confirmed_by_owner: Date | None = Field(None, description='empty until a person at the owner confirmed it')
    review_by: Date = Field(description='when it must be looked up again')
    from_: Date | None = _HOLDS_FROM
    until: Date | None = _HOLDS_UNTIL


class FieldSpec(Shape, context='Field', json_schema_extra=one_of(['id'], ['say'])):
    """What a row has in a field: an id, of a contact or for conditions, written alone; or a text, as `{say: ...}`."""

    id: Id | None = Field(None, description='a contact, or any id that conditions ask for')
    say: Text | None = Field(None, description='a text that sentences name by `{question.field}`')

    @model_validator(mode='after')
    def _one_of(self) -> FieldSpec:
        if (self.id is None) == (self.say is None):
            raise fail('field', 'a field has an id or a text', 'an id alone, or {say: words}')
        return self


def _field(value: Any) -> Any:
    return value if value is None or isinstance(value, (list, dict)) else {'id': value}


_Field = Annotated[FieldSpec | None, Written(_field, schema=text_or)]


class Row(Shape, context='Row'):
    """A row of a list."""

    label: Text = Field(description='what the reader chooses')
    also: Items[str] = Field((), description='other names, in any language, by which a reader may look for it in a long list')
    was: Items[Id] = Field((), description='earlier ids')
    fields: Map[Id, _Field] = Field(
        default_factory=nothing,
        description='field -> contact, other id or `{say: text}`; empty: the fallback, if any',
    )


class GroupSpec(Shape, context='Group'):
    """Some rows of a list. Written as the list of them alone, or as this map."""

    label: Text | None = Field(None, description='the heading under which a long list shows these rows; each row has one at most')
    rows: Items[Id] = Field(description='the rows')


def _group_schema(schema: dict[str, Any]) -> dict[str, Any]:
    return {'anyOf': [{'type': 'array', 'items': {'type': 'string'}}, schema]}


def _group(value: Any) -> Any:
    return value if value is None or isinstance(value, dict) else {'rows': value}


class ListFile(Shape, context='ListFile'):
    """`data/lists/NAME.yaml`: rows that can be options."""

    fallback: Map[Id, Id] = Field(default_factory=nothing, description='field -> contact that stands in where a row has none')
    rows: Annotated[Mapping[Id, Row], Field(min_length=1), AfterValidator(MappingProxyType)] = Field(description='row id -> row')
    first: Items[Id] = Field(
        (), description='rows that a list of options begins with, before those of the groups: the likely ones'
    )
    groups: Map[Id, Annotated[GroupSpec, Written(_group, schema=_group_schema)]] = Field(
        default_factory=nothing, description='group id -> rows, or `{label, rows}`; a condition names `group:<id>`'
    )
