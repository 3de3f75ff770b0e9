"""Writing files: always a whole new one that takes the old one's place at once, so that nobody ever reads half of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

UNFINISHED = '.new'
"""Ends the name of a file that is not whole yet; it begins with a dot."""


def replace(path: Path, raw: bytes) -> bool:
    """Make `raw` what stands in the file at `path`, with the permissions that it had; return whether that changed anything.

    Raises OSError if it cannot be written; then the old file stands there as it was.
    """
    path = path.resolve()  # of a link, the file that it leads to
    old = path.stat() if path.exists() else None
    if old is not None and path.read_bytes() == raw:
        return False
    handle, name = tempfile.mkstemp(prefix=f'.{path.name}.', suffix=UNFINISHED, dir=path.parent)  # which nobody takes for content
    try:
        with open(handle, 'wb') as file:
            file.write(raw)
            os.fchmod(file.fileno(), old.st_mode & 0o7777 if old else 0o666 & ~_umask())
            if old is not None and (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
                with contextlib.suppress(PermissionError):  # only root may give a file away
                    os.fchown(file.fileno(), old.st_uid, old.st_gid)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return True


def _umask() -> int:
    """Return which permissions a new file does not get; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
