"""Writing a case in the terminal: walk the flow as the caller would answer, and the file is made of the choices.

What to offer and which limits to state is asked of the author, never taken from the result: else a case could not tell
when the guidance is wrong.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from guidance.content import files
from guidance.content.case_format import Case
from guidance.content.condition import Answers
from guidance.content.fields import ID
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.content.problem import Problem
from guidance.journey.walk import accepted
from guidance.journey.walk import walk
from guidance.serving.check import check
from guidance.serving.check import checked

Ask = Callable[[str], str]
Tell = Callable[[str], object]

_LISTS = ('offer', 'may-offer', 'must-not-offer', 'limits')
_DESCRIBED = {field.alias or name: field.description or '' for name, field in Case.model_fields.items()}


class Left(Exception):
    """The author left before the end; `entered` is what there was by then."""

    def __init__(self, entered: Mapping[str, Any]) -> None:
        super().__init__('left')
        self.entered = entered


def write_case(folder: Path, name: str, ask: Ask = input, tell: Tell = print, today: datetime.date | None = None) -> int:
    """Ask for everything that makes a case and write `data/cases/NAME.yaml`; return the exit code.

    `ask` shows a prompt and returns a line. Raises ContentError if the content cannot be served as it is.
    """
    content = checked(folder, today)
    path = folder / 'data/cases' / f'{name}.yaml'
    draft = path.with_suffix('.draft')
    why = '' if ID.fullmatch(name) else 'small letters, digits, - and _'
    why = why or next((f'there is {taken.relative_to(folder)}' for taken in (path, draft) if taken.exists()), '')
    if why:
        tell(f'`{name}` cannot be the name of a new case: {why}')
        return 2
    try:
        text = _yaml(_case(content, ask, tell))
    except Left as left:
        tell('\nNothing was written. What you entered so far:\n')
        tell(_yaml(left.entered))
        return 1
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, text.encode())
    except OSError as error:
        tell(f'\n{path.relative_to(folder)} cannot be written ({error}). What you entered:\n')
        tell(text)
        return 1
    report = check(folder, today)
    if report.errors:
        path.rename(draft)
        _tell_why_put_aside(report.errors, path, draft.relative_to(folder), tell)
        return 1
    tell(f'\n{path.relative_to(folder)} is written.')
    _tell_differences([problem for problem in report.warnings if folder / problem.place.file == path], tell)
    return 0


def _tell_why_put_aside(problems: Iterable[Problem], path: Path, draft: Path, tell: Tell) -> None:
    for problem in problems:
        tell(str(problem))
    tell('With this case no content could be served, so it is put aside.')
    tell(f'Mend {draft}, then name it {path.name}.')


def _tell_differences(problems: Iterable[Problem], tell: Tell) -> None:
    """Tell where the new case and the content disagree, or what comes next."""
    differing = [problem for problem in problems if 'under revision' in problem.message]
    for problem in differing:
        tell(str(problem))
    if differing:
        tell('As long as case and guidance disagree, the case is under revision. One of the two is wrong: mend that one.')
    else:
        tell('The wizard gives what the case expects. Next: `python -m guidance translate`, then have it translated.')


def _case(content: Content, ask: Ask, tell: Tell) -> dict[str, Any]:
    entered: dict[str, Any] = {}
    try:
        for key in ('title', 'caller', 'story'):
            entered[key] = _needed(ask, _prompt(key))
        entered['topic'] = _one(ask, tell, 'The topic', content.training.topics)
        entered['difficulty'] = _one(ask, tell, 'The difficulty', content.training.difficulties)
        entered['minutes'] = int(_one(ask, tell, 'Minutes it takes', {str(n): f'{n} minutes' for n in (5, 8, 10, 12, 15)}))
        entered['turns'] = _turns(content, ask, tell, entered)
        titles = {name: assistance.title for name, assistance in content.assistance.items()}
        limits = {name: limitation.title for name, limitation in content.limitations.items()}
        for key in _LISTS:
            entered[key] = _several(ask, tell, _prompt(key), limits if key == 'limits' else titles)
        entered['say'] = _lines(ask, tell, _prompt('say'), least=0)
        entered['never-say'] = _lines(ask, tell, _prompt('never-say'), least=1)
        for key in ('debrief', 'basis'):
            entered[key] = _needed(ask, _prompt(key))
        sources = {name: source.title for name, source in content.sources.items()}
        entered['sources'] = _several(ask, tell, _prompt('sources'), sources)
    except (EOFError, KeyboardInterrupt):
        raise Left(entered) from None
    order = [key for key in _DESCRIBED if entered.get(key)]
    return {key: entered[key] for key in order}


def _turns(content: Content, ask: Ask, tell: Tell, entered: dict[str, Any]) -> dict[str, Any]:
    """Walk the flow; `b` takes the last answer back."""
    turns: dict[str, Any] = {}
    entered['turns'] = turns
    tell('\nNow answer the questions as a good officer would for this caller. `b` goes back one question.')
    answers: dict[str, tuple[str, ...]] = {}
    while question := walk(content, answers).next:
        chosen = _answer(ask, tell, question, answers)
        if chosen is None:
            if turns:
                turns.popitem()
                answers.popitem()
            continue
        says = ask('What the caller says only when asked this (empty: the story tells it): ').strip()
        because = _needed(ask, 'Why this is the answer')
        answers[question.id] = chosen
        turns[question.id] = {'answer': list(chosen), 'because': because} | ({'tells': says} if says else {})
    return turns


def _answer(ask: Ask, tell: Tell, question: Question, before: Answers) -> tuple[str, ...] | None:
    tell(f'\n{question.ask.for_(before)}' + (' (several numbers, if several fit)' if question.many else ''))
    names = {option.id: option.label for option in question.offered(before)}
    while True:
        chosen = _numbers(ask, tell, names, back=True)
        if chosen is None:
            return None
        if answer := accepted(question, chosen):
            return answer
        tell('This is not one answer to this question.')


def _numbers(ask: Ask, tell: Tell, choices: Mapping[str, str], back: bool = False) -> list[str] | None:
    names = list(choices)
    for number, title in enumerate(choices.values(), 1):
        tell(f'  {number}. {title}')
    while True:
        line = ask('Number: ').strip().lower()
        if back and line == 'b':
            return None
        parts = line.replace(',', ' ').split()
        if all(part.isdecimal() and 0 < int(part) <= len(names) for part in parts):
            return [names[int(part) - 1] for part in parts]
        tell(f'Numbers from 1 to {len(names)}, please.')


def _one(ask: Ask, tell: Tell, what: str, choices: Mapping[str, str]) -> str:
    tell(f'\n{what}:')
    while True:
        chosen = _numbers(ask, tell, choices) or []
        if len(chosen) == 1:
            return chosen[0]
        tell('One number, please.')


def _several(ask: Ask, tell: Tell, what: str, choices: Mapping[str, str]) -> list[str]:
    tell(f'\n{what} (several numbers, or none):')
    return _numbers(ask, tell, choices) or []


def _needed(ask: Ask, what: str) -> str:
    while not (line := ask(f'{what}: ').strip()):
        pass
    return line


def _lines(ask: Ask, tell: Tell, what: str, least: int) -> list[str]:
    tell(f'\n{what}, one after the other; an empty line ends it.')
    lines: list[str] = []
    while (line := ask('- ').strip()) or len(lines) < least:
        lines += [line] if line else []
    return lines


def _prompt(key: str) -> str:
    described = _DESCRIBED[key]
    return described[0].upper() + described[1:]


def _yaml(entered: Mapping[str, Any]) -> str:
    return yaml.safe_dump(_short(entered), allow_unicode=True, sort_keys=False, width=120)


def _short(value: Any) -> Any:
    """Return an answer of one option as that option, as people write it."""
    if isinstance(value, Mapping):
        return {key: part[0] if key == 'answer' and len(part) == 1 else _short(part) for key, part in value.items()}
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
