"""Training on cases: what answers and marks are worth, computed from the content, the case and the address alone."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from typing import Literal
from urllib.parse import unquote

from . import link
from .condition import Answers
from .format import Scenario
from .format import Turn
from .link import current
from .model import Content
from .remember import remembered
from .scenario import expected
from .scenario import revision
from .walk import Journey
from .walk import Result
from .walk import walk

MODES = ('show', 'practise', 'assess')
_LABEL = re.compile(r'[^\w .-]|_')
MAX_LABEL = 20  # characters
_NEXT = re.compile('(?=https?://)', re.IGNORECASE)  # people also set commas between links, or nothing
_AROUND = ',;|<>()[]"\'，；、。：“”「」（）'
MAX_TEXT = 100_000  # characters of a pasted text, which so many records have
_MAX_RECORDS = 300  # in one table; a class has fewer, and reading without end would keep others waiting

Verdict = Literal['right', 'accepted', 'wrong', 'aside', 'missed']
Doubt = Literal['', 'changed', 'damaged']


@dataclass(frozen=True)
class Record:
    """What the address of a training page says beside the answers.

    `offered` and `stated` are the marks of an assessed case, which count once `done`. `practised` are the cases that this
    trainee went through. `wrong` is the question whose answer is being talked about, `step` that of a demonstration.
    """

    case: str | None = None
    mode: str | None = None
    offered: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    done: bool = False
    label: str = ''
    practised: tuple[str, ...] = ()
    step: int = 0
    wrong: str | None = None
    topic: str | None = None
    practises: str | None = None

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the address that say this, without the answers."""
        made = {
            'case': self.case,
            'mode': self.mode,
            'step': str(self.step) if self.step else None,
            'topic': self.topic,
            'practises': self.practises,
            'practised': '.'.join(self.practised),
            'wrong': self.wrong,
            'offer': '.'.join(self.offered),
            'limits': '.'.join(self.stated),
            'label': self.label,
            'done': '1' if self.done else None,
        }
        return {name: value for name, value in made.items() if value}


def record(content: Content, reading: link.Reading) -> Record:
    """Return the record that an address holds. Never fails; what is not known is left out.

    Where a name stands there twice with two meanings, none of them counts, and the case is not done.
    """
    said = {name: values[0] for name, values in reading.more.items() if len(set(values)) == 1}
    clear = len(said) == len(reading.more)
    mode, step = said.get('mode', '').lower(), said.get('step', '')
    wrong = said.get('wrong', '').lower()
    return Record(
        case=_one(said, 'case', content.scenarios),
        mode=mode if mode in (*MODES, 'table') else None,
        offered=_listed(said, 'offer', content.assistance),
        stated=_listed(said, 'limits', content.limitations),
        done=clear and said.get('done') == '1',
        label=label(said.get('label', '')),
        practised=_listed(said, 'practised', content.scenarios),
        step=int(step) if re.fullmatch('[0-9]{1,3}', step) else 0,
        wrong=wrong if wrong in content.question else None,
        topic=_one(said, 'topic', content.training.topics),
        practises=_one(said, 'practises', {**content.assistance, **content.limitations}),
    )


def label(text: str) -> str:
    """Return what may stand in a link as a trainee's label: a few letters and digits, no markup, no formula."""
    return ' '.join(_LABEL.sub(' ', text).split())[:MAX_LABEL].strip(' .-')


def _one(said: Mapping[str, str], name: str, known: Iterable[str]) -> str | None:
    value = said.get(name, '').strip().lower()
    return value if value in set(known) else None


def _listed(said: Mapping[str, str], name: str, known: Iterable[str]) -> tuple[str, ...]:
    given = _pieces(said.get(name, ''))
    return tuple(identity for identity in known if identity in given)


def _pieces(value: str) -> set[str]:
    return {piece.strip() for piece in value.lower().split('.')} - {''}


# The case


@remembered(1024)
def turns(content: Content, scenario: Scenario) -> dict[str, Turn]:
    """Return the turns of a case, with the present ids of their questions and options."""
    found: dict[str, Turn] = {}
    for name, turn in scenario.turns.items():
        wrong = {option: said for old, said in turn.wrong.items() for option in _present(content, name, (old,))}
        others = tuple(filter(None, (_present(content, name, chosen) for chosen in turn.or_)))
        found[content.renamed.get(name, name)] = turn.model_copy(update={'wrong': wrong, 'or_': others})
    return found


