"""PagePreview: the very bytes that are stored or would be printed, one page at a time, as wide as the pane.

page.show_pdf(pdf, pages) ; page.show_note("…") instead ; page.turn(+1) ; signal `turned(page, pages)` counts from 1.
PgUp and PgDn scroll, and turn the page at its end. Paper stays white in every theme.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from inspector.app import App
from inspector.notices.pages import WIDEST_PX
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.painted import Themed, draw_icon, draw_text
from ui.widgets.role import say_role

MOST_WIDTH = 860
"""A page is never shown wider than this (unscaled px): 210 mm at about 104 dpi."""
A4 = 297 / 210
_PAPER = QColor("white")


def draw_page(services: App, pdf: bytes, page: int, width_px: int) -> QImage:
    """Return a page as an image; runs on a work thread."""
    drawn = services.notices.page_image(pdf, page, width_px)
    image = QImage(drawn.rgb, drawn.width, drawn.height, drawn.width * 3, QImage.Format.Format_RGB888)
    return image.copy()


class _Sheet(Themed, QWidget):
    """One sheet of paper in the middle, with a line round it; white until its image has come."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.note = ""
        self.paper = QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.theme
        with QPainter(self) as painter:
            if self.note:
                self._draw_note(painter)
                return
            rect = QRect((self.width() - self.paper.width()) // 2, theme.u(16), self.paper.width(), self.paper.height())
            painter.fillRect(rect, _PAPER)
            if not self.picture.isNull():
                painter.drawPixmap(rect, self.picture)
            painter.setPen(theme.color("lineStrong"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _draw_note(self, painter: QPainter) -> None:
        theme, middle = self.theme, QRectF(self.rect()).center()
        color = theme.color("text2")
        left = middle.x() - theme.u(16)
        draw_icon(painter, left, middle.y() - theme.u(24), "file-off", theme=theme, px=32, color=color, dpr=self.dpr)
        line = QRectF(0, middle.y() + theme.u(4), self.width(), theme.u(28))
        align = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, line, self.note, font=theme.font("body"), color=color, align=align)


class PagePreview(Themed, QScrollArea):
    """See the module text."""

    turned = Signal(int, int)

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_role(self, "Document")
        self._services, self._tasks = services, tasks
        self._pdf, self._pages, self._page = b"", 0, 0
        self._ratio = A4
        self._drawn: tuple[bytes, int, int] | None = None
        self._sheet = _Sheet()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringGap", -5)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(self._sheet)
        self.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._draw)
        self.retranslate()

    @property
    def page(self) -> int:
        """The page that is shown, from 1; 0 without a document."""
        return self._page + 1 if self._pages else 0

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._pages

    def has_picture(self) -> bool:
        """Whether the present page has been drawn."""
        return not self._sheet.picture.isNull()

    def show_pdf(self, pdf: bytes, pages: int) -> None:
        """Show a document; a redrawn one of the same notice stays on its page."""
        self._sheet.note = ""
        self._pdf, self._pages = pdf, pages
        self._page = max(0, min(self._page, pages - 1))
        self._fit()
        self.turned.emit(self.page, self.pages)
        self._soon.start()

    def show_note(self, note: str) -> None:
        """Show a sentence instead of paper."""
        self._pdf, self._pages, self._page, self._drawn = b"", 0, 0, None
        self._sheet.picture, self._sheet.note = QPixmap(), note
        self._fit()
        self.turned.emit(0, 0)
        self._sheet.update()

    def first(self) -> None:
        """Begin at the first page (another notice)."""
        self._page = 0
        self.verticalScrollBar().setValue(0)

    def turn(self, by: int) -> None:
        """Turn pages, from the top of the next or the foot of the last one."""
        page = self._page + by
        if not 0 <= page < self._pages:
            return
        self._page = page
        self._sheet.picture = QPixmap()
        bar = self.verticalScrollBar()
        bar.setValue(bar.minimum() if by > 0 else bar.maximum())
        self.turned.emit(self.page, self.pages)
        self._soon.start()

    def _room(self) -> int:
        return max(120, min(self.theme.u(MOST_WIDTH), self.viewport().width() - 2 * self.theme.u(24)))

    def _fit(self) -> None:
        wide = self._room()
        high = round(wide * self._ratio) if not self._sheet.note else self.theme.u(240)
        self._sheet.paper = QSize(wide, high)
        self._sheet.resize(max(1, self.viewport().width()), high + self.theme.u(40))
        self._sheet.update()

    def _draw(self) -> None:
        if not self._pages:
            return
        width = min(WIDEST_PX, round(self._sheet.paper.width() * self.dpr))
        wanted = (self._pdf, self._page, width)
        if self._drawn == wanted and self.has_picture():
            return

        def take(image: QImage) -> None:
            self._drawn = wanted
            self._ratio = image.height() / max(1, image.width())
            self._sheet.picture = QPixmap.fromImage(image)
            self._fit()

        self._tasks.query(self, draw_page, self._services, self._pdf, self._page, width, done=take, key="page")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgDn at the foot turns the page, PgUp at the top turns back."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() >= bar.maximum():
            self.turn(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() <= bar.minimum():
            self.turn(-1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page as wide as the pane."""
        super().resizeEvent(event)
        self._fit()
        self._soon.start()

    def retranslate(self) -> None:
        """Name it for a screen reader."""
        self.setAccessibleName(tr("文书预览"))

    def restyle(self) -> None:
        """Take the paddings of the theme."""
        if hasattr(self, "_soon"):
            self._fit()
            self._soon.start()
        super().restyle()
