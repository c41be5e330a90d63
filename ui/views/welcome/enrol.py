"""EnrolForm: first headquarters' address and the one-time code, then two officers choose passphrase and PIN.

Signals: `founded()` the profile is there, `left()` back to the choice.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from inspector.domain.officer import Officer
from inspector.errors import InspectorError
from ui.context import Doors, today
from ui.messages import message, reason
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.status import Badge
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow, Form, NoteLine
from ui.widgets.keys import bind_key, press
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.panel import Card, ScrollPane
from ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from inspector.profile import Account
    from inspector.sync.enrol import Enrolment

PAIR = 2
"""At least two officers work on one laptop (行政处罚法 art. 42(1)); more can be added by headquarters later."""


class _Secrets(Themed, QWidget):
    """Passphrase, the same again, and PIN of one officer."""

    def __init__(self) -> None:
        super().__init__()
        self.officer: Officer | None = None
        self.title = Label(role="bodyStrong")
        self._form = Form()
        self._fields = {name: TextField() for name in ("passphrase", "again", "pin")}
        for field in self._fields.values():
            field.setEchoMode(QLineEdit.EchoMode.Password)
        words = {"passphrase": tr("口令"), "again": tr("再输一次"), "pin": tr("PIN")}
        hints = {"passphrase": tr("至少 8 位"), "pin": tr("6 位数字")}
        self.rows: dict[str, FieldRow] = {
            name: self._form.add(words[name], field, hint=hints.get(name, "")) for name, field in self._fields.items()
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self._form)

    def show_record(self, officer: Officer) -> None:
        """Whose secrets these will be."""
        self.officer = officer
        self.title.setText(f"{officer.name}　{officer.cert_no}")

    def retranslate(self) -> None:
        """Name the fields again."""
        words = {"passphrase": tr("口令"), "again": tr("再输一次"), "pin": tr("PIN")}
        for name, row in self.rows.items():
            row.set_label(words[name])
        self._form.arrange_labels()

    def account(self) -> Account | None:
        """Return what was chosen, None after saying what is wrong."""
        for row in self.rows.values():
            row.clear_error()
        passphrase, again = self._fields["passphrase"].value(), self._fields["again"].value()
        if self.officer is None or passphrase != again:
            self.rows["again"].show_error(tr("两次输入的口令不同"))
            return None
        from inspector.profile import Account

        return Account(officer_id=self.officer.id, passphrase=passphrase, pin=self._fields["pin"].value())


class EnrolForm(Themed, QWidget):
    """The two steps of enrolment."""

    founded = Signal()
    left = Signal()

    def __init__(self, doors: Doors, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doors, self._tasks = doors, tasks
        self._enrolment: Enrolment | None = None
        self._people: list[Officer] = []
        self._url, self._code, self._name = TextField("https://"), TextField(), TextField()
        self._form = Form()
        self._rows: dict[str, FieldRow] = {
            "url": self._form.add("", self._url),
            "code": self._form.add("", self._code),
            "device_name": self._form.add("", self._name),
        }
        self.people = RowList(height="rowSingle")
        self.people.setSelectionMode(RowList.SelectionMode.MultiSelection)
        self.secrets = (_Secrets(), _Secrets())
        self._hint = Label(color="text2")
        self._note = NoteLine()
        self.back = Button(key="Esc", on_click=self._back)
        self.next = Button(kind="primary", key="Ctrl+Enter", on_click=self._next)
        for button in (self.back, self.next):
            bind_key(self, button.key, partial(press, button))
        self._lay_out()
        self.setFocusProxy(self._url)
        self.restyle()
        self.retranslate()
        self._show_step()

    def _lay_out(self) -> None:
        card = Card()
        first = QWidget()
        one = QVBoxLayout(first)
        one.addWidget(self._form)
        one.addStretch(1)
        second = QWidget()
        two = QVBoxLayout(second)
        two.addWidget(self._hint)
        two.addWidget(self.people)
        for part in self.secrets:
            two.addWidget(part)
        two.addStretch(1)
        self._first, self._second = one, two
        self._pile = QStackedLayout()
        card.column.addLayout(self._pile, 1)
        self._pile.addWidget(ScrollPane(first))
        self._pile.addWidget(ScrollPane(second))
        card.column.addWidget(self._note)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        self._buttons = buttons
        card.column.addLayout(buttons)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(card)
        self.people.selectionModel().selectionChanged.connect(lambda *_changed: self._take_pair())

    def _show_step(self) -> None:
        is_second = self._enrolment is not None
        self._pile.setCurrentIndex(int(is_second))
        self.next.setText(tr("完成登记") if is_second else tr("下一步"))
        self.next.setEnabled(True)

    def _back(self) -> None:
        self._enrolment = None
        self._note.show_note("")
        self._show_step()
        self.left.emit()

    def _next(self) -> None:
        self._note.show_note("")
        if self._enrolment is None:
            self._ask()
        else:
            self._found(self._enrolment)

    def _ask(self) -> None:
        for row in self._rows.values():
            row.clear_error()
        empty = [
            row for row in self._rows.values() if isinstance(row.field, TextField) and not row.field.value().strip()
        ]
        for row in empty:
            row.show_error(tr("还没有填"))
        if empty:
            empty[0].field.setFocus()
            return
        self.next.setEnabled(False)
        told = (self._url.value().strip(), self._code.value().strip(), self._name.value().strip())
        self._tasks.command(self, self._doors.ask_headquarters, *told, done=self._take, failed=self._refuse)

    def _take(self, enrolment: Enrolment) -> None:
        self._enrolment = enrolment
        day = today()
        rows = []
        self._people = [one for one in enrolment.officers if one.office_id == enrolment.office.id]
        for one in self._people:
            fit = one.is_certified_on(day)
            word = tr("至 {day}", day=one.cert_to) if fit else tr("仅可记录")
            icon, color = ("filled/circle-check", "ok") if fit else ("filled/circle-x", "danger")
            badge = Badge(word=word, icon=icon, icon_fg=color)
            rows.append(Row(id=one.id, title=one.name, beside=one.cert_no, badges=(badge,), is_dim=not fit))
        self.people.set_rows(rows)
        self.people.setFixedHeight(min(5, max(1, len(rows))) * self.theme.size("rowSingle"))
        for n in range(min(PAIR, len(rows))):
            self.people.selectionModel().select(
                self.people.model_of_rows.index(n), self.people.selectionModel().SelectionFlag.Select
            )
        self._hint.setText(tr("{office}　请选两名使用本机的执法人员，各自设定口令", office=enrolment.office.name))
        self._take_pair()
        self._show_step()
        self.secrets[0].rows["passphrase"].field.setFocus(Qt.FocusReason.TabFocusReason)

    def _pair(self) -> list[Officer]:
        places = sorted(index.row() for index in self.people.selectedIndexes())
        return [self._people[n] for n in places][:PAIR]

    def _take_pair(self) -> None:
        pair = self._pair()
        for n, part in enumerate(self.secrets):
            part.setVisible(n < len(pair))
            if n < len(pair):
                part.show_record(pair[n])

    def _found(self, enrolment: Enrolment) -> None:
        if len(self.people.selectedIndexes()) != PAIR:
            self._say(tr("请选两名执法人员"))
            return
        accounts = [part.account() for part in self.secrets]
        chosen = tuple(account for account in accounts if account is not None)
        if len(chosen) < PAIR:
            return
        self.next.setEnabled(False)
        self._tasks.command(
            self,
            self._doors.found,
            enrolment,
            self._url.value().strip(),
            chosen,
            done=self._show_recovery,
            failed=self._refuse,
        )

    def _show_recovery(self, code: str) -> None:
        dialog = Dialog(
            self,
            title=tr("恢复码"),
            text=tr("两人都忘记口令时，只有它能打开数据。请抄在纸上，交单位保险柜保管；本机不保存，只显示这一次。"),
            verb=tr("已抄好"),
            width=560,
        )
        dialog.column.addWidget(Label(code, role="title", elide=False))
        dialog.cancel.hide()
        dialog.agreed.connect(dialog.accept)
        dialog.finished.connect(lambda _result: self.founded.emit())
        dialog.open()

    def _refuse(self, error: InspectorError) -> None:
        self.next.setEnabled(True)
        field = str(error.facts.get("field") or "")
        rows = self._rows if self._enrolment is None else self.secrets[0].rows
        if field in rows:
            rows[field].show_error(reason(error))
            rows[field].field.setFocus()
        else:
            self._say(message(error).sentence)

    def _say(self, sentence: str) -> None:
        self._note.show_note(sentence, icon="filled/alert-circle", color="danger")

    def retranslate(self) -> None:
        """Set every word."""
        labels = {"url": tr("总部地址"), "code": tr("一次性登记码"), "device_name": tr("本机名称")}
        hints = {"url": tr("由总部管理员告知"), "code": "", "device_name": tr("贴在机身上的编号，如 示例-07")}
        for name, row in self._rows.items():
            row.set_label(labels[name])
            row.set_hint(hints[name])
        self._form.arrange_labels()
        self.people.setAccessibleName(tr("执法人员"))
        self.back.setText(tr("返回"))
        self._show_step()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._outer.setContentsMargins(0, u(12), 0, u(8))
        for step in (self._first, self._second):
            step.setContentsMargins(u(6), u(6), u(6), u(6))  # the focus ring is cut where it scrolls
        self._second.setSpacing(u(10))
        self._buttons.setSpacing(u(8))
        super().restyle()
