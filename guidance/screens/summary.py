"""A result in a few words: what stands of its parts while they are folded, and on the first page of paper."""

from __future__ import annotations

from guidance.content.model import Content
from guidance.journey.walk import Result
from guidance.languages.language import semicolon
from guidance.screens.contacts import named_numbers
from guidance.screens.parts import Summary
from guidance.screens.texts import ScreenTexts


def summary(texts: ScreenTexts, result: Result) -> Summary:
    """Return the summary of a result."""
    content, between = texts.content, semicolon(texts.lang)
    items = (*result.cannot, *(result.other_limits if result.in_scope else ()))
    limits = [content.limitations[item.id] for item in items]
    return Summary(
        can=_can(texts, result, between),
        cannot=between.join(limit.title for limit in limits),
        numbers=tuple(named_numbers(texts, result.contacts)),
        limits=tuple(item.lines[0].say if item.lines else limit.say for item, limit in zip(items, limits, strict=True)),
    )


def _can(texts: ScreenTexts, result: Result, between: str) -> str:
    """Name what the reader can ask for; what only somebody else can ask for is named as that."""
    own, others = (between.join(_titles(texts.content, result, may_ask=may_ask)) for may_ask in (True, False))
    asked = texts.words('others_ask', titles=others) if others else ''
    return between.join(filter(None, (own, asked)))


def _titles(content: Content, result: Result, *, may_ask: bool) -> list[str]:
    return [content.assistance[item.id].title for item in result.can if item.may_ask is may_ask]
