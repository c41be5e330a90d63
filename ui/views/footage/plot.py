"""TimelinePlot: a visit as a line of time: steps above, one lane a device below, what is missing hatched.

plot.show_timeline(timeline);  plot.zoom(2.0);  plot.fit()
Signal `opened(clip_id, at_us)`: a moment of a clip was pressed. Wheel or + − scale, drag or ← → move, 0 shows all.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from inspector.clock import CHINA
from inspector.domain.footage import ClockState
from inspector.domain.timeline import Span, StepKind, Timeline
from ui.models.footage_words import doubt_word
from ui.models.moments import clock_time
from ui.models.timeline_words import gaps_sentence, item_text, step_sentence, step_word
from ui.text import tr
from ui.widgets.painted import Themed, draw_box, draw_text, text_width
from ui.widgets.role import say_role

_TICKS_S: Final = (1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400)
_ROWS: Final = 3
"""Words of steps that stand close take up to so many lines."""
_LEAST_MS: Final = 2_000
_DAY_MS: Final = 86_400_000
_STEP: Final = 1.5


class TimelinePlot(Themed, QWidget):
    """See the module text."""

    opened = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._whole = (0.0, 1.0)
        self._seen = (0.0, 1.0)
        self._held: QPointF | None = None
        self._is_dragged = False
        self._rows = _ROWS
        say_role(self, "Chart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("ringGap", -5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show a visit, all of it unless the same one was enlarged before."""
        is_same = timeline is not None and self._timeline is not None
        is_same = is_same and timeline.inspection_id == self._timeline.inspection_id  # type: ignore[union-attr]
        was_all = self._seen == self._whole
        self._timeline = timeline
        self._whole = _extent(timeline)
        if not is_same or was_all:
            self._seen = self._whole
        self.setAccessibleName(tr("时间线"))
        self.setAccessibleDescription(self.spoken())
        self.updateGeometry()
        self.update()

    def be_low(self, is_low: bool) -> None:
        """Take one line for the steps where there is little height."""
        rows = 1 if is_low else _ROWS
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()
            self.update()

    def spoken(self) -> str:
        """Return the whole plot as sentences."""
        if self._timeline is None:
            return ""
        steps = [step_sentence(one) for one in self._timeline.steps if one.kind is not StepKind.PHOTO]
        spans = [_span_sentence(one) for one in self._timeline.spans]
        return "；".join([*steps, *spans, gaps_sentence(self._timeline)])

    def seen(self) -> tuple[float, float]:
        """Return the ends of what is seen, in ms of wall time."""
        return self._seen

    # --- scale -------------------------------------------------------------------------------------------------------

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Enlarge about a point in px (the middle without one)."""
        begin, end = self._seen
        fixed = self.ms_at(self.width() / 2 if at is None else at)
        wide = max(_LEAST_MS, min(self._whole[1] - self._whole[0], (end - begin) / factor))
        share = (fixed - begin) / (end - begin)
        self._look(fixed - wide * share, wide)

    def pan(self, ms: float) -> None:
        """Move along."""
        self._look(self._seen[0] + ms, self._seen[1] - self._seen[0])

    def fit(self) -> None:
        """Show all of it."""
        self._seen = self._whole
        self.update()

    def _look(self, begin: float, wide: float) -> None:
        begin = max(self._whole[0], min(self._whole[1] - wide, begin))
        self._seen = (begin, begin + wide)
        self.update()

    def _room(self) -> QRectF:
        u = self.theme.u
        return QRectF(u(16), 0, max(1, self.width() - u(32)), self.height())

    def x_of(self, moment: datetime) -> float:
        """Return where a moment lies, in px."""
        begin, end = self._seen
        room = self._room()
        return room.left() + room.width() * (moment.timestamp() * 1000 - begin) / (end - begin)

    def ms_at(self, x: float) -> float:
        """Return the wall time under a point, in ms."""
        begin, end = self._seen
        room = self._room()
        return begin + (end - begin) * (x - room.left()) / room.width()

    # --- where things stand ------------------------------------------------------------------------------------------

    def _labels(self) -> list[str]:
        spans = self._timeline.spans if self._timeline is not None else ()
        return list(dict.fromkeys(one.label for one in spans))

    def _top_of_lanes(self) -> int:
        return self.theme.u(28 + 20 * self._rows + 12)

    def _bar(self, span: Span) -> QRectF:
        u, left, right = self.theme.u, self.x_of(span.begins_at), self.x_of(span.ends_at)
        top = self._top_of_lanes() + u(40) * self._labels().index(span.label) + u(18)
        return QRectF(left, top, max(u(3), right - left), u(16))

    def span_at(self, point: QPointF) -> Span | None:
        """Return the clip under a point."""
        spans = self._timeline.spans if self._timeline is not None else ()
        return next((one for one in spans if self._bar(one).adjusted(-3, -6, 3, 6).contains(point)), None)

    def sizeHint(self) -> QSize:
        """Steps, a lane a device, a lane for what is missing."""
        lanes = max(1, len(self._labels()))
        return QSize(self.theme.u(480), self._top_of_lanes() + self.theme.u(40 * lanes + 48))

    def minimumSizeHint(self) -> QSize:
        """Gives way in width."""
        return QSize(self.theme.u(240), self.sizeHint().height())

    # --- hands -------------------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is the scale."""
        self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP, event.position().x())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._held, self._is_dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it along."""
        if self._held is None:
            return
        by = event.position().x() - self._held.x()
        if self._is_dragged or abs(by) > self.theme.u(4):
            self._is_dragged = True
            self.pan(-by * (self._seen[1] - self._seen[0]) / self._room().width())
            self._held = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that moved nothing opens the clip there."""
        span = self.span_at(event.position()) if not self._is_dragged else None
        self._held = None
        if span is not None:
            at_ms = self.ms_at(event.position().x()) - span.begins_at.timestamp() * 1000
            self.opened.emit(span.clip_id, max(0, round(at_ms * 1000)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ − 0 scale, ← → move."""
        third = (self._seen[1] - self._seen[0]) / 3
        slots = {
            Qt.Key.Key_Plus: lambda: self.zoom(_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / _STEP),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Left: lambda: self.pan(-third),
            Qt.Key.Key_Right: lambda: self.pan(third),
        }
        slot = slots.get(Qt.Key(event.key()))
        if slot is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            slot()

    def event(self, event: QEvent) -> bool:
        """Say what stands under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._hint(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _hint(self, point: QPointF) -> str:
        span = self.span_at(point)
        if span is not None:
            return _span_sentence(span)
        steps = self._timeline.steps if self._timeline is not None else ()
        near = [one for one in steps if abs(self.x_of(one.at) - point.x()) <= self.theme.u(6)]
        return "\n".join(step_sentence(one) for one in near[:6])

    # --- look --------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the axis, the steps, the lanes, what is missing."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
            if self._timeline is None:
                return
            self._draw_axis(painter)
            self._draw_steps(painter, self._timeline)
            self._draw_spans(painter, self._timeline)
            self._draw_gaps(painter, self._timeline)

    def _draw_axis(self, painter: QPainter) -> None:
        theme, u = self.theme, self.theme.u
        begin, end = self._seen
        room = self._room()
        most = max(1.0, room.width() / u(90))
        wide_s = (end - begin) / 1000
        tick = (
            next((s for s in _TICKS_S if wide_s / s <= most), _TICKS_S[-1] * ceil(wide_s / _TICKS_S[-1] / most)) * 1000
        )
        at = (int(begin) // tick) * tick
        while at <= end:
            moment = datetime.fromtimestamp(at / 1000, CHINA)
            x = round(self.x_of(moment))
            if room.left() - 1 <= x <= room.right() + 1:
                high = u(6) if theme.is_sunlight else self.height() - u(22)  # black lines would cross the words
                painter.fillRect(QRectF(x, u(22), theme.line, high), theme.color("line"))
                said = f"{moment:%m-%d}" if tick >= _DAY_MS else f"{moment:%H:%M}"
                said = said if tick >= 60_000 else f"{moment:%H:%M:%S}"
                wide = text_width(said, theme.font("meta"))
                spot = QRectF(min(x, self.width() - wide - u(4)), 0, wide + 1, u(22))
                draw_text(painter, spot, said, font=theme.font("meta"), color=theme.color("text2"), elide=False)
            at += tick

    def _draw_steps(self, painter: QPainter, timeline: Timeline) -> None:
        """Words in the first line that is free there; where none is, only the stroke."""
        theme, u = self.theme, self.theme.u
        taken = [float("-inf")] * self._rows
        bottom = self._top_of_lanes()
        for step in timeline.steps:
            x = round(self.x_of(step.at))
            if not 0 <= x <= self.width():
                continue
            is_photo = step.kind is StepKind.PHOTO
            ink = theme.color("danger" if step.kind is StepKind.CLOCK_JUMP else "text")
            top = u(28)
            word = "" if is_photo else step_word(step)
            wide = text_width(word, theme.font("meta")) if word else 0.0
            is_at_edge = x + u(5) + wide > self.width() - u(4)
            left = x - u(5) - wide if is_at_edge else x + u(5)
            row = next((n for n in range(self._rows) if taken[n] <= left), None) if word else None
            if row is not None:
                taken[row] = left + wide + u(10)
                top = u(28) + row * u(20)
                spot = QRectF(left, top, wide + 1, u(20))
                draw_text(painter, spot, word, font=theme.font("meta"), color=ink, elide=False)
            start = bottom - u(8) if is_photo else top + u(2)
            painter.fillRect(QRectF(x, start, max(2, theme.line), bottom - start), ink)

    def _draw_spans(self, painter: QPainter, timeline: Timeline) -> None:
        theme, u = self.theme, self.theme.u
        for n, label in enumerate(self._labels() or [tr("没有已校时的录像")]):
            top = self._top_of_lanes() + u(40) * n
            spot = QRectF(u(16), top, self.width() - u(32), u(18))
            draw_text(painter, spot, label, font=theme.font("meta"), color=theme.color("text2"))
        for span in timeline.spans:
            bar = self._bar(span)
            shown = bar.intersected(QRectF(0, bar.top(), self.width(), bar.height()))
            if shown.isEmpty():
                continue
            is_hand = span.state is ClockState.BY_HAND
            fill = theme.color("selected" if is_hand else "accent")
            line = theme.color("accent")
            draw_box(painter, shown, fill=fill, line=line, width=max(1, theme.line), radius=theme.radius("tag"))

    def _draw_gaps(self, painter: QPainter, timeline: Timeline) -> None:
        theme, u = self.theme, self.theme.u
        top = self._top_of_lanes() + u(40) * max(1, len(self._labels())) + u(6)
        for gap in timeline.open_gaps:
            for moment in gap.uncovered:
                left = self.x_of(moment) - u(7)
                spot = QRectF(left, top, u(14), u(14))
                if -u(20) < left < self.width():
                    self._draw_missing(painter, spot, theme.color("warn"))
        if timeline.open_gaps:
            said = tr("没有录像：{items}", items=tr("、").join(item_text(one) for one in timeline.open_gaps))
            line = QRectF(u(16), top + u(14), self.width() - u(32), u(18))
            draw_text(painter, line, said, font=theme.font("meta"), color=theme.color("warn"))

    def _draw_missing(self, painter: QPainter, spot: QRectF, color: QColor) -> None:
        """A hollow box with a stroke through it: nothing is there."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, max(2, self.theme.line)))
        painter.drawRect(spot)
        painter.drawLine(spot.bottomLeft(), spot.topRight())
        painter.restore()


def _extent(timeline: Timeline | None) -> tuple[float, float]:
    if timeline is None:
        return (0.0, 1.0)
    # A camera whose clock is days off must not squeeze the visit: its photos are steps, but don't set the scale.
    moments = [one.at for one in timeline.steps if one.kind is not StepKind.PHOTO]
    moments += [at for one in timeline.spans for at in (one.begins_at, one.ends_at)]
    if not moments:
        return (0.0, 1.0)
    begin, end = min(moments).timestamp() * 1000, max(moments).timestamp() * 1000
    edge = max(30_000.0, (end - begin) * 0.03)
    return (begin - edge, end + edge)


def _span_sentence(span: Span) -> str:
    return "\u3000".join(
        (span.label, f"{clock_time(span.begins_at)}–{clock_time(span.ends_at)}", doubt_word(span.uncertainty_ms))
    )
