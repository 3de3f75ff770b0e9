"""What is taken along of a result, made from the address alone: a file that needs nothing else, its numbers, its QR code."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.responses import Response

from guidance.content.days import today
from guidance.journey.walk import Arrived
from guidance.journey.walk import Result
from guidance.screens.counting import count_result
from guidance.screens.counting import is_visit
from guidance.screens.notices import notices
from guidance.screens.page import Page
from guidance.screens.parts import ResultPage
from guidance.screens.parts import Share
from guidance.screens.plain.draw import document
from guidance.screens.plain.draw import told
from guidance.screens.plain.plain import POLICY
from guidance.screens.plain.plain import pairs_of
from guidance.screens.plain.plain import safe
from guidance.screens.plain.vcard import cards
from guidance.screens.report import report_link
from guidance.screens.share import drawing
from guidance.screens.share import qr
from guidance.screens.site.address import wizard_url_of
from guidance.screens.site.shell import PRIVATE
from guidance.screens.site.shell import redirect
from guidance.serving.store import store


@safe('plain', POLICY)
def keep(request: Request) -> Response:
    """Return the result of the address as a file; where the answers do not make one yet, lead to the page."""
    query: bytes = request.scope.get('query_string', b'')
    page = Page.open(pairs_of(request), request.headers, 'kept', wizard_url_of(request))
    if not isinstance(page.journey, Arrived):
        return redirect('./', query.decode('ascii', 'replace'), 303)
    if is_visit(request.method, request.headers):
        count_result(page, 'kept')
    headers = _file(page, 'html') | {'Content-Security-Policy': POLICY}
    return HTMLResponse(kept(page, page.journey.result), headers=headers)


@safe('plain', POLICY)
def card(request: Request) -> Response:
    """Return the numbers of the result of the address, of which the reader can dial each; 404 where there are none."""
    page = Page.open(pairs_of(request), request.headers, 'kept')
    found = cards(page, page.journey.result) if isinstance(page.journey, Arrived) else ''
    return Response(found, 200 if found else 404, _file(page, 'vcf') if found else {'Cache-Control': PRIVATE}, 'text/vcard')


@safe('plain', POLICY)
def picture(request: Request) -> Response:
    """Return the picture of the link of a journey, to be scanned; 404 where there is none."""
    page = Page.open(pairs_of(request), request.headers, 'kept', wizard_url_of(request))
    link = page.links.shared() if page.journey.answered else ''
    svg = drawing(link) if link else b''
    return Response(svg, 200 if svg else 404, {'Cache-Control': PRIVATE}, 'image/svg+xml')


def kept(page: Page, result: Result) -> str:
    """Return the file. Where the address of the wizard is not known, it has no link: a relative one leads nowhere from a file."""
    link = page.links.shared()
    here = Share(link, page.links.keep(), page.links.card(), qr(link) if link else '')
    said = told(page, notices(page))
    more = {'shown': ResultPage(result), 'here': here, 'report': report_link(page)}
    return document(page, page.content.service.name, page.render('kept.html', step='result', live=None, told=said, **more))


def _file(page: Page, kind: str) -> dict[str, str]:
    """Return the headers of a file that is saved: its name is the service's in the page's language, and the date.

    Nothing of the answers is in it. A browser that does not know how other letters are written takes the name in plain ones.
    """
    day = today(page.content.service).isoformat()
    words = re.findall(r'[a-z0-9]+', str(store().content().service.name).lower())
    simple = '-'.join([*words[:8], day])
    name = quote(f'{page.content.service.name} {day}.{kind}', safe='')
    disposition = f'attachment; filename="{simple}.{kind}"; filename*=UTF-8\'\'{name}'
    return {'Content-Disposition': disposition, 'Cache-Control': PRIVATE}
