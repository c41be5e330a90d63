"""Picture: a photo on dark ground, as large as it fits or enlarged and moved about; a sentence when there is none.

picture.show_image(image);  picture.zoom_in(), zoom_out(), fit();  picture.pan(QPointF)
Signal `zoomed(float)`: 1.0 is the size that fits. A sharper image of the same photo keeps scale and place.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.look import theme as current_theme
from ui.theme.theme import Theme, make
from ui.widgets.painted import Themed, draw_icon, draw_text

STEP = 1.5
MOST = 8.0


class Dark:
    """Mixin before a Themed widget: the dark theme, whatever is on."""

    @property
    def theme(self) -> Theme:
        """The dark theme at the scale that is on, with targets for gloves where those are on."""
        now = current_theme()
        return make("dark", now.scale / now.density.k, now.density)


class Picture(Dark, Themed, QWidget):
    """See the module text. `zoom` against the fitting size; `middle` of what is seen, as shares of the photo."""

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.middle = QPointF(0.5, 0.5)
        self._image = QImage()
        self._fitted = QPixmap()
        self._held: QPointF | None = None
        self._note, self._icon = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage) -> None:
        """Show a photo, or the same one sharper."""
        self._image, self._note, self._fitted = image, "", QPixmap()
        self.update()

    def show_note(self, icon: str, note: str) -> None:
        """Show a sentence instead; the next photo begins at the fitting size."""
        self._image, self._icon, self._note, self._fitted = QImage(), icon, note, QPixmap()
        self.fit()

    def has_image(self) -> bool:
        """Whether a photo is shown."""
        return not self._image.isNull()

    def zoom_in(self) -> None:
        """One step larger."""
        self._zoom_to(self.zoom * STEP)

    def zoom_out(self) -> None:
        """One step smaller, down to the size that fits."""
        self._zoom_to(self.zoom / STEP)

    def fit(self) -> None:
        """The size that fits."""
        self.middle = QPointF(0.5, 0.5)
        self._zoom_to(1.0)

    def pan(self, by: QPointF) -> None:
        """Move the photo by so many px; its edges stay outside the middle of the view."""
        size = self._shown_size()
        if self.has_image() and size.width() and size.height():
            self.middle = self.middle - QPointF(by.x() / size.width(), by.y() / size.height())
            self._bound()

    def _zoom_to(self, zoom: float) -> None:
        self.zoom = max(1.0, min(MOST, zoom))
        self._bound()
        self.setCursor(Qt.CursorShape.OpenHandCursor if self.zoom > 1 else Qt.CursorShape.ArrowCursor)
        self.zoomed.emit(self.zoom)

    def _bound(self) -> None:
        """Never show more ground at an edge than the photo leaves by itself."""
        size = self._shown_size()
        across = _within(self.middle.x(), self.width(), size.width())
        self.middle = QPointF(across, _within(self.middle.y(), self.height(), size.height()))
        self.update()

    def _shown_size(self) -> QSizeF:
        """How large the photo is drawn, in logical px."""
        fitting = QSizeF(self._image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        return fitting * self.zoom

    def frame(self) -> QRectF:
        """Return where the whole photo lies, in px of this widget; parts may lie outside when it is enlarged."""
        size = self._shown_size()
        corner = QPointF(self.width() / 2, self.height() / 2)
        return QRectF(corner - QPointF(self.middle.x() * size.width(), self.middle.y() * size.height()), size)

    def sizeHint(self) -> QSize:
        """Three quarters of a small window."""
        return QSize(self.theme.u(720), self.theme.u(540))

    def minimumSizeHint(self) -> QSize:
        """Gives way."""
        return QSize(self.theme.u(240), self.theme.u(180))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is the scale."""
        (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an enlarged photo."""
        self._held = event.position() if self.zoom > 1 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._held is not None:
            self.pan(event.position() - self._held)
            self._held = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is seen of it."""
        theme = self.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("canvas"))
            if self._image.isNull():
                self._draw_note(painter)
            elif self.zoom > 1:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self.frame(), self._image)
            else:
                self._draw_fitting(painter)

    def _draw_fitting(self, painter: QPainter) -> None:
        room = self.size() * self.dpr
        shown = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._fitted.size() != shown:
            mode = Qt.TransformationMode.SmoothTransformation
            self._fitted = QPixmap.fromImage(self._image.scaled(shown, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
            self._fitted.setDevicePixelRatio(self.dpr)
        size = self._fitted.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawPixmap(round(left), round(top), self._fitted)

    def _draw_note(self, painter: QPainter) -> None:
        theme, middle = self.theme, QRectF(self.rect()).center()
        color = theme.color("text2")
        if self._icon:
            left = middle.x() - theme.u(26)
            draw_icon(painter, left, middle.y(), self._icon, theme=theme, px=52, color=color, dpr=self.dpr)
        line = QRectF(0, middle.y() + theme.u(36), self.width(), theme.u(28))
        align = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, line, self._note, font=theme.font("body"), color=color, align=align)


def _within(share: float, room: float, whole: float) -> float:
    """Return the share nearest to `share` at which a photo `whole` px long still fills a room of `room` px."""
    slack = min(0.5, room / 2 / whole) if whole else 0.5
    return max(slack, min(1 - slack, share))
