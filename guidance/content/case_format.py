"""The format of `data/cases/NAME.yaml`, defined once, as `format` defines that of the other files; and how a case is scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from typing import Any

from pydantic import Field
from pydantic import Strict

from guidance.content.fields import Id
from guidance.content.fields import Items
from guidance.content.fields import Map
from guidance.content.fields import Shape
from guidance.content.fields import Text
from guidance.content.fields import Written
from guidance.content.fields import nothing


def _chosen(value: Any) -> Any:
    return value if value is None or isinstance(value, list) else [value]


_Answer = Annotated[Items[Id], Written(_chosen, schema=lambda schema: {'anyOf': [schema['items'], schema]})]


class Turn(Shape, context='Turn'):
    """What happens in a case when the wizard asks this question."""

    answer: _Answer = Field(description='the expected answer: an option, or a list of options')
    because: Text = Field(description='why: what in the case speaks for this answer')
    tells: Text | None = Field(None, description='what the caller says only when asked; none: the story has told it')
    or_: Items[_Answer] = Field((), alias='or', description='other answers that a good officer may give, too')
    wrong: Map[Id, Text] = Field(default_factory=nothing, description='a common mistake: option -> what speaks against it')
    say: Text | None = Field(None, description='for a trainer: what to say at this question')
    never_say: Text | None = Field(None, description='for a trainer: what never to say at this question')


class Case(Shape, context='Case'):
    """`data/cases/NAME.yaml`: a case for training, told with invented people; a test of the content, too."""

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

    offer: int = Field(default=3, description='points for each assistance that is rightly offered')
    limit: int = Field(default=2, description='points for each limitation that is rightly stated')
    over_promise: int = Field(default=6, description='points taken away for each assistance that is offered and cannot be had')
    most_after_over_promise: int = Field(default=40, description='percent that a score with an over-promise cannot pass')
    passed: int = Field(default=80, description='percent from which a case without an over-promise is passed')
