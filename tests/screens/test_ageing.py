"""What a page says of an answer that may no longer hold, and the day that its addresses keep."""

from __future__ import annotations

import datetime

from guidance.content import days
from tests.support.plain import checked
from tests.support.plain import page

LINK = '/plain?who=me&happened=hut&hut=shut&lang=en'
NOON = datetime.datetime(2027, 1, 31, 12, tzinfo=datetime.UTC)


def test_a_link_opened_much_later_says_so_and_asks_again(folder, serving, client, monkeypatch):
    monkeypatch.setattr(days, 'now', lambda: NOON)  # the machine's own day may be another, and end meanwhile
    hut = (folder() / 'flows/hut.yaml').read_text().replace('    ask: Is', '    ages: 10 days\n    ask: Is')
    words = "notice-aged: 'May no longer hold: {question}'\n"
    serving(folder({'flows/hut.yaml': hut, 'data/interface.yaml': words}))
    again = page(client, f'{LINK}&made=2020-01-01')
    assert 'May no longer hold: Is the hut open?' in again
    assert 'name="hut"' in again and checked(again) == []
    assert 'made=' not in again  # no answer that ages is left in its addresses
    result = page(client, LINK)
    assert 'May no longer hold' not in result
    assert 'made=2027-01-31' in result
    assert 'made=2027-01-28' in page(client, f'{LINK}&made=2027-01-28')
