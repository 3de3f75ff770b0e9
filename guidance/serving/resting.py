"""What rests on each source: the sentences that are shown because of it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping

from guidance.content.model import Content


def resting(content: Content) -> Mapping[str, tuple[str, ...]]:
    """Return for each source what rests on it, each sentence once, in the order of the content."""
    found: dict[str, dict[str, None]] = {source: {} for source in content.sources}
    for source, said in _said(content):
        found[source][said] = None
    return {source: tuple(sentences) for source, sentences in found.items()}


def _said(content: Content) -> Iterator[tuple[str, str]]:
    for outcome in content.outcomes:
        yield from ((line.source, line.say) for line in outcome.lines)
    for assistance in content.assistance.values():
        yield assistance.source, assistance.say
    for limitation in content.limitations.values():
        yield limitation.source, limitation.say
    for contact in content.contacts.values():
        yield contact.source, contact.name
        for channel in contact.channels:
            if channel.source:
                yield channel.source, f'{contact.name}: {channel.value or channel.name}'
