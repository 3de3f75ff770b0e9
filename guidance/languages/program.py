"""The program's own words in other languages, as catalogues beside them. A content says what it likes in words of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from guidance.content.defaults import DESK
from guidance.content.defaults import LANGUAGE
from guidance.content.defaults import WORDS
from guidance.content.defaults import defaults
from guidance.content.desk_words import DeskWords
from guidance.content.fields import Shape
from guidance.content.loaded import Files
from guidance.content.local_text import LocalText
from guidance.content.texts import PlacedText
from guidance.content.texts import replaced
from guidance.content.texts import texts
from guidance.content.training_words import Training
from guidance.content.ui_texts import UiTexts
from guidance.languages import catalogue as po
from guidance.languages.catalogue import Catalogue
from guidance.languages.catalogue import Key
from guidance.languages.language import script
from guidance.languages.messages import Message


def program_messages() -> Iterator[Message]:
    """Yield every text that the program has of its own."""
    shapes: dict[str, type[Shape]] = {'data/interface.yaml': UiTexts, 'data/training.yaml': Training, DESK: DeskWords}
    for name, shape in shapes.items():
        if file := defaults(name):
            for placed in texts(shape.model_validate(file.data)):
                yield Message(placed.kind, placed.text, file, placed.path)


def speaks(lang: str) -> bool:
    """Tell whether the program has its words in a language."""
    return _own(lang) is not None


def said(lang: str, key: Key) -> str:
    """Return one of the program's own texts in a language; '' if it is none of them, or the program has no words in that yet."""
    own = _own(lang)
    if own is None or key not in _keys():
        return ''
    if own == LANGUAGE:
        return key[1]
    entry = _catalogue(own).entries.get(key)  # none until `translate --program` has met a new text
    return entry.string if entry and not entry.fuzzy else ''


def in_own_language(files: Files) -> Files:
    """Return the content with the program's words in the language that it is written in; marked as foreign if there are none."""
    lang = files.service.value.language
    if _own(lang) == LANGUAGE:
        return files

    def local(placed: PlacedText) -> str:
        key = (placed.kind, placed.text)
        if key not in _keys():
            return placed.text
        translated = said(lang, key)
        return LocalText(translated or placed.text, placed.text, lang if translated else LANGUAGE, foreign=not translated)

    interface, training = files.ui_texts, files.training
    return replace(
        files,
        ui_texts=replace(interface, value=replaced(interface.value, local)),
        training=replace(training, value=replaced(training.value, local)),
    )


@cache
def desk_words(lang: str) -> DeskWords:
    """Return the words of the desk in a language; in English if the program has none in that."""
    file = defaults(DESK)
    words = DeskWords.model_validate(file.data if file else {})
    return replaced(words, lambda placed: said(lang, (placed.kind, placed.text)) or placed.text)


@cache
def _own(lang: str) -> str | None:
    """Return the language of the program's words that is this one, in the same script."""
    own = (LANGUAGE, *sorted(path.stem for path in WORDS.glob('*.po')))
    return next((code for code in own if script(code) == script(lang)), None)


@cache
def _catalogue(lang: str) -> Catalogue:
    return po.read(WORDS / f'{lang}.po', f'guidance/words/{lang}.po')


@cache
def _keys() -> frozenset[Key]:
    return frozenset(message.key for message in program_messages())
