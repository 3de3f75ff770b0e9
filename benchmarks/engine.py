"""What the engine costs: reading, proving, counting and walking, for the shipped content and for contents of growing size.

Seconds are those of the processor, so that other work on the machine is not counted. Each size is twice the one before, so
that a time that grows faster than the content is seen at once: `us per question` grows then, too.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks import contents
from guidance.content.load import loaded_once
from guidance.content.load import read
from guidance.content.load import version
from guidance.content.model import Content
from guidance.content.resolve import resolve
from guidance.journey.code import lengths
from guidance.journey.walk import walk
from guidance.proof.meaning import Meaning
from guidance.serving.check import check
from guidance.training.case import expected

T = TypeVar('T')
ROOT = Path(__file__).parent.parent
SIZES = (1_250, 2_500, 5_000, 10_000, 20_000)
_HEAD = [
    'content', 'questions', 'read s', 'resolve s', 'prove s', 'check s', 'us per question', 'counts s', 'codes s',
    'ten answers walked ms',
]  # fmt: skip


def rows() -> list[list[str]]:
    """Return the table, its head first."""
    found = [_HEAD]
    found.append(_row('shipped', ROOT))
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / 'content'
            contents.write(target, size, ROOT)
            found.append(_row(f'{size:,}', target))
    return found


def _row(name: str, folder: Path) -> list[str]:
    reading, files = _timed(lambda: read(folder))
    resolving, content = _timed(lambda: resolve(files, version(folder)))
    proving, problems = _timed(Meaning(content).check)
    assert not problems, problems[0]
    checking, report = _timed(lambda: check(folder))
    assert report.content is not None
    counting, numbers = _timed(lambda: report.counts)
    assert numbers is not None
    coding, _ = _timed(lambda: lengths(content))
    answers = _ten_answers(content)
    walking = best(lambda: walk(content, answers))
    number = len(content.questions)
    times = [f'{each:.2f}' for each in (reading, resolving, proving, checking)]
    return [
        name, f'{number:,}', *times, f'{checking * 1e6 / number:.0f}', f'{counting:.2f}', f'{coding:.2f}', f'{walking * 1e3:.3f}'
    ]  # fmt: skip


def _timed(run: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of the processor that a run takes, and what it returns. Nothing of it was read before."""
    loaded_once.cache_clear()
    start = time.process_time()
    found = run()
    return time.process_time() - start, found


def _ten_answers(content: Content) -> dict[str, tuple[str, ...]]:
    """Return answers to ten questions that lead to a result."""
    for case in content.cases.values():
        answers = dict(expected(content, case))
        if len(answers) == 10:
            return answers
    answers = {}
    while (journey := walk(content, answers)).next:
        answers[journey.next.id] = (journey.next.options[0].id,)
    assert len(answers) == 10
    return answers


def best(run: Callable[[], object], times: int = 20) -> float:
    """Return the seconds of one run, the best of five rounds."""
    run()
    rounds = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(times):
            run()
        rounds.append((time.process_time() - start) / times)
    return min(rounds)
