"""What may stand in Latin letters on a Chinese page."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What stays in Latin letters on a Chinese page: the names that have no other, and what numbers are written with.
NAMES = re.compile(
    r'English|WhatsApp|https?://\S+|^\?\S+$|ROTI|HK\$|:small|PDF|Shift|JavaScript|[\w@.]+\.hk|[a-z]+\.com|[0-9a-f]{10}'
    r'|Wi-Fi|Hugill & Ip'
    r'|\b[0-9A-Z]{2,4}(?: [0-9A-Z]{2,4}){1,3}\b'  # a code to read out
)


def foreign(texts: Iterable[str]) -> list[str]:
    """The texts that have Latin words beyond the listed names."""
    return [text for text in texts if re.search(r'[A-Za-z]{2,}', NAMES.sub('', text))]
