"""The files of a content folder, each with what stands in it: which there are, where, and of which shape."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import Any
from typing import Generic
from typing import Literal
from typing import TypeVar

from guidance.content.case_format import Case
from guidance.content.fields import Id
from guidance.content.fields import Map
from guidance.content.fields import When
from guidance.content.flow_format import FlowSpec
from guidance.content.flow_format import Lines
from guidance.content.format import Assistance
from guidance.content.format import Contact
from guidance.content.format import Limitation
from guidance.content.format import ListFile
from guidance.content.format import Service
from guidance.content.format import Source
from guidance.content.format import StepSpec
from guidance.content.texts import PlacedText
from guidance.content.texts import texts
from guidance.content.training_words import Training
from guidance.content.ui_texts import UiTexts
from guidance.content.yamlfile import KeyPath
from guidance.content.yamlfile import YamlFile

T_co = TypeVar('T_co', covariant=True)


@dataclass(frozen=True)
class Loaded(Generic[T_co]):
    """A file, and what stands in it as a value of its shape; what it lacks stands in `defaults`, a file of the program."""

    file: YamlFile
    value: T_co
    defaults: YamlFile | None = None

    @cached_property
    def texts(self) -> list[PlacedText]:
        """Every text of it, in the order of the file."""
        return texts(self.value)

    @property
    def written(self) -> dict[str, Any]:
        """What the file itself says, by the keys at its top; nothing of an empty one."""
        return self.file.data or {}

    def file_of(self, path: KeyPath) -> YamlFile:
        """Return the file in which the value at `path` stands."""
        written = self.file.data
        for part in path if self.defaults else ():
            if not isinstance(written, dict) or part not in written:
                return self.defaults or self.file
            written = written[part]
        return self.file


TableName = Literal['assistance', 'limitations', 'steps', 'lines', 'conditions', 'contacts', 'sources']
"""Which file of entries that others refer to by their ids."""


def _at(path: str) -> Any:
    """Return the field of a file, or of a folder of files, that stands at `path` in the content folder."""
    return field(metadata={'path': path})


@dataclass(frozen=True)
class Files:
    """All files of a content, in the order in which they are read.

    A field is a file, or a folder of them: name without `.yaml` -> file. From its annotation comes the shape.
    """

    service: Loaded[Service] = _at('data/service.yaml')
    ui_texts: Loaded[UiTexts] = _at('data/interface.yaml')
    training: Loaded[Training] = _at('data/training.yaml')
    assistance: Loaded[Map[Id, Assistance]] = _at('data/assistance.yaml')
    limitations: Loaded[Map[Id, Limitation]] = _at('data/limitations.yaml')
    steps: Loaded[Map[Id, StepSpec]] = _at('data/steps.yaml')
    lines: Loaded[Map[Id, Lines]] = _at('data/lines.yaml')
    conditions: Loaded[Map[Id, When]] = _at('data/conditions.yaml')
    contacts: Loaded[Map[Id, Contact]] = _at('data/contacts.yaml')
    sources: Loaded[Map[Id, Source]] = _at('data/sources.yaml')
    flows: Mapping[str, Loaded[FlowSpec]] = _at('flows')
    lists: Mapping[str, Loaded[ListFile]] = _at('data/lists')
    cases: Mapping[str, Loaded[Case]] = _at('data/cases')

    @property
    def tables(self) -> Mapping[TableName, Loaded[Mapping[str, object]]]:
        """The files of entries by id."""
        return {
            'assistance': self.assistance,
            'limitations': self.limitations,
            'steps': self.steps,
            'lines': self.lines,
            'conditions': self.conditions,
            'contacts': self.contacts,
            'sources': self.sources,
        }

    def every(self) -> Iterator[Loaded[object]]:
        """Yield every file, in the order of what people read first: the flows from `main` on; the cases for staff come last."""
        yield self.flows['main']
        yield from (flow for name, flow in self.flows.items() if name != 'main')
        yield from (self.service, self.ui_texts, self.training)
        yield from self.tables.values()
        yield from self.lists.values()
        yield from self.cases.values()


FORMER_ALARM = 'danger'
"""The urgency that had the colour of alarm by its name, before one could say `alarm: true`."""


def without_alarm(files: Files) -> str | None:
    """Return the name of the urgency that a content of then means to be in the colour of alarm, and that has it no more."""
    written = files.service.written.get('urgencies') or {}
    named = written.get(FORMER_ALARM)
    return FORMER_ALARM if named and not any('alarm' in each for each in written.values()) else None
