"""What the owner confirmed stands until its words change, in any language."""

import json

import pytest

from guidance import __main__ as program
from guidance.content.trust import needs_confirmation
from guidance.serving.check import check
from guidance.serving.confirmations import CONFIRMATIONS
from guidance.serving.confirmations import digests
from tests.support.shipped import SHIPPED


@pytest.fixture
def confirmed(folder, capsys):
    """A content of which an outcome and a source are confirmed."""
    content = folder()
    names = ('outcome:hut', 'source:old-page')
    code = program.main(['confirm', *names, '--by', 'A. Reader', '--content', str(content), '--today', '2026-11-22'])
    assert code == 0 and 'outcome:hut is confirmed by A. Reader' in capsys.readouterr().out
    return content


def rewrite(folder, path, old, new):
    file = folder / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_what_was_confirmed_is_counted_and_a_source_needs_no_more_care(confirmed, folder):
    report = check(confirmed)
    assert report.proved['confirmed by the owner'] == '1 of 5 outcomes, 1 of 3 sources'
    assert not needs_confirmation(report.content.sources['old-page'])
    (confirmed / CONFIRMATIONS).unlink()
    assert needs_confirmation(check(confirmed).content.sources['old-page'])


def test_a_confirmation_falls_when_a_word_changes_and_comes_back_with_it(confirmed):
    before = (confirmed / 'flows/hut.yaml').read_text()
    rewrite(confirmed, 'flows/hut.yaml', 'Ask us for the key.', 'Ask us for a key.')
    report = check(confirmed)
    assert report.content and not report.errors
    fell = next(each for each in report.overdue if 'outcome:hut' in each.message)
    assert 'changed since A. Reader confirmed them on 2026-11-22' in fell.message
    assert report.proved['confirmed by the owner'].startswith('0 of 5')
    (confirmed / 'flows/hut.yaml').write_text(before)
    assert not check(confirmed).overdue


def test_the_words_of_each_language_count():
    """A translation that changes takes a confirmation down as the English does."""
    one = digests(SHIPPED.contents)
    other = digests({lang: SHIPPED.contents['en'] if lang == 'zh-Hans' else each for lang, each in SHIPPED.contents.items()})
    assert set(one) == set(other) and len(one) > 100
    assert all(one[name] != other[name] for name in one if name.startswith('outcome:'))


WRONG = ['[]', '{', '{"outcome:hut": {"by": "x"}}', '{"outcome:hut": {"by": "x", "on": "soon", "words": ""}}']


@pytest.mark.parametrize('written', WRONG)
def test_a_file_that_somebody_wrote_by_hand_is_refused(folder, written):
    content = folder({CONFIRMATIONS: written})
    assert [problem.place.file for problem in check(content).errors] == [CONFIRMATIONS]


def test_of_what_does_not_exist_nothing_is_written(confirmed, capsys):
    before = (confirmed / CONFIRMATIONS).read_bytes()
    code = program.main(['confirm', 'outcome:hut', 'outcome:hat', '--by', 'B', '--content', str(confirmed)])
    assert code == 1 and 'no `outcome:hat`' in (err := capsys.readouterr().err) and '`outcome:hut`' in err
    assert (confirmed / CONFIRMATIONS).read_bytes() == before


def test_an_outcome_that_went_leaves_a_confirmation_that_is_told(confirmed):
    path = confirmed / CONFIRMATIONS
    written = json.loads(path.read_text())
    path.write_text(json.dumps({**written, 'outcome:hot': written['outcome:hut']}))
    assert ['no `outcome:hot` any more' in each.message for each in check(confirmed).overdue] == [True]
