"""Measures of how a content reads, each a limit that the content can set: what passes one is told, and stops nothing.

A measure is a function from a content in one language to warnings, each with its place; those in `MEASURES` are taken of every
language. To add one: write it, put it there, and give it a limit in `content.format.Style`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass

from guidance.content.format import Style
from guidance.content.model import Content
from guidance.content.model import NamedContact
from guidance.content.model import Outcome
from guidance.content.model import Wording
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import in_order
from guidance.languages.language import script
from guidance.languages.language import writing
from guidance.proof.width import lines_of

_HEADING, _TEXT = 27.0, 18.0  # CSS pixels: the size of a question and of its hint, at the browser's own size of text
_COLUMN = 324.0  # CSS pixels: what a telephone of 360 has between its margins
_SENTENCE = re.compile(r'[^.!?。！？]+(?:[.!?](?!\s)[^.!?。！？]*)*[.!?。！？]?')
_WORD = re.compile(r"[A-Za-z0-9][\w'’-]*")
_VOWELS = re.compile('[aeiouy]+')
_UNHEARD = re.compile('([^aeiouyl]|[aeiouy]l)e$|([^aeioudylt]|[aeiouyl]l)ed$|([^aeiouycghlsxz]|[aeiouy]l|th)es$')
_LEAST = 100  # words from which a reading age says something


@dataclass(frozen=True)
class Said:
    """A content in one language, with the limits that it sets."""

    content: Content
    lang: str
    limits: Style

    def warning(self, place: Place, message: str, expected: str) -> Problem:
        """Return what is told of something that passes a limit."""
        return Problem(place, f'{self.lang}: {message}', expected, 'warning')


@dataclass(frozen=True)
class Measured:
    """How an outcome reads: words (`chinese`: characters), those of the longest sentence, and the age from which it can be read.

    The age is known of English only, and of texts that are long enough.
    """

    words: int
    longest: int
    age: int | None
    chinese: bool


def measured(outcome: Outcome, lang: str) -> Measured:
    """Measure all that an outcome says in a language."""
    chinese = script(lang)[0] == 'zh'
    text = [sentence for text, _ in texts_of(outcome) for sentence in _sentences(text)]
    counted = [_characters(sentence) if chinese else len(_WORD.findall(sentence)) for sentence in text]
    words = [word for sentence in text for word in _WORD.findall(sentence)]
    age = None
    if script(lang)[0] == 'en' and len(words) >= _LEAST:
        grade = 0.39 * len(words) / len(text) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
        age = round(grade + 5)
    return Measured(sum(counted), max(counted, default=0), age, chinese)


def style(contents: Mapping[str, Content]) -> tuple[Problem, ...]:
    """Return what passes a limit in any language, in order of place. `contents` is one content in its languages."""
    every = [Said(content, lang, content.service.style or Style()) for lang, content in contents.items()]
    return in_order(problem for said in every for measure in MEASURES for problem in measure(said))


def question_lines(said: Said) -> Iterator[Problem]:
    """Yield questions that need too many lines on a telephone."""
    for question in said.content.questions:
        yield from _too_tall(said, question.ask, 'question', _HEADING, said.limits.question_lines)


def hint_lines(said: Said) -> Iterator[Problem]:
    """Yield hints that do."""
    for question in said.content.questions:
        if question.hint:
            yield from _too_tall(said, question.hint, 'hint', _TEXT, said.limits.hint_lines)


def _too_tall(said: Said, wording: Wording, what: str, size: float, most: int) -> Iterator[Problem]:
    for variant in wording.variants:
        lines = lines_of(variant.say, _COLUMN / size, bold=size == _HEADING)
        if lines > most:
            message = f'this {what} needs {lines} lines on a telephone of 360 pixels: {variant.say[:60]}'
            yield said.warning(variant.place, message, f'{most} lines at most')


def sentence_words(said: Said) -> Iterator[Problem]:
    """Yield sentences that have too many words; Chinese has no words that can be counted."""
    most = said.limits.sentence_words
    for text, place in _texts(said.content):
        for sentence in _sentences(text):
            words = len(_WORD.findall(sentence))
            if words > most:
                yield said.warning(place, f'a sentence of {words} words: {sentence[:60]}...', f'{most} words at most')


def reading_age(said: Said) -> Iterator[Problem]:
    """Yield outcomes for which one must have gone to school too long, by the formula of Flesch and Kincaid, made for English."""
    if script(said.lang)[0] != 'en':
        return
    most = said.limits.reading_age
    for outcome in said.content.outcomes:
        age = measured(outcome, said.lang).age
        if age is not None and age > most:
            yield said.warning(outcome.place, f'`{outcome.id}` can be read from the age of {age}', f'{most} at most')


def first_words(said: Said) -> Iterator[Problem]:
    """Yield outcomes that say too much before anything is unfolded: title, summary, what to do now."""
    for outcome in said.content.outcomes:
        shown = [
            variant.say
            for wording in (outcome.title, outcome.advice, outcome.summary)
            if wording
            for variant in wording.variants[-1:]
        ]
        text = ' '.join([*shown, *(line.say for line in outcome.do_now)])
        chinese = _characters(text)
        counted, most, unit = len(_WORD.findall(text)), said.limits.first_words, 'words'
        if chinese > counted:
            counted, most, unit = chinese, said.limits.first_characters, 'characters'
        if counted > most:
            message = f'`{outcome.id}` begins with {counted} {unit}, before anything is unfolded'
            yield said.warning(outcome.place, message, f'{most} {unit} at most')


def unknowns(said: Said) -> Iterator[Problem]:
    """Yield outcomes with too many contacts of which something is not known."""
    contacts, most = said.content.contacts, said.limits.unknowns
    for outcome in said.content.outcomes:
        named = {line.contact for line in outcome.contacts if isinstance(line, NamedContact)}
        number = sum(contacts[name].unknown is not None for name in named)
        if number > most:
            message = f'`{outcome.id}` names {number} contacts of which something is not known'
            yield said.warning(outcome.place, message, f'{most} at most')


MEASURES = (question_lines, hint_lines, sentence_words, reading_age, first_words, unknowns)
"""What is measured, in each language."""


def _texts(content: Content) -> Iterator[tuple[str, Place]]:
    """Yield every text of the questions and outcomes, with its place."""
    for question in content.questions:
        yield from _wordings(question.ask, question.hint, question.why)
    for outcome in content.outcomes:
        yield from texts_of(outcome)


def texts_of(outcome: Outcome) -> Iterator[tuple[str, Place]]:
    """Yield every text of an outcome but what its contacts say, with its place."""
    yield from _wordings(outcome.title, outcome.advice, outcome.summary, outcome.no_assistance)
    yield from ((line.say, line.place) for line in outcome.lines)


def _wordings(*wordings: Wording | None) -> Iterator[tuple[str, Place]]:
    for wording in wordings:
        yield from ((variant.say, variant.place) for variant in (wording.variants if wording else ()))


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip()]


def _characters(text: str) -> int:
    """Return how many Chinese characters a text has."""
    return sum(writing(letter) == 'CJK' for letter in text)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, without an `e` at its end that is not heard.

    Not heard are those of `one`, `while`, `asked` and `names`; heard are those of `table`, `wanted` and `places`. Over the
    outcomes shipped this gives one in a hundred less than the first entries of the CMU dictionary of pronunciation.
    """
    word = word.lower().removesuffix("'s").removesuffix('’s')
    return max(1, len(_VOWELS.findall(word)) - (_UNHEARD.search(word) is not None))
