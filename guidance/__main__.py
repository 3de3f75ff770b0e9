"""The command line: `python -m guidance [--content DIR] check`, `translate`, `scenario NAME`, and `format` for the reference."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path

from guidance import __version__
from guidance.commands.author import write_case
from guidance.content.load import version
from guidance.content.problem import MOST
from guidance.content.problem import ContentError
from guidance.content.problem import Problem
from guidance.content.problem import counted
from guidance.content.problem import listing
from guidance.content.reference import reference
from guidance.languages.update import update
from guidance.serving.check import Report
from guidance.serving.check import check
from guidance.serving.check import in_digits
from guidance.serving.store import content_folder


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code: 0 good, 1 problems in the content, 2 a wrong command line."""
    parser = argparse.ArgumentParser(prog='python -m guidance', description='Check the content of the guidance wizard.')
    parser.add_argument('--content', type=Path, default=None, help='another folder with flows/ and data/')
    parser.add_argument('--version', action='store_true', help='print the versions of the program and of the content')
    commands = parser.add_subparsers(dest='command')
    checking = commands.add_parser('check', help='report every problem in the content, or what was proved')
    checking.add_argument('--strict', action='store_true', help='warnings fail, too (overdue reviews never do)')
    checking.add_argument('--json', action='store_true', help='print the report as JSON')
    checking.add_argument('--today', type=datetime.date.fromisoformat, help='the date for overdue reviews')
    commands.add_parser('format', help='print the reference of the content format as Markdown')
    translating = commands.add_parser('translate', help='bring the translations up to date with the texts of the content')
    translating.add_argument(
        '--forget', action='store_true', help='throw away the translations of texts that are not in the content any more'
    )
    writing = commands.add_parser('scenario', help='write a case for training by walking the flow here')
    writing.add_argument('name', help='the name of its file, such as s15')
    for command in (checking, translating, writing):
        command.add_argument('--content', type=Path, default=argparse.SUPPRESS, help='another folder with flows/ and data/')
    given = parser.parse_args(arguments)
    if given.version:
        print(f'guidance {__version__}, content {version(given.content or content_folder())}')
        return 0
    if given.command is None:
        parser.error('which command?')
    if given.command == 'format':
        print(reference(), end='')
        return 0
    if given.command == 'translate':
        return _translate(given.content or content_folder(), given.forget)
    if given.command == 'scenario':
        return _scenario(given.content or content_folder(), given.name)
    report = check(given.content or content_folder(), given.today)
    print(_json(report) if given.json else _text(report))
    return 1 if report.errors or (given.strict and report.warnings) else 0


def _translate(folder: Path, forget: bool) -> int:
    try:
        changed = update(folder, forget)
    except ContentError as error:
        print(f'{error}\n\nNo translation was touched.')
        return 1
    except OSError as error:
        print(f'A catalogue cannot be written ({error}). It stands there as it was; those before it are up to date.')
        return 1
    for path, written in changed.items():
        print(f'{path.relative_to(folder)} {"was brought" if written else "is"} up to date')
    return 0


def _scenario(folder: Path, name: str) -> int:
    try:
        return write_case(folder, name)
    except ContentError as error:
        print(f'{error}\n\nA case can be written once the content is good.')
        return 1


def _text(report: Report) -> str:
    told = [*listing(report.errors), *listing(report.warnings), *listing(report.overdue)]
    if report.errors:
        problems = _counted(counted(report.errors), 'problem')
        return '\n\n'.join([*told, _paths(report), f'{problems}: this content cannot be served'])
    proved = '\n'.join(f'  {name}: {value}' for name, value in (report.proved or {}).items())
    number = counted((*report.warnings, *report.overdue))
    warnings = f', {_counted(number, "warning")}' if number else ''
    return '\n\n'.join([*told, f'The content is proved{warnings}.\n{proved}', _paths(report)])


def _paths(report: Report) -> str:
    """Return the number of answer paths to each outcome, in the order of the flows, of at most MOST outcomes."""
    if not report.counts:
        return 'Answer paths are counted once all files can be read and every reference leads somewhere.'
    if not report.counts.paths:
        return 'Answer paths are not counted: too many situations.'
    numbers = {name: in_digits(number) for name, number in report.counts.to.items()}
    width = max(map(len, numbers.values()), default=0)
    lines = [f'  {number:>{width}}  {name}' for name, number in numbers.items()][:MOST]
    rest = [f'  and {len(numbers) - MOST:,} more outcomes'] if len(numbers) > MOST else []
    return '\n'.join([f'Answer paths to each outcome, of {in_digits(report.counts.paths.number)}:', *lines, *rest])


def _counted(number: int, what: str) -> str:
    return f'{number:,} {what}' + ('' if number == 1 else 's')


def _json(report: Report) -> str:
    groups = {'errors': report.errors, 'warnings': report.warnings, 'overdue': report.overdue}
    told = {
        **{name: [_problem(problem) for problem in problems[:MOST]] for name, problems in groups.items()},
        'total': {name: counted(problems) for name, problems in groups.items()},
        'proved': report.proved,
        'paths': {name: in_digits(number) for name, number in report.counts.to.items()} if report.counts else None,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _problem(problem: Problem) -> dict[str, str | int]:
    place = problem.place
    return {
        'file': place.file, 'line': place.line, 'column': place.column,
        'message': problem.message, 'expected': problem.expected,
    }  # fmt: skip


if __name__ == '__main__':
    sys.exit(main())
