"""Links as chats hand them on: cut, doubled, escaped or mistyped, they give no other result than they were made for."""

from __future__ import annotations

import itertools
import re
from urllib.parse import quote

import pytest

from guidance.journey.query import Reading
from guidance.journey.query import current_answers
from guidance.journey.query import read_query
from guidance.screens.page import Page
from tests.support.links import BASE
from tests.support.links import CHANGED
from tests.support.links import CUT
from tests.support.links import DAMAGED
from tests.support.links import HURT
from tests.support.links import LINKS
from tests.support.links import MENDED
from tests.support.links import QUESTION
from tests.support.links import RESULTS
from tests.support.links import RETURN
from tests.support.links import made
from tests.support.links import opened
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED

CONTENT = SHIPPED.contents['en']


def right(content, original, address):
    """Open a damaged link; it gives no other result than the original and says at most one sentence."""
    seen = opened(content, address)
    if seen.result:
        assert original.result and seen.result.fingerprint == original.result.fingerprint, address
        assert seen.decided_by(content) == original.decided_by(content), address
    assert len(seen.said) <= 1, address
    assert CHANGED not in seen.said, address
    return seen


def whole_again(left):
    """Whether what is left of a cut link is itself a link that is made: it says all that it seems to say."""
    whole = r'(\?|&lang=(en|zh-Han[st])|&seen=w?[0-9a-f]{8}|&shared=1)$'
    return re.search(whole, left.rstrip('&')) is not None or '?' not in left


@pytest.mark.parametrize('recorded', LINKS)
def test_a_link_that_was_cut_anywhere_gives_no_other_result_and_is_said(old, recorded, thorough):
    original = opened(old, recorded)
    for at in range(len(BASE), len(recorded), 1 if thorough else 4):
        left = recorded[:at]
        seen = right(old, original, left)
        assert seen.said or whole_again(left), left


@pytest.mark.parametrize('name, lang', sampled(zip(CONTENT.cases, itertools.cycle(CONTENT.service.languages), strict=False), 13))
def test_the_link_of_a_case_that_was_cut_anywhere_gives_no_other_result_and_is_said(name, lang):
    answers = current_answers(CONTENT, CONTENT.cases[name].answers)[0]
    whole = Page(CONTENT, lang, Reading(answers), wizard_url=BASE).links.shared()
    original = opened(CONTENT, whole)
    assert original.result and original.said == []
    with_its_code, *_ = whole.split('&')
    for at in range(len(BASE) + len(whole) % 3, len(whole), 3):
        left = whole[:at]
        seen = right(CONTENT, original, left)
        assert seen.said or whole_again(left) or left.rstrip('&') == with_its_code, left


@pytest.mark.parametrize('escape', ['.=&?', '.-=abcdefghijklmnopqrstuvwxyz'])
@pytest.mark.parametrize('recorded', LINKS)
def test_a_link_that_was_escaped_is_read_and_gives_no_other_result_when_cut_within_an_escape(old, recorded, escape, thorough):
    original = opened(old, recorded)
    query = ''.join(f'%{ord(mark):02X}' if mark in escape else mark for mark in recorded.partition('?')[2])
    assert opened(old, f'{BASE}?{query}').answers == original.answers
    for at in range(1, len(query), 1 if thorough else 7):
        seen = right(old, original, f'{BASE}?{query[:at]}')
        plain = re.sub(r'%([0-9A-F]{2})', lambda found: chr(int(found[1], 16)), query[:at])
        assert seen.said or whole_again('?' + plain) or at <= 2, query[:at]


def test_the_answer_at_which_a_link_was_cut_is_looked_at_again_if_it_can_have_been_longer(old):
    day = opened(old, RETURN[: RETURN.index('-return')])
    assert (day.asked, day.said) == ('ticket-kind', [CUT]) and day.answers['ticket-kind'] == ('day',)
    hurt = opened(old, HURT[: HURT.index('.ticket')])
    assert (hurt.asked, hurt.said) == ('happened', [CUT]) and hurt.answers['happened'] == ('hurt',)
    hurt = opened(old, f'{HURT[: HURT.index(".ticket")]}&fbclid=abc')
    assert (hurt.asked, hurt.said) == ('happened', [CUT])
    assert opened(old, f'{BASE}?who=me').asked == 'happened'
    assert opened(old, f'{BASE}?who=me&happened=hurt&lang=en').asked == 'place'
    assert opened(old, f'{BASE}?lang=en&who=me&happened=hurt').said == []


@pytest.mark.parametrize(('recorded', 'between'), sampled(itertools.product(LINKS, ['', ' ', '\n', '&', ' see ', '，']), 5))
def test_a_doubled_link_opens_what_it_was_made_for_and_is_said(old, recorded, between):
    original = opened(old, recorded)
    query = recorded.partition('?')[2]
    for doubled in (f'{recorded}{between}{recorded}', f'{recorded}{between}island.example/?{query}', f'{recorded}?{query}'):
        seen = right(old, original, quote_spaces(doubled))
        assert seen.answers == original.answers
        assert len(seen.said) == 1
        assert seen.result or not original.result


@pytest.mark.parametrize(('first', 'second'), sampled(itertools.permutations(LINKS, 2), 5))
def test_two_links_in_one_are_never_mixed_into_a_third_result(old, first, second):
    for joined in (first + second, f'{first}&{second.partition("?")[2]}'):
        seen = opened(old, joined)
        assert len(seen.said) == 1
        assert not seen.result or made(old, seen.answers) in (first, second)


