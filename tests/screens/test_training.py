"""The training pages without a browser: every case in its three ways, with Streamlit's own AppTest."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

import wizard
from guidance.journey import link
from guidance.journey.walk import walk
from guidance.screens.training.library import is_open
from guidance.training.record import MODES
from guidance.training.record import Record
from guidance.training.scenario import expected
from guidance.training.scenario import live_result
from guidance.training.table import MAX_TEXT
from guidance.training.table import record_table
from tests.support.apptest import choose
from tests.support.shipped import SHIPPED

CONTENTS = SHIPPED.contents
CONTENT = CONTENTS['en']
CASES = tuple(CONTENT.scenarios)
WORDS = CONTENT.training.words
PAGE = 'from guidance.screens.training.library import show\nshow()'


@pytest.fixture(autouse=True)
def place(monkeypatch):
    monkeypatch.setenv('GUIDANCE_PUBLIC_URL', 'https://help.example/')


@pytest.fixture(scope='module')
def app():
    return AppTest.from_string(PAGE, default_timeout=20)


@pytest.fixture
def fresh():
    """For the table: the server forgets what was pasted, which Streamlit's test looks for when it opens another page."""
    return AppTest.from_string(PAGE, default_timeout=20)


def opened(app, query):
    """Open an address, given as parameters or as a query string; return what stands on the page."""
    app.query_params.clear()
    for name, value in dict(query if not isinstance(query, str) else parse_qsl(query.lstrip('?'))).items():
        app.query_params[name] = value
    app.run()
    return shown(app)


def shown(app):
    assert not app.exception
    html = '\n'.join(part.proto.body for part in app.get('html'))
    return unescape(re.sub(r'<span lang="zh">(.*?)</span>', r'\1', html))


def given(app):
    return {name: ''.join(app.query_params[name]) for name in app.query_params}


def links(page):
    return re.findall(r'<a [^>]*href="([^"]*)"', page)


def link_named(page, text):
    """The address that the link with this text leads to."""
    return re.search(rf'<a [^>]*href="([^"]*)"[^>]*>{re.escape(text)}</a>', page)[1]


def address(name, answers=None, content=CONTENT, lang='en', **record):
    """The parameters of a training page of this case."""
    more = Record(case=name, **record).parameters()
    return link.parameters(content, answers or {}, lang, more=more)


def chosen(app, question, options):
    choose(app, question, options)
    return shown(app)


def right(name):
    return expected(CONTENT, CONTENT.scenarios[name])


def answered(app):
    return link.read(CONTENT, list(given(app).items())).answers


def next_of(app):
    return walk(CONTENT, answered(app)).next


# The library


def test_the_library_has_every_case_and_says_who_calls(app):
    page = opened(app, {'lang': 'en'})
    for scenario in CONTENT.scenarios.values():
        assert scenario.title in page and scenario.caller in page
    assert WORDS.training_banner in page


def test_the_library_can_be_narrowed_to_a_topic_and_to_what_is_practised(app):
    page = opened(app, {'topic': 'custody', 'lang': 'en'})
    titles = {name: scenario.title in page for name, scenario in CONTENT.scenarios.items()}
    assert titles == {name: scenario.topic == 'custody' for name, scenario in CONTENT.scenarios.items()}
    page = opened(app, {'practises': 'no-shielding', 'lang': 'en'})
    titles = {name: scenario.title in page for name, scenario in CONTENT.scenarios.items()}
    assert titles == {name: 'no-shielding' in scenario.limits for name, scenario in CONTENT.scenarios.items()}


def test_progress_stands_in_the_address_alone_and_every_link_keeps_it(app):
    page = opened(app, {'practised': 's01.s06', 'lang': 'en'})
    assert WORDS.progress_cases.format(done=2, all=len(CASES)) in page
    inside = [href for href in links(page) if href.startswith('?')]
    assert inside and all('practised=s01.s06' in href for href in inside)
    assert WORDS.progress_none in opened(app, {'lang': 'en'})


