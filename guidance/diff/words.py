"""Who is meant, in words: conditions of joint journeys as sentences, and answers as they read."""

from __future__ import annotations

from dataclasses import replace

from guidance.content.braces import fill
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
from guidance.content.condition import negate
from guidance.content.model import Content
from guidance.content.model import Option
from guidance.content.model import Question
from guidance.diff.compare import absorbed
from guidance.diff.disjoint import terms
from guidance.diff.joint import Joint
from guidance.diff.pairs import Pair
from guidance.diff.pairs import Side
from guidance.diff.pairs import newest
from guidance.proof.explain import in_words

_LONGEST = 600  # characters of a condition that anybody reads


class Words:
    """Says conditions and answers of joint journeys in the words of the two editions, given in one language."""

    def __init__(self, joint: Joint, old: Content, new: Content) -> None:
        self._joint = joint
        pairs = {joint.pair(question.id).name: joint.pair(question.id) for question in joint.questions}
        questions = tuple(_question(pair, old, new) for pair in pairs.values())
        self._content = replace(new, questions=questions)

    def who(self, condition: Condition) -> str:
        """Return a condition in words; '' where it is too long for anybody to read."""
        if condition == TRUE:
            return 'everybody'
        plain = any_of(absorbed(terms(self._plain(condition))))
        said = in_words(self._content, plain, self._words, {}) if plain != TRUE else 'everybody'
        return said if len(said) <= _LONGEST else ''

    def answers(self, given: Answers) -> list[tuple[str, str]]:
        """Return each question and the answer to it, as they read."""
        found: list[tuple[str, str]] = []
        known: dict[str, tuple[str, ...]] = {}
        for slot, chosen in given.items():
            question = self._content.question[self._joint.pair(slot).name]
            found.append((question.ask.for_(known), ', '.join(question.option[name].label for name in chosen)))
            known[question.id] = chosen
        return found

    def _plain(self, condition: Condition) -> Condition:
        """Return the condition on the questions as people know them, no matter which edition asks them."""
        match condition:
            case AnswerIs(slot, options):
                return AnswerIs(self._joint.pair(slot).name, options)
            case Not(part):
                return negate(self._plain(part))
            case AllOf(parts):
                return self._possible(all_of(self._plain(part) for part in parts))
            case AnyOf(parts):
                return any_of(self._plain(part) for part in parts)

    def _possible(self, condition: Condition) -> Condition:
        """Return the condition; what needs two answers to a question of one answer never holds, which slots did not show."""
        parts = condition.parts if isinstance(condition, AllOf) else frozenset([condition])
        left: dict[str, frozenset[str]] = {}
        for part in parts:
            if isinstance(part, AnswerIs) and not self._content.question[part.question].many:
                left[part.question] = left.get(part.question, part.options) & part.options
        for part in parts:
            if isinstance(part, Not) and part.part.question in left:
                left[part.part.question] -= part.part.options
        return condition if all(left.values()) else FALSE

    def _words(self, key: str, **values: object) -> str:
        return fill(str(getattr(self._content.training.words, key)), values)


def _question(pair: Pair, old: Content, new: Content) -> Question:
    """Return a question with the options of both editions, by their common names."""
    contents: dict[Side, Content] = {'old': old, 'new': new}
    said = {side: contents[side].question[question.id] for side, question in pair.questions.items()}
    options: dict[str, Option] = {}
    for side, question in said.items():
        for option in question.options:
            name = pair.option(side, option.id)
            options[name] = replace(option, id=name)
    return replace(newest(said), id=pair.name, options=tuple(options.values()))
