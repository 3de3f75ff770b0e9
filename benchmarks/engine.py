"""What the engine costs: reading, proving and walking, for the shipped content and for contents of growing size."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import contents
from guidance.content.load import read
from guidance.content.load import version
from guidance.content.model import Content
from guidance.content.resolve import resolve
from guidance.journey.walk import walk
from guidance.proof.meaning import Meaning
from guidance.serving.check import check
from guidance.training.case import expected

ROOT = Path(__file__).parent.parent
SIZES = (100, 1_000, 10_000)


def rows() -> list[list[str]]:
    """Return the table, its head first."""
    found = [['content', 'questions', 'read s', 'resolve s', 'prove s', 'check s', 'ten answers walked ms', 'per question us']]
    found.append(_row('shipped', ROOT))
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / 'content'
            contents.write(target, size, ROOT)
            found.append(_row(f'{size:,}', target))
    return found


def _row(name: str, folder: Path) -> list[str]:
    start = time.perf_counter()
    files = read(folder)
    after_reading = time.perf_counter()
    content = resolve(files, version(folder))
    after_resolving = time.perf_counter()
    problems = Meaning(content).check()
    after_proving = time.perf_counter()
    assert not problems, problems[0]
    report = check(folder)
    assert report.content is not None
    whole = time.perf_counter() - after_proving
    answers = _ten_answers(content)
    walking = best(lambda: walk(content, answers))
    stages = (after_reading - start, after_resolving - after_reading, after_proving - after_resolving, whole)
    times = [f'{stage:.2f}' for stage in stages]
    per_question = walking * 1e6 / len(content.questions)
    return [name, f'{len(content.questions):,}', *times, f'{walking * 1e3:.3f}', f'{per_question:.2f}']


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
        start = time.perf_counter()
        for _ in range(times):
            run()
        rounds.append((time.perf_counter() - start) / times)
    return min(rounds)
