"""The command line: `python -m guidance [--content DIR] COMMAND`. What each takes stands in `commands/parser.py`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from guidance.commands import case
from guidance.commands import check
from guidance.commands import confirm
from guidance.commands import counts
from guidance.commands import format
from guidance.commands import ledger
from guidance.commands import new
from guidance.commands import translate
from guidance.commands import upgrade
from guidance.commands import version
from guidance.commands.parser import OF_FOLDERS
from guidance.commands.parser import WITHOUT_CONTENT
from guidance.commands.parser import parsed
from guidance.content.problem import ContentError
from guidance.content.published import is_published
from guidance.content.published import served
from guidance.serving.store import content_folder

_RENAMED: Mapping[str, str] = {'scenario': 'case', 'edition': 'ledger'}
"""Earlier names of commands, which go on working until the next release."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code: 0 done and good, else 1 or 2.

    A wrong command line ends the program, with 2.
    """
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(arguments: list[str] | None) -> int:
    options = parsed(sys.argv[1:] if arguments is None else arguments, _RENAMED)
    folder = options.content or content_folder()
    if options.version:
        return _on_content(folder, options, lambda found, _: version.run(found))
    name = _RENAMED.get(options.command, options.command)
    if name != options.command:
        print(f'`{options.command}` is called `{name}` now', file=sys.stderr)
    run = _COMMANDS[name]
    if name in OF_FOLDERS or name in WITHOUT_CONTENT:
        return run(folder, options)
    return _on_content(folder, options, run, name in _WRITING)


_Command: TypeAlias = Callable[[Path, argparse.Namespace], int]


def _on_content(folder: Path, options: argparse.Namespace, run: _Command, writes: bool = False) -> int:
    """Run a command on a content: of a published folder on the edition that is served, in which nothing may be written."""
    if writes and is_published(folder):
        print(f'{folder} is a published folder, in which nothing is changed: name the draft with --content', file=sys.stderr)
        return 2
    try:
        found = served(folder).folder
    except ContentError as error:
        print(error, file=sys.stderr)
        return 2
    return run(found, options)


# What few commands need is read by these alone: it takes longer than many a check.


def _book(folder: Path, given: argparse.Namespace) -> int:
    from guidance.commands import book

    return book.run(folder, given.out, langs=given.lang, day=given.today)


def _map(folder: Path, given: argparse.Namespace) -> int:
    from guidance.commands import book

    return book.run_map(folder, given.out, langs=given.lang, day=given.today)


def _diff(folder: Path, given: argparse.Namespace) -> int:
    from guidance.commands import diff

    return diff.run(folder, given.old, given.new, form=given.format, lang=given.lang, today=given.today)


def _preview(folder: Path, given: argparse.Namespace) -> int:
    from guidance.commands import preview

    return preview.run(folder, given.port)


def _publishing(folder: Path, given: argparse.Namespace) -> int:
    from guidance.commands import publish

    if given.command == 'editions':
        return publish.editions(folder)
    reason = publish.Reason(given.by, given.why, dict(given.why_in))
    if given.command == 'rollback':
        return publish.rollback(folder, given.edition, reason, yes=given.yes)
    return publish.run(folder, given.live, reason, urgent=given.urgent, yes=given.yes, today=given.today)


def _watch_sources(folder: Path, given: argparse.Namespace) -> int:
    from guidance.commands import watch_sources

    return watch_sources.run(folder, state=given.state, ics=given.calendar, seconds=given.seconds, day=given.today)


_COMMANDS: Mapping[str, _Command] = {
    'book': _book,
    'case': lambda folder, given: case.run(folder, given.name, given.today),
    'check': lambda folder, given: check.run(
        folder, strict=given.strict, as_json=given.json, today=given.today, in_style=given.style
    ),
    'confirm': lambda folder, given: confirm.run(folder, tuple(given.names), by=given.by, on=given.today),
    'counts': lambda folder, given: counts.run(given.folders, since=given.since),
    'diff': _diff,
    'editions': _publishing,
    'format': lambda folder, given: format.run(given.part, as_schema=given.json_schema),
    'ledger': lambda folder, given: ledger.run(folder, recording=given.record, day=given.today),
    'map': _map,
    'new': lambda folder, given: new.run(folder),
    'preview': _preview,
    'publish': _publishing,
    'rollback': _publishing,
    'translate': lambda folder, given: translate.run(
        folder, forget=given.forget, program=given.program, same_meaning=given.same_meaning
    ),
    'upgrade': lambda folder, given: upgrade.run(folder),
    'watch-sources': _watch_sources,
}
_WRITING = ('book', 'case', 'confirm', 'ledger', 'translate')
"""The commands that write into a content."""


if __name__ == '__main__':
    exit_code = main()
    gc.freeze()  # at the end Python looks for garbage once more, for a quarter of the time that a check takes
    sys.exit(exit_code)
