"""FindingCard: one result of the check before issuing: icon, title, code at the right, sentence, one link that jumps.

card = FindingCard(code="E103", severity="error", title="缺少第二名执法人员确认", text="…", link="李某确认")
card.followed → Signal(str)    the link or Enter; carries the code.    card.set_selected(True): red edge
card.offer_basis("看依据") ; card.basis_wanted → Signal()    a second link, a button of its own
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed, draw_box

_DRESS = {"error": ("filled/circle-x", "danger"), "warning": ("filled/alert-triangle", "warn")}


class FindingCard(Themed, QAbstractButton):
    """A card of its own in a column, pressed as a whole. Signals: `followed(code)` jump, `selected(code)` focused."""

    followed = Signal(str)
    selected = Signal(str)
    basis_wanted = Signal()

    def __init__(
        self,
        *,
        code: str,
        severity: str,
        title: str,
        text: str = "",
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        icon, color = _DRESS[severity]
        self._code, self._color, self._is_selected = code, color, False
        self.clicked.connect(lambda _checked=False: self.followed.emit(self._code))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{title}，{code}")
        self.setAccessibleDescription(text)
        self.setProperty("ringGap", 2)
        self.setProperty("ringRadius", "finding")
        head = QHBoxLayout()
        head.addWidget(IconLabel(icon, 20, color))
        head.addWidget(Label(title, role="bodyStrong"), 1)
        head.addWidget(Label(code, role="meta", color="text2", elide=False))
        body = QVBoxLayout()
        if text:
            body.addWidget(Paragraph(text, role="meta", color="text2"))
        self._jump = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts: list[QWidget] = self._way(link) if link else []
        if link:
            body.addLayout(self._jump)
        self._head, self._body = head, body
        outer = QVBoxLayout(self)
        outer.addLayout(head)
        outer.addLayout(body)
        self._outer = outer
        self.restyle()

    def _way(self, link: str) -> list[QWidget]:
        """Put the link and its arrow at the left of the last line; return what stands there."""
        word = Label(link, role="bodyStrong", color="accent", elide=False)
        way = QHBoxLayout()
        way.addWidget(word)
        way.addWidget(IconLabel("arrow-right", 18, "accent"))
        way.addStretch(1)
        self._jump.addLayout(way, 1)
        return [word]

    @property
    def code(self) -> str:
        """The rule's code."""
        return self._code

    def offer_basis(self, word: str) -> Button:
        """Offer to read the statute that the finding rests on, at the right of its link or below it."""
        button = Button(word, kind="link", on_click=self.basis_wanted.emit)
        button.setAccessibleDescription(self.accessibleName())
        if self._jump.parent() is None:
            self._body.addLayout(self._jump)
        self._jump.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts.append(button)
        self.updateGeometry()
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The second link goes below the first where both don't fit beside each other."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        wide = sum(part.sizeHint().width() for part in self._parts) + self.theme.u(30 + 2 * 16 + 18 + 16)
        self._jump.setDirection(directions.LeftToRight if wide <= self.width() else directions.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest link, for they may stand below each other."""
        least = super().minimumSizeHint()
        widest = max((part.sizeHint().width() for part in self._parts), default=0)
        return QSize(min(least.width(), widest + self.theme.u(30 + 2 * 16 + 18 + 16)), least.height())

    def hold(self, widget: QWidget) -> None:
        """Take in what belongs to the finding, under its links: the reason for which it is overridden."""
        self._body.addWidget(widget)
        self.updateGeometry()

    def set_selected(self, is_selected: bool) -> None:
        """Show the strong edge that its passage on the page shares."""
        self._is_selected = is_selected
        self.update()

    def restyle(self) -> None:
        """Take the paddings of the theme."""
        u = self.theme.u
        self._outer.setContentsMargins(u(16), u(12), u(16), u(12))
        self._outer.setSpacing(u(4))
        self._head.setSpacing(u(10))
        self._body.setContentsMargins(u(30), 0, 0, 0)
        self._body.setSpacing(u(6))
        super().restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter jumps, like Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        """Walking over it marks its passage."""
        super().focusInEvent(event)
        self.selected.emit(self._code)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        theme = self.theme
        edge = theme.color(self._color if self._is_selected else "lineStrong")
        width = 1.5 * theme.line if self._is_selected else theme.line
        with QPainter(self) as painter:
            draw_box(
                painter,
                QRectF(self.rect()),
                fill=theme.color("surface"),
                line=edge,
                width=width,
                radius=theme.radius("finding"),
            )
