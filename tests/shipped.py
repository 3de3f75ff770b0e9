"""The content that the wizard ships with, checked once for all tests of a process."""

import datetime

from conftest import ROOT

from guidance.serving.check import check

TODAY = datetime.date(2026, 11, 26)  # for warnings of age: the day on which the facts were looked up
SHIPPED = check(ROOT, TODAY)