def test_a_case_is_opened_with_three_ways_and_nothing_of_its_solution(app):
    for name in CASES:
        page = opened(app, address(name))
        scenario = CONTENT.scenarios[name]
        for mode in MODES:
            assert f'?case={name}&mode={mode}&lang=en' in links(page)
        hidden = (scenario.debrief, *scenario.never_say, *(turn.because for turn in scenario.turns.values()))
        assert not [text for text in hidden if text in page]


# Practise


@pytest.mark.parametrize('name', CASES)
def test_a_case_is_practised_to_its_end(app, name):
    scenario, answers = CONTENT.scenarios[name], right(name)
    page = opened(app, address(name, mode='practise'))
    assert scenario.story in page
    while question := next_of(app):
        turn = scenario.turns[question.id]
        assert (turn.tells or WORDS.caller_said) in page
        later = [t.tells for q, t in scenario.turns.items() if t.tells and q not in answered(app) and q != question.id]
        assert not [text for text in later if text in page]  # it comes out only when it is asked
        page = chosen(app, question, answers[question.id])
        assert 'wrong' not in given(app)
    assert WORDS.end_right in page and scenario.debrief in page
    for said in live_result(CONTENT, scenario).can:
        assert all(line.say in page for line in said.lines)
    inside = [href for href in links(page) if href.startswith('?')]
    assert inside and all(f'practised={name}' in href for href in inside)


@pytest.mark.parametrize('name', ['s01', 's06', 's07', 's10'])
def test_each_named_mistake_is_met_with_what_speaks_against_it_and_both_ways_on_are_open(app, name):
    scenario, answers = CONTENT.scenarios[name], right(name)
    asked = list(answers)
    for question, turn in scenario.turns.items():
        before = {each: answers[each] for each in asked[: asked.index(question)]}
        for option, against in list(turn.wrong.items())[:1]:
            opened(app, address(name, before, mode='practise'))
            page = chosen(app, CONTENT.question[question], (option,))
            assert given(app)['wrong'] == question
            assert against in page and turn.because not in page
            after = page
            page = opened(app, link_named(after, WORDS.wrong_again))
            assert given(app)['change'] == question and WORDS.wrong_title not in page
            page = opened(app, link_named(after, WORDS.wrong_on))
            assert 'wrong' not in given(app) and walk(CONTENT, answered(app)).answered[question] == (option,)


def test_what_fits_is_said_with_its_question_and_back_from_the_first_leads_to_the_case(app):
    answers = right('s06')
    first, second = list(answers)[:2]
    page = opened(app, address('s06', mode='practise'))
    assert re.search(r'class="g-back"><a href="([^"]*)"', page)[1] == '?' + 'case=s06&lang=en'
    page = opened(app, address('s06', {first: answers[first], second: answers[second]}, mode='practise'))
    said = re.search(r'class="g-fits".*?</div>', page)[0]
    assert CONTENT.question[second].ask.for_(answers) in said and CONTENT.scenarios['s06'].turns[second].because in said


def test_a_way_that_was_wrong_ends_with_where_it_led_and_where_it_should_have(app):
    answers = {**right('s06'), 'custody-kind': ('administrative',)}
    page = opened(app, address('s06', answers, mode='practise'))
    assert WORDS.end_other in page and WORDS.path_wrong in page
    assert WORDS.leads_lost.format(names=CONTENT.assistance['notify-arrest'].title) in page


# Assess


