"""Links that last: recorded on the content of `tests/versions/old`, opened on later versions, and as chats hand them on.

Each other folder of `tests/versions` has the flows that differ from `old`; `links.txt` are links that were really shared.
"""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs
from urllib.parse import parse_qsl
from urllib.parse import quote
from urllib.parse import urlsplit

import pytest
import shipped
from conftest import ROOT
from conftest import built
from conftest import complete
from streamlit.testing.v1 import AppTest

from guidance.content.load import read
from guidance.content.texts import texts
from guidance.journey import link
from guidance.journey.link import Reading
from guidance.journey.walk import decided_by
from guidance.journey.walk import walk
from guidance.screens.notices import notices
from guidance.screens.page import Page
from guidance.serving.check import check

VERSIONS = Path(__file__).parent / 'versions'
NAMES = sorted(path.name for path in VERSIONS.iterdir() if path.is_dir())
SHIPPED = shipped.SHIPPED.contents['en']
LINKS = (VERSIONS / 'links.txt').read_text().split()
BASE = 'https://island.example/'
SAFE = re.compile(r'[A-Za-z0-9._~=&?-]*[A-Za-z0-9]')
RESULTS = [each for each in LINKS if 'seen=' in each]
SEASON, RETURN, HURT, NOBODY, SHUT, OPEN, BOTH, NOTHING, QUESTION = LINKS


def files_of(version):
    """The flows of a version, with the words of the screens as they are."""
    files = {f'flows/{path.name}': path.read_text() for part in ('old', version) for path in (VERSIONS / part).glob('*.yaml')}
    if 'include: hut.yaml' not in files['flows/main.yaml']:
        files['flows/hut.yaml'] = None
    return files | {'data/interface.yaml': (ROOT / 'data/interface.yaml').read_text()}


@pytest.fixture(scope='module')
def versions(tmp_path_factory):
    """Every version of the small content, each proved by the check."""
    reports = {name: check(built(tmp_path_factory.mktemp(name) / 'content', files_of(name))) for name in NAMES}
    assert not [error for report in reports.values() for error in report.errors]
    return {name: report.content for name, report in reports.items()}


@pytest.fixture(scope='module')
def old(versions):
    return versions['old']


class Opened(NamedTuple):
    """What a reader sees of an address: the question that is asked, or the result, and what is said about the address."""

    reading: link.Reading
    asked: str | None
    result: object
    said: list[str]

    @property
    def answers(self):
        return dict(self.reading.answers)

    def decided_by(self, content):
        return decided_by(content, walk(content, self.answers).answered)


def opened(content, address):
    """Open an address as a browser and both editions do, which must see the same: one has the parameters grouped by name."""
    query = urlsplit(address).query if '?' in address else ''
    grouped = parse_qs(query, keep_blank_values=True, errors='replace')
    readings = [
        link.read(content, pairs)
        for pairs in (
            [(name, value) for name, values in grouped.items() for value in values],
            parse_qsl(query, keep_blank_values=True, errors='replace'),
        )
    ]
    assert readings[0] == readings[1]
    reading = readings[0]
    page = Page(content, 'en', reading)
    journey = page.journey
    changing = reading.change if reading.change in journey.answered else None
    asked = changing or (journey.next.id if journey.next else None)
    return Opened(reading, asked, None if asked else journey.result, notices(page))


def made(content, answers):
    return Page(content, 'en', Reading(answers)).links.shared(BASE)


def some(content, count):
    rng = random.Random(7)
    return [complete(content, rng) for _ in range(count)]


CHANGED = 'The guidance for this situation has changed since this link was made. This is the guidance as it is today.'
MORE = 'This link was made for a result. Before it can be shown as it is today, please answer this question.'
MENDED = 'This link was changed on its way here, but all of its answers could be read.'
CUT = 'The end of this link may be missing. What could be read is kept.'
DAMAGED = 'A part of the link could not be read. Everything else is as it was.'


def again(question):
    return f'One part of the link could not be read, so please answer this again: {question}'


def gone(answer, question):
    return f'The answer "{answer}" to "{question}" is not offered any more. Please answer again.'


