"""Rules of the language that meet: what is shared and has days, links or reach; what is offered to some, on some days only."""

import datetime

from guidance.content.days import as_of
from guidance.journey.walk import walk
from guidance.serving.check import check
from tests.support.small import small_content

LAST, NEXT = datetime.date(2100, 1, 31), datetime.date(2100, 2, 1)
HURT = {'who': ('me',), 'happened': ('hurt',), 'place': ('harbour',)}
LEAFLET = 'leaflet: {title: A leaflet, publisher: A, looked-up: 2026-11-22, confidence: practice, review-by: 2027-05-22, '


def changed(name, *changes):
    """A file of the small content with other words in it."""
    text = small_content()[name]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {name: text}


def lines(content):
    """The lines of what can be done for somebody who is hurt."""
    return {line.say: line for item in walk(content, HURT).result.can for line in item.lines}


def test_a_shared_line_ends_where_its_use_or_its_own_days_or_its_source_do(resolved):
    main = changed('flows/main.yaml', ('A doctor comes to you.', '[{line: nurse, until: 2100-01-31}, {line: doctor}]'))
    sources = {'data/sources.yaml': small_content()['data/sources.yaml'] + LEAFLET + 'until: 2100-01-31}\n'}
    shared = {
        'data/lines.yaml': 'nurse: A nurse comes.\ndoctor: [{say: One comes., until: 2100-01-31}, {say: Two, source: leaflet}]\n'
    }
    content = resolved(main | sources | shared)
    assert list(lines(as_of(content, LAST))) == ['A nurse comes.', 'One comes.', 'Two']
    assert lines(as_of(content, NEXT)) == {}


def test_the_words_of_a_shared_line_have_its_link_in_each_wording_and_the_use_may_name_another(resolved):
    say = "{say: [{say: 'You, call.', when: {who: me}}, Call.], link: helpdesk}"
    used = '[{line: call}, {line: call, link: page, when: {who: friend}}]'
    main = changed('flows/main.yaml', ('A doctor comes to you.', used))
    (outcome, *_) = (o for o in resolved(main | {'data/lines.yaml': f'call: {say}\n'}).outcomes if o.id == 'hurt')
    links = [(line.say, line.link) for line in outcome.can['doctor']]
    assert links == [('You, call.', 'helpdesk'), ('Call.', 'helpdesk'), ('You, call.', 'page'), ('Call.', 'page')]


def test_by_others_stands_with_the_wording_that_it_is_of(resolved):
    say = '{say: [{say: Have it called., by-others: true, when: {who: me}}, Call.], source: page}'
    (outcome, *_) = (
        o for o in resolved(changed('flows/main.yaml', ('{say: Keep warm., source: page}', say))).outcomes if o.id == 'hurt'
    )
    assert [(line.say, line.by_others) for line in outcome.do_now[1:3]] == [('Have it called.', True), ('Call.', False)]


def test_a_step_of_later_takes_the_source_of_the_head(report_of):
    later = ('    can:\n      doctor', '    later: [Rest., {say: Sleep., source: page}]\n    can:\n      doctor')
    head = ('title: Help on the island\n', 'title: Help on the island\nsource: page\n')
    assert report_of(changed('flows/main.yaml', head, (later[0], later[1].replace('Rest.', '{say: Rest.}')))) == ''


def test_what_is_offered_to_some_must_leave_an_option_on_every_day(report_of):
    options = '{open: {label: It is, when: {who: me}}, shut: {label: It is not, until: 2100-01-31}}'
    report = report_of(changed('flows/hut.yaml', ('{open: It is, shut: It is not}', options)))
    assert '`hut` offers no option to who=friend&happened=hut' in report


def test_an_example_is_walked_as_of_the_day_and_may_name_a_line_of_any_day(folder):
    doctor = ('doctor: A doctor comes to you.', 'doctor: [{line: doctor}, {say: Somebody comes., from: 2100-02-01}]')
    tried = "\nexamples:\n  - {answers: '?who=me&happened=hurt&place=harbour', outcomes: [hurt], shows: [doctor-line]}\n"
    shared = {'data/lines.yaml': 'doctor-line: {say: A doctor comes to you., until: 2100-01-31}\n'}
    (name, text) = next(
        iter(changed('flows/main.yaml', (doctor[0], doctor[1].replace('line: doctor', 'line: doctor-line'))).items())
    )
    target = folder({name: text + tried} | shared)
    assert check(target, LAST).errors == ()
    assert [problem.message for problem in check(target, NEXT).errors] == ['`doctor-line` is not shown with these answers']


def test_a_row_whose_contact_is_over_names_none_and_keeps_its_texts(resolved):
    contacts = changed('data/contacts.yaml', ('hours: Mornings', 'hours: Mornings, until: 2100-01-31'))
    rows = changed('data/lists/places.yaml', ('office: harbour-office', 'office: harbour-office, way: {say: By boat}'))
    content = resolved(contacts | rows)
    before, after = (as_of(content, day).lists['places'].rows['harbour'].fields for day in (LAST, NEXT))
    assert before['office'].id == 'harbour-office' and after['office'] is None
    assert before['way'].say == after['way'].say == 'By boat'
