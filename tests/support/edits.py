"""Small random contents and what authors do to them: two editions, and every joint journey of them listed one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Answers
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.model import Content
from guidance.content.model import Line
from guidance.content.model import NamedContact
from guidance.content.model import Option
from guidance.content.model import Outcome
from guidance.content.model import Question
from guidance.content.model import Variant
from guidance.content.model import Wording
from guidance.content.problem import Place
from guidance.journey.walk import Arrived
from guidance.journey.walk import walk

HERE = Place('')
WORDS = ('Call.', 'Wait.', 'Go home.', 'Ask.')
"""Few, so that the same words stand in several places, and move."""


def some_condition(rng: random.Random, questions: Sequence[Question], depth: int = 2, single: float = 0.6) -> Condition:
    """A condition on some of these questions; `single` is how likely it is to be one test."""
    if not questions:
        return TRUE
    if depth == 0 or rng.random() < single:
        asked = rng.choice(questions)
        names = list(asked.option)
        test = AnswerIs(asked.id, frozenset(rng.sample(names, rng.randint(1, len(names)))))
        return negate(test) if rng.random() < 0.3 else test
    parts = [some_condition(rng, questions, depth - 1, single) for _ in range(2)]
    return all_of(parts) if rng.random() < 0.5 else any_of(parts)


def _question(rng: random.Random, name: str, before: Sequence[Question]) -> Question:
    many = rng.random() < 0.4
    options = [Option('a', 'a')]
    for option in 'bcd'[: rng.randint(1, 3 if many else 2)]:
        offered = some_condition(rng, before) if rng.random() < 0.15 else TRUE
        options.append(Option(option, option, alone=many and rng.random() < 0.2, when=offered))
    when = TRUE if rng.random() < 0.4 else some_condition(rng, before)
    return Question(name, Wording((Variant('?', TRUE, HERE),)), None, None, many, when, tuple(options), None, (), HERE)


def _lines(rng: random.Random, questions: Sequence[Question], outcome: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            rng.choice(['shared', f'{outcome}.{number}']),
            rng.choice(WORDS),
            TRUE if rng.random() < 0.5 else some_condition(rng, questions),
            'page',
            HERE,
            whom_to_ask=rng.random() < 0.2,
        )
        for number in range(rng.randint(0, 2))
    )


def _outcome(rng: random.Random, content: Content, name: str, when: Condition) -> Outcome:
    questions = content.questions
    title = Variant(rng.choice(['One', 'Two', 'Three']), TRUE, HERE)
    first = Variant('For you', some_condition(rng, questions), HERE)
    contacts = rng.sample(list(content.contacts), rng.randint(0, 2))
    return Outcome(
        name, when, False, {}, rng.choice(list(content.service.urgencies)),
        Wording((first, title) if rng.random() < 0.2 else (title,)), None, None,
        _lines(rng, questions, name), _lines(rng, questions, name) if rng.random() < 0.3 else (),
        {each: _lines(rng, questions, name) for each in content.assistance if rng.random() < 0.5},
        {each: _lines(rng, questions, name) for each in content.limitations if rng.random() < 0.5},
        None,
        tuple(NamedContact(each, some_condition(rng, questions), HERE) for each in contacts),
        HERE, help=rng.random() < 0.8,
    )  # fmt: skip


def some_content(rng: random.Random, base: Content) -> Content:
    """A content with random questions and outcomes, and all else from `base`; some outcome always applies."""
    questions: list[Question] = []
    for number in range(rng.randint(2, 4)):
        questions.append(_question(rng, f'q{number}', questions))
    content = replace(base, questions=tuple(questions), cases=MappingProxyType({}))
    whens = [some_condition(rng, questions) for _ in range(rng.randint(1, 3))]
    outcomes = [_outcome(rng, content, f'o{number}', when) for number, when in enumerate(whens)]
    outcomes.append(_outcome(rng, content, 'rest', negate(any_of(whens)) if whens else TRUE))
    return replace(content, outcomes=tuple(outcomes))


def edited(rng: random.Random, content: Content) -> Content:
    """The content after some edits, such as authors make."""
    for _ in range(rng.randint(1, 3)):
        content = rng.choice(_EDITS)(rng, content)
    return content


def _with_when(rng: random.Random, content: Content) -> Content:
    at = rng.randrange(len(content.questions))
    when = some_condition(rng, content.questions[:at])
    return _with(content, at, replace(content.questions[at], when=when))


def _with_options(rng: random.Random, content: Content) -> Content:
    """Another option, one less that nothing names, or several where one could be chosen."""
    at = rng.randrange(len(content.questions))
    question = content.questions[at]
    kind = rng.randrange(4)
    if kind == 0:
        options = (*question.options, Option('z', 'z', alone=rng.random() < 0.3))
    elif kind == 1:
        options = tuple(option for option in question.options if option.id != 'z')
    elif kind == 2:
        options = tuple(replace(option, alone=question.many and rng.random() < 0.3) for option in question.options)
    else:
        return _with(content, at, replace(question, many=not question.many))
    return _with(content, at, replace(question, options=tuple({option.id: option for option in options}.values())))


def _with_question(rng: random.Random, content: Content) -> Content:
    at = rng.randint(0, len(content.questions))
    name = f'new{len(content.questions)}'
    added = _question(rng, name, content.questions[:at])
    return replace(content, questions=(*content.questions[:at], added, *content.questions[at:]))


def _with_outcome(rng: random.Random, content: Content) -> Content:
    at = rng.randrange(len(content.outcomes))
    old = content.outcomes[at]
    made = _outcome(rng, content, old.id, old.applies if rng.random() < 0.5 else some_condition(rng, content.questions))
    return replace(content, outcomes=(*content.outcomes[:at], made, *content.outcomes[at + 1 :]))


def _with_words(rng: random.Random, content: Content) -> Content:
    at = rng.randrange(len(content.outcomes))
    old = content.outcomes[at]
    do_now = tuple(replace(line, say=rng.choice(WORDS)) for line in old.do_now)
    made = replace(old, title=Wording((Variant(rng.choice(['One', 'Two']), TRUE, HERE),)), do_now=do_now)
    return replace(content, outcomes=(*content.outcomes[:at], made, *content.outcomes[at + 1 :]))


def _in_another_order(rng: random.Random, content: Content) -> Content:
    return replace(content, outcomes=tuple(rng.sample(content.outcomes, len(content.outcomes))))


def _asked_earlier(rng: random.Random, content: Content) -> Content:
    """A question comes before another one, which may depend on it now and on which it may have depended."""
    at = rng.randrange(1, len(content.questions))
    questions = [*content.questions[: at - 1], content.questions[at], content.questions[at - 1], *content.questions[at + 1 :]]
    for number in (at - 1, at):
        options = tuple(replace(option, when=TRUE) for option in questions[number].options)
        when = some_condition(rng, questions[:number])
        questions[number] = replace(questions[number], when=when, options=options)
    return replace(content, questions=tuple(questions))


_EDITS = (_with_when, _with_options, _with_question, _with_outcome, _with_words, _in_another_order, _asked_earlier)


def _with(content: Content, at: int, question: Question) -> Content:
    return replace(content, questions=(*content.questions[:at], question, *content.questions[at + 1 :]))


def joint_journeys(old: Content, new: Content) -> list[Answers]:
    """The answers of every joint journey: all that either edition asks, each of which one that asks it takes."""
    found: dict[tuple[tuple[str, tuple[str, ...]], ...], Answers] = {}
    open_: list[dict[str, tuple[str, ...]]] = [{}]
    while open_:
        given = open_.pop()
        asked = [walk(content, given).next for content in (old, new)]
        missing = next((question.id for question in asked if question and question.id not in given), None)
        if missing is None:
            if _each_is_taken(old, new, given):
                found[tuple(sorted(given.items()))] = given
            continue
        answers = {*_answers_to(old, missing), *_answers_to(new, missing)}
        open_ += [{**given, missing: chosen} for chosen in sorted(answers)]
    return list(found.values())


def _each_is_taken(old: Content, new: Content, given: Answers) -> bool:
    return all(name in walk(old, given).answered or name in walk(new, given).answered for name in given)


def _answers_to(content: Content, name: str) -> Iterator[tuple[str, ...]]:
    """Every answer that the content may take to a question of this name, whoever answers."""
    question = content.question.get(name)
    for option in question.options if question else ():
        yield (option.id,)
    if question and question.many:
        together = sorted(option.id for option in question.options if not option.alone)
        for size in range(2, len(together) + 1):
            yield from combinations(together, size)


def arrives(content: Content, given: Answers) -> Arrived | None:
    """Where these answers lead; None where the content asks something more, or again."""
    journey = walk(content, given)
    return journey if isinstance(journey, Arrived) else None


def holding(condition: Condition, given: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a condition holds for answers."""
    return condition not in (FALSE,) and condition.test(given)
