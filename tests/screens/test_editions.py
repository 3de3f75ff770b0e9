"""What the plain edition and the kept file say is what the full edition says."""

from __future__ import annotations

import random
from urllib.parse import urlencode

import pytest

from guidance.journey.query import parameters
from guidance.screens import styles
from tests.support.answers import complete
from tests.support.plain import CASES
from tests.support.plain import CONTENT
from tests.support.plain import CONTENTS
from tests.support.plain import KB
from tests.support.plain import Html
from tests.support.plain import assert_same_result
from tests.support.plain import full_edition
from tests.support.plain import page
from tests.support.plain import plain_parts
from tests.support.plain import query
from tests.support.sampling import sampled
from tests.support.shipped import MOST_ANSWERS


@pytest.mark.parametrize('lang', CONTENTS)
def test_both_editions_and_the_file_say_the_same_for_every_case(client, app, lang, thorough):
    for answers in list(CASES.values())[list(CONTENTS).index(lang) :: len(CONTENTS) if thorough else 45]:
        assert_same_result(client, app, answers, lang)


@pytest.mark.parametrize('seed', sampled(range(3), 3))
def test_both_editions_and_the_file_say_the_same_for_random_answers(client, app, seed):
    rng = random.Random(seed)
    for _ in range(4):
        assert_same_result(client, app, complete(CONTENT, rng), rng.choice(list(CONTENTS)))


def test_each_edition_leads_to_the_same_page_of_the_other(client, app):
    answers = CASES['s02']
    for more in ({}, {'change': 'happened'}, {'seen': '00000000', 'shared': '1'}):
        asked = query(answers, 'zh-Hant', **more)
        app.query_params.clear()
        for name, value in parameters(CONTENT, answers, 'zh-Hant').items():
            app.query_params[name] = value
        for name, value in more.items():
            app.query_params[name] = value
        full = '\n'.join(part.proto.body for part in app.run().get('html'))
        assert f'plain{asked}' in Html(full).links
        assert f'./{asked}' in Html(page(client, f'/plain{asked}')).links


def test_the_button_for_a_change_leads_where_the_link_of_the_full_edition_leads(client, app):
    answers = CASES['s02']
    links = Html(full_edition(app, answers, 'en')).all('a')
    changes = [given['href'] for given in links if 'change=' in given['href'] and 'aria-label' in given]
    found = Html(page(client, f'/plain{query(answers)}'))
    hidden = [(given['name'], given['value']) for given in found.all('input')]
    buttons = [(given['name'], given['value']) for given in found.all('button')]
    assert ['?' + urlencode([*hidden, button], safe='.') for button in buttons] == changes != []


@pytest.mark.parametrize('lang', sampled(CONTENTS, 3))
def test_a_result_of_everything_at_once_comes_in_parts_that_are_small(client, app, lang):
    answers = complete(CONTENT, random.Random(1), MOST_ANSWERS)
    parts = plain_parts(client, answers, lang)
    assert len(parts) > 1
    assert max(len(part.replace(styles.SERVER, '').encode()) for part in parts) < 29 * KB
    if lang == 'en':
        assert_same_result(client, app, answers, lang)
        leads = {href for part in parts for href in Html(part).links if '#' in href}
        for name, anchor in (href.split('#') for href in leads):
            assert f'id="{anchor}"' in (page(client, f'/plain{name}') if name else ''.join(parts))
    for asked in ('0', '99', 'x', '<b>', '9' * 50):
        assert '</html>' in page(client, f'/plain{query(answers, lang, part=asked)}')
