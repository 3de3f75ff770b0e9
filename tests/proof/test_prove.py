"""The prover against brute force on small random contents, and what it costs on large ones."""

import itertools
import random
from types import SimpleNamespace

import pytest

from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import AnswerIs
from guidance.content.condition import all_of
from guidance.content.condition import any_of
from guidance.content.condition import holds
from guidance.content.condition import negate
from guidance.content.model import Option
from guidance.content.model import Question
from guidance.content.problem import Place
from guidance.proof import reach
from guidance.proof.branches import NotProved
from guidance.proof.count import Paths
from guidance.proof.count import paths
from guidance.proof.meaning import as_condition
from guidance.proof.reach import Prover
from guidance.serving.check import check
from tests.support.bruteforce import journeys

SEEDS = range(300)
SOME = 50  # of them


def question(name, when=TRUE, options='ab', many=False, alone=''):
    made = tuple(Option(option, option, alone=option in alone) for option in options)
    return Question(name, None, None, None, many, when, made, None, (), Place(''))


def chose(name, *options):
    return AnswerIs(name, frozenset(options))


def some_condition(rng, questions, depth=2):
    kind = rng.random()
    if not questions or kind < 0.1:
        return rng.choice([TRUE, TRUE, TRUE, FALSE]) if not questions else TRUE
    if depth == 0 or kind < 0.5:
        asked = rng.choice(questions)
        names = [option.id for option in asked.options]
        test = chose(asked.id, *rng.sample(names, rng.randint(1, len(names))))
        return negate(test) if rng.random() < 0.3 else test
    parts = [some_condition(rng, questions, depth - 1) for _ in range(rng.randint(2, 3))]
    made = all_of(parts) if rng.random() < 0.5 else any_of(parts)
    return negate(made) if rng.random() < 0.2 else made


def some_questions(rng):
    questions = []
    for number in range(rng.randint(2, 4)):
        many = rng.random() < 0.3
        options = 'abc'[: rng.randint(2, 3)]
        alone = options[-1] if many and rng.random() < 0.5 else ''
        when = TRUE if rng.random() < 0.4 else some_condition(rng, questions)
        questions.append(question(f'q{number}', when, options, many, alone))
    return questions


def forces(given, every, target):
    """Whether all journeys that answer like `given` ask all its questions and make the target true."""
    like = [journey for journey in every if all(journey.get(name, chosen) == chosen for name, chosen in given.items())]
    return all(given.keys() <= journey.keys() and holds(target, journey) for journey in like)


def cost(given):
    return len(given), sum(map(len, given.values()))


def fewest(every, target):
    parts = {
        part
        for journey in every
        if holds(target, journey)
        for size in range(len(journey) + 1)
        for part in itertools.combinations(journey.items(), size)
    }
    for part in sorted(parts, key=lambda part: cost(dict(part))):
        if forces(dict(part), every, target):
            return cost(dict(part))
    return None


@pytest.fixture(scope='module')
def small(thorough):
    """Small random contents with their journeys and a few targets each."""
    made = []
    for seed in SEEDS[: None if thorough else SOME]:
        rng = random.Random(seed)
        questions = some_questions(rng)
        every = journeys(questions)
        made.append((questions, every, [some_condition(rng, questions, 3) for _ in range(4)]))
    return made


@pytest.mark.parametrize(('many', 'long'), [(0, 6), (100, 6), (100, 0)], ids=['taken-apart', 'as-a-whole', 'by-witnesses'])
def test_possible_is_exactly_what_some_journey_does(small, monkeypatch, many, long):
    monkeypatch.setattr(reach, '_MANY', many)
    monkeypatch.setattr(reach, '_LONG', long)
    monkeypatch.setattr(reach, '_SEVERAL', long)
    seen = set()
    for questions, every, targets in small:
        prover = Prover(questions)
        together = [all_of(some) for some in itertools.combinations(targets, 2)]
        for target in [*targets, *together, all_of(targets), *(each.when for each in questions)]:
            expected = any(holds(target, journey) for journey in every)
            assert prover.possible(target) is expected
            assert prover.possible(target) is expected  # remembered
            seen.add(expected)
    assert seen == {True, False}


