"""`check`: report every problem in the content, or what was proved."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from guidance.content.problem import MOST
from guidance.content.problem import Problem
from guidance.content.problem import counted
from guidance.content.problem import listing
from guidance.proof.style import style
from guidance.serving.check import Report
from guidance.serving.check import check
from guidance.serving.check import in_digits
from guidance.serving.check import nothing_collected


def run(folder: Path, *, strict: bool, as_json: bool, today: datetime.date | None, in_style: bool = False) -> int:
    """Print the report on the content of `folder`; return the exit code, with `strict` also for warnings.

    `in_style`: with what passes a limit of its style, which never fails.
    """
    with nothing_collected():
        report = check(folder, today)
        styled = style(report.contents) if in_style else ()
        print(_json(report, styled) if as_json else text(report, styled))
    return 1 if report.errors or (strict and report.warnings) else 0


def text(report: Report, styled: tuple[Problem, ...] = ()) -> str:
    """Return a report as `check` prints it."""
    told = (report.errors, report.warnings, report.overdue, report.coming, styled)
    problems = [line for each in told for line in listing(each)]
    if report.errors:
        number = _number_of(counted(report.errors), 'problem')
        return '\n\n'.join([*problems, _paths(report), f'{number}: this content cannot be served'])
    proved = '\n'.join(f'  {name}: {value}' for name, value in (report.proved or {}).items())
    warned = counted((*report.warnings, *report.overdue, *report.coming, *styled))
    warnings = f', {_number_of(warned, "warning")}' if warned else ''
    return '\n\n'.join([*problems, f'The content is consistent{warnings}.\n{proved}', _paths(report)])


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


def _number_of(number: int, what: str) -> str:
    return f'{number:,} {what}' + ('' if number == 1 else 's')


def _json(report: Report, styled: tuple[Problem, ...]) -> str:
    groups = {'errors': report.errors, 'warnings': report.warnings, 'overdue': report.overdue, 'coming': report.coming}
    groups |= {'style': styled} if styled else {}
    whole = {
        **{name: [_problem(problem) for problem in problems[:MOST]] for name, problems in groups.items()},
        'total': {name: counted(problems) for name, problems in groups.items()},
        'proved': report.proved,
        'paths': {name: in_digits(number) for name, number in report.counts.to.items()} if report.counts else None,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _problem(problem: Problem) -> dict[str, str | int]:
    place = problem.place
    return {
        'file': place.file, 'line': place.line, 'column': place.column,
        'message': problem.message, 'expected': problem.expected,
    }  # fmt: skip
