"""How many examples a test of any input tries."""

from __future__ import annotations

import os

from hypothesis import HealthCheck
from hypothesis import settings

TIMES = int(os.environ.get('EXAMPLES', '1'))  # EXAMPLES=100 tries a hundred times as many, others at each run
FEW = settings(max_examples=15 * TIMES, deadline=None, derandomize=TIMES == 1, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=50 * TIMES)
