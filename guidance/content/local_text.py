"""A text in a language, together with the text of the content files that it stands for."""

from __future__ import annotations

from html import escape


class LocalText(str):
    """A text in the language `lang`; `original` is the text of the content files, which is what a fingerprint is made of.

    `foreign`: it stands in another language than the page around it, which is said wherever it is put into HTML.
    """

    original: str
    lang: str
    foreign: bool

    def __new__(cls, text: str, original: str, lang: str, foreign: bool = False) -> LocalText:
        """Make `text`, said in `lang`."""
        local = super().__new__(cls, text)
        local.original, local.lang, local.foreign = original, lang, foreign
        return local

    def __html__(self) -> str:
        """Return the text as HTML. Templates ask for it when they escape what they print."""
        text = escape(str.__str__(self))
        return f'<span lang="{escape(self.lang)}">{text}</span>' if self.foreign else text


def original(text: str) -> str:
    """Return the text of the content files that a text stands for."""
    return text.original if isinstance(text, LocalText) else text


def spelled(text: str) -> tuple[str, str]:
    """Return what makes a text another than one with the same letters: what it stands for, and the language told of it."""
    return (text.original, text.lang if text.foreign else '') if isinstance(text, LocalText) else (text, '')
