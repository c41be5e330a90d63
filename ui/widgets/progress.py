"""Progress: label and count at the left, rate and time left at the right, a 6 px bar below; blue running, green done.

bar = Progress();  bar.show_progress("照片", 296, 300, note="11.2 MB/s　剩 4 秒")
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.widgets.painted import Themed, draw_box, draw_text

_STEPS = 10_000


def grouped(number: int) -> str:
    """Return a number with thin gaps: 4 812 (look.md §3)."""
    return f"{number:,}".replace(",", "\u2009")


def draw_bar(painter: QPainter, rect: QRectF, share: float, *, theme: Theme) -> None:
    """Draw a bar of the token height centred on `rect`; a full one is green."""
    height = theme.size("progress")
    groove = QRectF(rect.left(), round(rect.center().y() - height / 2), rect.width(), height)
    edge = theme.color("control") if theme.is_sunlight else None
    draw_box(painter, groove, fill=theme.color("pressed"), line=edge, radius=height / 2)
    if share > 0:
        done = QRectF(groove.left(), groove.top(), max(height, groove.width() * min(1.0, share)), height)
        draw_box(painter, done, fill=theme.color("ok" if share >= 1 else "accent"), radius=height / 2)


class Progress(Themed, QProgressBar):
    """A counted progress; never runs back within one run, never a spinner where a count is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = self._note = ""
        self._count = ""
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, label: str, done: int, total: int, *, note: str = "") -> None:
        """Show `done` of `total` (files or bytes); `note` stands at the right."""
        self._label, self._note = label, note
        self._count = f"{grouped(done)} / {grouped(total)}"
        self.setValue(round(_STEPS * done / total) if total else _STEPS)
        self.setAccessibleName(f"{label} {self._count}")
        self.update()

    def show_share(self, label: str, share: float, *, note: str = "") -> None:
        """Show a share of 0..1 without a count."""
        self._label, self._note, self._count = label, note, ""
        self.setValue(round(_STEPS * share))
        self.setAccessibleName(label)
        self.update()

    def sizeHint(self) -> QSize:
        """One body line and the bar."""
        return QSize(self.theme.u(240), self.theme.u(40))

    def minimumSizeHint(self) -> QSize:
        """Keeps its height."""
        return QSize(self.theme.u(120), self.theme.u(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words and bar."""
        theme, wide = self.theme, float(self.width())
        with QPainter(self) as painter:
            words = QRectF(0, 0, wide, theme.u(26))
            body, meta = theme.font("body"), theme.font("meta")
            note = QRectF(words)
            taken = draw_text(
                painter, note, self._note, font=meta, color=theme.color("text2"), align=Qt.AlignmentFlag.AlignRight
            )
            left = words.adjusted(0, 0, -taken - theme.u(12), 0)
            text = f"{self._label}\u2002{self._count}" if self._count else self._label
            draw_text(painter, left, text, font=body, color=theme.color("text"))
            draw_bar(painter, QRectF(0, theme.u(26), wide, theme.u(14)), self.value() / _STEPS, theme=theme)
