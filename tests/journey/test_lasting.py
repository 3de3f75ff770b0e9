"""Links that last: recorded on the content of `tests/versions/old`, and opened on later versions.

Each other folder of `tests/versions` has the flows that differ from `old`; `links.txt` are links that were really shared.
"""

from __future__ import annotations

import random
import re
from urllib.parse import parse_qsl
from urllib.parse import quote
from urllib.parse import urlsplit

import pytest

from guidance.content.load import read
from guidance.content.texts import texts
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.serving.check import check
from tests.support import shipped
from tests.support.answers import complete
from tests.support.apptest import app_of
from tests.support.apptest import chosen
from tests.support.apptest import send
from tests.support.links import BASE
from tests.support.links import BOTH
from tests.support.links import CHANGED
from tests.support.links import HURT
from tests.support.links import LINKS
from tests.support.links import LINKS_OF_WORDS
from tests.support.links import MORE
from tests.support.links import NOBODY
from tests.support.links import NOTHING
from tests.support.links import OPEN
from tests.support.links import QUESTION
from tests.support.links import RESULTS
from tests.support.links import RETURN
from tests.support.links import SEASON
from tests.support.links import SHUT
from tests.support.links import again
from tests.support.links import as_now
from tests.support.links import files_of
from tests.support.links import gone
from tests.support.links import gone_question
from tests.support.links import made
from tests.support.links import opened
from tests.support.small import small_content

SHIPPED = shipped.SHIPPED.contents['en']
SAFE = re.compile(r'[A-Za-z0-9._~=&?-]*[A-Za-z0-9]')


def some(content, count):
    rng = random.Random(7)
    return [complete(content, rng) for _ in range(count)]


# The same result, the same link


@pytest.mark.parametrize('recorded', LINKS)
def test_a_recorded_link_opens_what_it_was_made_for_and_is_made_again_as_it_was(old, recorded):
    seen = opened(old, recorded)
    assert seen.said == [] and (seen.result is None) == (recorded == QUESTION)
    assert made(old, seen.answers) == as_now(old, recorded)


@pytest.mark.parametrize('recorded', LINKS_OF_WORDS)
def test_a_link_of_the_present_rule_is_made_again_as_it_was(old, recorded):
    seen = opened(old, recorded)
    assert seen.said == [] and seen.result
    assert made(old, seen.answers) == recorded


def test_where_the_words_changed_links_of_both_rules_say_so(versions):
    changed = versions['text-changed']
    for of_words, former in zip(LINKS_OF_WORDS, RESULTS, strict=True):
        assert opened(changed, of_words).said == opened(changed, former).said, of_words


def test_a_step_that_outcomes_share_now_is_known_by_its_place_of_then(folder):
    """Links of the first edition are compared by ids, too, and those of a step change where it becomes a shared one."""
    before, words = files_of('old'), '{say: Keep warm., source: page}'
    assert words in before['flows/main.yaml']
    after = before | {'flows/main.yaml': before['flows/main.yaml'].replace(words, 'keep-warm')}
    steps = 'keep-warm: {say: Keep warm., source: page, was: [hurt.1]}\n'
    after['data/steps.yaml'] = small_content()['data/steps.yaml'] + steps
    for expected, files in ([], after), ([CHANGED], after | {'data/steps.yaml': after['data/steps.yaml'].replace('.1]', '.0]')}):
        report = check(folder(files))
        assert report.content, '\n\n'.join(map(str, report.errors))
        assert opened(report.content, NOBODY).said == expected


def test_a_link_does_not_depend_on_how_its_answers_were_given(old):
    rng = random.Random(3)
    for answers in some(old, 60):
        shuffled = list(answers.items())
        rng.shuffle(shuffled)
        pairs = [(name, option) for name, chosen in shuffled for option in rng.sample(chosen, len(chosen))]
        idle = {q.id: (q.options[0].id,) for q in old.questions if q.id not in answers}
        reading = read_query(old, [*pairs, ('utm_source', 'x'), ('lang', 'en')])
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
    flow = read(folder(files_of('situation-gone'))).flows['main'].value
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
    app = app_of()
    for name, value in parse_qsl(urlsplit(SEASON.removesuffix('&shared=1')).query):
        app.query_params[name] = value
    app.run()
    assert not app.exception
    page = '\n'.join(part.proto.body for part in app.get('html'))
    sentence = gone('A season ticket', 'Which ticket is it?').replace('"', '&#34;')
    assert page.count('g-notice') == 1 and sentence in page
    assert chosen(app) == ()
    send(app, ['day'])
    assert not app.exception
    assert (app.query_params['ticket-kind'], app.query_params['place']) == ('day', 'harbour')
    assert store.content().ui_texts.contacts in '\n'.join(part.proto.body for part in app.get('html'))