@pytest.mark.parametrize('name', CASES)
def test_a_case_is_assessed_without_a_word_on_the_way_and_scored_at_the_end(app, name):
    scenario, answers = CONTENT.scenarios[name], right(name)
    page = opened(app, address(name, mode='assess'))
    while question := next_of(app):
        assert WORDS.turn_fits not in page
        page = chosen(app, question, answers[question.id])
    assert WORDS.marks_title in page
    assert not [line for said in live_result(CONTENT, scenario).can for line in said.lines if line.say in page]
    for box in app.checkbox:
        box.set_value(box.key.removeprefix('marks-FORM-') in (*scenario.offer, *scenario.limits))
    app.text_input[0].set_value('AB')
    app.button[0].click().run()
    page = shown(app)
    assert (given(app)['done'], given(app)['label']) == ('1', 'AB')
    assert f'<h1>{WORDS.score.format(percent=100)}</h1>' in page and WORDS.score_passed in page
    assert scenario.debrief in page and WORDS.over_means not in page
    record = re.search(r'<code>([^<]*)</code>', page)[1]
    (row,) = record_table(CONTENT, record).rows
    assert row.score.percent == 100 and 'practised' not in record
    assert all(f'practised={name}' in href for href in links(page) if href.startswith('?'))


def test_a_wrong_answer_in_an_assessment_gets_no_feedback(app):
    before = {name: right('s06')[name] for name in list(right('s06'))[:6]}
    opened(app, address('s06', before, mode='assess'))
    page = chosen(app, CONTENT.question['custody-kind'], ('administrative',))
    assert 'wrong' not in given(app) and WORDS.wrong_title not in page
    assert next_of(app).id == 'dependant'


def test_an_over_promise_is_named_first_and_as_the_gravest_mistake(app):
    page = opened(app, address('s07', right('s07'), mode='assess', offered=('notify-arrest', 'enquire-case'), done=True))
    title = CONTENT.assistance['notify-arrest'].title
    assert page.index(WORDS.over_title) < page.index(WORDS.offer_title)
    assert WORDS.score_over in page and title in page[page.index(WORDS.over_title) : page.index(WORDS.offer_title)]
    assert 'role="alert"' in page


def test_nothing_marked_is_a_record_too(app):
    opened(app, address('s14', right('s14'), mode='assess'))
    app.button[0].click().run()
    assert given(app)['done'] == '1' and WORDS.score.format(percent=0) in shown(app)


def test_the_marks_that_were_made_stand_there_again(app):
    opened(app, address('s14', right('s14'), mode='assess', offered=('lawyers',), stated=('no-payment',), label='AB'))
    assert {box.key for box in app.checkbox if box.value} == {'marks-FORM-lawyers', 'marks-FORM-no-payment'}
    assert app.text_input[0].value == 'AB'


def test_a_record_without_its_end_leads_nobody_into_it(app):
    answers = dict(list(right('s06').items())[:-1])
    page = opened(app, address('s06', answers, mode='assess', offered=('lawyers',), label='AB', done=True))
    assert WORDS.record_unfinished in page and not app.radio and not app.checkbox and not app.text_input


def test_an_old_record_stays_one_when_it_is_passed_on(app):
    page = opened(app, {**address('s06', right('s06'), mode='assess', offered=('lawyers',), done=True), 'seen': '0' * 8})
    assert WORDS.record_changed in page and 'seen=00000000' in re.search(r'<code>([^<]*)</code>', page)[1]
    page = opened(app, address('s06', right('s06'), mode='assess', offered=('lawyers',), done=True))
    assert WORDS.record_damaged in page


def test_the_debrief_says_why_with_the_source(app):
    page = opened(app, address('s06', right('s06'), mode='assess', offered=('entry-permit', 'lawyers'), done=True))
    entry, line = CONTENT.assistance['entry-permit'], CONTENT.scenarios['s06']
    over = page[page.index(WORDS.over_title) : page.index(WORDS.offer_title)]
    assert entry.say in over and f'{WORDS.over_who} {entry.who_may_ask}' in over
    offers = page[page.index(WORDS.offer_title) : page.index(WORDS.limits_title)]
    for said in live_result(CONTENT, line).can:
        if said.id in line.offer:
            assert all(each.say in offers and CONTENT.sources[each.source].title in offers for each in said.lines)


