"""RedactBoard: what is painted over on each page while an officer decides; which pages were looked at; no widget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from inspector.domain.redaction import Private, RedactBox
from inspector.evidence.marks import Box
from ui.models.mark_board import MarkBoard
from ui.text import tr

_Place = tuple[int, float, float, float, float]


class RedactBoard:
    """One MarkBoard of boxes a page; suggestions stand on it from the beginning, each to be taken away or moved."""

    def __init__(self, pages: int, suggested: Sequence[RedactBox] = ()) -> None:
        self.pages, self.page = pages, 0
        self.seen: set[int] = set()
        self._why = {_place(box): box for box in suggested}
        self._boards = [
            MarkBoard([Box(x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1) for box in suggested if box.page == page])
            for page in range(pages)
        ]

    @property
    def board(self) -> MarkBoard:
        """The boxes of the page that is shown."""
        return self._boards[self.page]

    @property
    def unseen(self) -> int:
        """How many pages nobody has looked at."""
        return self.pages - len(self.seen)

    @property
    def is_touched(self) -> bool:
        """Whether anything was drawn or taken away."""
        return any(board.can_undo or board.can_redo for board in self._boards)

    def look(self) -> None:
        """The page that is shown was seen."""
        self.seen.add(self.page)

    def turn(self, by: int) -> bool:
        """Go to another page; False where there is none."""
        if not 0 <= self.page + by < self.pages:
            return False
        self.page += by
        return True

    def boxes(self, page: int | None = None) -> tuple[RedactBox, ...]:
        """Return what is painted over, on one page or on all."""
        wanted = range(self.pages) if page is None else (page,)
        return tuple(
            self._why.get(
                (n, mark.x0, mark.y0, mark.x1, mark.y1),
                RedactBox(x0=mark.x0, y0=mark.y0, x1=mark.x1, y1=mark.y1, page=n),
            )
            for n in wanted
            for mark in self._boards[n].marks
            if isinstance(mark, Box)
        )

    def facts(self) -> list[tuple[str, str]]:
        """Return what is painted over on this page as (kind, what stands there or how many)."""
        boxes = self.boxes(self.page)
        found = [(why_word(box.why), box.text) for box in boxes if box.why is not Private.HAND]
        by_hand = Counter(box.why for box in boxes)[Private.HAND]
        return [*found, (tr("手绘"), tr("{n} 处", n=by_hand))] if by_hand else found


def why_word(why: Private) -> str:
    """Return why a place is painted over."""
    return {
        Private.HAND: tr("手绘"),
        Private.ID_NUMBER: tr("身份证号"),
        Private.PHONE: tr("电话"),
        Private.PLATE: tr("车牌"),
    }[why]


def _place(box: RedactBox) -> _Place:
    return (box.page, box.x0, box.y0, box.x1, box.y1)
