"""MarkBoard: the marks of one photo while they are drawn: which one is selected, undo and redo; knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from inspector.evidence.marks import LEAST, MOST, Arrow, Box, Circle, Color, Mark, Text, Weight

SPANS = {"box": Box, "circle": Circle, "arrow": Arrow}
"""Tools that draw from a corner to another."""
Point = tuple[float, float]


class MarkBoard:
    """Every change is one step; `color` and `weight` are those of the next mark and of the selected one."""

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        self._steps: list[tuple[Mark, ...]] = [tuple(marks)]
        self._at = 0
        self.selected = -1
        self.color, self.weight = Color.RED, Weight.MEDIUM
        self._pending: tuple[Mark, ...] | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks as they are shown: while one is dragged, as it stands at the moment."""
        return self._pending if self._pending is not None else self._steps[self._at]

    @property
    def current(self) -> Mark | None:
        """The selected mark."""
        return self.marks[self.selected] if 0 <= self.selected < len(self.marks) else None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self._at + 1 < len(self._steps)

    @property
    def is_full(self) -> bool:
        """Whether no further mark fits."""
        return len(self.marks) >= MOST

    def select(self, index: int) -> None:
        """Select a mark, -1 for none; its colour and weight are those of the next one."""
        self.selected = index
        mark = self.current
        if mark is not None:
            self.color, self.weight = mark.color, mark.weight

    def step_to(self, by: int) -> None:
        """Select the next or previous mark."""
        count = len(self.marks)
        if count:
            self.select((self.selected + by) % count if self.selected >= 0 else (0 if by > 0 else count - 1))

    # --- one step each ---------------------------------------------------------------------------------------------

    def add(self, mark: Mark) -> None:
        """Add a mark and select it."""
        if not self.is_full:
            self._step((*self.marks, mark))
            self.selected = len(self.marks) - 1

    def replace(self, mark: Mark) -> None:
        """Put this in the place of the selected one."""
        if self.current is not None:
            self._step(self._with(mark))

    def remove(self) -> None:
        """Take the selected one out."""
        if self.current is not None:
            self._step((*self.marks[: self.selected], *self.marks[self.selected + 1 :]))
            self.selected = -1

    def dress(self, *, color: Color | None = None, weight: Weight | None = None) -> None:
        """Give colour or weight to the next mark, and to the selected one."""
        self.color, self.weight = color or self.color, weight or self.weight
        mark = self.current
        if mark is not None and (mark.color, mark.weight) != (self.color, self.weight):
            self.replace(msgspec.structs.replace(mark, color=self.color, weight=self.weight))

    def undo(self) -> None:
        """Take the latest step back."""
        self._turn(-1)

    def redo(self) -> None:
        """Do it again."""
        self._turn(1)

    # --- dragging --------------------------------------------------------------------------------------------------

    def span(self, tool: str, start: Point, end: Point) -> Mark:
        """Return a mark of a tool between two points, dressed as the next one."""
        (x0, y0), (x1, y1) = start, end
        return SPANS[tool](x0=x0, y0=y0, x1=x1, y1=y1, color=self.color, weight=self.weight)

    def show(self, mark: Mark | None, *, is_new: bool = False) -> None:
        """Show a mark that is being dragged, without a step; None ends that."""
        if mark is None:
            self._pending = None
        elif is_new:
            self._pending = (*self._steps[self._at], mark)
        else:
            self._pending = None
            self._pending = self._with(mark)

    def _with(self, mark: Mark) -> tuple[Mark, ...]:
        return (*self.marks[: self.selected], mark, *self.marks[self.selected + 1 :])

    def _step(self, marks: tuple[Mark, ...]) -> None:
        self._pending = None
        if marks != self._steps[self._at]:
            self._steps = [*self._steps[: self._at + 1], marks]
            self._at += 1

    def _turn(self, by: int) -> None:
        if 0 <= self._at + by < len(self._steps):
            self._at += by
            self.selected = -1


def is_slip(mark: Mark) -> bool:
    """Whether a mark is too small to have been meant."""
    if isinstance(mark, Text):
        return False
    wide, high = abs(mark.x1 - mark.x0), abs(mark.y1 - mark.y0)
    return max(wide, high) < 2 * LEAST if isinstance(mark, Arrow) else min(wide, high) < 2 * LEAST


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """Return a mark moved by shares of the picture, as far as its edges allow."""
    if isinstance(mark, Text):
        return msgspec.structs.replace(mark, x=_within(mark.x + dx), y=_within(mark.y + dy))
    dx = max(-min(mark.x0, mark.x1), min(1 - max(mark.x0, mark.x1), dx))
    dy = max(-min(mark.y0, mark.y1), min(1 - max(mark.y0, mark.y1), dy))
    return msgspec.structs.replace(
        mark, x0=_within(mark.x0 + dx), y0=_within(mark.y0 + dy), x1=_within(mark.x1 + dx), y1=_within(mark.y1 + dy)
    )


def handles(mark: Mark) -> tuple[Point, ...]:
    """Return the points by which a mark is pulled: four corners, or both ends of an arrow; a text has none."""
    if isinstance(mark, Text):
        return ()
    if isinstance(mark, Arrow):
        return ((mark.x0, mark.y0), (mark.x1, mark.y1))
    return ((mark.x0, mark.y0), (mark.x1, mark.y0), (mark.x1, mark.y1), (mark.x0, mark.y1))


def pulled(mark: Mark, handle: int, to: Point) -> Mark:
    """Return a mark whose handle was pulled to a point."""
    x, y = _within(to[0]), _within(to[1])
    if isinstance(mark, Text):
        return mark
    if isinstance(mark, Arrow):
        return msgspec.structs.replace(mark, **({"x0": x, "y0": y} if handle == 0 else {"x1": x, "y1": y}))
    across = "x0" if handle in {0, 3} else "x1"
    down = "y0" if handle in {0, 1} else "y1"
    return msgspec.structs.replace(mark, **{across: x, down: y})


def in_order(mark: Mark) -> Mark:
    """Return a box or circle with its first corner at the upper left."""
    if isinstance(mark, Text | Arrow):
        return mark
    return msgspec.structs.replace(
        mark, x0=min(mark.x0, mark.x1), x1=max(mark.x0, mark.x1), y0=min(mark.y0, mark.y1), y1=max(mark.y0, mark.y1)
    )


def _within(share: float) -> float:
    return max(0.0, min(1.0, share))
