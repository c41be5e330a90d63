"""ObserversBox: who came along with the officers, by name and role; a line to add one more.

box.show_observers(observers, is_open=…);  Signal `changed(tuple[Observer, …])`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.inspection import Observer
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.form import NoteLine
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.tab_order import tab_within


class ObserversBox(Themed, QWidget):
    """See the module text."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._observers: tuple[Observer, ...] = ()
        self._is_open = True
        self._lines: list[tuple[QWidget, Button]] = []
        self.name = TextField()
        self.role = TextField()
        self.add = Button(icon="plus", on_click=self.take)
        self.note = NoteLine()
        self._typing = QWidget()
        row = QHBoxLayout(self._typing)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.name, self.role, self.add):
            row.addWidget(widget)
        self._row = row
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._typing)
        self._column.addWidget(self.note)
        self.role.returnPressed.connect(self.take)
        self.retranslate()

    def show_observers(self, observers: Sequence[Observer], *, is_open: bool) -> None:
        """Show who came along."""
        if (tuple(observers), is_open) == (self._observers, self._is_open) and len(self._lines) == len(observers):
            return
        self._observers, self._is_open = tuple(observers), is_open
        self._typing.setVisible(is_open)
        self._build()

    def take(self) -> None:
        """Add who is typed, if there is a name."""
        name, role = self.name.value().strip(), self.role.value().strip()
        if not name:
            return
        for field in (self.name, self.role):
            field.clear()
            field.flush()
        self._tell((*self._observers, Observer(name=name, role=role)))

    def _build(self) -> None:
        for line, _drop in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for n, one in enumerate(self._observers):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            said = f"{one.name}\u3000{one.role}".strip()
            drop = Button(tr("移除"), kind="link", on_click=lambda at=n: self._drop(at))
            drop.setAccessibleDescription(said)
            row.addWidget(Label(said))
            row.addWidget(drop)
            drop.setVisible(self._is_open)
            row.addStretch(1)
            self._column.insertWidget(n, line)
            self._lines.append((line, drop))
        tab_within(self, [*(drop for _line, drop in self._lines), self.name, self.role, self.add])

    def _drop(self, at: int) -> None:
        self._tell(self._observers[:at] + self._observers[at + 1 :])

    def _tell(self, observers: tuple[Observer, ...]) -> None:
        self.show_observers(observers, is_open=self._is_open)  # at once: the next is added to these
        self.name.setFocus()
        self.changed.emit(observers)

    def setFocus(self) -> None:  # type: ignore[override]
        """Stand where one more is typed."""
        self.name.setFocus()

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.name.setPlaceholderText(tr("姓名"))
        self.name.setAccessibleName(tr("随行人员姓名"))
        self.role.setPlaceholderText(tr("身份，如安全专家"))
        self.role.setAccessibleName(tr("随行人员身份"))
        self.add.setText(tr("添加"))
        self.add.setAccessibleName(tr("添加随行人员"))
        self.note.show_note(tr("随行人员只协助，不检查、不签字"), icon="info-circle", color="text2")

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_row"):
            self._row.setSpacing(self.theme.gap)
            self._column.setSpacing(self.theme.u(4))
        super().restyle()
