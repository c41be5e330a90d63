"""Dialogs, only for what can't be undone and for short forms: opened with open(), never exec().

    Dialog.ask(view, title="作废 示应急责改〔2026〕0311？", text="编号记为“废”，不再使用；原件与照片保留。",
               verb="作废", kind="danger", on_yes=…)
    dialog = Dialog(view, title=…, verb="登记", kind="primary");  dialog.column.addWidget(form);  dialog.open()
    dialog.agreed → Signal()   the verb was pressed; the caller closes it with accept() when the work is done.
Title = the act with its number; body = what happens, what stays; button = the verb. Esc cancels, focus starts on 取消
(or on the first field). Never larger than the window it lies on: the column scrolls there, title and buttons stay.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.focus_ring import FocusRing
from ui.widgets.form import NoteLine
from ui.widgets.keys import bind_key, press
from ui.widgets.label import Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import ScrollPane
from ui.widgets.role import say_role

EDGE = 12
"""So much of the window is left around a dialog at least (unscaled px)."""
RING = 6
"""Room for the focus ring at the edges of the column, which is cut where it scrolls (unscaled px)."""


class _Scrim(Themed, QWidget):
    """Dims the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("scrim"))


class _Body(ScrollPane):
    """What stands between title and buttons: as high as it needs, scrolling where it may not."""

    def __init__(self, content: QWidget) -> None:
        self._content = content
        super().__init__(content)

    def sizeHint(self) -> QSize:
        """The content's."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as the content; as low as two lines."""
        least = self._content.minimumSizeHint()
        return QSize(least.width(), min(least.height(), 2 * self.fontMetrics().lineSpacing()))

    def hasHeightForWidth(self) -> bool:
        """As the content."""
        return self._content.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """The content's."""
        return self._content.heightForWidth(width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content wants another size: so does this."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Dialog(Themed, QDialog):
    """A window-modal card. Signal `agreed` when its verb was pressed; Qt's `accepted`, `rejected` as usual."""

    agreed = Signal()

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        text: str = "",
        verb: str,
        kind: str = "primary",
        width: int = 456,
        key: str = "",
    ) -> None:
        self._window = parent.window()
        super().__init__(self._window)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._width, self._scrim = width, None
        self._lay_out(title, text)
        self.cancel = Button(tr("取消"), key="Esc", on_click=self.reject)
        self.verb = Button(verb, kind=kind, key=key, on_click=self.agreed.emit)
        if key:
            bind_key(self, key, lambda: press(self.verb))
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.cancel)
        self._buttons.addWidget(self.verb)
        self._foot.addLayout(self._buttons)
        self._ring = FocusRing(self)
        self.restyle()

    def _lay_out(self, title: str, text: str) -> None:
        """Head and foot stand; what is between them scrolls."""
        self._outer = QVBoxLayout(self)
        self._head, self._foot = QVBoxLayout(), QVBoxLayout()
        self._head.addWidget(Paragraph(title, role="title"))
        if text:
            self._head.addWidget(Paragraph(text, color="text2"))
        content = QWidget()
        self.column = QVBoxLayout(content)
        self._body = _Body(content)
        self._body.setAccessibleName(title)
        say_role(self._body, "Grouping")
        self._note = NoteLine()
        self._foot.addWidget(self._note)
        self._outer.addLayout(self._head)
        self._outer.addWidget(self._body, 1)
        self._outer.addLayout(self._foot)

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        *,
        title: str,
        text: str,
        verb: str,
        on_yes: Callable[[], object],
        kind: str = "danger",
    ) -> Dialog:
        """Open a question; `on_yes` runs once after the verb."""
        dialog = cls(parent, title=title, text=text, verb=verb, kind=kind)
        dialog.agreed.connect(dialog.accept)
        dialog.accepted.connect(on_yes)
        dialog.open()
        return dialog

    def show_error(self, sentence: str) -> None:
        """Say above the buttons what is wrong; the dialog stays open."""
        self._note.show_note(sentence, icon="filled/alert-circle", color="danger")

    def show_done(self, sentence: str) -> None:
        """Say above the buttons what was done; the dialog stays open. Empty takes it away."""
        self._note.show_note(sentence, icon="filled/circle-check", color="ok")

    def restyle(self) -> None:
        """Take paddings and width of the theme."""
        u = self.theme.u
        edge = u(24) - u(RING)
        self._outer.setContentsMargins(edge, u(20), edge, u(20))
        self._outer.setSpacing(u(10) - u(RING))
        for part in (self._head, self._foot):
            part.setContentsMargins(u(RING), 0, u(RING), 0)
            part.setSpacing(u(10))
        self.column.setContentsMargins(u(RING), u(RING), u(RING), u(RING))
        self.column.setSpacing(u(10))
        self._buttons.setSpacing(max(u(12), self.theme.gap))
        self._buttons.setContentsMargins(0, u(10), 0, 0)
        super().restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window behind, stand in its middle, begin at the first field or at 取消."""
        self._scrim = _Scrim(self._window)
        self._body.setVisible(self.column.count() > 0)
        self._fit()
        first = next((w for w in self._fields() if w.isEnabled()), self.cancel)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Grow with what it says, as far as the window goes."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return is_done

    def _fit(self) -> None:
        """Take the size of the content within that of the window, and stand in its middle."""
        u, edge = self.theme.u, 2 * self.theme.u(EDGE)
        room = self._window.size() - QSize(edge, edge)
        wide = min(max(u(self._width), self._outer.totalMinimumSize().width()), room.width())
        self.setMinimumWidth(wide)
        hint = self._outer.totalHeightForWidth(wide) if self._outer.hasHeightForWidth() else -1
        needed = hint if hint >= 0 else self._outer.totalSizeHint().height()
        high = min(max(needed, self.height() if self.isVisible() else 0), room.height())
        if self.size() != QSize(wide, high):
            self.resize(wide, high)
            self.move(self._window.frameGeometry().center() - self.rect().center())
        is_scrolled = needed > high and not self._fields()
        self._body.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_scrolled else Qt.FocusPolicy.NoFocus)

    def _fields(self) -> list[QWidget]:
        """The focusable widgets of the body, from top to bottom."""
        found: list[QWidget] = []
        for n in range(self.column.count()):
            item = self.column.itemAt(n)
            widget = item.widget() if item is not None else None
            if widget is None:
                continue
            inside = [widget, *widget.findChildren(QWidget)]
            found += [w for w in inside if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(self)]
        return found

    def hideEvent(self, event: QHideEvent) -> None:
        """Lift the scrim."""
        if self._scrim is not None:
            self._scrim.deleteLater()
            self._scrim = None
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper ground, and a line where the window system draws no frame."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("raised"))
            painter.setPen(self.theme.color("lineStrong"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
