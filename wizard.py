"""The wizard as a program: `streamlit run wizard.py`, or `uvicorn wizard:app` for a server."""

from __future__ import annotations

import sys

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.responses import Response
from starlette.routing import Route

from guidance import link
from guidance.counters import counted
from guidance.counters import counting
from guidance.language import preferred
from guidance.problem import ContentError
from guidance.screens import training
from guidance.screens.compress import Compressed
from guidance.screens.keep import KEEP
from guidance.screens.keep import keep
from guidance.screens.logs import keep_answers_out
from guidance.screens.plain import plain
from guidance.screens.room import PATH as TRAINING
from guidance.screens.shell import PLAIN
from guidance.screens.shell import Shell
from guidance.screens.shell import Words
from guidance.screens.shell import redirect
from guidance.screens.view import emergency_line
from guidance.screens.view import help_line
from guidance.store import store


def words(lang: str, page: str) -> Words:
    """Return what the shell says of a page, from the content as it is now."""
    content = store().content(lang)
    service, texts, numbers = content.service, content.interface, emergency_line(content)
    no_script = texts.no_script.format(emergency=numbers, help=help_line(content))
    if page == TRAINING:
        training_words = content.training.words
        name = training_words.part_of_training.format(part=training_words.training, title=service.name)
        said = ('', '', '', numbers, '', texts.no_answer, texts.reload)
        return Words(lang, name, training_words.library_lead, no_script, *said, room=TRAINING)
    missing = (texts.not_found_title, texts.not_found, texts.to_start)
    slow = (texts.to_plain, texts.waiting, texts.reload)
    return Words(lang, service.name, service.description, no_script, *missing, numbers, *slow)


def choose(asked: str, accepted: str) -> str:
    """Return the language that the address asks for, else the one that the browser prefers."""
    languages = store().content().service.languages
    return next((code for code in languages if code.lower() == asked), '') or preferred(accepted, languages)


def twin(query: str) -> str:
    """Return the parameters by which the plain edition shows the page of this query; none for the start page."""
    content = store().content()
    said = link.read(content, link.parsed(query))
    found = link.parameters(content, said.answers, said.lang, change=said.change, seen=said.seen, shared=said.shared)
    return link.address(found) if found else ''


def shorten(query: str) -> str:
    """Return what the content knows of an over-long query string."""
    return link.shorten(store().content(), query)


def status(request: Request) -> PlainTextResponse:
    """Tell staff and load balancers which content is served, and why a newer one on disk is not."""
    serving = store()
    told = [f'ok, content {serving.content().version}']
    told += [f'A newer content is refused:\n{problem}' for problem in serving.problems]
    if counting():
        told.append('\n'.join(f'{outcome} {number}' for outcome, number in counted().items()))
    return PlainTextResponse('\n\n'.join(told) + '\n')


def routes(base: str) -> list[Route]:
    """Return our own routes: those beside the pages below the base path, the status where load balancers look."""
    folder = '/'.join(('', *filter(None, base.split('/')), ''))
    own = {PLAIN: plain, KEEP: keep}
    found = [Route(f'{folder}{name}', page) for name, page in own.items()]
    found += [Route(f'{folder}{name}/', without_slash) for name in own]
    return [Route('/status', status), *found]


def without_slash(request: Request) -> Response:
    """Lead to the page whose address somebody ended with a slash; below it, relative addresses would be wrong."""
    name = request.url.path.strip('/').rpartition('/')[2]
    return redirect(f'../{name}', request.url.query, 301)


keep_answers_out()
try:
    store().watch()
except ContentError as error:
    sys.exit(f'{error}\n\nThe wizard does not start: its content has {len(error.problems)} problem(s).')

app = st.App(
    'guidance/screens/app.py',
    routes=routes(st.get_option('server.baseUrlPath') or ''),
    middleware=[
        Middleware(Compressed),
        Middleware(Shell, words=words, pages=[TRAINING] * training.is_open(), shorten=shorten, choose=choose, twin=twin),
    ],
)
