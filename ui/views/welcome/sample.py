"""SampleDialog: passphrase and PIN of the invented officers, shown openly because nothing there is real.

Signal: `founded()`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.errors import InspectorError
from ui.context import Doors
from ui.messages import message, reason
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow, Form

PASSPHRASE = "shili-2026"  # noqa: S105 - shown openly; nothing in the sample bureau is real
PIN = "202611"


class SampleDialog(Dialog):
    """One press makes the bureau; the words may be changed before."""

    founded = Signal()

    def __init__(self, parent: QWidget, doors: Doors, tasks: Tasks) -> None:
        super().__init__(
            parent,
            title=tr("试用示例单位"),
            text=tr("两名示例人员都用下面的口令登录、用下面的 PIN 确认核发。请记下，以后登录要用。"),
            verb=tr("建立示例单位"),
            width=520,
            key="Ctrl+Enter",
        )
        self._doors, self._tasks = doors, tasks
        form = Form()
        self._passphrase, self._pin = TextField(), TextField()
        self._passphrase.set_value(PASSPHRASE)
        self._pin.set_value(PIN)
        self._rows: dict[str, FieldRow] = {
            "passphrase": form.add(tr("口令"), self._passphrase, hint=tr("至少 8 位")),
            "pin": form.add(tr("PIN"), self._pin, hint=tr("6 位数字，第二名执法人员核发时输入")),
        }
        self.column.addWidget(form)
        self.agreed.connect(self._found)

    def _found(self) -> None:
        for row in self._rows.values():
            row.clear_error()
        self.verb.setEnabled(False)
        self._tasks.command(
            self,
            self._doors.try_sample,
            self._passphrase.value(),
            self._pin.value(),
            done=self._done,
            failed=self._refuse,
        )

    def _done(self, _recovery: str) -> None:
        self.founded.emit()
        self.accept()

    def _refuse(self, error: InspectorError) -> None:
        self.verb.setEnabled(True)
        row = self._rows.get(str(error.facts.get("field") or ""))
        if row is None:
            self.show_error(message(error).sentence)
            return
        row.show_error(reason(error))
        row.field.setFocus()
