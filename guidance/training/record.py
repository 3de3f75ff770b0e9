"""A record of training: what the address of a training page holds beside the answers, and whether it still stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from guidance.content.case_format import Case
from guidance.content.model import Content
from guidance.journey.cache import cached_in_content
from guidance.journey.query import Reading
from guidance.journey.walk import former_fingerprint
from guidance.training.case import live_result

MAX_LABEL = 20  # characters
_LABEL = re.compile(r'[^\w .-]|_')

Mode = Literal['choose', 'show', 'practise', 'assess', 'table']
"""What is done on a training page. To choose a case, or how to work on one, stands in no address."""

MODES: tuple[Mode, ...] = ('show', 'practise', 'assess')
"""The ways to work on a case."""

Doubt = Literal['', 'changed', 'damaged']
"""What is the matter with a finished record: nothing, the content has changed since, or its link was damaged."""


@dataclass(frozen=True)
class Record:
    """What the address of a training page says beside the answers.

    `offered` and `stated` are the marks of an assessed case, which count once `done`. `practised` are the cases that this
    trainee went through. `wrong` is the question whose answer is being talked about, `step` that of a demonstration.
    """

    case: str | None = None
    mode: Mode = 'choose'
    offered: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    done: bool = False
    label: str = ''
    practised: tuple[str, ...] = ()
    step: int = 0
    wrong: str | None = None
    topic: str | None = None
    practises: str | None = None

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the address that say this, without the answers."""
        values = {
            'case': self.case,
            'mode': None if self.mode == 'choose' else self.mode,
            'step': str(self.step) if self.step else None,
            'topic': self.topic,
            'practises': self.practises,
            'practised': '.'.join(self.practised),
            'wrong': self.wrong,
            'offer': '.'.join(self.offered),
            'limits': '.'.join(self.stated),
            'label': self.label,
            'done': '1' if self.done else None,
        }
        return {name: value for name, value in values.items() if value}


def read_record(content: Content, reading: Reading) -> Record:
    """Return the record that an address holds. Never fails; what is not known is left out.

    Where a name stands there twice with two meanings, none of them counts, and the case is not done.
    """
    parameters = {name: values[0] for name, values in reading.more.items() if len(set(values)) == 1}
    clear = len(parameters) == len(reading.more)
    step, wrong = parameters.get('step', ''), parameters.get('wrong', '').lower()
    return Record(
        case=_known(parameters, 'case', content.cases),
        mode=_mode(parameters.get('mode', '').lower()),
        offered=_all_known(parameters, 'offer', content.assistance),
        stated=_all_known(parameters, 'limits', content.limitations),
        done=clear and parameters.get('done') == '1',
        label=clean_label(parameters.get('label', '')),
        practised=_all_known(parameters, 'practised', content.cases),
        step=int(step) if re.fullmatch('[0-9]{1,3}', step) else 0,
        wrong=wrong if wrong in content.question else None,
        topic=_known(parameters, 'topic', content.training.topics),
        practises=_known(parameters, 'practises', {**content.assistance, **content.limitations}),
    )


def clean_label(text: str) -> str:
    """Return what may stand in a link as a trainee's label: a few letters and digits, no markup, no formula."""
    return ' '.join(_LABEL.sub(' ', text).split())[:MAX_LABEL].strip(' .-')


def _mode(written: str) -> Mode:
    modes: tuple[Mode, ...] = (*MODES, 'table')
    return next((mode for mode in modes if mode == written), 'choose')


def _known(parameters: Mapping[str, str], name: str, known: Iterable[str]) -> str | None:
    value = parameters.get(name, '').strip().lower()
    return value if value in set(known) else None


def _all_known(parameters: Mapping[str, str], name: str, known: Iterable[str]) -> tuple[str, ...]:
    written = _pieces(parameters.get(name, ''))
    return tuple(identity for identity in known if identity in written)


def _pieces(value: str) -> set[str]:
    return {piece.strip() for piece in value.lower().split('.')} - {''}


@cached_in_content(1024)
def fingerprint(content: Content, case: Case) -> str:
    """Return a short hash of all that a score rests on: the live result and the case. It goes with a record."""
    return f'w{_hashed(content, case, live_result(content, case).fingerprint)}'


@cached_in_content(1024)
def _former_fingerprint(content: Content, case: Case) -> str:
    """Return the same by the rule of the first edition, for records of its time."""
    return _hashed(content, case, former_fingerprint(content, live_result(content, case)))


def _hashed(content: Content, case: Case, of_result: str) -> str:
    right = (*case.offer, '', *case.may_offer, '', *case.limits)
    rule = content.training.scoring.model_dump_json()
    return hashlib.sha256('\0'.join((of_result, *right, rule)).encode()).hexdigest()[:8]


def doubt(content: Content, case: Case, reading: Reading) -> Doubt:
    """Tell whether a finished record is still what was made: the content may have changed since, or its link been cut."""
    marks = {
        piece
        for name, known in (('offer', content.assistance), ('limits', content.limitations))
        for value in reading.more.get(name, ())
        for piece in _pieces(value)
        if piece not in known
    }
    if reading.seen is None or marks:
        return 'damaged'
    right = reading.seen in (fingerprint(content, case), _former_fingerprint(content, case))
    return '' if right else 'changed'
