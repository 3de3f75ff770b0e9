"""Writing a case in the terminal, and conditions in words."""

from __future__ import annotations

import pytest
import yaml

from guidance.commands.author import write_case
from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.problem import ContentError
from guidance.proof.explain import in_words
from guidance.proof.explain import opened
from guidance.serving.check import check
from guidance.training.case import expected
from tests.support.sampling import sampled
from tests.support.shipped import SHIPPED

CONTENT = SHIPPED.contents['en']
CASE = ['A guest without a ticket', 'A guest, by phone', 'My ticket is gone.', '1', '1', '2']
TURNS = ['1', '', 'She calls for herself.', '2', '', 'She says so.']
TURNS += ['2', 'For the whole year.', 'It was for a year.', '1', '', 'There.']
MARKS = ['3', '1', '2', '1 2', 'Show the receipt.', '', 'You get your money back.', '', 'A new one.', 'The island page', '1']


class Terminal:
    """An author who types these lines and then leaves."""

    def __init__(self, *lines):
        self.lines, self.told = list(lines), []

    def ask(self, prompt):
        self.told.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def tell(self, text):
        self.told.append(text)

    @property
    def text(self):
        return '\n'.join(self.told)


def written(target, *lines, name='new-case'):
    terminal = Terminal(*lines)
    code = write_case(target, name, terminal.ask, terminal.tell)
    path = target / f'data/cases/{name}.yaml'
    return code, terminal, yaml.safe_load(path.read_text()) if path.exists() else None


def numbers(content, kind, *names):
    return ' '.join(str(list(getattr(content, kind)).index(name) + 1) for name in names)


def lines_for(content, offer=('new-ticket',), may=('advice',), never=('doctor',), limits=('no-money', 'no-flight')):
    marks = [numbers(content, 'assistance', *names) for names in (offer, may, never)] + [numbers(content, 'limitations', *limits)]
    return [*CASE, *TURNS, *marks, *MARKS[4:]]


def test_a_case_is_written_from_the_choices_and_passes_the_check(folder, content):
    target = folder()
    code, terminal, case = written(target, *lines_for(content))
    assert (code, terminal.lines) == (0, [])
    assert case['turns']['ticket-kind'] == {'answer': 'season', 'because': 'It was for a year.', 'tells': 'For the whole year.'}
    assert case['turns']['who'] == {'answer': 'me', 'because': 'She calls for herself.'}
    assert (case['offer'], case['may-offer'], case['limits']) == (['new-ticket'], ['advice'], ['no-money', 'no-flight'])
    report = check(target)
    assert report.content is not None and report.warnings == ()
    assert list(report.content.cases) == ['lost-season-ticket', 'new-case']


def test_what_to_offer_is_asked_of_the_author_and_a_difference_to_the_result_is_told(folder, content):
    code, terminal, case = written(folder(), *lines_for(content, offer=('doctor',), may=(), never=()))
    assert code == 0 and case['offer'] == ['doctor']  # as the author said, whatever the wizard shows
    assert 'the result does not show `doctor`' in terminal.text and 'under revision' in terminal.text


def test_a_case_with_which_nothing_could_be_served_is_put_aside_and_told(folder, content):
    target = folder()
    lines = lines_for(content)
    lines[2] = 'We are in room 12081208.'
    code, terminal, case = written(target, *lines)
    assert (code, case) == (1, None) and '`12081208` looks like a telephone number' in terminal.text
    assert 'room 12081208' in (target / 'data/cases/new-case.draft').read_text()
    assert check(target).content is not None


def test_a_draft_is_not_written_over(folder):
    target, terminal = folder({'data/cases/new-case.draft': 'typed for an hour'}), Terminal()
    assert write_case(target, 'new-case', terminal.ask, terminal.tell) == 2
    assert 'there is data/cases/new-case.draft' in terminal.text
    assert (target / 'data/cases/new-case.draft').read_text() == 'typed for an hour'


