"""The styles of the pages, as they stand in every page: no page waits for a request of its own, and none is drawn twice."""

from __future__ import annotations

import re
from pathlib import Path

_FOLDER = Path(__file__).parent
_COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
_AROUND = re.compile(r'\s*([{};,>])\s*')
_MANY = re.compile(r'\s+')
_NAME = re.compile(r'(?<=[{;])([\w-]+): ')


def _style(*names: str) -> str:
    """Return style sheets without comments, and without the spaces that a browser does not need."""
    text = ''.join((_FOLDER / f'{name}.css').read_text(encoding='utf-8') for name in names)
    return _NAME.sub(r'\1:', _AROUND.sub(r'\1', _MANY.sub(' ', _COMMENT.sub('', text)))).replace(';}', '}').strip()


SERVER = _style('tokens', 'style', 'result')
"""For what the server draws."""

STREAMLIT = _style('streamlit')
"""For what Streamlit draws, beside the other."""

TRAINING = _style('training')
"""For the training pages, beside both."""
