"""What there is to translate: every text of the content that readers see, with the file and the place that it stands at."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import NamedTuple

from guidance.content.loaded import Files
from guidance.content.local_text import original
from guidance.content.problem import Place
from guidance.content.yamlfile import KeyPath
from guidance.content.yamlfile import YamlFile
from guidance.languages.catalogue import Key


class Message(NamedTuple):
    """A text of the catalogues. Its kind, such as `Question.ask`, is its context there. `program`: it is the program's own."""

    kind: str
    text: str
    file: YamlFile
    path: KeyPath
    program: bool = False

    @property
    def key(self) -> Key:
        """What the text stands under in the catalogues."""
        return self.kind, self.text

    def place(self) -> Place:
        """Return where the text stands."""
        return self.file.place(self.path)


Messages = Mapping[Key, Message]
"""The texts of a content, each once."""


def every_message(files: Files) -> Iterator[Message]:
    """Yield every text that readers see, in the order of the files; the cases for staff come last."""
    for loaded in files.every():
        for placed in loaded.texts:
            file = loaded.file_of(placed.path)
            yield Message(placed.kind, original(placed.text), file, placed.path, file is loaded.defaults)


def messages(files: Files) -> Messages:
    """Return every text once, as `every_message` yields it first."""
    first: dict[Key, Message] = {}
    for message in every_message(files):
        first.setdefault(message.key, message)
    return first


def languages(files: Files) -> tuple[str, ...]:
    """Return the languages of the content; the first is the one that the content is written in."""
    return tuple(files.service.value.languages)
