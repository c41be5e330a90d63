"""From a plan of boxes to pages: where each line stands, continuation pages, signatures on each.

Measured from 安全生产行政执法文书式样（2016年版）, forms 3 and 5. Lengths in points from the upper left corner.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import final

from inspector.notices.text import EPSILON, Text

LEFT, RIGHT = 90.0, 505.28
"""Text from 31.75 mm to 178.25 mm: 146.5 mm, 39.5 characters of 10.5 pt."""
WIDTH = RIGHT - LEFT
FIRST_TOP = 187.0
"""Where text begins under the number line of the first page."""
NEXT_TOP = 100.0
"""Where text begins under the double rule of a continuation page."""
BOTTOM = 731.0
"""Where the signatures end; the thick rule is 2 pt lower."""
EDGE = 4.0
"""White between the lower edge of cells that go on and the rule at the foot of the page."""
KEPT_LINES = 2
"""So many lines of text at least stand above the last signatures."""


@dataclass(frozen=True, slots=True)
class Set:
    """A text whose first line box begins at (x, y)."""

    x: float
    y: float
    width: float
    text: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    x: float
    y: float
    width: float
    thickness: float


@dataclass(frozen=True, slots=True)
class Upright:
    """A vertical line."""

    x: float
    y: float
    height: float
    thickness: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG in a box."""

    x: float
    y: float
    width: float
    height: float
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of `text`, `width` points wide."""

    x: float
    y: float
    width: float
    text: str


Mark = Set | Rule | Upright | Picture | Code


@final
@dataclass(frozen=True, slots=True)
class Block:
    """Marks that stay together; x and y count from the block's own upper left corner."""

    height: float
    marks: tuple[Mark, ...]


class Divisible(ABC):
    """Marks that a page end may part, each part a box of its own."""

    @property
    @abstractmethod
    def height(self) -> float:
        """Points from the upper edge to the lower."""

    @property
    @abstractmethod
    def line_count(self) -> int:
        """Lines of text under each other."""

    @property
    @abstractmethod
    def marks(self) -> tuple[Mark, ...]:
        """What is drawn, from the box's own upper left corner."""

    @abstractmethod
    def split(self, room: float, *, must: bool = False) -> tuple[Divisible | None, Divisible | None]:
        """Return what fits into `room` points and what is left; parts what belongs together only if it `must`."""

    @abstractmethod
    def split_end(self, lines: int) -> tuple[Divisible | None, Divisible]:
        """Return the box without its last `lines` lines or a few more, and these."""


Box = Text | Block | Divisible


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a form wants on its pages."""

    flow: tuple[Box, ...]
    compact: Block
    """Signatures at the foot of every page but the last."""
    closing: Block
    """Signatures, seal and QR of the last page."""
    is_pinned: bool
    """Whether the closing block stands at the foot of the page instead of right after the text."""
    blank_pitch: float = 0.0
    """If not 0, the room under the text is filled with rules at this distance, so that nothing can be added."""
    blank_text: Text | None = None
    """Stands on the first such rule of the last page: 以下空白."""
    turned_text: Text | None = None
    """Stands under the text of an earlier page that is not full."""
    first_top: float = FIRST_TOP
    """Where text begins on the first page."""


@dataclass(slots=True)
class Page:
    """Marks at their places on one page."""

    marks: list[Mark] = field(default_factory=list)

    def put(self, x: float, y: float, box: Box) -> None:
        """Put a box with its upper left corner at (x, y)."""
        if isinstance(box, Text):
            self.marks.append(Set(x, y, WIDTH, box))
        else:
            self.marks += [replace(mark, x=mark.x + x, y=mark.y + y) for mark in box.marks]


def height(box: Box) -> float:
    """Points that a box takes."""
    return box.height(WIDTH) if isinstance(box, Text) else box.height


def total(boxes: Sequence[Box]) -> float:
    """Points that boxes under each other take."""
    return sum(height(box) for box in boxes)


def pages_of(plan: Plan) -> list[Page]:
    """Lay a plan out; every page carries signatures, and the last has text above them."""
    columns = _columns(plan)
    pages: list[Page] = []
    for boxes in columns:
        page = Page()
        top = NEXT_TOP if pages else plan.first_top
        is_last = boxes is columns[-1]
        for box in boxes:
            page.put(LEFT, top, box)
            top += height(box)
        foot = plan.closing if is_last else plan.compact
        pinned = BOTTOM - foot.height
        _rule_off(page, plan, (top, pinned), plan.blank_text if is_last else plan.turned_text)
        page.put(LEFT, top if is_last and not plan.is_pinned else pinned, foot)
        pages.append(page)
    return pages


def _rule_off(page: Page, plan: Plan, span: tuple[float, float], words: Text | None) -> None:
    """Put `words` under the text where there is room from span[0] to span[1], and fill it with rules if so planned."""
    y, end = span
    if words is not None and y + height(words) <= end + EPSILON:
        page.marks.append(Set(LEFT, y, WIDTH, words))
    while plan.blank_pitch and y + plan.blank_pitch <= end + EPSILON:
        y += plan.blank_pitch
        page.marks.append(Rule(LEFT, y - rule_drop(plan.blank_pitch), WIDTH, 0.5))


def baseline(pitch: float, size: float) -> float:
    """How far below the top of its box a line's baseline lies: the ideographs stand in the middle of the box."""
    return pitch / 2 + 0.36 * size