def gone_question(question):
    return f'The question "{question}" is not asked any more, so its answer was left out.'


# The same result, the same link


@pytest.mark.parametrize('recorded', LINKS)
def test_a_recorded_link_opens_what_it_was_made_for_and_is_made_again_as_it_was(old, recorded):
    seen = opened(old, recorded)
    assert seen.said == [] and (seen.result is None) == (recorded == QUESTION)
    assert made(old, seen.answers) == recorded


def test_a_link_does_not_depend_on_how_its_answers_were_given(old):
    rng = random.Random(3)
    for answers in some(old, 60):
        shuffled = list(answers.items())
        rng.shuffle(shuffled)
        pairs = [(name, option) for name, chosen in shuffled for option in rng.sample(chosen, len(chosen))]
        idle = {q.id: (q.options[0].id,) for q in old.questions if q.id not in answers}
        reading = link.read(old, [*pairs, ('utm_source', 'x'), ('lang', 'en')])
        assert made(old, {**idle, **reading.answers}) == made(old, answers)


def test_chat_programs_find_nothing_in_a_link_to_cut_or_escape(old):
    for answers in some(old, 60):
        each = made(old, answers)
        assert SAFE.fullmatch(each.removeprefix(BASE))
        assert quote(each, safe=':/?&=') == each


# The content changed


@pytest.mark.parametrize('version', ['renamed', 'option-added', 'moved', 'moved-to-another-file'])
def test_nothing_is_said_where_the_result_is_what_the_sender_saw(old, versions, version):
    content = versions[version]
    for answers in some(old, 100):
        seen = opened(content, made(old, answers))
        assert seen.said == []
        assert seen.result.fingerprint == walk(old, answers).result.fingerprint


def test_a_renamed_question_and_option_are_written_by_their_new_names(versions):
    seen = opened(versions['renamed'], SEASON)
    assert seen.answers == {'who': ('me',), 'happened': ('ticket',), 'which-ticket': ('season-ticket',), 'place': ('harbour',)}
    assert '&which-ticket=season-ticket&' in made(versions['renamed'], seen.answers)


def test_a_changed_text_is_said_where_it_is_shown_and_nowhere_else(old, versions):
    said = {each: opened(versions['text-changed'], each).said for each in LINKS}
    assert said == {
        SEASON: [CHANGED], RETURN: [CHANGED], HURT: [CHANGED], NOBODY: [], SHUT: [], OPEN: [], BOTH: [CHANGED],
        NOTHING: [], QUESTION: [],
    }  # fmt: skip
    assert all(opened(versions['text-changed'], each).result for each in RESULTS)


def test_an_inserted_question_is_asked_and_all_answers_are_kept(old, versions):
    content = versions['inserted']
    for answers in some(old, 100):
        seen = opened(content, made(old, answers))
        assert seen.answers == answers
        if 'ticket' in answers['happened']:
            assert (seen.asked, seen.said) == ('receipt', [MORE])
        else:
            assert (seen.result.fingerprint, seen.said) == (walk(old, answers).result.fingerprint, [])
    after = opened(content, made(content, {**opened(content, SEASON).answers, 'receipt': ('yes-there-is',)}))
    assert after.result and after.said == []


def test_the_link_of_a_question_goes_on_with_an_inserted_one_without_a_word(versions):
    assert opened(versions['inserted'], f'{QUESTION}&ticket-kind=day').said == []


def test_an_option_that_is_gone_is_named_and_asked_again(old, versions):
    content = versions['option-gone']
    for answers in some(old, 100):
        seen = opened(content, made(old, answers))
        if answers.get('ticket-kind') == ('season',):
            assert seen.said == [gone('A season ticket', 'Which ticket is it?')]
            assert seen.asked == 'ticket-kind'
            assert seen.answers == {name: chosen for name, chosen in answers.items() if name != 'ticket-kind'}
            assert seen.reading.gone == {'ticket-kind': ('season',)} and not seen.reading.damaged
        else:
            assert (seen.result.fingerprint, seen.said) == (walk(old, answers).result.fingerprint, [])


