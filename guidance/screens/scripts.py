"""The scripts of the pages, as they stand in every page: what is no request of its own can neither be lost nor come too late."""

from __future__ import annotations

import json
import re
from pathlib import Path

import streamlit

from guidance.screens.contract import LATE_FILES
from guidance.screens.site.compress import FILES

_FOLDER = Path(__file__).parent
_INDEX = (Path(streamlit.__file__).parent / 'static' / 'index.html').read_text(encoding='utf-8')
_COMMENT = re.compile(r'^\s*//.*\n|  // .*$|^\s+', re.MULTILINE)  # with what stands before and behind each line
_START = re.compile(r'<script type="module" crossorigin src="\./(static/js/[\w.-]+)"></script>')
_TOGETHER = re.compile(r'<link rel="modulepreload" crossorigin href="\./(static/js/[\w.-]+)">')


def _script(name: str) -> str:
    """Return a script without its comments and indents, which are a third of it."""
    return _COMMENT.sub('', (_FOLDER / f'{name}.js').read_text(encoding='utf-8'))


def _is_late(name: str) -> bool:
    return any(re.fullmatch(pattern, name) for pattern in LATE_FILES)


def _files() -> dict[str, str | list[str]]:
    """Return the addresses of Streamlit's files: what starts it, what that needs, and what the parts of our pages need."""
    starts, late = _START.findall(_INDEX), [f'static/{name}' for name in sorted(FILES) if _is_late(name)]
    if len(starts) != 1 or len(late) != len(LATE_FILES):
        raise RuntimeError(f'this Streamlit has other files: {starts}, {late}')
    return {'start': starts[0], 'together': _TOGETHER.findall(_INDEX), 'late': late}


SCRIPT = _script('line').replace('/*streamlit*/{}/*streamlit*/', json.dumps(_files())) + ''.join(
    map(_script, ('form', 'browser', 'taps', 'acts', 'first'))
)
"""It stands at the end of the body: it needs the page that the server drew, and the place where Streamlit draws."""
