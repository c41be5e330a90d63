"""Dialogs that change the officer's own passphrase and PIN; both ask for the passphrase that is valid now.

SecretDialog(view, services.accounts, tasks, kind=PASSPHRASE | PIN)      signal: `changed()`
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector.errors import InspectorError, WrongPassphrase
from inspector.services.accounts import AccountService
from ui.messages import message, reason
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow, Form

PASSPHRASE, PIN = "passphrase", "pin"


class SecretDialog(Dialog):
    """See the module text."""

    changed = Signal()

    def __init__(self, parent: QWidget, accounts: AccountService, tasks: Tasks, *, kind: str) -> None:
        texts = {
            PASSPHRASE: (tr("改口令"), tr("旧口令随即失效；本机数据不变，单位的恢复码照旧有效。")),
            PIN: (tr("改 PIN"), tr("旧 PIN 随即失效；因输错被锁的 PIN 也重新可用。")),
        }
        title, text = texts[kind]
        super().__init__(parent, title=title, text=text, verb=title, width=520, key="Ctrl+Enter")
        self._accounts, self._tasks, self._kind = accounts, tasks, kind
        self.now, self.new, self.again = (self._field() for _ in range(3))
        form = Form()
        word, hint = (
            (tr("新口令"), tr("至少 8 位，可用一句好记的话"))
            if kind == PASSPHRASE
            else (tr("新 PIN"), tr("6 位数字，不能全部相同"))
        )
        self.rows: dict[str, FieldRow] = {
            "now": form.add(tr("现在的口令"), self.now),
            kind: form.add(word, self.new, hint=hint),
            "again": form.add(tr("再输一次"), self.again),
        }
        self.column.addWidget(form)
        self.agreed.connect(self._try)

    @staticmethod
    def _field() -> TextField:
        field = TextField()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def _try(self) -> None:
        for row in self.rows.values():
            row.clear_error()
        if self.new.text() != self.again.text():
            self._complain("again", tr("两次输入的不一样"))
            return
        change = self._accounts.change_passphrase if self._kind == PASSPHRASE else self._accounts.change_pin
        self.verb.setEnabled(False)
        work = partial(change, self.now.text(), self.new.text())
        self._tasks.command(self, work, done=self._done, failed=self._refuse, is_quiet=True)

    def _done(self, _nothing: object) -> None:
        self.changed.emit()
        self.accept()

    def _refuse(self, error: InspectorError) -> None:
        self.verb.setEnabled(True)
        name = "now" if isinstance(error, WrongPassphrase) else str(error.facts.get("field") or "")
        if name in self.rows:
            self._complain(name, reason(error))
        else:
            self.show_error(message(error).sentence)

    def _complain(self, name: str, sentence: str) -> None:
        self.rows[name].show_error(sentence)
        self.rows[name].field.setFocus()
        self.adjustSize()
