"""The address is the state: reading answers from an address that anybody may have touched, and writing them."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from urllib.parse import parse_qsl
from urllib.parse import quote_plus

from guidance.content.condition import Answers
from guidance.content.format import RESERVED_IDS
from guidance.content.format import RESERVED_PREFIX
from guidance.content.format import TRAINING_IDS
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey.cache import cached_in_content
from guidance.journey.code import opened
from guidance.journey.repair import Repaired
from guidance.journey.repair import repair
from guidance.journey.walk import accepted

_MAX_GUESSED = 20  # names that are compared with those of the questions, which takes time
CODE = 'c'
"""The parameter that has a code to read out in place of answers."""

_OURS = (CODE, 'lang', 'change', 'made', 'seen', 'shared', 'cut')  # the parameters that are ours beside the answers
_LONGEST_CODE = 40  # characters that are shown again of a code that is none
_ESCAPE = 'q.'  # no id has a dot
_PLAIN = re.compile(r'[A-Za-z0-9._-]*')  # what needs no escape, as ids do not
_FINGERPRINT = re.compile(r'w?[0-9a-f]{8}')


@dataclass(frozen=True)
class CodeRead:
    """A code in an address, as it was typed: whether it `opens` answers, and whether it is of an `older` edition."""

    typed: str
    opens: bool = False
    older: bool = False


@dataclass(frozen=True)
class Reading:
    """What an address says. `unread` are questions whose answer could not be read, with the options that could.

    `gone` are answers that are not offered any more: question -> options, which is `unread`, too; a question that is
    not asked any more -> nothing. `unknown` are parameters whose name is close to a question's; others that we do not
    know are ignored silently. `cut`: something after the answers is missing. `repaired`: the address was changed on its
    way, and every word of it could be read all the same. `open_end`: it may have been cut between two answers, since
    the language, which follows them, is not there. `made` is the day on which answers that age were given, and `aged` are those
    of them that may no longer hold: see `ageing`. `more` has what the training pages add, as it stands there.
    """

    answers: Answers
    change: str | None = None
    lang: str | None = None
    seen: str | None = None
    shared: bool = False
    cut: bool = False
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repaired: bool = False
    open_end: bool = False
    made: datetime.date | None = None
    aged: tuple[str, ...] = ()
    code: CodeRead | None = None
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def damaged(self) -> bool:
        """Whether something that the address was meant to say could not be read."""
        return bool(self.unread.keys() - self.gone.keys() or self.unknown or self.cut)


def read_query(content: Content, pairs: Iterable[tuple[str, str]]) -> Reading:
    """Return what the name-value pairs of an address mean. Never fails; what cannot be read is named.

    Where the last answer can have been cut so that the rest is another answer, `change` asks to look at it again.
    """
    repaired = repair(pairs, _own(content))
    values, others = _sorted(content, repaired.pairs)
    named = any(name not in RESERVED_IDS for name in values)  # it has answers of its own, which go before those of a code
    code, until = _opened(content, values)
    doubled = repaired.doubled or any(len(values.get(name, ())) > 1 for name in ('lang', 'seen', 'shared'))
    answers, unread, gone = _answers(content, values, alike=doubled)
    lang, seen = _lang(content, values), _seen(values)
    change = _change(content, values)
    bare = bool(answers) and named and 'lang' not in values  # an address with answers always has the language after them
    open_end = bare and not seen
    return Reading(
        answers=answers,
        change=change or (_unsure(content, repaired, answers, values) if open_end else None),
        lang=lang,
        seen=seen,
        shared='shared' in values or (code is not None and code.opens),
        cut='cut' in values or repaired.lost or _codes_cut(content, repaired, values) or _change_cut(content, values),
        unread=unread,
        unknown=tuple(name for name in others if difflib.get_close_matches(name, content.question, 1, 0.75)),
        gone=gone,
        repaired=repaired.changed or doubled or bare,
        open_end=open_end,
        made=_made(values) or until,
        code=code,
        more={name: tuple(values[name]) for name in TRAINING_IDS if name in values},
    )


@cached_in_content(1)
def _own(content: Content) -> frozenset[str]:
    """Return the names that our addresses have, or had."""
    return frozenset((*map(parameter, (*content.question, *content.renamed, *content.gone)), *_OURS, *TRAINING_IDS))


@cached_in_content(1)
def _present(content: Content) -> Mapping[str, str]:
    """Return for each name that an address can have for a question, also an earlier one, the present one."""
    asked = map(parameter, (*content.question, *content.gone))
    return {name: name for name in asked} | {parameter(old): parameter(now) for old, now in content.renamed.items()}


def _opened(content: Content, values: dict[str, list[str]]) -> tuple[CodeRead | None, datetime.date | None]:
    """Add the answers of a code to the values; return what there is to say of it, and the last day on which it can be made."""
    every = [value.strip() for value in values.get(CODE, ()) if value.strip()]
    if not every:
        return None, None
    typed = every[-1]
    found = opened(content, typed) if len(set(every)) == 1 else None
    shown = ''.join(filter(str.isprintable, typed)).strip()[:_LONGEST_CODE]
    if found is None:
        return CodeRead(shown), None
    answers = [(parameter(name), '.'.join(chosen)) for name, chosen in found.answers.items()]
    for name, given in _sorted(content, answers)[0].items():
        values.setdefault(name, given)
    return CodeRead(shown, opens=True, older=found.older), found.until


def _sorted(content: Content, pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, list[str]], Collection[str]]:
    """Return the values of each name that is known, by its present name, and other names that may be meant as one."""
    values: dict[str, list[str]] = {}
    others: dict[str, None] = {}
    present = _present(content)
    for name, value in pairs:
        name = present.get(key := name.strip().lower(), key)
        if name in present or name in RESERVED_IDS:
            values.setdefault(name, []).append(value)
        elif not name.startswith(RESERVED_PREFIX) and len(others) < _MAX_GUESSED:
            others[name[:40]] = None
    return values, others


_ByQuestion = dict[str, tuple[str, ...]]


def _answers(content: Content, values: Mapping[str, list[str]], *, alike: bool) -> tuple[_ByQuestion, _ByQuestion, _ByQuestion]:
    """Return the answers, those that could not be read, and those that are not offered any more: see `Reading`."""
    answers: _ByQuestion = {}
    unread: _ByQuestion = {}
    gone: _ByQuestion = {}
    for identity, name in _asked(content):
        if name in values:
            question = content.question[identity]
            named = [_parts(question, value) for value in values[name]]
            known, clean = _options(question, named, alike=alike)
            chosen = accepted(question, known) if clean else ()
            if chosen:
                answers[identity] = chosen
            else:
                unread[identity] = known if question.many else ()
            if left := tuple(option for option in question.gone if any(option in parts for parts in named)):
                gone[identity] = left
    gone |= {name: () for name in content.gone if any(values.get(parameter(name), ()))}
    return answers, unread, gone


def _parts(question: Question, value: str) -> frozenset[str]:
    """Return the options that a value names, known or not, by their present ids."""
    renamed = {old: option.id for option in question.options for old in option.was}
    given = {part.strip().lower() for part in value.split('.')} - {''}
    return frozenset(renamed.get(part, part) for part in given)


def _options(question: Question, given: list[frozenset[str]], *, alike: bool) -> tuple[tuple[str, ...], bool]:
    """Return the options that are known, and whether every part was one.

    `alike`: the values come from more than one link, which must say the same; else all of them together are the answer.
    """
    if alike and len(set(given)) > 1:
        return tuple(option.id for option in question.options if all(option.id in parts for parts in given)), False
    parts = frozenset().union(*given)
    known = tuple(option.id for option in question.options if option.id in parts)
    return known, bool(parts) and parts <= question.option.keys()


def _lang(content: Content, values: Mapping[str, list[str]]) -> str | None:
    languages = {code.lower(): code for code in content.service.languages}
    return next((languages[lang.lower()] for lang in reversed(values.get('lang', [])) if lang.lower() in languages), None)


def _seen(values: Mapping[str, list[str]]) -> str | None:
    """Return the fingerprint; several links in one say the same or nothing."""
    whole = {value.lower() for value in values.get('seen', ()) if _FINGERPRINT.fullmatch(value.lower())}
    return whole.pop() if len(whole) == 1 else None


def _made(values: Mapping[str, list[str]]) -> datetime.date | None:
    """Return the day that the address says; of several links in one, that of the oldest."""
    days = []
    for value in values.get('made', ()):
        with suppress(ValueError):
            days.append(datetime.date.fromisoformat(value.strip()))
    return min(days, default=None)


def _change(content: Content, values: Mapping[str, list[str]]) -> str | None:
    name = (values.get('change') or [''])[-1].strip().lower()
    name = content.renamed.get(name, name)
    return name if name in content.question else None


def _change_cut(content: Content, values: Mapping[str, list[str]]) -> bool:
    known = {*content.question, *content.renamed, *content.gone}
    return any(value.strip().lower() not in known for value in values.get('change', ()))


def _codes_cut(content: Content, repaired: Repaired, values: Mapping[str, list[str]]) -> bool:
    """Tell whether the fingerprint is not whole, or the language, where the address ends with it."""
    if ('seen' in values and not _seen(values)) or not any(values.get('shared', ['1'])):
        return True
    if 'made' in values and not _made(values):
        return True
    if repaired.last != 'lang' or _lang(content, values):
        return False
    lang = values['lang'][-1].lower()
    return any(code.lower().startswith(lang) or lang.startswith(code.lower()) for code in content.service.languages)


def _unsure(content: Content, repaired: Repaired, answers: Answers, values: Mapping[str, list[str]]) -> str | None:
    """Return the question whose answer ends the address, if more of it would be another answer."""
    last = (repaired.last or '').removeprefix(_ESCAPE)
    name = content.renamed.get(last, last)
    if name not in answers:
        return None
    question, end = content.question[name], values[parameter(name)][-1].strip().lower().rpartition('.')[2]
    names = [each for option in question.options for each in (option.id, *option.was)]
    together = [option.id for option in question.options if not option.alone]
    more = question.many and set(answers[name]) < set(together)
    return name if more or any(each.startswith(end) and each != end for each in names) else None


def current_answers(content: Content, answers: Mapping[str, Iterable[str]]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return recorded answers under their present ids, and the names that the content does not know any more."""
    reading = read_query(content, [(parameter(name), option) for name, chosen in answers.items() for option in chosen])
    known = {content.renamed.get(name, name) for name in answers}
    return dict(reading.answers), sorted(known - reading.answers.keys())


