"""The command line: `python -m guidance [--content DIR] check`, `translate`, `case`, `new`, and `format` for the reference."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path

from guidance.commands import book
from guidance.commands import case
from guidance.commands import check
from guidance.commands import confirm
from guidance.commands import edition
from guidance.commands import format
from guidance.commands import new
from guidance.commands import translate
from guidance.commands import upgrade
from guidance.commands import version
from guidance.commands import watch_sources
from guidance.serving.store import content_folder

_RENAMED = {'scenario': 'case'}
"""Earlier names of commands, which go on working until the next release."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code: 0 good, 1 problems in the content, 2 a wrong command line."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(arguments: list[str] | None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    folder = options.content or content_folder()
    if options.version:
        return version.run(folder)
    if options.command in _RENAMED:
        print(f'`{options.command}` is called `{_RENAMED[options.command]}` now', file=sys.stderr)
    match _RENAMED.get(options.command, options.command):
        case 'check':
            return check.run(folder, strict=options.strict, as_json=options.json, today=options.today, in_style=options.style)
        case 'translate':
            return translate.run(folder, forget=options.forget, program=options.program)
        case 'case':
            return case.run(folder, options.name, options.today)
        case 'edition':
            return edition.run(folder, recording=options.record, day=options.today)
        case 'format':
            return format.run(options.part, as_schema=options.json_schema)
        case 'new':
            return new.run(options.folder)
        case 'confirm':
            return confirm.run(folder, tuple(options.names), by=options.by, on=options.today)
        case 'watch-sources':
            return watch_sources.run(
                folder, state=options.state, ics=options.calendar, seconds=options.seconds, day=options.today
            )
        case 'book':
            return book.run(folder, options.out, langs=options.lang, day=options.today)
        case 'map':
            return book.run_map(folder, options.out, langs=options.lang, day=options.today)
        case 'upgrade':
            return upgrade.run(options.folder)
    return parser.error('which command?')


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog='python -m guidance', description='Check the content of the guidance wizard.')
    parser.add_argument('--content', type=Path, default=None, help='another folder with flows/ and data/')
    day, as_of = datetime.date.fromisoformat, 'take the content as of another day, such as 2027-01-31'
    parser.add_argument('--today', type=day, default=None, help=as_of)
    parser.add_argument('--version', action='store_true', help='print the versions of the program and of the content')
    commands = parser.add_subparsers(dest='command')
    checking = commands.add_parser('check', help='report every problem in the content, or what was proved')
    checking.add_argument('--strict', action='store_true', help='warnings fail, too (overdue reviews never do)')
    checking.add_argument('--style', action='store_true', help='with what is too long or too hard to read; it never fails')
    checking.add_argument('--json', action='store_true', help='print the report as JSON')
    numbering = commands.add_parser('edition', help='tell which edition the content is, by which codes are read')
    numbering.add_argument('--record', action='store_true', help='write it into the ledger, so that its codes open for ever')
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
    upgrading = commands.add_parser('upgrade', help='bring a content of an earlier version up to date')
    upgrading.add_argument('folder', type=Path, help='the folder of the content')
    translating = commands.add_parser('translate', help='bring the translations up to date with the texts of the content')
    translating.add_argument(
        '--forget', action='store_true', help='throw away the translations of texts that are not in the content any more'
    )
    translating.add_argument('--program', action='store_true', help="those of the program's own words (guidance/words/) instead")
    writing = commands.add_parser('case', help='write a case for training by walking the flow here')
    confirming = commands.add_parser('confirm', help='write down that somebody at the owner confirms an outcome or a source')
    confirming.add_argument('names', nargs='+', metavar='outcome:ID', help='what is confirmed: outcome:ID or source:ID')
    confirming.add_argument('--by', required=True, metavar='NAME', help='who confirms it')
    watching = commands.add_parser('watch-sources', help='tell which pages that the content rests on changed or do not answer')
    watching.add_argument('--state', type=Path, default=Path('watch-sources.json'), help='what is remembered from time to time')
    watching.add_argument('--calendar', type=Path, metavar='ICS', default=None, help='write a calendar of due dates')
    watching.add_argument('--seconds', type=float, default=20, help='what a page may take')
    reading = commands.add_parser('book', help='write all that the content says as one HTML file, to read, print and comment on')
    drawing = commands.add_parser('map', help='draw the questions and outcomes as OUT.svg, and as a list in OUT.html')
    for command, what in ((reading, 'an HTML file'), (drawing, 'an SVG file')):
        command.add_argument('out', type=Path, metavar='OUT', help=what)
        command.add_argument('--lang', action='append', metavar='LANG', help='a language; several stand side by side in a book')
    earlier = [commands.add_parser(name) for name, command in _RENAMED.items() if command == 'case']
    for command in (writing, *earlier):
        command.add_argument('name', help='the name of its file, such as s15')
    for command in (checking, numbering, translating, confirming, watching, reading, drawing, writing, *earlier):
        command.add_argument('--content', type=Path, default=argparse.SUPPRESS, help='another folder with flows/ and data/')
        command.add_argument('--today', type=day, default=argparse.SUPPRESS, help=as_of)
    return parser


if __name__ == '__main__':
    sys.exit(main())