def test_paths_are_counted_exactly(small):
    for questions, every, _ in small:
        lengths = [len(journey) for journey in every]
        found = paths(tuple(questions), tuple(each.when for each in questions))
        assert found == Paths(len(every), min(lengths), max(lengths))


def test_shortest_is_the_fewest_answers_of_which_every_completion_shows_the_fault(small):
    lengths = set()
    for questions, every, targets in small:
        if len(every) > 80:
            continue
        for target in targets:
            found = Prover(questions).shortest(target)
            expected = fewest(every, target)
            assert (None if found is None else cost(found)) == expected
            if found is not None:
                assert forces(found, every, target)
                assert any(found.items() <= journey.items() for journey in every)
                lengths.add(len(found))
    assert lengths >= {0, 1, 2}


def test_gaps_taken_out_one_after_the_other_are_all_gaps(small):
    for questions, every, targets in small:
        content = SimpleNamespace(question={each.id: each for each in questions})
        gap = negate(any_of(targets[:2]))
        expected = [journey for journey in every if holds(gap, journey)]
        listed = []
        prover = Prover(questions)
        while found := prover.shortest(gap) if prover.possible(gap) else None:
            listed.append(as_condition(content, found))
            gap = all_of([gap, negate(listed[-1])])
        if found is None:
            assert [journey for journey in every if holds(any_of(listed), journey)] == expected
        else:
            assert found == {} and expected == every


def test_negate_and_simplify_keep_the_meaning(small):
    for _, every, targets in small:
        for journey in every[:20]:
            values = [holds(target, journey) for target in targets]
            assert [holds(negate(target), journey) for target in targets] == [not value for value in values]
            assert holds(all_of(targets), journey) is all(values)
            assert holds(any_of(targets), journey) is any(values)


# What it costs


def whens(questions):
    return tuple(each.when for each in questions)


def prove_all(questions, targets):
    """What the check does: reach each target, then look for answers that reach none."""
    prover = Prover(questions)
    assert all(prover.possible(target) for target in [*targets, *whens(questions)])
    return prover, prover.possible(negate(any_of(targets)))


def test_twenty_questions_all_asked_that_each_decide_an_outcome_and_a_line(quick):
    questions = [question(f'q{number}') for number in range(20)]
    with quick(1):
        prover, gap = prove_all(questions, [chose(each.id, 'a') for each in questions])
        assert gap
        assert len(prover.shortest(negate(any_of(chose(each.id, 'a') for each in questions)))) == 20
        assert paths(tuple(questions), whens(questions)).number == 2**20


def test_thirteen_questions_behind_a_choose_many_of_eight(quick):
    first = question('q', options='abcdefgh', many=True)
    questions = [first, *(question(f'q{n}', chose('q', 'abcdefgh'[n % 8]), 'xyz') for n in range(13))]
    with quick(1):
        _, gap = prove_all(questions, [chose(each.id, each.options[0].id) for each in questions])
        assert gap
        found = paths(tuple(questions), whens(questions))
    # five options open two questions of three options, three open one
    assert found == Paths((1 + 9) ** 5 * (1 + 3) ** 3 - 1, 2, 14)


def test_choose_many_of_twenty_options_each_with_its_own_outcome(quick):
    options = 'abcdefghijklmnopqrst'
    questions = [question('q', options=options, many=True), question('r', chose('q', 'a', 'b'))]
    with quick(1):
        _, gap = prove_all(questions, [chose('q', option) for option in options])
        assert not gap
        assert paths(tuple(questions), whens(questions)).number == 2**20 - 1 + 2**20 - 2**18


@pytest.fixture
def many(thorough):
    """How many questions a large content has."""
    return 2000 if thorough else 200


def test_many_independent_questions(quick, many):
    questions = [question(f'q{number}') for number in range(many)]
    with quick(4):
        assert prove_all(questions, [chose(each.id, 'a') for each in questions])[1]
        assert paths(tuple(questions), whens(questions)) == Paths(2**many, many, many)


