"""The pages for travellers, in Streamlit: the address decides what is shown."""

from __future__ import annotations

import streamlit as st

from guidance.content.model import Question
from guidance.journey.walk import Arrived
from guidance.screens.browser import mark
from guidance.screens.form import ask
from guidance.screens.form import refusal
from guidance.screens.links import Edition
from guidance.screens.notices import notices
from guidance.screens.page import Page
from guidance.screens.parts import ResultPage
from guidance.screens.share import share
from guidance.screens.site.address import browsed
from guidance.screens.titles import title_of
from guidance.screens.titles import titled


def show() -> None:
    """Show the page that the address asks for."""
    page = opened()
    match page.shown():
        case 'start':
            _start(page)
        case Arrived() as arrived:
            _result(page, arrived)
        case question:
            _question(page, question)


def opened(edition: Edition = 'full') -> Page:
    """Return the page of the browser's address."""
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return Page.open(pairs, accepted_languages(), edition)


def accepted_languages() -> str:
    """Return what the browser says of the languages that its reader prefers."""
    return str(st.context.headers.get('Accept-Language', ''))


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
    return ''.join(page.render('notice.html', notice=sentence) for sentence in sentences)


def _begin(page: Page, title: str, heading: str, step: str, *above: str, calm: bool = False, refused: str = '') -> None:
    frame = page.render('frame.html', calm=calm, contacts_at=None)
    begin(title, heading, step, page, frame, told(page, notices(page)), *above, refused=refused)


def _end(page: Page, *below: str) -> None:
    st.html(''.join(below) + page.render('footer.html') + page.render('line.html'))


def _start(page: Page) -> None:
    _begin(page, title_of(page, 'start'), page.words('start_title'), 'start')
    st.html(page.render('start.html'))
    _end(page)


def _result(page: Page, arrived: Arrived) -> None:
    result = arrived.result
    back = page.links.change(list(arrived.answered)[-1])
    _begin(page, title_of(page, arrived), result.heading, 'result', calm=result.calm)
    st.html(page.render('result.html', shown=ResultPage(result, back, share(page, result, _base()))))
    _end(page)


def _base() -> str:
    return browsed(st.context.url, st.context.headers)


def _question(page: Page, question: Question) -> None:
    around = page.around(question, page.links.shared(_base()))
    above, refused = page.render('heading.html', around=around), refusal(question)
    _begin(page, title_of(page, question), around.heading, question.id, above, refused=refused)
    ask(page, question, page.links.after)
    _end(page, page.render('below.html', around=around))
