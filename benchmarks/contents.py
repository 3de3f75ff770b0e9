"""Contents of any size, shaped like the one that is shipped: areas, situations within them, a few questions each."""

from __future__ import annotations

import math
from pathlib import Path

_PER_SITUATION = 8
_SERVICE = """name: Many
description: A content of many situations.
owner: Nobody
can-do: [Something]
cannot-do: [Something else]
disclaimer: None.
privacy: Nothing is kept.
report: Tell nobody.
source-page: page
onward: [page]
help: help
languages: {en: English}
urgencies: {other: {title: Other}}
emergency: [{title: Always, contacts: [help]}]
"""
_DATA = {
    'service': _SERVICE,
    'assistance': 'advice: {title: Advice, say: Advice., who-may-ask: All, how-to-ask: Call, source: page}\n',
    'limitations': '{}\n',
    'steps': '{}\n',
    'contacts': 'help: {name: Help, channels: [{kind: phone, value: "110"}], source: page}\n',
    'sources': 'page: {title: A, publisher: B, url: https://a.example/, confidence: official, '
    'looked-up: 2026-11-22, review-by: 2036-11-22}\n',
}


def write(folder: Path, questions: int, shipped: Path) -> None:
    """Write a content of about so many questions; the texts of the screens are those of the content `shipped`."""
    for name in ('flows', 'data'):
        (folder / name).mkdir(parents=True)
    for name, text in _DATA.items():
        (folder / f'data/{name}.yaml').write_text(text)
    for name in ('interface', 'training'):
        (folder / f'data/{name}.yaml').write_text((shipped / f'data/{name}.yaml').read_text())
    situations = max(1, round(questions / (_PER_SITUATION + 0.5)))
    wide = math.ceil(math.sqrt(situations))
    areas = [range(first, min(first + wide, situations)) for first in range(0, situations, wide)]
    (folder / 'flows/main.yaml').write_text(_main(areas))
    for area, members in enumerate(areas):
        for situation in members:
            (folder / f'flows/s{situation}.yaml').write_text(_situation(area, situation))


def _main(areas: list[range]) -> str:
    lines = ['title: Help', 'questions:', '  area:', '    ask: Where?', '    options:']
    lines += [f'      a{area}: Area {area}' for area in range(len(areas))]
    for area, members in enumerate(areas):
        lines += [f'  what-{area}:', f'    when: {{area: a{area}}}', '    ask: What?', '    options:']
        lines += [f'      s{situation}: Situation {_letters(situation)}' for situation in members]
    lines += [f'  s{situation}: {{include: s{situation}.yaml}}' for members in areas for situation in members]
    return '\n'.join(lines) + '\n'


def _situation(area: int, number: int) -> str:
    lines = ['title: A situation', 'questions:']
    for place in range(_PER_SITUATION):
        when = f'q{number}-{place - 1}: [a, b]' if place else f'what-{area}: s{number}'
        lines += [f'  q{number}-{place}:', f'    when: {{{when}}}', f'    ask: Question {place}?']
        lines += ['    options: {a: Surely, b: Perhaps, c: Never}']
    lines.append('outcomes:')
    for name, when, option in (('surely', 'a', 'a'), ('other', '{not: a}', 'b')):
        said = [f'        - {{say: Line {place}., when: {{q{number}-{place}: {option}}}}}' for place in range(1, _PER_SITUATION)]
        lines += [f'  o{number}-{name}:', f'    when: {{q{number}-0: {when}}}', '    urgency: other', f'    title: {name}']
        lines += ['    can:', '      advice:', f'        - Ask about {_letters(number)}.', *said]
    return '\n'.join(lines) + '\n'


def _letters(number: int) -> str:
    """Return a number in letters: digits in running text would be taken for a telephone number."""
    return ''.join('abcdefghij'[int(digit)] for digit in str(number)).upper()
