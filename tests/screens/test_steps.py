"""Steps are numbered through, but where the content says that their order does not matter."""

from __future__ import annotations

import re

from guidance.journey.query import Reading
from guidance.screens.page import Page
from guidance.screens.share import with_steps

ANSWERS = {'who': ('me',), 'happened': ('hurt', 'ticket'), 'ticket-kind': ('season',), 'place': ('beach',)}


def steps_of(content):
    """How the steps are marked in a result, in HTML, and in the text to paste."""
    page = Page(content, 'en', Reading(ANSWERS))
    result = page.journey.result
    html = page.render('result-do.html', result=result)
    marks = re.findall(r'<(ol|ul) class="g-steps"(?: start="(\d+)")?', html)
    return marks, re.findall(r'^(\d+\.|-) ', with_steps(page, result, ''), re.MULTILINE)


def test_steps_are_numbered_through(content):
    assert steps_of(content) == ([('ol', '1'), ('ol', '4')], ['1.', '2.', '3.', '4.'])


def test_steps_in_any_order_are_not_numbered(resolved, folder):
    main = (folder() / 'flows/main.yaml').read_text()
    assert steps_of(resolved({'flows/main.yaml': main.replace('    do-now:\n', '    any-order: true\n    do-now:\n', 1)})) == (
        [('ul', ''), ('ol', '1')],
        ['-', '-', '-', '1.'],
    )
