"""What the tests share: a small complete content (`tests/small`), built in a temporary folder with files replaced."""

import gc
import time

import pytest

from guidance.content.load import read
from guidance.content.resolve import resolve
from guidance.serving.check import check
from guidance.serving.store import store
from tests.support.small import built


def pytest_collection_modifyitems(items):
    """The slow files first: a worker that would begin one at the end would work alone for a minute."""
    items.sort(key=lambda item: not (item.get_closest_marker('browser') or item.get_closest_marker('server')))


def pytest_collection_finish():
    """Leave what is loaded by now out of every search for garbage, which takes a sixth of the time."""
    gc.freeze()


@pytest.fixture
def folder(tmp_path):
    """Build a content folder, see `built`."""
    return lambda files=None: built(tmp_path / 'content', files)


@pytest.fixture(scope='session')
def content(tmp_path_factory):
    """The small content, as proved; nothing in it can change, so that all tests share it."""
    report = check(built(tmp_path_factory.mktemp('small') / 'content'))
    assert report.content is not None, report.errors
    return report.content


@pytest.fixture
def serving(monkeypatch):
    """Serve another content folder than the one that is shipped, for one test."""

    def serve(target):
        monkeypatch.setenv('GUIDANCE_CONTENT', str(target))
        return store()

    return serve


@pytest.fixture
def resolved(folder):
    """Build content from files without proving it: for rules of the language that need no complete content."""

    def build(files=None):
        target = folder(files)
        parts = read(target)
        return resolve(parts.tables, parts.folders, 'test')

    return build


@pytest.fixture
def report_of(folder):
    """Check the small content with files replaced; return the whole text of what is wrong."""

    def build(files=None):
        report = check(folder(files))
        return '\n\n'.join(str(problem) for problem in (*report.errors, *report.warnings))

    return build


@pytest.fixture
def quick(request):
    """Fail when the block takes longer than it may; `pytest -s` shows the times."""

    class Clock:
        def __init__(self, limit):
            self.limit = limit

        def __enter__(self):
            self.start = time.process_time()

        def __exit__(self, *error):
            taken = time.process_time() - self.start
            print(f'\n  {request.node.name}: {taken:.2f} s of {self.limit}', end='')
            if error == (None, None, None):
                assert taken < self.limit

    return Clock
