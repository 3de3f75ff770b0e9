"""The pages for travellers, in Streamlit: the address decides what is shown."""

from __future__ import annotations

import streamlit as st

from guidance.content.model import Content
from guidance.content.model import Question
from guidance.journey import link
from guidance.journey.walk import walk
from guidance.languages.language import preferred
from guidance.screens.browser import mark
from guidance.screens.form import ask
from guidance.screens.form import refusal
from guidance.screens.share import message
from guidance.screens.share import qr
from guidance.screens.site.address import browsed
from guidance.screens.site.address import shared_link
from guidance.screens.titles import title_of
from guidance.screens.titles import titled
from guidance.screens.view import WHOLE
from guidance.screens.view import Page
from guidance.screens.view import notices
from guidance.screens.view import shown
from guidance.serving.store import store


def show() -> None:
    """Show the page that the address asks for."""
    reading = link.read(store().content(), address_pairs())
    lang = reading.lang or browser_language(store().content())
    content = store().content(lang)
    page = Page(content, reading.answers, walk(content, reading.answers), lang, reading.change, reading.seen, reading.shared)
    match shown(page, reading):
        case 'start':
            _start(page, reading)
        case 'result':
            _result(page, reading)
        case question:
            _question(page, reading, question)


def address_pairs() -> list[tuple[str, str]]:
    """Return the names and values of the browser's address."""
    return [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]


def browser_language(content: Content) -> str:
    """Return the language of the content that the browser prefers."""
    return preferred(st.context.headers.get('Accept-Language', ''), content.service.languages)


def begin(title: str, heading: str, step: str, page: Page, *above: str, refused: str = '') -> None:
    """Begin a page: its title, word to the browser, and what stands above. `refused` names the click of which an error is said.

    Each page is three places, with what is drawn between this and `end` as the second: Streamlit keeps what the page before
    had in a place until something else is drawn there, and two footers at once would be seen and clicked.
    Each place costs as much as a page of text, so there are no more.
    """
    st.set_page_config(page_title=titled(page, title, failed=bool(refused)))
    st.html(mark(lang=page.lang, step=step, heading=heading, refused=refused) + ''.join(above))


def told(page: Page, sentences: list[str]) -> str:
    """Return what there is to say about the address, as HTML."""
    return ''.join(page.part('notice.html', notice=sentence) for sentence in sentences)


def _begin(
    page: Page, reading: link.Reading, title: str, heading: str, step: str, *above: str, calm: bool = False, refused: str = ''
) -> None:
    frame = page.part('frame.html', calm=calm, contacts_at=None)
    begin(title, heading, step, page, frame, told(page, notices(page, reading)), *above, refused=refused)


def _end(page: Page, *below: str) -> None:
    st.html(''.join(below) + page.part('footer.html') + page.part('line.html'))


def _start(page: Page, reading: link.Reading) -> None:
    _begin(page, reading, title_of(page, 'start'), page.words('start_title'), 'start')
    st.html(page.part('start.html'))
    _end(page)


def _result(page: Page, reading: link.Reading) -> None:
    result = page.journey.result
    assert result is not None
    last = list(page.journey.answered)[-1]
    shared = shared_link(_base(), page)
    share = {'link': shared, 'text': message(page, shared), 'qr': shared and qr(shared), 'keep': page.keep()}
    _begin(page, reading, title_of(page, 'result'), result.parts[0].title, 'result', calm=result.calm)
    st.html(page.part('result.html', **WHOLE | {'back': page.link(change=last), 'share': share}))
    _end(page)


def _base() -> str:
    return browsed(st.context.url, st.context.headers)


def _question(page: Page, reading: link.Reading, question: Question) -> None:
    about = page.about(question, shared_link(_base(), page))
    present = page.journey.answered.get(question.id, reading.unread.get(question.id, ()))
    above, refused = page.part('heading.html', **about), refusal(question)
    _begin(page, reading, title_of(page, question), about['heading'], question.id, above, refused=refused)
    ask(page, question, present, page.after)
    _end(page, page.part('below.html', **about))
