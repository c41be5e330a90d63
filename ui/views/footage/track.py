"""Track: the clip as a line to move on, with marks of what happened when: hazards, stills, clappers, clocks read.

track.show_clip(duration_us);  track.show_at(us);  track.show_marks([Mark(at_us, "hazard", "2", "隐患 2 …")])
Signal `wanted(int)` a moment in µs, by mouse or keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from ui.theme.theme import Theme
from ui.views.evidence.picture import Dark
from ui.widgets.painted import Themed, draw_box, draw_text

HAZARD, STILL, CLAP, CLOCK = "hazard", "still", "clap", "clock"
_COLORS = {HAZARD: "warn", STILL: "ok", CLAP: "accent", CLOCK: "text2"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened at a stream time: kind, the short word beside its shape, the whole sentence as tooltip."""

    at_us: int
    kind: str
    word: str
    sentence: str


class Track(Dark, Themed, QSlider):
    """See the module text; in milliseconds to Qt and to screen readers."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._marks: tuple[Mark, ...] = ()
        self._high = 44
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringGap", -4)

    def show_clip(self, duration_us: int) -> None:
        """Stand at the beginning of a clip of that length; 0 for none."""
        self.setRange(0, max(0, duration_us // 1000))
        self.setValue(0)
        self.setEnabled(duration_us > 0)

    def show_at(self, at_us: int) -> None:
        """Stand at a moment, unless it is being dragged."""
        if not self.isSliderDown():
            self.setValue(at_us // 1000)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these."""
        self._marks = tuple(sorted(marks, key=lambda each: each.at_us))
        self.update()

    def marks(self) -> tuple[Mark, ...]:
        """Return the marks in order of time."""
        return self._marks

    def be_low(self, is_low: bool) -> None:
        """Take less height."""
        high = 34 if is_low else 44
        if high != self._high:
            self._high = high
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Marks above the line, the grip on it; as high as a finger is wide in field mode."""
        return QSize(self.theme.u(320), max(self.theme.u(self._high), self.theme.target))

    def minimumSizeHint(self) -> QSize:
        """Gives way in width."""
        return QSize(self.theme.u(160), self.sizeHint().height())

    # --- geometry ----------------------------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        pad = self.theme.u(12)
        return QRectF(self.rect()).adjusted(pad, 0, -pad, 0)

    def x_of(self, at_us: float) -> float:
        """Return where a moment lies, in px."""
        room, whole = self._room(), max(1, self.maximum())
        return room.left() + room.width() * min(1.0, max(0.0, at_us / 1000 / whole))

    def us_at(self, x: float) -> int:
        """Return the moment under a point, in µs."""
        room = self._room()
        share = (x - room.left()) / max(1.0, room.width())
        return round(1000 * self.maximum() * min(1.0, max(0.0, share)))

    def mark_at(self, x: float) -> Mark | None:
        """Return the mark near a point."""
        near = [one for one in self._marks if abs(self.x_of(one.at_us) - x) <= self.theme.u(8)]
        return min(near, key=lambda each: abs(self.x_of(each.at_us) - x), default=None)

    # --- hands -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there; near a mark, exactly to it."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setSliderDown(True)
        x = event.position().x()
        mark = self.mark_at(x) if event.position().y() < self.height() / 2 else None
        self._go(mark.at_us if mark is not None else self.us_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self.isSliderDown():
            self._go(self.us_at(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def _go(self, at_us: int) -> None:
        self.setValue(at_us // 1000)
        self.wanted.emit(at_us)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are the player's."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Say what a mark is when the mouse rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(event.pos().x())
            QToolTip.showText(event.globalPos(), mark.sentence if mark is not None else "", self)
            return True
        return super().event(event)

    # --- look --------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line, what has passed of it, the marks above, the grip."""
        theme, room = self.theme, self._room()
        line = round(self.height() * 0.68)
        with QPainter(self) as painter:
            thick = theme.size("progress")
            groove = QRectF(room.left(), line - thick / 2, room.width(), thick)
            draw_box(painter, groove, fill=theme.color("lineStrong"), radius=thick / 2)
            if not self.isEnabled():
                return
            x = self.x_of(self.value() * 1000)
            passed = QRectF(groove.left(), groove.top(), max(thick, x - groove.left()), thick)
            draw_box(painter, passed, fill=theme.color("accent"), radius=thick / 2)
            for mark in self._marks:
                self._draw_mark(painter, mark, line, theme)
            radius = theme.u(8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("text"))
            painter.drawEllipse(QPointF(x, line), radius, radius)

    def _draw_mark(self, painter: QPainter, mark: Mark, line: float, theme: Theme) -> None:
        x, u = round(self.x_of(mark.at_us)), theme.u
        color = theme.color(_COLORS[mark.kind])
        top = line - u(22)
        painter.fillRect(QRectF(x - theme.line / 2, top + u(8), max(1, theme.line), line - top - u(8)), color)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if mark.kind == HAZARD:
            # The shape of a flag points down to the moment; its number stands at the right.
            corners = [QPointF(x - u(5), top), QPointF(x + u(5), top), QPointF(x, top + u(9))]
            painter.drawPolygon(QPolygonF(corners))
        elif mark.kind == STILL:
            painter.drawEllipse(QPointF(x, top + u(5)), u(4), u(4))
        else:
            painter.drawRect(QRectF(x - u(4), top + u(1), u(8), u(8)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if mark.word:
            spot = QRectF(x + u(7), top - u(4), u(24), u(16))
            draw_text(painter, spot, mark.word, font=theme.font("key"), color=theme.color("text"), elide=False)
