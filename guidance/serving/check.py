"""Check a whole content folder: shape, references, meaning and trust. What passes may be served."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from guidance.content import days
from guidance.content.conditions import WrittenCondition
from guidance.content.days import as_of
from guidance.content.defaults import FORMER_WORDS
from guidance.content.leaving import sensitive_that_leave
from guidance.content.ledger import changed_since
from guidance.content.ledger import edition_of
from guidance.content.ledger import forgotten
from guidance.content.ledger import read_ledger
from guidance.content.load import FORMER_FOLDERS
from guidance.content.load import read
from guidance.content.load import version
from guidance.content.loaded import Files
from guidance.content.loaded import without_alarm
from guidance.content.model import Content
from guidance.content.model import RowContact
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import in_order
from guidance.content.resolve import resolve
from guidance.content.trust import trust
from guidance.journey.code import lengths
from guidance.journey.examples import failed_examples
from guidance.languages.messages import languages
from guidance.languages.messages import messages
from guidance.languages.names import with_names
from guidance.languages.places import in_language
from guidance.languages.program import in_own_language
from guidance.languages.translate import Translation
from guidance.languages.translate import bad_braces
from guidance.languages.translate import differences
from guidance.languages.translate import localised
from guidance.languages.translate import to_translate
from guidance.languages.translate import translations
from guidance.languages.translated_content import translated_alike
from guidance.languages.translated_content import translated_content
from guidance.proof.coming import coming
from guidance.proof.count import Counts
from guidance.proof.count import Paths
from guidance.proof.count import counts
from guidance.proof.dead import dead_parts
from guidance.proof.meaning import Meaning
from guidance.proof.reach import Prover
from guidance.serving.confirmations import Confirmed
from guidance.serving.confirmations import confirmed
from guidance.serving.confirmations import fallen
from guidance.serving.confirmations import read_confirmations
from guidance.serving.confirmations import with_confirmed_sources
from guidance.training.case import revision

_MOST_ROWS = 12  # rows that are named one by one


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Let no garbage be collected for a while: a large content is all new objects, gone through again and again for nothing.

    It makes the time grow with the size; 10,000 questions are read in half the time. What was made meanwhile counts as old
    afterwards, so that it is not gone through at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


@dataclass(frozen=True)
class Report:
    """What a check found. `contents` has the content in each language, unless something stops it from being served.

    `warnings` fail a strict check; `overdue` reviews and confirmations never do, nor what the `coming` days bring. `resolved` is
    the content even if it cannot be served, unless its files make none; `written` are its conditions, `prover` has proved them.
    `found` are the warnings that come without a further proof, `untranslated` those of them that tell of a text without a
    translation that can be shown.
    """

    contents: Mapping[str, Content]
    errors: tuple[Problem, ...]
    found: tuple[Problem, ...] = ()
    overdue: tuple[Problem, ...] = ()
    resolved: Content | None = None
    coming: tuple[Problem, ...] = ()
    written: tuple[WrittenCondition, ...] = ()
    prover: Prover | None = None
    confirmed: Confirmed = Confirmed({}, {})
    untranslated: tuple[Problem, ...] = ()

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be mended, though it can be served. Serving does not need them."""
        if self.resolved is None or self.prover is None:
            return in_order(self.found)
        with nothing_collected():
            return in_order([*self.found, *dead_parts(self.resolved.whole or self.resolved, self.written, self.prover)])

    @property
    def content(self) -> Content | None:
        """The content in the language it is written in, if it may be served."""
        return next(iter(self.contents.values()), None)

    def passed(self) -> Content:
        """Return that content. Raises ContentError with what stops it from being served."""
        if self.content is None:
            raise ContentError(self.errors)
        return self.content

    @cached_property
    def counts(self) -> Counts | None:
        """The answer paths, all and to each outcome, also of a content with mistakes. Serving does not need them."""
        return counts(self.resolved) if self.resolved else None

    @property
    def proved(self) -> dict[str, str] | None:
        """What holds, name -> value."""
        return _proved(self.content, self.counts.paths, self.confirmed) if self.content and self.counts else None