def quote_spaces(text):
    """As an address line does: line ends vanish, and what is no part of an address is escaped."""
    return quote(text.replace('\n', ''), safe=':/?&=%#+~,.;!*()\'"<>[]{}`', errors='replace')


WAYS = {
    'upper case': str.upper,
    'names in upper case': lambda each: re.sub(r'[?&][^=]+', lambda found: found[0].upper(), each),
    'escaped for HTML': lambda each: each.replace('&', '&amp;'),
    'escaped for HTML twice': lambda each: each.replace('&', '&amp;amp;'),
    'escaped for HTML, then as an address': lambda each: each.replace('&', '%26amp%3B'),
    'escaped as a whole': lambda each: BASE + '?' + quote(each.partition('?')[2], safe=''),
    'escaped as a whole, twice': lambda each: BASE + '?' + quote(quote(each.partition('?')[2], safe=''), safe=''),
    'escaped with its question mark': lambda each: BASE + '?' + quote('?' + each.partition('?')[2], safe=''),
    'two question marks': lambda each: each.replace('?', '??'),
    'full-width marks': lambda each: each.replace('&', '＆').replace('=', '＝'),
    'full-width marks, escaped': lambda each: quote(each.replace('&', '＆').replace('=', '＝'), safe=':/?'),
    'blanks around the marks': lambda each: re.sub('([&=])', r'+\1%20', each),
    'wrapped lines': lambda each: re.sub('([&=.])', r'\1%0D%0A++', each),
    'no-break marks': lambda each: re.sub('([&=.])', '\u2060\\1\u2060', each),
} | {
    f'followed by {end!r}': lambda each, end=end: each + end
    for end in [*'.,!)>]"\'*_…。，」）', '” he wrote', ').', '),请看', '%20%3C']
}  # fmt: skip


@pytest.mark.parametrize(('recorded', 'way'), sampled(itertools.product(LINKS, WAYS), 4))
def test_a_link_that_was_changed_on_its_way_opens_what_it_was_made_for_and_is_said(old, recorded, way):
    original = opened(old, recorded)
    host, mark, query = recorded.partition('?')
    changed = host + WAYS[way](f'{mark}{query}') if not WAYS[way](recorded).startswith(BASE) else WAYS[way](recorded)
    assert changed != recorded
    seen = opened(old, changed)
    assert seen.answers == original.answers
    assert (seen.asked, seen.result) == (original.asked, original.result)
    assert seen.said == [MENDED]


@pytest.mark.parametrize('mark', ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\r\n', '\n', '\t'], ids=ascii)
@pytest.mark.parametrize('recorded', [HURT, QUESTION])
def test_an_invisible_mark_or_a_line_end_anywhere_changes_nothing(old, recorded, mark, thorough):
    original = opened(old, recorded)
    query = recorded.partition('?')[2]
    for at in range(len(query), 0, -1 if thorough else -3):
        seen = opened(old, f'{BASE}?{query[:at]}{quote(mark)}{query[at:]}')
        assert (seen.answers, seen.asked, seen.result) == (original.answers, original.asked, original.result)
        assert seen.said in ([], [MENDED]) if at == len(query) else seen.said == [MENDED], at


@pytest.mark.parametrize('recorded', LINKS)
def test_one_wrong_mark_anywhere_gives_no_other_result(old, recorded, thorough):
    original = opened(old, recorded)
    query = recorded.partition('?')[2]
    found = re.search('seen=(.{8})', query)
    fingerprint = set(range(*found.span(1))) if found else set()  # another one looks like that of other guidance
    marks = itertools.cycle(range(5))  # at each place every fifth mark, in turn: all of them, at a fifth of the cost
    for at in sorted(set(range(len(query))) - fingerprint)[:: 1 if thorough else 6]:
        turn = next(marks)
        for mark in ('', *'&=?#.;,+%<-a1', '%26', '%2E', '%00', '%FF', '\u202e', '/?', 'https://')[turn::5]:
            right(old, original, f'{BASE}?{query[:at]}{quote_spaces(mark)}{query[at:]}')
            right(old, original, f'{BASE}?{query[:at]}{quote_spaces(mark)}{query[at + 1 :]}')


def test_what_others_add_to_a_link_says_nothing(old):
    added = '&fbclid=IwAR0.x-y&from=timeline&isappinstalled=0&utm_source=a%26b&utm_id=https%3A%2F%2Fa.example%2F%3Fwho%3Dme'
    for recorded in LINKS:
        seen = opened(old, recorded + added)
        assert (seen.reading, seen.said) == (opened(old, recorded).reading, [])


def test_a_cut_fingerprint_is_damage_and_no_change_of_the_content(old):
    for recorded in RESULTS:
        at = recorded.index('&seen=')
        for length in range(len('&seen='), len('&seen=12345678')):
            assert opened(old, recorded[: at + length]).said == [DAMAGED]


def test_bare_words_and_marks_by_the_thousand_are_read_in_time(old, quick):
    with quick(1):
        for part in (' ', '%', '&.', '?', 'https:/', 'amp;', '&amp;', '\n', 'a-', '\u200b', '='):
            text = part * (50_000 // len(part))
            read_query(old, [('who', 'me'), (text, ''), ('happened', text), ('lang', text), ('seen', text)])
