"""Text on the screen: Label is one line, Paragraph wraps with 1.6 line height. Both are QLabels to a screen reader.

Label("今日安排", role="pane")                       role: key meta body bodyStrong pane title display
Label("示例甲仓储有限公司", role="title", elide=False)   names, numbers and dates are never elided
Paragraph("口令只在本机使用，不上传。", role="meta", color="text3")
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.widgets.painted import Themed, baseline, draw_text


def wrapped(text: str, font: QFont, width: float) -> list[str]:
    """Break one paragraph into lines of at most `width` px, by the Unicode rules; at least one line."""
    layout, option = QTextLayout(text, font), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    units = text.encode("utf-16-le")  # Qt counts in these; a rare surname takes two
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
        lines.append(units[start:end].decode("utf-16-le").rstrip())
    layout.endLayout()
    return lines or [""]


def laid(text: str, font: QFont, width: float) -> list[QTextLayout]:
    """Lay paragraphs out for a width in px; each layout holds one paragraph."""
    made: list[QTextLayout] = []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    for part in text.split("\n"):
        layout = QTextLayout(part or " ", font)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
        layout.endLayout()
        made.append(layout)
    return made


@lru_cache(maxsize=2048)
def line_count(text: str, font: QFont, width: float) -> int:
    """Return how many lines the text takes; layouts ask again and again, and Han is slow to shape."""
    return sum(layout.lineCount() for layout in laid(text, font, width))


class Label(Themed, QLabel):
    """One line of text, optically centred; elides at its end (with the whole text as tooltip) unless `elide=False`."""

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "body",
        color: str = "text",
        elide: bool = True,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._color, self._is_elided, self._align = role, color, elide, align
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._hint_at_whole()
        self.updateGeometry()

    def set_color(self, role: str) -> None:
        """Change the ink."""
        self._color = role
        self.update()

    def set_role(self, role: str) -> None:
        """Change the type role."""
        self._role = role
        self.restyle()

    def text_width(self) -> int:
        """Return how wide the whole text is, in px."""
        return round(self.theme.metrics(self._role).horizontalAdvance(self.text()) + 0.5)

    def can_elide(self) -> bool:
        """Whether this label may end in … (clipping checks leave it alone)."""
        return self._is_elided

    def sizeHint(self) -> QSize:
        """Whole text, one line step high."""
        return QSize(self.text_width(), self.theme.line_height(self._role))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a few characters if it may be elided."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), self.theme.u(24)) if self._is_elided else whole.width(), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as tooltip where it is cut."""
        super().resizeEvent(event)
        self._hint_at_whole()

    def _hint_at_whole(self) -> None:
        self.setToolTip(self.text() if self._is_elided and self.text_width() > self.width() + 1 else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        role = self._color if self.isEnabled() else "disabled"
        with QPainter(self) as painter:
            draw_text(
                painter,
                QRectF(self.rect()),
                self.text(),
                font=self.theme.font(self._role),
                color=self.theme.color(role),
                align=self._align,
                elide=self._is_elided,
            )


class Paragraph(Themed, QLabel):
    """Running text with a line step of 1.6 em (body 24 px); breaks Chinese by the Unicode rules."""

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "body",
        color: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._color, self._align = role, color, align
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)

    def set_color(self, role: str) -> None:
        """Change the ink."""
        self._color = role
        self.update()

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Lines times the line step."""
        return line_count(self.text(), self.theme.font(self._role), width) * self.theme.line_height(self._role)

    def sizeHint(self) -> QSize:
        """At most 34 characters a line (look.md §3)."""
        metrics = self.theme.metrics(self._role)
        longest = max((metrics.horizontalAdvance(part) for part in self.text().split("\n")), default=0)
        em = self.theme.font(self._role).pixelSize()
        width = round(min(longest + 1, 34 * em))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a side panel."""
        em = self.theme.font(self._role).pixelSize()
        return QSize(min(self.sizeHint().width(), 6 * em), self.theme.line_height(self._role))

    def resizeEvent(self, event) -> None:
        """Ask for the height that this width needs."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def restyle(self) -> None:
        """Measure again."""
        self.setMinimumHeight(self.heightForWidth(max(1, self.width())))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw line by line on the line step."""
        step, font = self.theme.line_height(self._role), self.theme.font(self._role)
        y = 0.0
        with QPainter(self) as painter:
            painter.setPen(self.theme.color(self._color if self.isEnabled() else "disabled"))
            for layout in laid(self.text(), font, self.width()):
                for n in range(layout.lineCount()):
                    line = layout.lineAt(n)
                    x = 0.0
                    if self._align == Qt.AlignmentFlag.AlignHCenter:
                        x = (self.width() - line.naturalTextWidth()) / 2
                    top = baseline(y + step / 2, font) - line.ascent()
                    line.draw(painter, QPointF(round(x), top - line.y()))
                    y += step
