"""The command line: which commands there are and what each takes, in groups by who uses them."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import TypeAlias

from guidance.commands import format

if TYPE_CHECKING:
    _Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

DIFF_FORMATS = ('text', 'markdown', 'html')
"""How `diff` can print its report. It is not asked itself: what it needs takes longer to be read than many a check."""

OF_FOLDERS = ('editions', 'new', 'preview', 'publish', 'rollback', 'upgrade')
"""The commands that are about one folder as it stands, which is named behind them or by `--content`."""

WITHOUT_CONTENT: Mapping[str, str] = {
    'counts': 'it sums the folders of counts that are named behind it',
    'format': 'it prints what may stand in any',
}
"""The commands that are about no content, and why."""

_DAY = datetime.date.fromisoformat
_AS_OF = 'take the content as of another day, such as 2027-01-31'
_ANOTHER = 'another folder with flows/ and data/'


def parsed(arguments: Sequence[str], renamed: Mapping[str, str]) -> argparse.Namespace:
    """Return what was typed; its `content` is None where no folder is named. A wrong command line ends the program.

    `renamed`: earlier name of a command -> its present name.
    """
    named = any(map(_is_content, arguments))
    known = _parser(renamed, named=named)
    given, left = known.parse_known_args(arguments)
    if left:
        folder_again = named and given.command in OF_FOLDERS and not left[0].startswith('-')
        twice = ' (--content names the folder already)' if folder_again else ''
        known.error(f'unrecognized arguments: {" ".join(left)}{twice}')
    if given.command is None and not given.version:
        known.error('which command?')
    if given.content and given.command in WITHOUT_CONTENT:
        known.error(f'`{given.command}` reads no content: {WITHOUT_CONTENT[given.command]}')
    return given


def _is_content(argument: str) -> bool:
    """Tell whether an argument is `--content`, which may be shortened."""
    name = argument.partition('=')[0]
    return len(name) > len('--') and '--content'.startswith(name)


def _parser(renamed: Mapping[str, str], *, named: bool) -> argparse.ArgumentParser:
    """Return the parser of a command line, with or without (`named`) the arguments that `--content` stands for."""
    whole = argparse.ArgumentParser(prog='python -m guidance', description='Check the content of the guidance wizard.')
    whole.add_argument('--content', type=Path, metavar='DIR', default=None, help=_ANOTHER)
    whole.add_argument('--today', type=_DAY, default=None, help=_AS_OF)
    whole.add_argument('--version', action='store_true', help='print the versions of the program and of the content')
    commands = whole.add_subparsers(dest='command')
    _of_the_program(commands, named)
    _of_publishers(commands, named)
    for command in (*_of_authors(commands), *_of_owners(commands)):
        command.add_argument('--today', type=_DAY, default=argparse.SUPPRESS, help=_AS_OF)
    for name, command in commands.choices.items():
        if name not in OF_FOLDERS:
            _takes_content(command, argparse.SUPPRESS if name in WITHOUT_CONTENT else _ANOTHER)
    for name, present in renamed.items():
        commands.choices[name] = commands.choices[present]
    return whole


def _takes(command: argparse.ArgumentParser, metavar: str, about: str, named: bool) -> None:
    """Let a command take the folder that it is about by itself, or by `--content` as the others do."""
    if not named:
        command.add_argument('content', type=Path, metavar=metavar, help=about)
    _takes_content(command, f'names {metavar}, which is left out then')


def _takes_content(command: argparse.ArgumentParser, about: str) -> None:
    command.add_argument('--content', type=Path, metavar='DIR', default=argparse.SUPPRESS, help=about)


def _of_the_program(commands: _Commands, named: bool) -> None:
    """Add the commands that are about no content, or make one."""
    describing = commands.add_parser('format', help='print the reference of the content format as Markdown')
    describing.add_argument(
        'part',
        nargs='?',
        choices=format.PARTS,
        default='keys',
        help='keys (the default), or the files and where each text appears',
    )
    describing.add_argument('--json-schema', action='store_true', help='as the JSON Schema that flows/schema.json is')
    beginning = commands.add_parser('new', help='write the smallest service that runs, to begin another one with')
    _takes(beginning, 'FOLDER', 'a new folder', named)
    counting = commands.add_parser('counts', help='tell what people met, where GUIDANCE_COUNT keeps counts')
    counting.add_argument('folders', nargs='+', type=Path, metavar='DIR', help='the folder of the counts; one of each replica')
    counting.add_argument('--since', type=_DAY, metavar='DAY', default=None, help='from a day on, such as 2027-01-31')
    upgrading = commands.add_parser('upgrade', help='bring a content of an earlier version up to date')
    _takes(upgrading, 'FOLDER', 'the folder of the content', named)


def _of_authors(commands: _Commands) -> Iterator[argparse.ArgumentParser]:
    """Add and yield the commands of those who write a content and its translations."""
    checking = commands.add_parser('check', help='report every problem in the content, or what was proved')
    checking.add_argument('--strict', action='store_true', help='warnings fail, too (overdue reviews never do)')
    checking.add_argument('--style', action='store_true', help='with what is too long or too hard to read; it never fails')
    checking.add_argument('--json', action='store_true', help='print the report as JSON')
    yield checking
    numbering = commands.add_parser('ledger', help='tell by which number of the ledger the codes of the content are read')
    numbering.add_argument('--record', action='store_true', help='write it into the ledger, so that its codes open for ever')
    yield numbering
    translating = commands.add_parser('translate', help='bring the translations up to date with the texts of the content')
    translating.add_argument(
        '--forget', action='store_true', help='throw away the translations of texts that are not in the content any more'
    )
    translating.add_argument('--program', action='store_true', help="those of the program's own words (guidance/words/) instead")
    kept = 'keep the translations of a text that changed in form only; ID is where it stands, such as outcomes.hurt.title'
    translating.add_argument('--same-meaning', metavar='ID', default='', help=kept)
    yield translating
    writing = commands.add_parser('case', help='write a case for training by walking the flow here')
    writing.add_argument('name', help='the name of its file, such as s15')
    yield writing


def _of_owners(commands: _Commands) -> Iterator[argparse.ArgumentParser]:
    """Add and yield the commands of those who answer for a content."""
    reading = commands.add_parser('book', help='write all that the content says as one HTML file, to read, print and comment on')
    drawing = commands.add_parser('map', help='draw the questions and outcomes as OUT.svg, and as a list in OUT.html')
    for command, out in ((reading, 'an HTML file'), (drawing, 'an SVG file')):
        command.add_argument('out', type=Path, metavar='OUT', help=out)
        command.add_argument('--lang', action='append', metavar='LANG', help='a language; several stand side by side in a book')
        yield command
    codes = 'Exit code: 0 nothing that anybody reads differs, 1 something does, 2 the editions could not be compared.'
    comparing = commands.add_parser('diff', help='say what an edit does to people', epilog=codes)
    edition = 'a content folder, or a revision of the repository of the content: REV, or REV:FOLDER'
    comparing.add_argument('old', metavar='OLD', help=edition)
    comparing.add_argument('new', metavar='NEW', help='likewise')
    comparing.add_argument('--format', choices=DIFF_FORMATS, default='text', help='how to print it')
    comparing.add_argument('--lang', help='the language of examples and conditions, such as zh-Hant')
    yield comparing
    confirming = commands.add_parser('confirm', help='write down that somebody at the owner confirms an outcome or a source')
    confirming.add_argument('names', nargs='+', metavar='outcome:ID', help='what is confirmed: outcome:ID or source:ID')
    confirming.add_argument('--by', required=True, metavar='NAME', help='who confirms it')
    yield confirming
    watching = commands.add_parser('watch-sources', help='tell which pages that the content rests on changed or do not answer')
    watching.add_argument('--state', type=Path, default=Path('watch-sources.json'), help='what is remembered from time to time')
    watching.add_argument('--calendar', type=Path, metavar='ICS', default=None, help='write a calendar of due dates')
    watching.add_argument('--seconds', type=float, default=20, help='what a page may take')
    yield watching


def _of_publishers(commands: _Commands, named: bool) -> None:
    """Add the commands of those who put a content in place."""
    live = 'the published folder, which GUIDANCE_CONTENT names'
    putting = commands.add_parser('publish', help='put a draft in place of what is served, at once and whole')
    _takes(putting, 'DRAFT', 'the folder that is edited', named)
    putting.add_argument('live', type=Path, metavar='LIVE', help=f'{live}; the first publication makes it')
    putting.add_argument('--urgent', action='store_true', help='also with texts that are not translated yet; the log says so')
    putting.add_argument('--today', type=_DAY, default=argparse.SUPPRESS, help=_AS_OF)
    taking = commands.add_parser('rollback', help='take an edition back: serve an earlier one again')
    _takes(taking, 'LIVE', live, named)
    taking.add_argument('edition', type=int, nargs='?', metavar='EDITION', help='its number; else the one before what is served')
    for command in (putting, taking):
        command.add_argument('--by', required=True, metavar='NAME', help='who publishes; stands in the log only')
        command.add_argument('--why', required=True, metavar='TEXT', help='why, in one line that visitors may read')
        translated = 'the same in another language, such as --why-in zh-Hant TEXT'
        command.add_argument('--why-in', nargs=2, action='append', default=[], metavar=('LANG', 'TEXT'), help=translated)
        command.add_argument('--yes', action='store_true', help='do not ask')
    listing = commands.add_parser('editions', help='list what was published')
    _takes(listing, 'LIVE', live, named)
    showing = commands.add_parser('preview', help='show a draft on this machine, beside what is served')
    _takes(showing, 'DRAFT', 'the folder that is edited', named)
    showing.add_argument('--port', type=int, default=8501, help='of this machine (8501)')