@nothing_collected()
def check(folder: Path, today: datetime.date | None = None) -> Report:
    """Read and prove the content of `folder`; as of `today`. Never raises for bad content."""
    try:
        files = in_own_language(read(folder))
        written: list[WrittenCondition] = []
        content = resolve(in_language(files, languages(files)[0]), version(folder), written)
    except ContentError as error:
        return Report({}, error.problems)
    ledger, bad_ledger = read_ledger(folder)
    confirmations, bad_confirmations = read_confirmations(folder)
    content = replace(content, ledger=ledger)
    day = today or days.today(files.service.value)
    texts = messages(files)
    usable, unusable = translations(files, texts, folder)
    meaning = Meaning(content, day)
    meaning.check()
    wrong = [problem for problem in meaning.problems if problem.severity == 'error']
    doubtful = [problem for problem in meaning.problems if problem.severity == 'warning']
    failed = failed_examples(files, as_of(content, day))
    braces = bad_braces(texts, helped=files.service.value.help is not None)
    errors = in_order([*content.unused, *wrong, *failed, *trust(files), *braces, *unusable, *bad_ledger, *bad_confirmations])
    if errors:
        return Report({}, errors, resolved=as_of(content, day))
    every_day = _in_languages(files, usable, content)
    if alike := [problem for each in usable for problem in translated_alike(every_day[each.lang], each)]:
        return Report({}, in_order(alike), resolved=as_of(content, day))
    warnings = [problem for each in usable for problem in differences(to_translate(texts, each.lang), each)]
    every_day = with_names(every_day)
    was = confirmed(confirmations, every_day)
    every_day = with_confirmed_sources(every_day, was)
    contents = {lang: as_of(each, day) for lang, each in every_day.items()}
    served = contents[languages(files)[0]]
    in_ledger = [*filter(None, [changed_since(content)]), *forgotten(content)]
    found = in_order([*_former(files), *_cases(files, served), *doubtful, *warnings, *in_ledger])
    overdue = in_order([*_overdue(files, day), *fallen(was, every_day)])
    coming_up = in_order(coming(files, content, day))
    return Report(
        contents, (), found, overdue, served, coming_up, tuple(written), meaning.prover, was, untranslated=tuple(warnings)
    )


def checked(folder: Path, today: datetime.date | None = None) -> Content:
    """Return content that passed every check, as of `today`. Raises ContentError with what stops it from being served."""
    return check(folder, today).passed()


def _in_languages(files: Files, usable: Iterable[Translation], content: Content) -> dict[str, Content]:
    """Return the content in each of its languages."""
    contents = {languages(files)[0]: content}
    for translation in usable:
        tables = in_language(localised(files, translation), translation.lang)
        contents[translation.lang] = replace(
            translated_content(content, tables, translation), translated=translation.share(files)
        )
    return contents


def _former(files: Files) -> Iterator[Problem]:
    """Yield what is of an earlier version: it is read on, and `upgrade` mends it."""
    words = files.ui_texts
    for key in FORMER_WORDS[words.file.name]:
        if key in words.written:
            place = words.file.place((key,), key=True)
            yield Problem(place, f'`{key}` stands on no page any more', 'no such key: `upgrade` takes it out', 'warning')
    if name := without_alarm(files):
        place = files.service.file.place(('urgencies', name), key=True)
        message = f'`{name}` has the colour of alarm by its name no more'
        yield Problem(place, message, '`alarm: true` in it, as `upgrade` writes it, or `alarm: false`', 'warning')
    names = [loaded.file.name for loaded in files.every()]
    for old, present in FORMER_FOLDERS.items():
        if any(name.startswith(f'{old}/') for name in names):
            yield Problem(Place(old), f'this folder is called `{present}` now', f'git mv {old} {present}', 'warning')
    if sensitive := sensitive_that_leave(files):
        message = '`sensitive` is about titles and what is pasted; the way to leave quickly has a mark of its own'
        expected = '`leave: true` beside it, where somebody beside the reader is the danger: `upgrade` writes it'
        yield Problem(sensitive[0].place(key=True), message, expected, 'warning')


