"""Tables and approval forms: ruled cells that span columns and rows, cut between lines over pages, heads repeated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from inspector.notices.layout import KEPT_LINES, WIDTH, Block, Divisible, Mark, Rule, Set, Upright
from inspector.notices.text import EPSILON, Text

BORDER = 0.5
"""Points of every line: 0.18 mm in the specimen."""
PAD = 4.0
"""Points of white between a cell's left and right lines and its text."""
PAD_DOWN = 1.5
"""Points of white over and under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Paragraphs under each other, centred in the height of the cell unless a `foot` stands at its lower line."""

    texts: tuple[Text, ...] = ()
    span: int = 1
    """Columns that it takes."""
    down: int = 1
    """Rows that it takes; the rows below leave its columns out."""
    height: float = 0.0
    """Points at least."""
    foot: Block | None = None
    """Lines to sign on; they stay with the last lines of the text."""
    is_label: bool = False
    """Said again where the row goes on on the next page."""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with its first row and column."""

    row: int
    column: int
    cell: Cell

    @property
    def end(self) -> int:
        return self.row + self.cell.down


@dataclass(frozen=True)
class Grid(Divisible):
    """Rows of cells under a head that every page repeats, in the middle of the page. Widths of `columns` in points."""

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()

    @property
    def height(self) -> float:
        """Points from the upper edge to the lower."""
        return self._head_height + sum(self._heights)

    @property
    def line_count(self) -> int:
        """Lines of the longest text of each row, the head apart; an empty row counts as one."""
        return sum(self._line_counts)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return the lines and the texts, x from the left margin, y from the grid's upper edge."""
        if not self.head:
            return self._drawn
        body = [_moved(mark, self._head_height) for mark in self._drawn]
        return (*Grid(self.columns, self.head).marks, *body)

    def split(self, room: float, *, must: bool = False) -> tuple[Grid | None, Grid | None]:
        """Return what fits into `room` points and what is left.

        A row is cut only if two lines at least come to stand on either side; rows that a cell spans stay together
        unless they `must` be parted because a page can't hold them.
        """
        if self.height <= room + EPSILON:
            return self, None
        left = room - self._head_height
        tops = list(accumulate(self._heights, initial=0.0))
        whole = max(row for row, top in enumerate(tops) if top <= max(left, 0.0) + EPSILON)
        bound = max((row for row in range(whole + 1) if not self._is_tied(row)), default=0)
        if (parts := self._cut(whole, left - tops[whole])) is not None and (must or bound == whole):
            return parts
        at = bound or (whole if must else 0)
        return self._parted(at) if at else (None, self)

    def split_end(self, lines: int) -> tuple[Grid | None, Grid]:
        """Return the grid without its last rows and these, which have `lines` lines at least; or cut its only row."""
        for row in range(len(self.rows) - 1, 0, -1):
            if not self._is_tied(row) and sum(self._line_counts[row:]) >= lines:
                upper, lower = self._parted(row)
                return upper, lower
        last = len(self.rows) - 1
        longest = self._line_counts[0]
        if last == 0 and longest - lines >= KEPT_LINES:
            pitch = max(text.style.pitch for cell in self.rows[0] for text in cell.texts)
            if (parts := self._cut(0, (longest - lines) * pitch + 2 * PAD_DOWN)) is not None:
                return parts
        return None, self

    @cached_property
    def _head_height(self) -> float:
        return Grid(self.columns, self.head).height if self.head else 0.0

    @cached_property
    def _placed(self) -> tuple[_Placed, ...]:
        taken: set[tuple[int, int]] = set()
        placed: list[_Placed] = []
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                placed.append(_Placed(number, column, cell))
                spans = range(column, column + cell.span)
                taken |= {(below, each) for below in range(number, number + cell.down) for each in spans}
                column += cell.span
        return tuple(placed)

    def _width(self, place: _Placed) -> float:
        return sum(self.columns[place.column : place.column + place.cell.span]) - 2 * PAD

    def _needed(self, place: _Placed) -> float:
        cell = place.cell
        foot = cell.foot.height if cell.foot is not None else 0.0
        told = sum(text.height(self._width(place)) for text in cell.texts)
        return max(cell.height, told + foot + 2 * PAD_DOWN)

    @cached_property
    def _heights(self) -> tuple[float, ...]:
        heights = [0.0] * len(self.rows)
        for place in sorted(self._placed, key=lambda place: place.end):  # what spans rows stretches the last of them
            above = sum(heights[place.row : place.end - 1])
            heights[place.end - 1] = max(heights[place.end - 1], self._needed(place) - above)
        return tuple(heights)

    @cached_property
    def _line_counts(self) -> tuple[int, ...]:
        counts = [1] * len(self.rows)
        for place in self._placed:
            if place.cell.down == 1:
                lines = sum(len(text.lines(self._width(place))) for text in place.cell.texts)
                counts[place.row] = max(counts[place.row], lines)
        return tuple(counts)

    def _is_tied(self, row: int) -> bool:
        """Whether a cell reaches over the line above `row`."""
        return any(place.row < row < place.end for place in self._placed)

    def _parted(self, row: int) -> tuple[Grid, Grid]:
        """Part the grid at the line above `row`; a cell that reaches over it goes on in the lower part."""
        upper, lower = list[_Placed](), list[_Placed]()
        for place in self._placed:
            cell = place.cell
            if place.end <= row:
                upper.append(place)
            elif place.row >= row:
                lower.append(replace(place, row=place.row - row))
            else:
                room = sum(self._heights[place.row : row]) - 2 * PAD_DOWN
                kept, rest = self._shared(place, room) or (cell.texts, cell.texts if cell.is_label else ())
                upper.append(replace(place, cell=replace(cell, texts=kept, down=row - place.row, height=0, foot=None)))
                below = replace(cell, texts=rest, down=place.end - row, height=0)
                lower.append(_Placed(0, place.column, below))
        return self._of(upper, row), self._of(lower, len(self.rows) - row)

    def _cut(self, row: int, room: float) -> tuple[Grid, Grid] | None:
        """Cut through `row`, `room` points under its upper line; None where that leaves too little on either side."""
        upper, lower = list[_Placed](), list[_Placed]()
        is_worth = False
        for place in self._placed:
            cell = place.cell
            if place.end <= row:
                upper.append(place)
            elif place.row > row:
                lower.append(replace(place, row=place.row - row))
            else:
                above = sum(self._heights[place.row : row])
                if (parts := self._shared(place, above + room - 2 * PAD_DOWN)) is None:
                    return None
                is_worth = is_worth or bool(parts[0] and parts[1] and not cell.is_label)
                kept, rest = parts
                upper.append(
                    replace(place, cell=replace(cell, texts=kept, down=row - place.row + 1, height=0, foot=None))
                )
                lower.append(_Placed(0, place.column, replace(cell, texts=rest, down=place.end - row, height=0)))
        return (self._of(upper, row + 1), self._of(lower, len(self.rows) - row)) if is_worth else None

    def _shared(self, place: _Placed, room: float) -> tuple[tuple[Text, ...], tuple[Text, ...]] | None:
        """Share the lines of a cell out between `room` points and the rest: two at least on either side, or all below.

        None if a label doesn't fit.
        """
        cell, width = place.cell, self._width(place)
        lines = sum(len(text.lines(width)) for text in cell.texts)
        if cell.is_label:
            return (cell.texts, cell.texts) if sum(text.height(width) for text in cell.texts) <= room else None
        if cell.foot is None and sum(text.height(width) for text in cell.texts) <= room + EPSILON:
            return cell.texts, ()
        kept, rest = _poured(cell.texts, width, room, lines - KEPT_LINES)
        told = sum(len(text.lines(width)) for text in kept)
        return (kept, rest) if told >= KEPT_LINES else ((), cell.texts)

    def _of(self, placed: Iterable[_Placed], count: int) -> Grid:
        rows: list[list[_Placed]] = [[] for _ in range(count)]
        for place in placed:
            rows[place.row].append(place)
        ordered = (sorted(row, key=lambda place: place.column) for row in rows)
        return Grid(self.columns, tuple(tuple(place.cell for place in row) for row in ordered), self.head)

    @cached_property
    def _drawn(self) -> tuple[Mark, ...]:
        lefts = list(accumulate(self.columns, initial=(WIDTH - sum(self.columns)) / 2))
        tops = list(accumulate(self._heights, initial=0.0))
        marks: list[Mark] = []
        flat, upright = list[tuple[float, float, float]](), list[tuple[float, float, float]]()
        for place in self._placed:
            x, y = lefts[place.column], tops[place.row]
            right, bottom = lefts[place.column + place.cell.span], tops[place.end]
            flat += [(y, x, right), (bottom, x, right)]
            upright += [(x, y, bottom), (right, y, bottom)]
            marks += self._told(place, x + PAD, (y, bottom))
        rules = [Rule(start - BORDER / 2, y, end - start + BORDER, BORDER) for y, start, end in _joined(flat)]
        return (*rules, *(Upright(x, start, end - start, BORDER) for x, start, end in _joined(upright)), *marks)

    def _told(self, place: _Placed, x: float, span: tuple[float, float]) -> list[Mark]:
        cell, width = place.cell, self._width(place)
        heights = [text.height(width) for text in cell.texts]
        y = span[0] + PAD_DOWN if cell.foot is not None else (sum(span) - sum(heights)) / 2
        marks: list[Mark] = []
        for text, height in zip(cell.texts, heights, strict=True):
            marks.append(Set(x, y, width, text))
            y += height
        if cell.foot is not None:
            top = span[1] - PAD_DOWN - cell.foot.height
            marks += [replace(mark, x=mark.x + x, y=mark.y + top) for mark in cell.foot.marks]
        return marks


