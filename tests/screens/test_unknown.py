"""What is not known stands once, as questions to ask below the contacts, in every edition and language."""

from __future__ import annotations

import random

import pytest

from guidance.journey.query import Reading
from guidance.journey.walk import walk
from guidance.screens.page import Page
from guidance.screens.plain.draw import drawn
from guidance.screens.plain.keep import kept
from tests.support.answers import complete
from tests.support.plain import CASES
from tests.support.plain import CONTENTS

WIZARD = 'https://help.example/'


def shown(page):
    return kept(page, page.journey.result) if page.edition == 'kept' else drawn(page).body


@pytest.mark.parametrize('lang', CONTENTS)
@pytest.mark.parametrize('edition', ['full', 'plain', 'kept'])
def test_what_is_not_known_is_gathered_below_the_contacts(lang, edition):
    for name in ('s04', 's06'):
        page = Page(CONTENTS[lang], lang, Reading(CASES[name]), edition, wizard_url=WIZARD)
        result = page.journey.result
        of_contacts = [asked for contact in result.contacts if (asked := page.content.contacts[contact].unknown)]
        of_lines = [str(line.say) for line in result.unknown]
        assert of_lines or name == 's04'
        html = shown(page)
        above, _, below = html.partition('id="contacts"')[2].partition('</section>')[0].partition('g-ask')
        assert len(of_contacts) > 1 and [text for text in (*of_contacts, *of_lines) if html.count(text) != 1] == []
        assert [text for text in (*of_contacts, *of_lines) if text not in below] == []
        assert [contact for contact in result.contacts if page.content.contacts[contact].name not in above] == []
        assert page.words('contacts_ask') in below and '1868' in page.words('contacts_ask')


def test_a_question_has_them_below_whom_to_contact_now_and_a_result_leads_to_them():
    content, answers = CONTENTS['en'], CASES['s04']
    asking = Page(content, 'en', Reading(dict(list(answers.items())[:-1])))
    assert asking.journey.result is None and shown(asking).count(content.contacts['ahu'].unknown) == 1
    for given, leads in ((answers, True), (help_alone(), False)):
        for edition in ('full', 'plain', 'kept'):
            html = shown(Page(content, 'en', Reading(given), edition))
            assert ('href="#contacts"' in html, 'id="contacts"' in html) == (leads, leads)


def help_alone():
    """Answers out of scope, with whom to call but nobody else to contact."""
    for seed in range(1_000):
        answers = complete(CONTENTS['en'], random.Random(seed))
        result = walk(CONTENTS['en'], answers).result
        if not result.in_scope and result.contacts == (CONTENTS['en'].service.help,):
            return answers
    raise AssertionError('no such answers')


def test_where_all_is_known_nothing_is_to_be_asked():
    page = Page(CONTENTS['en'], 'en', Reading(CASES['s16']))
    assert page.unknown(page.journey.result.contacts) == () and '<h3>Ask' not in shown(page)
