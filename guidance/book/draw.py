"""The book, the map and the first page of the desk as HTML: what stands on the page, or a file of its own."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path

import jinja2
from markupsafe import Markup
from markupsafe import escape

from guidance.book import paragraphs
from guidance.book.book import Book
from guidance.book.due import untranslated
from guidance.book.due import whats_open
from guidance.book.graph import Panel
from guidance.book.picture import Node
from guidance.book.picture import drawing
from guidance.content.model import Outcome
from guidance.proof.style import measured
from guidance.serving.resting import resting

_FOLDER = Path(__file__).parent
_APPENDICES = (('assistance', 'A'), ('limitations', 'L'), ('all_contacts', 'C'), ('all_sources', 'S'))
_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDER / 'templates'),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
    auto_reload=False,
)

STYLE = (_FOLDER / 'book.css').read_text(encoding='utf-8')
"""The style of all three, beside that of the page."""


def anchor(book: Book, name: str) -> str:
    """Return the name of the place in the book where something stands."""
    return f'p{book.number[name]}'


def inside(book: Book, name: str, day: datetime.date, *, book_at: str = '', **more: object) -> Markup:
    """Return what stands on a page: `book`, `map` or `desk`. `book_at` is the address of the book, from there."""
    drawn = _Drawn(book, day)
    names = {'book': book, 't': book.first.t, 'day': day, 'book_at': book_at, 'opened': name == 'book', 'picture_at': ''}
    names |= {'anchor': partial(anchor, book), 'open': whats_open(book, day), 'appendices': _APPENDICES, 'pages': ()}
    names |= {each: getattr(drawn, each) for each in _Drawn.OFFERED} | more
    return Markup(_templates.get_template(f'{name}.html').render(names))


def file(book: Book, name: str, day: datetime.date, *, picture_at: str = '') -> str:
    """Return the book or the map as a file of its own, which needs nothing else."""
    body = inside(book, name, day, picture_at=picture_at)
    return _templates.get_template('file.html').render(book=book, t=book.first.t, name=name, inside=body, style=Markup(STYLE))


def whole_map(book: Book) -> str:
    """Return the map as one SVG, the flows below each other."""
    panels = [(panel, _flow_title(book, panel)) for panel in _panels(book)]
    return drawing(panels, _nodes(book), book.first.lang, book.first.t('map'), name='map')


def _flow_title(book: Book, panel: Panel) -> str:
    name = f'flow {panel.chapter.flow}'
    return f'{book.number[name]} {book.title(book.first, name)}'


def _panels(book: Book) -> list[Panel]:
    return [book.graph.panel(chapter) for chapter in book.chapters]


def _nodes(book: Book, folded: bool = False) -> dict[str, Node]:
    """Return what the boxes say. `folded`: a flow leads to its own picture further down."""
    names = [name for chapter in book.chapters for name in chapter.names]
    nodes = {name: Node(book.number[name], book.title(book.first, name), reached(book, name), book.way(name)) for name in names}
    for at, chapter in enumerate(book.chapters, 1):
        name = f'flow {chapter.flow}'
        nodes[name] = Node(book.number[name], book.title(book.first, name), '', f'#map-{at}' if folded else '')
    return nodes


def reached(book: Book, name: str) -> str:
    """Return in words who is asked a question, or reaches an outcome."""
    kind, _, identity = name.partition(' ')
    column = book.first
    if kind == 'question':
        return column.condition(column.content.question[identity].when) or column.t('everybody')
    outcome = book.outcome(column, identity)
    return column.t('reached_by_others') if outcome.otherwise else column.condition(outcome.applies) or column.t('everybody')


class _Drawn:
    """What the templates ask for of one book."""

    OFFERED = (
        *('graph_panels', 'picture', 'reached', 'sizes', 'signed', 'facts', 'says', 'listed', 'places', 'resting'),
        *('question_rows', 'option_rows', 'outcome_rows', 'line_rows', 'entry_rows', 'contact_rows'),
    )

    def __init__(self, book: Book, day: datetime.date) -> None:
        self._book, self._day = book, day
        self._nodes = _nodes(book, folded=True)
        self._naming = paragraphs.naming(book.content.outcomes)
        self.graph_panels = _panels(book)
        self.reached = partial(reached, book)
        self.resting = resting(book.content)
        self.question_rows = partial(paragraphs.question_rows, book)
        self.option_rows = partial(paragraphs.option_rows, book)
        self.outcome_rows = partial(paragraphs.outcome_rows, book)
        self.line_rows = partial(paragraphs.line_rows, book)
        self.entry_rows = partial(paragraphs.entry_rows, book)
        self.contact_rows = partial(paragraphs.contact_rows, book)

    def picture(self, panel: Panel) -> Markup:
        """Return the picture of a flow."""
        at = self.graph_panels.index(panel)
        title = _flow_title(self._book, panel)
        return Markup(drawing([(panel, '')], self._nodes, self._book.first.lang, title, name=f'm{at}'))

    @property
    def sizes(self) -> str:
        """How large the content is, in words."""
        content, paths = self._book.content, self._book.counts.paths
        number = f'{paths.number:,}' if paths else self._book.first.t('not_counted')
        return self._book.first.t('journeys', questions=len(content.questions), outcomes=len(content.outcomes), number=number)

    def signed(self, name: str) -> Markup:
        """Return who confirmed an outcome or a source, or that nobody did."""
        book, t = self._book, self._book.first.t
        key = name.replace(' ', ':', 1)
        if each := book.confirmed.standing.get(key):
            return Markup('<b>{}</b>').format(t('confirmed', name=each.by, date=book.first.day(each.on)))
        if each := book.confirmed.fallen.get(key):
            return Markup('<b>{}</b>').format(t('fallen', name=each.by, date=book.first.day(each.on)))
        kind, _, identity = name.partition(' ')
        on = book.content.sources[identity].confirmed_by_owner if kind == 'source' else None
        return escape(t('confirmed', name='—', date=book.first.day(on)) if on else t('not_confirmed'))

    def facts(self, outcome: Outcome) -> list[str]:
        """Return how an outcome reads in each language, and what of it is not translated."""
        found: list[str] = []
        for column in self._book.columns:
            here = self._book.outcome(column, outcome.id)
            read = measured(here, column.lang)
            words = self._book.first.t(
                f'read_in_{"characters" if read.chinese else "words"}', words=read.words, longest=read.longest
            )
            age = [self._book.first.t('read_from_age', age=read.age)] if read.age else []
            name = column.content.service.languages[column.lang]
            missing = untranslated(here)
            late = [self._book.first.t('untranslated', language=name, number=missing)] if missing else []
            found.append(f'{name}: {" · ".join([words, *age, *late])}')
        return found

    def says(self, source: str) -> str:
        """Return in short what kind of source it is."""
        found = self._book.content.sources[source]
        ends = self._book.first.t('last_day', date=self._book.first.day(found.until)) if found.until else ''
        return ' · '.join(filter(None, [found.publisher, ends]))

    def listed(self, kind: str) -> list[str]:
        """Return the ids of all assistance, limitations, contacts or sources, in the order of their numbers."""
        content = self._book.content
        tables = {'assistance': content.assistance, 'limitation': content.limitations}
        return list({**tables, 'contact': content.contacts, 'source': content.sources}[kind])

    def places(self, name: str) -> Markup:
        """Return the numbers of the outcomes in which something is named, as links."""
        links = (
            Markup('<a href="#{}">{}</a>').format(anchor(self._book, outcome), number)
            for number, outcome in self._book.named_in(self._naming, name)
        )
        return Markup(', ').join(links)
