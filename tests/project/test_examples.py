"""The services under `examples/`: proved, of the size that they promise, small on the wire, and drawn in both editions."""

from __future__ import annotations

import gzip
from functools import cache

import pytest

from guidance.journey.query import Reading
from guidance.journey.walk import Asking
from guidance.journey.walk import walk
from guidance.screens.page import Page
from guidance.screens.plain.draw import document
from guidance.screens.plain.draw import drawn
from guidance.screens.trial import trial
from tests.support.paths import ROOT
from tests.support.plain import KB
from tests.support.plain import Html
from tests.support.shipped import EXAMPLES
from tests.support.shipped import report_of


def content(name):
    return report_of(name).contents['en']


@cache
def journeys(name):
    """Every complete set of answers to an example, where each question takes one."""
    found, begun = [], [{}]
    while begun:
        given = begun.pop()
        journey = walk(content(name), given)
        if isinstance(journey, Asking):
            begun += [given | {journey.next.id: (option.id,)} for option in journey.next.options]
        else:
            found.append((given, journey.result))
    return found


def outcomes(result):
    return [part.outcome.id for part in result.parts]


def test_every_example_is_tested():
    assert sorted(path.name for path in (ROOT / 'examples').iterdir()) == list(EXAMPLES)


@pytest.mark.parametrize('name', EXAMPLES)
def test_an_example_is_proved_and_every_page_of_it_can_be_drawn(name):
    found = report_of(name)
    assert (found.errors, found.warnings, found.overdue) == ((), (), ())
    assert list(trial(found.contents)) == []


@pytest.mark.parametrize('name', EXAMPLES)
def test_an_example_has_no_code_and_names_no_real_address_or_number(name):
    folder = ROOT / 'examples' / name
    assert {path.suffix for path in folder.rglob('*') if path.is_file()} <= {'.md', '.yaml', '.po'}
    assert not [source.url for source in content(name).sources.values() if source.url and '.example/' not in source.url]
    ways = [way for contact in content(name).contacts.values() for way in contact.channels]
    assert not [way for way in ways if way.kind != 'web' and way.value]


def test_the_tree_has_one_outcome_on_every_path():
    tree = content('trick')
    assert len(tree.questions) in range(8, 13) and len(tree.outcomes) in range(12, 16)
    assert len(journeys('trick')) == 24
    reached = [outcomes(result) for _, result in journeys('trick')]
    assert {len(applying) for applying in reached} == {1}
    assert {applying[0] for applying in reached} == {outcome.id for outcome in tree.outcomes}


def test_the_catalogue_has_a_long_list_in_groups_and_many_entries():
    things = content('sorting').question['thing']
    groups = content('sorting').lists['things'].groups.values()
    assert len(things.options) >= 250 and all(group.label for group in groups)
    assert {row for group in groups for row in group.rows} == {option.id for option in things.options} - {'unlisted'}
    entries = [outcome for outcome in content('sorting').outcomes if outcome.do_now[0].link]
    assert len(entries) >= 40
    assert len({entry.applies for entry in entries}) == len({entry.do_now[0].link for entry in entries}) == len(entries)


def test_everything_in_the_catalogue_has_one_place_to_go():
    places = {outcome.id for outcome in content('sorting').outcomes if outcome.urgency in ('care', 'place')}
    for given, result in journeys('sorting'):
        assert len(places & set(outcomes(result))) == 1, given


@pytest.mark.parametrize('name', EXAMPLES)
def test_every_plain_page_is_small(name):
    results = [given for given, _ in journeys(name)[:: len(journeys(name)) // 12]]
    begun = [dict(list(given.items())[:-1]) for given in results]
    first = Reading({}, unread={content(name).questions[0].id: ()})
    for reading in [first, *map(Reading, [{}, *begun, *results])]:
        shown = Page(content(name), 'en', reading, 'plain', wizard_url='https://help.example/')
        page = document(shown, *drawn(shown))
        assert Html(page).all('h1') != []
        assert len(gzip.compress(page.encode())) < 30 * KB, reading
