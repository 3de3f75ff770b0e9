"""Visitors of the replicas behind nginx, each with a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from typing import TypeAlias
from urllib.parse import urlsplit

from playwright.sync_api import Browser
from playwright.sync_api import Locator
from playwright.sync_api import Page

from guidance.content.model import Question
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import result
from guidance.journey.walk import walk
from tests.support.browsing import MOST
from tests.support.browsing import asked
from tests.support.browsing import case
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import led_on
from tests.support.browsing import row
from tests.support.browsing import settled
from tests.support.browsing import taken_over
from tests.support.nginx import NAME
from tests.support.nginx import Front
from tests.support.nginx import Replica
from tests.support.shipped import SHIPPED

CONTENT = SHIPPED.contents['en']
Service: TypeAlias = tuple[Front, list[Replica]]

SAME_HOST = f'--host-resolver-rules=MAP {NAME} 127.0.0.1'


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page of a visitor with a browser of their own; it may ask no host but ours."""
    context = browser.new_context(viewport={'width': 360, 'height': 740}, ignore_https_errors=True, **options)
    page, others = context.new_page(), list[str]()
    page.set_default_timeout(MOST)
    for kind in ('request', 'websocket'):
        page.on(kind, lambda r: others.append(r.url) if urlsplit(r.url).hostname not in (NAME, None, '') else None)
    yield page
    context.close()
    assert others == []


class Visitor:
    """Somebody on the way to the result of a case, who clicks once wherever there is something to click."""

    def __init__(self, page: Page, service: Service, name: str, lang: str, answered: int = 0) -> None:
        """Open the link of the case with so many questions answered."""
        front, replicas = service
        before = [replica.pages for replica in replicas]
        self.page, self.name, self.lang = page, name, lang
        self.content = SHIPPED.contents[lang]
        self.goal = case(self.content, name)
        self.picked: Question | None = None
        self.clicks = 0
        begun = dict(list(self.goal.items())[:answered])
        place = parameters(self.content, begun, lang, change=None if begun else self.content.questions[0].id)
        page.goto(front.url + query_string(place))
        taken_over(page)  # what of the line can break is Streamlit's
        heading(page, self.question.ask.for_(begun))
        self.replica = next(r for r, count in zip(replicas, before, strict=True) if r.pages > count)

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        return given(self.content, self.page)

    @property
    def question(self) -> Question:
        return asked(self.content, self.answers)

    @property
    def button(self) -> Locator:
        return self.page.get_by_role('button', name=self.content.ui_texts.next)

    def pick(self) -> Question:
        """Choose an answer to the question that is shown, and do not send it yet."""
        self.picked = self.question
        heading(self.page, self.picked.ask.for_(self.answers))
        settled(self.page)
        for option in self.goal[self.picked.id]:
            row(self.page, self.picked, option).click()
        return self.picked

    def send(self) -> None:
        """Click once; the next page must come, and have all answers."""
        question = self.picked or self.pick()
        before = self.answers
        self.clicks += 1
        self.button.click()
        self.arrive(question, before)

    def arrive(self, question: Question, before: dict[str, tuple[str, ...]]) -> None:
        """The page after this question stands there, and has all answers."""
        led_on(self.page, question.id)
        assert self.answers == before | {question.id: self.goal[question.id]}
        self.picked = None
        journey = walk(self.content, self.answers)
        title = journey.next.ask.for_(self.answers) if journey.next else result(self.content, self.answers).heading
        heading(self.page, title)

    @property
    def left(self) -> int:
        """How many questions of the case are not answered yet."""
        return len(walk(self.content, self.goal).answered) - len(self.answers)


def no_answers_in_logs(front: Front, replicas: Iterable[Replica]) -> None:
    """No log has the name of a question with its answer, in whatever way the address was written."""
    paths = [*front.folder.glob('*.log'), *(replica.log for replica in replicas)]
    logs = {path.name: path.read_text() for path in paths}
    assert 'GET /' in logs['access.log'] and all('GET /' in logs[replica.log.name] for replica in replicas)
    told = re.compile(rf'\b(?:{"|".join(CONTENT.question)})(?:=|%3d).*', re.IGNORECASE)
    assert {name: found[:3] for name, text in logs.items() if (found := told.findall(text))} == {}


def whole(name: str) -> str:
    """The answers of a case as an address has them at the result."""
    answers = case(CONTENT, name)
    return query_string(parameters(CONTENT, answers, 'en', seen=result(CONTENT, answers).fingerprint))
