"""A text in a language, together with the English text it stands for."""

from __future__ import annotations


class Words(str):
    """A text in the language `lang`; `english` is the text of the content files, which is what a fingerprint is made of."""

    english: str
    lang: str

    def __new__(cls, text: str, english: str, lang: str) -> Words:
        """Make `text`, said in `lang`."""
        words = super().__new__(cls, text)
        words.english, words.lang = english, lang
        return words


def english(text: str) -> str:
    """Return the text of the content files that a text stands for."""
    return text.english if isinstance(text, Words) else text
