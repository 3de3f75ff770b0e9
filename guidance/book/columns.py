"""A content in one language, as one column of the book: its words, and conditions in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from guidance.content.braces import fill
from guidance.content.braces import put_together
from guidance.content.condition import Condition
from guidance.content.desk_words import DeskWords
from guidance.content.model import Content
from guidance.content.model import Wording
from guidance.languages.language import date_in_words
from guidance.languages.program import desk_words
from guidance.proof.explain import in_words


@dataclass(frozen=True, eq=False)
class Column:
    """A content, which is in the language `lang`."""

    content: Content
    lang: str

    @cached_property
    def _words(self) -> DeskWords:
        return desk_words(self.lang)

    def t(self, key: str, **more: object) -> str:
        """Return a text of the desk, with its braces filled in."""
        text: str = getattr(self._words, key)
        return fill(text, more) if more else text

    def on_page(self, key: str) -> str:
        """Return a heading as it stands on the pages of the wizard."""
        return fill(getattr(self.content.ui_texts, key), {'help': self.content.help_number})

    def joined(self, texts: Iterable[str]) -> str:
        """Return texts one after the other, apart as lists are in the language; '' for none."""
        return put_together(self.content.ui_texts.joined, texts)

    def day(self, date: datetime.date) -> str:
        """Return a date in the words of the language."""
        return date_in_words(date, self.lang, self.content.service.region)

    def condition(self, condition: Condition) -> str:
        """Return a condition in words; '' for one that always holds."""

        def words(key: str, **more: object) -> str:
            return fill(getattr(self.content.training.words, key), more)

        return in_words(self.content, condition, words, {})

    def only_if(self, condition: Condition) -> str:
        """Return a condition as a remark; '' for one that always holds."""
        said = self.condition(condition)
        return self.t('only_if', condition=said) if said else ''

    @staticmethod
    def usual(wording: Wording) -> str:
        """Return how something reads where nothing special holds."""
        return wording.variants[-1].say