def test_an_option_that_is_gone_without_a_trace_cannot_be_named(versions, folder):
    files = files_of('option-gone')
    files['flows/ticket.yaml'] = files['flows/ticket.yaml'].replace('    gone: {season: A season ticket}\n', '')
    content = check(folder(files)).content
    seen = opened(content, SEASON)
    assert seen.reading.gone == {} and seen.asked == 'ticket-kind'
    assert seen.said == [again('Which ticket is it?')]


def test_an_option_that_is_gone_is_not_named_where_its_question_is_not_asked(versions):
    seen = opened(versions['option-gone'], f'{BASE}?who=me&happened=nothing&ticket-kind=season&lang=en')
    assert seen.result and seen.said == []


def test_a_question_that_is_gone_is_named_where_the_result_is_another(versions):
    content = versions['question-gone']
    shut, open_, both = (opened(content, each) for each in (SHUT, OPEN, BOTH))
    assert shut.result and open_.result and both.result
    assert shut.said == []
    assert open_.said == [CHANGED, gone_question('Is the hut open?')]
    assert 'hut' not in open_.answers
    assert made(content, open_.answers).startswith(f'{BASE}?who=me&happened=hut&lang=en&seen=')


def test_a_question_that_is_gone_is_named_where_another_one_is_asked(versions):
    seen = opened(versions['question-gone'], f'{BASE}?who=me&happened=ticket.hut&hut=open&lang=en')
    assert (seen.asked, seen.said) == ('ticket-kind', [gone_question('Is the hut open?')])


def test_one_of_several_options_gone_leaves_the_others_chosen(versions):
    content = versions['situation-gone']
    seen = opened(content, BOTH)
    assert seen.asked == 'happened' and seen.reading.unread == {'happened': ('ticket',)}
    assert seen.answers == {'who': ('friend',), 'ticket-kind': ('day',), 'place': ('harbour',)}
    assert seen.said == [gone('Something about the hut', 'What has happened?'), gone_question('Is the hut open?')]
    assert opened(content, OPEN).said[0] == gone('Something about the hut', 'What has happened to you?')
    assert all(opened(content, each).said == [] for each in RESULTS if 'hut' not in each)


def test_what_is_gone_is_read_as_ids_and_said_in_the_words_of_the_page(versions):
    reading = opened(versions['situation-gone'], BOTH).reading
    assert reading.gone == {'happened': ('hut',), 'hut': ()}


def test_the_words_of_what_is_gone_are_translated(folder):
    flow = read(folder(files_of('situation-gone'))).folders['flows']['main'][1]
    kinds = {found.kind: found.text for found in texts(flow) if found.kind.endswith('.gone')}
    assert kinds == {'Question.gone': 'Something about the hut', 'FlowFile.gone': 'Is the hut open?'}


def test_a_question_gone_in_two_files_is_an_error(report_of):
    files = files_of('question-gone')
    files['flows/ticket.yaml'] += 'gone: {hut: Is the hut shut?}\n'
    report = report_of(files)
    assert re.match(r'flows/ticket.yaml:\d+:8: `hut` stands in flows/hut.yaml too\n', report), report
    assert report.endswith('expected: each id once') and report.count('expected:') == 1


def test_what_is_gone_and_never_was_in_any_link_is_fine(report_of):
    files = files_of('old')
    files['flows/hut.yaml'] += 'gone: {tent: Where is the tent?}\n'
    assert report_of(files) == ''


def test_the_page_asks_again_for_an_answer_that_is_gone_and_goes_on(folder, serving):
    store = serving(folder(files_of('option-gone')))
    app = AppTest.from_file(str(ROOT / 'guidance/screens/app.py'), default_timeout=20)
    for name, value in parse_qsl(urlsplit(SEASON.removesuffix('&shared=1')).query):
        app.query_params[name] = value
    app.run()
    assert not app.exception
    page = '\n'.join(part.proto.body for part in app.get('html'))
    sentence = gone('A season ticket', 'Which ticket is it?').replace('"', '&#34;')
    assert page.count('g-notice') == 1 and sentence in page
    assert app.radio[0].value is None
    app.radio[0].set_value('day')
    app.button[0].click().run()
    assert not app.exception
    assert (app.query_params['ticket-kind'], app.query_params['place']) == ('day', 'harbour')
    assert store.content().interface.contacts in '\n'.join(part.proto.body for part in app.get('html'))


