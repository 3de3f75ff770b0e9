"""The training pages in Streamlit's own AppTest, as a trainee reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

from streamlit.testing.v1 import AppTest

from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey.query import parameters
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.training.case import expected
from guidance.training.record import Record
from tests.support.apptest import choose
from tests.support.shipped import SHIPPED

CONTENTS = SHIPPED.contents
CONTENT = CONTENTS['en']
CASES = tuple(CONTENT.cases)
WORDS = CONTENT.training.words
PAGE = 'from guidance.screens.training.library import show\nshow()'


def opened(app: AppTest, query: str | Mapping[str, str]) -> str:
    """Open an address, given as parameters or as a query string; return what stands on the page."""
    app.query_params.clear()
    for name, value in dict(query if not isinstance(query, str) else parse_qsl(query.lstrip('?'))).items():
        app.query_params[name] = value
    app.run()
    return shown(app)


def shown(app: AppTest) -> str:
    assert not app.exception
    html = '\n'.join(part.proto.body for part in app.get('html'))
    return unescape(re.sub(r'<span lang="zh">(.*?)</span>', r'\1', html))


def given(app: AppTest) -> dict[str, str]:
    return {name: ''.join(app.query_params[name]) for name in app.query_params}


def links(page: str) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]*)"', page)


def link_named(page: str, text: str) -> str:
    """The address that the link with this text leads to."""
    return str(re.findall(rf'<a [^>]*href="([^"]*)"[^>]*>{re.escape(text)}</a>', page)[0])


def address(
    name: str, answers: Answers | None = None, content: Content = CONTENT, lang: str = 'en', **record: Any
) -> dict[str, str]:
    """The parameters of a training page of this case."""
    more = Record(case=name, **record).parameters()
    return parameters(content, answers or {}, lang, more=more)


def chosen(app: AppTest, question: Question, options: Sequence[str]) -> str:
    choose(app, question, options)
    return shown(app)


def right(name: str) -> Answers:
    return expected(CONTENT, CONTENT.cases[name])


def answered(app: AppTest) -> Answers:
    return read_query(CONTENT, list(given(app).items())).answers


def next_of(app: AppTest) -> Question | None:
    return walk(CONTENT, answered(app)).next
