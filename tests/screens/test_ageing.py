"""What a page says of an answer that may no longer hold, and the day that its addresses keep."""

from __future__ import annotations

import datetime

from tests.support.plain import checked
from tests.support.plain import page

LINK = '/plain?who=me&happened=hut&hut=shut&lang=en'


def test_a_link_opened_much_later_says_so_and_asks_again(folder, serving, client):
    hut = (folder() / 'flows/hut.yaml').read_text().replace('    ask: Is', '    ages: 10 days\n    ask: Is')
    words = "notice-aged: 'May no longer hold: {question}'\n"
    serving(folder({'flows/hut.yaml': hut, 'data/interface.yaml': words}))
    again = page(client, f'{LINK}&made=2020-01-01')
    assert 'May no longer hold: Is the hut open?' in again
    assert 'name="hut"' in again and checked(again) == []
    assert 'made=' not in again  # no answer that ages is left in its addresses
    result = page(client, LINK)
    assert 'May no longer hold' not in result
    assert f'made={datetime.date.today().isoformat()}' in result
    recent = (datetime.date.today() - datetime.timedelta(3)).isoformat()
    assert f'made={recent}' in page(client, f'{LINK}&made={recent}')
