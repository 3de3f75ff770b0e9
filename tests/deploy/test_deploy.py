"""Three replicas behind nginx, as `deploy/` says: killed, started and rolled to other content while visitors are on their way.

nginx, the replicas and the browser run on this machine and speak over loopback only. Needs nginx (Debian: `nginx-light`).
"""

from __future__ import annotations

import re
import shutil
import signal
import tempfile
import threading
import time
from contextlib import ExitStack
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from guidance.journey.link import address
from guidance.journey.link import parameters
from guidance.journey.walk import walk
from guidance.serving.check import check
from tests.support.browsing import CHROMIUM
from tests.support.browsing import FLAGS
from tests.support.browsing import case
from tests.support.browsing import centre
from tests.support.browsing import expect
from tests.support.browsing import given
from tests.support.browsing import heading
from tests.support.browsing import playwright
from tests.support.browsing import row
from tests.support.browsing import settled
from tests.support.nginx import DRAINED
from tests.support.nginx import LEFT_OUT
from tests.support.nginx import NAME
from tests.support.nginx import NGINX
from tests.support.nginx import Front
from tests.support.nginx import Replica
from tests.support.nginx import ask
from tests.support.nginx import free_port
from tests.support.paths import ROOT
from tests.support.shipped import SHIPPED

SAME_HOST = f'--host-resolver-rules=MAP {NAME} 127.0.0.1'
CASES = {'s02': 'en', 's03': 'zh-Hant', 's06': 'zh-Hans', 's07': 'en', 's10': 'zh-Hant', 's08': 'en'}
FIRST = '?who=relative&asker-place=hong-kong&lang=en'

pytestmark = pytest.mark.browser


@pytest.fixture(scope='module')
def service():
    """nginx and three replicas behind it, in a folder that nginx may read without privileges."""
    assert NGINX, 'CI must have an nginx'
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        replicas = [Replica(folder) for _ in range(3)]
        for replica in replicas:
            stack.callback(replica.end, signal.SIGKILL)
            replica.start()
        for replica in replicas:
            replica.wait()
        front = Front(folder / 'nginx', [replica.port for replica in replicas])
        stack.callback(front.end)
        yield front, replicas


@pytest.fixture(scope='module')
def browser():
    assert CHROMIUM, 'CI must have a Chromium'
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, SAME_HOST])
        yield browser
        browser.close()


@contextmanager
def opened(browser, **options):
    """A page of a visitor with a browser of their own; it may ask no host but ours."""
    context = browser.new_context(viewport={'width': 360, 'height': 740}, ignore_https_errors=True, **options)
    page, others = context.new_page(), []
    page.set_default_timeout(20_000)
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
        page.goto(front.url + address(place))
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
        return self.page.get_by_role('button', name=self.content.interface.next)

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


def test_what_is_tapped_while_a_page_connects_again_is_done(service, browser):
    front, replicas = service
    with opened(browser) as page:
        page.set_viewport_size({'width': 360, 'height': 1400})  # nothing has to be scrolled to
        visitor = Visitor(page, service, 's06', 'en')
        question, before = visitor.question, visitor.answers
        visitor.picked = question
        places = [centre(row(page, question, visitor.goal[question.id][0])), centre(visitor.button)]
        with all_away(replicas):
            expect(visitor.button).to_be_disabled()  # Streamlit takes nothing now
            for x, y in places:
                page.mouse.click(x, y)
            assert visitor.answers == before
        visitor.arrive(before)
        settled(page)

        x, y = centre(page.get_by_role('link', name='简体中文'))
        with all_away(replicas):
            expect(visitor.button).to_be_disabled()
            page.mouse.click(x, y)
            expect(page.locator('html')).to_have_attribute('lang', 'en')
        expect(page.locator('html')).to_have_attribute('lang', 'zh-Hans')
        heading(page, walk(SHIPPED.contents['zh-Hans'], visitor.answers).next.ask.for_(visitor.answers))


@contextmanager
def all_away(replicas):
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
        time.sleep(LEFT_OUT)


def whole(name):
    """The answers of a case as an address has them at the result."""
    answers = case(SHIPPED.content, name)
    seen = walk(SHIPPED.content, answers).result.fingerprint
    return address(parameters(SHIPPED.content, answers, 'en', seen=seen))


