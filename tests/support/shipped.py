"""The content that the wizard ships with, checked once for all tests of a process."""

import datetime

from guidance.serving.check import check
from tests.support.paths import ROOT

TODAY = datetime.date(2026, 11, 26)  # for warnings of age: the day on which the facts were looked up
SHIPPED = check(ROOT)  # as of the day of the test, as a server has it

MOST_ANSWERS = {
    'who': ('friend',), 'asker-place': ('mainland',), 'person-place': ('unknown',), 'resident': ('unknown',),
    'happened': ('hurt', 'death', 'custody', 'missing', 'papers', 'money', 'disaster', 'dispute'), 'danger-now': ('yes',),
    'hurt-state': ('unknown',), 'hurt-cause': ('violence',), 'custody-stage': ('held',), 'custody-kind': ('criminal',),
    'papers-where': ('stolen',), 'which-papers': ('home-return-permit', 'identity-card', 'passport'),
    'dispute-kind': ('bill', 'complaint', 'court', 'contract', 'permit', 'threatened'), 'dependant': ('yes',),
}  # fmt: skip
"""Answers with which everything happened at once: the longest result."""
