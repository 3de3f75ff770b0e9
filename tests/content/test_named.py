"""Texts that name the chosen option, or a text of the chosen row."""

import pytest

from guidance.content.condition import TRUE
from guidance.content.local_text import LocalText
from guidance.content.model import NamedAnswer
from guidance.content.model import Variant
from guidance.content.model import Wording
from guidance.content.problem import Place
from guidance.journey.decided import decided_by
from guidance.journey.walk import walk
from guidance.serving.check import check

GIVEN = {'who': ('me',), 'happened': ('hurt',), 'place': ('beach',)}


@pytest.fixture
def content(folder):
    main = (folder() / 'flows/main.yaml').read_text()
    main = main.replace('    title: Somebody is hurt\n', '    title: Somebody is hurt (The place {place}, {who})\n')
    main = main.replace(
        '{say: Keep warm., source: page}',
        '{say: "Go to {place.shelter}.", source: page, when: {place: "has:shelter"}}',
    )
    places = (folder() / 'data/lists/places.yaml').read_text()
    places = places.replace('was: [sands]', 'was: [sands], fields: {shelter: {say: the boat house}}')
    report = check(folder({'flows/main.yaml': main, 'data/lists/places.yaml': places}))
    assert [*report.errors] == []
    return report.content


def test_a_text_names_the_chosen_option_and_a_text_of_the_chosen_row(content):
    part = walk(content, GIVEN).result.parts[0]
    assert part.title == 'Somebody is hurt (The place The beach, I do)'
    assert [step.say for step in part.do_now] == ['Call the doctor.', 'Go to the boat house.', 'Stay where you are.']
    other = walk(content, GIVEN | {'place': ('unknown',)}).result
    assert other.parts[0].title == "Somebody is hurt (The place I don't know, I do)"
    assert [step.say for step in other.parts[0].do_now] == ['Call the doctor.']


def test_what_a_text_names_decides_the_result_and_is_part_of_its_fingerprint(content):
    assert decided_by(content, GIVEN) == ('who', 'happened', 'place')
    found = walk(content, GIVEN).result.fingerprint
    assert found != walk(content, GIVEN | {'who': ('friend',)}).result.fingerprint
    assert found == walk(content, GIVEN).result.fingerprint


def test_a_translation_names_the_translated_answer_and_keeps_the_text_it_stands_for():
    place = NamedAnswer('place', 'place', {'beach': LocalText('海滩', 'The beach', 'zh-Hans')})
    say = LocalText('您在{place}', 'You are at {place}', 'zh-Hans')
    said = Wording((Variant(say, TRUE, Place(''), named=(place,)),)).for_(GIVEN)
    assert (said, said.original) == ('您在海滩', 'You are at The beach')


def test_braces_that_are_no_name_are_told_as_before(report_of, folder):
    main = (folder() / 'flows/main.yaml').read_text()
    report = report_of({'flows/main.yaml': main.replace('title: Somebody is hurt', 'title: Somebody {is} hurt}')})
    assert '`{is}` names no question that stands earlier' in report
    report = report_of({'flows/main.yaml': main.replace('title: Somebody is hurt', 'title: Somebody is hurt}')})
    assert 'the brace `}` stands here without its partner' in report
