"""IssueDialog: what issuing does, what stays as it is, and the second officer's word: a six-digit PIN.

dialog = IssueDialog(view, form="现场检查记录", number_left=49, second="李某")
dialog.confirmed → Signal(str) the PIN ; dialog.refuse(error) says why not and lets it be typed again
"""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector.errors import InspectorError, PinRefused
from ui.messages import message
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.label import Label

PIN_DIGITS = 6


def _what_happens(numbers_left: int | None) -> str:
    """Say what issuing does; None: the document takes no number of its own."""
    if numbers_left is None:
        return tr("此文书不占编号；内容随即固定，以后只能作废重做。检查记录、隐患和照片都保留不变。")
    return tr(
        "将占用下一个编号（本机还有 {n} 个），内容随即固定，以后只能作废重做。检查记录、隐患和照片都保留不变。",
        n=numbers_left,
    )


class IssueDialog(Dialog):
    """See the module text."""

    confirmed = Signal(str)

    def __init__(self, parent: QWidget, *, form: str, numbers_left: int | None, second: str) -> None:
        super().__init__(
            parent,
            title=tr("核发{form}？", form=form),
            text=_what_happens(numbers_left),
            verb=tr("核发"),
            key="Enter",
        )
        self.pin = TextField(tr("6 位数字"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(PIN_DIGITS)
        self.pin.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,6}"), self.pin))
        self.pin.returnPressed.connect(self._finish)
        self.pin.textEdited.connect(lambda _text: self.show_error(""))
        form_box = Form()
        form_box.add(tr("确认人"), Label(second, role="bodyStrong"))
        self.row = form_box.add(tr("PIN"), self.pin, hint=tr("请第二名执法人员本人输入"))
        self.column.addWidget(form_box)
        self.agreed.connect(self._finish)

    def _finish(self) -> None:
        pin = self.pin.text()
        if len(pin) != PIN_DIGITS:
            self.row.show_error(tr("PIN 应为 6 位，现有 {n} 位", n=len(pin)))
            self.pin.setFocus()
            return
        self.row.clear_error()
        self._wait(is_waiting=True)
        self.confirmed.emit(pin)

    def refuse(self, error: InspectorError) -> None:
        """Say why it was not issued; the PIN is empty again."""
        self._wait(is_waiting=False)
        self.show_error(message(error).sentence)
        self.adjustSize()
        self.pin.clear()
        if isinstance(error, PinRefused) and not error.facts.get("tries_left"):
            self.verb.refuse(message(error).title)
            self.pin.setEnabled(False)
            self.cancel.setFocus()
        else:
            self.pin.setFocus()

    def _wait(self, *, is_waiting: bool) -> None:
        self.verb.setText(tr("正在核发") if is_waiting else tr("核发"))
        self.verb.setEnabled(not is_waiting)
        self.cancel.setEnabled(not is_waiting)
        self.pin.setReadOnly(is_waiting)

    def reject(self) -> None:
        """Esc cancels, but not while the number is being taken."""
        if self.cancel.isEnabled():
            super().reject()
