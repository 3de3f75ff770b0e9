"""Nobody is told to dial a number that does not answer where they are; translations name the numbers that were proved."""

import re

from guidance.content.load import read
from guidance.content.telephone import short_numbers
from guidance.content.telephone import telephone_numbers
from guidance.content.texts import texts
from guidance.languages.catalogue import read as read_catalogue
from tests.support.paths import ROOT
from tests.support.shipped import SHIPPED
from tests.support.small import small_content

FERRY = "ferry: {name: The ferry, channels: [{kind: phone, value: '144'}], reach: {who: me}, source: page}"


def with_step(step, when=''):
    """The small content with a ferry that only `who=me` can dial, and one step that names its number to everybody."""
    contacts = small_content()['data/contacts.yaml'].splitlines()[:-1]
    ticket = small_content()['flows/ticket.yaml'].replace('contact: ferry, when: {', 'contact: ferry, when: {who: me, ')
    main = small_content()['flows/main.yaml'].replace('{say: Keep warm., source: page}', f'{{say: {step}, source: page{when}}}')
    return {'data/contacts.yaml': '\n'.join([*contacts, FERRY]), 'flows/ticket.yaml': ticket, 'flows/main.yaml': main}


def test_a_number_is_told_only_to_those_who_can_dial_it(report_of):
    assert 'flows/main.yaml:39:15: `144`: told to somebody who cannot dial that, with who=friend&happened=hurt\n' in report_of(
        with_step('Call 144.')
    )
    assert report_of(with_step('Call 144.', ', when: {who: me}')) == ''


def test_who_can_dial_is_not_told_to_have_others_dial(report_of):
    assert '`144`: to be dialled by others, though the reader is there and can dial, with who=me&happened=hurt\n' in report_of(
        with_step('Have 144 called.', ', by-others: true')
    )
    assert report_of(with_step('Have 144 called.', ', by-others: true, when: {who: {not: me}}')) == ''


def test_a_number_in_a_question_is_proved_as_well(report_of):
    files = with_step('Keep warm.')
    files['flows/main.yaml'] = files['flows/main.yaml'].replace('hint: Choose all that apply.', 'hint: Or call 144.')
    assert 'flows/main.yaml:14:11: `144`: told to somebody who cannot dial that, with who=friend\n' in report_of(files)


def test_a_number_that_several_contacts_have_can_be_dialled_where_one_of_them_answers(report_of):
    files = with_step('Call 144.')
    also = "hours: Mornings, channels: [{kind: phone, value: '144'}], reach: {who: [friend, other]}"
    files['data/contacts.yaml'] = files['data/contacts.yaml'].replace('hours: Mornings', also)
    assert '`144`' not in report_of(files)


def test_of_the_shipped_contacts_those_of_one_place_have_a_reach():
    local = {contact for group in SHIPPED.content.emergency if group.when for contact in group.contacts}
    assert local <= set(SHIPPED.content.reach)


def test_no_shipped_text_has_a_short_number_that_no_contact_has():
    """A slip in one (111 for 110) would be text to the check, as any other number is."""
    files = read(ROOT)
    short = short_numbers(files.contacts.value)
    every = [text for loaded in files.every() if loaded is not files.sources for _, _, text in texts(loaded.value)]
    bare = {number for text in every for number in re.findall(r'(?<![\w$,.])\d{3,6}(?![\w,]\d|\d)', text)}
    assert {number for number in bare if not re.fullmatch(r'(19|20)\d\d', number)} <= set(short)


def test_each_shipped_translation_names_the_telephone_numbers_of_its_text():
    files = read(ROOT)
    short = short_numbers(files.contacts.value)
    originals = {text for loaded in files.every() for _, _, text in texts(loaded.value)}
    for lang in ('zh-Hant', 'zh-Hans'):
        name = f'data/translations/{lang}.po'
        entries = read_catalogue(ROOT / name, name).entries
        translated = {text: entry.string for (_, text), entry in entries.items() if text in originals and not entry.fuzzy}
        named = {text: numbers(text, short) for text in translated}
        assert sum(map(bool, named.values())) > 50
        assert {text: numbers(translated[text], short) for text in named} == named


def numbers(text, short):
    return sorted(named.digits for named in telephone_numbers(text, short))