def rule_drop(pitch: float) -> float:
    """How far above the bottom of a line box of body text its rule lies."""
    return pitch - baseline(pitch, 10.5) - UNDERLINE_DROP


UNDERLINE_DROP = 2.6
"""Points from the baseline down to an underline: the lowest strokes and commas of 仿宋 just stay clear of it."""


def _columns(plan: Plan) -> list[list[Box]]:
    """Share the flow out over pages so that the closing block fits on the last."""
    rest: list[Box] = list(plan.flow)
    columns: list[list[Box]] = []
    while rest or not columns:
        room = BOTTOM - plan.compact.height - (NEXT_TOP if columns else plan.first_top)
        taken, rest = _fill(rest, room)
        columns.append(taken)
    top = plan.first_top if len(columns) == 1 else NEXT_TOP
    if top + total(columns[-1]) + plan.closing.height > BOTTOM + EPSILON:
        columns[-1:] = _parted(columns[-1])
    elif len(columns) > 1 and (lacking := KEPT_LINES - _line_count(columns[-1])) > 0:
        kept, moved = _parted(columns[-2], lacking)
        columns[-2:] = [kept, moved + columns[-1]]
    return columns


def _line_count(boxes: Sequence[Box]) -> int:
    return sum(_lines(box) for box in boxes)


def _lines(box: Box) -> int:
    if isinstance(box, Block):
        return 0
    if isinstance(box, Divisible):
        return max(box.line_count, KEPT_LINES)  # one row of cells is enough above signatures
    return len(box.lines(WIDTH))


def _fill(boxes: list[Box], room: float) -> tuple[list[Box], list[Box]]:
    """Return the boxes that fit into `room`, the last perhaps cut, and those that are left."""
    taken: list[Box] = []
    for index, box in enumerate(boxes):
        if height(box) <= room + EPSILON:
            taken.append(box)
            room -= height(box)
            continue
        part, rest = _cut(box, room, may_refuse=bool(taken))
        if part is not None:
            taken.append(part)
        return taken, ([rest] if rest is not None else []) + boxes[index + 1 :]
    return taken, []


def _cut(box: Box, room: float, *, may_refuse: bool) -> tuple[Box | None, Box | None]:
    """Cut a text at `room`; unless it is ruled, without leaving a single line on either side."""
    if isinstance(box, Block):
        if not may_refuse:
            raise ValueError("a block is taller than a page")
        return None, box
    if isinstance(box, Divisible):
        parts = box.split(room - EDGE, must=not may_refuse)
        if parts[0] is None and not may_refuse:
            raise ValueError("a row is taller than a page")
        return parts
    part, rest = box.split(WIDTH, room)
    if box.style.is_ruled or part is None or rest is None:
        return part, rest
    if len(rest.lines(WIDTH)) == 1 and len(part.lines(WIDTH)) > KEPT_LINES:
        part, rest = box.split(WIDTH, height(part) - box.style.pitch)
    if part is not None and len(part.lines(WIDTH)) == 1 and may_refuse:
        return None, box
    return part, rest


def _parted(boxes: list[Box], wanted: int = KEPT_LINES) -> list[list[Box]]:
    """Move the last lines of a page on to the next, `wanted` of them or a few more; none is left alone here."""
    kept, moved = list(boxes), []
    while kept and wanted > 0:
        box = kept.pop()
        lines = _lines(box)
        if isinstance(box, Divisible):
            part, rest = box.split_end(wanted)
            kept += [part] if part is not None else []
            moved.insert(0, rest)
            lines = rest.line_count
        elif isinstance(box, Text) and (box.style.is_ruled or lines - wanted >= KEPT_LINES) and lines > wanted:
            part, rest = box.split(WIDTH, (lines - wanted) * box.style.pitch)
            kept += [part] if part is not None else []
            moved[:0] = [rest] if rest is not None else []
        else:
            moved.insert(0, box)
        wanted -= lines
    return [kept, moved]