def _present(content: Content, question: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return an answer with the present ids of its options; nothing if the content has it no more."""
    return next(iter(current(content, {question: chosen})[0].values()), ())


@remembered(1024)
def live(content: Content, scenario: Scenario) -> Result:
    """Return the result that the content gives for the expected answers. Only for a case that is not under revision."""
    result = walk(content, expected(content, scenario)).result
    assert result is not None
    return result


@remembered(1024)
def fingerprint(content: Content, scenario: Scenario) -> str:
    """Return a short hash of all that a score rests on: the live result and the sheet. It goes with a record."""
    sheet = (live(content, scenario).fingerprint, *scenario.offer, '', *scenario.may_offer, '', *scenario.limits)
    rule = content.training.scoring.model_dump_json()
    return hashlib.sha256('\0'.join((*sheet, rule)).encode()).hexdigest()[:8]


def doubt(content: Content, scenario: Scenario, reading: link.Reading) -> Doubt:
    """Tell whether a finished record is still what was made: the content may have changed since, or its link been cut."""
    marks = {
        piece
        for name, known in (('offer', content.assistance), ('limits', content.limitations))
        for value in reading.more.get(name, ())
        for piece in _pieces(value)
        if piece not in known
    }
    if reading.seen is None or marks:
        return 'damaged'
    return '' if reading.seen == fingerprint(content, scenario) else 'changed'


def judge(content: Content, scenario: Scenario, question: str, chosen: tuple[str, ...]) -> Verdict:
    """Tell what an answer is worth: right, accepted as well, wrong, or aside, where the case never comes to the question."""
    turn = turns(content, scenario).get(question)
    if turn is None:
        return 'aside'
    if chosen == expected(content, scenario).get(question):
        return 'right'
    return 'accepted' if chosen in turn.or_ else 'wrong'


@dataclass(frozen=True)
class Compared:
    """One question on the way of a trainee, or on the expected one."""

    question: str
    given: tuple[str, ...]
    expected: tuple[str, ...]
    verdict: Verdict


def compare(content: Content, scenario: Scenario, journey: Journey) -> tuple[Compared, ...]:
    """Set the trainee's way beside the expected one, in the order of the questions."""
    right = expected(content, scenario)
    asked = [q.id for q in content.questions if q.id in journey.answered or q.id in right]
    return tuple(
        Compared(
            question=name,
            given=journey.answered.get(name, ()),
            expected=right.get(name, ()),
            verdict=judge(content, scenario, name, journey.answered[name]) if name in journey.answered else 'missed',
        )
        for name in asked
    )


def against(turn: Turn, right: Iterable[str], chosen: tuple[str, ...]) -> str:
    """Return what the case says against a wrong answer: what the sheet says of it, else why the right one is right."""
    told = [said for option, said in turn.wrong.items() if (option,) == chosen or (option in chosen and option not in right)]
    return ' '.join(told) or turn.because


@dataclass(frozen=True)
class Lead:
    """Where a mistake leads: the situations that are found then, what is no longer offered, and what is wrongly offered.

    What the caller is only told whom to ask for is not offered to them. `asks` is the question that comes up instead, where
    there is no result yet.
    """

    titles: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    asks: str | None = None


def lead(content: Content, scenario: Scenario, answers: Answers) -> Lead:
    """Return where these answers lead, compared with the expected ones."""
    journey = walk(content, answers)
    if journey.result is None:
        return Lead(asks=journey.next.id if journey.next else None)
    shown, right = journey.result.can, live(content, scenario).can
    still = {said.id for said in shown if said.may_ask}
    may = {said.id for said in right} | set(scenario.may_offer)
    return Lead(
        titles=tuple(part.title for part in journey.result.parts),
        lost=tuple(said.id for said in right if said.may_ask and said.id not in still),
        gained=tuple(said.id for said in shown if said.id not in may),
    )


# The score


@dataclass(frozen=True)
class Mark:
    """An assistance that was offered or not, or a limit that was stated or not, and what that is worth.

    `over`: offered though neither the live result nor the sheet has it, the gravest error. `fine`: offered, and the caller
    can have it, though the case does not ask for it. `left`: not offered, and rightly so. `unscored`: a limit that holds in
    every case, but that the sheet does not name for this one.
    """

    id: str
    given: bool
    verdict: Literal['right', 'missed', 'over', 'fine', 'left', 'unscored']
    may: bool = False  # it may be offered, and need not


@dataclass(frozen=True)
class Score:
    """What was offered and stated, set beside what should have been. `percent` and `passed` follow the scoring rule."""

    offers: tuple[Mark, ...]
    limits: tuple[Mark, ...]
    percent: int
    passed: bool

    @property
    def over_promised(self) -> tuple[str, ...]:
        """What was offered and cannot be had."""
        return tuple(mark.id for mark in self.offers if mark.verdict == 'over')


def score(content: Content, scenario: Scenario, offered: Iterable[str], stated: Iterable[str]) -> Score:
    """Score the marks of a case that is not under revision, by `scoring` of `data/training.yaml`."""
    offered, stated, rule = set(offered), set(stated), content.training.scoring
    may = {said.id for said in live(content, scenario).can} | set(scenario.may_offer)
    offers = tuple(_offer(name, name in offered, name in scenario.offer, name in may) for name in content.assistance)
    limits = tuple(_limit(name, name in stated, name in scenario.limits) for name in content.limitations)
    number = Counter(mark.verdict for mark in offers)
    points = rule.offer * number['right'] - rule.over_promise * number['over']
    points += rule.limit * sum(mark.verdict == 'right' for mark in limits)
    most = rule.offer * len(scenario.offer) + rule.limit * len(scenario.limits)
    percent = max(0, round(100 * points / most)) if most else 100
    if number['over']:
        return Score(offers, limits, min(percent, rule.most_after_over_promise), passed=False)
    return Score(offers, limits, percent, passed=percent >= rule.passed)


def _offer(name: str, given: bool, right: bool, may: bool) -> Mark:
    if right:
        return Mark(name, given, 'right' if given else 'missed')
    if may:
        return Mark(name, given, 'fine' if given else 'left', may=True)
    return Mark(name, given, 'over' if given else 'left')


def _limit(name: str, given: bool, right: bool) -> Mark:
    return Mark(name, given, 'unscored' if not right else 'right' if given else 'missed')


# The table of many records


@dataclass(frozen=True)
class Row:
    """One record in the table of a trainer. Without a `score`, `why` tells the reason."""

    record: Record
    score: Score | None
    compared: tuple[Compared, ...] = ()
    doubt: Doubt = ''
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    seen: str | None = None
    why: Literal['', 'no-case', 'revision', 'unfinished'] = ''


@dataclass(frozen=True)
class Table:
    """Many records together. `topics` has topic, mean score and number, weakest first; `turns` the commonest wrong turns."""

    rows: tuple[Row, ...]
    topics: tuple[tuple[str, int, int], ...] = ()
    turns: tuple[tuple[Compared, int], ...] = ()
    beyond: int = 0  # records that were too many to read
    skipped: int = 0  # links that are no records
    equal: int = 0  # records that say the same as another one, which is counted once
    cut: bool = False  # the text was longer than what is read


def table(content: Content, pasted: str) -> Table:
    """Return the table of all records in a pasted text; a record that stands there twice counts once.

    Of a longer text than `MAX_TEXT` the end is not read, nor is the word in which it was cut, by this or by the field.
    """
    cut = _length(pasted) >= MAX_TEXT
    words = pasted[:MAX_TEXT].split()
    whole = (unquote(piece) if 'case%3d' in piece.lower() else piece for piece in words)  # as mail programs wrap it
    pieces = [part.rstrip(_AROUND) for piece in whole for part in _NEXT.split(piece)]
    pieces = pieces[:-1] if cut else pieces
    links = [piece for piece in pieces if 'case=' in piece.lower()]
    others = [piece for piece in pieces if '://' in piece and 'case=' not in piece.lower()]
    unique = list(dict.fromkeys(links))
    rows = list(dict.fromkeys(_row(content, piece) for piece in unique[:_MAX_RECORDS]))
    beyond = max(0, len(unique) - _MAX_RECORDS)
    by_topic: dict[str, list[int]] = {}
    for row in rows:
        if row.score and row.record.case:
            by_topic.setdefault(content.scenarios[row.record.case].topic, []).append(row.score.percent)
    topics = sorted((round(sum(all_) / len(all_)), topic, len(all_)) for topic, all_ in by_topic.items())
    wrong = Counter(each for row in rows if row.score for each in row.compared if each.verdict == 'wrong')
    return Table(
        rows=tuple(rows),
        topics=tuple((topic, mean, number) for mean, topic, number in topics),
        turns=tuple(wrong.most_common(8)),
        beyond=beyond,
        skipped=sum(not piece.endswith('=') for piece in others),  # that is what a mail program put before a link
        equal=len(links) - beyond - len(rows),
        cut=cut,
    )


def _length(text: str) -> int:
    """Return the number of characters as a browser counts them, which limits the field."""
    return len(text) + sum(character > '\uffff' for character in text[:MAX_TEXT])


def _row(content: Content, address: str) -> Row:
    query = address.partition('?')[2] or address
    reading = link.read(content, link.parsed(query[:6_000]))
    found = replace(record(content, reading), practised=())
    if found.case is None:
        return Row(found, None, why='no-case')
    if revision(content, found.case):
        return Row(found, None, why='revision')
    scenario = content.scenarios[found.case]
    journey = walk(content, reading.answers)
    compared = compare(content, scenario, journey)
    if found.mode != 'assess' or not found.done or journey.result is None:
        return Row(found, None, compared, why='unfinished')
    given = score(content, scenario, found.offered, found.stated)
    return Row(found, given, compared, doubt(content, scenario, reading), tuple(journey.answered.items()), reading.seen)


@remembered(256)
def practised(content: Content, cases: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the assistance and the limitations that these cases practise: those to offer and those to state."""
    sheets = [content.scenarios[name] for name in cases]
    offers = {name for sheet in sheets for name in sheet.offer}
    limits = {name for sheet in sheets for name in sheet.limits}
    return tuple(n for n in content.assistance if n in offers), tuple(n for n in content.limitations if n in limits)
