"""RecoverDialog: a forgotten passphrase loses nothing: the recovery code from the bureau's safe sets a new one.

Signal: `recovered()`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector.card import UserCard
from inspector.errors import InspectorError, WrongPassphrase
from ui.context import Recover
from ui.messages import message, reason
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow, Form


class RecoverDialog(Dialog):
    """See the module text."""

    recovered = Signal()

    def __init__(self, parent: QWidget, recover: Recover, tasks: Tasks, user: UserCard) -> None:
        super().__init__(
            parent,
            title=tr("{name}忘记了口令", name=user.name),
            text=tr("请单位取出建立本机时抄下的恢复码。旧口令和旧 PIN 随即失效，已存的内容一条不少，并记下这次更换。"),
            verb=tr("换新口令"),
            width=560,
            key="Ctrl+Enter",
        )
        self._recover, self._tasks, self._user = recover, tasks, user
        self.code = TextField()
        self.passphrase, self.again, self.pin = (self._secret() for _ in range(3))
        form = Form()
        self.rows: dict[str, FieldRow] = {
            "code": form.add(tr("恢复码"), self.code, hint=tr("大小写都可以")),
            "passphrase": form.add(tr("新口令"), self.passphrase, hint=tr("至少 8 位，可用一句好记的话")),
            "again": form.add(tr("再输一次"), self.again),
            "pin": form.add(tr("新 PIN"), self.pin, hint=tr("6 位数字，不能全部相同")),
        }
        self.column.addWidget(form)
        self.agreed.connect(self._try)

    @staticmethod
    def _secret() -> TextField:
        field = TextField()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def _try(self) -> None:
        for row in self.rows.values():
            row.clear_error()
        if self.passphrase.text() != self.again.text():
            self._complain("again", tr("两次输入的不一样"))
            return
        self.verb.setEnabled(False)
        told = (self._user.id, self.code.text(), self.passphrase.text(), self.pin.text())
        self._tasks.command(self, self._recover, *told, done=self._done, failed=self._refuse, is_quiet=True)

    def _done(self, _nothing: object) -> None:
        self.recovered.emit()
        self.accept()

    def _refuse(self, error: InspectorError) -> None:
        self.verb.setEnabled(True)
        name = str(error.facts.get("field") or "")
        if isinstance(error, WrongPassphrase):
            self._complain("code", tr("恢复码不对，请逐字核对"))
        elif name in self.rows:
            self._complain(name, reason(error))
        else:
            self.show_error(message(error).sentence)

    def _complain(self, name: str, sentence: str) -> None:
        self.rows[name].show_error(sentence)
        self.rows[name].field.setFocus()
        self.adjustSize()
