"""The plain edition as a browser without JavaScript reads it, beside the full edition and the kept file."""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote
from urllib.parse import urlencode

from streamlit.testing.v1 import AppTest

from guidance.content.condition import Answers
from guidance.journey.query import current_answers
from guidance.journey.query import parameters
from guidance.journey.query import query_string
from guidance.journey.walk import result
from tests.support.asgi import Client
from tests.support.shipped import SHIPPED

CONTENTS = SHIPPED.contents
CONTENT = CONTENTS['en']
HOST = {'X-Forwarded-Host': 'help.example'}  # as the proxy on this machine says
KB = 1024
CASES = {name: current_answers(CONTENT, case.answers)[0] for name, case in CONTENT.cases.items()}
VOID = {'meta', 'link', 'input', 'img', 'br', 'hr', 'wbr'}


class Html(HTMLParser):
    """What stands in a page: every tag with its attributes, and text and links outside of the classes to `skip`."""

    def __init__(self, text: str, skip: Iterable[str] = ()) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []
        self.links: list[str] = []
        self._skip = {'style', 'title', *skip}
        self._open: list[tuple[str, bool]] = []
        self.feed(text)
        self.close()
        assert self._open == [], 'every element is closed'

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        self.tags.append((tag, given))
        hidden = (self._open and self._open[-1][1]) or bool(self._skip & {tag, *given.get('class', '').split()})
        if tag not in VOID:
            self._open.append((tag, hidden))
        if tag == 'a' and not hidden:
            self.links.append(given['href'])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._open and self._open[-1][1]):
            self.said.append(' '.join(data.split()))

    def all(self, tag: str) -> list[dict[str, Any]]:
        return [given for name, given in self.tags if name == tag]


def query(answers: Answers, lang: str = 'en', **more: str) -> str:
    return query_string(parameters(CONTENT, answers, lang) | more)


def page(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, HOST | headers)
    assert answer.status_code == 200, url
    return answer.text


def followed(client: Client, url: str) -> tuple[str, str]:
    """Open an address, with at most one redirect."""
    answer = client.get(url, HOST)
    if answer.status_code == 303:
        url = answer.headers['location'].removeprefix('.')
        answer = client.get(url, HOST)
    assert answer.status_code == 200
    return url, answer.text


def sent(html: str, chosen: Collection[str] = ()) -> str:
    """Return the address that a browser opens when the form of a page is sent with these options chosen."""
    form = Html(re.findall(r'<form.*?</form>', html, re.DOTALL)[0])
    inputs = form.all('input')
    hidden = [(given['name'], given['value']) for given in inputs if given['type'] == 'hidden']
    offered = [(given['name'], given['value']) for given in inputs if given['type'] in ('radio', 'checkbox')]
    assert set(chosen) <= {value for _, value in offered}
    assert [given['action'] for given in form.all('form')] == ['plain']
    return '/plain?' + urlencode([pair for pair in offered if pair[1] in chosen] + hidden)


def checked(html: str) -> list[str]:
    return [given['value'] for given in Html(html).all('input') if 'checked' in given]


def result_of(html: str, *skip: str) -> tuple[list[str], list[str]]:
    """Return what a page says and links to as its result, without what only one edition has."""
    inside = html[html.index('<div class="g-result">') : html.index('<footer')]
    opened = re.sub(r'</main>\s*$', '', inside).rstrip()
    around = opened.count('</div>') > opened.count('<div')  # the box in which the server draws it
    found = Html(opened.removesuffix('</div>') if around else opened, {'g-share', *skip})
    return found.said, found.links


def full_edition(app: AppTest, answers: Answers, lang: str) -> str:
    app.query_params.clear()
    for name, value in parameters(CONTENT, answers, lang).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return '\n'.join(part.proto.body for part in app.get('html'))


def assert_same_result(client: Client, app: AppTest, answers: Answers, lang: str) -> None:
    """The full edition, the file and the plain edition, all its parts together, say the same in the same order."""
    full = full_edition(app, answers, lang)
    parts = plain_parts(client, answers, lang)
    assert result(CONTENTS[lang], answers).heading in parts[0]
    if len(parts) == 1:
        assert result_of(parts[0], 'g-change') == result_of(full, 'g-change')
    assert sections_of(''.join(parts)) == sections_of(full)
    kept = page(client, f'/keep{query(answers, lang)}')
    assert sections_of(kept) == sections_of(full)
    assert result_of(kept, 'g-kept', 'g-printed') == result_of(full, 'g-change', 'g-again', 'g-printed')


def plain_parts(client: Client, answers: Answers, lang: str) -> list[str]:
    """Every part of a plain result, found as a reader finds them: by the link to the next one."""
    parts: list[str] = []
    url: str | None = f'/plain{query(answers, lang)}'
    while url:
        parts.append(page(client, url))
        following = [given['href'] for given in Html(parts[-1]).all('a') if given.get('class') == 'g-button']
        url = f'/plain{following[0]}' if following else None
    return parts


def sections_of(html: str) -> tuple[list[str], list[str]]:
    """What the sections of a result say and link to."""
    result = re.sub(r'<details class="g-share">.*?</section>', '', html, flags=re.DOTALL)
    found = re.findall(r'<section(?! class="g-(?:leave|strip|kept)).*?</section>', result, re.DOTALL)
    inside = Html(''.join(found), {'g-change'})
    return inside.said, inside.links


def parsed(url: str) -> list[tuple[str, str]]:
    return [(unquote(name), unquote(value)) for name, value in (pair.split('=') for pair in url.partition('?')[2].split('&'))]


def assert_loads_nothing(html: str) -> None:
    found = Html(html)
    for tag, given in found.tags:
        assert tag not in ('script', 'iframe', 'object', 'embed', 'base', 'video', 'audio')
        assert not [name for name in given if name.startswith('on') or name in ('srcset', 'style', 'background')]
        for name in ('src', 'href') if tag != 'a' else ():
            assert given.get(name, 'data:').startswith('data:')
    style = html[html.index('<style>') : html.index('</style>')]
    assert 'url(' not in style and '@import' not in style