def test_an_answer_that_is_just_as_good_is_said_to_be(app):
    (name, turn), *_ = [(n, t) for n, t in CONTENT.scenarios['s12'].turns.items() if t.or_]
    page = opened(app, address('s12', {**right('s12'), name: turn.or_[0]}, mode='assess', done=True))
    assert WORDS.path_accepted in page


def test_a_trainer_sees_the_same_debrief_by_the_link_alone(app):
    record = address('s06', right('s06'), mode='assess', offered=('lawyers',), stated=(), label='AB', done=True)
    first = opened(app, record)
    second = opened(AppTest.from_string(PAGE, default_timeout=20), record)
    assert first == second and '15 %' in first  # 3 of 20


# Demonstrate


@pytest.mark.parametrize('name', CASES)
def test_a_demonstration_leads_forwards_through_every_turn_and_back(app, name):
    scenario = CONTENT.scenarios[name]
    url = link.address(address(name, mode='show'))
    seen, back = [], None
    while url:
        page = opened(app, url)
        seen.append(page)
        following = re.search(r'<a href="([^"]*)" data-soft data-next>', page)
        previous = re.search(r'<a href="([^"]*)" data-soft data-previous>', page)
        assert (previous and previous[1]) == back
        back, url = url, following and following[1]
    assert len(seen) == len(scenario.turns) + 2
    assert scenario.story in seen[0] and scenario.debrief in seen[-1]
    for page, turn in zip(seen[1:-1], scenario.turns.values(), strict=True):
        said = (turn.tells, turn.because, turn.say, turn.never_say, *turn.wrong.values())
        assert all(text in page for text in said if text)


def test_a_demonstration_tells_what_each_answer_opens_in_words(app):
    step = list(right('s06')).index('custody-kind') + 1
    page = opened(app, address('s06', mode='show', step=step))
    opens = page[page.index(WORDS.opens_title) :]
    asks = CONTENT.question['family-told'].ask.for_({'who': ('relative',)})
    assert WORDS.opens_question.format(name=asks) in opens
    assert opens.count(WORDS.opens_assistance.format(name=CONTENT.assistance['notify-arrest'].title)) == 2
    step = list(right('s06')).index('who') + 1
    page = opened(app, address('s06', mode='show', step=step))
    option = WORDS.condition_option.format(option='In Hong Kong')
    condition = WORDS.condition_is.format(question=CONTENT.question['asker-place'].ask.for_({}), options=option)
    assert condition in page


def test_a_step_beyond_the_last_is_the_last(app):
    assert CONTENT.scenarios['s06'].debrief in opened(app, address('s06', mode='show', step=999))


# The table


def test_the_table_shows_what_was_pasted(fresh):
    opened(fresh, {'mode': 'table', 'lang': 'en'})
    made = (
        address('s06', right('s06'), mode='assess', offered=offered, label=who, done=True)
        for who, offered in (('AB', ('lawyers',)), ('CD', ('entry-permit',)))
    )
    records = ['https://help.example/training' + link.address(each) for each in made]
    fresh.text_area[0].set_value('Good evening,\n' + '\n'.join(records))
    fresh.button[0].click().run()
    page = shown(fresh)
    assert 'AB' in page and CONTENT.assistance['entry-permit'].title in page and WORDS.table_topics in page
    csv = re.search(r'data-save="([^"]*)"', page)[1]
    assert csv.splitlines()[1].startswith('AB,Son held in Shenzhen,15 %,')


def test_what_was_pasted_is_not_kept_by_the_server(fresh):
    opened(fresh, {'mode': 'table', 'lang': 'en'})
    fresh.text_area[0].set_value('https://help.example/?secret=1')
    fresh.button[0].click().run()
    assert WORDS.table_skipped.one in shown(fresh)
    assert 'secret' not in repr(vars(fresh.session_state._state))


