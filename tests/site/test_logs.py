"""What stands in the logs, whatever visitors send: a record is one line of limited length, and no line is theirs."""

from __future__ import annotations

import io
import logging
import re

import pytest
from uvicorn.logging import AccessFormatter

from guidance.screens.site.logs import keep_answers_out

FORGED = 'x\n2026-11-26 12:00:00 root logged in'
RECORD = '%(asctime)s %(levelname)s %(message)s'


@pytest.fixture
def written():
    """Give a logger a handler as servers and Streamlit do; return what was written."""
    keep_answers_out()
    open_, file = [], io.StringIO()

    def logger(name, form=RECORD, formatter=logging.Formatter, **more):
        handler = logging.StreamHandler(file)
        handler.setFormatter(formatter(form, **more))
        found = logging.getLogger(name)
        open_.append((found, handler, found.level))
        found.addHandler(handler)
        found.setLevel(logging.INFO)
        return found, file.getvalue

    yield logger
    for found, handler, level in open_:
        found.removeHandler(handler)
        found.setLevel(level)


NAMES = ['streamlit.runtime.app_session', 'uvicorn.error', 'asyncio', 'guidance.screens.plain.plain', 'of.anybody']


@pytest.mark.parametrize('name', NAMES)
@pytest.mark.parametrize('mark', ['\n', '\r', '\x0b', '\x1b[2J', '\x85', '\u2028', '\u202e', '\0', '\ud800'], ids=ascii)
def test_a_record_is_one_line_whatever_stands_in_it(written, name, mark):
    logger, read = written(name)
    logger.info('the fragment %s is gone', f'a{mark}b')
    logger.info(f'the fragment a{mark}b is gone')
    escaped = f'a{mark[0].encode("unicode_escape", "surrogatepass").decode()}{mark[1:]}b'
    lines = read().split('\n')
    assert len(lines) == 3 and not lines[2]
    assert all(line.endswith(f' INFO the fragment {escaped} is gone') for line in lines[:2])


def test_a_record_is_cut(written):
    logger, read = written('streamlit.runtime.app_session')
    logger.info('the fragment %s is gone', 'a' * 2_000_000)
    assert len(read()) < 700 and re.search(r'aaa… \(\d+ more characters\) is gone\n$', read())
    logger.info('a' * 2_000_000)
    assert len(read()) < 1_800 and read().endswith('aaa… (1999000 more characters)\n')


def test_a_traceback_follows_its_record_and_no_line_of_it_looks_like_another(written):
    logger, read = written('streamlit.runtime.app_session')
    try:
        raise ValueError(FORGED * 1_000)
    except ValueError:
        logger.exception('it failed')
    first, *rest = read().rstrip('\n').split('\n')
    assert first.endswith('ERROR it failed') and rest[-1].startswith('  2026-11-26')
    assert all(line.startswith('  ') for line in rest) and len(read()) < 12_000
    try:
        raise ValueError('short')
    except ValueError:
        logger.exception('it failed')
    assert read().endswith('  ValueError: short\n') and 'raise ValueError' in read()


def test_a_text_that_is_none_writes_no_traceback(written):
    logger, read = written('uvicorn.error')
    try:
        b'\xff'.decode()
    except UnicodeDecodeError:
        logger.exception('Invalid UTF-8 sequence received from client.')
    assert read().count('\n') == 1 and 'Traceback' not in read()


def test_the_access_log_has_one_line_for_one_request(written):
    form = '%(client_addr)s %(request_line)s %(status_code)s'
    logger, read = written('uvicorn.access', form, AccessFormatter, use_colors=False)
    logger.info('%s - "%s %s HTTP/%s" %d', '1.2.3.4\nforged', 'GET', '/plain?who=me', '1.1', 200)
    assert read() == '1.2.3.4\\nforged GET /plain HTTP/1.1 200 OK\n'


def test_reports_of_the_content_keep_their_lines(written):
    logger, read = written('guidance.serving.store')
    logger.error('changed content is refused:\n%s', 'flows/a.yaml:1:1: no\n  ask: no\n       ^')
    assert read().count('\n') == 4
