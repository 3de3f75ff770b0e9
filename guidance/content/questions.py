"""Questions as authors write them, into those that are walked: their options, and the names that they had before."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

from guidance.content.condition import all_of
from guidance.content.conditions import Conditions
from guidance.content.flow_format import OptionsFromSpec
from guidance.content.flow_format import QuestionSpec
from guidance.content.format import CONDITION_WORDS
from guidance.content.leaving import check_leave
from guidance.content.leaving import sensitive_that_leave
from guidance.content.model import Option
from guidance.content.model import Question
from guidance.content.named import Naming
from guidance.content.references import References
from guidance.content.references import Spot
from guidance.content.references import reserved


def read_questions(conditions: Conditions, written: Mapping[str, tuple[Spot, QuestionSpec]]) -> tuple[Question, ...]:
    """Return the questions, each read with those before it."""
    naming = Naming(conditions)
    as_before = bool(sensitive_that_leave(conditions.references.files))
    for identity, (spot, spec) in written.items():
        question = _question(conditions, spot, identity, spec, sensitive_leaves=as_before)
        conditions.questions[identity] = naming.question(question)
    _check_renamed(conditions, written)
    return tuple(conditions.questions.values())


def _question(conditions: Conditions, spot: Spot, identity: str, spec: QuestionSpec, *, sensitive_leaves: bool) -> Question:
    references = conditions.references
    before = len(references.problems)
    options = _options(conditions, spot, spec)
    if len(references.problems) > before:
        conditions.broken.add(identity)
    check_leave(references, spot, spec.leave)
    rows = spec.options_from.list if spec.options_from else None
    return Question(
        id=identity,
        ask=conditions.written_wording(spot / 'ask', spec.ask),
        hint=conditions.optional_wording(spot / 'hint', spec.hint),
        why=conditions.optional_wording(spot / 'why', spec.why),
        many=spec.choose == 'many',
        when=all_of([conditions.within(spot), conditions.when(spot / 'when', spec.when)]),
        options=options,
        list=rows if rows in references.lists else None,
        was=spec.was,
        sensitive=spec.sensitive,
        leave=spec.leave or (sensitive_leaves and spec.sensitive),
        place=spot.place(key=True),
        gone=spec.gone,
        ages=spec.ages,
    )


def _options(conditions: Conditions, spot: Spot, spec: QuestionSpec) -> tuple[Option, ...]:
    references = conditions.references
    options = _rows_as_options(references, spot / 'options-from', spec.options_from) if spec.options_from else []
    for identity, option in spec.options.items():
        here = spot / 'options' / identity
        if any(identity == other.id for other in options):
            references.wrong(here.place(key=True), f'`{identity}` is a row of the list, too', 'another id')
        if why := CONDITION_WORDS.get(identity):
            references.wrong(here.place(key=True), f'`{identity}` is a reserved word: {why}', 'another id for this option')
        if option.alone and spec.choose == 'one':
            message = '`alone` has a meaning only in `choose: many`'
            references.wrong((here / 'alone').place(key=True), message, 'no `alone`, or `choose: many`')
        options.append(
            Option(
                identity,
                option.label,
                option.hint,
                option.alone,
                option.was,
                references.days(here, option),
                conditions.when(here / 'when', option.when),
                here.place(key=True) if option.when else None,
            )
        )
    if not options:
        references.wrong(spot.place(key=True), 'this question has no options', '`options` or `options-from`')
    _check_labels(references, spot, options)
    _check_options_renamed(references, spot, options)
    _check_options_gone(references, spot, spec, options)
    return tuple(options)


def _rows_as_options(references: References, spot: Spot, written: OptionsFromSpec) -> list[Option]:
    if not references.known(spot / 'list', 'list', written.list, references.lists):
        return []
    list_file = references.lists[written.list]
    rows = list_file.rows
    for index, row in enumerate(written.except_):
        references.known(spot / 'except' / index, 'row', row, rows)
    first = [row for row in list_file.first if row in rows]
    groups = {row: group.label for group in list_file.groups.values() if group.label for row in group.rows if row in rows}
    return [
        Option(
            identity,
            rows[identity].label,
            was=rows[identity].was,
            group=None if identity in first else groups.get(identity),
            kind='Row',
            also=rows[identity].also,
        )
        for identity in dict.fromkeys((*first, *groups, *rows))
        if identity not in written.except_
    ]


def read_alike(options: Iterable[Option]) -> Iterator[tuple[Option, str]]:
    """Yield each option that nobody can tell from one before it, and the id of that."""
    labels: dict[str, str] = {}
    for option in options:
        other = labels.setdefault(option.label, option.id)
        if other != option.id:
            yield option, other


def _check_labels(references: References, spot: Spot, options: Iterable[Option]) -> None:
    for option, other in read_alike(options):
        message = f'`{option.id}` reads as the option `{other}`: {option.label}'
        references.wrong((spot / 'options' / option.id).place(), message, 'another label, or one option')


def _check_options_renamed(references: References, spot: Spot, options: Iterable[Option]) -> None:
    taken = {option.id for option in options}
    for option in options:
        for old in option.was:
            if old in taken:
                place = (spot / 'options' / option.id / 'was').place()
                references.wrong(place, f'`{old}` is a name of two options', 'each name once')
            taken.add(old)


def _check_options_gone(references: References, spot: Spot, spec: QuestionSpec, options: Iterable[Option]) -> None:
    present = {name: option.id for option in options for name in (option.id, *option.was)}
    for old in spec.gone:
        if old in present:
            message = f'`{old}` is a name of the option `{present[old]}`'
            references.wrong((spot / 'gone' / old).place(key=True), message, 'an option that is not offered any more')


def _check_renamed(conditions: Conditions, written: Mapping[str, tuple[Spot, QuestionSpec]]) -> None:
    """Report earlier names of questions that something else has."""
    taken = {identity: identity for identity in written}
    for identity, (spot, spec) in written.items():
        for index, old in enumerate(spec.was):
            place = (spot / 'was' / index).place()
            if old in taken:
                message = f'`{old}` is a name of the question `{taken[old]}`, too'
                conditions.references.wrong(place, message, 'a name that only this had')
            elif why := reserved(old):
                message = f'`{old}` is a reserved word: {why}'
                conditions.references.wrong(place, message, 'a name that a link can have carried')
            taken[old] = identity


def questions_gone(references: References, questions: Iterable[Question]) -> dict[str, str]:
    """Return the questions that are not asked any more and how they read; their names are those of nothing else."""
    present = {name: question.id for question in questions for name in (question.id, *question.was)}
    gone: dict[str, str] = {}
    stands: dict[str, str] = {}
    for loaded in references.files.flows.values():
        for old, ask in loaded.value.gone.items():
            place = (Spot(loaded.file) / 'gone' / old).place(key=True)
            if old in present:
                message = f'`{old}` is a name of the question `{present[old]}`'
                references.wrong(place, message, 'a question that is not asked any more')
            elif why := reserved(old):
                references.wrong(place, f'`{old}` is a reserved word: {why}', 'a name that a link can have carried')
            elif old in gone:
                references.wrong(place, f'`{old}` stands in {stands[old]} too', 'each id once')
            gone[old], stands[old] = ask, loaded.file.name
    return gone