def test_a_case_that_cannot_be_written_is_not_lost(folder, content, monkeypatch):
    def full(*_):
        raise OSError(28, 'No space left on device')

    monkeypatch.setattr('guidance.content.files.os.fsync', full)
    target, given = folder(), lines_for(content)
    code, terminal, case = written(target, *given)
    assert (code, case) == (1, None)
    assert 'data/cases/new-case.yaml cannot be written ([Errno 28] No space left on device)' in terminal.text
    assert not [text for text in given if len(text) > 3 and text not in terminal.text]
    assert [path.name for path in (target / 'data/cases').iterdir()] == ['lost-season-ticket.yaml']


def test_an_answer_can_be_taken_back_and_a_mistyped_one_is_asked_again(folder, content):
    lines = lines_for(content)
    turns = ['3', '', 'A mistake.', 'b', '9', 'x', *TURNS]
    code, terminal, case = written(folder(), *CASE, *turns, *lines[len(CASE) + len(TURNS) :])
    assert (code, case['turns']['who']['answer']) == (0, 'me')
    assert terminal.text.count('Numbers from 1 to 3, please.') == 2


@pytest.mark.parametrize('typed', [0, 3, len(CASE), len(CASE) + 5, len(CASE) + len(TURNS) + 3])
def test_who_leaves_early_loses_nothing_that_was_typed(folder, content, typed):
    given = lines_for(content)[:typed]
    target = folder()
    code, terminal, case = written(target, *given)
    assert (code, case) == (1, None)
    assert not [text for text in given[:typed] if len(text) > 3 and terminal.text.count(text) < 1]


@pytest.mark.parametrize('name', ['lost-season-ticket', 'New', 'a b', '../x', ''])
def test_a_name_that_is_taken_or_no_name_is_refused_before_anything_is_asked(folder, name):
    terminal = Terminal()
    assert write_case(folder(), name, terminal.ask, terminal.tell) == 2
    assert len(terminal.told) == 1


def test_a_case_cannot_be_written_on_broken_content(folder):
    with pytest.raises(ContentError):
        write_case(folder({'flows/hut.yaml': 'title: no'}), 'x', Terminal().ask, print)


# Conditions in words


def words(key, **more):
    return getattr(CONTENT.training.words, key).format(**more)


def test_a_condition_in_words_names_questions_and_answers_as_they_read():
    when = CONTENT.question['home-matter'].when
    assert in_words(CONTENT, when, words, {}) == (
        '(“Who needs help?” is “I do”, and “Where are you now?” is “In Hong Kong”), '
        'or “Where is the person who needs help?” is “In Hong Kong”'
    )
    assert in_words(CONTENT, TRUE, words, {}) == in_words(CONTENT, FALSE, words, {}) == ''


def test_the_parts_of_a_condition_are_said_in_the_order_of_the_options():
    options = CONTENT.question['happened'].options[:6]
    relative = AnswerIs('who', frozenset(['relative']))
    when = any_of(all_of([relative, AnswerIs('happened', frozenset([option.id]))]) for option in options)
    said = in_words(CONTENT, when, words, {})
    places = [said.index(f'“{option.label}”') for option in options]
    assert places == sorted(places) and [option.id for option in options] != sorted(option.id for option in options)


@pytest.mark.parametrize('name', sampled(CONTENT.cases, 13, 2))
def test_what_an_option_opens_is_what_the_walk_does_with_it(name):
    """A question that an option opens with nothing more to hold is asked after it, and not after one that does not open it."""
    answers = expected(CONTENT, CONTENT.cases[name])
    before = {}
    for asked, chosen in answers.items():
        found = opened(CONTENT, CONTENT.question[asked], before)
        shut = {each.id for every in found.values() for each in every if each.kind == 'question'}
        for option, opens in found.items():
            given = before | {asked: (option,)}
            questions = {each.id: each.when for each in opens if each.kind == 'question'}
            assert all(holds(CONTENT.question[each].when, given) for each, when in questions.items() if when == TRUE)
            assert not any(holds(CONTENT.question[each].when, given) for each in shut - questions.keys())
        before = before | {asked: chosen}
