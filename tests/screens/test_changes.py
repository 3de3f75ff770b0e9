"""What has changed: for everybody, in their language, without a name; and only where there is a log."""

from __future__ import annotations

import datetime
import re

import pytest

import wizard
from guidance.commands import publish
from guidance.commands.publish import Reason
from guidance.languages.update import update
from guidance.screens.page import Page
from guidance.screens.plain.draw import missing
from tests.support.asgi import Client
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.publications import name_it
from tests.support.small import built

DAYS = ('2026-11-02', '2026-11-02', '2026-11-20')
HANT = '熱線號碼已更改'


@pytest.fixture(scope='module')
def live(tmp_path_factory):
    """A published folder: two editions of a day, the second urgent, and the first one again on another day."""
    folder = tmp_path_factory.mktemp('changes')
    draft, live = built(folder / 'draft', SERVICE), folder / 'live'
    for path in update(draft):
        filled(path)
    with pytest.MonkeyPatch.context() as patched:
        days = [datetime.datetime.fromisoformat(f'{day}T02:00+00:00') for day in DAYS]
        patched.setattr(publish, 'now', lambda: days.pop(0))
        assert publish.run(draft, live, Reason('Ann', 'The <first> edition'), yes=True) == 0
        name_it(draft, 'Isle')
        reason = Reason('Bea', 'The number of the hotline is new', {'zh-Hant': HANT})
        assert publish.run(draft, live, reason, urgent=True, yes=True) == 0
        assert publish.rollback(live, None, Reason('Ann', 'That was too early'), yes=True) == 0
    return live


@pytest.fixture
def client(live, serving):
    serving(live)
    return Client(wizard.app)


def parts(text):
    """The days and what stands below them, without tags."""
    found = re.findall(r'<(h2|li)>(.*?)</\1>', text[text.index('<h1>') :], re.S)
    return [' '.join(re.sub('<[^>]*>', ' ', inside).split()) for _, inside in found]


def test_it_tells_days_and_reasons_the_newest_first_and_no_names(client):
    answer = client.get('/changes')
    assert answer.status_code == 200
    assert parts(answer.text) == [
        'November 20, 2026',
        'That was too early An earlier edition is in use again.',
        'November 2, 2026',
        'The number of the hotline is new It was urgent, so some sentences were shown before they were translated.',
        'The &lt;first&gt; edition',
    ]
    assert 'Ann' not in answer.text and 'Bea' not in answer.text and '<script' not in answer.text


def test_a_reason_stands_in_the_language_of_the_reader_or_is_marked_as_another(client):
    text = client.get('/changes?lang=zh-Hant').text
    assert f'<span>{HANT}</span>' in text and '<span lang="en">That was too early</span>' in text
    assert '2026年11月20日' in text and '內容更新紀錄' in text
    text = client.get('/changes?lang=zh-Hans').text
    assert '<span lang="en">The number of the hotline is new</span>' in text and '内容更新记录' in text


@pytest.mark.parametrize('edition', ['/', '/plain'])
def test_the_footer_leads_there_and_back(client, edition):
    text = client.get(f'{edition}?lang=zh-Hant').text
    assert 'href="changes?lang=zh-Hant"' in text
    assert 'href="./?lang=zh-Hant"' in client.get('/changes?lang=zh-Hant').text


def test_where_nothing_was_published_there_is_no_page_and_no_link(folder, serving):
    serving(folder())
    client = Client(wizard.app)
    answer = client.get('/changes')
    assert answer.status_code == 404
    assert missing(Page.open((), {}, 'plain'), './').partition('<body>')[2] in answer.text
    assert 'changes' not in re.findall(r'href="([^"?]*)', client.get('/plain').text)
