"""Which tests are run and what is told of them. What they share stands in `tests/fixtures.py`, which only the processes load
that run tests: the one that starts them need not know the program."""

import gc
import re

import pytest
from _pytest.runner import runtestprotocol

from tests.support.sampling import Asked

_MARKED = re.compile(r'^pytestmark = pytest\.mark\.(\w+)$', re.M)


def asks_for_long(config):
    """Whether `-m` names the long tests, which stay out of every other run, whatever else it names."""
    return re.search(r'(?<!not )\blong\b', config.option.markexpr) is not None


def pytest_configure(config):
    gc.disable()  # until all is loaded: nothing of it is garbage
    Asked.long = asks_for_long(config)
    if not config.getoption('numprocesses', None) or config.option.collectonly:  # it runs tests itself, and no workers
        config.pluginmanager.import_plugin('tests.fixtures')


def pytest_ignore_collect(collection_path, config):
    """Leave out a file, or a folder, all of whose tests `-m` leaves out: to import them takes as long as hundreds of tests."""
    files = [collection_path] if collection_path.suffix == '.py' else sorted(collection_path.glob('**/test_*.py'))
    marks = [_MARKED.search(path.read_text(encoding='utf-8')) for path in files]
    return True if marks and all(mark and f'not {mark[1]}' in config.option.markexpr for mark in marks) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """When the long tests are asked for, those of any input, and those that can be thorough, are long, too; else nothing long is
    run. The slow files come first: a worker that would begin one at the end would work alone for a minute."""
    if asks_for_long(config):
        from hypothesis import is_hypothesis_test

        for item in items:
            if is_hypothesis_test(item.obj) or 'thorough' in item.fixturenames:
                item.add_marker('long')
    elif long := [item for item in items if item.get_closest_marker('long')]:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker('long')]
    items.sort(key=lambda item: not (item.get_closest_marker('browser') or item.get_closest_marker('server')))


def pytest_collection_finish():
    """Leave what is loaded by now out of every search for garbage, and search seldom: it would take a tenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


def pytest_runtest_protocol(item, nextitem):
    """Tell the process that shows the results nothing of a test but its result: each message costs as much as a small test."""
    if not hasattr(item.config, 'workerinput'):
        return None
    for report in runtestprotocol(item, nextitem=nextitem, log=False):
        if report.when == 'call' or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


def pytest_unconfigure():
    """Leave it out of the last search, too: pytest goes through all that there is five times, and Python once more."""
    gc.freeze()