def parameter(question: str) -> str:
    """Return the name under which an address has the answer to a question: its id, and never a word that addresses need."""
    return f'{_ESCAPE}{question}' if question in RESERVED_IDS or question.startswith(RESERVED_PREFIX) else question


@cached_in_content(1)
def _asked(content: Content) -> tuple[tuple[str, str], ...]:
    """Return the id of each question with the name of its parameter."""
    return tuple((question.id, parameter(question.id)) for question in content.questions)


def parameters(
    content: Content,
    answers: Answers,
    lang: str | None = None,
    *,
    change: str | None = None,
    made: datetime.date | None = None,
    seen: str | None = None,
    shared: bool = False,
    more: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the parameters of the address for these answers, in the order of the questions; `more` stands before them."""
    answered = {name: '.'.join(answers[question]) for question, name in _asked(content) if answers.get(question)}
    day = made.isoformat() if made else None
    rest = {'lang': lang, 'change': change, 'made': day, 'seen': seen, 'shared': '1' if shared else None}
    return dict(more or {}) | answered | {name: value for name, value in rest.items() if value}


def query_string(parameters: Mapping[str, str]) -> str:
    """Return the parameters as a relative address that begins with `?`."""
    said = ((name, value if _PLAIN.fullmatch(value) else quote_plus(value)) for name, value in parameters.items())
    return '?' + '&'.join(f'{name}={value}' for name, value in said)


def parse_query(query: str) -> list[tuple[str, str]]:
    """Return the names and values of a query string, whatever it is made of."""
    return parse_qsl(query, keep_blank_values=True, errors='replace')


def shorten_query(content: Content, query: str) -> str:
    """Return a query string with only what can be read of an over-long one, marked as cut. Bare words are left out."""
    reading = read_query(content, parse_qsl(query, errors='replace'))
    kept = parameters(content, reading.answers, reading.lang, change=reading.change, made=reading.made)
    return query_string(kept | {'cut': '1'})[1:]
