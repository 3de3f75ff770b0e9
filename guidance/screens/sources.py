"""What is said of the pages that a line rests on: who published them, when they were seen, and what to be careful of."""

from __future__ import annotations

from guidance.content.format import Source
from guidance.content.model import Content
from guidance.content.trust import needs_confirmation
from guidance.journey.walk import Result
from guidance.screens.texts import ScreenTexts


def sources_of(content: Content, result: Result) -> tuple[str, ...]:
    """Return the names of the sources of everything that a result shows, each once."""
    named = [step.source for step in result.steps]
    named += [content.assistance[item.id].source for item in result.can]
    named += [content.limitations[item.id].source for item in (*result.cannot, *result.other_limits)]
    named += [line.source for item in (*result.can, *result.cannot) for line in item.lines]
    named += [content.contacts[identity].source for identity in result.contacts]
    named += [c.source for identity in result.contacts for c in content.contacts[identity].channels if c.source]
    return tuple(dict.fromkeys(named))


def published(texts: ScreenTexts, source: Source) -> str:
    """Return who published a page, when it was made and looked up, and whether that was confirmed."""
    if is_practice(source):
        return source.publisher
    looked, publisher = texts.day(source.looked_up), source.publisher
    if source.dated:
        said = texts.words('source_dated', publisher=publisher, date=texts.day(source.dated), looked=looked)
    else:
        said = texts.words('source_undated', publisher=publisher, looked=looked)
    return said if source.confirmed_by_owner else texts.words('source_unconfirmed', source=said)


def caveat(texts: ScreenTexts, source: Source) -> str:
    """Return what stands beside a line that rests on this source: nothing for an official page."""
    if is_practice(source):
        return texts.words('practice')
    return texts.words('not_official') if needs_confirmation(source) else ''


def meaning(texts: ScreenTexts, source: Source) -> str:
    """Return what a `caveat` means, which is said once for all lines that have it."""
    if is_practice(source):
        return texts.words('practice_means')
    return texts.words('confirm') if needs_confirmation(source) else ''


def legend(texts: ScreenTexts, result: Result) -> tuple[str, ...]:
    """Return what the caveats beside the lines of a result mean, each once."""
    lines = (*result.steps, *(line for item in (*result.can, *result.cannot) for line in item.lines))
    sources = dict.fromkeys(line.source for line in lines)
    return tuple(dict.fromkeys(filter(None, (meaning(texts, texts.content.sources[name]) for name in sources))))


def is_practice(source: Source) -> bool:
    """Tell whether this stands for practical advice, without a published page behind it."""
    return source.confidence == 'practice'
