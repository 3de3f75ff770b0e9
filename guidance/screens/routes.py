"""What the app is made of beside Streamlit: our own routes, the middleware, and what has to be right before anybody is served."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from guidance.content.braces import fill
from guidance.content.model import Content
from guidance.content.problem import Problem
from guidance.journey.query import parameters
from guidance.journey.query import parse_query
from guidance.journey.query import query_string
from guidance.journey.query import read_query
from guidance.journey.query import shorten_query
from guidance.languages.language import preferred
from guidance.screens.contacts import emergency_line
from guidance.screens.plain.keep import KEEP
from guidance.screens.plain.keep import keep
from guidance.screens.plain.plain import plain
from guidance.screens.site.compress import Compressed
from guidance.screens.site.discreet import Discreet
from guidance.screens.site.headers import Headers
from guidance.screens.site.logs import keep_answers_out
from guidance.screens.site.proxy import OnlyNamedProxies
from guidance.screens.site.proxy import is_local
from guidance.screens.site.shell import PLAIN
from guidance.screens.site.shell import Shell
from guidance.screens.site.shell import Words
from guidance.screens.texts import help_line
from guidance.screens.training import library as training
from guidance.screens.training.room import PATH as TRAINING
from guidance.screens.trial import trial
from guidance.serving.counters import counted
from guidance.serving.counters import counting
from guidance.serving.store import store
from guidance.serving.store import trials


def start() -> None:
    """Begin to serve: check the content, and follow its files from now on. Raises ContentError if there is none to be served."""
    keep_answers_out()
    trials.add(tried)
    store().watch()


def tried(contents: Mapping[str, Content]) -> Iterator[Problem]:
    """Draw pages of a content before it is served; yield what cannot be drawn."""
    return trial(contents, lambda content, lang: [words_of(content, lang, page) for page in ('', TRAINING)])


def words(lang: str, page: str) -> Words:
    """Return what the shell says of a page, from the content as it is now."""
    return words_of(store().content(lang), lang, page)


def words_of(content: Content, lang: str, page: str) -> Words:
    """Return what the shell says of a page, from this content."""
    service, ui_texts, numbers = content.service, content.ui_texts, emergency_line(content)
    helping = {'help': help_line(content)}
    no_script = fill(ui_texts.no_script if numbers else ui_texts.no_script_alone, helping | {'emergency': numbers})
    if page == TRAINING:
        training_words = content.training.words
        name = fill(training_words.part_of_training, helping | {'part': training_words.training, 'title': service.name})
        said = ('', '', '', numbers, '', ui_texts.no_answer, ui_texts.reload)
        return Words(lang, name, training_words.library_lead, no_script, *said, room=TRAINING)
    missing = (ui_texts.not_found_title, ui_texts.not_found, ui_texts.to_start)
    slow = (ui_texts.to_plain, ui_texts.waiting, ui_texts.reload)
    return Words(lang, service.name, service.description, no_script, *missing, numbers, *slow)


def choose(asked: str, accepted: str) -> str:
    """Return the language that the address asks for, else the one that the browser prefers."""
    languages = store().content().service.languages
    return next((code for code in languages if code.lower() == asked), '') or preferred(accepted, languages)


def twin(query: str) -> str:
    """Return the parameters by which the plain edition shows the page of this query; none for the start page."""
    content = store().content()
    said = read_query(content, parse_query(query))
    found = parameters(content, said.answers, said.lang, change=said.change, seen=said.seen, shared=said.shared)
    return query_string(found) if found else ''


def shorten(query: str) -> str:
    """Return what the content knows of an over-long query string."""
    return shorten_query(store().content(), query)


def status(request: Request) -> PlainTextResponse:
    """Tell staff and load balancers which content is served; and on this machine, why a newer one on disk is not."""
    serving, local = store(), is_local(request.scope)
    told = [f'ok, content {serving.content().version}']
    told += serving.told() if local else serving.told()[:1]
    if counting() and local:
        told.append('\n'.join(f'{outcome} {number}' for outcome, number in counted().items()))
    return PlainTextResponse('\n\n'.join(told) + '\n')


def security(request: Request) -> PlainTextResponse:
    """Tell where to report a weakness of the service (RFC 9116), if the content says so."""
    service = store().content().service
    if service.security is None:
        return PlainTextResponse('There is none.\n', 404)
    lines = [f'Contact: {service.security.contact}', f'Expires: {service.security.expires}T23:59:59Z']
    return PlainTextResponse('\n'.join([*lines, f'Preferred-Languages: {", ".join(service.languages)}', '']))


def routes(base: str) -> list[Route]:
    """Return our own routes: those beside the pages below the base path, the status where load balancers look."""
    folder = '/'.join(('', *filter(None, base.split('/')), ''))
    own = {PLAIN: plain, KEEP: keep}
    top = [Route('/status', status), Route('/.well-known/security.txt', security)]
    return [*top, *(Route(f'{folder}{name}', page) for name, page in own.items())]


def middleware(own: list[Route]) -> list[Middleware]:
    """Return what stands around Streamlit and around `own`, our routes; the first is the outermost."""
    pages = [TRAINING] if training.is_open() else []
    shell = Middleware(
        Shell, words=words, pages=pages, beside=[PLAIN, KEEP], routes=own, shorten=shorten, choose=choose, twin=twin
    )
    return [Middleware(OnlyNamedProxies), Middleware(Headers), Middleware(Discreet), Middleware(Compressed), shell]
