"""Comparison: the earlier and the later photo on dark ground: laid over each other behind a slider, or side by side.

comparison.show_pair(Shown(before=…, after=…, is_aligned=True, changed=(…), before_line=…, after_line=…))
↓ shows the other picture whole, [ and ] move the line, so does the pointer; ← → are left to the screen.
Signals: `stepped(by)` at ← →; `files_dropped(paths)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.evidence.alignment import Outline
from ui.text import tr
from ui.views.evidence.grid import dropped_paths
from ui.views.evidence.picture import Dark
from ui.views.recheck.corner_words import corner_width, draw_corner
from ui.widgets.label import wrapped
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text
from ui.widgets.role import say_role

STEP = 0.05
_HANDLE, _EDGE, _GAP = 48, 20, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is compared; a null image is a photo that lacks. `changed` are outlines on the earlier picture."""

    before: QImage = field(default_factory=QImage)
    after: QImage = field(default_factory=QImage)
    is_aligned: bool = False
    changed: tuple[Outline, ...] = ()
    before_line: str = ""
    after_line: str = ""


class Comparison(Dark, Themed, QWidget):
    """See the module text."""

    stepped = Signal(int)
    files_dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown()
        self._fitted: dict[tuple[int, int, int], QPixmap] = {}
        self.split = 0.5
        """How far from the left the line stands: 0 shows only the later picture, 1 only the earlier."""
        self._is_loading = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        say_role(self, "Graphic")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def show_pair(self, shown: Shown) -> None:
        """Show a pair; the line goes back to the middle when another pair is shown."""
        self._shown, self._is_loading, self.split = shown, False, 0.5
        self._fitted.clear()
        self._say()
        self.update()

    def show_loading(self) -> None:
        """Say that the pair is being compared."""
        self._shown, self._is_loading = Shown(), True
        self._fitted.clear()
        self._say()
        self.update()

    def turn(self) -> None:
        """Show the other picture whole: the later one, then the earlier one."""
        self._move(0.0 if self.split >= 0.5 else 1.0)

    def shift(self, steps: int) -> None:
        """Move the line by so many steps."""
        self._move(self.split + STEP * steps)

    @property
    def is_laid_over(self) -> bool:
        """Whether the pictures lie on each other; else they stand side by side."""
        shown = self._shown
        return shown.is_aligned and not shown.before.isNull() and not shown.after.isNull()

    def _move(self, split: float) -> None:
        self.split = max(0.0, min(1.0, split))
        self._say()
        self.update()

    # --- geometry -----------------------------------------------------------------------------------------------

    def frames(self) -> tuple[QRectF, QRectF]:
        """Return where the earlier and the later picture stand; the same place when they lie on each other."""
        edge, gap = self.theme.u(_EDGE), self.theme.u(_GAP)
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        if self.is_laid_over:
            whole = _fit(self._shown.before, room)
            return whole, whole
        wide = (room.width() - gap) / 2
        left = QRectF(room.left(), room.top(), wide, room.height())
        right = QRectF(left.right() + gap, room.top(), wide, room.height())
        return _fit(self._shown.before, left), _fit(self._shown.after, right)

    def sizeHint(self) -> QSize:
        """Room for two pictures."""
        return QSize(self.theme.u(720), self.theme.u(480))

    def minimumSizeHint(self) -> QSize:
        """Gives way."""
        return QSize(self.theme.u(240), self.theme.u(180))

    # --- hands --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the line."""
        self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())

    def _drag(self, at: QPointF) -> None:
        if self.is_laid_over:
            frame, _ = self.frames()
            self._move((at.x() - frame.left()) / max(1.0, frame.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → another hazard, ↓ the other picture, [ ] the line."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.stepped.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.turn()
        elif key in {Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight}:
            self.shift(-1 if key == Qt.Key.Key_BracketLeft else 1)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a photo."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        event.acceptProposedAction()
        self.files_dropped.emit(dropped_paths(event.mimeData()))

    # --- painting -----------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is compared."""
        before, after = self.frames()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self.theme.color("canvas"))
            if self._is_loading:
                self._note(painter, QRectF(self.rect()), "loader-2", tr("正在对齐两张照片"))
                return
            self._picture(painter, before, self._shown.before, tr("整改前没有照片"), 0)
            if self.is_laid_over:
                painter.save()
                painter.setClipRect(
                    QRectF(self._line(after), after.top(), after.right() - self._line(after) + 1, after.height())
                )
                self._picture(painter, after, self._shown.after, "", 1)
                painter.restore()
                self._regions(painter, before)
                self._slider(painter, before)
            else:
                hint = tr("还没有复查照片，按 Ctrl+O 添加，或拖到这里")
                self._picture(painter, after, self._shown.after, hint, 1)
            self._corners(painter, before, after)

    def _line(self, frame: QRectF) -> float:
        return round(frame.left() + frame.width() * self.split)

    def _picture(self, painter: QPainter, frame: QRectF, image: QImage, nothing: str, which: int) -> None:
        if image.isNull():
            dashed = QPen(self.theme.color("lineStrong"), self.theme.line, Qt.PenStyle.DashLine)
            painter.setPen(dashed)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, self.theme.radius("card"), self.theme.radius("card"))
            self._note(painter, frame, "photo-plus" if which else "photo-off", nothing)
            return
        size = (frame.size() * self.dpr).toSize()
        key = (which, size.width(), size.height())
        if key not in self._fitted:
            mode = Qt.TransformationMode.SmoothTransformation
            made = QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
            made.setDevicePixelRatio(self.dpr)
            self._fitted = {old: one for old, one in self._fitted.items() if old[0] != which} | {key: made}
        painter.drawPixmap(frame.topLeft(), self._fitted[key])

    def _note(self, painter: QPainter, frame: QRectF, icon: str, words: str) -> None:
        """An icon and a sentence in the middle, on as many lines as it needs."""
        theme, middle, body = self.theme, frame.center(), self.theme.font("body")
        color, step = theme.color("text2"), theme.u(24)
        lines = wrapped(words, body, frame.width() - theme.u(24))
        top = middle.y() - (theme.u(40) + len(lines) * step) / 2
        draw_icon(
            painter, middle.x() - theme.u(16), top + theme.u(16), icon, theme=theme, px=32, color=color, dpr=self.dpr
        )
        for row, line in enumerate(lines):
            place = QRectF(frame.left(), top + theme.u(40) + row * step, frame.width(), step)
            draw_text(painter, place, line, font=body, color=color, align=Qt.AlignmentFlag.AlignHCenter, elide=False)

    def _regions(self, painter: QPainter, frame: QRectF) -> None:
        """Outline what differs: white dashes over a dark line, so that they are seen on any picture."""
        for outline in self._shown.changed:
            points = [QPointF(frame.left() + x * frame.width(), frame.top() + y * frame.height()) for x, y in outline]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.color("canvas"), self.theme.u(4)))
            painter.drawPolygon(points)
            painter.setPen(QPen(self.theme.color("text"), self.theme.u(2), Qt.PenStyle.DashLine))
            painter.drawPolygon(points)

    def _slider(self, painter: QPainter, frame: QRectF) -> None:
        theme, x = self.theme, self._line(frame)
        painter.fillRect(QRectF(x - theme.u(1), frame.top(), theme.u(3), frame.height()), theme.color("text"))
        size = theme.u(_HANDLE)
        knob = QRectF(x - size / 2, frame.top() + frame.height() * 0.6 - size / 2, size, size)
        white, ink = theme.color("text"), theme.color("canvas")
        draw_box(painter, knob, fill=white, radius=size / 2)
        draw_icon(
            painter,
            knob.center().x() - theme.u(12),
            knob.center().y(),
            "arrows-right-left",
            theme=theme,
            px=24,
            color=ink,
            dpr=self.dpr,
        )

    def _corners(self, painter: QPainter, before: QRectF, after: QRectF) -> None:
        """Name both pictures; the times are left out where they don't fit (they stand in the facts too)."""
        theme, edge, shown = self.theme, self.theme.u(12), self._shown
        words = ((tr("整改前"), shown.before_line), (tr("复查时"), shown.after_line))
        room = before.width() / (2 if self.is_laid_over else 1) - 1.5 * edge
        if any(corner_width(theme, one) > room for one in words):
            words = ((words[0][0], ""), (words[1][0], ""))
        if not shown.before.isNull():
            draw_corner(painter, theme, before.topLeft() + QPointF(edge, edge), words[0])
        if not shown.after.isNull():
            draw_corner(painter, theme, after.topRight() + QPointF(-edge, edge), words[1], is_right=True)

    # --- words --------------------------------------------------------------------------------------------------

    def _say(self) -> None:
        """Tell a screen reader what stands here."""
        self.setAccessibleName(tr("整改前后照片对比"))
        shown = self._shown
        if self._is_loading:
            told = tr("正在对齐两张照片")
        elif self.is_laid_over:
            told = tr(
                "已对齐，左侧为整改前 {n}%，框出差异 {count} 处", n=round(100 * self.split), count=len(shown.changed)
            )
        else:
            told = tr("未对齐，并排显示")
        self.setAccessibleDescription(told)

    def retranslate(self) -> None:
        """Say it again."""
        self._say()
        self.update()


def _fit(image: QImage, room: QRectF) -> QRectF:
    """Return the largest place of the image's proportions within a room, in its middle; the room if there is none."""
    if image.isNull() or not room.width() or not room.height():
        return room
    size = image.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = room.left() + (room.width() - size.width()) / 2
    return QRectF(
        round(left), round(room.top() + (room.height() - size.height()) / 2), round(size.width()), round(size.height())
    )
