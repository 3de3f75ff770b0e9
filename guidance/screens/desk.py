"""What is for those who look after the content only."""

from __future__ import annotations

import os


def is_open() -> bool:
    """Tell whether this wizard shows what is for those who look after its content: `GUIDANCE_DESK=on`."""
    return os.environ.get('GUIDANCE_DESK', '').lower() == 'on'
