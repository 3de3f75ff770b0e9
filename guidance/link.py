"""The address is the state: reading answers from an address that anybody may have touched, and writing them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from urllib.parse import parse_qsl
from urllib.parse import urlencode

from .condition import Answers
from .format import RESERVED_IDS
from .format import RESERVED_PREFIX
from .model import Content
from .model import Question
from .walk import accepted

_MAX_GUESSED = 20  # names that are compared with those of the questions, which takes time


@dataclass(frozen=True)
class Reading:
    """What an address says. `unread` are questions whose answer could not be read, with the options that could.

    `unknown` are parameters whose name is close to a question's; others that we do not know are ignored silently.
    """

    answers: Answers
    change: str | None = None
    lang: str | None = None
    seen: str | None = None
    cut: bool = False
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def damaged(self) -> bool:
        """Whether something that the address was meant to say could not be read."""
        return bool(self.unread or self.unknown or self.cut)


def read(content: Content, pairs: Iterable[tuple[str, str]]) -> Reading:
    """Return what the name-value pairs of an address mean. Never fails; what cannot be read is named."""
    values: dict[str, list[str]] = {}
    others: dict[str, None] = {}
    for name, value in pairs:
        name = content.renamed.get(key := name.strip().lower(), key)
        if name in content.question or name in RESERVED_IDS:
            values.setdefault(name, []).append(value)
        elif not name.startswith(RESERVED_PREFIX) and len(others) < _MAX_GUESSED:
            others[name[:40]] = None
    unknown = [name for name in others if difflib.get_close_matches(name, content.question, 1, 0.75)]
    answers: dict[str, tuple[str, ...]] = {}
    unread: dict[str, tuple[str, ...]] = {}
    for question in content.questions:
        if question.id in values:
            known, clean = _options(question, values[question.id])
            chosen = accepted(question, known) if clean else ()
            if chosen:
                answers[question.id] = chosen
            else:
                unread[question.id] = known if question.many else ()
    change = (values.get('change') or [''])[-1].strip().lower()
    change = content.renamed.get(change, change)
    lang = next(
        (code for code in content.service.languages if code.lower() == (values.get('lang') or [''])[-1].strip().lower()), None
    )
    return Reading(
        answers=answers,
        change=change if change in content.question else None,
        lang=lang,
        seen=next((value[:40].strip().lower() for value in values.get('seen', ())), None),
        cut='cut' in values,
        unread=unread,
        unknown=tuple(unknown),
    )


def _options(question: Question, values: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """Return the options that the values name, by their present ids, and whether every part of them was an option."""
    renamed = {old: option.id for option in question.options for old in option.was}
    given = {part.strip().lower() for value in values for part in value.split('.')} - {''}
    parts = {renamed.get(part, part) for part in given}
    known = tuple(option.id for option in question.options if option.id in parts)
    return known, bool(parts) and parts <= question.option.keys()


def current(content: Content, answers: Mapping[str, Iterable[str]]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return recorded answers under their present ids, and the names that the content does not know any more."""
    reading = read(content, [(name, option) for name, chosen in answers.items() for option in chosen])
    known = {content.renamed.get(name, name) for name in answers}
    return dict(reading.answers), sorted(known - reading.answers.keys())


def parameters(
    content: Content, answers: Answers, lang: str | None = None, *, change: str | None = None, seen: str | None = None
) -> dict[str, str]:
    """Return the parameters of the address for these answers, in the order of the questions."""
    made = {q.id: '.'.join(answers[q.id]) for q in content.questions if answers.get(q.id)}
    rest = {'lang': lang, 'change': change, 'seen': seen}
    return made | {name: value for name, value in rest.items() if value}


def address(parameters: Mapping[str, str]) -> str:
    """Return the parameters as a relative address that begins with `?`."""
    return '?' + urlencode(parameters, safe='.')


def shorten(content: Content, query: str) -> str:
    """Return a query string with only what can be read of an over-long one, marked as cut."""
    reading = read(content, parse_qsl(query, errors='replace'))
    kept = parameters(content, reading.answers, reading.lang, change=reading.change)
    return urlencode(kept | {'cut': '1'}, safe='.')
