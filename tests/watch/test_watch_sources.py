"""`watch-sources` against a server on loopback that moves, breaks, slows, redirects and changes pages."""

import datetime
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer

import pytest
from icalendar import Calendar

from guidance import __main__ as program
from guidance.watch.pages import fetch
from guidance.watch.watching import remembered
from tests.support.waiting import DEADLINE

DAY = '2026-11-22'
HTML = {'content-type': 'text/html; charset=utf-8'}


class Site:
    """Pages by path: a body, or a function that answers a request in its own way."""

    def __init__(self, address):
        self.address = address
        self.pages = {}

    def __setitem__(self, path, page):
        self.pages[path] = page


def answer(handler, body, status=200, **headers):
    handler.send_response(status)
    for name, value in (headers or HTML).items():
        handler.send_header(name.replace('_', '-'), value)
    handler.end_headers()
    handler.wfile.write(body if isinstance(body, bytes) else body.encode())


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            page = site.pages.get(self.path)
            if page is None:
                answer(self, 'no such page', 404)
            elif callable(page):
                page(self)
            else:
                answer(self, page)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    site = Site(f'http://127.0.0.1:{server.server_port}')
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def site():
    with serving() as site:
        yield site


def moving(to):
    return lambda handler: answer(handler, '', 301, location=to)


def dripping(handler):
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header('content-type', 'text/html')
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b'x' * 70_000)
            time.sleep(0.05)
    except OSError:  # the reader has gone
        pass


def stopping(handler):
    """Begin a page, and send nothing more until the reader has gone."""
    answer(handler, '<p>')
    handler.rfile.read(1)


@pytest.mark.parametrize(
    ('page', 'state', 'said'),
    [
        ('<p>Words</p>', 'answered', '200'),
        (lambda handler: answer(handler, 'gone', 410), 'broken', '410'),
        (moving('/new'), 'moved', '/new'),
        (moving('/page'), 'broken', 'redirects'),
        (moving('http://127.0.0.1:1/'), 'broken', 'ConnectionError'),
        (dripping, 'slow', '0.4'),
        (stopping, 'slow', '0.4'),
        (lambda handler: answer(handler, b'\xff\xfe%PDF', content_type='application/pdf'), 'answered', '200'),
        (lambda handler: answer(handler, b'\xa4\xa4\xa4\xe5', content_type='text/html; charset=no-such'), 'answered', '200'),
        (lambda handler: answer(handler, b'not what it says', content_encoding='gzip'), 'broken', 'Error'),
    ],
    ids=['answers', 'gone', 'moved', 'in circles', 'to nobody', 'slow', 'stops', 'binary', 'encoding', 'packed wrongly'],
)
def test_what_a_page_answers_is_told(site, page, state, said):
    site['/page'], site['/new'] = page, 'here'
    found = fetch(f'{site.address}/page', 0.4 if state == 'slow' else DEADLINE, ['en'])
    assert (found.state, said in found.said) == (state, True), found
    assert bool(found.digest) == (state in ('answered', 'moved'))


def test_an_address_that_is_none_is_broken():
    assert fetch('http://[', DEADLINE, ['en']).state == 'broken'
    assert fetch('http://127.0.0.1:1/', DEADLINE, ['en']).state == 'broken'


def test_only_the_words_of_a_page_count(site):
    site['/a'] = '<html><head><title>1</title></head><body class="x"><p>Call  1868</p><script>x = 1</script></body>'
    site['/b'] = '<html><head><title>2</title></head><body><div>Call\n1868</div><style>p {}</style></body>'
    site['/c'] = '<p>Call 1869</p>'
    one, other, third = (fetch(f'{site.address}/{name}', DEADLINE, ['en']).digest for name in 'abc')
    assert one == other != third


@pytest.fixture
def watch(folder, site, tmp_path, capsys):
    """Runs the command over the small content, the pages of which are those of `site`."""
    sources = (folder() / 'data/sources.yaml').read_text()
    for address, path in {'https://island.example/': 'page', 'https://press.example/island': 'press'}.items():
        sources = sources.replace(address, f'{site.address}/{path}')
    site['/press'] = 'news'

    def run(*arguments, looked_up='2026-11-01'):
        content = folder({'data/sources.yaml': sources.replace('looked-up: 2026-11-22', f'looked-up: {looked_up}')})
        code = program.main([
            'watch-sources', '--content', str(content), '--today', DAY, '--state', str(tmp_path / 'seen.json'),
            '--seconds', str(DEADLINE), *map(str, arguments),
        ])  # fmt: skip
        return code, capsys.readouterr()

    return run


def test_a_page_that_changed_since_it_was_looked_up_is_told_with_what_rests_on_it_until_it_was_read(watch, site, tmp_path):
    site['/page'] = '<p>Open at nine</p>'
    code, printed = watch()
    assert code == 0 and '0 as before, 2 seen for the first time, 0 to look at' in printed.out
    assert watch()[1].out.splitlines()[2] == '2 as before, 0 seen for the first time, 0 to look at'
    site['/page'] = '<p>Open at ten</p>'
    for _ in range(2):  # it stays told until somebody has read the page
        code, printed = watch()
        assert code == 1
        assert f'its words changed since {DAY}' in printed.out and 'rests on it: ' in printed.out
    assert watch(looked_up='2026-11-20')[0] == 0
    seen = remembered(tmp_path / 'seen.json')
    assert [each.looked_up for each in seen.values()] == ['2026-11-20'] * 2


def test_a_page_that_does_not_answer_is_told_and_what_was_known_of_it_is_kept(watch, site, tmp_path):
    site['/page'] = '<p>Open at nine</p>'
    watch()
    known = remembered(tmp_path / 'seen.json')
    site['/page'] = lambda handler: answer(handler, 'no', 503)
    code, printed = watch()
    assert code == 1 and 'broken: status 503' in printed.out
    assert remembered(tmp_path / 'seen.json') == known


def test_pages_are_asked_for_in_the_languages_of_the_service(watch, site):
    asked = []

    def page(handler):
        asked.append(handler.headers['Accept-Language'])
        answer(handler, 'here')

    site['/page'] = page
    watch()
    assert asked == ['en']


def test_due_days_are_a_calendar(watch, site, tmp_path):
    site['/page'] = 'here'
    watch('--calendar', tmp_path / 'due.ics')
    events = Calendar.from_ical((tmp_path / 'due.ics').read_bytes()).walk('VEVENT')
    days = [event.decoded('dtstart') for event in events]
    assert days == sorted(days) and datetime.date(2027, 2, 22) in days
    assert all(event['summary'] and event.walk('VALARM') for event in events)


def test_broken_content_and_a_file_of_something_else_change_nothing(watch, site, folder, tmp_path, capsys):
    site['/page'] = 'here'
    state = tmp_path / 'seen.json'
    state.write_text('[1]')
    code, printed = watch()
    assert code == 2 and str(state) in printed.err and state.read_text() == '[1]'
    wrong = folder({'flows/main.yaml': 'questions: 1'})
    state.write_text(json.dumps({}))
    assert program.main(['watch-sources', '--content', str(wrong), '--state', str(state)]) == 2
    assert 'flows/main.yaml:1:' in capsys.readouterr().err
    assert state.read_text() == '{}'
