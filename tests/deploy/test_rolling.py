"""Replicas are killed, started and rolled to other content while visitors are on their way."""

from __future__ import annotations

import shutil
import signal
import threading
from contextlib import ExitStack
from contextlib import contextmanager

import pytest
import yaml

from guidance.journey.walk import walk
from guidance.serving.check import check
from tests.support.browsing import centre
from tests.support.browsing import expect
from tests.support.browsing import heading
from tests.support.browsing import row
from tests.support.browsing import settled
from tests.support.nginx import ask
from tests.support.paths import ROOT
from tests.support.shipped import SHIPPED
from tests.support.visitors import Visitor
from tests.support.visitors import no_answers_in_logs
from tests.support.visitors import opened
from tests.support.wire import away

pytestmark = pytest.mark.browser
CASES = {'s02': 'en', 's03': 'zh-Hant', 's06': 'zh-Hans', 's07': 'en', 's10': 'zh-Hant', 's08': 'en'}


@pytest.mark.long
def test_what_is_tapped_while_a_page_connects_again_is_done(service, browser):
    front, replicas = service
    with opened(browser) as page:
        page.set_viewport_size({'width': 360, 'height': 1400})  # nothing has to be scrolled to
        visitor = Visitor(page, service, 's06', 'en')
        question, before = visitor.question, visitor.answers
        places = [centre(row(page, question, visitor.goal[question.id][0])), centre(visitor.button)]
        with all_away(front, replicas):
            away(page)
            for x, y in places:
                page.mouse.click(x, y)
            heading(page, question.ask.for_(before))
        visitor.arrive(question, before)
        settled(page)

        page.locator('.g-languages summary').click()
        x, y = centre(page.locator('.g-languages a[lang=zh-Hans]'))
        with all_away(front, replicas):
            away(page)
            page.mouse.click(x, y)
            expect(page.locator('html')).to_have_attribute('lang', 'en')
        expect(page.locator('html')).to_have_attribute('lang', 'zh-Hans')
        heading(page, walk(SHIPPED.contents['zh-Hans'], visitor.answers).next.ask.for_(visitor.answers))


@contextmanager
def all_away(front, replicas):
    """No replica answers until the end of the block."""
    for replica in replicas:
        replica.end(signal.SIGKILL)
    try:
        yield
    finally:
        for replica in replicas:
            replica.start()
        for replica in replicas:
            replica.wait()
        front.until_asked(replicas)


def changed_content(folder):
    """The content with one sentence changed, in a step that most results have; return folder and the new sentence."""
    for name in ('flows', 'data'):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / 'data/steps.yaml'
    steps = yaml.safe_load(path.read_text())
    says = steps['call-1868']['say']
    says[-1] += ' This sentence is new.'
    path.write_text(yaml.safe_dump(steps, allow_unicode=True, sort_keys=False))
    return folder, says[-1]


class Roll(threading.Thread):
    """Replaces every replica by one that serves other content, one after the other: the first is drained before it ends."""

    def __init__(self, service, folder):
        super().__init__(daemon=True)
        self.service, self.folder, self.error = service, folder, None

    def run(self):
        front, replicas = self.service
        try:
            for number, replica in enumerate(replicas):
                if number == 0:
                    front.drain(replica)
                else:
                    front.until_asked(replicas[number - 1 : number])
                replica.end()
                replica.start(GUIDANCE_CONTENT=str(self.folder))
                replica.wait()
                if number == 0:
                    front.drain(None)
        except BaseException as error:
            self.error = error


def on_their_way(stack, service, browser):
    """A visitor for each case, each one question further than the one before; every other one has chosen, and not sent it."""
    visitors = []
    for number, (name, lang) in enumerate(CASES.items()):
        visitor = Visitor(stack.enter_context(opened(browser)), service, name, lang, number)
        visitors.append(visitor)
        if number % 2 == 0:
            visitor.pick()
    return visitors


def answered(visitors):
    return {visitor: len(visitor.answers) for visitor in visitors}


def click_while(roll, visitors):
    """Let them choose and send, one after the other, as long as the replicas are rolled; each keeps one question for after it."""
    while roll.is_alive():
        for visitor in visitors:
            if visitor.left > 1 and not visitor.picked:
                visitor.pick()
            elif visitor.left > 1:
                visitor.send()
        roll.join(0.2)
    assert roll.error is None, roll.error


def assert_has_the_result(visitor, new, early):
    """The page shows the result of the new content, to whom came before by a reload, and no answer was lost."""
    result = walk(new.contents[visitor.lang], visitor.goal).result
    heading(visitor.page, result.heading)
    text = visitor.page.locator('body').inner_text()
    assert all(step.say in text for part in result.parts for step in part.do_now)
    assert visitor.answers == visitor.goal
    assert visitor is early or f'seen={result.fingerprint}' in visitor.page.url
    return text


def test_no_visitor_loses_an_answer_or_a_click(service, browser, tmp_path):
    """The last of this file, since the replicas serve other content after it."""
    front, replicas = service
    folder, sentence = changed_content(tmp_path)
    new = check(folder)
    assert not new.errors, new.errors
    with ExitStack() as stack:
        visitors = on_their_way(stack, service, browser)
        started = answered(visitors)
        busiest = max(replicas, key=lambda replica: [visitor.replica for visitor in visitors].count(replica))
        busiest.end(signal.SIGKILL)
        for visitor in visitors:
            visitor.send()  # fails if an answer is not there any more, or if one click does not lead on
        assert answered(visitors) == {visitor: number + 1 for visitor, number in started.items()}
        busiest.start()
        busiest.wait()

        early, *others = sorted(visitors, key=lambda visitor: visitor.left)
        while early.left:
            early.send()  # has a result of the old content, and keeps it open
        roll = Roll(service, folder)
        roll.start()
        click_while(roll, others)
        for visitor in others:
            while visitor.left:
                visitor.send()

        versions = {ask(replica.port, '/status', tls=None).text.split()[2] for replica in replicas}
        assert versions == {new.content.version} != {SHIPPED.content.version}
        early.page.reload()
        expect(early.page.locator('.g-notice')).to_contain_text(early.content.ui_texts.notice_changed)
        assert sum(sentence in assert_has_the_result(visitor, new, early) for visitor in visitors) >= 4
        assert [visitor.clicks for visitor in visitors] == [len(visitor.goal) - started[visitor] for visitor in visitors]
        no_answers_in_logs(front, replicas)
