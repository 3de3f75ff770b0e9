"""Where pages can be left quickly: from a question on, or where an outcome applies; in a content of before, with `sensitive`."""

from __future__ import annotations

import pytest

from guidance.commands import upgrade
from guidance.journey.query import Reading
from guidance.screens.page import Page
from guidance.serving.check import check
from tests.support.small import small_content

SERVICE = small_content()['data/service.yaml'] + 'leave-to: https://example.org/\n'
TICKET = small_content()['flows/ticket.yaml']
MARKED = TICKET.replace('  ticket-kind:\n', '  ticket-kind:\n    MARK\n', 1)
OF_OUTCOME = TICKET.replace('outcomes:\n  ticket:\n', 'outcomes:\n  ticket:\n    leave: true\n', 1)
SENSITIVE = MARKED.replace('MARK', 'sensitive: true  # a secret', 1)


def leaving(content, **given):
    answers = {name: (chosen,) for name, chosen in given.items()}
    return Page(content, 'en', Reading(answers)).may_leave


def contents(folder, flow):
    report = check(folder({'data/service.yaml': SERVICE, 'flows/ticket.yaml': flow}))
    assert report.content is not None, report.errors
    return report


@pytest.mark.parametrize('flow', [MARKED.replace('MARK', 'leave: true'), SENSITIVE])
def test_a_question_that_is_marked_and_each_page_after_it_can_be_left_quickly(folder, flow):
    content = contents(folder, flow).content
    before = {'who': 'me', 'happened': 'ticket'}
    assert not leaving(content, who='me')
    assert leaving(content, **before)
    assert leaving(content, **before, **{'ticket-kind': 'day'})


def test_an_outcome_that_is_marked_can_be_left_as_soon_as_it_applies(folder):
    content = contents(folder, OF_OUTCOME).content
    assert not leaving(content, who='me')
    assert leaving(content, who='me', happened='ticket')


def test_what_is_sensitive_leaves_no_more_where_anything_is_marked(folder):
    marked = contents(folder, OF_OUTCOME.replace('  ticket-kind:\n', '  ticket-kind:\n    sensitive: true\n', 1))
    assert marked.warnings == () and not marked.content.question['ticket-kind'].leave


def test_a_content_of_before_is_told_once_and_upgraded_with_its_comments(folder):
    flow = SENSITIVE.replace('  who:\n', '  who:\n    sensitive: true\n', 1)
    assert len([each for each in contents(folder, flow).warnings if '`sensitive`' in str(each)]) == 1
    target = folder({'data/service.yaml': SERVICE, 'flows/ticket.yaml': flow})
    assert upgrade.run(target) == 0
    changed = (target / 'flows/ticket.yaml').read_text()
    assert '    leave: true\n    sensitive: true  # a secret\n' in changed
    report = check(target)
    assert report.warnings == () and report.content.question['ticket-kind'].leave
    assert upgrade.run(target) == 0 and (target / 'flows/ticket.yaml').read_text() == changed
