"""The format of `flows/NAME.yaml`, defined once, as `format` defines that of the other files."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import Literal
from typing import NamedTuple

from pydantic import Discriminator
from pydantic import Field
from pydantic import Tag
from pydantic import model_validator

from guidance.content.fields import FROM
from guidance.content.fields import UNTIL
from guidance.content.fields import Date
from guidance.content.fields import Dated
from guidance.content.fields import Flag
from guidance.content.fields import Id
from guidance.content.fields import Items
from guidance.content.fields import Map
from guidance.content.fields import Name
from guidance.content.fields import NumberOfDays
from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.fields import When
from guidance.content.fields import Written
from guidance.content.fields import as_list_of
from guidance.content.fields import fail
from guidance.content.fields import nothing
from guidance.content.fields import one_of
from guidance.content.fields import text_or

_BY_OTHERS: Any = Field(False, description='true: it has somebody on the spot call, where the reader cannot dial the number')


class VariantSpec(Shape, context='Variant'):
    """One of several ways to say something."""

    say: Text = Field(description='the words')
    when: When = Field(None, description='where it is said so; the last variant has none')
    by_others: Flag = _BY_OTHERS


WordingSpec = Annotated[Items[VariantSpec], as_list_of('say'), Field(min_length=1)]


class OptionSpec(Dated, Shape, context='Option'):
    """One possible answer. Written as its label alone, or as this map."""

    label: Text = Field(description='what the reader chooses')
    hint: Text | None = Field(None, description='a line of explanation under the label')
    alone: Flag = Field(False, description='in `choose: many`: cannot be combined with others ("none of these", "I don\'t know")')
    was: Items[Id] = Field((), description='earlier ids; links made with them still work')
    when: When = Field(None, description='where it is offered, by earlier answers; without it, wherever the question is asked')
    from_: Date | None = FROM
    until: Date | None = UNTIL


def _labelled(value: Any) -> Any:
    return value if value is None or isinstance(value, (list, dict)) else {'label': value}


_Option = Annotated[OptionSpec, Written(_labelled, schema=text_or)]


class OptionsFromSpec(Shape, context='OptionsFrom'):
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
    options_from: OptionsFromSpec | None = Field(None, description='take the rows of a list as options, before `options`')
    options: Map[Id, _Option] = Field(
        default_factory=nothing, description='option id -> label, or `{label, hint, alone, was, when}`'
    )
    was: Items[Id] = Field((), description='earlier ids of this question')
    gone: Map[Id, Text] = Field(default_factory=nothing, description='options that are not offered any more: id -> label')
    ages: NumberOfDays | None = Field(None, description='after how many days an answer in a link is asked again: `10 days`')
    sensitive: Flag = Field(
        False, description='true: the answer is not pasted, nor shown to a receiver at first, and no title tells what is asked'
    )
    leave: Flag = Field(
        False, description='true: from this question on each page has a way to leave quickly: somebody beside may be the danger'
    )


class IncludeSpec(Shape, context='Include'):
    """In the place of a question: all questions and outcomes of another flow file, at this point of the order."""

    include: str = Field(description='a file in `flows/`')
    when: When = Field(None, description='the condition under which anything of that file is asked or shown')


def _question_or_include(value: Any) -> str:
    return '(include)' if isinstance(value, dict) and 'include' in value else '(question)'


# The tags stand in brackets, as no key can, so that they are told apart from keys in the path of a problem.
_Entries = Annotated[QuestionSpec, Tag('(question)')] | Annotated[IncludeSpec, Tag('(include)')]
Entry = Annotated[_Entries, Discriminator(_question_or_include)]
TAGS = frozenset(['(question)', '(include)'])


class LineVariantSpec(VariantSpec, context='Line'):
    """One of several ways to say a line."""


class SharedLine(NamedTuple):
    """A line of `data/lines.yaml`, or several under one id."""

    line: str


class OwnLine(NamedTuple):
    """A line in words of its own."""

    say: tuple[VariantSpec, ...]


_LINE = one_of(['say'], ['line'], **{'source': ['say'], 'whom-to-ask': ['say'], 'unknown': ['say']})


class LineSpec(Dated, Shape, context='Line', json_schema_extra=_LINE):
    """One sentence about an assistance or limitation, in one situation."""

    say: Annotated[Items[LineVariantSpec], as_list_of('say'), Field(min_length=1)] | None = Field(
        None, description='what it means here; one text or variants, as for `ask`'
    )
    line: Id | None = Field(None, description='instead of `say`: lines of `data/lines.yaml`, which hold where `when` does, too')
    when: When = Field(None, description='where this holds; without it, wherever the outcome applies')
    source: Id | None = Field(None, description='where it comes from, if not from the source of the assistance or limitation')
    whom_to_ask: Flag = Field(False, description='true: this does not offer it, it tells who can ask for it')
    unknown: Flag = Field(False, description='true: it is not known, and the words are a question to ask; a result gathers these')
    link: Id | None = Field(None, description='a contact or a source to link behind the words')
    by_others: Flag = _BY_OTHERS
    from_: Date | None = FROM
    until: Date | None = UNTIL

    def meant(self) -> SharedLine | OwnLine:
        """Return which of the two it is. Raises the problem of one that is neither; once loaded, each is one."""
        match self.line, self.say:
            case str(line), None:
                return SharedLine(line)
            case None, tuple(say):
                return OwnLine(say)
            case _:
                raise fail('line', 'a line is either `say` (words) or `line` (an id)', 'one of the two')

    @model_validator(mode='after')
    def _one_of(self) -> LineSpec:
        if isinstance(self.meant(), SharedLine) and (self.source or self.whom_to_ask or self.unknown):
            raise fail('line', '`source`, `whom-to-ask` and `unknown` stand with the words of a line', 'all in data/lines.yaml')
        return self


Lines = Annotated[Items[LineSpec], as_list_of('say'), Field(min_length=1)]


class SharedStep(NamedTuple):
    """A step of `data/steps.yaml`."""

    step: str


class OwnStep(NamedTuple):
    """A step in words of its own, with their source."""

    say: tuple[VariantSpec, ...]
    source: str | None


class StepVariantSpec(VariantSpec, context='StepLine'):
    """One of several ways to say a step."""


class StepLineSpec(Dated, Shape, context='StepLine', json_schema_extra=one_of(['step'], ['say'])):
    """One thing to do now: a shared step by its id, or words of its own with their source."""

    step: Id | None = Field(None, description='a step of `data/steps.yaml`; a step of your own is `{say: ..., source: ...}`')
    say: Annotated[Items[StepVariantSpec], as_list_of('say'), Field(min_length=1)] | None = Field(
        None, description='the step in words, if it is used only here; one text or variants, as for `ask`'
    )
    same_as: Id | None = Field(None, description='the shared step that says the same: of the two, the first only is shown')
    source: Id | None = Field(None, description='where the words come from, if no head says so; a shared step has its own')
    when: When = Field(None, description='where the step is shown')
    link: Id | None = Field(None, description='a contact or a source to link behind the words')
    by_others: Flag = _BY_OTHERS
    from_: Date | None = FROM
    until: Date | None = UNTIL

    def meant(self) -> SharedStep | OwnStep:
        """Return which of the two it is. Raises the problem of one that is neither; once loaded, each is one."""
        match self.step, self.say, self.source:
            case str(step), None, _:
                return SharedStep(step)
            case None, tuple(say), source:
                return OwnStep(say, source)
            case _:
                raise fail('step', 'a step is either `step` (an id) or `say` (words)', 'one of the two')

    @model_validator(mode='after')
    def _one_of(self) -> StepLineSpec:
        self.meant()
        return self


class ContactById(NamedTuple):
    """A contact of `data/contacts.yaml`."""

    contact: str


class ContactOfRow(NamedTuple):
    """The contact that `field` names of the row that was chosen at `question`."""

    question: str
    field: str


class ContactLineSpec(Dated, Shape, context='ContactLine', json_schema_extra=one_of(['contact'], ['row-of', 'field'])):
    """Whom to contact: a contact by its id, or the one that the chosen row of a list names."""

    contact: Id | None = Field(None, description='a contact of `data/contacts.yaml`')
    row_of: Id | None = Field(None, description='a question whose options come from a list')
    field: Id | None = Field(None, description='with `row-of`: the field of the chosen row that names the contact')
    when: When = Field(None, description='where the contact is shown')
    by_others: Flag = _BY_OTHERS
    from_: Date | None = FROM
    until: Date | None = UNTIL

    def meant(self) -> ContactById | ContactOfRow:
        """Return which of the two it is. Raises the problem of one that is neither; once loaded, each is one."""
        match self.contact, self.row_of, self.field:
            case str(contact), None, None:
                return ContactById(contact)
            case None, str(question), str(field):
                return ContactOfRow(question, field)
            case _:
                raise fail('contact', 'this does not name one contact', 'an id, or {row-of: question, field: field}')

    @model_validator(mode='after')
    def _one_of(self) -> ContactLineSpec:
        self.meant()
        return self


class OwnWords(NamedTuple):
    """A text in words of its own."""

    words: str


class OutcomeVariantSpec(Shape, context='Variant', json_schema_extra=one_of(['say'], ['line'])):
    """One of several ways to say something in an outcome, in words of its own or those of a shared line."""

    say: Text | None = Field(None, description='the words')
    line: Id | None = Field(None, description='instead of `say`: a line of `data/lines.yaml`')
    when: When = Field(None, description='where it is said so; the last variant has none')
    by_others: Flag = _BY_OTHERS

    def meant(self) -> SharedLine | OwnWords:
        """Return which of the two it is. Raises the problem of one that is neither; once loaded, each is one."""
        match self.line, self.say:
            case str(line), None:
                return SharedLine(line)
            case None, str(words):
                return OwnWords(words)
            case _:
                raise fail('line', 'a text is either `say` (words) or `line` (an id)', 'one of the two')

    @model_validator(mode='after')
    def _one_of(self) -> OutcomeVariantSpec:
        self.meant()
        return self


_OutcomeWording = Annotated[Items[OutcomeVariantSpec], as_list_of('say'), Field(min_length=1)]


class OutcomeSpec(Shape, context='Outcome', json_schema_extra=one_of(['when'], ['otherwise'], accepts=['otherwise'])):
    """A situation that was recognised, and what there is to say about it."""

    when: When = Field(None, description='the condition under which the outcome applies')
    otherwise: Flag = Field(False, description='true, instead of `when`: applies only where no other outcome does')
    accepts: Map[Id, When] = Field(
        default_factory=nothing, description='with `otherwise`: name -> condition, the situations known to reach nothing else'
    )
    urgency: Id | None = Field(
        None, description='one of the urgencies of `data/service.yaml`, if there are any; without it, that of the flow'
    )
    source: Id | None = Field(None, description='the source of the steps in own words that name none')
    title: WordingSpec = Field(description='the heading; one text or variants, as for `ask`')
    advice: _OutcomeWording | None = Field(
        None,
        description='the sentence to act on, or `{line: id}`; it heads a result, above the title; without it, the title does',
    )
    summary: _OutcomeWording | None = Field(None, description='one or two sentences under the heading, or `{line: id}`')
    do_now: Annotated[Items[StepLineSpec], as_list_of('step')] = Field((), description='steps of the next hour, in order')
    later: Annotated[Items[StepLineSpec], as_list_of('step')] = Field(
        (), description='steps that can wait; they stand below what is to be done now'
    )
    any_order: Flag = Field(False, description='true: the steps need not be taken in their order, so they are not numbered')
    can: Map[Id, Lines] = Field(
        default_factory=nothing, description='assistance id -> sentence, `{say, when, source}` or a list of both'
    )
    cannot: Map[Id, Lines] = Field(
        default_factory=nothing, description='limitation id -> sentence, `{say, when, source}` or a list of both'
    )
    no_assistance: _OutcomeWording | None = Field(
        None, description='where no assistance is shown: the plain statement that there is none, or `{line: id}`'
    )
    contacts: Annotated[Items[ContactLineSpec], as_list_of('contact')] = Field((), description='whom to contact, first first')
    help: Flag = Field(True, description='false: the contact that stands first in every result is left out of this one')
    leave: Flag = Field(False, description='true: as soon as the outcome applies, each page has a way to leave quickly')

    @model_validator(mode='after')
    def _one_of(self) -> OutcomeSpec:
        if self.otherwise == (self.when is not None):
            raise fail('outcome', 'an outcome has either `when` or `otherwise: true`', 'one of the two')
        if self.accepts and not self.otherwise:
            raise fail('outcome', '`accepts` belongs to an outcome with `otherwise: true`', 'no `accepts` here')
        return self


class ExampleSpec(Shape, context='Example'):
    """A trial that the author wrote: answers, and what they must lead to. It is walked at every check."""

    answers: str = Field(description='the answers as they stand in the address of a result, from `?` on, in quotes')
    outcomes: Annotated[Items[Id], Field(min_length=1)] = Field(description='the outcomes that apply, and no other')
    shows: Items[str] = Field(
        (), description='ids of assistance, limitations, contacts, shared steps and lines: the result shows each'
    )
    not_: Items[str] = Field((), alias='not', description='ids of which the result shows none')


class FlowSpec(Shape, context='FlowFile'):
    """`flows/NAME.yaml`: the questions and outcomes of one situation; `flows/main.yaml` is walked and includes the others."""

    title: Name = Field(description='what this situation is called')
    urgency: Id | None = Field(None, description='the urgency of the outcomes that have none of their own')
    source: Id | None = Field(None, description='the source of steps in own words, if neither they nor their outcome name one')
    questions: Map[Id, Entry] = Field(
        default_factory=nothing, description='question id -> question, or name -> `{include: FILE}`'
    )
    outcomes: Map[Id, OutcomeSpec] = Field(default_factory=nothing, description='outcome id -> outcome')
    conditions: Map[Id, When] = Field(default_factory=nothing, description='name -> condition, for `{is: name}` in any file')
    gone: Map[Id, Text] = Field(default_factory=nothing, description='questions that are not asked any more: id -> how it read')
    exclusive: Items[Items[Id]] = Field((), description='lists of outcomes; of each list never two apply to one person')
    examples: Items[ExampleSpec] = Field((), description='trials: answers, and what they must lead to')