def table(
    columns: Sequence[float], head: Row, rows: Iterable[Sequence[Text]], *, least: int = 0, height: float
) -> Grid:
    """Return a list under its labels; empty rows until there are `least`, each `height` points at least."""
    told = [tuple(Cell(texts=(text,), height=height) for text in row) for row in rows]
    empty = tuple(Cell(height=height) for _ in columns)
    return Grid(tuple(columns), (*told, *(empty for _ in range(least - len(told)))), (head,))


def _poured(texts: Sequence[Text], width: float, room: float, most: int) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Take lines, `most` at the utmost, that fit into `room`."""
    kept: list[Text] = []
    for index, text in enumerate(texts):
        lines = len(text.lines(width))
        if lines <= most and text.height(width) <= room + EPSILON:
            kept.append(text)
            most, room = most - lines, room - text.height(width)
            continue
        part, rest = text.split(width, min(room, most * text.style.pitch))
        kept += [part] if part is not None else []
        return tuple(kept), (*([rest] if rest is not None else []), *texts[index + 1 :])
    return tuple(kept), ()


def _moved(mark: Mark, y: float) -> Mark:
    return replace(mark, y=mark.y + y)


def _joined(edges: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join (place, start, end) that touch on one line, so that each line is drawn once."""
    lines: list[tuple[float, float, float]] = []
    for place, start, end in sorted(edges):
        last = lines[-1] if lines else None
        if last and abs(last[0] - place) < EPSILON and start <= last[2] + EPSILON:
            lines[-1] = (last[0], last[1], max(last[2], end))
        else:
            lines.append((place, start, end))
    return lines
