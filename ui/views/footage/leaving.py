"""LeavingDialog: before a visit is ended: what should have been filmed and wasn't, as a list. It blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.domain.timeline import Gap
from ui.models.timeline_words import gap_rows
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.label import Paragraph
from ui.widgets.rows import RowList

_SHOWN = 5


class LeavingDialog(Dialog):
    """Qt's `accepted`: the visit is to be ended. Signal `explain_wanted()`: first say why something wasn't filmed."""

    explain_wanted = Signal()

    def __init__(self, parent: QWidget, gaps: Sequence[Gap]) -> None:
        super().__init__(
            parent,
            title=tr("结束本次检查？"),
            text=tr("结束后事实、隐患和照片不能再改；文书仍可制作和核发"),
            verb=tr("结束检查"),
            kind="danger",
            width=560 if gaps else 456,
        )
        self.agreed.connect(self.accept)
        self.list = RowList(height="rowDouble", name=tr("没有录到的步骤"))
        self.explain = Button(icon="pencil", on_click=self._explain)
        if gaps:
            said = tr("应当录像的步骤有 {n} 项没有录到。记录仪的录像可以稍后导入，也可以先说明原因。", n=len(gaps))
            self.column.addWidget(Paragraph(said, color="warn"))
            self.column.addWidget(self.list)
            self.column.addWidget(self.explain)
            rows = gap_rows(gaps)
            self.list.set_rows(rows, choose=rows[0].id)
            self.list.setFixedHeight(min(_SHOWN, len(rows)) * self.theme.size("rowDouble") + 2)
            self.explain.setText(tr("去说明原因"))
        else:
            for widget in (self.list, self.explain):
                widget.setParent(self)
                widget.hide()

    def _explain(self) -> None:
        self.reject()
        self.explain_wanted.emit()
