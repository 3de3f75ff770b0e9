"""A text in a language, together with the English text it stands for."""

from __future__ import annotations

from html import escape


class Words(str):
    """A text in the language `lang`; `english` is the text of the content files, which is what a fingerprint is made of.

    `foreign`: it stands in another language than the page around it, which is said wherever it is put into HTML.
    """

    english: str
    lang: str
    foreign: bool

    def __new__(cls, text: str, english: str, lang: str, foreign: bool = False) -> Words:
        """Make `text`, said in `lang`."""
        words = super().__new__(cls, text)
        words.english, words.lang, words.foreign = english, lang, foreign
        return words

    def __html__(self) -> str:
        """Return the text as HTML. Templates ask for it when they escape what they print."""
        text = escape(str.__str__(self))
        return f'<span lang="{escape(self.lang)}">{text}</span>' if self.foreign else text


def english(text: str) -> str:
    """Return the text of the content files that a text stands for."""
    return text.english if isinstance(text, Words) else text
