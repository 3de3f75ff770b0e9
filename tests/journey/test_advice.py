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
    assert page.index('Take the key with you.') < page.index('<p class="g-lead">Something about the hut</p>')
