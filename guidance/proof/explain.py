"""Conditions in words, and what an option opens: for staff who want to know why the wizard asks what it asks."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AllOf
from guidance.content.condition import AnswerIs
from guidance.content.condition import Answers
from guidance.content.condition import AnyOf
from guidance.content.condition import Condition
from guidance.content.condition import Not
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import questions_in
from guidance.content.condition import reduced
from guidance.content.condition import tests_in
from guidance.content.model import Content
from guidance.content.model import Question

Lookup = Callable[..., str]
"""Returns a text of the interface by its key, with its braces filled in."""

_MANY = 4  # options that are named one by one
_KINDS = (AllOf, AnyOf, AnswerIs, Not)  # the order in which parts about the same questions are said


@dataclass(frozen=True)
class Opened:
    """Something that an option opens: a question, an outcome or an assistance, and what else has to hold for it."""

    kind: Literal['question', 'outcome', 'assistance']
    id: str
    when: Condition


def opened(content: Content, question: Question, before: Answers) -> dict[str, tuple[Opened, ...]]:
    """Return what each option of the question opens, where the questions before were answered as in `before`.

    An option opens what can still be reached with it, and cannot with some other option. Of questions and outcomes only
    those are told that name this very question, not what follows from that. Option id -> what it opens.
    """
    at = content.questions.index(question)
    known = {each.id: before.get(each.id, ()) for each in content.questions[:at]}
    later = [(each.id, reduced(each.when, known)) for each in content.questions[at + 1 :]]
    targets = [
        (kind, name, reduced(when, known))
        for kind, name, when in _targets(content)
        if kind == 'assistance' or question.id in questions_in(when)
    ]
    left = {option.id: _left(targets, later, {question.id: (option.id,)}) for option in question.options}
    return {
        option: tuple(
            Opened(kind, identity, rest)
            for (kind, identity, _), rest, others in zip(targets, rests, zip(*left.values(), strict=True), strict=True)
            if rest != FALSE and FALSE in others
        )
        for option, rests in left.items()
    }


_Target = tuple[Literal['question', 'outcome', 'assistance'], str, Condition]


def _left(targets: Iterable[_Target], later: Iterable[tuple[str, Condition]], given: Answers) -> list[Condition]:
    """Return what remains of each target once this is answered, and with it that some later questions are not asked."""
    known = dict(given)
    for name, when in later:
        if reduced(when, known) == FALSE:
            known[name] = ()
    return [reduced(condition, known) for _, _, condition in targets]


def _targets(content: Content) -> Iterable[_Target]:
    yield from (('question', question.id, question.when) for question in content.questions)
    yield from (('outcome', outcome.id, outcome.applies) for outcome in content.outcomes if not outcome.otherwise)
    for identity in content.assistance:
        lines = (
            all_of([outcome.applies, line.when])
            for outcome in content.outcomes
            for line in outcome.can.get(identity, ())
            if not line.whom_to_ask
        )
        yield 'assistance', identity, any_of(lines)


def in_words(content: Content, condition: Condition, words: Lookup, given: Answers) -> str:
    """Return a condition as a sentence part, such as `"Who needs help?" is "I do"`; `given` decides how a question reads."""
    if condition in (TRUE, FALSE):
        return ''
    match condition:
        case AnswerIs():
            return _test(content, condition, words, given, 'condition_is')
        case Not(part):
            return _test(content, part, words, given, 'condition_not')
        case AllOf(parts):
            return _joined('condition_and', _ordered(content, _narrowed(content, parts), words, given), words)
        case AnyOf(parts):
            return _joined('condition_or', _ordered(content, _merged(parts), words, given), words)


def _joined(key: str, said: list[str], words: Lookup) -> str:
    return reduce(lambda one, two: words(key, one=one, two=two), said)


def _narrowed(content: Content, parts: Iterable[Condition]) -> Iterable[Condition]:
    """Return the parts, but "answered, and not so" as what can have been answered, where one answer is chosen."""
    parts = tuple(parts)
    ruled_out: dict[str, frozenset[str]] = {}
    for part in parts:
        if isinstance(part, Not):
            ruled_out[part.part.question] = ruled_out.get(part.part.question, frozenset()) | part.part.options
    told = {part.question for part in parts if isinstance(part, AnswerIs) and not content.question[part.question].many}
    for part in parts:
        if isinstance(part, AnswerIs) and part.question in told:
            yield AnswerIs(part.question, part.options - ruled_out.get(part.question, frozenset()))
        elif not (isinstance(part, Not) and part.part.question in told):
            yield part


def _merged(parts: Iterable[Condition]) -> Iterable[Condition]:
    """Return the parts of a choice with all tests of one question as one."""
    tests: dict[str, frozenset[str]] = {}
    for part in parts:
        if isinstance(part, AnswerIs):
            tests[part.question] = tests.get(part.question, frozenset()) | part.options
        else:
            yield part
    yield from (AnswerIs(question, options) for question, options in tests.items())


def _ordered(content: Content, parts: Iterable[Condition], words: Lookup, given: Answers) -> list[str]:
    """Return the parts in words, in the order of the questions and options; an inner choice stands in brackets.

    The order rests on nothing that differs between two processes, such as the order of a set.
    """
    order = {question.id: number for number, question in enumerate(content.questions)}
    said = []
    for part in parts:
        questions = sorted(order[name] for name in questions_in(part))
        text = in_words(content, part, words, given)
        said.append((questions, _KINDS.index(type(part)), _options(content, part), text, isinstance(part, (AllOf, AnyOf))))
    return [words('condition_inner', one=text) if inner else text for *_, text, inner in sorted(said)]


def _options(content: Content, condition: Condition) -> list[tuple[str, list[int]]]:
    """Return where the options that the condition names stand among those of their questions."""
    return sorted(
        (test.question, [at for at, option in enumerate(content.question[test.question].options) if option.id in test.options])
        for test in tests_in(condition)
    )


def _test(content: Content, test: AnswerIs, words: Lookup, given: Answers, key: str) -> str:
    question = content.question[test.question]
    ask = question.ask.for_(given)
    if test.options >= question.option.keys():
        return words('condition_answered' if key == 'condition_is' else 'condition_unasked', question=ask)
    rest = frozenset(question.option) - test.options
    if len(test.options) > _MANY and len(rest) < len(test.options):
        key = 'condition_other' if key == 'condition_is' else 'condition_is'
        chosen = rest
    else:
        chosen = test.options
    labels = [words('condition_option', option=option.label) for option in question.options if option.id in chosen]
    return words(key, question=ask, options=_joined('condition_choice', labels, words))
