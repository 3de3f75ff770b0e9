"""`publish`, `rollback` and `editions`: put an edition of a content in place, take it back, and list what there is."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from guidance.commands import check as checking
from guidance.content.days import now
from guidance.content.model import Content
from guidance.content.problem import ContentError
from guidance.content.problem import Problem
from guidance.content.problem import listing
from guidance.content.published import Log
from guidance.content.published import Publication
from guidance.content.published import Served
from guidance.content.published import edition_folder
from guidance.content.published import not_whole
from guidance.diff.difference import difference
from guidance.diff.editions import ComparedEdition
from guidance.diff.editions import checked_edition
from guidance.diff.report import document
from guidance.diff.text import as_text
from guidance.serving.check import Report
from guidance.serving.check import check
from guidance.serving.publish import NotPublished
from guidance.serving.publish import before
from guidance.serving.publish import keep_codes
from guidance.serving.publish import log_of
from guidance.serving.publish import lost_codes
from guidance.serving.publish import publish
from guidance.serving.publish import publishing
from guidance.serving.publish import staged

Ask = Callable[[str], str]

_NOTHING = '\nNothing was published.'


class Reason(NamedTuple):
    """Who publishes, and why: in the language that the content is written in, and in others."""

    by: str
    why: str
    why_in: Mapping[str, str] = {}


class Stopped(Exception):
    """This edition is not published; the message says why. `code`: the exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def run(
    draft: Path,
    live: Path,
    reason: Reason,
    *,
    urgent: bool = False,
    yes: bool = False,
    today: datetime.date | None = None,
    ask: Ask = input,
) -> int:
    """Check a draft strictly, show what changes, ask unless `yes`, and put it in place; return the exit code.

    `urgent`: also with texts that are not translated. `ask` shows a prompt and returns a line.
    """
    with _telling() as ending, publishing(_checked(draft, live), _clean(reason).by) as log, staged(draft, live) as stage:
        report = check(stage, today)
        content = _passed(report, urgent, list(lost_codes(live, log, stage)))
        if log and log[0].content == content.version:
            raise Stopped(f'Edition {log[0].edition}, which is served, is the same.')
        _show_warnings(report)
        _show_untranslated_reason(reason, content)
        _show_changes(live, log, report, today)
        entry = _entry(reason, content, log, urgent, len(report.untranslated))
        _confirmed(f'Publish this as edition {entry.edition}?', yes, ask)
        publish(live, log, stage, entry)
        print(f'Edition {entry.edition} is published: content {entry.content}')
    return ending.code


def rollback(live: Path, edition: int | None, reason: Reason, *, yes: bool = False, ask: Ask = input) -> int:
    """Publish an earlier edition once more, that before the present one unless one is named; return the exit code."""
    with _telling() as ending:
        _published_log(live)
        with publishing(live, _clean(reason).by) as log:
            old = _earlier(log, edition)
            changed = not_whole(Served(edition_folder(live, old.edition), (old,)))
            if changed:
                raise Stopped(f'{changed}\n{_NOTHING}', 2)
            with staged(edition_folder(live, old.edition), live) as stage:
                keep_codes(live, log, stage)
                report = check(stage)
                if report.content is None:
                    raise Stopped(checking.text(report) + _NOTHING)
                entry = _entry(reason, report.content, log, False, len(report.untranslated), old.restores or old.edition)
                _confirmed(f'Go back to edition {old.edition} of {old.date}, "{old.why}"?', yes, ask)
                publish(live, log, stage, entry)
                print(f'Edition {old.edition} is served again, as edition {entry.edition}: content {entry.content}')
    return ending.code


def editions(live: Path) -> int:
    """List what was published in a folder, the newest first, which is served; return the exit code."""
    with _telling() as ending:
        for number, entry in enumerate(_published_log(live)):
            marks = ['served'] if number == 0 else []
            marks += [f'edition {entry.restores} again'] if entry.restores else []
            marks += [f'urgent, {entry.untranslated} not translated'] if entry.urgent else []
            said = f' ({"; ".join(marks)})' if marks else ''
            print(f'{entry.edition:>4}  {entry.date} {entry.time}  {entry.content}  {entry.by}: {entry.why}{said}')
    return ending.code


class _Ending:
    """How a command ends: its exit code, once its problems have been told."""

    code = 0


@contextmanager
def _telling() -> Iterator[_Ending]:
    """Tell what stops a publication, and give the exit code that follows from it."""
    ending = _Ending()
    try:
        yield ending
    except Stopped as error:
        print(error, file=sys.stderr)
        ending.code = error.code
    except NotPublished as error:
        print(error, file=sys.stderr)
        ending.code = 2
    except ContentError as error:
        print(f'{error}\n{_NOTHING}', file=sys.stderr)
        ending.code = 1
    except OSError as error:
        print(f'{error}\n{_NOTHING}', file=sys.stderr)
        ending.code = 2


