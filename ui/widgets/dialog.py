"""Dialogs, only for what can't be undone and for short forms: opened with open(), never exec().

    Dialog.ask(view, title="作废 示应急责改〔2026〕0311？", text="编号记为“废”，不再使用；原件与照片保留。",
               verb="作废", kind="danger", on_yes=…)
    dialog = Dialog(view, title=…, verb="登记", kind="primary");  dialog.column.addWidget(form);  dialog.open()
    dialog.agreed → Signal()   the verb was pressed; the caller closes it with accept() when the work is done.
Title = the act with its number; body = what happens, what stays; button = the verb. Esc cancels, focus starts on 取消
(or on the first field).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.focus_ring import FocusRing
from ui.widgets.form import NoteLine
from ui.widgets.keys import bind_key, press
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed


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
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(Label(title, role="title", elide=False))
        if text:
            self._outer.addWidget(Paragraph(text, color="text2"))
        self.column = QVBoxLayout()
        self._outer.addLayout(self.column)
        self._note = NoteLine()
        self._outer.addWidget(self._note)
        self.cancel = Button(tr("取消"), key="Esc", on_click=self.reject)
        self.verb = Button(verb, kind=kind, key=key, on_click=self.agreed.emit)
        if key:
            bind_key(self, key, lambda: press(self.verb))
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.cancel)
        self._buttons.addWidget(self.verb)
        self._outer.addLayout(self._buttons)
        self._ring = FocusRing(self)
        self.restyle()

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

    def restyle(self) -> None:
        """Take paddings and width of the theme."""
        u = self.theme.u
        self._outer.setContentsMargins(u(24), u(20), u(24), u(20))
        self._outer.setSpacing(u(10))
        self.column.setSpacing(u(10))
        self._buttons.setSpacing(max(u(12), self.theme.gap))
        self._buttons.setContentsMargins(0, u(10), 0, 0)
        self.setMinimumWidth(u(self._width))
        super().restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window behind, stand in its middle, begin at the first field or at 取消."""
        self._scrim = _Scrim(self._window)
        self.resize(self.width(), self._outer.totalHeightForWidth(max(self.width(), self.minimumWidth())))
        self.move(self._window.frameGeometry().center() - self.rect().center())
        first = next((w for w in self._fields() if w.isEnabled()), self.cancel)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        super().showEvent(event)

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
