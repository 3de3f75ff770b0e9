"""An option that is offered only to some, as both editions show it."""

from __future__ import annotations

import pytest

from guidance.screens.page import Page
from tests.support.apptest import rows
from tests.support.plain import checked
from tests.support.plain import page

ASKED = '/plain?who={who}&happened=ticket&ticket-kind={kind}&lang=en'


@pytest.fixture
def served(folder, serving):
    tickets = (folder() / 'flows/ticket.yaml').read_text()
    tickets = tickets.replace('day: A day ticket', 'day: A day ticket\n      lent: {label: I lent it, when: {who: me}}')
    return serving(folder({'flows/ticket.yaml': tickets}))


def test_the_plain_edition_offers_it_only_there_and_asks_again_for_an_answer_that_went(served, client):
    asked = page(client, ASKED.format(who='me', kind='lent') + '&change=ticket-kind')
    assert checked(asked) == ['lent']
    again = page(client, ASKED.format(who='friend', kind='lent'))
    assert 'name="ticket-kind"' in again
    assert checked(again) == []
    radio = 'type="radio" name="ticket-kind" value="{}"'
    assert radio.format('day') in again and radio.format('lent') not in again


def test_the_full_edition_offers_it_only_there(served, app):
    for who, labels in {'me': 4, 'friend': 3}.items():
        app.query_params.clear()
        app.query_params.update({'who': who, 'happened': 'ticket', 'lang': 'en'})
        app.run()
        assert not app.exception
        assert len(rows(app)) == labels


def test_of_several_answers_those_that_are_still_offered_stay_chosen(folder, serving):
    main = (folder() / 'flows/main.yaml').read_text()
    serving(folder({'flows/main.yaml': main.replace('hurt: Somebody is hurt', 'hurt: {label: Hurt, when: {who: me}}')}))
    shown = Page.open([('who', 'friend'), ('happened', 'hurt.hut')], {})
    assert shown.shown().id == 'happened'
    assert shown.chosen(shown.shown()) == ('hut',)
