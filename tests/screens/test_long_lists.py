"""A list of 250 rows: grouped under headings, and small enough for a slow network."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.support.apptest import rows
from tests.support.plain import checked
from tests.support.plain import page

ROWS, GROUPS = 250, 10
URL = '/plain?who=me&happened=hurt&lang=en'


@pytest.fixture
def served(folder, serving):
    rows = ''.join(
        f'  row-{n}: {{label: Place {n // 10} of the side {n % 10} of the island, fields: {{office: harbour-office}}}}\n'
        for n in range(ROWS)
    )
    groups = ''.join(
        f'  part-{g}: {{label: Part {g} of the island, rows: [{", ".join(f"row-{n}" for n in range(g, ROWS, GROUPS))}]}}\n'
        for g in range(GROUPS)
    )
    places = 'fallback: {office: helpdesk}\nrows:\n' + rows + 'groups:\n  coast: [row-0]\n' + groups
    main = (folder() / 'flows/main.yaml').read_text().replace(', except: [lighthouse]', '')
    tickets = (folder() / 'flows/ticket.yaml').read_text().replace('[harbour, unknown]', 'unknown')
    return serving(folder({'data/lists/places.yaml': places, 'flows/main.yaml': main, 'flows/ticket.yaml': tickets}))


def test_the_plain_edition_shows_it_in_groups_within_30_kb(served, client):
    html = page(client, URL)
    assert html.count('type="radio"') == ROWS + 1
    assert re.findall('<summary>(Part.*?)</summary>', html) == [f'Part {g} of the island' for g in range(GROUPS)]
    assert len(gzip.compress(html.encode())) < 30 * 1024
    first = html[html.index('<summary>Part 3') : html.index('<summary>Part 4')]
    assert re.findall('value="(.*?)"', first) == [f'row-{n}' for n in range(3, ROWS, GROUPS)]
    end = html[: html.index('</fieldset>')].rpartition('</details>')[2]
    assert re.findall('value="(.*?)"', end) == ['unknown']


def test_the_group_of_the_chosen_row_is_open(served, client):
    html = page(client, URL + '&place=row-12&change=place')
    assert checked(html) == ['row-12']
    assert re.findall('<details open><summary>(.*?)</summary>', html) == ['Part 2 of the island']


def test_the_full_edition_shows_it_in_the_order_of_the_groups(served, client, app):
    html = page(client, URL.replace('plain', ''))
    assert re.findall('<p id="group-[0-9]+">(.*?)</p>', html) == [f'Part {g} of the island' for g in range(GROUPS)]
    assert 'class="g-filter"' in html and len(gzip.compress(html.encode())) < 30 * 1024
    app.query_params.clear()
    app.query_params.update({'who': 'me', 'happened': 'hurt', 'lang': 'en'})
    app.run()
    places = [tuple(map(int, re.findall('[0-9]+', row.label))) for row in rows(app)[:-1]]
    assert places == [(place, side) for side in range(GROUPS) for place in range(ROWS // GROUPS)]


def test_the_likely_rows_stand_first_and_rows_are_found_by_their_names_in_all_languages(folder, serving, client):
    places = (folder() / 'data/lists/places.yaml').read_text()
    more = ''.join(f'  row-{n}: {{label: Row {n}, fields: {{office: harbour-office}}}}\n' for n in range(20))
    places = places.replace('rows:\n', f'first: [row-7, row-3]\nrows:\n{more}', 1)
    places = places.replace('label: Row 7', 'label: Row 7, also: [Seven, 七]')
    store = serving(folder({'data/lists/places.yaml': places}))
    html = page(client, URL.replace('plain', ''))
    assert re.findall('name="place" value="(.*?)"', html)[:3] == ['row-7', 'row-3', 'row-0']
    assert re.findall('data-also="(.*?)"', html) == ['Seven 七'] and html.count(' data-stays>') == 1
    assert store.content().question['place'].option['row-7'].also == ('Seven', '七')


def test_a_row_that_is_not_there_cannot_stand_first(folder, report_of):
    places = (folder() / 'data/lists/places.yaml').read_text()
    assert 'data/lists/places.yaml:' in (told := report_of({'data/lists/places.yaml': f'first: [harbor]\n{places}'}))
    assert 'harbor' in told and 'did you mean `harbour`?' in told


def test_a_short_list_is_not_grouped(folder, serving, client):
    places = (folder() / 'data/lists/places.yaml').read_text()
    places = places.replace('[harbour, beach, lighthouse]', '{label: Coast, rows: [hill, beach]}')
    serving(folder({'data/lists/places.yaml': places}))
    html = page(client, URL)
    assert re.findall('type="radio" name="place" value="(.*?)"', html) == ['hill', 'beach', 'harbour', 'unknown']
    assert 'Coast' not in html
