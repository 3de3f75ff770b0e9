"""Writing a case in the terminal: walk the flow as the caller would answer, and the file is made of the choices.

What to offer and which limits to state is asked of the author, never taken from the result: else a case could not tell
when the guidance is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from guidance.content import files
from guidance.content.fields import ID
from guidance.content.format import Scenario
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey.walk import accepted
from guidance.journey.walk import walk
from guidance.serving.check import check
from guidance.serving.check import checked

Ask = Callable[[str], str]
Tell = Callable[[str], object]

_LISTS = ('offer', 'may-offer', 'must-not-offer', 'limits')
_DESCRIBED = {field.alias or name: field.description or '' for name, field in Scenario.model_fields.items()}


class Left(Exception):
    """The author left before the end; `entered` is what there was by then."""

    def __init__(self, entered: Mapping[str, Any]) -> None:
        super().__init__('left')
        self.entered = entered


def write_case(folder: Path, name: str, ask: Ask = input, tell: Tell = print) -> int:
    """Ask for everything that makes a case and write `data/scenarios/NAME.yaml`; return the exit code.

    `ask` shows a prompt and returns a line. Raises ContentError if the content cannot be served as it is.
    """
    content = checked(folder)
    path = folder / 'data/scenarios' / f'{name}.yaml'
    draft = path.with_suffix('.draft')
    why = '' if ID.fullmatch(name) else 'small letters, digits, - and _'
    why = why or next((f'there is {each.relative_to(folder)}' for each in (path, draft) if each.exists()), '')
    if why:
        tell(f'`{name}` cannot be the name of a new case: {why}')
        return 2
    try:
        written = _case(content, ask, tell)
    except Left as left:
        tell('\nNothing was written. What you entered so far:\n')
        tell(_yaml(left.entered))
        return 1
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, _yaml(written).encode())
    except OSError as error:
        tell(f'\n{path.relative_to(folder)} cannot be written ({error}). What you entered:\n')
        tell(_yaml(written))
        return 1
    report = check(folder)
    if report.errors:
        path.rename(draft)
        for problem in report.errors:
            tell(str(problem))
        tell('With this case no content could be served, so it is put aside.')
        tell(f'Mend {draft.relative_to(folder)}, then name it {path.name}.')
        return 1
    tell(f'\n{path.relative_to(folder)} is written.')
    found = [problem for problem in report.warnings if problem.place.file == f'data/scenarios/{name}.yaml']
    differing = [problem for problem in found if 'under revision' in problem.message]
    for problem in differing:
        tell(str(problem))
    if differing:
        tell('As long as case and guidance disagree, the case is under revision. One of the two is wrong: mend that one.')
    else:
        tell('The wizard gives what the case expects. Next: `python -m guidance translate`, then have it translated.')
    return 0


def _case(content: Content, ask: Ask, tell: Tell) -> dict[str, Any]:
    entered: dict[str, Any] = {}
    try:
        for key in ('title', 'caller', 'story'):
            entered[key] = _needed(ask, _prompt(key))
        entered['topic'] = _one(ask, tell, 'The topic', content.training.topics)
        entered['difficulty'] = _one(ask, tell, 'The difficulty', content.training.difficulties)
        entered['minutes'] = int(_one(ask, tell, 'Minutes it takes', {str(n): f'{n} minutes' for n in (5, 8, 10, 12, 15)}))
        entered['turns'] = _turns(content, ask, tell, entered)
        titles = {name: each.title for name, each in content.assistance.items()}
        limits = {name: each.title for name, each in content.limitations.items()}
        for key in _LISTS:
            entered[key] = _several(ask, tell, _prompt(key), limits if key == 'limits' else titles)
        entered['say'] = _lines(ask, tell, _prompt('say'), least=0)
        entered['never-say'] = _lines(ask, tell, _prompt('never-say'), least=1)
        for key in ('debrief', 'basis'):
            entered[key] = _needed(ask, _prompt(key))
        entered['sources'] = _several(ask, tell, _prompt('sources'), {name: each.title for name, each in content.sources.items()})
    except (EOFError, KeyboardInterrupt):
        raise Left(entered) from None
    order = [key for key in _DESCRIBED if entered.get(key)]
    return {key: entered[key] for key in order}


def _turns(content: Content, ask: Ask, tell: Tell, entered: dict[str, Any]) -> dict[str, Any]:
    """Walk the flow; `b` takes the last answer back."""
    turns: dict[str, Any] = {}
    entered['turns'] = turns
    tell('\nNow answer the questions as a good officer would for this caller. `b` goes back one question.')
    while question := walk(content, {name: tuple(turn['answer']) for name, turn in turns.items()}).next:
        given = {name: tuple(turn['answer']) for name, turn in turns.items()}
        chosen = _answer(ask, tell, question, question.ask.for_(given))
        if chosen is None:
            if turns:
                turns.popitem()
            continue
        says = ask('What the caller says only when asked this (empty: the story tells it): ').strip()
        because = _needed(ask, 'Why this is the answer')
        turns[question.id] = {'answer': list(chosen), 'because': because} | ({'tells': says} if says else {})
    return turns


def _answer(ask: Ask, tell: Tell, question: Question, asked: str) -> tuple[str, ...] | None:
    tell(f'\n{asked}' + (' (several numbers, if several fit)' if question.many else ''))
    names = {option.id: option.label for option in question.options}
    while True:
        chosen = _numbers(ask, tell, names, back=True)
        if chosen is None:
            return None
        if found := accepted(question, chosen):
            return found
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
    while not (said := ask(f'{what}: ').strip()):
        pass
    return said


def _lines(ask: Ask, tell: Tell, what: str, least: int) -> list[str]:
    tell(f'\n{what}, one after the other; an empty line ends it.')
    said: list[str] = []
    while (line := ask('- ').strip()) or len(said) < least:
        said += [line] if line else []
    return said


def _prompt(key: str) -> str:
    described = _DESCRIBED[key]
    return described[0].upper() + described[1:]


def _yaml(entered: Mapping[str, Any]) -> str:
    return yaml.safe_dump(_short(entered), allow_unicode=True, sort_keys=False, width=120)


def _short(value: Any) -> Any:
    """Return an answer of one option as that option, as people write it."""
    if isinstance(value, Mapping):
        return {key: each[0] if key == 'answer' and len(each) == 1 else _short(each) for key, each in value.items()}
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
