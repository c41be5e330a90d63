"""The blocks of a sheet that are ruled cells: lists, and the grids of approval forms with lines to sign on in them."""

from __future__ import annotations

from typing import Final

from inspector.law.documents import Block as Said
from inspector.law.documents import Cell as SaidCell
from inspector.notices.forms.sheet_text import Sentences
from inspector.notices.layout import Block, Mark, Set
from inspector.notices.printed_sheet import PrintedSheet
from inspector.notices.table import PAD, Cell, Grid, table
from inspector.notices.text import Align, Text
from inspector.notices.typeset import BODY_SIZE, ENDLESS, Typesetter
from inspector.notices.wording import Fragment

MM: Final = 72 / 25.4
CELL_PITCH: Final = 16.0
"""From line to line in a cell: 5.5 mm, as 成色（品级） stands in the specimen."""
SIGN_PITCH: Final = 24.0
ROW: Final = 25.5
"""Points of a row of a list: 9 mm, room to write by hand."""
PEN: Final = 70.0
"""Points to sign on."""


def listed(setter: Typesetter, sheet: PrintedSheet, block: Said) -> Grid:
    """Return the rows of a field under the labels of its columns. KeyError for a key without field.

    An empty cell says what the document's own field of that name says.
    """
    columns = sheet.field(block.key).columns
    centred = {"align": Align.CENTER, "pitch": CELL_PITCH}
    height = block.height_mm * MM or ROW
    head = tuple(
        Cell(texts=(setter.text([Fragment(column.label)], **centred),), height=block.head_mm * MM or height)
        for column in columns
    )
    known = {field.key for field in sheet.kind.fields}
    rows: list[list[Text]] = []
    for told in sheet.values.get(block.key) or ():
        values = [str(told.get(column.key) or "") for column in columns]
        values = [
            value or (sheet.text(column.key) if column.key in known else "")
            for value, column in zip(values, columns, strict=True)
        ]
        rows.append([setter.text([Fragment(value)], **centred) for value in values])
    widths = [column.width_mm * MM for column in columns]
    return table(widths, head, rows, least=block.lines, height=height)


def approval(setter: Typesetter, sentences: Sentences, block: Said) -> Grid:
    """Return the cells of a `grid` block with their values. KeyError for a key without field."""
    columns = tuple(width * MM for width in block.columns_mm)
    at = _Columns(columns)
    rows: list[tuple[Cell, ...]] = []
    for row in block.grid:
        at.next_row()
        rows.append(tuple(_cell(setter, sentences, cell, at.width(cell)) for cell in row.cells))
    return Grid(columns, tuple(rows))


class _Columns:
    """Which columns the cells of a row stand in, those left out that a cell above reaches into."""

    def __init__(self, columns: tuple[float, ...]) -> None:
        self._columns, self._left, self._at = columns, [0] * len(columns), 0

    def next_row(self) -> None:
        """Begin a row."""
        self._at, self._left = 0, [max(rows - 1, 0) for rows in self._left]

    def width(self, cell: SaidCell) -> float:
        """Return the points of the row's next cell."""
        while self._left[self._at]:
            self._at += 1
        first, self._at = self._at, self._at + cell.span
        self._left[first : self._at] = [cell.down] * cell.span
        return sum(self._columns[first : self._at])


def _cell(setter: Typesetter, sentences: Sentences, said: SaidCell, width: float) -> Cell:
    style = {"pitch": CELL_PITCH, "align": Align.CENTER if said.is_label else Align.JUSTIFY}
    told = sentences.fill(said.say)
    return Cell(
        texts=(setter.text(told, **style),) if any(each.text or each.blank for each in told) else (),
        span=said.span,
        down=said.down,
        height=max(said.height_mm * MM, ROW),
        foot=_foot(setter, sentences, said.foot, width - 2 * PAD) if said.foot else None,
        is_label=said.is_label,
    )


def _foot(setter: Typesetter, sentences: Sentences, foot: str, width: float) -> Block:
    """Lines to sign on; after a tab, or on a line with neither label nor blank, words stand at the right."""
    marks: list[Mark] = []
    y = label = 0.0
    for line in foot.split("\n"):
        left, _, right = line.partition("\t")
        if not right and "{blank}" not in left and "：" not in left:
            left, right = "", left
        end = setter.text([Fragment(right)]).lines(ENDLESS)[0].end if right else 0.0
        room = width - end - (BODY_SIZE if right else 0.0)
        if left:
            is_under = left.startswith("　")  # the second officer's blank stands under the first's
            words = left.lstrip("　")
            x = label if is_under else 0.0
            label = label if is_under else setter.width(words.partition("{blank}")[0])
            marks.append(Set(x, y, room - x, _signed(setter, sentences, words, room - x)))
        if right:
            day = setter.text(sentences.fill(right), pitch=SIGN_PITCH, align=Align.RIGHT)
            marks.append(Set(width - end - 1, y, end + 1, day))
        y += SIGN_PITCH
    return Block(y, tuple(marks))


def _signed(setter: Typesetter, sentences: Sentences, line: str, room: float) -> Text:
    """A label with its blanks, as wide as the line allows; a label without one gets one."""
    line = line if "{blank}" in line else line + "{blank}"
    words = setter.text(sentences.fill(line.replace("{blank}", ""))).lines(ENDLESS)[0].end
    pen = min(PEN, (room - words - 1) / line.count("{blank}"))
    return setter.text(sentences.fill(line, pen=max(pen, 2 * BODY_SIZE)), pitch=SIGN_PITCH, align=Align.LEFT)
