"""What heads a result, and what is done now and later."""

import wizard
from guidance.journey.walk import walk
from tests.support.asgi import Client
from tests.support.small import small_content

HUT = {'who': ('me',), 'happened': ('hut',), 'hut': ('open',)}
HUT_AND_HURT = {'who': ('me',), 'happened': ('hurt', 'hut'), 'hut': ('open',), 'place': ('hill',)}
PAGE = '/plain?who=me&happened=hut&hut=open'


def hut(more):
    """The small content with more in its outcome about the hut."""
    return {'flows/hut.yaml': small_content()['flows/hut.yaml'] + ''.join(f'    {line}\n' for line in more)}


def result(content, answers):
    return walk(content, answers).result


def test_advice_heads_a_result_in_the_place_of_the_title(content, resolved):
    advised = resolved(hut(['advice: Take the key with you.']))
    assert result(content, HUT).heading == 'Something about the hut'
    assert result(advised, HUT).heading == 'Take the key with you.'
    assert result(advised, HUT_AND_HURT).heading == 'Somebody is hurt'


def test_a_link_is_told_of_other_advice_and_not_of_none(content, resolved):
    prints = [result(resolved(hut(more)), HUT).fingerprint for more in ([], ['advice: One.'], ['advice: Another.'])]
    assert len(set(prints)) == 3
    assert prints[0] == result(content, HUT).fingerprint


def test_the_page_has_the_title_below_the_advice(folder, serving):
    serving(folder(hut(['advice: Take the key with you.'])))
    page = Client(wizard.app).get(PAGE, {'Host': 'help.example'}).text
    assert '<h1>Take the key with you.</h1>' in page
    assert page.index('Take the key with you.') < page.index('<p class="g-label">Something about the hut</p>')


def steps(content, answers):
    """The ids of the steps of each outcome: those of now, and those of later."""
    parts = result(content, answers).parts
    return [[step.id for step in part.do_now] for part in parts], [[step.id for step in part.later] for part in parts]


def test_what_is_done_now_stands_before_all_that_is_done_later_and_nothing_twice(resolved):
    later = resolved(hut(['later: [call-doctor, show-receipt, {say: Bring it back., source: page}]']))
    assert steps(later, HUT) == ([[]], [['call-doctor', 'show-receipt', 'hut.later.2']])
    now, afterwards = steps(later, HUT_AND_HURT)
    assert now[0][0] == 'call-doctor'
    assert afterwards == [[], ['show-receipt', 'hut.later.2']]


def test_a_step_in_other_words_stands_only_where_it_comes_first(resolved):
    said = '{say: Get a doctor., source: page, same-as: call-doctor}'
    assert steps(resolved(hut([f'later: [{said}, call-doctor]'])), HUT) == ([[]], [['hut.later.0']])
    assert steps(resolved(hut([f'later: [{said}]'])), HUT_AND_HURT)[1] == [[], []]


def test_the_page_has_a_heading_for_what_is_done_later(folder, serving):
    serving(folder(hut(['later: [show-receipt]']) | {'data/interface.yaml': 'do-later: And then\n'}))
    page = Client(wizard.app).get(PAGE, {'Host': 'help.example'}).text
    assert page.index('<h2>And then</h2>') < page.index('Show the receipt at the office.')
