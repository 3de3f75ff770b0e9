"""The one door to YAML: every value keeps its place, and YAML's surprises are mistakes, not values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from guidance.content import lookalike
from guidance.content.disk import Unreadable
from guidance.content.disk import read_text
from guidance.content.problem import MOST
from guidance.content.problem import Place
from guidance.content.problem import Problem

_MAX_VALUES = 100_000  # Nor one with more keys and values; each takes about one KB and 10 microseconds.
_WINDOW = 20  # lines before a mistake in which one looks for a slip that led to it
_MAX_DEPTH = 250  # Deeper nesting ends the interpreter itself (the C composer recurses), not just this check.
_LINE_END = re.compile('\r\n|[\n\r\x85\u2028\u2029]')  # as YAML counts lines
_MARKED = re.compile(r'[&*](?:(?<=^.)|(?<=[\s\ufeff\[{,:?-].))', re.MULTILINE)  # where they are no text
_FORBIDDEN = yaml.reader.Reader.NON_PRINTABLE
_ALIAS = ('an alias (`*name`) repeats another part of the file', 'the value written out')
_ANCHOR = ('`&name` gives a name to a part of the file; it is no text', 'quotes around a text that begins with `&`')
COLON_IN_TEXT = 'quotes around a text that contains `: `'
_HINTS = {
    'tab': 'spaces instead of the tab',
    'mapping values are not allowed': f'{COLON_IN_TEXT}, and keys of one map in one column',
    'did not find expected key': "keys of one map in one column; quotes around a text with `*` or `&` first; '' for ' in quotes",
    "did not find expected ','": 'a comma between items, and the closing bracket',
    'expected node content': 'a value, and the closing bracket',
    'a second colon': COLON_IN_TEXT,
    'unexpected end of stream': 'the closing quote',
    'cannot start any token': 'quotes around a text that begins with this character',
    'another document': 'one document: no line `---` but at the beginning',
    'undefined alias': 'quotes around a text that begins with `*`',
    'unknown escape character': 'single quotes, in which \\ is an ordinary character',
    "could not find expected ':'": 'key: value',
    "expected '-' indicator": 'either a list (every line begins with `- `) or a map (key: value)',
}
_PLAIN_TAGS = {'bool': 'true or false', 'int': 'a number', 'float': 'a number', 'timestamp': 'a date', 'null': 'nothing'}
_STANDARD = 'tag:yaml.org,2002:'
_STR, _LIST, _MAP = f'{_STANDARD}str', f'{_STANDARD}seq', f'{_STANDARD}map'

KeyPath = tuple[str | int, ...]
"""Where a value stands in a file: the keys, and the numbers in lists, that lead to it from the top."""

_Children = dict[str | int, tuple[yaml.Node, yaml.Node]]  # part of a path -> nodes of its key and its value


class _Loader(yaml.CSafeLoader):
    """Composes with what this format needs of the library, which asks for each value where it stands and what kind it is."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """Return the tag of a value that has none: of one without quotes, by how it looks."""
        if kind is not yaml.ScalarNode:
            return _MAP if kind is yaml.MappingNode else _LIST
        for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()) if implicit[0] else ():
            if pattern.match(value):
                return str(tag)
        return _STR

    def descend_resolver(self, *_: object) -> None:
        """Nothing goes by where a value stands."""

    def ascend_resolver(self) -> None:
        """Nothing goes by where a value stands."""


class YamlFile:
    """One YAML file: `data` as plain values, `problems` found while reading, `place(path)` of any value.

    Anchors, aliases, tags, merge keys, duplicate keys, and unquoted words that YAML reads as something
    else (`no`, `yes`, `on`, `2026-11-22` as a name) are problems.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.problems: list[Problem] = []  # the first MOST of each stage
        self.more = 0  # how many there are beyond these
        self.trouble: set[KeyPath] = set()  # paths already reported; what follows from them is left out
        self.words: dict[KeyPath, Problem] = {}  # what was said of words that YAML reads as true or false
        self.data: Any = None
        self._lines = _LINE_END.split(text)
        self._text = text
        self._index: dict[int, _Children] = {}
        self._root = self._compose(text)
        for slip in lookalike.merges(self._lines) if self._root is not None else ():
            self._slip(slip)
        if self._root is not None:
            self._seen: set[int] = set()
            self.data = self._plain(self._root, ())
            if self.data is None and not self.problems:  # `~` and `null` alone say as little as an empty file
                self._add(Place(self.name), 'this file is empty', 'key: value')

    @classmethod
    def read(cls, path: Path, name: str) -> YamlFile:
        """Read the file at `path`; what prevents reading becomes a problem at line 1."""
        try:
            return cls(name, read_text(path, name))
        except Unreadable as error:
            file = cls(name, '{}')
            file.problems, file.data = [error.problem], None
            return file

    def place(self, path: Sequence[str | int], key: bool = False) -> Place:
        """Return where the value at `path` stands (`key`: where its key stands).

        Parts of the path that are not in the file are skipped, so that a missing value is placed at its parent.
        """
        at, node = self._node(path)
        if node is None or at is None:
            return Place(self.name)
        mark = (at if key else node).start_mark
        return self._at(mark.line, mark.column)

    def slip(self, path: Sequence[str | int]) -> Problem | None:
        """Return why there is a text at `path` where a list or a map was meant, if that is a slip of the hand."""
        node = self._node(path)[1]
        if not isinstance(node, yaml.ScalarNode) or node.style not in (None, ''):
            return None
        slip = lookalike.in_text(node.value)
        if slip is None:
            return None
        at, message, expected = slip
        return Problem(self._at(node.start_mark.line, node.start_mark.column + at), message, expected)

    def typed(self, path: Sequence[str | int]) -> str | None:
        """Return the single value at `path` as it was typed, before YAML made a number or a date of it."""
        node = self._node(path)[1]
        return node.value if isinstance(node, yaml.ScalarNode) else None

    def rest(self) -> Iterator[Problem]:
        """Yield what stands for the problems that are not told one by one, if there are any."""
        if self.more:
            yield Problem(Place(self.name, len(self._lines)), f'and {self.more:,} more problems in this file', number=self.more)

    def _node(self, path: Sequence[str | int]) -> tuple[yaml.Node | None, yaml.Node | None]:
        """Return the nodes of the key and the value at `path`."""
        at = node = self._root
        for part in path:
            if id(node) not in self._index:
                self._index[id(node)] = _children(node)
            at, node = self._index[id(node)].get(part, (at, node))
        return at, node

    def _at(self, line: int, column: int) -> Place:
        return Place.quoting(self.name, line + 1, column + 1, self._line(line))

    def _line(self, number: int) -> str:
        """Return a line, counted from 0; YAML finds some mistakes only behind the last one."""
        return self._lines[number] if number < len(self._lines) else ''

    def _add(self, place: Place, message: str, expected: str = '') -> None:
        self.problems.append(Problem(place, message, expected))

    def _compose(self, text: str) -> yaml.Node | None:
        try:
            too, aliases, anchors = (None, [], []) if _is_harmless(text, self._lines) else _events(text)
            node = None if too else yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            self._not_yaml(error)
            return None
        except yaml.YAMLError:
            self._add(self._at(*_first_forbidden(self._lines)), 'here is a control character', 'a text without it')
            return None
        if too:
            mark, message, expected = too
            self._add(self._at(mark.line, mark.column), message, expected)
            return None
        for mark in aliases or anchors:
            self._add_at(mark, *(_ALIAS if aliases else _ANCHOR))
        if node is None:
            self._add(Place(self.name), 'this file is empty', 'key: value')
        return node

    def _not_yaml(self, error: yaml.MarkedYAMLError) -> None:
        problem = (error.problem or error.context or '').removeprefix('but ')
        if slips := self._slips(error):
            for slip in slips:
                self._slip(slip)
            return
        begun = any(part in problem for part in ('end of stream', "expected ','"))  # what is not closed begins there
        mark = (error.context_mark if begun else error.problem_mark) or error.problem_mark or error.context_mark
        place = self._at(mark.line, mark.column) if mark else Place(self.name)
        if begun and error.problem_mark and _is_second_colon(error.problem_mark, self._lines):
            place = self._at(error.problem_mark.line, error.problem_mark.column)
            problem = 'a second colon'
        if self._line(place.line - 1)[place.column - 1 : place.column] == '\t':
            problem = 'found a tab'
        hint = next((hint for part, hint in _HINTS.items() if part in problem), '')
        self._add(place, f'this is not YAML: {problem}', hint)

    def _slips(self, error: yaml.MarkedYAMLError) -> list[lookalike.Slip]:
        """Return what was mistyped, where that can be why this is not YAML; YAML itself may notice it a line later."""
        mark, begun = error.problem_mark, error.context_mark
        if mark is None:
            return []
        before = next((n for n in range(mark.line - 1, -1, -1) if self._line(n).strip()), mark.line)
        first = max(begun.line, mark.line - _WINDOW) if begun and 'block' not in (error.context or '') else before
        if (separator := _separator(self._text, self._lines)) and first - 1 <= separator.line <= mark.line:
            return [separator]
        return lookalike.slips(self._lines, first, mark.line, mark.column, 'flow' in (error.context or ''))

    def _slip(self, slip: lookalike.Slip) -> None:
        """Add a problem; beyond some, only their number is kept."""
        if len(self.problems) < MOST:
            self._add(self._at(slip.line, slip.column), slip.message, slip.expected)
        else:
            self.more += 1

    def _wrong(self, node: yaml.Node, path: KeyPath, message: str, expected: str = '') -> None:
        self.trouble.add(path)
        self._add_at(node.start_mark, message, expected)

    def _add_at(self, mark: Any, message: str, expected: str, offset: int = 0) -> None:
        """Add a problem, of which there may be as many as values, at some characters after a mark."""
        self._slip(lookalike.Slip(mark.line, mark.column + offset, message, expected))

    def _plain(self, node: yaml.Node, path: KeyPath) -> Any:
        if id(node) in self._seen:
            self.trouble.add(path)  # an alias
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if node.tag not in (_MAP, _LIST):
            self._tagged(node, path)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return [self._plain(item, (*path, index)) for index, item in enumerate(node.value)]

    def _tagged(self, node: yaml.Node, path: KeyPath) -> None:
        tag = node.tag.removeprefix(_STANDARD).lstrip('!')
        self._wrong(node, path, f'the tag `!{tag}` is not part of this format', 'the value without a tag')

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._wrong(key_node, path, 'a key must be a single word', 'key: value')
                continue
            key, value = key_node.value, ''
            if ':' in key or not key.isascii():
                key, value = self._meant(key_node, value_node, path)
            tag = key_node.tag.removeprefix(_STANDARD)
            if tag == 'merge':
                self._wrong(key_node, (*path, key), '`<<` takes over another part of the file', 'the keys written out')
            elif tag != 'str' and tag not in _PLAIN_TAGS:
                self._tagged(key_node, (*path, key))
            elif tag in ('bool', 'null') and key.isalpha():  # other keys that YAML reads as a value are no ids anyway
                message = f'the key `{key}` without quotes is read as {_PLAIN_TAGS[tag]} by YAML'
                self._wrong(key_node, (*path, key), message, _quote(key))
            if key in values:
                self._wrong(key_node, (*path, key), f'the key `{key}` stands here twice', 'each key once')
                continue
            values[key] = value or self._plain(value_node, (*path, key))
        return values

    def _meant(self, node: yaml.ScalarNode, value: yaml.Node, path: KeyPath) -> tuple[str, str]:
        """Return the key that was meant, with a value that stands within it, and tell what was typed in its stead."""
        key: str = node.value
        message = ''
        if odd := lookalike.named(key):
            message = f'this key has {odd} in it'
        elif ':' in key and isinstance(value, yaml.ScalarNode) and not value.value:
            message = 'a space is missing after the colon of this key'
        if not message:
            return key, ''
        meant, _, rest = lookalike.meant(key).partition(':')
        at = lookalike.first_odd(key) if node.style in (None, '') else 0
        self._slipped((*path, meant), node.start_mark, at, message, f'`{meant}: {rest.strip()}`' if rest else f'`{meant}`')
        if re.search('[][{}",]', meant):
            self.trouble.add(path)  # the map itself is not the one that was meant
        return meant, rest.strip()

    def _look_at(self, node: yaml.ScalarNode, path: KeyPath) -> None:
        """Tell of what nobody sees in a value without quotes: a character, or that it ends before the line does."""
        start, end, text = node.start_mark, node.end_mark, node.value
        if lookalike.is_cut(text, self._line(end.line), end.column):
            message = 'the text ends here: ` #` begins a comment, which nobody reads'
            self._slipped(path, end, 1, message, 'quotes around a text with ` #`; two spaces before a comment')
        if not text.isascii():
            begins, odd = lookalike.edge(text)
            if odd:
                mark, offset = (start, 0) if begins else (end, -len(odd))
                self._slipped(path, mark, offset, f'{lookalike.named(odd)} stands here, unseen', 'the text without it')

    def _slipped(self, path: KeyPath, mark: Any, offset: int, message: str, expected: str) -> None:
        """Add a problem some characters after a mark; of what follows from it, nothing is told."""
        self.trouble.add(path)
        self._add_at(mark, message, expected, offset)

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> Any:
        value = node.value
        if node.style in (None, ''):
            self._look_at(node, path)
        if node.tag == _STR:
            if node.style == '"' and _FORBIDDEN.search(value):  # as only an escape can bring one in
                self._wrong(node, path, 'this text contains a control character', 'a text without it')
            return value
        tag = node.tag.removeprefix(_STANDARD)
        if tag == 'bool' and value not in ('true', 'false'):
            message = f'`{value}` without quotes is read as true or false by YAML'
            self._wrong(node, path, message, _quote(value))
            if not self.more:
                self.words[path] = self.problems[-1]
            return value
        if tag not in _PLAIN_TAGS:
            self._tagged(node, path)
            return value
        try:
            return yaml.constructor.SafeConstructor().construct_object(node)
        except ValueError:
            self._wrong(node, path, f'`{value}` is not a date', 'YEAR-MONTH-DAY')
            return value


