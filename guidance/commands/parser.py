"""The command line: which commands there are and what each takes, in groups by who uses them."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from typing import TypeAlias

from guidance.commands import format

if TYPE_CHECKING:
    _Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

DIFF_FORMATS = ('text', 'markdown', 'html')
"""How `diff` can print its report. It is not asked itself: what it needs takes longer to be read than many a check."""

_DAY = datetime.date.fromisoformat
_AS_OF = 'take the content as of another day, such as 2027-01-31'


def parser(earlier: Iterable[str]) -> argparse.ArgumentParser:
    """Return the parser of the command line; `earlier` are former names of `case`."""
    whole = argparse.ArgumentParser(prog='python -m guidance', description='Check the content of the guidance wizard.')
    whole.add_argument('--content', type=Path, default=None, help='another folder with flows/ and data/')
    whole.add_argument('--today', type=_DAY, default=None, help=_AS_OF)
    whole.add_argument('--version', action='store_true', help='print the versions of the program and of the content')
    commands = whole.add_subparsers(dest='command')
    _of_the_program(commands)
    _of_publishers(commands)
    for command in (*_of_authors(commands, earlier), *_of_owners(commands)):
        command.add_argument('--content', type=Path, default=argparse.SUPPRESS, help='another folder with flows/ and data/')
        command.add_argument('--today', type=_DAY, default=argparse.SUPPRESS, help=_AS_OF)
    return whole


def _of_the_program(commands: _Commands) -> None:
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
    beginning.add_argument('folder', type=Path, help='a new folder')
    counting = commands.add_parser('counts', help='tell what people met, where GUIDANCE_COUNT keeps counts')
    counting.add_argument('folders', nargs='+', type=Path, metavar='DIR', help='the folder of the counts; one of each replica')
    counting.add_argument('--since', type=_DAY, metavar='DAY', default=None, help='from a day on, such as 2027-01-31')
    upgrading = commands.add_parser('upgrade', help='bring a content of an earlier version up to date')
    upgrading.add_argument('folder', type=Path, help='the folder of the content')


def _of_authors(commands: _Commands, earlier: Iterable[str]) -> Iterator[argparse.ArgumentParser]:
    """Add and yield the commands of those who write a content and its translations."""
    checking = commands.add_parser('check', help='report every problem in the content, or what was proved')
    checking.add_argument('--strict', action='store_true', help='warnings fail, too (overdue reviews never do)')
    checking.add_argument('--style', action='store_true', help='with what is too long or too hard to read; it never fails')
    checking.add_argument('--json', action='store_true', help='print the report as JSON')
    yield checking
    numbering = commands.add_parser('edition', help='tell which edition the content is, by which codes are read')
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
    for name in ('case', *earlier):
        writing = commands.add_parser(name, help='write a case for training by walking the flow here' if name == 'case' else None)
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


def _of_publishers(commands: _Commands) -> None:
    """Add the commands of those who put a content in place."""
    live = 'the published folder, which GUIDANCE_CONTENT names'
    putting = commands.add_parser('publish', help='put a draft in place of what is served, at once and whole')
    putting.add_argument('draft', type=Path, metavar='DRAFT', help='the folder that is edited')
    putting.add_argument('live', type=Path, metavar='LIVE', help=f'{live}; the first publication makes it')
    putting.add_argument('--urgent', action='store_true', help='also with texts that are not translated yet; the log says so')
    putting.add_argument('--today', type=_DAY, default=argparse.SUPPRESS, help=_AS_OF)
    taking = commands.add_parser('rollback', help='take an edition back: serve an earlier one again')
    taking.add_argument('live', type=Path, metavar='LIVE', help=live)
    taking.add_argument('edition', type=int, nargs='?', metavar='EDITION', help='its number; else the one before what is served')
    for command in (putting, taking):
        command.add_argument('--by', required=True, metavar='NAME', help='who publishes; stands in the log only')
        command.add_argument('--why', required=True, metavar='TEXT', help='why, in one line that visitors may read')
        translated = 'the same in another language, such as --why-in zh-Hant TEXT'
        command.add_argument('--why-in', nargs=2, action='append', default=[], metavar=('LANG', 'TEXT'), help=translated)
        command.add_argument('--yes', action='store_true', help='do not ask')
    listing = commands.add_parser('editions', help='list what was published')
    listing.add_argument('live', type=Path, metavar='LIVE', help=live)
    showing = commands.add_parser('preview', help='show a draft on this machine, beside what is served')
    showing.add_argument('draft', type=Path, metavar='DRAFT', help='the folder that is edited')
    showing.add_argument('--port', type=int, default=8501, help='of this machine (8501)')
