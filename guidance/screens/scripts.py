"""The scripts of the pages, as they stand in every page: what is no request of its own can neither be lost nor come too late."""

from __future__ import annotations

import json
import re
from pathlib import Path

from guidance.screens.contract import LATE_FILES
from guidance.screens.site.compress import FILES

_FOLDER = Path(__file__).parent
_COMMENT = re.compile(r'^\s*//.*\n', re.MULTILINE)


def _script(name: str) -> str:
    """Return a script without its comments, which are a third of it."""
    return _COMMENT.sub('', (_FOLDER / name).read_text(encoding='utf-8'))


def _line() -> str:
    late = [f'./static/{name}' for name in sorted(FILES) if any(re.fullmatch(pattern, name) for pattern in LATE_FILES)]
    if len(late) != len(LATE_FILES):
        raise RuntimeError(f'this Streamlit has other files for answers: {late}')
    return _script('line.js').replace('/*files*/[]/*files*/', json.dumps(late))


LINE = _line()
"""For the head: it must run before anything else is loaded."""

BROWSER = ''.join(map(_script, ('browser.js', 'taps.js', 'choices.js', 'acts.js')))
"""For the end of the body: it needs the place where Streamlit draws."""
