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
from guidance.screens.report import report_link
from guidance.screens.share import share
from guidance.screens.site.address import browsed
from guidance.screens.titles import title_of
from guidance.screens.titles import titled

_HTML = '\0html\0'


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


def opened(edition: Edition = 'full', path: str = '') -> Page:
    """Return the page of the browser's address, which ends with `path`."""
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return Page.open(pairs, accepted_languages(), edition, browsed(st.context.url, st.context.headers, path))


def accepted_languages() -> str:
    """Return what the browser says of the languages that its reader prefers."""
    return str(st.context.headers.get('Accept-Language', ''))


def begin(title: str, heading: str, step: str, page: Page, *above: str, refused: str = '') -> None:
    """Begin a page: its title, word to the browser, and what stands above. `refused` names the click of which an error is said.

    Each page is three places, with what is drawn between this and `end` as the second: Streamlit keeps what the page before
    had in a place until something else is drawn there, and two footers at once would be seen and clicked.
    Each place costs as much as a page of text, so there are no more. So the main part of a page with a form begins in the first
    place and owns what is drawn in the others, see `main-of-form.html`.
    """
    st.set_page_config(page_title=titled(page, title, failed=bool(refused)))
    st.html(mark(lang=page.lang, step=step, heading=heading, refused=refused) + ''.join(above))


def main(page: Page, html: str, notices: list[str], *, form: bool = False) -> str:
    """Return the main part of a page, with this in it; with a `form`, the head of it."""
    part = page.render('main-of-form.html' if form else 'main.html', notices=notices, html=_HTML)
    return part.replace(_HTML, html)


def _frame(page: Page, back: str | None = None, *, calm: bool = False, wide: bool = False) -> str:
    return page.render('frame.html', back=back, calm=calm, wide=wide, contacts_at=None)


def _end(page: Page, *below: str) -> None:
    st.html(''.join(below) + page.render('footer.html', report=report_link(page)) + page.render('line.html'))


def _start(page: Page) -> None:
    begin(title_of(page, 'start'), page.words('start_title'), 'start', page, _frame(page, wide=True))
    st.html(main(page, page.render('start.html'), notices(page)))
    _end(page)


def _result(page: Page, arrived: Arrived) -> None:
    result = arrived.result
    back = page.links.back_from_result()
    begin(title_of(page, arrived), result.heading, 'result', page, _frame(page, back, calm=result.calm))
    shown = ResultPage(result, back, share(page, result, page.place))
    st.html(main(page, page.render('result.html', shown=shown), notices(page)))
    _end(page)


def _question(page: Page, question: Question) -> None:
    around, refused = page.around(question, page.links.shared(page.place)), refusal(question)
    above = main(page, page.render('heading.html', around=around), notices(page), form=True)
    begin(title_of(page, question), around.heading, question.id, page, _frame(page, around.back), above, refused=refused)
    ask(page, question, page.links.after)
    _end(page, page.render('below.html', around=around))
