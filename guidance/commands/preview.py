"""`preview`: show a draft on this machine, beside what is served."""

from __future__ import annotations

import os
import sys
from pathlib import Path

WIZARD = Path(__file__).parents[2] / 'wizard.py'
"""The program that serves, beside the package."""


def run(draft: Path, port: int) -> int:
    """Serve a draft at an address of this machine until it is interrupted; return the exit code if that cannot be."""
    if not (draft / 'flows').is_dir():
        print(f'{draft} is no draft: there is no flows/ in it', file=sys.stderr)
        return 2
    if not WIZARD.exists():
        print('Only a copy of the whole project can show a draft: wizard.py is not beside this program', file=sys.stderr)
        return 2
    print(
        f'The draft: http://localhost:{port}/desk/preview/plain\nWhat is served: http://localhost:{port}/\nCtrl-C ends it.',
        flush=True,
    )
    settings = {'GUIDANCE_DESK': 'on', 'GUIDANCE_DRAFT': str(draft.absolute())}
    quiet = ('--server.headless', 'true', '--server.address', 'localhost', '--server.port', str(port))
    command = [sys.executable, '-m', 'streamlit', 'run', str(WIZARD), *quiet]
    os.execve(sys.executable, command, os.environ | settings)  # in place of this process: what ends that, ends it
