"""What templates are given: one dataclass for each part of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from itertools import groupby

from guidance.content.condition import TRUE
from guidance.content.model import Content
from guidance.content.model import Option
from guidance.content.model import Question
from guidance.journey.left import questions_left
from guidance.journey.walk import Journey
from guidance.journey.walk import Result
from guidance.screens.sources import sources_of
from guidance.screens.texts import ScreenTexts

SECTIONS = ('do', 'can', 'cannot', 'contacts', 'why', 'sources')
"""The sections of a result, in the order that the design gives; each has its template."""

MOST_SPREAD = 3  # a number of further questions is named only where the longest and shortest way differ by no more
MOST_UNGROUPED = 15  # options that are seen as a whole


def filled(content: Content, result: Result) -> tuple[str, ...]:
    """Return the sections of which there is something to say in this result."""
    is_empty = {
        'do': len(result.parts) < 2 and not any(part.summary or part.do_now or part.later for part in result.parts),
        'can': not (result.can or (result.in_scope and any(part.no_assistance for part in result.parts))),
        'cannot': not (result.cannot or (result.in_scope and result.other_limits)),
        'contacts': not result.contacts or (not result.in_scope and result.contacts == (content.service.help,)),
        'sources': not (sources_of(content, result) or content.service.onward),
    }
    return tuple(name for name in SECTIONS if not is_empty.get(name))


@dataclass(frozen=True)
class AroundQuestion:
    """What stands above and below a question.

    `back` is where the answer before is changed, and `keep` where this one stays as it is.
    Where there is something to continue later (`can_wait`), `later` is the link to do so by; '' where none can be made.
    """

    heading: str
    hint: str | None
    many: bool
    back: str | None
    ahead: str
    keep: str | None
    why: str | None
    can_wait: bool
    later: str


def ahead(texts: ScreenTexts, journey: Journey) -> str:
    """Return how many questions follow the present one, as exactly as is honest."""
    found = questions_left(texts.content, journey)
    if found is None or found.longest - found.shortest > MOST_SPREAD:
        return texts.words('few_more')
    more = (found.longest + found.shortest + 1) // 2 - 1
    return texts.words('about_more', n=more) if more > 0 else texts.words('last_question')


@dataclass(frozen=True)
class OptionGroup:
    """Options that stand under one heading, if they have one."""

    label: str | None
    options: tuple[Option, ...]


def option_groups(options: tuple[Option, ...]) -> tuple[OptionGroup, ...]:
    """Return the options of a long list in the groups that they have; those of a short one in one."""
    if len(options) <= MOST_UNGROUPED:
        return (OptionGroup(None, options),)
    return tuple(OptionGroup(label, tuple(of_group)) for label, of_group in groupby(options, key=lambda option: option.group))


@dataclass(frozen=True)
class AnswerForm:
    """A question as a form, sent `to` an address.

    It has the options `chosen`, the parameters `carried` along, and what is said of a refusal.
    """

    question: Question
    to: str
    chosen: tuple[str, ...]
    carried: Mapping[str, str]
    error: str | None

    @property
    def varies(self) -> bool:
        """Whether what is offered depends on the answers before."""
        return self.question.only_where_offered != TRUE


@dataclass(frozen=True)
class Share:
    """How to pass a result on.

    Its `link`; the address of it as a file (`keep`) and of its numbers as one (`card`); its QR code as an image, or the address
    of one; a message for a chat with the `steps`, and one that says only whom to call (`calls`). '' where there is none.
    """

    link: str
    keep: str
    card: str
    qr: str = ''
    steps: str = ''
    calls: str = ''


@dataclass(frozen=True)
class Summary:
    """A result in a few words: what `can` and what `cannot` be done by name, in one line each.

    For paper, name and number of each contact (`numbers`), and a sentence for each of the `limits`.
    """

    can: str
    cannot: str
    numbers: tuple[str, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True)
class ResultPage:
    """A result on one page, or one part of a long one.

    `sections` are those of this page; `elsewhere` has the address of each section that stands on another; `part_of` says which
    part this is, and `following` is the address of the next one. Without `share` it cannot be passed on from there.
    """

    result: Result
    back: str | None = None
    share: Share | None = None
    sections: tuple[str, ...] = SECTIONS
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    part_of: str = ''
    following: str = ''