def _clean(reason: Reason) -> Reason:
    for text in (reason.by, reason.why, *reason.why_in.values()):
        if not text.strip() or not text.isprintable():
            raise Stopped('Say in one line who publishes (--by) and why (--why).', 2)
    return reason


def _checked(draft: Path, live: Path) -> Path:
    """Return the folder to publish to, where the draft is a content at all."""
    if not (draft / 'flows').is_dir():
        raise Stopped(f'{draft} has no content: a content has flows/ and data/.', 2)
    return live


def _published_log(live: Path) -> Log:
    log = log_of(live)
    if not log:
        raise Stopped(f'Nothing was published in {live}.', 2)
    return log


def _passed(report: Report, urgent: bool, lost: Sequence[Problem]) -> Content:
    """Return the content of a report if it may be published. Raises Stopped, with all that `check` prints, if it may not."""
    if report.content is None:
        raise Stopped(checking.text(report) + '\n' + _NOTHING)
    if lost:
        raise Stopped('\n'.join(listing(lost)) + '\n\nCopy these files into the draft; then its own edition follows.' + _NOTHING)
    others = [problem for problem in report.warnings if problem not in report.untranslated]
    if others:
        raise Stopped('\n\n'.join(listing(others)) + '\n\nA publication has no warnings: mend these first.' + _NOTHING)
    if report.untranslated and not urgent:
        number = len(report.untranslated)
        said = f'{number:,} translations are missing. With --urgent, these texts stand as they were written, marked as such.'
        raise Stopped('\n\n'.join([*listing(report.untranslated), said]) + _NOTHING)
    return report.content


def _show_warnings(report: Report) -> None:
    for line in listing([*report.untranslated, *report.overdue, *report.coming]):
        print(line, end='\n\n')


def _show_untranslated_reason(reason: Reason, content: Content) -> None:
    service = content.service
    missing = [lang for lang in service.languages if lang not in (service.language, *reason.why_in)]
    if missing:
        print(f'Without --why-in, readers of {", ".join(missing)} find the reason as it is written in --why.\n')


def _show_changes(live: Path, log: Log, report: Report, today: datetime.date | None) -> None:
    """Print what an edition does to people. Where that cannot be said, as of an edition that does not pass any more, say so."""
    if not log:
        print('This is the first edition: there is nothing to compare it with.\n')
        return
    served = checked_edition(f'edition {log[0].edition}', edition_folder(live, log[0].edition), today)
    if served.errors:
        print(f'What changes cannot be shown: edition {log[0].edition} does not pass the check of this program.\n')
        return
    print(as_text(document(difference(served, ComparedEdition('the draft', report.contents), None))))


def _entry(
    reason: Reason, content: Content, log: Log, urgent: bool, untranslated: int, restores: int | None = None
) -> Publication:
    at = now().astimezone(ZoneInfo(content.service.time_zone or 'UTC'))
    unknown = ', '.join(reason.why_in.keys() - content.service.languages.keys())
    if unknown:
        raise Stopped(f'The service has no language {unknown}; it has {", ".join(content.service.languages)}.', 2)
    return Publication.model_validate(
        {
            'edition': log[0].edition + 1 if log else 1,
            'date': at.date(),
            'time': f'{at:%H:%M}',
            'by': reason.by,
            'why': reason.why,
            'why-in': dict(reason.why_in),
            'restores': restores,
            'urgent': urgent and untranslated > 0,
            'untranslated': untranslated,
            'content': content.version,
        }
    )


def _earlier(log: Log, edition: int | None) -> Publication:
    """Return the entry of the log that is to be served again. Raises Stopped if there is none."""
    there = ', '.join(str(entry.edition) for entry in log[1:]) or 'none'
    found = before(log) if edition is None else next((entry for entry in log if entry.edition == edition), None)
    if found is None:
        what = f'There is no edition {edition}' if edition else 'There is no edition before the one that is served'
        raise Stopped(f'{what}. Earlier editions: {there}.', 2)
    if found == log[0]:
        raise Stopped(f'Edition {found.edition} is what is served. Earlier editions: {there}.', 2)
    return found


def _confirmed(question: str, yes: bool, ask: Ask) -> None:
    """Raise Stopped unless whoever publishes says yes."""
    try:
        said = yes or ask(f'{question} Type yes: ').strip().lower() in ('y', 'yes')
    except (EOFError, KeyboardInterrupt):
        said = False
        print()
    if not said:
        raise Stopped('Nothing was published.')
