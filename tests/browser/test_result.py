"""A result on a phone: what is in sight at once, how much there is to read, and how it is read aloud.

Nothing of it hangs on a server: each page is drawn here and shown by the browser.
"""

from __future__ import annotations

import random
import re

import pytest

from guidance.journey.query import Reading
from guidance.screens.page import Page
from guidance.screens.plain.draw import document
from guidance.screens.plain.draw import drawn
from tests.support.answers import complete
from tests.support.browsing import case
from tests.support.browsing import no_overflow
from tests.support.browsing import said
from tests.support.browsing import unfolded
from tests.support.measures import FIRST
from tests.support.measures import PHONE
from tests.support.measures import result_is_short
from tests.support.measures import result_of

pytestmark = pytest.mark.browser

LANGUAGES = ('en', 'zh-Hant', 'zh-Hans')
WIZARD = 'https://help.example/'
FONT = "<style>:root { --font: Roboto, 'Noto Sans CJK TC' !important }</style>"


def shown(page, name, lang, answers=None, edition='plain', **reading):
    """Show the result of a case as the server draws it; return the page that it was drawn from."""
    content = said(lang)
    made = Page(
        content, lang, Reading(case(content, name) if answers is None else answers, **reading), edition, wizard_url=WIZARD
    )
    page.set_viewport_size(PHONE)
    html = re.sub(r'<script>.*?</script>', '', document(made, *drawn(made)), flags=re.DOTALL)
    page.set_content(html.replace('</head>', f'{FONT}</head>'))
    return made


SHOWN = [
    pytest.param('plain', 'light', slice(14), id='first'),
    pytest.param('plain', 'light', slice(14, None, 4), id='others'),
    pytest.param('plain', 'light', slice(14, None), id='all-others', marks=pytest.mark.long),
    pytest.param('full', 'light', slice(1, 14, 4), id='full'),
    pytest.param('full', 'dark', slice(5, 6), id='dark'),
]


@pytest.mark.parametrize('lang', LANGUAGES)
@pytest.mark.parametrize(('edition', 'scheme', 'some'), SHOWN)
def test_the_call_and_the_first_step_are_in_sight_at_once_and_the_rest_is_short(page, lang, edition, scheme, some):
    """The plain edition and, for some, the full one as the server draws it first: it differs by little."""
    page.emulate_media(color_scheme=scheme)
    names = list(said(lang).cases)
    assert names[:14] == FIRST
    for name in names[some]:
        result = shown(page, name, lang, edition=edition).journey.result
        result_is_short(page, name, result)
        unfolded(page)
        assert no_overflow(page) and result_of(page)['small'] == [], name


def test_out_of_scope_is_a_few_sentences_and_one_number(page):
    content = said('en')
    made = shown(page, '', 'en', first(content, nothing_but_the_help_line))
    read = result_of(page)['read']
    assert made.journey.result.calm and page.locator('.g-call').count() == 1
    assert page.locator('main :is(.g-number, .g-cannot, .g-can)').count() == 0 and len(read.split()) < 150
    assert not [limit.title for limit in content.limitations.values() if limit.title in read]


def test_who_cannot_dial_a_number_can_still_read_it(page):
    """The number of the police where the person is, for somebody who is elsewhere."""
    content = said('en')
    made = shown(page, '', 'en', first(content, not_dialled))
    for value in not_dialled(made):
        found = page.locator(f'.g-number:text-is("{value}")')
        assert found.evaluate_all('all => all.map(each => each.localName)') == ['span']


def first(content, holds):
    """The first answers of which this holds, of a thousand."""
    found = (complete(content, random.Random(seed)) for seed in range(1_000))
    return next(answers for answers in found if holds(Page(content, 'en', Reading(answers))))


def nothing_but_the_help_line(made):
    result = made.journey.result
    return not result.in_scope and result.contacts == (made.content.service.help,)


def not_dialled(made):
    """The numbers of contacts of a result that its reader cannot dial."""
    contacts = [name for name in made.journey.result.contacts if not made.can_dial(name)]
    return [made.contact(name).call.value for name in contacts if made.contact(name).call]


