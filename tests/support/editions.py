"""Small random questions, also with options that are offered under a condition, and editions made of questions."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import Condition
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import negate
from guidance.content.edition import Asked
from guidance.content.edition import Choice
from guidance.content.edition import Questions
from guidance.content.model import Option
from guidance.content.model import Question
from guidance.content.problem import Place


def chose(name: str, *options: str) -> AnswerIs:
    return AnswerIs(name, frozenset(options))


def question(name: str, when: Condition = TRUE, options: Sequence[str] = 'ab', many: bool = False, alone: str = '') -> Question:
    made = tuple(Option(option, option, alone=option in alone) for option in options)
    return Question(name, None, None, None, many, when, made, None, (), Place(''))  # type: ignore[arg-type]


def asked(questions: Sequence[Question]) -> Questions:
    """These questions as an edition has them."""
    return tuple(
        Asked(each.id, each.many, each.when, tuple(Choice(option.id, option.alone, option.when) for option in each.options))
        for each in questions
    )


def forty_five() -> list[Question]:
    """Forty-five questions, seven of them a choose-many of 4 to 17 options, with questions of their own behind them."""
    options = 'abcdefghijklmnopq'
    questions = [question('first', TRUE, options, True)]
    for number, size in enumerate((4, 6, 8, 10, 12, 14)):
        questions.append(question(f'many-{number}', chose('first', options[number]), options[:size], True))
        questions += [question(f'some-{number}-{each}', chose(f'many-{number}', *options[each : each + 2])) for each in range(3)]
        questions += [question(f'also-{number}-{each}', chose('first', options[6 + number + each])) for each in range(2)]
    questions += [question(f'last-{number}', chose('first', *options[: number + 2]), 'xyz') for number in range(8)]
    return questions


def some_condition(rng: Random, questions: Sequence[Question], depth: int = 2) -> Condition:
    if not questions:
        return FALSE if rng.random() < 0.1 else TRUE
    if depth == 0 or rng.random() < 0.5:
        names = rng.choice(questions)
        options = [option.id for option in names.options]
        test = chose(names.id, *rng.sample(options, rng.randint(1, len(options))))
        return negate(test) if rng.random() < 0.4 else test
    parts = [some_condition(rng, questions, depth - 1) for _ in range(rng.randint(2, 3))]
    made = all_of(parts) if rng.random() < 0.5 else any_of(parts)
    return negate(made) if rng.random() < 0.2 else made


def some_questions(rng: Random) -> tuple[Question, ...]:
    made: list[Question] = []
    for number in range(rng.randint(2, 6)):
        many = rng.random() < 0.6
        names = 'abcde'[: rng.randint(1, 5 if many else 3)]
        options = tuple(
            Option(
                name,
                name,
                alone=many and rng.random() < 0.2,
                when=some_condition(rng, made) if made and rng.random() < 0.15 else TRUE,
            )
            for name in names
        )
        when = TRUE if rng.random() < 0.3 else some_condition(rng, made)
        made.append(Question(f'q{number}', None, None, None, many, when, options, None, (), Place('')))  # type: ignore[arg-type]
    return tuple(made)
