"""Addresses of pages and numbers that differ by language."""

from __future__ import annotations

from guidance.content.telephone import dial
from guidance.journey.walk import walk
from guidance.languages.update import update
from guidance.serving.check import check
from tests.support.catalogues import SERVICE
from tests.support.catalogues import filled
from tests.support.small import small_content

HURT = {'who': ('me',), 'happened': ('hurt',), 'place': ('beach',)}


def in_three(folder):
    """The small content with a page in Chinese, and a number with another extension for those who speak it."""
    channel = "value: '155 ext 1', value-in: {zh-Hant: 155 內線 1}"
    contacts = small_content()['data/contacts.yaml'].replace("value: '155'", channel)
    sources = small_content()['data/sources.yaml'].replace(
        '  url: https://island.example/\n', '  url: https://island.example/\n  url-in: {zh-Hant: https://island.example/zh}\n'
    )
    target = folder(SERVICE | {'data/contacts.yaml': contacts, 'data/sources.yaml': sources})
    for path in update(target):
        filled(path)
    report = check(target)
    assert (report.errors, report.warnings) == ((), ())
    return report.contents


def test_readers_of_a_language_are_given_its_page_and_its_number(folder):
    found = {
        lang: (content.sources['page'].url, content.contacts['helpdesk'].channels[0].value)
        for lang, content in in_three(folder).items()
    }
    assert found == {
        'en': ('https://island.example/', '155 ext 1'),
        'zh-Hant': ('https://island.example/zh', '155 內線 1'),
        'zh-Hans': ('https://island.example/', '155 ext 1'),
    }


def test_in_every_language_the_same_is_dialled_and_no_link_tells_of_a_change(folder):
    contents = in_three(folder).values()
    assert {dial(content.contacts['helpdesk'].channels[0]) for content in contents} == {'tel:155;ext=1'}
    assert len({walk(content, HURT).result.fingerprint for content in contents}) == 1