def test_a_text_that_is_too_long_is_said_to_be_cut(fresh):
    opened(fresh, {'mode': 'table', 'lang': 'en'})
    fresh.text_area[0].set_value('x ' * MAX_TEXT)
    fresh.button[0].click().run()
    assert WORDS.table_cut in shown(fresh)


def test_a_table_of_nothing_says_so(fresh):
    opened(fresh, {'mode': 'table', 'lang': 'en'})
    fresh.text_area[0].set_value('hello')
    fresh.button[0].click().run()
    assert WORDS.table_none in shown(fresh)


# Everywhere


@pytest.mark.parametrize(
    'query',
    ['case=s99', 'case=<b>', 'mode=assess', 'case=s06&mode=x', 'case=s06&mode=show&step=-3', 'case=s06&mode=practise&wrong=who',
     'case=s06&mode=practise&wrong=who&who=relative', 'case=S06&mode=PRACTISE&who=RELATIVE', 'case=s06&mode=assess&done=1',
     'case=s06&mode=assess&offer=<script>alert(1)</script>&label=<img src=x>', 'case=s06&case=s07&mode=assess',
     'practised=s99.s01',
     'topic=x&practises=y', 'case=s06&mode=assess&change=province&who=relative', '%00=%00', 'case=s06&mode=practise&who=nobody'],
)  # fmt: skip
def test_any_address_gives_a_training_page(app, query):
    page = opened(app, query)
    assert WORDS.training_banner in page and '<h1' in page
    assert '<script' not in page and '<img src=x' not in page


@pytest.mark.parametrize('lang', [code for code in CONTENTS if code != 'en'])
def test_the_pages_speak_the_readers_language(app, lang):
    said = CONTENTS[lang]
    scenario = said.scenarios['s06']
    page = opened(app, address('s06', lang=lang))
    assert said.training.words.training_banner in page and scenario.title in page
    half = dict(list(right('s06').items())[:6])
    page = opened(app, address('s06', half, said, lang, mode='practise'))
    assert scenario.turns['custody-kind'].tells in page
    page = opened(app, address('s06', right('s06'), said, lang, mode='assess', offered=('entry-permit',), done=True))
    assert said.training.words.over_means in page and scenario.debrief in page


def test_a_case_under_revision_is_shown_as_such_and_neither_taught_nor_scored(folder, serving, app):
    flow = (folder() / 'flows/ticket.yaml').read_text()
    content = serving(folder({'flows/ticket.yaml': flow.replace('ticket-kind: season', 'ticket-kind: day')})).content()
    words, case = content.training.words, content.scenarios['lost-season-ticket']
    answers = {name: turn.answer for name, turn in case.turns.items()}
    assert words.case_revision in opened(app, {'lang': 'en'})
    for mode in MODES:
        more = Record(case='lost-season-ticket', mode=mode, done=True).parameters()
        page = opened(app, link.parameters(content, answers, 'en', more=more))
        assert words.case_revision_why in page
        assert case.debrief not in page and not app.radio and not app.checkbox


def test_a_content_without_cases_has_an_empty_library(folder, serving, app, fresh):
    content = serving(folder({'data/scenarios/lost-season-ticket.yaml': None})).content()
    assert content.training.words.progress_none in opened(app, {'lang': 'en'})
    assert content.training.words.table_lead in opened(fresh, {'mode': 'table', 'lang': 'en'})


def test_staff_pages_can_be_switched_off(monkeypatch):
    assert is_open()
    monkeypatch.setenv('GUIDANCE_STAFF', 'off')
    assert not is_open()


def test_travellers_meet_no_link_to_the_training_pages():
    app = AppTest.from_file(str(SHIPPED_APP), default_timeout=20)
    for query in ({}, {'change': 'who'}, link.parameters(CONTENT, right('s06'), 'en')):
        page = opened(app, query)
        assert not [href for href in links(page) if 'training' in href]


SHIPPED_APP = wizard.__file__.replace('wizard.py', 'guidance/screens/app.py')
