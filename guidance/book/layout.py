"""Where the boxes of a picture stand: layers from left to right, so that arrows cross little."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from fast_sugiyama import from_edges

GAP = 12  # CSS pixels between boxes below one another
BETWEEN = 52  # between layers, for the arrows
_FRAMED = 6  # boxes opened by the same that have an arrow each; more of them stand in a frame
_ROWS = 12  # boxes below each other in a frame; more of them stand in several columns
_COLUMNS = 3


@dataclass(frozen=True)
class Box:
    """A place in the picture, in CSS pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """The boxes of a picture by name, and how large it is. Those in a frame are opened by the same, which is one arrow to it."""

    boxes: Mapping[str, Box]
    frames: Mapping[tuple[str, ...], Box]
    width: float
    height: float


def placed(nodes: Sequence[str], arrows: Sequence[tuple[str, str]], heights: Mapping[str, float], width: float) -> Placed:
    """Return where each node stands, all of one width. Arrows make no circle."""
    blocks = _blocks(nodes, arrows)
    boxes: dict[str, Box] = {}
    frames: dict[tuple[str, ...], Box] = {}
    top = 0.0
    for layers in _layers(blocks, arrows):
        left, bottom = 0.0, top
        tall = [[_height(block, heights) for block in layer] for layer in layers]
        whole = max(sum(each) + GAP * (len(each) - 1) for each in tall)
        for layer, high in zip(layers, tall, strict=True):
            y = top + (whole - sum(high) - GAP * (len(high) - 1)) / 2
            columns = max(_columns(block) for block in layer)
            for block, height in zip(layer, high, strict=True):
                boxes |= _inside(block, heights, left, y, width)
                if len(block) > 1:
                    wide = _columns(block) * (width + GAP) + GAP
                    frames[block] = Box(left - GAP, y, wide, height)
                y += height + GAP
            left += columns * (width + GAP) + BETWEEN
            bottom = max(bottom, y + GAP)
        top = bottom + GAP
    every = [*boxes.values(), *frames.values()]
    right, low = max(box.x + box.width for box in every), max(box.y + box.height for box in every)
    return Placed(boxes, frames, right, low)


Block = tuple[str, ...]


def _blocks(nodes: Sequence[str], arrows: Sequence[tuple[str, str]]) -> list[Block]:
    """Return the nodes in blocks: many that are opened by the same and open nothing are one block, each other node its own."""
    opens = {one for one, _ in arrows}
    by_openers: dict[tuple[str, ...], list[str]] = {}
    blocks: list[Block] = []
    for node in nodes:
        if node in opens:
            blocks.append((node,))
        else:
            by_openers.setdefault(tuple(one for one, to in arrows if to == node), []).append(node)
    for same in by_openers.values():
        blocks += [tuple(same)] if len(same) > _FRAMED else [(node,) for node in same]
    return blocks


def _layers(blocks: Sequence[Block], arrows: Sequence[tuple[str, str]]) -> list[list[list[Block]]]:
    """Return what hangs together, each as its layers from left to right, each layer from top to bottom."""
    at = {node: number for number, block in enumerate(blocks) for node in block}
    edges = sorted({(at[one], at[to]) for one, to in arrows})
    found: list[list[list[Block]]] = []
    for positions, *_ in from_edges(edges, dummy_vertices=False, crossing_minimization='barycenter') if edges else ():
        layers: dict[float, list[tuple[float, int]]] = {}
        for number, (across, along) in positions:
            layers.setdefault(-along, []).append((across, int(number)))
        found.append([[blocks[number] for number in _in_order(layers[along], edges)] for along in sorted(layers)])
    found.sort(key=lambda layers: min(blocks.index(block) for layer in layers for block in layer))
    alone = [block for number, block in enumerate(blocks) if number not in {each for edge in edges for each in edge}]
    return [*found, *([[[block]] for block in alone])]


def _in_order(layer: Sequence[tuple[float, int]], edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return a layer from top to bottom: those that the same opens stand together, in the order of the content."""
    openers = {number: tuple(one for one, to in edges if to == number) for _, number in layer}
    across: dict[tuple[int, ...], list[float]] = {}
    for place, number in layer:
        across.setdefault(openers[number], []).append(place)
    middle = {key: sum(places) / len(places) for key, places in across.items()}
    own = {number: place if not openers[number] else middle[openers[number]] for place, number in layer}
    return sorted(own, key=lambda number: (own[number], number))


def _columns(block: Block) -> int:
    return min(_COLUMNS, -(-len(block) // _ROWS))


def _rows(block: Block) -> int:
    return -(-len(block) // _columns(block))


def _height(block: Block, heights: Mapping[str, float]) -> float:
    around = 2 * GAP if len(block) > 1 else 0  # its frame
    return max(sum(heights[node] + GAP for node in column) for column in _split(block)) - GAP + around


def _split(block: Block) -> list[Block]:
    rows = _rows(block)
    return [block[start : start + rows] for start in range(0, len(block), rows)]


def _inside(block: Block, heights: Mapping[str, float], left: float, top: float, width: float) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    top += GAP if len(block) > 1 else 0
    for number, column in enumerate(_split(block)):
        y = top
        for node in column:
            boxes[node] = Box(left + number * (width + GAP), y, width, heights[node])
            y += heights[node] + GAP
    return boxes
