"""Check a whole content folder: shape, references, meaning and trust. What passes may be served."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from guidance.content.load import Parts
from guidance.content.load import read
from guidance.content.load import version
from guidance.content.model import Content
from guidance.content.problem import ContentError
from guidance.content.problem import Place
from guidance.content.problem import Problem
from guidance.content.problem import in_order
from guidance.content.resolve import resolve
from guidance.content.trust import trust
from guidance.languages.catalogue import Catalogue
from guidance.languages.translate import Texts
from guidance.languages.translate import bad_braces
from guidance.languages.translate import catalogues
from guidance.languages.translate import differences
from guidance.languages.translate import distinct
from guidance.languages.translate import languages
from guidance.languages.translate import localised
from guidance.proof.count import Counts
from guidance.proof.count import Paths
from guidance.proof.count import counts
from guidance.proof.meaning import Meaning
from guidance.training.scenario import revision


@dataclass(frozen=True)
class Report:
    """What a check found. `contents` has the content in each language, unless something stops it from being served.

    `warnings` fail a strict check; `overdue` reviews never do. `resolved` is the content even if it cannot be served, unless
    its files make none.
    """

    contents: Mapping[str, Content]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    overdue: tuple[Problem, ...] = ()
    resolved: Content | None = None

    @property
    def content(self) -> Content | None:
        """The content in the language it is written in, if it may be served."""
        return next(iter(self.contents.values()), None)

    @cached_property
    def counts(self) -> Counts | None:
        """The answer paths, all and to each outcome, also of a content with mistakes. Serving does not need them."""
        return counts(self.resolved) if self.resolved else None

    @property
    def proved(self) -> dict[str, str] | None:
        """What holds, name -> value."""
        return _proved(self.content, self.counts.paths) if self.content and self.counts else None


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let no garbage be collected for a while: a large content is all new objects, gone through again and again for nothing.

    It makes the time grow with the size; 10,000 questions are read in half the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_collected()
def check(folder: Path, today: datetime.date | None = None) -> Report:
    """Read and prove the content of `folder`; `today` is the date for overdue reviews. Never raises for bad content."""
    try:
        parts = read(folder)
        content = resolve(parts.tables, parts.folders, version(folder))
    except ContentError as error:
        return Report({}, error.problems)
    texts = distinct(parts)
    found, unreadable = catalogues(parts, texts, folder)
    errors = in_order([*Meaning(content).check(), *trust(parts.tables, parts.folders), *bad_braces(texts), *unreadable])
    if errors:
        return Report({}, errors, resolved=content)
    contents, warnings = _translated(parts, texts, found, content)
    overdue = in_order(_overdue(parts, today or datetime.date.today()))
    return Report(contents, (), in_order([*_scenarios(parts, content), *warnings]), overdue, content)


def checked(folder: Path) -> Content:
    """Return content that passed every check. Raises ContentError with what stops it from being served."""
    report = check(folder)
    if report.content is None:
        raise ContentError(report.errors)
    return report.content


def _translated(
    parts: Parts, texts: Texts, found: Mapping[str, Catalogue], content: Content
) -> tuple[dict[str, Content], list[Problem]]:
    """Return the content in each of its languages, and what is missing in the translations."""
    contents: dict[str, Content] = {languages(parts)[0]: content}
    warnings: list[Problem] = []
    for lang, catalogue in found.items():
        warnings += differences(texts, catalogue, lang)
        said, share = localised(parts, catalogue, lang)
        contents[lang] = replace(resolve(said.tables, said.folders, content.version), translated=share)
    return contents, warnings


def _scenarios(parts: Parts, content: Content) -> Iterator[Problem]:
    if not parts.folders['scenarios']:
        yield Problem(Place('data/scenarios'), 'there is no case for training', 'NAME.yaml in this folder', 'warning')
    for name, (file, _) in parts.folders['scenarios'].items():
        for path, message in revision(content, name):
            place = file.place(path, key='wrong' in path or len(path) < 3)
            yield Problem(place, f'this case is under revision: {message}', 'content and case that agree', 'warning')


def _overdue(parts: Parts, today: datetime.date) -> Iterator[Problem]:
    file, sources = parts.tables['sources']
    for identity, source in sources.items():
        if source.review_by < today:
            place: Place = file.place((identity, 'review-by'))
            yield Problem(place, f'`{identity}` was to be looked up again by {source.review_by}', 'a new look-up', 'warning')
    file, service = parts.tables['service']
    if service.security and service.security.expires < today:
        message = f'the contact for weaknesses held until {service.security.expires}, and nobody uses it after that'
        yield Problem(file.place(('security', 'expires')), message, 'a later date, if the contact is still right', 'warning')


def _proved(content: Content, paths: Paths | None) -> dict[str, str]:
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
        'scenarios': str(len(content.scenarios)),
        'sources': str(len(content.sources)),
        'next review due': str(min((source.review_by for source in content.sources.values()), default='none')),
        **_fallbacks(content),
    }


def in_digits(number: int | None) -> str:
    """Return a number of paths with all its digits, in groups of three."""
    return 'not counted' if number is None else f'{Decimal(number):,}'  # an int has no text past 4,300 digits


def _fallbacks(content: Content) -> dict[str, str]:
    """Name the rows without a contact, for which the list's fallback stands in."""
    told: dict[str, str] = {}
    for name, rows in content.lists.items():
        for field, contact in rows.fallback.items():
            empty = [identity for identity, row in rows.rows.items() if not row.fields.get(field)]
            if empty:
                told[f'{name} without {field}'] = f'{", ".join(empty)} (`{contact}` stands in)'
    return told
