"""What is no text to translate and yet differs by language: the address of a page, a number with its extension."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from guidance.content.format import Channel
from guidance.content.format import Contact
from guidance.content.format import Source
from guidance.content.loaded import Files
from guidance.content.local_text import LocalText


def in_language(files: Files, lang: str) -> Files:
    """Return the content with the web addresses and numbers that readers of a language are given."""
    contacts, sources = files.contacts, files.sources
    return replace(
        files,
        contacts=replace(contacts, value=MappingProxyType({n: _contact(each, lang) for n, each in contacts.value.items()})),
        sources=replace(sources, value=MappingProxyType({n: _source(each, lang) for n, each in sources.value.items()})),
    )


def _contact(contact: Contact, lang: str) -> Contact:
    if not any(lang in channel.value_in for channel in contact.channels):
        return contact
    return contact.model_copy(update={'channels': tuple(_channel(channel, lang) for channel in contact.channels)})


def _channel(channel: Channel, lang: str) -> Channel:
    if lang not in channel.value_in:
        return channel
    return channel.model_copy(update={'value': LocalText(channel.value_in[lang], channel.value, lang)})


def _source(source: Source, lang: str) -> Source:
    return source.model_copy(update={'url': source.url_in[lang]}) if lang in source.url_in else source