def test_the_kept_file_comes_from_every_replica_and_is_the_same(service):
    front, replicas = service
    earlier = len(front.lines('/keep'))
    files = [front.ask(f'/keep{whole("s06")}') for _ in range(9)]
    lines = front.lines('/keep')[earlier:]
    assert {words[6] for words in lines} == {f'127.0.0.1:{replica.port}' for replica in replicas}
    assert {answer.status for answer in files} == {200} and len({answer.text for answer in files}) == 1
    assert files[0].headers['content-disposition'].startswith('attachment; filename=')
    assert f'{front.url}?who=relative&amp;' in files[0].text


OWN = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ('path', 'method', 'status', 'policy'),
    [
        (f'/{FIRST}', 'GET', 200, "default-src 'self'; script-src 'self' 'sha256-"),
        (f'/plain{FIRST}', 'GET', 200, "default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
        (f'/keep{whole("s02")}', 'GET', 200, "default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
        (f'/nowhere{FIRST}', 'GET', 404, "default-src 'self'; script-src 'self' 'sha256-"),
        ('/status', 'GET', 200, "default-src 'none'; base-uri 'none'"),
        (f'/{FIRST}', 'POST', 413, OWN),
    ],
)
def test_every_answer_has_each_security_header_once(service, path, method, status, policy):
    more = {'Content-Length': '99999'} if method == 'POST' else {}
    answer = service[0].ask(path, method, **more)
    assert answer.status == status
    assert answer.headers.get_all('referrer-policy') == ['no-referrer']
    assert answer.headers.get_all('x-content-type-options') == ['nosniff']
    assert answer.headers.get_all('strict-transport-security') == ['max-age=31536000']
    policies = answer.headers.get_all('content-security-policy') or []
    assert [found.startswith(policy) for found in policies] == [True]
    assert answer.headers.get_all('server') == ['nginx']


def test_the_status_is_told_to_load_balancers_only(service):
    front, _ = service
    assert front.ask('/status').text == f'ok, content {SHIPPED.content.version}\n'
    assert front.ask('/status', source='127.0.0.2').status == 403
    assert front.ask(f'/plain{FIRST}', source='127.0.0.2').status == 200


def test_streamlits_files_come_compressed_by_the_app_and_with_the_headers(service):
    front, _ = service
    script = re.search(r'src="\.(/static/js/[^"]+)"', front.ask('/').text)[1]
    raw = service[0].ask(script, 'HEAD', Accept_Encoding='gzip')
    assert raw.headers.get_all('content-encoding') == ['gzip']
    assert 'immutable' in raw.headers['cache-control']
    assert raw.headers.get_all('referrer-policy') == ['no-referrer']
    assert raw.headers.get_all('x-content-type-options') == ['nosniff']


def test_plain_http_leads_to_the_same_place_with_tls(service):
    front, _ = service
    answer = ask(front.plain_port, f'/plain{FIRST}', tls=None, Host=NAME)
    assert (answer.status, answer.headers['location']) == (301, f'{front.url}plain{FIRST}')
    assert answer.headers.get_all('referrer-policy') == ['no-referrer']
    assert answer.headers['strict-transport-security'] is None


def test_a_page_of_another_site_may_not_use_our_web_socket(service):
    front, _ = service
    handshake = {
        'Connection': 'Upgrade',
        'Upgrade': 'websocket',
        'Sec_WebSocket_Version': '13',
        'Sec_WebSocket_Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    asked = {origin: front.ask('/_stcore/stream', Origin=origin, **handshake) for origin in ('https://evil.example', 'null')}
    assert {answer.status for answer in asked.values()} == {403}
    assert {words[6] for words in front.lines('/_stcore/stream') if words[3] == '403'} == {'-'}  # no replica was asked
    assert front.ask('/_stcore/stream', Origin=front.url.rstrip('/'), **handshake).status == 101


@pytest.mark.parametrize('length', [5_000, 6_500, 20_000, 30_000])
def test_an_over_long_address_opens_and_keeps_what_is_known(service, browser, length):
    front, _ = service
    with opened(browser, java_script_enabled=False) as page:
        answer = page.goto(f'{front.url}{FIRST}&x={"y" * length}')
        assert answer.status == 200
        assert given(SHIPPED.content, page) == {'who': ('relative',), 'asker-place': ('hong-kong',)}
        assert ('cut=1' in page.url) is (length > 6_000)


def test_links_have_the_public_address(service, browser):
    front, _ = service
    with opened(browser) as page:
        page.goto(front.url + whole('s06'))
        expect(page.locator('.g-footer')).to_be_visible()
        full = page.locator('.g-keep code').inner_text()
        page.goto(f'{front.url}plain{whole("s06")}')
        plain = page.locator('.g-keep code').inner_text()
    assert full == plain and full.startswith(f'{front.url}?who=relative&')


def below(text):
    """The configuration with its own example of a sub-path in use, and nothing at the top of the site."""
    said = re.search(r'# Below a folder of another site.*\n((?: +#.*\n)+)', text)
    example = re.sub(r'^ +# ?', '', said[1], flags=re.MULTILINE)
    nothing = re.sub(r'(location (?:/|/_stcore/stream) \{\n)[^}]*\}', r'\1return 404; }', text)
    return nothing.replace(said[0], example)


def test_the_wizard_works_below_a_folder_of_another_site(service, browser, tmp_path_factory):
    front, replicas = service
    other = Front(front.folder.parent / 'below', [replica.port for replica in replicas], below)
    try:
        answer = other.ask(f'/help{FIRST}')
        assert (answer.status, answer.headers['location']) == (301, f'/help/{FIRST}')
        assert other.ask(f'/{FIRST}').status == other.ask('/help/status').status == 404
        with opened(browser) as page:
            english = SHIPPED.content
            page.goto(f'{other.url}help/{FIRST}')
            question = walk(english, given(english, page)).next
            heading(page, question.ask.for_(given(english, page)))
            row(page, question, question.options[0].id).click()
            page.get_by_role('button', name=english.interface.next).click()
            page.wait_for_url(lambda url: f'{question.id}=' in url)
            assert page.url.startswith(f'{other.url}help/?who=relative&')
            page.goto(f'{other.url}help/{whole("s06")}')
            expect(page.locator('.g-footer')).to_be_visible()
            full = page.locator('.g-keep code').inner_text()
            page.goto(f'{other.url}help/plain{whole("s06")}')
            assert full == page.locator('.g-keep code').inner_text()
            assert full.startswith(f'{other.url}help/?who=relative&')
        assert f'{other.url}help/?who=relative&amp;' in other.ask(f'/help/keep{whole("s06")}').text
    finally:
        other.end()


def test_with_all_replicas_down_nginx_names_the_help_line_and_no_answers(browser, service):
    front = Front(service[0].folder.parent / 'down', [free_port() for _ in range(3)])
    try:
        for method in ('GET', 'HEAD', 'POST'):
            answer = front.ask(f'/{FIRST}', method)
            assert answer.status == 502
            assert answer.headers.get_all('content-security-policy') == [OWN]
            assert answer.headers.get_all('referrer-policy') == ['no-referrer']
            assert answer.headers.get_all('strict-transport-security') == ['max-age=31536000']
            assert not re.search('relative|hong-kong', answer.text)
        with opened(browser) as page:
            assert page.goto(f'{front.url}{FIRST}').status == 502
            assert page.locator('a[href="tel:+8521868"]').count() == 3
            again = page.get_by_role('link', name='Load the page again')
            assert again.evaluate('link => link.href') == page.url  # with the answers, which are in no other place
            assert page.evaluate('document.scrollingElement.scrollWidth <= window.innerWidth')
    finally:
        front.end()
    assert [path.name for path in front.folder.glob('*.log') if 'who=' in path.read_text()] == []


def test_the_error_log_of_nginx_would_have_the_answers(service):
    """Why deploy/nginx.conf has none for requests. If this fails, nginx has learnt it, and the log can be kept."""
    kept = lambda text: text.replace('error_log /dev/null emerg;', f'error_log {service[0].folder.parent}/leak/leak.log error;')  # noqa: E731
    front = Front(service[0].folder.parent / 'leak', [free_port() for _ in range(3)], kept)
    try:
        assert front.ask(f'/{FIRST}').status == 502
    finally:
        front.end()
    assert 'who=relative' in (front.folder / 'leak.log').read_text()


def test_a_damaged_link_leaves_no_answer_in_a_log(service):
    front, replicas = service
    for path in ('/%3Fwho=me&lang=en', '/who=me', '/keep%3Fwho%3Dme', '/plain?who=me', '/keep?who=me'):
        assert front.ask(path, Referer=f'{front.url}?who=me').status in (200, 301, 303)
    assert len(front.lines('(unusual)')) >= 3
    no_answers_in_logs(front, replicas)


def changed_content(folder):
    """The content with one sentence changed, in a step that most results have; return folder and the new sentence."""
    for name in ('flows', 'data'):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / 'data/steps.yaml'
    steps = yaml.safe_load(path.read_text())
    steps['call-1868']['say'] += ' This sentence is new.'
    path.write_text(yaml.safe_dump(steps, allow_unicode=True, sort_keys=False))
    return folder, steps['call-1868']['say']


class Roll(threading.Thread):
    """Replaces every replica by one that serves other content, one after the other: the first is drained before it ends."""

    def __init__(self, service, folder):
        super().__init__(daemon=True)
        self.service, self.folder, self.error = service, folder, None

    def run(self):
        front, replicas = self.service
        try:
            for replica in replicas:
                if replica is replicas[0]:
                    front.drain(replica)
                    time.sleep(DRAINED + 0.5)
                else:
                    time.sleep(LEFT_OUT)
                replica.end()
                replica.start(GUIDANCE_CONTENT=str(self.folder))
                replica.wait()
                if replica is replicas[0]:
                    front.drain(None)
        except BaseException as error:
            self.error = error


def test_no_visitor_loses_an_answer_or_a_click(service, browser, tmp_path):
    """The last of this file, since the replicas serve other content after it."""
    front, replicas = service
    folder, sentence = changed_content(tmp_path)
    new = check(folder)
    assert not new.errors, new.errors
    with ExitStack() as stack:
        visitors = []
        for number, (name, lang) in enumerate(CASES.items()):
            visitor = Visitor(stack.enter_context(opened(browser)), service, name, lang, number)
            visitors.append(visitor)
            if number % 2 == 0:
                visitor.pick()
        started = {visitor: len(visitor.answers) for visitor in visitors}

        busiest = max(replicas, key=lambda replica: [visitor.replica for visitor in visitors].count(replica))
        moved = [visitor for visitor in visitors if visitor.replica is busiest]
        busiest.end(signal.SIGKILL)
        for visitor in visitors:
            visitor.send()  # fails if an answer is not there any more, or if one click does not lead on
        killed = {visitor: len(visitor.answers) for visitor in visitors}
        assert moved and all(killed[visitor] == started[visitor] + 1 for visitor in visitors)

        busiest.start()
        busiest.wait()
        early, *others = sorted(visitors, key=lambda visitor: visitor.left)
        while early.left:
            early.send()  # has a result of the old content, and keeps it open
        roll = Roll(service, folder)
        roll.start()
        while roll.is_alive():
            for visitor in others:
                if visitor.left > 1 and not visitor.picked:
                    visitor.pick()
                elif visitor.left > 1:
                    visitor.send()
            time.sleep(0.2)
        assert roll.error is None, roll.error
        rolled = {visitor: len(visitor.answers) for visitor in visitors}
        for visitor in others:
            while visitor.left:
                visitor.send()

        versions = {ask(replica.port, '/status', tls=None).text.split()[2] for replica in replicas}
        assert versions == {new.content.version} != {SHIPPED.content.version}
        early.page.reload()
        expect(early.page.locator('.g-notice')).to_contain_text(early.content.interface.notice_changed)
        with_sentence = 0
        for visitor in visitors:
            result = walk(new.contents[visitor.lang], visitor.goal).result
            heading(visitor.page, result.parts[0].title)
            text = visitor.page.locator('body').inner_text()
            assert all(step.say in text for part in result.parts for step in part.do_now)
            with_sentence += sentence in text
            assert visitor.answers == visitor.goal
            assert visitor is early or f'seen={result.fingerprint}' in visitor.page.url
            where = 'on the killed replica' if visitor in moved else 'on another replica'
            counts = started[visitor], killed[visitor], rolled[visitor], len(visitor.answers)
            told = '{} answers, {} one click after the kill, {} after the roll, {} at the result'.format(*counts)
            print(f'\n  {visitor.name} in {visitor.lang}, {where}: {told}; {visitor.clicks} clicks', end='')
            assert visitor.clicks == len(visitor.answers) - started[visitor]
        assert with_sentence >= 4
        no_answers_in_logs(front, replicas)
