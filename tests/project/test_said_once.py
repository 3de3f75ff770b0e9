"""What the shipped content says, it says once: sentences, and conditions of more than one key."""

from collections import Counter
from functools import cache

import yaml

from tests.support.paths import ROOT

FLOWS = sorted((ROOT / 'flows').glob('*.yaml'))
SHARED = [ROOT / 'data' / name for name in ('assistance.yaml', 'conditions.yaml', 'limitations.yaml', 'lines.yaml', 'steps.yaml')]
CONDITIONS = ('when', 'on-request-of')
BY_NAME = ('accepts', 'conditions')


def below(value):
    """Every key and value below a value of a file."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield key, part
        yield from below(part)


def sentences(value):
    return [' '.join(part.split()) for _, part in below(value) if isinstance(part, str) and part.rstrip().endswith(('.', '。'))]


def conditions(value, by_name=False):
    """Every condition below a value of a file, each alternative for itself, in a form that can be counted."""
    for key, part in below(value):
        written = [part] if key in CONDITIONS else list(part.values()) if key in BY_NAME else []
        for alternatives in written:
            yield from (repr(sorted(map(repr, each.items()))) for each in alternatives_of(alternatives) if len(each) > 1)
    if by_name:
        yield from conditions({'conditions': value})


def alternatives_of(condition):
    return condition if isinstance(condition, list) else [condition]


@cache
def read(path):
    return yaml.load(path.read_text(encoding='utf-8'), yaml.CSafeLoader)


def test_no_sentence_of_more_than_25_letters_stands_twice():
    times = Counter(said for path in (*FLOWS, *SHARED) for said in sentences(read(path)) if len(said) > 25)
    assert len(times) > 200
    assert {said: number for said, number in times.items() if number > 1} == {}


def test_no_condition_of_two_or_more_keys_stands_three_times():
    times = Counter(made for path in (*FLOWS, *SHARED) for made in conditions(read(path), path.name == 'conditions.yaml'))
    assert len(times) > 50
    assert {made: number for made, number in times.items() if number > 2} == {}
