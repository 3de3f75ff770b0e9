"""What a content consists of, and where each of its texts appears: for those who write, check or translate it."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType

from guidance.content.desk_words import DeskWords
from guidance.content.fields import Shape
from guidance.content.load import NEEDED
from guidance.content.loaded import Files
from guidance.content.loaded import Loaded
from guidance.content.placeholders import placeholders
from guidance.content.training_words import TrainingWords
from guidance.content.ui_texts import Plural
from guidance.content.ui_texts import UiTexts

_CONTACT = 'with the contact, on a result'
_TRAINING = 'training pages'
_TURN = 'training: when this question of the case was answered'
_LESSONS = 'training: after the case'

APPEARS: Mapping[str, str] = MappingProxyType(
    {
        'FlowFile.gone': 'a notice to whoever opens an old link',
        'Variant.say': 'a question, or a result: where its key says (`ask`, `hint`, `why`; `title`, `summary`, `no-assistance`)',
        'Option.label': 'a question; the list of answers; conditions in words, in training',
        'Option.hint': 'a question, under the option',
        'Question.gone': 'a notice to whoever opens an old link',
        'StepLine.say': 'a result, what to do now; the text to paste',
        'Step.say': 'a result, what to do now; the text to paste',
        'Line.say': 'a result, what can and what cannot be done',
        'Assistance.title': 'a result, what can be done; training',
        'Assistance.say': 'training: what an over-promise would have been',
        'Assistance.who-may-ask': 'a result, what can be done; training',
        'Assistance.how-to-ask': 'a result, what can be done',
        'Limitation.title': 'a result, what cannot be done; training',
        'Limitation.say': 'a result, under "also", where the result says nothing of its own about it',
        'Service.name': 'every page, its title, and the text to paste',
        'Service.short-name': 'the top of every page',
        'Service.description': 'search engines and previews of a link',
        'Service.owner': 'the foot of every page',
        'Service.can-do': 'the start page',
        'Service.cannot-do': 'the start page',
        'Service.disclaimer': 'the foot of every page',
        'Service.privacy': 'the start page; the foot of every page',
        'Service.report': 'the foot of every page',
        'EmergencyGroup.title': 'the emergency strip of every page',
        'Contact.name': 'the emergency strip; with the contact, on a result; the text to paste',
        'Contact.short': 'the emergency strip',
        'Contact.of': _CONTACT,
        'Contact.note': _CONTACT,
        'Contact.hours': _CONTACT,
        'Contact.unknown': 'below the contacts, on a result and where a question names whom to contact',
        'Channel.name': _CONTACT,
        'Channel.note': _CONTACT,
        'Row.label': 'as the label of an option',
        'Field.say': 'in a text that names the row that was chosen',
        'Group.label': 'a question with many options, over those of the group',
        'Source.title': 'a result, its sources and where to read on; under a number that is not confirmed',
        'Source.publisher': 'the same',
        'Case.title': 'training: the library, and every page of the case',
        'Case.caller': 'training: every page of the case',
        'Case.story': 'training: every page of the case',
        'Case.say': _LESSONS,
        'Case.never-say': _LESSONS,
        'Case.debrief': _LESSONS,
        'Case.basis': _LESSONS,
        'Turn.because': 'training: a demonstration, and after the case',
        'Turn.tells': _TURN,
        'Turn.wrong': 'training: at this wrong turn, and after the case',
        'Turn.say': 'training: a demonstration',
        'Turn.never-say': 'training: a demonstration',
        'Training.topics': 'training: the library, and the table',
        'Training.difficulties': 'training: the library',
    }
)
"""Kind of text -> where readers see it; those of the screens are in `SECTIONS`."""

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        'Interface.language': 'every page',
        'Interface.start-title': 'the start page',
        'Interface.back': 'a question',
        'Interface.notice-unread': 'a notice about the link that was opened',
        'Interface.jump': 'a result',
        'Interface.received': 'a result that somebody shared',
        'Interface.not-found-title': 'a page that is not there, and a fault',
        'Interface.to-plain': 'the plain edition, and a result kept as a file',
        'Interface.changes': 'the page that tells what has changed',
        'Interface.draft': 'a draft as staff see it',
        'TrainingWords.training': 'every training page',
        'TrainingWords.library-title': 'training: the library',
        'TrainingWords.mode-practise': 'training: a case and its three ways',
        'TrainingWords.turn-fits': 'training: practise',
        'TrainingWords.marks-title': 'training: assess',
        'TrainingWords.path-title': 'training: after the case',
        'TrainingWords.show-step': 'training: a demonstration',
        'TrainingWords.table-title': 'training: the table',
        'Desk.desk': 'the desk, the book and the map: in the words of the program only',
    }
)
"""The first text of a section of the screens -> the page that it and those after it are for, in the order of the files."""


_OTHERWISE: Mapping[str, str] = MappingProxyType(
    {
        'ui_texts': 'what the screens say in words of this service, instead of those of the program',
        'lines': 'lines that several outcomes say',
        'conditions': 'conditions that have a name',
    }
)
"""Files of which the shape does not tell what stands in them."""

_ABOUT_TEXTS = (
    'A text is called by its shape and its key, as in the catalogues (`msgctxt`). What a text may hold in braces is filled in',
    'by name; in other texts braces are refused. In each text of the screens `{help}` is filled in, too: the number to call.',
)


def guide() -> str:
    """Return which files a content has, where each text appears and what is filled in, as Markdown."""
    return '\n'.join(
        [
            '# The files of a content, and where their texts appear',
            '',
            'This page is printed by `.venv/bin/python -m guidance format texts`.',
            '',
            '## Files',
            '',
            '| file | | what stands in it |',
            '|---|---|---|',
            *(f'| `{path}` | {"needed" if needed else ""} | {about} |' for path, needed, about in _files()),
            '| `data/translations/LANGUAGE.po` | for each further language | made and brought up to date by `translate` |',
            '| `data/confirmations.json` | once somebody confirms something | who confirmed what, written by `confirm` |',
            '| `data/paragraphs.json` | once there is a book | the numbers of its paragraphs, written by `book` |',
            '| `data/ledger/NUMBER.json` | once codes are used | the editions of the questions, written by `ledger --record` |',
            '',
            '## Where each text appears',
            '',
            *_ABOUT_TEXTS,
            '',
            '| text | appears | may hold |',
            '|---|---|---|',
            *(f'| `{kind}` | {where} | {" ".join(f"`{{{name}}}`" for name in names)} |' for kind, where, names in _texts()),
            '',
        ]
    )


def _files() -> Iterator[tuple[str, bool, str]]:
    """Yield each file, or folder of them: where, whether every content has it, and what it is for."""
    annotations = typing.get_type_hints(Files, include_extras=True)
    for field in fields(Files):
        annotation = annotations[field.name]
        is_folder = typing.get_origin(annotation) is not Loaded
        path = field.metadata['path'] + ('/NAME.yaml' if is_folder else '')
        needed = field.name == 'flows' or path in NEEDED
        yield path, needed, _OTHERWISE.get(field.name) or _about(list(_shapes(annotation))[-1])


def _shapes(annotation: object) -> Iterator[type[Shape]]:
    """Yield the shapes that an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _shapes(part)


def _about(shape: type[Shape]) -> str:
    first = inspect.cleandoc(shape.__doc__ or '').split('\n')[0].split('. ')[0].rstrip('.')
    return first.partition(': ')[2] or first


def _texts() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each kind of text: its name, where it appears, and the names that are filled in."""
    for kind, where in APPEARS.items():
        yield kind, where, ()
    where = ''
    for shape in (UiTexts, TrainingWords, DeskWords):
        for name, field in shape.model_fields.items():
            kind = f'{shape.context}.{field.alias or name}'
            where = SECTIONS.get(kind, where)
            filled = placeholders()['Plural.other' if field.annotation is Plural else kind]
            yield kind, where, tuple(name for name in filled if name != 'help')