def _children(node: yaml.Node | None) -> _Children:
    if isinstance(node, yaml.MappingNode):
        # Reversed, so that the first of two equal keys is the one that counts.
        return {key.value: (key, value) for key, value in reversed(node.value) if isinstance(key, yaml.ScalarNode)}
    if isinstance(node, yaml.SequenceNode):
        return {index: (item, item) for index, item in enumerate(node.value)}
    return {}


def _is_harmless(text: str, lines: list[str]) -> bool:
    """Tell whether a text can have no alias and no second document, nor be too much to be read: then it is gone through once.

    Each level begins with a bracket, or further to the right than the one above, but for a list below its key; a value comes
    with a mark or a new line.
    """
    if '---' in text or '...' in text or _MARKED.search(text):
        return False
    brackets = text.count('[') + text.count('{')
    indent = max(len(line) - len(line.lstrip(' \t-?')) for line in lines)
    values = 4 * (brackets + len(lines) + sum(map(text.count, ':,-?')))
    return 2 * (brackets + indent + 1) < _MAX_DEPTH and values < _MAX_VALUES


def _events(text: str) -> tuple[tuple[Any, str, str] | None, list[Any], list[Any]]:
    """Return where and why the text is too much to be read, if it is, and where aliases stand, and the names for them."""
    depth = 0
    aliases: list[Any] = []
    anchors: list[Any] = []
    for number, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            return (event.start_mark, 'this is nested too deeply', f'at most {_MAX_DEPTH} levels'), aliases, anchors
        if number > _MAX_VALUES:
            return (event.start_mark, 'this file has too many values', f'about {_MAX_VALUES:,}; several files'), aliases, anchors
        if isinstance(event, yaml.AliasEvent):
            aliases.append(event.start_mark)
        elif getattr(event, 'anchor', None) is not None:
            anchors.append(event.start_mark)
    return None, aliases, anchors


def _first_forbidden(lines: list[str]) -> tuple[int, int]:
    """Return line and column, from 0, of the first character that YAML forbids."""
    for number, line in enumerate(lines):
        for column, character in enumerate(line):
            if _FORBIDDEN.match(character):
                return number, column
    return 0, 0


def _separator(text: str, lines: list[str]) -> lookalike.Slip | None:
    """Return the first character that ends a line for YAML, and that nobody sees as an end."""
    separator = re.search('[\x85\u2028\u2029]', text)
    if separator is None:
        return None
    line = len(_LINE_END.findall(text, 0, separator.start()))
    message = f'{lookalike.named(separator[0])} ends the line here'
    return lookalike.Slip(line, len(lines[line]), message, 'one line, or an ordinary line end')


def _is_second_colon(mark: Any, lines: list[str]) -> bool:
    """Tell whether a mark stands at a colon within a text that begins after another one."""
    return mark.line < len(lines) and bool(re.match(r'.*: .*:(?: |$)', lines[mark.line][: mark.column + 2]))


def _quote(word: str) -> str:
    return f"'{word}' in quotes"