def _cases(files: Files, content: Content) -> Iterator[Problem]:
    if not files.cases and files.training.value.topics:
        yield Problem(Place('data/cases'), 'there is no case for training', 'NAME.yaml in this folder', 'warning')
    for name, loaded in files.cases.items():
        for path, message in revision(content, name):
            place = loaded.file.place(path, key='wrong' in path or len(path) < 3)
            yield Problem(place, f'this case is under revision: {message}', 'content and case that agree', 'warning')


def _overdue(files: Files, today: datetime.date) -> Iterator[Problem]:
    for identity, source in files.sources.value.items():
        if source.review_by < today:
            place = files.sources.file.place((identity, 'review-by'))
            yield Problem(place, f'`{identity}` was to be looked up again by {source.review_by}', 'a new look-up', 'warning')
    security = files.service.value.security
    if security and security.expires < today:
        message = f'the contact for weaknesses held until {security.expires}, and nobody uses it after that'
        yield Problem(
            files.service.file.place(('security', 'expires')), message, 'a later date, if the contact is still right', 'warning'
        )


def _proved(content: Content, paths: Paths | None, was: Confirmed) -> dict[str, str]:
    number = in_digits(paths.number if paths else None)
    length = f'{paths.shortest} to {paths.longest} questions each' if paths else 'too many situations'
    offered = {
        name for outcome in content.outcomes for name, lines in outcome.can.items() if not all(x.whom_to_ask for x in lines)
    }
    limits = {name for outcome in content.outcomes for name in outcome.cannot}
    return {
        'flows': str(content.flows),
        'questions': str(len(content.questions)),
        'outcomes': str(len(content.outcomes)),
        'possible answer paths': f'{number} ({length})',
        'assistance reached': f'{len(offered)} of {len(content.assistance)}',
        'limitations reached': f'{len(limits)} of {len(content.limitations)}',
        'cases': str(len(content.cases)),
        'sources': str(len(content.sources)),
        'confirmed by the owner': (
            f'{was.of("outcome")} of {len(content.outcomes)} outcomes, {was.of("source")} of {len(content.sources)} sources'
        ),
        'next review due': str(min((source.review_by for source in content.sources.values()), default='none')),
        'codes': _codes(content),
        **_fallbacks(content),
    }


def _codes(content: Content) -> str:
    """Return how long the codes to read out are. The number of journeys is that of all answer paths, on whatever day."""
    signs = lengths(content)
    if not signs:
        return 'none: too many situations'
    number = edition_of(content)
    recorded = 'recorded' if number <= len(content.ledger) else 'not recorded'
    said = [f'{most} signs with {name}' for name, most in zip(('one situation', 'two'), signs[1:], strict=False)]
    return ', '.join([*said, f'{signs[-1]} at most', f'number {number} of the ledger ({recorded})'])


def in_digits(number: int | None) -> str:
    """Return a number of paths with all its digits, in groups of three."""
    return 'not counted' if number is None else f'{Decimal(number):,}'  # an int has no text past 4,300 digits


def _fallbacks(content: Content) -> dict[str, str]:
    """Name the rows without a contact that somebody can choose where it is shown, for which the list's fallback stands in."""
    lines = [line for outcome in content.outcomes for line in outcome.contacts if isinstance(line, RowContact)]
    fallbacks: dict[str, str] = {}
    for name, rows in content.lists.items():
        for field, contact in rows.fallback.items():
            asked = [q for q in map(content.question.get, (line.question for line in lines if line.field == field)) if q]
            offered = {option for question in asked if question.list == name for option in question.option}
            empty = [identity for identity, row in rows.rows.items() if identity in offered and not row.fields.get(field)]
            if empty:
                rest = f' and {len(empty) - _MOST_ROWS:,} more' if len(empty) > _MOST_ROWS else ''
                fallbacks[f'{name} without {field}'] = f'{", ".join(empty[:_MOST_ROWS])}{rest} (`{contact}` stands in)'
    return fallbacks
