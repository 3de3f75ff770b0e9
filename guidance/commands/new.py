"""`new`: write the smallest service that runs, to begin another one with."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from guidance.content.json_schema import PATH
from guidance.content.json_schema import json_schema
from guidance.content.json_schema import modeline

SMALLEST = Path(__file__).parents[1] / 'smallest'
"""What is written: a whole content, with the days of its sources left open."""

_REVIEW = datetime.timedelta(days=180)


def run(folder: Path, today: datetime.date | None = None) -> int:
    """Write the smallest service into `folder`, which is not there yet or empty; return the exit code."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f'{folder} is there already; nothing was written.', file=sys.stderr)
        return 2
    today = today or datetime.date.today()
    for path in sorted(path for path in SMALLEST.rglob('*') if path.is_file()):
        made = folder / path.relative_to(SMALLEST)
        made.parent.mkdir(parents=True, exist_ok=True)
        text = modeline(path.relative_to(SMALLEST).as_posix()) + path.read_text(encoding='utf-8').replace(
            '{today}', f'{today}'
        ).replace('{review}', f'{today + _REVIEW}')
        made.write_text(text, encoding='utf-8')
        print(made)
    (folder / PATH).write_text(json_schema(), encoding='utf-8')
    print(
        f'\nA whole service. Change it, and after each change:\n  python -m guidance --content {folder} check'
        f'\nTo see it:\n  GUIDANCE_CONTENT={folder} streamlit run wizard.py'
    )
    return 0
