"""ListBox: entries under each other, numbered; Enter adds the next. LawsBox: citations, also out of the catalogue."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.law.documents import DocumentField
from ui.text import tr
from ui.views.documents.entry_area import EntryArea
from ui.views.documents.series_box import Field, SeriesBox
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.painted import Themed


class _Entry(Themed, QWidget):
    """One entry: its number, its text, 删除."""

    def __init__(self) -> None:
        super().__init__()
        self.ordinal = Label(color="text2", elide=False)
        self.area = EntryArea()
        self.remove = Button(tr("删除"), kind="link")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        self._row.addWidget(self.ordinal, 0, top)
        self._row.addWidget(self.area, 1)
        self._row.addWidget(self.remove, 0, top)
        self.restyle()

    def restyle(self) -> None:
        """Number and text on one line."""
        if hasattr(self, "_row"):
            self._row.setSpacing(self.theme.u(8))
            self.ordinal.setFixedSize(self.theme.u(24), self.theme.size("control"))
        super().restyle()


class ListBox(SeriesBox):
    """See the module text."""

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self._label = ""
        self.entries: list[_Entry] = []
        self._entries = QVBoxLayout()
        self.add = Button(tr("加一项"), kind="link", icon="plus", on_click=lambda: self.insert(len(self.entries)))
        self.foot = QHBoxLayout()
        self.foot.addWidget(self.add)
        self.foot.addStretch(1)
        self.column.addLayout(self._entries)
        self.column.addLayout(self.foot)
        self._build([])

    def value(self) -> list[Any]:
        """Return what is written, without empty entries."""
        told = (entry.area.value().strip() for entry in self.entries)
        return [text for text in told if text]

    def fields(self) -> list[Field]:
        """The texts."""
        return [entry.area for entry in self.entries]

    def _build(self, value: list[Any]) -> None:
        for entry in self.entries:
            entry.hide()
            entry.deleteLater()
        self.entries = []
        for text in value or [""]:
            self._put(len(self.entries), str(text))
        self._number()

    def _put(self, at: int, text: str) -> _Entry:
        entry = _Entry()
        entry.area.set_value(text)
        entry.area.gone_on.connect(partial(self._go_on, entry))
        entry.area.gone_back.connect(partial(self._take_out, entry))
        entry.remove.clicked.connect(lambda _on=False: self._take_out(entry))
        self._watch(entry.area)
        self.entries.insert(at, entry)
        self._entries.insertWidget(at, entry)
        return entry

    def insert(self, at: int, text: str = "") -> None:
        """Add an entry at a place and stand in it."""
        entry = self._put(at, text)
        self._number()
        self.rebuilt.emit()
        entry.show()
        entry.area.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_on(self, entry: _Entry) -> None:
        at = self.entries.index(entry) + 1
        if at < len(self.entries) and not self.entries[at].area.value().strip():
            self.entries[at].area.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.insert(at)

    def _take_out(self, entry: _Entry) -> None:
        if self._is_fixed:
            return
        at = self.entries.index(entry)
        if len(self.entries) == 1:
            entry.area.set_value("")
            entry.area.setPlainText("")
        else:
            neighbour = self.entries[at - 1 if at else 1]
            neighbour.area.setFocus(Qt.FocusReason.TabFocusReason)
            self.entries.remove(entry)
            entry.hide()
            entry.deleteLater()
            self._number()
            self.rebuilt.emit()
        self.commit()

    def _number(self) -> None:
        for n, entry in enumerate(self.entries, 1):
            entry.ordinal.setText(f"{n}.")
            entry.area.setAccessibleName(f"{self._label} {n}")
            entry.remove.setAccessibleDescription(f"{self._label} {n}")
            entry.remove.setVisible(len(self.entries) > 1 and not self._is_fixed)

    def set_read_only(self, is_read_only: bool) -> None:
        """Nothing to add or to take away."""
        super().set_read_only(is_read_only)
        self.add.setVisible(not is_read_only)
        self._number()

    def stops(self) -> list[QWidget]:
        """Entry by entry, then 加一项."""
        found: list[QWidget] = []
        for entry in self.entries:
            found += [entry.area, entry.remove]
        return [*found, self.add]

    def name(self, label: str) -> None:
        """The entries carry name and number."""
        self._label = label
        self.add.setAccessibleDescription(label)
        self._number()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_entries"):
            self._entries.setSpacing(self.theme.u(6))
            self.foot.setSpacing(self.theme.u(16))
        super().restyle()


class LawsBox(ListBox):
    """Citations as the paper prints them. `wanted()` one is to be chosen out of the catalogue, `read(str)` opened."""

    wanted = Signal()
    read = Signal(str)

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self.choose = Button(tr("从目录选"), kind="link", icon="search", on_click=self.wanted.emit)
        self.open = Button(tr("看条文"), kind="link", icon="scale", on_click=self._read)
        self.foot.insertWidget(1, self.choose)
        self.foot.insertWidget(2, self.open)

    def take(self, citation: str) -> None:
        """Put a citation into the first empty entry, or add it."""
        if citation in self.value():
            return
        blank = next((one for one in self.entries if not one.area.value().strip()), None)
        if blank is None:
            self._put(len(self.entries), citation)
        else:
            blank.area.set_value(citation)
        self._number()
        self.rebuilt.emit()
        self.commit()

    def _read(self) -> None:
        """Open the entry that was stood in last, else the first."""
        held = next((one for one in self.entries if one.area.textCursor().position()), None)
        told = held.area.value() if held is not None else next(iter(self.value()), "")
        if told.strip():
            self.read.emit(told.strip())

    def set_read_only(self, is_read_only: bool) -> None:
        """Fixed citations can still be read."""
        super().set_read_only(is_read_only)
        if hasattr(self, "choose"):
            self.choose.setVisible(not is_read_only)

    def stops(self) -> list[QWidget]:
        """Entries, then what is under them."""
        return [*super().stops(), self.choose, self.open]
