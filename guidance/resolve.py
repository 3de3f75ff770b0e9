"""From the shapes of all files to one Content: includes expanded, references followed, conditions read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from . import format
from . import model
from .condition import FALSE
from .condition import TRUE
from .condition import Condition
from .condition import Is
from .condition import all_of
from .condition import any_of
from .condition import negate
from .problem import MOST
from .problem import ContentError
from .problem import Place
from .problem import Problem
from .problem import closest
from .problem import listed
from .problem import nearest
from .unused import unused
from .yamlfile import YamlFile

MAX_QUESTIONS = 20_000  # of which a check takes about half a minute

Tables = Mapping[str, tuple[YamlFile, Any]]
Folders = Mapping[str, Mapping[str, tuple[YamlFile, Any]]]
_Path = tuple[str | int, ...]


def resolve(tables: Tables, folders: Folders, version: str) -> model.Content:
    """Return the content that these files make. Raises ContentError with every reference that leads nowhere."""
    resolver = _Resolver(tables, folders)
    content = resolver.content(version)
    if resolver.problems:
        raise ContentError(resolver.problems)
    return content


class _Resolver:
    def __init__(self, tables: Tables, folders: Folders) -> None:
        self.files = {kind: file for kind, (file, _) in tables.items()}
        self.table = {kind: value for kind, (_, value) in tables.items()}
        self.folders = folders
        self.lists: dict[str, format.ListFile] = {name: value for name, (_, value) in folders['lists'].items()}
        self.problems: list[Problem] = []
        self.questions: dict[str, model.Question] = {}  # those that stand earlier than what is being read
        self.all_questions: dict[str, str] = {}  # question id -> file name
        self.broken: set[str] = set()  # questions with a mistake in their options; what follows from it is left out
        self.used: dict[str, set[str]] = {}  # kind -> ids that something refers to

    def content(self, version: str) -> model.Content:
        service: format.Service = self.table['service']
        questions, outcomes = self._flows()
        for file, identity, question in questions:
            self.questions[identity] = self._question(file, identity, question)
        self._renamed()
        gone = self._gone()
        resolved = self._otherwise([self._outcome(*entry) for entry in outcomes])
        self._lists()
        self._tables(service)
        on_request = {
            identity: self._when(self.files['assistance'], (identity, 'on-request-of'), entry.on_request_of)
            for identity, entry in self.table['assistance'].items()
        }
        emergency = tuple(
            model.EmergencyGroup(
                group.title,
                group.contacts,
                self._when(self.files['service'], ('emergency', index, 'when'), group.when) if group.when else None,
                self.files['service'].place(('emergency', index)),
            )
            for index, group in enumerate(service.emergency)
        )
        if not self.problems:
            self.problems += unused(self.files, self.table, self.folders, self.questions, self.used)
        return model.Content(
            service=service,
            interface=self.table['interface'],
            training=self.table['training'],
            emergency=emergency,
            questions=tuple(self.questions.values()),
            outcomes=tuple(resolved),
            assistance=self.table['assistance'],
            on_request_of=MappingProxyType(on_request),
            limitations=self.table['limitations'],
            contacts=self.table['contacts'],
            sources=self.table['sources'],
            lists=MappingProxyType(self.lists),
            scenarios=MappingProxyType({name: value for name, (_, value) in self.folders['scenarios'].items()}),
            flows=len(self.folders['flows']),
            version=version,
            places=MappingProxyType(self._places()),
            gone=MappingProxyType(gone),
        )

    def _wrong(self, place: Place, message: str, expected: str = '') -> None:
        self.problems.append(Problem(place, message, expected))

    def _nearest(self, name: str, known: Iterable[str]) -> str:
        """Return the near name for a message, but not for more problems than are told: it takes the most time."""
        return nearest(name, known) if len(self.problems) < MOST else ''

    # Flows and includes

    def _flows(self) -> tuple[list[tuple[YamlFile, str, format.Question]], list[tuple[YamlFile, str, format.Outcome]]]:
        questions: list[tuple[YamlFile, str, format.Question]] = []
        outcomes: list[tuple[YamlFile, str, format.Outcome]] = []
        included: set[str] = set()
        seen_outcomes: dict[str, str] = {}

        def expand(name: str, within: tuple[str, ...]) -> None:
            file, flow = self.folders['flows'][name]
            included.add(name)
            for identity, entry in flow.questions.items():
                path = ('questions', identity)
                if isinstance(entry, format.Include):
                    include(file, (*path, 'include'), entry.include, (*within, name))
                elif self._is_new(file, path, 'question', self.all_questions):
                    questions.append((file, identity, entry))
            for identity, outcome in flow.outcomes.items():
                if self._is_new(file, ('outcomes', identity), 'outcome', seen_outcomes):
                    outcomes.append((file, identity, outcome))

        def include(file: YamlFile, path: _Path, target: str, within: tuple[str, ...]) -> None:
            stem = target.removesuffix('.yaml')
            if stem not in self.folders['flows']:
                names = [f'{name}.yaml' for name in self.folders['flows']]
                self._wrong(file.place(path), f'there is no flow `{target}`{self._nearest(target, names)}', listed(names))
                included.add((closest(target, names) or '').removesuffix('.yaml'))
            elif stem in within:
                circle = ' > '.join([*within[within.index(stem) :], stem])
                self._wrong(file.place(path), f'a circle of includes: {circle}', 'an include of another flow')
            elif stem in included:
                self._wrong(file.place(path), f'`{target}` is included twice', 'each flow once')
            else:
                expand(stem, within)

        expand('main', ())
        for name, (file, _) in self.folders['flows'].items():
            if name not in included:
                self._wrong(file.place(()), 'no flow includes this file', f'`include: {name}.yaml` in flows/main.yaml')
        main = self.folders['flows']['main'][0]
        if not questions:
            self._wrong(main.place(('questions',)), 'there is no question', 'at least one question')
        if not outcomes:
            self._wrong(main.place(('outcomes',)), 'there is no outcome', 'at least one outcome')
        if not questions or not outcomes:
            raise ContentError(self.problems)
        if len(questions) > MAX_QUESTIONS:
            file, identity, _ = questions[MAX_QUESTIONS]
            message = f'this is question {MAX_QUESTIONS + 1:,} of {len(questions):,}: the check cannot prove so many'
            self._wrong(file.place(('questions', identity), key=True), message, f'at most {MAX_QUESTIONS:,} questions')
            raise ContentError(self.problems)
        return questions, outcomes

    def _is_new(self, file: YamlFile, path: tuple[str, str], kind: str, seen: dict[str, str]) -> bool:
        identity = path[1]
        if identity in seen:
            self._wrong(file.place(path, key=True), f'the {kind} `{identity}` stands in {seen[identity]} too', 'each id once')
            return False
        seen[identity] = file.name
        if kind == 'question' and _reserved(identity):
            self._wrong(file.place(path, key=True), f'`{identity}` is a reserved word', 'another id for this question')
        return True

    # Questions

    def _question(self, file: YamlFile, identity: str, shape: format.Question) -> model.Question:
        path = ('questions', identity)
        before = len(self.problems)
        options = self._options(file, path, shape)
        if len(self.problems) > before:
            self.broken.add(identity)
        return model.Question(
            id=identity,
            ask=self._wording(file, (*path, 'ask'), shape.ask),
            hint=self._wording(file, (*path, 'hint'), shape.hint) if shape.hint else None,
            why=self._wording(file, (*path, 'why'), shape.why) if shape.why else None,
            many=shape.choose == 'many',
            when=self._when(file, (*path, 'when'), shape.when),
            options=options,
            list=shape.options_from.list if shape.options_from and shape.options_from.list in self.lists else None,
            was=shape.was,
            sensitive=shape.sensitive,
            place=file.place(path, key=True),
            gone=shape.gone,
        )

    def _options(self, file: YamlFile, path: _Path, shape: format.Question) -> tuple[model.Option, ...]:
        options = self._rows_as_options(file, path, shape.options_from) if shape.options_from else []
        for identity, option in shape.options.items():
            place = file.place((*path, 'options', identity), key=True)
            if any(identity == other.id for other in options):
                self._wrong(place, f'`{identity}` is a row of the list, too', 'another id')
            if identity in ('not', 'answered', 'group'):
                self._wrong(place, f'`{identity}` is a reserved word', 'another id for this option')
            if option.alone and shape.choose == 'one':
                where = file.place((*path, 'options', identity, 'alone'), key=True)
                self._wrong(where, '`alone` has a meaning only in `choose: many`', 'no `alone`, or `choose: many`')
            options.append(model.Option(identity, option.label, option.hint, option.alone, option.was))
        if not options:
            self._wrong(file.place(path, key=True), 'this question has no options', '`options` or `options-from`')
        self._unique_was(file, path, 'option', [(option.id, option.was) for option in options])
        self._options_gone(file, path, shape, options)
        return tuple(options)

    def _options_gone(self, file: YamlFile, path: _Path, shape: format.Question, options: Iterable[model.Option]) -> None:
        present = {name: option.id for option in options for name in (option.id, *option.was)}
        for old in shape.gone:
            if old in present:
                place = file.place((*path, 'gone', old), key=True)
                self._wrong(place, f'`{old}` is a name of the option `{present[old]}`', 'an option that is not offered any more')

    def _rows_as_options(self, file: YamlFile, path: _Path, given: format.OptionsFrom) -> list[model.Option]:
        path = (*path, 'options-from')
        if not self._known(file, (*path, 'list'), 'list', given.list, self.lists):
            return []
        rows = self.lists[given.list].rows
        for index, row in enumerate(given.except_):
            self._known(file, (*path, 'except', index), 'row', row, rows)
        return [model.Option(identity, row.label, was=row.was) for identity, row in rows.items() if identity not in given.except_]

    def _renamed(self) -> None:
        taken = {identity: identity for identity in self.questions}
        files = {file.name: file for file, _ in self.folders['flows'].values()}
        for question in self.questions.values():
            file = files[question.place.file]
            for index, old in enumerate(question.was):
                place = file.place(('questions', question.id, 'was', index))
                if old in taken:
                    self._wrong(place, f'`{old}` is a name of the question `{taken[old]}`, too', 'a name that only this had')
                elif _reserved(old):
                    self._wrong(place, f'`{old}` is a reserved word', 'a name that a link can have carried')
                taken[old] = question.id

    def _gone(self) -> dict[str, str]:
        """Return the questions that are not asked any more; their names are those of nothing else."""
        present = {name: question.id for question in self.questions.values() for name in (question.id, *question.was)}
        gone: dict[str, str] = {}
        stands: dict[str, str] = {}
        for file, flow in self.folders['flows'].values():
            for old, ask in flow.gone.items():
                place = file.place(('gone', old), key=True)
                if old in present:
                    message = f'`{old}` is a name of the question `{present[old]}`'
                    self._wrong(place, message, 'a question that is not asked any more')
                elif _reserved(old):
                    self._wrong(place, f'`{old}` is a reserved word', 'a name that a link can have carried')
                elif old in gone:
                    self._wrong(place, f'`{old}` stands in {stands[old]} too', 'each id once')
                gone[old], stands[old] = ask, file.name
        return gone

    def _unique_was(self, file: YamlFile, path: _Path, kind: str, entries: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        taken = {identity for identity, _ in entries}
        for identity, was in entries:
            for old in was:
                if old in taken:
                    place = file.place((*path, 'options', identity, 'was'))
                    self._wrong(place, f'`{old}` is a name of two options', 'each name once')
                taken.add(old)

    # Conditions

    def _when(self, file: YamlFile, path: _Path, raw: Any) -> Condition:
        if raw is None:
            return TRUE
        if isinstance(raw, list):
            return any_of([self._when(file, (*path, index), each) for index, each in enumerate(raw)])
        return all_of([self._test(file, (*path, key), key, test) for key, test in raw.items()])

    def _test(self, file: YamlFile, path: _Path, name: str, test: Any) -> Condition:
        if name == 'not':
            return negate(self._when(file, path, test))
        question = self.questions.get(name)
        if question is None:
            self._no_question(file, path, name)
            return FALSE
        self._use('questions', name)
        if test == 'answered':
            return Is(name, frozenset(question.option))
        if isinstance(test, dict):
            chosen = self._chosen(file, (*path, 'not'), question, test['not'])
            return all_of([Is(name, frozenset(question.option)), negate(Is(name, chosen))])
        return Is(name, self._chosen(file, path, question, test))

    def _no_question(self, file: YamlFile, path: _Path, name: str, key: bool = True) -> None:
        place = file.place(path, key=key)
        if name in self.all_questions:
            message = f'the question `{name}` is not asked yet at this point (it stands in {self.all_questions[name]})'
            self._wrong(place, message, 'a question that stands earlier')
        else:
            message = f'there is no question `{name}`{self._nearest(name, self.all_questions)}'
            self._wrong(place, message, 'the id of a question that stands earlier')

    def _chosen(self, file: YamlFile, path: _Path, question: model.Question, test: Any) -> frozenset[str]:
        chosen: set[str] = set()
        if question.id in self.broken:
            return frozenset()
        for index, name in enumerate(test if isinstance(test, list) else [test]):
            place = (*path, index) if isinstance(test, list) else path
            if name.startswith(format.GROUP):
                chosen |= self._group(file, place, question, name.removeprefix(format.GROUP))
            elif self._known(file, place, 'option', name, question.option, of=f' of `{question.id}`'):
                chosen.add(name)
        return frozenset(chosen)

    def _group(self, file: YamlFile, path: _Path, question: model.Question, name: str) -> set[str]:
        if question.list is None:
            self._wrong(file.place(path), f'the options of `{question.id}` come from no list, so it has no groups', 'an option')
            return set()
        groups = self.lists[question.list].groups
        if not self._known(file, path, 'group', name, groups, of=f' of the list `{question.list}`'):
            return set()
        self._use('groups', f'{question.list}.{name}')
        rows = set(groups[name]) & set(question.option)
        if not rows:
            message = f'no row of the group `{name}` is an option of `{question.id}`'
            self._wrong(file.place(path), message, 'a group with a row that is one')
        return rows

    # Outcomes

    def _outcome(self, file: YamlFile, identity: str, shape: format.Outcome) -> model.Outcome:
        path = ('outcomes', identity)
        self._known(file, (*path, 'urgency'), 'urgency', shape.urgency, self.table['service'].urgencies)
        return model.Outcome(
            id=identity,
            applies=self._when(file, (*path, 'when'), shape.when),
            otherwise=shape.otherwise,
            accepts=MappingProxyType(
                {name: self._when(file, (*path, 'accepts', name), when) for name, when in shape.accepts.items()}
            ),
            urgency=shape.urgency,
            title=self._wording(file, (*path, 'title'), shape.title),
            summary=self._wording(file, (*path, 'summary'), shape.summary) if shape.summary else None,
            do_now=tuple(self._step(file, (*path, 'do-now', n), f'{identity}.{n}', s) for n, s in enumerate(shape.do_now)),
            can=self._lines(file, path, 'can', 'assistance', shape.can),
            cannot=self._lines(file, path, 'cannot', 'limitations', shape.cannot),
            no_assistance=self._wording(file, (*path, 'no-assistance'), shape.no_assistance) if shape.no_assistance else None,
            contacts=tuple(self._contact(file, (*path, 'contacts', n), line) for n, line in enumerate(shape.contacts)),
            place=file.place(path, key=True),
        )

    def _otherwise(self, outcomes: list[model.Outcome]) -> list[model.Outcome]:
        nothing_else = negate(any_of(outcome.applies for outcome in outcomes if not outcome.otherwise))
        for outcome in [outcome for outcome in outcomes if outcome.otherwise][1:]:
            self._wrong(outcome.place, f'`{outcome.id}` is a second outcome with `otherwise`', 'one for the whole content')
        return [dataclasses.replace(outcome, applies=nothing_else) if outcome.otherwise else outcome for outcome in outcomes]

    def _wording(self, file: YamlFile, path: _Path, variants: tuple[format.Variant, ...]) -> model.Wording:
        for index, variant in enumerate(variants):
            last = index == len(variants) - 1
            if (variant.when is None) != last:
                message = 'the last variant has no `when`' if last else 'only the last variant has no `when`'
                self._wrong(file.place((*path, index)), message, 'variants with `when`, then one without that holds always')
        return model.Wording(
            tuple(
                model.Variant(v.say, self._when(file, (*path, n, 'when'), v.when), file.place((*path, n)))
                for n, v in enumerate(variants)
            )
        )

    def _step(self, file: YamlFile, path: _Path, name: str, shape: format.StepLine) -> model.Line:
        when, place = self._when(file, (*path, 'when'), shape.when), file.place(path)
        if shape.step is None:
            self._refer(file, (*path, 'source'), 'sources', shape.source or '')
            return model.Line(name, shape.say or '', when, shape.source or '', place)
        if not self._refer(file, (*path, 'step'), 'steps', shape.step):
            return model.Line(name, '', when, '', place)
        step = self.table['steps'][shape.step]
        return model.Line(shape.step, step.say, when, step.source, place)

    def _lines(
        self, file: YamlFile, path: _Path, key: str, kind: str, shapes: Mapping[str, tuple[format.Line, ...]]
    ) -> Mapping[str, tuple[model.Line, ...]]:
        lines: dict[str, tuple[model.Line, ...]] = {}
        for identity, sentences in shapes.items():
            here = (*path, key, identity)
            if self._known(file, here, 'assistance' if key == 'can' else 'limitation', identity, self.table[kind], key=True):
                self._use(kind, identity)
                lines[identity] = tuple(self._line(file, (*here, n), kind, identity, s) for n, s in enumerate(sentences))
        return MappingProxyType(lines)

    def _line(self, file: YamlFile, path: _Path, kind: str, identity: str, shape: format.Line) -> model.Line:
        if shape.source:
            self._refer(file, (*path, 'source'), 'sources', shape.source)
        if shape.whom_to_ask and kind == 'limitations':
            self._wrong(file.place((*path, 'whom-to-ask'), key=True), '`whom-to-ask` belongs to assistance', 'no `whom-to-ask`')
        source = shape.source or self.table[kind][identity].source
        name = '.'.join(str(part) for part in path[1:])
        when = self._when(file, (*path, 'when'), shape.when)
        return model.Line(name, shape.say, when, source, file.place((*path, 'say')), shape.whom_to_ask)

    def _contact(self, file: YamlFile, path: _Path, shape: format.ContactLine) -> model.ContactLine:
        when = self._when(file, (*path, 'when'), shape.when)
        if shape.contact is not None:
            self._refer(file, (*path, 'contact'), 'contacts', shape.contact)
        else:
            self._row_of(file, path, shape.row_of or '', shape.field or '')
        return model.ContactLine(shape.contact, shape.row_of, shape.field, when, file.place(path))

    def _row_of(self, file: YamlFile, path: _Path, name: str, field: str) -> None:
        question = self.questions.get(name)
        if question is None:
            self._no_question(file, (*path, 'row-of'), name, key=False)
        elif name in self.broken:
            self._use('questions', name)
        elif question.list is None:
            place = file.place((*path, 'row-of'))
            self._wrong(place, f'the options of `{name}` come from no list', 'a question with `options-from`')
        else:
            self._use('questions', name)
            rows = self.lists[question.list]
            fields = {field for row in rows.rows.values() for field in row.fields} | set(rows.fallback)
            if self._known(file, (*path, 'field'), 'field', field, fields, of=f' of the list `{question.list}`'):
                self._use('fields', f'{question.list}.{field}')
                if field not in rows.fallback:
                    place = file.place((*path, 'field'))
                    self._wrong(place, f'the list `{question.list}` has no fallback for `{field}`', '`fallback` in that list')

    # Data

    def _lists(self) -> None:
        for file, shape in self.folders['lists'].values():
            for group, rows in shape.groups.items():
                for index, row in enumerate(rows):
                    self._known(file, ('groups', group, index), 'row', row, shape.rows)
            for row_id, row in shape.rows.items():
                for field, contact in row.fields.items():
                    if contact is not None:
                        self._refer(file, ('rows', row_id, 'fields', field), 'contacts', contact)
            for field, contact in shape.fallback.items():
                self._refer(file, ('fallback', field), 'contacts', contact)

    def _tables(self, service: format.Service) -> None:
        for identity, contact in self.table['contacts'].items():
            for lang in contact.address_in:
                at = (identity, 'address-in', lang)
                self._known(self.files['contacts'], at, 'language', lang, service.languages, key=True)
        for kind in ('assistance', 'limitations', 'steps', 'contacts'):
            for identity, entry in self.table[kind].items():
                self._refer(self.files[kind], (identity, 'source'), 'sources', entry.source)
                for index, channel in enumerate(getattr(entry, 'channels', ())):
                    if channel.source:
                        self._refer(self.files[kind], (identity, 'channels', index, 'source'), 'sources', channel.source)
        file = self.files['service']
        self._refer(file, ('source-page',), 'sources', service.source_page)
        if service.practice:
            self._refer(file, ('practice',), 'sources', service.practice)
        self._refer(file, ('help',), 'contacts', service.help)
        for index, source in enumerate(service.onward):
            self._refer(file, ('onward', index), 'sources', source)
        for index, group in enumerate(service.emergency):
            for n, contact in enumerate(group.contacts):
                path = ('emergency', index, 'contacts', n)
                if self._refer(file, path, 'contacts', contact) and not self.table['contacts'][contact].channels:
                    self._wrong(file.place(path), f'`{contact}` has no number', 'a contact with one')

    def _places(self) -> dict[tuple[str, str], Place]:
        places = {
            (kind, identity): file.place((identity,), key=True)
            for kind, file in self.files.items()
            if kind not in ('service', 'interface', 'training')
            for identity in self.table[kind]
        }
        for kind in ('scenarios', 'lists'):
            places |= {(kind, name): file.place(()) for name, (file, _) in self.folders[kind].items()}
        return places

    # References

    def _known(
        self, file: YamlFile, path: _Path, kind: str, name: str, known: Iterable[str], *, key: bool = False, of: str = ''
    ) -> bool:
        if name in known:
            return True
        known = list(known)
        self._wrong(file.place(path, key=key), f'there is no {kind} `{name}`{of}{self._nearest(name, known)}', listed(known))
        return False

    def _refer(self, file: YamlFile, path: _Path, kind: str, name: str) -> bool:
        self._use(kind, name)
        if name in self.table[kind]:
            return True
        near = self._nearest(name, self.table[kind])
        self._wrong(file.place(path), f'`{name}` is not in data/{kind}.yaml{near}', listed(self.table[kind]))
        return False

    def _use(self, kind: str, name: str) -> None:
        self.used.setdefault(kind, set()).add(name)


def _reserved(identity: str) -> bool:
    return identity in format.RESERVED_IDS or identity.startswith(format.RESERVED_PREFIX)
