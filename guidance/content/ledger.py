"""The ledger of a content: one file for each of its editions, so that codes made of an earlier one can still be opened."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

from guidance.content.disk import Unreadable
from guidance.content.disk import read_text
from guidance.content.edition import Asked
from guidance.content.edition import Choice
from guidance.content.edition import Edition
from guidance.content.edition import Questions
from guidance.content.edition import read_edition
from guidance.content.edition import written_edition
from guidance.content.files import replace
from guidance.content.model import Content
from guidance.content.problem import Place
from guidance.content.problem import Problem

LEDGER = 'data/ledger'
"""Where the editions stand, each as NUMBER.json. A program writes and reads them, nobody else."""

_NAME = re.compile(r'[1-9][0-9]{0,3}\.json')
_EXPECTED = 'the file as `ledger --record` wrote it'


def questions_of(content: Content) -> Questions:
    """Return what the journeys of a content are made of, on whatever day."""
    return tuple(
        Asked(
            question.id,
            question.many,
            question.when,
            tuple(Choice(option.id, option.alone, option.when) for option in question.options),
        )
        for question in (content.whole or content).questions
    )


def edition_of(content: Content) -> int:
    """Return the number of a content's edition: that of the recorded one with its questions, else the one that comes next."""
    questions = questions_of(content)
    same = [recorded.number for recorded in content.ledger if recorded.questions == questions]
    return same[-1] if same else len(content.ledger) + 1


def record(folder: Path, content: Content, today: datetime.date) -> Path | None:
    """Write the edition of a content into its ledger; return the new file, or None if the edition is recorded already.

    Raises OSError if it cannot be written.
    """
    number = edition_of(content)
    if number <= len(content.ledger):
        return None
    path = folder / LEDGER / f'{number}.json'
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, written_edition(Edition(number, today, questions_of(content))).encode())
    return path


def read_ledger(folder: Path) -> tuple[tuple[Edition, ...], list[Problem]]:
    """Return the editions of a content folder, from number 1 on, and what is wrong with its ledger."""
    found: dict[int, Edition] = {}
    problems: list[Problem] = []
    for path in sorted((folder / LEDGER).glob('[!.]*')):
        name = f'{LEDGER}/{path.name}'
        if not _NAME.fullmatch(path.name):
            problems.append(Problem(Place(name), 'nothing reads this file', 'NUMBER.json, written by `ledger --record`'))
            continue
        try:
            found[int(path.stem)] = _numbered(read_edition(read_text(path, name)), int(path.stem))
        except Unreadable as error:
            problems.append(error.problem)
        except json.JSONDecodeError as error:
            problems.append(Problem(Place(name, error.lineno, error.colno), f'this is no JSON: {error.msg}', _EXPECTED))
        except ValueError as error:
            problems.append(Problem(Place(name), str(error), _EXPECTED))
    if not problems:
        problems += _contradictions(found)
    return (() if problems else tuple(found[number] for number in sorted(found))), problems


def _numbered(found: Edition, number: int) -> Edition:
    if found.number != number:
        raise ValueError(f'this is edition {found.number}, and the name of its file says {number}')
    return found


def _contradictions(found: Mapping[int, Edition]) -> Iterator[Problem]:
    """Yield what the editions together say that cannot be."""
    before: Edition | None = None
    for number in range(1, max(found, default=0) + 1):
        place = Place(f'{LEDGER}/{number}.json')
        if number not in found:
            yield Problem(place, 'this edition is missing: its codes could not be opened', 'every edition from 1 on')
            continue
        each = found[number]
        if before and each.recorded < before.recorded:
            yield Problem(place, f'this edition is older than edition {before.number}', 'editions in the order of their days')
        if before and each.questions == before.questions:
            yield Problem(place, f'this edition is the same as edition {before.number}', 'one file for each edition')
        before = each


def changed_since(content: Content) -> Problem | None:
    """Return a warning if the questions are others than those of the edition that was recorded last."""
    if not content.ledger or edition_of(content) <= len(content.ledger):
        return None
    last = content.ledger[-1]
    now, then = questions_of(content), last.questions
    changed = [question.id for question in (*now, *then) if question not in now or question not in then]
    what = ', '.join(f'`{name}`' for name in list(dict.fromkeys(changed))[:3]) or 'their order'
    message = (
        f'the questions changed since number {last.number} of the ledger was recorded ({what}): codes may become those of others'
    )
    return Problem(Place(f'{LEDGER}/{last.number}.json'), message, '`ledger --record` before this is published', 'warning')


def forgotten(content: Content) -> Iterator[Problem]:
    """Yield a warning for each question and option of the ledger that the content does not know, neither as renamed nor as gone.

    Answers with it are lost without a word, in codes and in links of then.
    """
    questions = {question.id: question for question in (content.whole or content).questions}
    told: set[tuple[str, str]] = set()
    for recorded in content.ledger:
        for line, asked in enumerate(recorded.questions, start=2):  # the first line has what the edition is
            place = Place(f'{LEDGER}/{recorded.number}.json', line)
            question = questions.get(content.renamed.get(asked.id, asked.id))
            if question is None:
                names = [] if asked.id in content.gone else ['']
            else:
                known = {name for option in question.options for name in (option.id, *option.was)} | question.gone.keys()
                names = [option.id for option in asked.options if option.id not in known]
            for name in names:
                if (asked.id, name) not in told:
                    told.add((asked.id, name))
                    what = f'the option `{name}` of `{asked.id}`' if name else f'the question `{asked.id}`'
                    message = f'{what} was asked in number {recorded.number} of the ledger, and nothing has this name now'
                    yield Problem(place, message, 'the name under `was:` of what it became, or under `gone:`', 'warning')
