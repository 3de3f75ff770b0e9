"""Totals of a day in a folder: whole files whatever happens, one for each process, and nothing in them of anybody."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
import threading
from unittest import TestCase

import pytest

from guidance.content.files import UNFINISHED
from guidance.serving import counters
from guidance.serving.counters import Counters
from guidance.serving.counters import Event
from guidance.serving.counters import counts_in
from tests.support.paths import ROOT
from tests.support.waiting import DEADLINE
from tests.support.waiting import until

DAY = datetime.date(2027, 1, 31)
NEXT = datetime.date(2027, 2, 1)
SHOWN = Event('question', 'who', 'shown')
REACHED = Event('outcome', 'no-money', 'reached')


def kept(folder):
    """The numbers of all files in a folder, added up, with their days."""
    sums = {}
    for path in folder.glob('counts-*.json'):
        day = counters.FILE.fullmatch(path.name)[1]
        sums.setdefault(day, counters.Counter()).update(counts_in(path.read_bytes()))
    return sums


@pytest.mark.parametrize(('said', 'on'), [('', False), (' ', False), ('OFF', False), ('on', True), ('/kept', True)])
def test_only_what_is_asked_for_is_counted(monkeypatch, said, on):
    monkeypatch.setattr(counters, '_every', {})
    monkeypatch.setenv('GUIDANCE_COUNT', said)
    assert counters.counting() is on
    monkeypatch.setattr(Counters, '_begin', lambda self, folder: None)
    counters.count([SHOWN], DAY)
    assert counters.counted() == ({SHOWN: 1} if on else {})


def test_on_keeps_nothing_and_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(counters, '_every', {})
    monkeypatch.setenv('GUIDANCE_COUNT', 'on')
    monkeypatch.chdir(tmp_path)
    with TestCase().assertLogs(level='WARNING') as log:
        counters.begin()
    counters.count([SHOWN], DAY)
    counters.finish()
    assert 'name a folder' in log.output[0] and not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_told_at_the_start(monkeypatch, tmp_path):
    (tmp_path / 'file').write_text('')
    monkeypatch.setenv('GUIDANCE_COUNT', str(tmp_path / 'file/counts'))
    with TestCase().assertLogs(level='WARNING') as log:
        counters.begin()
    assert 'GUIDANCE_COUNT' in log.output[0]


def test_a_file_has_totals_and_the_day_and_nothing_else(tmp_path):
    of_process = Counters(tmp_path / 'new')
    for _ in range(3):
        of_process.add([SHOWN, REACHED], DAY)
    of_process.write()
    (path,) = (tmp_path / 'new').iterdir()
    assert counters.FILE.fullmatch(path.name)[1] == str(DAY)
    assert json.loads(path.read_bytes()) == {'outcome': {'no-money': {'reached': 3}}, 'question': {'who': {'shown': 3}}}
    assert path.stat().st_mtime % 86_400 == 0  # no time finer than a day, not even of the file
    assert str(os.getpid()) not in path.name


def test_a_day_that_is_over_is_kept_and_who_is_late_for_it_is_added(tmp_path):
    of_process = Counters(tmp_path)
    for day in (DAY, NEXT, DAY, NEXT):
        of_process.add([SHOWN], day)
        of_process.write()
    assert kept(tmp_path) == {str(DAY): {SHOWN: 2}, str(NEXT): {SHOWN: 2}}
    assert of_process.since_start() == {SHOWN: 4}


def test_processes_and_restarts_add_up(tmp_path):
    for _ in range(3):
        of_process = Counters(tmp_path)
        of_process.add([SHOWN, REACHED], DAY)
        of_process.write()
    assert len(list(tmp_path.iterdir())) == 3
    assert kept(tmp_path) == {str(DAY): {SHOWN: 3, REACHED: 3}}


def test_threads_lose_nothing(tmp_path):
    of_process = Counters(tmp_path)

    def visit():
        for _ in range(200):
            of_process.add([SHOWN], DAY)
        of_process.write()

    threads = [threading.Thread(target=visit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    of_process.write()
    assert kept(tmp_path) == {str(DAY): {SHOWN: 800}}


def test_what_cannot_be_written_is_told_once_and_written_later(tmp_path):
    place = tmp_path / 'counts'
    place.write_text('in the way')
    of_process = Counters(place)
    of_process.add([SHOWN], DAY)
    with TestCase().assertLogs(level='WARNING') as log:
        of_process.write()
        of_process.write()
    assert len(log.output) == 1
    place.unlink()
    of_process.write()
    assert kept(place) == {str(DAY): {SHOWN: 1}}


def test_what_a_killed_process_left_is_taken_away_once_it_is_old(tmp_path):
    old, new, other = (tmp_path / name for name in (f'.counts-a{UNFINISHED}', f'.counts-b{UNFINISHED}', f'.other{UNFINISHED}'))
    for path in (old, new, other):
        path.write_text('{')
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    counters._tidy(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted((new, other))


WRITING = """
import datetime
import sys
from pathlib import Path
from guidance.serving import counters
counters._PAUSE = 0.001
of_process = counters.Counters(Path(sys.argv[1]))
while True:
    of_process.add([counters.Event('question', 'who', 'shown')], datetime.date(2027, 1, 31))
"""


@pytest.mark.parametrize('how', [signal.SIGKILL, signal.SIGTERM])
def test_who_is_killed_while_writing_leaves_a_whole_file(tmp_path, how):
    process = subprocess.Popen([sys.executable, '-c', WRITING, str(tmp_path)], cwd=ROOT)
    try:
        until(lambda: sum(kept(tmp_path).get(str(DAY), {}).values()) > 1_000)
        before = kept(tmp_path)[str(DAY)][SHOWN]
    finally:
        process.send_signal(how)
        process.wait(DEADLINE)
    assert kept(tmp_path)[str(DAY)][SHOWN] >= before  # each of the files was whole, or it could not be read


@pytest.mark.parametrize(
    'text',
    [
        '',
        '[]',
        '{"question": 1}',
        '{"place": {}, "question": {"who": {"shown": 1.5}}}',
        '{"question": {"who": {"asked": 1}}}',
        '{"question": {"who": {"shown": -1}}}',
        '{"question": {"who": {"shown": true}}}',
        '{"outcome": {"who": {"shown": 1}}}',
        pytest.param('[' * 9_999, id='deep'),
    ],
)
def test_what_is_no_file_of_counts_is_none(text):
    with pytest.raises(ValueError, match='^this is no file of counts$'):
        counts_in(text.encode())


@pytest.mark.parametrize(('number', 'said'), [(0, 0), (9, 0), (10, 10), (19, 10), (120, 120)])
def test_small_numbers_are_hidden(number, said):
    assert counters.shown(number) == said
