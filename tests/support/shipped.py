"""The content that the wizard ships with and its examples, checked once for all tests of a process."""

from __future__ import annotations

import datetime
from functools import cache

from guidance.serving.check import Report
from guidance.serving.check import check
from tests.support.paths import ROOT

TODAY = datetime.date(2026, 11, 26)  # for warnings of age: the day on which the facts were looked up
SHIPPED = check(ROOT)  # as of the day of the test, as a server has it
EXAMPLES = ('sorting', 'trick')


@cache
def report_of(name: str) -> Report:
    """What `check` says of an example; of what is shipped, by the name `shipped`."""
    return SHIPPED if name == 'shipped' else check(ROOT / 'examples' / name, TODAY)


MOST_ANSWERS = {
    'who': ('friend',), 'asker-place': ('mainland',), 'person-place': ('unknown',), 'danger-now': ('unknown',),
    'resident': ('unknown',), 'happened': (
        'hurt', 'attack', 'death', 'custody', 'missing', 'care', 'papers', 'money', 'callers', 'disaster', 'dispute',
    ),
    'attack-kind': ('family',), 'hurt-cause': ('accident',), 'hurt-state': ('unknown',), 'care-kind': ('alone',),
    'callers-kind': ('officers',), 'custody-kind': ('criminal',), 'papers-where': ('stolen',),
    'which-papers': ('home-return-permit', 'identity-card', 'passport'),
    'dispute-kind': ('bill', 'complaint', 'court', 'contract', 'permit', 'insurer'),
}  # fmt: skip
"""Answers with which everything happened at once: the longest result."""
