"""The words of the screens in one language, and dates in its words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from guidance.content.braces import fill
from guidance.content.braces import put_together
from guidance.content.days import today
from guidance.content.format import Source
from guidance.content.model import Content
from guidance.content.ui_texts import Plural
from guidance.journey.cache import cached_in_content
from guidance.languages.language import date_in_words
from guidance.languages.language import plural


@dataclass(frozen=True)
class ScreenTexts:
    """The texts of a content, which is in the language `lang`."""

    content: Content
    lang: str

    def words(self, key: str, **more: object) -> str:
        """Return a text of the interface, with its braces filled in; with `n`, in the form for that number."""
        if not more:
            return _words(self.content, key)
        found = getattr(self.content.ui_texts, key, None) or getattr(self.content.training.words, key)
        text: str = getattr(found, plural(int(str(more['n'])), self.lang), found.other) if isinstance(found, Plural) else found
        return fill(text, {'help': self.content.help_number, **more}) if '{' in text else text

    def joined(self, texts: Iterable[str]) -> str:
        """Return texts one after the other, apart as lists are in the language; '' for none."""
        return put_together(self.content.ui_texts.joined, texts)

    def day(self, date: datetime.date) -> str:
        """Return a date in the words of the language."""
        return date_in_words(date, self.lang, self.content.service.region)

    def today(self) -> str:
        """Return the date of today in the words of the page's language."""
        return self.day(today(self.content.service))

    def language_of(self, source: Source) -> str:
        """Return the language in which a page of another site opens; '' where it is that of this page."""
        lang = self.lang if self.lang in source.url_in else source.lang or self.content.service.language
        return lang if lang != self.lang and lang in self.content.service.languages else ''


@cached_in_content(1024)
def _words(content: Content, key: str) -> str:
    text: str = getattr(content.ui_texts, key, None) or getattr(content.training.words, key)
    return fill(text, {'help': content.help_number}) if '{' in text else text
