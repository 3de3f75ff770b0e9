"""The format of every content file, defined once: loading, messages and the author's guide come from here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated
from typing import Any
from typing import Literal

from pydantic import AfterValidator
from pydantic import BeforeValidator
from pydantic import Discriminator
from pydantic import Field
from pydantic import Strict
from pydantic import Tag
from pydantic import model_validator

from guidance.content.fields import Date
from guidance.content.fields import Flag
from guidance.content.fields import Id
from guidance.content.fields import Items
from guidance.content.fields import Map
from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.fields import When
from guidance.content.fields import as_list_of
from guidance.content.fields import fail
from guidance.content.fields import nothing

TRAINING_IDS = ('case', 'mode', 'step', 'topic', 'practises', 'practised', 'wrong', 'offer', 'limits', 'label', 'done')
RESERVED_IDS = frozenset(
    ('lang', 'change', 'seen', 'shared', 'cut')  # of every address
    + TRAINING_IDS  # of the training pages
    + ('asked', 'part')  # of the plain edition
    + ('embed', 'embed_options', 'from', 'isappinstalled', 'fbclid', 'gclid')  # that others add
    + ('not', 'answered', 'group')  # of the language of conditions
)
RESERVED_PREFIX = 'utm_'
GROUP = 'group:'


class VariantSpec(Shape, context='Variant'):
    """One of several ways to say something."""

    say: Text = Field(description='the words')
    when: When = Field(None, description='where it is said so; the last variant has none')


WordingSpec = Annotated[Items[VariantSpec], as_list_of('say'), Field(min_length=1)]


class OptionSpec(Shape, context='Option'):
    """One possible answer. Written as its label alone, or as this map."""

    label: Text = Field(description='what the reader chooses')
    hint: Text | None = Field(None, description='a line of explanation under the label')
    alone: Flag = Field(False, description='in `choose: many`: cannot be combined with others ("none of these", "I don\'t know")')
    was: Items[Id] = Field((), description='earlier ids; links made with them still work')


def _labelled(value: Any) -> Any:
    return value if value is None or isinstance(value, (list, dict)) else {'label': value}


_Option = Annotated[OptionSpec, BeforeValidator(_labelled)]


class OptionsFrom(Shape, context='OptionsFrom'):
    """Options that are the rows of a list in `data/lists/`."""

    list: Id = Field(description='the list: the name of its file without `.yaml`')
    except_: Items[Id] = Field((), alias='except', description='rows that are no options here')


class QuestionSpec(Shape, context='Question'):
    """Asked of the traveller when its `when` holds; without `when`, always."""

    ask: WordingSpec = Field(description='the question; or a list of `{say, when}`, of which the first that holds is asked')
    hint: WordingSpec | None = Field(None, description='help with answering; one text or variants, as for `ask`')
    why: WordingSpec | None = Field(None, description='why we ask')
    choose: Literal['one', 'many'] = Field('one', description='one option or several')
    when: When = Field(None, description='the condition under which the question is asked')
    options_from: OptionsFrom | None = Field(None, description='take the rows of a list as options, before `options`')
    options: Map[Id, _Option] = Field(default_factory=nothing, description='option id -> label, or `{label, hint, alone, was}`')
    was: Items[Id] = Field((), description='earlier ids of this question')
    gone: Map[Id, Text] = Field(default_factory=nothing, description='options that are not offered any more: id -> label')
    sensitive: bool = Field(False, description='true: the answer is not pasted, nor shown to a receiver at first')


class Include(Shape, context='Include'):
    """In the place of a question: all questions and outcomes of another flow file, at this point of the order."""

    include: str = Field(description='a file in `flows/`')


def _question_or_include(value: Any) -> str:
    return '(include)' if isinstance(value, dict) and 'include' in value else '(question)'


# The tags stand in brackets, as no key can, so that they are told apart from keys in the path of a problem.
_Entries = Annotated[QuestionSpec, Tag('(question)')] | Annotated[Include, Tag('(include)')]
Entry = Annotated[_Entries, Discriminator(_question_or_include)]
TAGS = frozenset(['(question)', '(include)'])


class LineSpec(Shape, context='Line'):
    """One sentence about an assistance or limitation, in one situation."""

    say: Text = Field(description='what it means here')
    when: When = Field(None, description='where this holds; without it, wherever the outcome applies')
    source: Id | None = Field(None, description='where it comes from, if not from the source of the assistance or limitation')
    whom_to_ask: Flag = Field(False, description='true: this does not offer it, it tells who can ask for it')


Lines = Annotated[Items[LineSpec], as_list_of('say'), Field(min_length=1)]


class StepLineSpec(Shape, context='StepLine'):
    """One thing to do now: a shared step by its id, or words of its own with their source."""

    step: Id | None = Field(None, description='a step of `data/steps.yaml`')
    say: Text | None = Field(None, description='the step in words, if it is used only here')
    source: Id | None = Field(None, description='where the words come from; a shared step has its own')
    when: When = Field(None, description='where the step is shown')

    @model_validator(mode='after')
    def _one_of(self) -> StepLineSpec:
        if (self.step is None) == (self.say is None):
            raise fail('step', 'a step is either `step` (an id) or `say` (words)', 'one of the two')
        if self.say and not self.source:
            raise fail('step', 'this step has no `source`', 'the id of a source in data/sources.yaml')
        return self


class ContactLineSpec(Shape, context='ContactLine'):
    """Whom to contact: a contact by its id, or the one that the chosen row of a list names."""

    contact: Id | None = Field(None, description='a contact of `data/contacts.yaml`')
    row_of: Id | None = Field(None, description='a question whose options come from a list')
    field: Id | None = Field(None, description='with `row-of`: the field of the chosen row that names the contact')
    when: When = Field(None, description='where the contact is shown')

    @model_validator(mode='after')
    def _one_of(self) -> ContactLineSpec:
        if (self.contact is None) == (self.row_of is None) or (self.row_of is None) != (self.field is None):
            raise fail('contact', 'this does not name one contact', 'an id, or {row-of: question, field: field}')
        return self


class OutcomeSpec(Shape, context='Outcome'):
    """A situation that was recognised, and what there is to say about it."""

    when: When = Field(None, description='the condition under which the outcome applies')
    otherwise: Flag = Field(False, description='true, instead of `when`: applies only where no other outcome does')
    accepts: Map[Id, When] = Field(
        default_factory=nothing, description='with `otherwise`: name -> condition, the situations known to reach nothing else'
    )
    urgency: Id = Field(description='one of the urgencies of `data/service.yaml`')
    title: WordingSpec = Field(description='the heading; one text or variants, as for `ask`')
    summary: WordingSpec | None = Field(None, description='one or two sentences under the heading')
    do_now: Annotated[Items[StepLineSpec], as_list_of('step')] = Field((), description='steps, in order')
    can: Map[Id, Lines] = Field(
        default_factory=nothing, description='assistance id -> sentence, `{say, when, source}` or a list of both'
    )
    cannot: Map[Id, Lines] = Field(
        default_factory=nothing, description='limitation id -> sentence, `{say, when, source}` or a list of both'
    )
    no_assistance: WordingSpec | None = Field(
        None, description='where no assistance is shown: the plain statement that there is none'
    )
    contacts: Annotated[Items[ContactLineSpec], as_list_of('contact')] = Field((), description='whom to contact, first first')

    @model_validator(mode='after')
    def _one_of(self) -> OutcomeSpec:
        if self.otherwise == (self.when is not None):
            raise fail('outcome', 'an outcome has either `when` or `otherwise: true`', 'one of the two')
        if self.accepts and not self.otherwise:
            raise fail('outcome', '`accepts` belongs to an outcome with `otherwise: true`', 'no `accepts` here')
        return self


class FlowFile(Shape, context='FlowFile'):
    """`flows/NAME.yaml`: the questions and outcomes of one situation; `flows/main.yaml` is walked and includes the others."""

    title: Text = Field(description='what this situation is called')
    questions: Map[Id, Entry] = Field(
        default_factory=nothing, description='question id -> question, or name -> `{include: FILE}`'
    )
    outcomes: Map[Id, OutcomeSpec] = Field(default_factory=nothing, description='outcome id -> outcome')
    gone: Map[Id, Text] = Field(default_factory=nothing, description='questions that are not asked any more: id -> how it read')


class Urgency(Shape, context='Urgency'):
    """How pressing an outcome is."""

    title: Text = Field(description='the name of this urgency')
    calm: Flag = Field(False, description='true: no emergency; the emergency strip steps back')
    alarm: Flag = Field(False, description='true: what is to be done is marked in the colour of alarm')


class EmergencyGroupSpec(Shape, context='EmergencyGroup'):
    """The numbers for one place in the emergency strip."""

    title: Text = Field(description='the place')
    contacts: Items[Id] = Field(description='contacts whose first channel is shown')
    when: When = Field(None, description='stands first where this holds; others step back')


class Security(Shape, context='Security'):
    """Where somebody who finds a weakness of the service can report it."""

    contact: str = Field(
        pattern=r'^(https://|mailto:)[^\s<>"]+$', description='an `https://` address, or `mailto:` and an e-mail address'
    )
    expires: Date = Field(description='until when this holds, at most a year ahead; `check` tells when it is over')


class Service(Shape, context='Service'):
    """`data/service.yaml`: whose service this is, and what stands on every page."""

    name: Text = Field(description='the name of the service')
    description: Text = Field(description='one sentence for search engines and previews')
    owner: Text = Field(description='who makes it, and who does not')
    can_do: Items[Text] = Field(description='what this service is: sentences on the start page')
    cannot_do: Items[Text] = Field(description='what it is not')
    disclaimer: Text = Field(description='at the foot of every page')
    privacy: Text = Field(description='what is kept and what is not')
    report: Text = Field(description='where to report a mistake')
    security: Security | None = Field(None, description='where to report a weakness: makes `/.well-known/security.txt`')
    source_page: Id = Field(description='the source that the service implements')
    onward: Items[Id] = Field(description='sources that a result points to for more')
    practice: Id | None = Field(None, description='the source that stands for practical advice without a published page')
    help: Id = Field(description='the contact that always stands first')
    leave_to: str | None = Field(
        None,
        pattern=r'^https://[^\s<>"]+$',
        description='where "leave this page quickly" leads, which sensitive pages have: a site that tells nothing',
    )
    languages: Map[str, str] = Field(description='language code -> its name in itself; the first is the language of the content')
    urgencies: Map[Id, Urgency] = Field(description='urgency id -> urgency, most urgent first')
    emergency: Items[EmergencyGroupSpec] = Field(description='the groups of the emergency strip')


class Assistance(Shape, context='Assistance'):
    """`data/assistance.yaml`: one thing that can be done for the person."""

    title: Text = Field(description='its name')
    say: Text = Field(description='what it is, in one sentence')
    who_may_ask: Text = Field(description='on whose request it is given')
    how_to_ask: Text = Field(description='how it is asked for')
    on_request_of: When = Field(None, description='the answers of those who may ask; it is never offered to others')
    source: Id = Field(description='the source that promises it')


class Limitation(Shape, context='Limitation'):
    """`data/limitations.yaml`: one thing that cannot be done."""

    title: Text = Field(description='its name')
    say: Text = Field(description='what it means in general')
    source: Id = Field(description='the source that states it')


class Step(Shape, context='Step'):
    """`data/steps.yaml`: a step that several outcomes share."""

    say: Text = Field(description='what to do')
    source: Id = Field(description='where it comes from')


class Channel(Shape, context='Channel'):
    """One way to reach a contact."""

    kind: Literal['phone', 'whatsapp', 'app', 'web', 'email', 'fax'] = Field(description='how')
    value: str = Field('', description='the number or address as it is written, in quotes')
    name: Text | None = Field(None, description='instead of `value`: what to look for, such as the name of an app')
    note: Text | None = Field(None, description='what to know about this way')
    source: Id | None = Field(None, description='where it was seen, if not at the source of the contact')

    @model_validator(mode='after')
    def _one_of(self) -> Channel:
        if bool(self.value) == bool(self.name):
            raise fail('channel', 'a channel has either a `value` or a `name`', 'one of the two')
        return self


class Contact(Shape, context='Contact'):
    """`data/contacts.yaml`: whom to contact. Numbers and addresses stand only here."""

    name: Text = Field(description='who it is')
    short: Text | None = Field(None, description='a short name, for the emergency strip')
    of: Text | None = Field(None, description='the organisation it belongs to')
    note: Text | None = Field(None, description='what it is for')
    hours: Text | None = Field(None, description='when it answers')
    address: str | None = Field(None, description='where it is, in the language that helps to find it')
    address_lang: str = Field('en', description='the language of the address, such as zh-Hans')
    address_in: Map[str, str] = Field(
        default_factory=nothing,
        description='language code -> the same address in it; readers of other languages see `address`, then the first of these',
    )
    channels: Items[Channel] = Field((), description='ways to reach it, first first')
    unknown: Text | None = Field(None, description='what is not known about it, said plainly')
    source: Id = Field(description='where this was seen')


class Source(Shape, context='Source'):
    """`data/sources.yaml`: where a fact was read, and how far it can be trusted."""

    title: Text = Field(description='the name of the page')
    publisher: Text = Field(description='who published it')
    url: str | None = Field(None, pattern=r'^https?://[^\s<>"]+$', description='its address')
    dated: Date | None = Field(None, description='the date of the page; none: undated')
    looked_up: Date = Field(description='when it was read')
    confidence: Literal['official', 'secondary', 'practice', 'conflict'] = Field(
        description='official page; other page; practical advice without a page; sources that disagree (refused)'
    )
    confirmed_by_owner: Date | None = Field(None, description='empty until a person at the owner confirmed it')
    review_by: Date = Field(description='when it must be looked up again')


class Row(Shape, context='Row'):
    """A row of a list."""

    label: Text = Field(description='what the reader chooses')
    was: Items[Id] = Field((), description='earlier ids')
    fields: Map[Id, Id | None] = Field(default_factory=nothing, description='field -> contact; empty: the fallback stands in')


class ListFile(Shape, context='ListFile'):
    """`data/lists/NAME.yaml`: rows that can be options."""

    fallback: Map[Id, Id] = Field(default_factory=nothing, description='field -> contact that stands in where a row has none')
    rows: Annotated[Mapping[Id, Row], Field(min_length=1), AfterValidator(MappingProxyType)] = Field(description='row id -> row')
    groups: Map[Id, Items[Id]] = Field(default_factory=nothing, description='group id -> rows; a condition names `group:<id>`')


def _chosen(value: Any) -> Any:
    return value if value is None or isinstance(value, list) else [value]


_Answer = Annotated[Items[Id], BeforeValidator(_chosen)]


class Turn(Shape, context='Turn'):
    """What happens in a case when the wizard asks this question."""

    answer: _Answer = Field(description='the expected answer: an option, or a list of options')
    because: Text = Field(description='why: what in the case speaks for this answer')
    tells: Text | None = Field(None, description='what the caller says only when asked; none: the story has told it')
    or_: Items[_Answer] = Field((), alias='or', description='other answers that a good officer may give, too')
    wrong: Map[Id, Text] = Field(default_factory=nothing, description='a common mistake: option -> what speaks against it')
    say: Text | None = Field(None, description='for a trainer: what to say at this question')
    never_say: Text | None = Field(None, description='for a trainer: what never to say at this question')


class Scenario(Shape, context='Scenario'):
    """`data/scenarios/NAME.yaml`: a case for training, told with invented people; a test of the content, too."""

    title: Text = Field(description='the case in a few words')
    topic: Id = Field(description='one of the topics of `data/training.yaml`')
    difficulty: Id = Field(description='one of the difficulties of `data/training.yaml`')
    minutes: Annotated[int, Strict(), Field(gt=0, lt=120)] = Field(description='how long it takes to practise')
    caller: Text = Field(description='who is calling, and from where')
    story: Text = Field(description='what the caller says at first')
    turns: Map[Id, Turn] = Field(description='question id -> turn, one for every question that is asked')
    offer: Items[Id] = Field((), description='assistance to offer; the result must show it')
    may_offer: Items[Id] = Field((), description='assistance that may be offered, too')
    must_not_offer: Items[Id] = Field((), description='assistance that the result must not show')
    limits: Items[Id] = Field((), description='limitations to state; the result must explain them for this situation')
    say: Items[Text] = Field((), description='what a good officer says')
    never_say: Annotated[Items[Text], Field(min_length=1)] = Field(description='what must never be said or promised')
    debrief: Text = Field(description='what the case teaches, and what a good answer begins with')
    basis: Text = Field(description='the public source that shows such cases happen')
    sources: Items[Id] = Field((), description='sources of `data/sources.yaml` to read after the case')

    def __hash__(self) -> int:
        """Tell cases apart as objects, so that what follows from one can be remembered."""
        return id(self)

    @property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """The expected answers: question id -> options, as the file names them."""
        return {name: turn.answer for name, turn in self.turns.items()}


class Scoring(Shape, context='Scoring'):
    """How an assessed case is scored. A score is the share of all points that there are to get, in percent."""

    offer: int = Field(description='points for each assistance that is rightly offered')
    limit: int = Field(description='points for each limitation that is rightly stated')
    over_promise: int = Field(description='points taken away for each assistance that is offered and cannot be had')
    most_after_over_promise: int = Field(description='percent that a score with an over-promise cannot pass')
    passed: int = Field(description='percent from which a case without an over-promise is passed')