def read_aloud(place):
    """What is told of the headings, groups, links, fields and buttons of a part of a page, a line each."""
    lines = [line.strip(" -'").rstrip(":'") for line in place.aria_snapshot().splitlines()]
    return [line for line in lines if re.match('(heading|group|link|textbox|button) ?["a-z:]', line)]


@pytest.mark.parametrize('lang', LANGUAGES)
def test_how_the_start_page_and_one_out_of_scope_are_read_aloud(page, lang):
    made = shown(page, '', lang, {})
    t, asked = made.words, made.content.question[made.content.service.start_with]
    assert read_aloud(page.locator('main')) == [
        f'heading "{t("start_title")}" [level=1]',
        f'heading "{asked.ask.for_({})}" [level=2]',
        *(f'link "{label}"' for label, _ in made.situations()),
        f'link "{t("start_without")}"',
        *(f'heading "{t(key)}" [level=2]' for key in ('start_can', 'start_cannot')),
        f'textbox "{t("code_label")}"',
        f'button "{t("code_open")}"',
        f'heading "{t("start_privacy")}" [level=2]',
    ]
    made = shown(page, '', lang, first(said('en'), nothing_but_the_help_line))
    number = made.first_call(made.journey.result)[0]
    assert [line for line in read_aloud(page.locator('main')) if line != 'link "1868"'] == [
        f'heading "{made.journey.result.heading}" [level=1]',
        f'link "{t("call", number=number)}"',
        f'group: {t("share")}',
        f'heading "{t("do_now")}" [level=2]',
        f'heading "{t("why_result")}" [level=2]',
        f'heading "{t("sources")}" [level=2]',
        f'link "{t("start_again")}"',
    ]


@pytest.mark.parametrize('lang', LANGUAGES)
def test_how_a_result_is_read_aloud(page, lang):
    """What to do, whom to call, then one fold for each part: its heading and a sentence."""
    made = shown(page, 's06', lang, shared=True)
    result, t = made.journey.result, made.words
    read = read_aloud(page.locator('.g-result'))
    expected = [
        f'link "{t("received_mine")}"',
        f'heading "{result.heading}" [level=1]',
        f'link "{t("call", number=made.first_call(result)[0])}"',
        f'group: {t("share")}',
        *(f'heading "{t(key)}" [level=2]' for key in ('do_now', 'do_later', 'can', 'cannot', 'contacts')),
        *(f'heading "{made.contact(name).about.name}" [level=3]' for name in result.contacts),
        f'heading "{t("contacts_ask")}" [level=3]',
        *(f'heading "{t(key)}" [level=2]' for key in ('why_result', 'sources')),
        f'link "{t("start_again")}"',
    ]
    assert [line for line in read if not re.fullmatch(r'group|link ".*1868"', line) or line in expected] == expected
    made = shown(page, 's06', lang)
    page.locator('.g-why-result summary').click()
    asked = page.locator('.g-why-result').get_by_role('listitem')
    assert asked.count() == len(made.decided_by())  # one item each, with a way to change it
    assert page.locator('.g-why-result').get_by_role('button').count() == asked.count()


def test_a_wide_screen_has_whom_to_contact_beside_what_to_do(page):
    shown(page, 's02', 'en', edition='full')
    page.set_viewport_size({'width': 1280, 'height': 800})
    do, contacts = (page.locator(name).bounding_box() for name in ('.g-do', '.g-contacts'))
    assert contacts['x'] >= do['x'] + do['width'] and contacts['y'] < do['y'] and no_overflow(page)
    page.set_viewport_size({'width': 360, 'height': 640})
    assert page.locator('.g-contacts').bounding_box()['y'] > page.locator('.g-do').bounding_box()['y']


def test_no_line_runs_through_the_code_on_paper(page):
    """It floats beside what is to be done, and the lines between the parts of that lie behind it."""
    shown(page, 's06', 'en', edition='full')
    page.emulate_media(media='print', color_scheme='dark')
    seen = page.locator('.g-printed').evaluate('code => (style => [style.float, style.backgroundColor])(getComputedStyle(code))')
    assert seen == ['right', 'rgb(255, 255, 255)']
