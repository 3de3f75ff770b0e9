"""A case for training: does it still walk as a good officer would expect? If not, at which step, and why?"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

from guidance.content.case_format import Case
from guidance.content.case_format import Turn
from guidance.content.condition import Answers
from guidance.content.model import Content
from guidance.content.problem import listed
from guidance.content.problem import nearest
from guidance.journey.cache import cached_in_content
from guidance.journey.query import current_answers
from guidance.journey.walk import Asking
from guidance.journey.walk import Result
from guidance.journey.walk import result
from guidance.journey.walk import walk


class Disagreement(NamedTuple):
    """One way in which content and case disagree: where in the file of the case, and what it is."""

    path: tuple[str | int, ...]
    message: str


@cached_in_content(1024)
def revision(content: Content, name: str) -> tuple[Disagreement, ...]:
    """Return why the case is under revision: it is neither taught nor scored. Nothing where content and case agree."""
    return tuple(differences(content, content.cases[name]))


def differences(content: Content, case: Case) -> Iterator[Disagreement]:
    """Yield every way in which the content's result is not what the case expects.

    Expected: offer within the result, the result within offer and may-offer, nothing of must-not-offer, every limit
    explained for the situation. Being told whom to ask counts as offered. So, too, with each acceptable answer.
    """
    yield from _unknown_names(content, case)
    answers, unknown = current_answers(content, case.answers)
    if unknown:
        yield from _unknown_answers(content, case, unknown)
        return
    disagreeing = list(_of_result(content, case, answers))
    yield from disagreeing
    if not disagreeing:
        yield from _of_turns(content, case, answers)


@cached_in_content(1024)
def expected(content: Content, case: Case) -> Answers:
    """Return the expected answers under their present ids. Only for a case that is not under revision."""
    return current_answers(content, case.answers)[0]


@cached_in_content(1024)
def present_turns(content: Content, case: Case) -> dict[str, Turn]:
    """Return the turns of a case, with the present ids of their questions and options."""
    turns: dict[str, Turn] = {}
    for name, turn in case.turns.items():
        wrong = {option: against for old, against in turn.wrong.items() for option in _present(content, name, (old,))}
        others = tuple(filter(None, (_present(content, name, chosen) for chosen in turn.or_)))
        turns[content.renamed.get(name, name)] = turn.model_copy(update={'wrong': wrong, 'or_': others})
    return turns


def _present(content: Content, question: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return an answer with the present ids of its options; nothing if the content has it no more."""
    return next(iter(current_answers(content, {question: chosen})[0].values()), ())


@cached_in_content(1024)
def live_result(content: Content, case: Case) -> Result:
    """Return the result that the content gives for the expected answers. Only for a case that is not under revision."""
    return result(content, expected(content, case))


@cached_in_content(256)
def practised(content: Content, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the assistance and the limitations that these cases practise: those to offer and those to state."""
    cases = [content.cases[name] for name in names]
    offers = {identity for case in cases for identity in case.offer}
    limits = {identity for case in cases for identity in case.limits}
    return (
        tuple(identity for identity in content.assistance if identity in offers),
        tuple(identity for identity in content.limitations if identity in limits),
    )


def _unknown_names(content: Content, case: Case) -> Iterator[Disagreement]:
    """Yield what the case names and the content does not have."""
    named: list[tuple[tuple[str | int, ...], str, Iterable[str], str]] = [
        (('topic',), case.topic, content.training.topics, 'training'),
        (('difficulty',), case.difficulty, content.training.difficulties, 'training'),
    ]
    for key, names, present, kind in (
        ('offer', case.offer, list(content.assistance), 'assistance'),
        ('may-offer', case.may_offer, list(content.assistance), 'assistance'),
        ('must-not-offer', case.must_not_offer, list(content.assistance), 'assistance'),
        ('limits', case.limits, list(content.limitations), 'limitations'),
        ('sources', case.sources, list(content.sources), 'sources'),
    ):
        named += [((key, index), name, present, kind) for index, name in enumerate(names)]
    for path, name, known, file in named:
        if name not in known:
            yield Disagreement(path, f'`{name}` is not in data/{file}.yaml{nearest(name, known)}')


def _unknown_answers(content: Content, case: Case, unknown: Iterable[str]) -> Iterator[Disagreement]:
    """Yield the turns whose question or answer the content does not have."""
    for written, turn in case.turns.items():
        name = content.renamed.get(written, written)
        if name not in unknown:
            continue
        if name not in content.question:
            yield Disagreement(('turns', written), f'there is no question `{written}`{nearest(written, content.question)}')
        else:
            near = nearest(turn.answer[0], content.question[name].option)
            yield Disagreement(('turns', written, 'answer'), f'{listed(turn.answer)} is no answer to `{written}`{near}')


def _of_result(content: Content, case: Case, answers: Answers) -> Iterator[Disagreement]:
    """Yield how what these answers lead to differs from what the case expects."""
    journey = walk(content, answers)
    if isinstance(journey, Asking):
        last = list(journey.answered)[-1:]
        after = f'after `{last[0]}`, ' if last else ''
        yield Disagreement(('turns',), f'{after}the question `{journey.next.id}` has no answer')
        return
    for name in journey.idle:
        yield Disagreement(('turns', name), f'the question `{name}` is not asked, or not with this answer')
    shown = {item.id for item in journey.result.can}
    explained = {item.id for item in journey.result.cannot}
    may = {*case.offer, *case.may_offer}
    for key, what, names in (
        ('offer', 'the result does not show', (set(case.offer) - shown) & content.assistance.keys()),
        ('must-not-offer', 'the result shows, against `must-not-offer`,', shown & set(case.must_not_offer)),
        ('offer', 'the result shows, beyond `offer` and `may-offer`,', shown - may - set(case.must_not_offer)),
        ('limits', 'the result does not explain the limit', (set(case.limits) - explained) & content.limitations.keys()),
    ):
        if names:
            yield Disagreement((key,), f'{what} {listed(sorted(names))}')


def _of_turns(content: Content, case: Case, answers: Answers) -> Iterator[Disagreement]:
    """Yield what is wrong with the acceptable answers and the mistakes that the turns name."""
    for written, turn in case.turns.items():
        name = content.renamed.get(written, written)
        for index, other in enumerate(turn.or_):
            path: tuple[str | int, ...] = ('turns', written, 'or', index)
            acceptable, unknown = current_answers(content, {name: other})
            if unknown:
                yield Disagreement(path, f'{listed(other)} is not an answer to `{name}`')
                continue
            for disagreement in _of_result(content, case, {**answers, **acceptable}):
                yield Disagreement(path, f'with the acceptable answer {listed(other)}, {disagreement.message}')
        for option in turn.wrong:
            path = ('turns', written, 'wrong', option)
            mistaken, unknown = current_answers(content, {name: (option,)})
            if unknown:
                known = content.question[name].option
                yield Disagreement(path, f'`{option}` is not an answer to `{name}`{nearest(option, known)}')
            elif mistaken[name] == answers[name] or any(current_answers(content, {name: o})[0] == mistaken for o in turn.or_):
                yield Disagreement(path, f'`{option}` is called wrong and right')
