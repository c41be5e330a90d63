"""Surfaces: Surface (a filled ground), Card (white, one line, round), PaneHeader (44 px), HLine, ScrollPane.

card = Card();  card.column.addWidget(…)             padding 20, spacing 8
head = PaneHeader("隐患", count="4", key="F6", note="未归属 1");  head.set_count("5");  head.add(Button(...))
pane = ScrollPane(widget)                            vertical scrolling only, no frame
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.tokens import tokens
from ui.widgets.keycap import Keycap
from ui.widgets.label import Label
from ui.widgets.painted import Themed, draw_box


class Surface(Themed, QWidget):
    """A plain ground in the colour of a role: canvas, surface, sunken; perhaps a hairline at one edge."""

    def __init__(self, role: str = "surface", *, line: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._line = role, line

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill, and draw the hairline at top, bottom, left or right."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color(self._role))
            width, wide, high = self.theme.line, self.width(), self.height()
            edge = {
                "top": (0, 0, wide, width),
                "bottom": (0, high - width, wide, width),
                "left": (0, 0, width, high),
                "right": (wide - width, 0, width, high),
            }.get(self._line)
            if edge is not None:
                painter.fillRect(*edge, self.theme.color("line"))


class HLine(Themed, QWidget):
    """A hairline, inset to where the text begins by the layout it stands in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As thick as the theme's line."""
        return QSize(1, self.theme.line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("line"))


class Card(Themed, QWidget):
    """A white card with a line; only where things are alike and separate, never inside another card."""

    def __init__(self, *, padding: int | None = None, fill: str = "surface", line: str = "line") -> None:
        super().__init__()
        self._padding = tokens()["space"]["cardPadding"] if padding is None else padding
        self._fill, self._line = fill, line
        self.column = QVBoxLayout(self)
        self.restyle()

    def dress(self, fill: str, line: str) -> None:
        """Wear other colours (okBg, okLine for the green panel)."""
        self._fill, self._line = fill, line
        self.update()

    def restyle(self) -> None:
        """Take padding and spacing of the theme."""
        pad = self.theme.u(self._padding)
        pad = max(pad, self.theme.line)
        self.column.setContentsMargins(pad, pad, pad, pad)
        self.column.setSpacing(self.theme.u(8) if self._padding else 0)
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and line."""
        theme = self.theme
        with QPainter(self) as painter:
            draw_box(
                painter,
                QRectF(self.rect()),
                fill=theme.color(self._fill),
                line=theme.color(self._line),
                width=theme.line,
                radius=theme.radius("card"),
            )


class PaneHeader(Themed, QWidget):
    """Heading of a pane: bold title, count, perhaps a warning note, and its key at the right; a hairline below."""

    def __init__(
        self, title: str = "", *, count: str = "", key: str = "", note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self.title = Label(title, role="pane", elide=False)
        self.count = Label(count, role="meta", color="text2", elide=False)
        self.note = Label(note, role="meta", color="text2")
        for label in (self.title, self.count):
            self._row.addWidget(label)
        self._row.addWidget(self.note, 1)
        self._row.addStretch(0)
        if key:
            self._row.addWidget(Keycap(key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_title(self, title: str) -> None:
        """Name the pane."""
        self.title.setText(title)

    def set_count(self, count: str) -> None:
        """Say how many."""
        self.count.setText(count)

    def set_note(self, note: str, color: str = "text2") -> None:
        """Say the one thing that matters here: 未归属 1 (warn)."""
        self.note.setText(note)
        self.note.set_color(color)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right, before the key."""
        self._row.insertWidget(4, widget)

    def restyle(self) -> None:
        """Take height and gaps of the theme."""
        self._row.setContentsMargins(self.theme.u(16), 0, self.theme.u(16), self.theme.line)
        self._row.setSpacing(max(self.theme.u(10), self.theme.density.gap))
        super().restyle()

    def sizeHint(self) -> QSize:
        """Token paneHeader high."""
        return QSize(super().sizeHint().width(), self.theme.size("paneHeader"))

    def minimumSizeHint(self) -> QSize:
        """Keeps its height."""
        return QSize(super().minimumSizeHint().width(), self.theme.size("paneHeader"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline over the full width."""
        with QPainter(self) as painter:
            line = self.theme.line
            painter.fillRect(0, self.height() - line, self.width(), line, self.theme.color("line"))


class ScrollPane(QScrollArea):
    """Scrolls one widget vertically; follows the focus so that Tab never lands out of sight."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.setWidget(content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the content as wide as the viewport, never wider."""
        content = self.widget()
        if content is not None and watched is content and event.type() == QEvent.Type.LayoutRequest:
            self.setMinimumWidth(content.minimumSizeHint().width())
        return super().eventFilter(watched, event)
