"""The command line: `python -m guidance [--content DIR] COMMAND`. What each takes stands in `commands/parser.py`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path

from guidance.commands import case
from guidance.commands import check
from guidance.commands import confirm
from guidance.commands import counts
from guidance.commands import diff
from guidance.commands import edition
from guidance.commands import format
from guidance.commands import new
from guidance.commands import translate
from guidance.commands import upgrade
from guidance.commands import version
from guidance.commands import watch_sources
from guidance.commands.parser import parser
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
    known = parser(_RENAMED)
    options = known.parse_args(arguments)
    folder = options.content or content_folder()
    if options.version:
        return version.run(folder)
    if options.command in _RENAMED:
        print(f'`{options.command}` is called `{_RENAMED[options.command]}` now', file=sys.stderr)
    run = _COMMANDS.get(_RENAMED.get(options.command, options.command))
    return run(folder, options) if run else known.error('which command?')


_COMMANDS: Mapping[str | None, Callable[[Path, argparse.Namespace], int]] = {
    'case': lambda folder, given: case.run(folder, given.name, given.today),
    'check': lambda folder, given: check.run(
        folder, strict=given.strict, as_json=given.json, today=given.today, in_style=given.style
    ),
    'confirm': lambda folder, given: confirm.run(folder, tuple(given.names), by=given.by, on=given.today),
    'counts': lambda folder, given: counts.run(given.folders, since=given.since),
    'diff': lambda folder, given: diff.run(folder, given.old, given.new, form=given.format, lang=given.lang, today=given.today),
    'edition': lambda folder, given: edition.run(folder, recording=given.record, day=given.today),
    'format': lambda folder, given: format.run(given.part, as_schema=given.json_schema),
    'new': lambda folder, given: new.run(given.folder),
    'translate': lambda folder, given: translate.run(folder, forget=given.forget, program=given.program),
    'upgrade': lambda folder, given: upgrade.run(given.folder),
    'watch-sources': lambda folder, given: watch_sources.run(
        folder, state=given.state, ics=given.calendar, seconds=given.seconds, day=given.today
    ),
}


if __name__ == '__main__':
    sys.exit(main())
