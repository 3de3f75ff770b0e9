"""What the tests share: a small complete content (`tests/small`), built in a temporary folder with files replaced."""

import shutil
import time

import pytest
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis.internal.entropy import deterministic_PRNG

from guidance.content.load import read
from guidance.content.resolve import resolve
from guidance.serving.check import check
from guidance.serving.store import store
from tests.support.publications import draft_of
from tests.support.publications import published
from tests.support.publications import three_editions
from tests.support.sampling import Asked
from tests.support.small import built

SHORT = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LONG = settings(SHORT, max_examples=2_000, derandomize=False, database=None)
"""How many examples a test of any input tries: some, at each run the same; of the long tests many, at each run others."""

QUIET = 0.06
"""Seconds that `_pace` works on a quiet machine, as the one on which the limits of `quick` were set."""

settings.register_profile('tests', LONG if Asked.long else SHORT)
settings.load_profile('tests')
with deterministic_PRNG():
    pass  # at its first use it looks through all that there is, which is little yet


@pytest.fixture(scope='session')
def thorough():
    """Whether to try all of a large sample and not a small one: when the long tests are asked for."""
    return Asked.long


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


@pytest.fixture(scope='session')
def published_once(tmp_path_factory):
    """Folders with `draft` and `live`, the published folder, by the number of editions in it: one, or three."""
    one, three = tmp_path_factory.mktemp('one'), tmp_path_factory.mktemp('three')
    assert published(draft_of(one), one / 'live') == 0
    three_editions(three)
    return {1: one, 3: three}


@pytest.fixture
def editions(published_once, tmp_path):
    """Make the draft and the published folder with one edition or three, to be changed."""

    def copied(number):
        return tuple(shutil.copytree(published_once[number] / name, tmp_path / name) for name in ('draft', 'live'))

    return copied


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
        return resolve(read(target), 'test')

    return build


@pytest.fixture
def report_of(folder):
    """Check the small content with files replaced; return the whole text of what is wrong."""

    def build(files=None):
        report = check(folder(files))
        return '\n\n'.join(str(problem) for problem in (*report.errors, *report.warnings))

    return build


def _pace():
    """Return how many times as long as on a quiet machine the same work takes on this one, now; at least 1."""
    begun = time.process_time()
    sum(number * number for number in range(1_000_000))
    return max(1, (time.process_time() - begun) / QUIET)


@pytest.fixture
def quick(request):
    """Fail when the block takes longer than it may, in seconds of a quiet machine; `pytest -s` shows the times."""

    class Clock:
        def __init__(self, limit):
            self.limit = limit

        def __enter__(self):
            self.start = time.process_time()

        def __exit__(self, *error):
            taken = time.process_time() - self.start
            print(f'\n  {request.node.name}: {taken:.2f} s of {self.limit}', end='')
            if error == (None, None, None):
                assert taken < self.limit or taken < self.limit * _pace()

    return Clock
