"""Codes to read out: what they open, how short they are, which slips they find, and that they last."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

import pytest

from guidance.content.edition import Edition
from guidance.content.ledger import edition_of
from guidance.content.ledger import questions_of
from guidance.journey.code import SIGNS
from guidance.journey.code import code
from guidance.journey.code import grouped
from guidance.journey.code import lengths
from guidance.journey.code import opened
from guidance.journey.query import CodeRead
from guidance.journey.query import read_query
from guidance.journey.walk import walk
from guidance.proof.count import counts
from guidance.proof.ranking import Ranking
from guidance.serving.check import check
from tests.support.answers import complete
from tests.support.editions import asked
from tests.support.editions import question
from tests.support.links import BASE
from tests.support.links import CHANGED
from tests.support.links import MORE
from tests.support.links import VERSIONS
from tests.support.links import files_of
from tests.support.links import gone
from tests.support.links import opened as opened_page
from tests.support.shipped import EXAMPLES
from tests.support.shipped import SHIPPED
from tests.support.shipped import report_of
from tests.support.small import built

CONTENT = SHIPPED.content
DAY = datetime.date(2026, 11, 26)
RECORDED = dict(line.split() for line in (VERSIONS / 'codes-of-edition-1.txt').read_text().splitlines())


def situations(content, answers):
    first = next((each.id for each in content.questions if each.many and each.id in answers), None)
    return len(answers[first]) if first else 0


# The same answers, as short as they can be


def assert_codes_are_those_of_the_journeys(content, number, seed):
    """Of random journeys, with any number of situations as often as with any other."""
    rng, ranked = random.Random(seed), Ranking(questions_of(content))
    codes = {}
    for _ in range(number):
        most = rng.randrange(len(ranked.numbers))
        answers = ranked.journey(sum(ranked.numbers[:most]) + rng.randrange(ranked.numbers[most]))
        assert walk(content, answers).answered == answers and walk(content, answers).result
        made = code(content, answers)
        assert opened(content, made).answers == answers
        assert codes.setdefault(made, answers) == answers
        assert situations(content, answers) == most and len(made) <= lengths(content)[most]
    return codes


def test_random_journeys_of_the_shipped_content_each_have_a_code_of_their_own():
    assert len(assert_codes_are_those_of_the_journeys(CONTENT, 200, seed=1)) > 180


@pytest.mark.long
def test_three_thousand_journeys_of_the_shipped_content_each_have_a_code_of_their_own():
    assert len(assert_codes_are_those_of_the_journeys(CONTENT, 3_000, seed=2)) > 2_600


@pytest.mark.parametrize('name', EXAMPLES)
def test_each_journey_of_the_other_services_has_a_code(name):
    content = report_of(name).content
    assert assert_codes_are_those_of_the_journeys(content, 60, seed=3)
    assert len(lengths(content)) == 1 and lengths(content)[0] <= 5


def test_all_answer_paths_have_a_code():
    ranked = Ranking(questions_of(CONTENT))
    assert sum(ranked.numbers) == counts(CONTENT.whole or CONTENT).paths.number


def test_few_situations_make_a_short_code():
    none, one, two, *more = lengths(CONTENT)
    assert none <= 7 and one <= 7 and two <= 9
    assert more == sorted(more)


def test_the_longest_codes_are_those_of_the_last_journeys():
    ranked = Ranking(questions_of(CONTENT))
    ends = [sum(ranked.numbers[: number + 1]) for number in range(len(ranked.numbers))]
    for number, (end, most) in enumerate(zip(ends, lengths(CONTENT), strict=True)):
        last = ranked.journey(end - 1)
        assert situations(CONTENT, last) == number and len(code(CONTENT, last)) == most
    assert situations(CONTENT, ranked.journey(ends[1])) == 2


# Slips of the ear and of the hand


@pytest.mark.parametrize('made', ['038', *(code(CONTENT, complete(CONTENT, random.Random(seed))) for seed in range(3))])
def test_every_single_wrong_sign_and_every_neighbouring_swap_is_found(made):
    right = made if opened(CONTENT, made) else made[:2] + next(each for each in SIGNS if opened(CONTENT, made[:2] + each))
    for at, sign in enumerate(right):
        for other in SIGNS:
            if other != sign:
                assert opened(CONTENT, right[:at] + other + right[at + 1 :]) is None
        if sign != right[at + 1 : at + 2]:
            swapped = right[:at] + right[at + 1 : at + 2] + sign + right[at + 2 :]
            assert swapped == right or opened(CONTENT, swapped) is None


def test_no_beginning_of_a_code_is_a_code_so_that_one_that_was_cut_opens_nothing():
    ranked = Ranking(questions_of(CONTENT))
    for number in range(0, sum(ranked.numbers), sum(ranked.numbers) // 997):
        made = code(CONTENT, ranked.journey(number))
        assert not any(opened(CONTENT, made[:length]) for length in range(len(made)))


def test_the_signs_neither_look_nor_sound_like_each_other():
    """Of each group that is mistaken for each other, by eye or in one of the languages, there is one at most."""
    alike = (
        'O0QD',
        '1IL7',
        '2Z',
        '5S',
        '6G9',
        '8B',
        'UV',
        'VY',
        'BCDEGPTVZ3',
        'AJK',
        'A8',
        'MN',
        'FS',
        'SX',
        'UQ',
        'IY',
        '59',
        '17',
        'E2',
        'C4',
        'J4',
        'R2',
        'G7',
    )
    assert len(set(SIGNS)) == len(SIGNS) and len(SIGNS) % 2 == 1
    assert [group for group in alike if len(set(group) & set(SIGNS)) > 1] == ['1IL7']  # `L` and `7` are only like those between


@pytest.mark.parametrize('typed', ['{}', ' {} ', '\t{}\n', '\u3000{}\xa0', '({})', '"{}".'])
def test_a_code_may_be_typed_in_any_way(typed):
    answers = complete(CONTENT, random.Random(5))
    made = code(CONTENT, answers)
    wide = ''.join(chr(ord(sign) + 0xFEE0) for sign in made)
    for written in (
        made,
        made.lower(),
        grouped(made),
        '-'.join(made),
        '–'.join(made),
        wide,
        made.replace('0', 'O'),
        made.replace('0', 'o'),
    ):
        assert opened(CONTENT, typed.format(written)).answers == answers, written


@pytest.mark.parametrize(
    'typed',
    [
        '',
        ' ',
        '0',
        '00',
        'hello',
        '1',
        '😀😀😀',
        '0' * 41,
        '0' * 10**5,
        '\0\0\0',
        '\ud800abc',
        '٣٣٣',
        'Y',
        'YY0',
        'YYYYYY',
        '²²²²',
    ],
)
def test_what_is_no_code_opens_nothing(typed):
    assert opened(CONTENT, typed) is None


def test_a_number_that_no_journey_has_and_an_edition_that_is_not_known_open_nothing():
    """Whatever the last sign is: one of them is right."""
    assert edition_of(CONTENT) < 14
    begins = ['0' + 'Y' * 16, 'W' + '0' * 5, 'Y33' + '0' * 4]
    assert all(opened(CONTENT, begin + sign) is None for begin in begins for sign in SIGNS)


def test_a_code_is_read_out_in_groups_of_three_or_four():
    groups = {length: [len(part) for part in grouped('0' * length).split()] for length in (3, 4, 5, 6, 7, 8, 9, 10, 13)}
    assert groups == {3: [3], 4: [4], 5: [2, 3], 6: [3, 3], 7: [3, 4], 8: [4, 4], 9: [3, 3, 3], 10: [3, 3, 4], 13: [3, 3, 3, 4]}
    assert grouped('') == ''


# Codes that last


@pytest.mark.parametrize('made', RECORDED)
def test_a_code_of_the_first_edition_opens_what_it_was_given_out_for(made):
    answers = opened(CONTENT, made).answers
    assert '&'.join(f'{name}={".".join(chosen)}' for name, chosen in answers.items()) == RECORDED[made]


@pytest.fixture(scope='module')
def versions(tmp_path_factory):
    """The contents of `tests/versions`: the old one, and later ones with the old edition in their ledger."""
    old = check(built(tmp_path_factory.mktemp('old') / 'content', files_of('old'))).content
    found = {'old': old}
    for path in sorted(VERSIONS.iterdir()):
        if path.is_dir() and path.name != 'old':
            later = check(built(tmp_path_factory.mktemp(path.name) / 'content', files_of(path.name))).content
            found[path.name] = replace(later, ledger=(Edition(1, DAY, questions_of(old)),))
    return found


def test_a_code_of_an_earlier_edition_says_what_a_link_of_that_time_says(versions):
    old, rng = versions['old'], random.Random(4)
    assert len(versions) > 7
    for answers in [complete(old, rng) for _ in range(12)]:
        made = code(old, answers)
        for content in versions.values():
            link = read_query(content, [(name, '.'.join(chosen)) for name, chosen in answers.items()] + [('lang', 'en')])
            by_code = read_query(content, [('c', made), ('lang', 'en')])
            older = edition_of(content) != 1
            assert by_code == replace(link, shared=True, code=CodeRead(made, opens=True, older=older))


def test_whoever_opens_a_code_of_an_earlier_edition_is_told(versions):
    old, renamed, inserted, changed = (versions[name] for name in ('old', 'renamed', 'inserted', 'text-changed'))
    answers = {'who': ('me',), 'happened': ('ticket',), 'ticket-kind': ('season',), 'place': ('harbour',)}
    address = f'{BASE}?c={code(old, answers)}&lang=en'
    seen = f'{address}&seen={walk(old, answers).result.fingerprint}'
    older = old.ui_texts.notice_code_older
    assert [opened_page(content, address).said for content in (old, changed, renamed)] == [[], [], [older]]
    assert [opened_page(content, seen).said for content in (old, changed, renamed)] == [[], [CHANGED], []]
    for each in (address, seen):
        assert (opened_page(inserted, each).asked, opened_page(inserted, each).said) == ('receipt', [MORE])


def test_an_edition_past_the_first_signs_has_a_code_of_two_more():
    kinds = [asked((question('who', options=[f'o{n}' for n in range(number + 2)]),)) for number in range(20)]
    ledger = tuple(Edition(number, DAY, each) for number, each in enumerate(kinds, start=1))
    content = replace(CONTENT, ledger=ledger)
    answers = complete(content, random.Random(6))
    assert edition_of(content) == 21
    assert len(code(content, answers)) == len(code(CONTENT, answers)) + 2
    assert opened(content, code(content, answers)).answers == answers
    sixteenth = replace(CONTENT, ledger=ledger[:15])
    assert len(code(sixteenth, answers)) == len(code(CONTENT, answers))


def test_answers_are_given_before_the_next_edition_was_recorded():
    kinds = [asked((question('who', options=names),)) for names in ('ab', 'abc')]
    ledger = (Edition(1, DAY, kinds[0]), Edition(2, DAY + datetime.timedelta(9), kinds[1]))
    content = replace(CONTENT, ledger=ledger)
    first = next(f'00{sign}' for sign in SIGNS if opened(content, f'00{sign}'))
    second = next(f'20{sign}' for sign in SIGNS if opened(content, f'20{sign}'))
    assert opened(content, first).until == DAY + datetime.timedelta(9)
    assert opened(content, second).until is None
    assert opened(content, code(content, complete(content, random.Random(1)))).until is None


def test_a_code_of_an_option_that_is_over_says_so_and_the_others_open_as_before(tmp_path):
    flow = (VERSIONS / 'old/ticket.yaml').read_text()
    label = 'day: A day ticket'
    assert label in flow
    flow = flow.replace(label, 'day: {label: A day ticket, until: 2026-12-31}')
    target = built(tmp_path / 'content', files_of('old') | {'flows/ticket.yaml': flow})
    before, after = (check(target, datetime.date(2026, 12, 31)).content, check(target, datetime.date(2027, 1, 1)).content)
    assert edition_of(before) == edition_of(after)
    for kind in ('day', 'season'):
        answers = {'who': ('me',), 'happened': ('ticket',), 'ticket-kind': (kind,), 'place': ('harbour',)}
        page = opened_page(after, f'{BASE}?c={code(before, answers)}&lang=en')
        assert page.asked == ('ticket-kind' if kind == 'day' else None)
        assert page.said == ([gone('A day ticket', 'Which ticket is it?')] if kind == 'day' else [])
    assert code(after, answers) == code(before, answers)


# In an address


def read(*pairs):
    return read_query(CONTENT, pairs)


def test_an_address_with_a_code_has_its_answers():
    made, answers = next(iter(RECORDED.items()))
    reading = read(('c', grouped(made).lower()), ('lang', 'zh-Hant'))
    assert reading.code == CodeRead(grouped(made).lower(), opens=True, older=edition_of(CONTENT) != 1)
    assert reading.shared and reading.lang == 'zh-Hant' and not (reading.damaged or reading.repaired or reading.open_end)


def test_answers_that_stand_in_the_address_go_before_those_of_the_code():
    made = code(CONTENT, complete(CONTENT, random.Random(7), {'who': ('friend',)}))
    assert read(('c', made), ('who', 'relative'), ('lang', 'en')).answers['who'] == ('relative',)


def test_a_field_that_was_sent_empty_is_no_code():
    assert read(('c', ''), ('lang', 'en')) == read(('lang', 'en'))
    assert read(('c', '  '), ('lang', 'en')) == read(('lang', 'en'))


def test_of_two_codes_in_one_address_none_is_taken():
    one, other = list(RECORDED)[:2]
    assert read(('c', one), ('c', one)).code.opens
    assert read(('c', one), ('c', other)).code == CodeRead(other) and read(('c', one), ('c', other)).answers == {}


def test_a_code_that_is_none_is_told_with_what_was_typed():
    reading = read(('c', 'K4T 82W9 ' * 30), ('lang', 'en'))
    assert reading.code == CodeRead(('K4T 82W9 ' * 30)[:40]) and reading.answers == {} and not reading.shared


# What it costs


def test_codes_are_made_and_opened_in_no_time(quick):
    questions = questions_of(CONTENT)
    made = code(CONTENT, complete(CONTENT, random.Random(8)))
    with quick(0.12):  # 20 normal answers
        Ranking(questions)
    with quick(0.1):
        for _ in range(100):
            opened(CONTENT, made)
