"""What the tests share: a small complete content (`tests/content`), built in a temporary folder with files replaced."""

import copy
import gc
import itertools
import shutil
import time
from functools import cache
from pathlib import Path

import pytest
import yaml

from guidance.content.condition import holds
from guidance.content.disk import Unreadable
from guidance.content.disk import read_bytes
from guidance.content.interface import Interface
from guidance.content.interface import TrainingWords
from guidance.content.load import read
from guidance.content.resolve import resolve
from guidance.content.yamlfile import YamlFile
from guidance.journey.walk import decided_by
from guidance.journey.walk import result
from guidance.journey.walk import walk
from guidance.serving.check import check
from guidance.serving.store import store

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / 'content'


def pytest_collection_modifyitems(items):
    """The slow files first: a worker that would begin one at the end would work alone for a minute."""
    items.sort(key=lambda item: not (item.get_closest_marker('browser') or item.get_closest_marker('server')))


def pytest_collection_finish():
    """Leave what is loaded by now out of every search for garbage, which takes a sixth of the time."""
    gc.freeze()


@cache
def small_content():
    """The files of the small content, two of them with a text for every key that the screens need, so that a new key
    does not break it."""

    def words(shape):
        fields = getattr(shape, 'model_fields', {})
        needed = {field.alias or name: field.annotation for name, field in fields.items() if field.is_required()}
        return {key: words(part) for key, part in needed.items()} or 'Words'

    files = {str(path.relative_to(BASE)): path.read_text() for path in BASE.rglob('*') if path.is_file()}
    training = yaml.safe_load(files['data/training.yaml']) | {'words': words(TrainingWords)}
    return files | {'data/interface.yaml': yaml.safe_dump(words(Interface)), 'data/training.yaml': yaml.safe_dump(training)}


def built(target, files=None):
    """Build a content folder: the small content with the given files replaced (text or bytes) or left out (None)."""
    if target.exists():
        shutil.rmtree(target)
    for name, given in (small_content() | (files or {})).items():
        if given is not None:
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(given if isinstance(given, bytes) else given.encode())
    return target


@pytest.fixture(autouse=True, scope='session')
def each_file_of_the_small_content_is_parsed_once():
    """Nearly every test has most of them as they are."""
    read, known = YamlFile.read, {}

    def once(path, name):
        try:
            changed = read_bytes(path, name) != small_content().get(name, '').encode()
        except Unreadable:
            changed = True
        if changed:
            return read(path, name)
        if name not in known:
            known[name] = read(path, name)
        file = copy.copy(known[name])
        file.problems, file.trouble, file.more = [], set(), 0
        return file

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(YamlFile, 'read', once)
        yield


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
        return resolve(read(target), 'test')

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


def some_answer(question, rng):
    """A random answer that the question accepts."""
    together = [option.id for option in question.options if not option.alone]
    if not question.many or not together or rng.random() < 0.3:
        return (rng.choice(question.options).id,)
    chosen = set(rng.sample(together, rng.randint(1, len(together))))
    return tuple(option.id for option in question.options if option.id in chosen)


def complete(content, rng, given=None):
    """Random answers to every question that is asked; those of `given` are kept."""
    answers = {}
    for question in content.questions:
        if holds(question.when, answers):
            answers[question.id] = (given or {}).get(question.id) or some_answer(question, rng)
    return answers


def every_answer(question):
    """Every answer that the question accepts (with choose-many: one or two options)."""
    yield from ((option.id,) for option in question.options)
    if question.many:
        together = [option.id for option in question.options if not option.alone]
        yield from itertools.combinations(together, 2)


def assert_answers_not_listed_do_not_matter(content, answers):
    """Change each answer that `decided_by` does not list to every other one: the result stays the same."""
    before = result(content, answers)
    for name in answers.keys() - set(decided_by(content, answers)):
        for other in every_answer(content.question[name]):
            journey = walk(content, answers | {name: other})
            assert journey.result is not None, (name, other)
            assert journey.answered.keys() == answers.keys()
            assert journey.result == before, (name, other)