def test_a_chain_of_many_questions(quick, many):
    questions = [question('q0')]
    questions += [question(f'q{n}', chose(f'q{n - 1}', 'a')) for n in range(1, many)]
    with quick(4):
        prover = Prover(questions)
        assert all(prover.possible(when) for when in whens(questions))
        assert len(prover.shortest(chose(f'q{many - 1}', 'b'))) == many
        assert paths(tuple(questions), whens(questions)) == Paths(many + 1, 1, many)


def test_a_wide_tree_of_many_questions(quick, many):
    questions = [question('q0', options='abcdefghij')]
    for n in range(1, many):
        parent = questions[(n - 1) // 10]
        questions.append(question(f'q{n}', chose(parent.id, 'abcdefghij'[(n - 1) % 10]), 'abcdefghij'))
    with quick(3):
        _, gap = prove_all(questions, [all_of([each.when, chose(each.id, 'a')]) for each in questions])
        assert gap
        found = paths(tuple(questions), whens(questions))
    assert (found.shortest, found.longest) == ((3, 4) if many < 1_112 else (4, 5))
    assert found.number == 9 * many + 1


def test_the_whole_check_of_many_questions(folder, quick, many):
    chain = ''.join(f'  q{n}:\n    when: {{q{n - 1}: a}}\n    ask: Which?\n    options: {{a: A, b: B}}\n' for n in range(1, many))
    hut = (folder() / 'flows/hut.yaml').read_text().replace('  hut:\n', '  q0:\n', 1)
    hut = hut.replace('outcomes:', chain + 'outcomes:').replace('hut: shut', f'q{many - 1}: a').replace('open: It', 'a: It')
    target = folder({'flows/hut.yaml': hut})
    with quick(many / 800):
        report = check(target)
    assert [str(problem) for problem in report.errors] == []
    assert report.proved['questions'] == str(many + 4)


def pigeons(holes):
    """No two of one bird more than there are holes sit in the same hole: impossible, and hard to see so."""
    birds = [question(f'q{n}', options='abcdefghijklmnop'[:holes]) for n in range(holes + 1)]
    apart = [
        negate(all_of([chose(one.id, option.id), chose(other.id, option.id)]))
        for one, other in itertools.combinations(birds, 2)
        for option in one.options
    ]
    return birds, all_of(apart)


def test_parts_that_overlap_are_not_taken_apart_without_end(quick):
    questions = [question(f'q{number}') for number in range(60)]
    pairs = [all_of([chose(f'q{n}', 'b'), chose(f'q{n + 1}', 'b')]) for n in range(58)]
    last = [all_of([chose('q58', one), chose('q59', other)]) for one in 'ab' for other in 'ab']
    with quick(1):
        assert Prover(questions).possible(all_of(map(negate, pairs)))
        assert not Prover(questions).possible(all_of(map(negate, [*pairs, *last])))


def test_past_the_limit_not_proved_is_raised_never_a_guess(quick, monkeypatch):
    birds, target = pigeons(4)
    assert Prover(birds).possible(target) is False
    assert Prover(birds).shortest(target) is None
    birds, target = pigeons(7)
    monkeypatch.setattr(reach, 'LIMIT', 100)
    with quick(2):
        with pytest.raises(NotProved):
            Prover(birds).possible(target)
        with pytest.raises(NotProved):
            Prover(birds).shortest(target)


def test_past_the_limit_paths_are_not_counted():
    first = question('q', options='abcdefghijkl', many=True)
    questions = (first, *(question(f'q{n}', chose('q', 'abcdefghijkl'[n])) for n in range(12)))
    with pytest.raises(NotProved):
        paths(questions, whens(questions), limit=10)


def test_check_says_what_it_could_not_prove(folder, monkeypatch):
    monkeypatch.setattr(reach, 'LIMIT', 1)
    report = check(folder())
    assert report.content is None
    assert any(problem.message.startswith('not proved: whether ') for problem in report.errors)
    assert all(problem.expected for problem in report.errors)
