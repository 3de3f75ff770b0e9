"""The way to report a mistake on a page: what goes along is which page it is, never an answer."""

from __future__ import annotations

from urllib.parse import quote
from urllib.parse import urlencode

from guidance.journey.query import query_string
from guidance.screens.page import Page
from guidance.screens.titles import title_of


def report_link(page: Page) -> str:
    """Return the address at which a mistake on this page is reported; '' where the content names none.

    An e-mail begins with title, address and version of the page. A site is told the same as `page`, `address` and `version`.
    """
    to = page.content.service.report_to
    if to is None:
        return ''
    title = page.words('training') if page.edition == 'training' else title_of(page, page.shown())
    address = page.wizard_url and page.wizard_url + query_string({'lang': page.lang})
    version = page.content.version
    if to.startswith('mailto:'):
        body = '\n'.join(filter(None, [title, address, page.words('content_version', version=version), '\n']))
        more = urlencode({'subject': page.words('report_subject', title=title), 'body': body}, quote_via=quote)
    else:
        more = urlencode({'page': title, 'address': address, 'version': version}, quote_via=quote)
    return f'{to}{"&" if "?" in to else "?"}{more}'
