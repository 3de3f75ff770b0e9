"""What the rows of a list carry: contacts, other ids and texts, and the conditions that ask for them."""

from guidance.content.condition import AnswerIs
from guidance.journey.decided import decided_by
from guidance.journey.walk import walk
from guidance.serving.check import check

PLACES = """
rows:
  harbour: {label: The harbour, fields: {office: harbour-office, boat: often}}
  beach: {label: The beach, was: [sands], fields: {boat: seldom}}
  hill: {label: The hill, fields: {office: }}
  lighthouse: {label: The lighthouse, fields: {office: ferry}}
groups:
  coast: [harbour, beach, lighthouse]
"""


def with_conditions(folder, *whens):
    tickets = (folder() / 'flows/ticket.yaml').read_text()
    lines = ''.join(f'        - {{say: Line {number}., when: {when}}}\n' for number, when in zip('ABC', whens, strict=False))
    tickets = tickets.replace('      advice: Ask the office how to get home.\n', f'      advice:\n        - Ask.\n{lines}')
    return check(folder({'flows/ticket.yaml': tickets, 'data/lists/places.yaml': PLACES}))


def test_a_condition_asks_whether_the_row_has_a_field_and_for_its_value(folder):
    report = with_conditions(folder, '{place: "has:office"}', '{place: ["boat:seldom", unknown]}', '{place: {not: "has:boat"}}')
    assert [*report.errors] == []
    lines = next(outcome for outcome in report.content.outcomes if outcome.id == 'ticket').can['advice']
    assert lines[1].when == AnswerIs('place', frozenset(['harbour']))  # the lighthouse is no option there
    assert lines[2].when == AnswerIs('place', frozenset(['beach', 'unknown']))
    given = {'who': ('me',), 'happened': ('ticket',), 'ticket-kind': ('day',), 'place': ('hill',)}
    said = [line.say for item in walk(report.content, given).result.can for line in item.lines]
    assert said == ['Ask.', 'Line C.']


def test_a_row_without_the_field_shows_no_contact_where_the_list_has_no_fallback(folder):
    report = with_conditions(folder, '{place: "has:boat"}', '{place: "boat:often"}', '{place: "boat:seldom"}')
    assert [*report.errors] == []
    given = {'who': ('me',), 'happened': ('ticket',), 'ticket-kind': ('day',)}
    shown = {place: walk(report.content, given | {'place': (place,)}).result.contacts for place in ('harbour', 'hill', 'unknown')}
    assert shown == {
        'harbour': ('helpdesk', 'ferry', 'harbour-office'),
        'hill': ('helpdesk',),
        'unknown': ('helpdesk', 'ferry'),
    }
    assert 'place' in decided_by(report.content, given | {'place': ('hill',)})
    assert 'place' not in decided_by(report.content, given)


def test_a_contact_that_no_row_names_is_told(folder, report_of):
    places = PLACES.replace('office: harbour-office, ', '').replace('ferry', 'harbour-office')
    report = report_of({'data/lists/places.yaml': places.replace('boat: often', '').replace('boat: seldom', '')})
    assert 'flows/main.yaml:45:16: this contact is never shown' in report
