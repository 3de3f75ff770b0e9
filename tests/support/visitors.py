"""Visitors of the replicas behind nginx, each with a browser of their own."""

from __future__ import annotations

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import walk
from tests.support.browsing import MOST
from tests.support.browsing import case
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import row
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.nginx import NAME
from tests.support.shipped import SHIPPED

SAME_HOST = f'--host-resolver-rules=MAP {NAME} 127.0.0.1'


@contextmanager
def opened(browser, **options):
    """A page of a visitor with a browser of their own; it may ask no host but ours."""
    context = browser.new_context(viewport={'width': 360, 'height': 740}, ignore_https_errors=True, **options)
    page, others = context.new_page(), []
    page.set_default_timeout(MOST)
    for kind in ('request', 'websocket'):
        page.on(kind, lambda r: others.append(r.url) if urlsplit(r.url).hostname not in (NAME, None, '') else None)
    yield page
    context.close()
    assert others == []


class Visitor:
    """Somebody on the way to the result of a case, who clicks once wherever there is something to click."""

    def __init__(self, page, service, name, lang, answered=0):
        """Open the link of the case with so many questions answered."""
        front, replicas = service
        before = [replica.pages for replica in replicas]
        self.page, self.name, self.lang = page, name, lang
        self.content = SHIPPED.contents[lang]
        self.goal = case(self.content, name)
        self.picked, self.clicks = None, 0
        begun = dict(list(self.goal.items())[:answered])
        place = parameters(self.content, begun, lang, change=None if begun else self.content.questions[0].id)
        page.goto(front.url + query_string(place))
        taken_over(page)  # what of the line can break is Streamlit's
        heading(page, self.question.ask.for_(begun))
        self.replica = next(r for r, count in zip(replicas, before, strict=True) if r.pages > count)

    @property
    def answers(self):
        return given(self.content, self.page)

    @property
    def question(self):
        return walk(self.content, self.answers).next

    @property
    def button(self):
        return self.page.get_by_role('button', name=self.content.ui_texts.next)

    def pick(self):
        """Choose an answer to the question that is shown, and do not send it yet."""
        self.picked = self.question
        heading(self.page, self.picked.ask.for_(self.answers))
        settled(self.page)
        for option in self.goal[self.picked.id]:
            row(self.page, self.picked, option).click()

    def send(self):
        """Click once; the next page must come, and have all answers."""
        if not self.picked:
            self.pick()
        before = self.answers
        self.clicks += 1
        self.button.click()
        self.arrive(before)

    def arrive(self, before):
        self.page.wait_for_url(lambda url: f'{self.picked.id}=' in url)
        assert self.answers == before | {self.picked.id: self.goal[self.picked.id]}
        self.picked = None
        journey = walk(self.content, self.answers)
        heading(self.page, journey.next.ask.for_(self.answers) if journey.next else journey.result.parts[0].title)

    @property
    def left(self):
        """How many questions of the case are not answered yet."""
        return len(walk(self.content, self.goal).answered) - len(self.answers)


def no_answers_in_logs(front, replicas):
    """No log has the name of a question with its answer, in whatever way the address was written."""
    paths = [*front.folder.glob('*.log'), *(replica.log for replica in replicas)]
    logs = {path.name: path.read_text() for path in paths}
    assert 'GET /' in logs['access.log'] and all('GET /' in logs[replica.log.name] for replica in replicas)
    told = re.compile(rf'\b(?:{"|".join(SHIPPED.content.question)})(?:=|%3d).*', re.IGNORECASE)
    assert {name: found[:3] for name, text in logs.items() if (found := told.findall(text))} == {}


def whole(name):
    """The answers of a case as an address has them at the result."""
    answers = case(SHIPPED.content, name)
    seen = walk(SHIPPED.content, answers).result.fingerprint
    return query_string(parameters(SHIPPED.content, answers, 'en', seen=seen))
