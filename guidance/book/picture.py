"""The map of a content as SVG: a picture for each flow, in which other flows are folded to one box."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from guidance.book.graph import Panel
from guidance.book.layout import BETWEEN
from guidance.book.layout import Box
from guidance.book.layout import Placed
from guidance.book.layout import placed
from guidance.languages.language import BEGIN_NO_LINE
from guidance.languages.language import width as letters

WIDTH = 250  # CSS pixels of a box
_LINE = 17
_PADDING = 9
_LETTERS = 32  # Latin letters in a line
_LINES = 3
_TITLE = 40  # CSS pixels above a picture, for its title
_MARGIN = 12

# The colours of the page around the picture, if it has any: `tokens.css`.
STYLE = (
    '.m-box{fill:var(--page,#fff);stroke:var(--edge,#63736f)}'
    '.m-outcome .m-box{fill:var(--wash,#eef4f3);stroke:var(--brand,#0b5a5e);stroke-width:2.5}'
    '.m-other .m-box,.m-flow .m-box{stroke-dasharray:5 4}.m-flow .m-box{fill:var(--notice,#fff6dc)}'
    '.m-frame{fill:none;stroke:var(--line,#b9c6c3)}'
    '.m-arrow{fill:none;stroke:var(--soft,#4c5a57);stroke-width:1.3}.m-head{fill:var(--soft,#4c5a57)}'
    '.m-text{fill:var(--ink,#16211f);font:13px system-ui,"Noto Sans","Noto Sans CJK TC","Noto Sans CJK SC",sans-serif}'
    '.m-map a{text-decoration:none}.m-number{font-weight:700}.m-title{font-size:17px;font-weight:700}'
    'a:hover .m-box,a:focus .m-box{stroke:var(--focus,#f5b700);stroke-width:3}'
)


@dataclass(frozen=True)
class Node:
    """What a box says: its number and words, more when one points at it, and where it leads; '' nowhere."""

    number: str
    words: str
    more: str
    link: str


def drawing(panels: Iterable[tuple[Panel, str]], nodes: dict[str, Node], lang: str, title: str, *, name: str) -> str:
    """Return an SVG of some panels below each other, each with its title; `name` sets its parts apart from those of others."""
    inside: list[str] = []
    top, wide = 0.0, float(WIDTH)
    for panel, heading in panels:
        texts = {node: _wrapped(f'{nodes[node].number} {nodes[node].words}') for node in panel.nodes}
        heights = {node: len(lines) * _LINE + 2 * _PADDING for node, lines in texts.items()}
        where = placed(panel.nodes, panel.arrows, heights, WIDTH)
        head = f'<text class="m-text m-title" x="0" y="22">{escape(heading)}</text>' if heading else ''
        body = ''.join(
            [*_arrows(panel, where, name), *(_box(panel, node, nodes[node], where, texts[node]) for node in panel.nodes)]
        )
        below = top + (_TITLE if heading else 0)
        inside.append(f'<g transform="translate(0 {top:g})">{head}</g><g transform="translate(0 {below:g})">{body}</g>')
        top, wide = below + where.height + 2 * _TITLE, max(wide, where.width)
    width, height = wide + 2 * _MARGIN, top - 2 * _TITLE + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="m-map" lang="{lang}" role="group" aria-label="{escape(title)}" '
        f'width="{width:g}" height="{height:g}" viewBox="{-_MARGIN} {-_MARGIN} {width:g} {height:g}"><style>{STYLE}</style>'
        f'<defs><marker id="{name}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path class="m-head" d="M0 0 8 4 0 8z"/></marker></defs>{"".join(inside)}</svg>'
    )


def _arrows(panel: Panel, where: Placed, name: str) -> Iterable[str]:
    framed = {name: frame for names, frame in where.frames.items() for name in names}
    for frame in where.frames.values():
        yield f'<rect class="m-frame" x="{frame.x:g}" y="{frame.y:g}" width="{frame.width:g}" height="{frame.height:g}" rx="18"/>'
    ends = dict.fromkeys((one, framed.get(to) or where.boxes[to]) for one, to in panel.arrows)
    for one, end in ends:
        start = where.boxes[one]
        x1, y1 = start.x + start.width, start.y + start.height / 2
        x2, y2 = end.x, end.y + end.height / 2
        bend = min(BETWEEN, max(20.0, (x2 - x1) / 2))
        path = f'M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2 - 1:g} {y2:g}'
        yield f'<path class="m-arrow" marker-end="url(#{name}-head)" d="{path}"/>'


def _box(panel: Panel, name: str, node: Node, where: Placed, lines: Sequence[str]) -> str:
    box = where.boxes[name]
    kind = 'other' if name in panel.others else name.partition(' ')[0]
    said = ''.join(_line(box, number, line, node.number) for number, line in enumerate(lines))
    round_ = 3 if kind == 'question' else 14
    more = f'<title>{escape(node.more)}</title>' if node.more else ''
    rect = f'<rect class="m-box" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{round_}"/>'
    shape = f'<g class="m-{kind}">{more}{rect}<text class="m-text">{said}</text></g>'
    return f'<a href="{escape(node.link)}">{shape}</a>' if node.link else shape


def _line(box: Box, number: int, line: str, mark: str) -> str:
    x, y = box.x + _PADDING, box.y + _PADDING + _LINE * number + 13
    if number == 0 and mark and line.startswith(mark):
        bold, rest = escape(mark), escape(line[len(mark) :])
        return f'<tspan class="m-number" x="{x:g}" y="{y:g}">{bold}</tspan><tspan>{rest}</tspan>'
    return f'<tspan x="{x:g}" y="{y:g}">{escape(line)}</tspan>'


def _wrapped(text: str) -> list[str]:
    """Return a text in lines that fit into a box; what does not fit into the last one is left out."""
    lines = ['']
    for word in _words(text.strip()):
        if letters(lines[-1] + word.rstrip()) > _LETTERS and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append('')
        lines[-1] += word
    if len(lines) > _LINES:
        last = lines[_LINES - 1]
        while letters(last) > _LETTERS - 2:
            last = last[:-1]
        lines = [*lines[: _LINES - 1], f'{last.rstrip()}…']
    return [line.strip() for line in lines]


def _words(text: str) -> Iterable[str]:
    """Yield where a text may be broken: behind a space, and behind a Chinese letter."""
    word = ''
    for letter in text:
        if letters(letter) == 2 and word and letter not in BEGIN_NO_LINE:
            yield word
            word = ''
        word += letter
        if letter == ' ':
            yield word
            word = ''
    yield word
