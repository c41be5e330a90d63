"""NoticeListPane: the notices of an inspection (or the latest of all), and the buttons that begin one.

pane.show_notices(rows, current, can_begin=…) ; signals `chosen(id)`, `begun(FormCode)`, `offered()` all that there is
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.notice import ON_EVERY_VISIT, FormCode
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, Surface
from ui.widgets.rows import Row, RowList


class NoticeListPane(Themed, QWidget):
    """See the module text."""

    chosen = Signal(str)
    begun = Signal(object)
    offered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PaneHeader(key="F6")
        self.list = RowList(height="rowDouble")
        self.begin = {
            form: Button(icon="file-plus", on_click=partial(self.begun.emit, form)) for form in ON_EVERY_VISIT
        }
        self.more = Button(icon="list-check", key="Ctrl+N", on_click=self.offered.emit)
        self._foot = Surface("surface", line="top")
        self._buttons = QVBoxLayout(self._foot)
        for button in self.begin.values():
            self._buttons.addWidget(button)
        self._buttons.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)
        self.list.chosen.connect(self.chosen)
        self.retranslate()
        self.restyle()

    def show_notices(self, rows: Sequence[Row], *, current: str, can_begin: Collection[FormCode]) -> None:
        """Show these and stand on `current`; `can_begin` are the forms that the inspection can have."""
        self.header.set_count(str(len(rows)) if rows else "")
        self.list.set_rows(rows, choose=current)
        self._foot.setVisible(bool(can_begin))
        for form, button in self.begin.items():
            button.setVisible(form in can_begin)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.header.set_title(tr("文书"))
        self.list.setAccessibleName(tr("文书"))
        words = {
            FormCode.INSPECTION_RECORD: tr("检查记录"),
            FormCode.RECTIFICATION_ORDER: tr("整改指令书"),
            FormCode.RECHECK_OPINION: tr("复查意见书"),
        }
        full = {
            FormCode.INSPECTION_RECORD: tr("制作现场检查记录"),
            FormCode.RECTIFICATION_ORDER: tr("制作责令限期整改指令书"),
            FormCode.RECHECK_OPINION: tr("制作整改复查意见书"),
        }
        for form, button in self.begin.items():
            button.setText(words[form])
            button.setAccessibleName(full[form])
        self.more.setText(tr("新建文书…"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._buttons.setContentsMargins(u(16), u(10), u(16), u(10))
        self._buttons.setSpacing(self.theme.gap)
        super().restyle()
