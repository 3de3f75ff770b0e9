"""The command line: `python -m guidance [--content DIR] check`, and `format` for the author's reference."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path

from .check import Report
from .check import check
from .problem import Problem
from .reference import reference
from .store import content_folder


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code: 0 good, 1 problems in the content, 2 a wrong command line."""
    parser = argparse.ArgumentParser(prog='python -m guidance', description='Check the content of the guidance wizard.')
    parser.add_argument('--content', type=Path, default=None, help='another folder with flows/ and data/')
    commands = parser.add_subparsers(dest='command', required=True)
    checking = commands.add_parser('check', help='report every problem in the content, or what was proved')
    checking.add_argument('--content', type=Path, default=argparse.SUPPRESS, help='another folder with flows/ and data/')
    checking.add_argument('--strict', action='store_true', help='warnings fail, too (overdue reviews never do)')
    checking.add_argument('--json', action='store_true', help='print the report as JSON')
    checking.add_argument('--today', type=datetime.date.fromisoformat, help='the date for overdue reviews')
    commands.add_parser('format', help='print the reference of the content format as Markdown')
    given = parser.parse_args(arguments)
    if given.command == 'format':
        print(reference(), end='')
        return 0
    report = check(given.content or content_folder(), given.today)
    print(_json(report) if given.json else _text(report))
    return 1 if report.errors or (given.strict and report.warnings) else 0


def _text(report: Report) -> str:
    problems = [str(problem) for problem in (*report.errors, *report.warnings, *report.overdue)]
    if report.errors:
        return '\n\n'.join([*problems, f'{len(report.errors)} problem(s): this content cannot be served'])
    proved = '\n'.join(f'  {name}: {value}' for name, value in (report.proved or {}).items())
    warnings = f', {len(report.warnings) + len(report.overdue)} warning(s)' if problems else ''
    return '\n\n'.join([*problems, f'The content is proved{warnings}.\n{proved}'])


def _json(report: Report) -> str:
    told = {
        'errors': [_problem(problem) for problem in report.errors],
        'warnings': [_problem(problem) for problem in report.warnings],
        'overdue': [_problem(problem) for problem in report.overdue],
        'proved': report.proved,
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
