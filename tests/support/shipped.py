"""The content that the wizard ships with, checked once for all tests of a process."""

import datetime

from guidance.serving.check import check
from tests.support.paths import ROOT

TODAY = datetime.date(2026, 11, 26)  # for warnings of age: the day on which the facts were looked up
SHIPPED = check(ROOT)  # as of the day of the test, as a server has it

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
