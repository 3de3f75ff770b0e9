"""The paragraphs of a book: for each question, outcome, contact and source the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from guidance.book.book import Book
from guidance.book.book import Texts
from guidance.book.columns import Column
from guidance.book.numbers import lines_of
from guidance.content.condition import FALSE
from guidance.content.condition import TRUE
from guidance.content.condition import Condition
from guidance.content.condition import questions_in
from guidance.content.condition import reduced
from guidance.content.fields import Days
from guidance.content.model import Line
from guidance.content.model import NamedContact
from guidance.content.model import Option
from guidance.content.model import Outcome
from guidance.content.model import Question
from guidance.content.model import Wording


@dataclass(frozen=True)
class BookRow:
    """A row: what it is about, its text in each language, and under which condition; `name` is what `label` is, as a link."""

    label: str
    texts: Texts
    only_if: Texts = ()
    name: str = ''
    number: str = ''
    source: str = ''
    remarks: Texts = ()
    opens: tuple[str, ...] = ()
    hints: Texts = ()


def _wording(book: Book, label: str, of: Sequence[Wording | None]) -> Iterator[BookRow]:
    """Yield a row for each way to say something; `of` is the wording in each language of the book."""
    for number, variant in enumerate(of[0].variants if of[0] else ()):
        texts = tuple(each.variants[number].say for each in of if each)
        yield BookRow(label if number == 0 else '', texts, _only_if(book, variant.when))


def _only_if(book: Book, condition: Condition) -> Texts:
    return () if condition == TRUE else book.each(lambda column: column.only_if(condition))


def question_rows(book: Book, question: Question) -> list[BookRow]:
    """Return the rows of a question but those of its answers."""
    t = book.first.t
    here = [column.content.question[question.id] for column in book.columns]
    asked = book.each(lambda column: column.condition(question.when) or column.t('everybody'))
    return [
        *_wording(book, t('question'), [each.ask for each in here]),
        *_wording(book, t('hint'), [each.hint for each in here]),
        *_wording(book, t('why'), [each.why for each in here]),
        BookRow(t('asked_of'), asked),
    ]


def option_rows(book: Book, question: Question) -> list[BookRow]:
    """Return the answers to a question, each with what it opens; rows of a list that open the same are one."""
    opens = opened(book, question)
    found: list[BookRow] = []
    together: dict[tuple[str, ...], list[Option]] = {}
    for option in question.options:
        if question.list and option.hint is None and option.when == TRUE:
            together.setdefault(opens[option.id], []).append(option)
        else:
            found.append(_option(book, question, [option], opens[option.id]))
    return [*(_option(book, question, options, names) for names, options in together.items()), *found]


def _option(book: Book, question: Question, options: list[Option], opens: tuple[str, ...]) -> BookRow:
    def labels(column: Column) -> str:
        return column.joined(column.content.question[question.id].option[each.id].label for each in options)

    def hint(column: Column) -> str:
        return column.content.question[question.id].option[options[0].id].hint or ''

    hints = book.each(hint) if options[0].hint else ()
    return BookRow(
        '', tuple(labels(column) for column in book.columns), _only_if(book, options[0].when), opens=opens, hints=hints
    )


def opened(book: Book, question: Question) -> dict[str, tuple[str, ...]]:
    """Return for each option the questions and outcomes that can be reached with it, and cannot with every option.

    Only what names this very question, not what follows from that.
    """
    content = book.content
    targets = [(f'question {each.id}', each.when) for each in content.questions]
    targets += [(f'outcome {each.id}', each.applies) for each in content.outcomes if not each.otherwise]
    targets = [(name, when) for name, when in targets if question.id in questions_in(when)]
    left = {
        option.id: {name for name, when in targets if reduced(when, {question.id: (option.id,)}) != FALSE}
        for option in question.options
    }
    always = frozenset.intersection(*map(frozenset, left.values())) if left else frozenset()
    return {option: tuple(name for name, _ in targets if name in names - always) for option, names in left.items()}


def outcome_rows(book: Book, outcome: Outcome) -> list[BookRow]:
    """Return the rows of an outcome but those of its lines."""
    t = book.first.t
    here = [book.outcome(column, outcome.id) for column in book.columns]
    if outcome.otherwise:
        reached = book.each(lambda column: column.t('reached_by_others'))
    else:
        reached = book.each(lambda column: column.condition(outcome.applies) or column.t('everybody'))
    return [
        *_wording(book, t('outcome'), [each.title for each in here]),
        BookRow(t('reached_by'), reached, book.each(lambda column: _ways_to(book, column, outcome))),
        *_wording(book, t('first_sentence'), [each.advice for each in here]),
        *_wording(book, t('summary'), [each.summary for each in here]),
        *_wording(book, t('no_assistance'), [each.no_assistance for each in here]),
    ]


def _ways_to(book: Book, column: Column, outcome: Outcome) -> str:
    every, here = book.counts.paths, book.counts.to.get(outcome.id)
    if every is None or here is None:
        return ''
    return column.t('reached_number', number=f'{here:,}', all=f'{every.number:,}')


def line_rows(book: Book, outcome: Outcome) -> list[tuple[Texts, list[BookRow]]]:
    """Return the lines of an outcome below their headings: what to do, what can and cannot be done, whom to contact."""
    number = {id(line): book.line_numbers(outcome.id)[name] for line, name in lines_of(outcome)}
    here = [book.outcome(column, outcome.id) for column in book.columns]
    parts = [
        ('do_now', [_line(book, number, [each.do_now[at] for each in here]) for at in range(len(outcome.do_now))]),
        ('do_later', [_line(book, number, [each.later[at] for each in here]) for at in range(len(outcome.later))]),
        ('can', [*_items(book, number, here, 'can', 'assistance')]),
        ('cannot', [*_items(book, number, here, 'cannot', 'limitation')]),
        ('contacts', [*_contacts(book, outcome)]),
    ]
    return [(book.each(lambda column, key=key: column.on_page(key)), rows) for key, rows in parts if rows]  # type: ignore[misc]


def _items(book: Book, number: dict[int, str], here: list[Outcome], key: str, kind: str) -> Iterator[BookRow]:
    for identity, lines in getattr(here[0], key).items():
        for at in range(len(lines)):
            yield _line(book, number, [getattr(each, key)[identity][at] for each in here], f'{kind} {identity}')


def _line(book: Book, number: dict[int, str], lines: Sequence[Line], name: str = '') -> BookRow:
    line = lines[0]
    remarks = _days(book, line.days)
    return BookRow('', tuple(each.say for each in lines), _only_if(book, line.when), name, number[id(line)], line.source, remarks)


def _days(book: Book, days: Days) -> Texts:
    def said(column: Column) -> str:
        ends = [column.t('first_day', date=column.day(days.from_))] if days.from_ else []
        return column.joined([*ends, *([column.t('last_day', date=column.day(days.until))] if days.until else [])])

    return book.each(said) if days != Days() else ()


def _contacts(book: Book, outcome: Outcome) -> Iterator[BookRow]:
    for line in outcome.contacts:
        if isinstance(line, NamedContact):
            name = f'contact {line.contact}'
            yield BookRow('', book.titles(name), _only_if(book, line.when), name, remarks=_days(book, line.days))
        else:
            asked = book.content.question[line.question]
            fallback = book.content.lists[asked.list].fallback.get(line.field, '') if asked.list else ''

            def said(column: Column, question: str = asked.id, fallback: str = fallback) -> str:
                other = column.content.contacts[fallback].name if fallback else '—'
                return column.t('of_the_answer', number=book.number[f'question {question}'], name=other)

            yield BookRow('', book.each(said), _only_if(book, line.when), f'question {asked.id}', remarks=_days(book, line.days))


def entry_rows(book: Book, kind: str, identity: str) -> list[BookRow]:
    """Return the rows of an assistance or a limitation."""
    t = book.first.t
    table = 'assistance' if kind == 'assistance' else 'limitations'
    here = [getattr(column.content, table)[identity] for column in book.columns]
    keys = [('title', 'name'), ('say', 'say'), ('who_may_ask', 'who_may_ask'), ('how_to_ask', 'how_to_ask')]
    return [
        BookRow(t(label), tuple(getattr(each, key) for each in here), source=here[0].source if key == 'say' else '')
        for key, label in keys
        if getattr(here[0], key, None)
    ]


def contact_rows(book: Book, identity: str) -> list[BookRow]:
    """Return the rows of a contact: what it is, when it answers, and each way to reach it with where that was seen."""
    t = book.first.t
    here = [column.content.contacts[identity] for column in book.columns]
    first = here[0]
    rows = [
        BookRow(t(label), tuple(getattr(each, key) for each in here))
        for key, label in (('name', 'name'), ('of', 'part_of'), ('note', 'say'), ('hours', 'hours'), ('unknown', 'unknown'))
        if getattr(first, key)
    ]
    rows += [BookRow(t('address'), (first.address,))] if first.address else []
    for at, channel in enumerate(first.channels):
        texts = tuple(_channel(each.channels[at].value or each.channels[at].name or '', each.channels[at].note) for each in here)
        reach = book.content.reach.get(identity, TRUE) if channel.kind == 'phone' else TRUE
        source = channel.source or first.source
        label = book.first.on_page(channel.kind)
        rows.append(BookRow(label, texts if len(set(texts)) > 1 else texts[:1], _only_if(book, reach), source=source))
    return rows


def _channel(value: str, note: str | None) -> str:
    return f'{value} ({note})' if note else value


def naming(outcomes: Iterable[Outcome]) -> dict[str, list[str]]:
    """Return where each contact, assistance and limitation is named: `contact ID`, ... -> outcomes."""
    found: dict[str, list[str]] = {}
    for outcome in outcomes:
        names = [f'contact {line.contact}' for line in outcome.contacts if isinstance(line, NamedContact)]
        names += [f'assistance {name}' for name in outcome.can] + [f'limitation {name}' for name in outcome.cannot]
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(outcome.id)
    return found