# The link was changed on its way


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
    return re.search(r'(\?|&lang=(en|zh-Han[st])|&seen=[0-9a-f]{8}|&shared=1)$', left.rstrip('&')) is not None or '?' not in left


@pytest.mark.parametrize('recorded', LINKS)
def test_a_link_that_was_cut_anywhere_gives_no_other_result_and_is_said(old, recorded):
    original = opened(old, recorded)
    for at in range(len(BASE), len(recorded)):
        left = recorded[:at]
        seen = right(old, original, left)
        assert seen.said or whole_again(left), left


@pytest.mark.parametrize('name, lang', list(zip(SHIPPED.scenarios, itertools.cycle(SHIPPED.service.languages), strict=False)))
def test_the_link_of_a_case_that_was_cut_anywhere_gives_no_other_result_and_is_said(name, lang):
    answers = link.current(SHIPPED, SHIPPED.scenarios[name].answers)[0]
    whole = Page(SHIPPED, lang, Reading(answers)).links.shared(BASE)
    original = opened(SHIPPED, whole)
    assert original.result and original.said == []
    for at in range(len(BASE) + len(whole) % 3, len(whole), 3):
        left = whole[:at]
        seen = right(SHIPPED, original, left)
        assert seen.said or whole_again(left), left


@pytest.mark.parametrize('escape', ['.=&?', '.-=abcdefghijklmnopqrstuvwxyz'])
@pytest.mark.parametrize('recorded', LINKS)
def test_a_link_that_was_escaped_is_read_and_gives_no_other_result_when_cut_within_an_escape(old, recorded, escape):
    original = opened(old, recorded)
    query = ''.join(f'%{ord(mark):02X}' if mark in escape else mark for mark in recorded.partition('?')[2])
    assert opened(old, f'{BASE}?{query}').answers == original.answers
    for at in range(1, len(query), 2 if len(query) > 100 else 1):
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


@pytest.mark.parametrize('between', ['', ' ', '\n', '&', ' see ', '，'], ids=repr)
@pytest.mark.parametrize('recorded', LINKS)
def test_a_doubled_link_opens_what_it_was_made_for_and_is_said(old, recorded, between):
    original = opened(old, recorded)
    query = recorded.partition('?')[2]
    for doubled in (f'{recorded}{between}{recorded}', f'{recorded}{between}island.example/?{query}', f'{recorded}?{query}'):
        seen = right(old, original, quote_spaces(doubled))
        assert seen.answers == original.answers
        assert len(seen.said) == 1
        assert seen.result or not original.result


@pytest.mark.parametrize('first', LINKS)
@pytest.mark.parametrize('second', LINKS)
def test_two_links_in_one_are_never_mixed_into_a_third_result(old, first, second):
    if first == second:
        return
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


@pytest.mark.parametrize('way', WAYS)
@pytest.mark.parametrize('recorded', LINKS)
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
def test_an_invisible_mark_or_a_line_end_anywhere_changes_nothing(old, recorded, mark):
    original = opened(old, recorded)
    query = recorded.partition('?')[2]
    for at in range(1, len(query) + 1):
        seen = opened(old, f'{BASE}?{query[:at]}{quote(mark)}{query[at:]}')
        assert (seen.answers, seen.asked, seen.result) == (original.answers, original.asked, original.result)
        assert seen.said in ([], [MENDED]) if at == len(query) else seen.said == [MENDED], at


@pytest.mark.parametrize('recorded', LINKS)
def test_one_wrong_mark_anywhere_gives_no_other_result(old, recorded):
    original = opened(old, recorded)
    query = recorded.partition('?')[2]
    found = re.search('seen=(.{8})', query)
    fingerprint = set(range(*found.span(1))) if found else set()  # another one looks like that of other guidance
    marks = itertools.cycle(range(5))  # at each place every fifth mark, in turn: all of them, at a fifth of the cost
    for at in sorted(set(range(len(query))) - fingerprint)[::2]:
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
            link.read(old, [('who', 'me'), (text, ''), ('happened', text), ('lang', text), ('seen', text)])
