"""`counts`: sums over replicas and days, small numbers hidden, and files that are none told and left out."""

from __future__ import annotations

import datetime

import pytest

from guidance.__main__ import main
from guidance.serving.counters import Counters
from guidance.serving.counters import Event

DAY = datetime.date(2027, 1, 31)
NEXT = datetime.date(2027, 2, 1)


def replica(folder, day, **numbers):
    """The counts of a replica: how often each thing happened to the question `who`."""
    counts = Counters(folder)
    counts._begin = lambda _: None
    for what, number in numbers.items():
        for _ in range(number):
            counts.add([Event('question', 'who', what)], day)
    counts.write()


def rows(text):
    return [line.split() for line in text.splitlines() if line]


def test_three_replicas_and_two_folders_are_summed_and_small_numbers_hidden(tmp_path, capsys):
    one, two = tmp_path / 'one', tmp_path / 'two'
    for folder in (one, one, two):
        replica(folder, DAY, shown=24, answered=13, unknown=3, back=1)
    replica(two, NEXT, shown=9)
    assert main(['counts', str(one), str(two)]) == 0
    text = capsys.readouterr().out
    assert rows(text)[:3] == [
        ['2027-01-31', 'to', '2027-02-01,', 'rounded', 'down', 'to', 'tens'],
        ['question', 'shown', 'answered', 'unknown', 'back', 'left'],
        ['who', '80', '30', '<10', '<10', '30'],  # 81, 39, 9, 3 and what is left of 81
    ]
    assert main(['counts', str(one), str(two), '--since', '2027-02-01']) == 0
    assert rows(capsys.readouterr().out)[2] == ['who', '<10', '0', '0', '0', '<10']


def test_a_file_that_is_damaged_is_told_and_the_others_are_summed(tmp_path, capsys):
    replica(tmp_path, DAY, shown=30)
    (tmp_path / f'counts-{DAY}-0123abcd.json').write_bytes(b'{"question": {"wh')
    (tmp_path / f'.counts-{DAY}-0123abce.json.x.new').write_bytes(b'{')
    (tmp_path / 'counts-2027-13-31-0123abcd.json').write_bytes(b'{')
    (tmp_path / 'notes.txt').write_text('of somebody')
    assert main(['counts', str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [f'{tmp_path}/counts-{DAY}-0123abcd.json is left out: this is no file of counts']
    assert rows(said.out)[2][:2] == ['who', '30']


@pytest.mark.parametrize(
    ('name', 'since', 'told'), [('gone', (), 'There is no folder'), ('', ('--since', '2027-02-01'), 'no counts since')]
)
def test_where_there_is_nothing_a_sentence_says_so(tmp_path, capsys, name, since, told):
    replica(tmp_path, DAY, shown=1)
    assert main(['counts', str(tmp_path / name), *since]) == 2
    said = capsys.readouterr()
    assert told in said.err and not said.out
